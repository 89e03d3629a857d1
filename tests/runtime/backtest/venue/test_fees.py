"""What our venue charges: takers by the window's own schedule, nobody on settlement."""

from decimal import ROUND_FLOOR, Decimal
from types import SimpleNamespace

import pytest

from polybot.domain.fees import FeeSchedule
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.engine.failures import Failures
from polybot.engine.instruments import price, size
from polybot.runtime.backtest.venue.fees import VenueFeeModel, is_settlement
from tests.runtime.backtest.exchange import (
    DOWN,
    START_MICRO,
    UP,
    an_entry,
    ask,
    book,
    buy,
    play,
    rest,
)

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40), (4_800, 40)])


def expected(shares: str, at: str, rate: str = "0.07") -> int:
    """The venue's formula in decimals, floored at five of them, in micro-pUSD."""
    fee = Decimal(shares) * Decimal(rate) * Decimal(at) * (1 - Decimal(at))
    return int(fee.quantize(Decimal("0.00001"), ROUND_FLOOR) * 10**6)


def test_a_taker_pays_the_curve() -> None:
    assert play(BOOK, plan={1_000: buy(33.33, 4_700)}).fees_micro == [expected("33.33", "0.47")]


def test_every_level_is_charged_apart() -> None:
    played = play(BOOK, plan={1_000: buy(60, 4_800)})

    assert played.fees_micro == [expected("40", "0.47"), expected("20", "0.48")]


def test_the_other_token_pays_by_its_own_price() -> None:
    played = play(BOOK, plan={1_000: buy(10, 5_500, token=DOWN)})

    assert played.fees_micro == [expected("10", "0.55")]


def test_a_maker_pays_nothing() -> None:
    played = play(BOOK, ask(4_600, 30, ms=2_000), plan={1_000: rest(30, 4_600)})

    assert played.fees_micro == [0]


@pytest.mark.parametrize("winner", ["up", "down", "half"])
def test_settlement_costs_nothing(winner: str) -> None:
    played = play(BOOK, plan={1_000: buy(30, 4_700)}, entries=[an_entry(winner=winner)])

    pays = {"up": 30_000_000, "down": 0, "half": 15_000_000}[winner]
    fee = expected("30", "0.47")
    assert played.account_micro == START_MICRO - 14_100_000 - fee + pays
    assert played.ledger.fees_micro == fee


def test_a_markets_own_rate_beats_the_rulebook() -> None:
    entry = an_entry(fee_rate_e6=20_000)

    played = play(BOOK, plan={1_000: buy(30, 4_700)}, entries=[entry])

    assert played.fees_micro == [expected("30", "0.47", "0.02")]


def test_a_what_if_beats_a_markets_own_rate() -> None:
    rulebook = Rulebook.standard().override(fee=FeeSchedule(0))

    played = play(
        BOOK,
        plan={1_000: buy(30, 4_700)},
        entries=[an_entry(fee_rate_e6=20_000)],
        rulebook=rulebook,
    )

    assert played.fees_micro == [0]


def test_a_model_that_fails_keeps_its_error_and_charges_nothing() -> None:
    failures = Failures()

    def no_fee(_: object) -> FeeSchedule:
        raise ValueError("no schedule")

    order = SimpleNamespace(tags=None, liquidity_side=None)
    charged = VenueFeeModel(no_fee, failures).get_commission(order, size(1), price(1), UP)

    assert charged.as_decimal() == 0
    assert str(failures.first) == "no schedule"


@pytest.mark.parametrize(
    ("tags", "settles"),
    [
        pytest.param(None, False, id="none"),
        pytest.param([], False, id="empty"),
        pytest.param(["mine"], False, id="another"),
        pytest.param(["EXPIRATION_POLYMARKET_CLOSE"], True, id="settlement"),
    ],
)
def test_a_settlement_is_known_by_its_tag(tags: list[str] | None, settles: bool) -> None:
    assert is_settlement(SimpleNamespace(tags=tags)) is settles
