"""Data, time and prices: at each limit, one unit beside it, and with what is missing or NaN."""

from dataclasses import replace
from typing import Any

import pytest

from polybot.domain.series import NS, Length
from polybot.risk.rules.freshness import BookAge, SpotAge
from polybot.risk.rules.liquidity import Liquidity
from polybot.risk.rules.price_grid import PriceGrid
from polybot.risk.rules.rule import Rule
from polybot.risk.rules.slippage import Slippage
from polybot.risk.rules.spread import Spread
from polybot.risk.rules.time_gate import TimeGate
from polybot.risk.rules.whole_numbers import WholeNumbers
from tests.risk.builders import M5, NAN, a_proposal, a_state, an_exposure, hold

SLIPPAGE = Slippage(share_e6=50_000, floor_ticks=1, ceiling_ticks=3, alert_e6=30_000)
SPREAD = Spread(share_e6=100_000, floor_ticks=2, ceiling_ticks=5)
GATE = TimeGate({Length.M5: (10 * NS, 270 * NS)})


def refused(rule: Rule, *, is_exit: bool = False, market: dict[str, Any], **order: Any) -> bool:
    exposure = an_exposure()
    if is_exit:
        hold(exposure, M5)
    proposal = replace(a_proposal(is_buy=not is_exit), **order)
    return rule.check(proposal, a_state(exposure, **market)) is not None


@pytest.mark.parametrize(
    ("age_ns", "expected"),
    [
        pytest.param(2 * NS - 1, False, id="one-under"),
        pytest.param(2 * NS, False, id="at"),
        pytest.param(2 * NS + 1, True, id="one-over"),
        pytest.param(None, True, id="missing"),
        pytest.param(NAN, True, id="nan"),
        pytest.param(-NS // 2, False, id="a-little-ahead"),
        pytest.param(-NS // 2 - 1, True, id="from-the-future"),
    ],
)
@pytest.mark.parametrize("is_exit", [False, True], ids=["entry", "exit"])
@pytest.mark.parametrize(
    ("rule", "field"),
    [
        pytest.param(BookAge(2 * NS), "book_age_ns", id="book"),
        pytest.param(SpotAge(2 * NS), "spot_age_ns", id="spot"),
    ],
)
def test_what_was_heard_too_long_ago_stops_everything(
    rule: Rule, field: str, is_exit: bool, age_ns: Any, expected: bool
) -> None:
    assert refused(rule, is_exit=is_exit, market={field: age_ns}) is expected


@pytest.mark.parametrize(
    ("left_ns", "expected"),
    [
        pytest.param(10 * NS - 1, True, id="one-too-late"),
        pytest.param(10 * NS, False, id="latest"),
        pytest.param(270 * NS, False, id="earliest"),
        pytest.param(270 * NS + 1, True, id="one-too-early"),
        pytest.param(0, True, id="over"),
        pytest.param(NAN, True, id="nan"),
    ],
)
def test_a_window_is_entered_only_within_its_gate(left_ns: Any, expected: bool) -> None:
    assert refused(GATE, market={}, now_ns=M5.end_ns - left_ns) is expected


def test_a_window_may_be_left_at_any_time() -> None:
    assert not refused(GATE, is_exit=True, market={}, now_ns=M5.end_ns - 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(1, False, id="one"),
        pytest.param(0, True, id="zero"),
        pytest.param(-1, True, id="negative"),
        pytest.param(NAN, True, id="nan"),
        pytest.param(1.0, True, id="float"),
        pytest.param(True, True, id="bool"),
        pytest.param(None, True, id="missing"),
    ],
)
@pytest.mark.parametrize("field", ["price_e4", "size_micro"])
def test_prices_and_sizes_are_whole_and_above_zero(field: str, value: Any, expected: bool) -> None:
    assert refused(WholeNumbers(), market={}, **{field: value}) is expected


@pytest.mark.parametrize(
    ("price", "bid", "ask", "expected"),
    [
        pytest.param(4_700, 4_600, 4_800, False, id="on-a-cent"),
        pytest.param(4_701, 4_600, 4_800, True, id="off-a-cent"),
        pytest.param(10_000, 4_600, 4_800, True, id="one"),
        pytest.param(0, 4_600, 4_800, True, id="zero"),
        pytest.param(9_610, 9_600, 9_620, False, id="fine-grid-near-one"),
        pytest.param(9_611, 9_600, 9_620, True, id="off-the-fine-grid"),
        pytest.param(4_710, 4_620, 4_800, False, id="a-finer-touch-shows-the-finer-grid"),
        pytest.param(4_700, None, None, False, id="unknown-book"),
        pytest.param(4_710, None, None, True, id="unknown-book-off"),
    ],
)
def test_a_price_lies_on_the_grid_in_force(price: int, bid: Any, ask: Any, expected: bool) -> None:
    assert refused(PriceGrid(), market={"bid_e4": bid, "ask_e4": ask}, price_e4=price) is expected


@pytest.mark.parametrize(
    ("ask", "limit", "expected"),
    [
        pytest.param(4_800, 5_000, False, id="two-ticks-are-within-5-percent"),
        pytest.param(4_800, 5_039, False, id="one-under"),
        pytest.param(4_800, 5_040, False, id="at-5-percent"),
        pytest.param(4_800, 5_041, True, id="one-over"),
        pytest.param(9_000, 9_300, False, id="at-three-ticks"),
        pytest.param(9_000, 9_301, True, id="over-three-ticks"),
        pytest.param(500, 600, False, id="one-tick-always"),
        pytest.param(500, 601, True, id="over-one-tick"),
        pytest.param(4_800, 4_000, False, id="far-below-the-ask"),
        pytest.param(None, 4_800, True, id="missing"),
        pytest.param(NAN, 4_800, True, id="nan"),
    ],
)
def test_a_purchase_reaches_only_so_far(ask: Any, limit: int, expected: bool) -> None:
    market = {"bid_e4": None, "ask_e4": ask}

    assert refused(SLIPPAGE, market=market, price_e4=limit) is expected


@pytest.mark.parametrize(
    ("bid", "limit", "expected"),
    [
        pytest.param(4_600, 4_370, False, id="at-5-percent"),
        pytest.param(4_600, 4_369, True, id="one-over"),
        pytest.param(4_600, 4_800, False, id="above-the-bid"),
        pytest.param(None, 4_600, True, id="missing"),
        pytest.param(NAN, 4_600, True, id="nan"),
    ],
)
def test_a_sale_is_measured_from_the_bid(bid: Any, limit: int, expected: bool) -> None:
    market = {"bid_e4": bid, "ask_e4": None}

    assert refused(SLIPPAGE, is_exit=True, market=market, price_e4=limit) is expected


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        pytest.param(4_943, "", id="one-under-3-percent"),
        pytest.param(4_944, "the limit is 0.0144 beyond the best ask 0.4800: 3.0 %", id="at"),
    ],
)
def test_the_operator_is_told_below_the_limit(limit: int, told: str) -> None:
    assert SLIPPAGE.alert(replace(a_proposal(), price_e4=limit), a_state()) == told


