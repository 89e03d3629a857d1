"""The strategy without an opinion: it buys once a window, at its moment."""

from typing import Any

import pytest
from msgspec import ValidationError, convert

from polybot.strategies.probe import ProbeConfig, ProbeParams, ProbeStrategy
from tests.runtime.backtest import exchange
from tests.runtime.backtest.exchange import an_entry
from tests.strategies.stage import Stage, at, books, opened

MOMENT_S = 180
"""At the default of 120 seconds left."""


def probe(*data: Any, entries: Any = (), **params: Any) -> Stage:
    def build(stage: Stage) -> ProbeStrategy:
        return ProbeStrategy(ProbeConfig(**stage.wiring, params=ProbeParams(**params)))

    return Stage().play(build, opened(), *data, entries=entries)


def bought(stage: Stage) -> list[tuple[str, float, float]]:
    """Side, limit and shares of each order."""
    orders = [o for o in stage.engine.cache.orders() if o.client_order_id.value in stage.sink.sent]
    return [
        (str(o.instrument_id)[-13:-11], o.price.as_double(), o.quantity.as_double()) for o in orders
    ]


def test_it_buys_five_of_the_first_token_at_the_ask() -> None:
    stage = probe(books(4_500, 4_700, MOMENT_S))

    assert bought(stage) == [("UP", 0.47, 5)]
    assert stage.ledger.payouts_micro == 5_000_000


@pytest.mark.parametrize(
    ("at_s", "count"),
    [
        pytest.param(MOMENT_S - 0.001, 0, id="before-its-moment"),
        pytest.param(MOMENT_S, 1, id="at-its-moment"),
        pytest.param(299.9, 1, id="in-the-last-second"),
        pytest.param(300, 0, id="at-the-end"),
    ],
)
def test_it_waits_for_its_moment(at_s: float, count: int) -> None:
    assert len(bought(probe(books(4_500, 4_700, at_s)))) == count


def test_it_buys_once_a_window() -> None:
    stage = probe(books(4_500, 4_700, MOMENT_S), books(4_500, 4_800, MOMENT_S + 10))

    assert len(bought(stage)) == 1


def test_it_waits_while_the_book_is_one_sided() -> None:
    stage = probe(books(4_500, None, MOMENT_S), books(4_500, 4_800, MOMENT_S + 10))

    assert bought(stage) == [("UP", 0.48, 5)]


def test_the_second_token_is_bought_at_its_own_ask() -> None:
    stage = probe(books(4_500, 4_700, MOMENT_S), side="second")

    assert bought(stage) == [("WN", 0.55, 5)]
    assert stage.ledger.payouts_micro == 0


def test_it_pays_up_to_a_limit_if_given_one() -> None:
    assert bought(probe(books(4_500, 4_700, MOMENT_S), limit=0.9)) == [("UP", 0.9, 5)]


def test_a_coin_toss_depends_on_the_seed_and_the_window_alone() -> None:
    sides = [
        bought(probe(books(4_500, 4_700, MOMENT_S), side="random", seed=seed))[0][0]
        for seed in range(12)
    ]

    assert set(sides) == {"UP", "WN"}
    assert bought(probe(books(4_500, 4_700, MOMENT_S), side="random", seed=3))[0][0] == sides[3]


def test_it_needs_no_strike_and_no_known_sides() -> None:
    entry = an_entry(winner="a", tokens={"a": "1", "b": "2"})
    token_a = exchange.first_token(entry)
    levels = exchange.book(bids=[(4_500, 9)], asks=[(4_700, 9)], ms=MOMENT_S * 1_000, first=token_a)

    def build(stage: Stage) -> ProbeStrategy:
        return ProbeStrategy(ProbeConfig(**stage.wiring, params=ProbeParams()))

    stage = Stage().play(build, opened(sides="a,b"), levels, entries=[entry])

    assert stage.ledger.payouts_micro == 5_000_000


def test_it_says_why_it_bought() -> None:
    [sent] = probe(books(4_500, 4_700, MOMENT_S)).sink.sent.values()

    assert sent.reason == "probe: 5 up at 0.4700"
    assert (sent.mid, sent.ask, sent.other_ask) == (0.46, 0.47, 0.55)
    assert sent.seconds_left == (at(300) - at(MOMENT_S)) / 1e9


def test_an_unknown_param_is_refused() -> None:
    with pytest.raises(ValidationError, match="sidee"):
        convert({"sidee": "first"}, ProbeParams)