@pytest.mark.parametrize(
    ("bid", "ask", "expected"),
    [
        pytest.param(3_900, 4_200, False, id="under-10-percent"),
        pytest.param(3_800, 4_200, False, id="at-10-percent-of-the-mid"),
        pytest.param(3_700, 4_200, True, id="over-10-percent-of-the-mid"),
        pytest.param(7_000, 7_500, False, id="at-five-ticks"),
        pytest.param(7_000, 7_600, True, id="over-five-ticks"),
        pytest.param(500, 700, False, id="two-ticks-always"),
        pytest.param(500, 800, True, id="three-ticks-of-a-cheap-token"),
        pytest.param(4_800, 4_800, True, id="locked"),
        pytest.param(4_900, 4_800, True, id="crossed"),
        pytest.param(None, 4_800, True, id="no-bid"),
        pytest.param(4_600, None, True, id="no-ask"),
        pytest.param(NAN, 4_800, True, id="nan"),
    ],
)
def test_a_wide_market_is_not_entered(bid: Any, ask: Any, expected: bool) -> None:
    market = {"bid_e4": bid, "ask_e4": ask}
    limit = ask if isinstance(ask, int) else 4_800

    assert refused(SPREAD, market=market, price_e4=limit) is expected
    assert not refused(SPREAD, is_exit=True, market=market)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param(19_999_998, True, id="one-under"),
        pytest.param(20_000_000, False, id="at"),
        pytest.param(20_000_002, False, id="one-over"),
        pytest.param(None, True, id="missing"),
        pytest.param(NAN, True, id="nan"),
    ],
)
@pytest.mark.parametrize("side", ["bid", "ask"])
@pytest.mark.parametrize("is_exit", [False, True], ids=["entry", "exit"])
def test_ten_pusd_must_wait_on_each_side(
    side: str, is_exit: bool, size: Any, expected: bool
) -> None:
    market = {f"{side}_e4": 5_000, f"{side}_size_micro": size}

    assert refused(Liquidity(10_000_000), is_exit=is_exit, market=market) is expected


def test_a_side_without_orders_is_no_market() -> None:
    assert refused(Liquidity(0), market={"bid_e4": None, "bid_size_micro": None})
