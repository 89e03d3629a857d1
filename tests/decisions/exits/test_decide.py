from dataclasses import replace

import pytest

from polybot.decisions.exits.decide import decide
from polybot.decisions.exits.params import DEFAULT, R_MULTIPLES, RESOLUTION, TWO_AND_FOUR
from polybot.decisions.intents import Hold, Sell
from polybot.domain.book import Book, Level
from polybot.domain.outcome import Outcome
from polybot.domain.series import NS
from tests.decisions.exits.world import BOUGHT_NS, SHARE, WINDOW, a_market, opened, pending


def sold(answer: Sell | Hold) -> tuple[str, float]:
    assert isinstance(answer, Sell), answer
    return answer.part, answer.shares_micro / SHARE


def held(answer: Sell | Hold) -> str:
    assert isinstance(answer, Hold), answer
    return answer.reason


@pytest.mark.parametrize(
    ("outcome", "at", "inside"),
    [(Outcome.UP, 99_800.0, 99_801.0), (Outcome.DOWN, 100_200.0, 100_199.0)],
    ids=["up", "down"],
)
def test_all_is_sold_when_spot_crosses_the_stop(outcome: Outcome, at: float, inside: float) -> None:
    position = opened(outcome=outcome)

    assert sold(decide(position, a_market(at))) == ("stop", 100)
    assert held(decide(position, a_market(inside))) == "nothing is due at -0.99 R"


def test_a_sale_says_what_it_wants_and_why() -> None:
    answer = decide(opened(), a_market(99_790.0))

    assert answer == Sell(
        window=WINDOW,
        outcome=Outcome.UP,
        shares_micro=100 * SHARE,
        limit_e4=5_000,
        reason="spot moved -210.00 against a stop at -200.00, -1.05 R",
        part="stop",
    )


@pytest.mark.parametrize(
    ("best", "spot", "sells"),
    [(299.0, 100_100.0, False), (300.0, 100_150.0, True), (300.0, 100_151.0, False)],
    ids=["not active", "fell back", "not far enough"],
)
def test_the_trailing_stop_acts_at_0_3_percent_and_trails_by_0_15(
    best: float, spot: float, sells: bool
) -> None:
    answer = decide(opened(best_gain=best), a_market(spot))

    assert (isinstance(answer, Sell) and answer.part == "trail") is sells


@pytest.mark.parametrize(
    ("best", "gain", "part"),
    [
        (590, 400, "part 1 of 2"),
        (600, 400, "trail"),
        (999, 801, "part 2 of 2"),
        (1_000, 900, "trail"),
    ],
    ids=["below 3R", "1R below 3R", "1R below almost 5R is 799", "half an R below 5R"],
)
def test_in_r_multiples_the_trailing_stop_tightens_at_3r_and_5r(
    best: float, gain: float, part: str
) -> None:
    market = a_market(100_000.0 + gain, bid=0.98, fair=0.985)
    answer = decide(opened(best_gain=best), market, R_MULTIPLES)

    assert sold(answer)[0] == part


@pytest.mark.parametrize(
    ("gain", "part", "shares"),
    [(1_000, "part 1 of 3", 33), (2_000, "part 2 of 3", 66), (3_000, "part 3 of 3", 100)],
    ids=["1 %", "2 % at once", "3 % at once"],
)
def test_profit_is_taken_in_three_parts(gain: float, part: str, shares: float) -> None:
    market = a_market(100_000.0 + gain, bid=0.98, fair=0.985)

    assert sold(decide(opened(), market)) == (part, shares)


def test_a_part_sells_what_earlier_parts_have_not() -> None:
    after_one = opened().selling(33 * SHARE).sold(33 * SHARE, earned_micro=1)

    assert sold(decide(after_one, a_market(102_000.0, bid=0.98, fair=0.985))) == ("part 2 of 3", 33)


@pytest.mark.parametrize(("gain", "shares"), [(400, 30), (800, 70), (2_000, 70)])
def test_in_r_multiples_30_percent_go_at_2r_40_at_4r_and_the_rest_resolves(
    gain: float, shares: float
) -> None:
    market = a_market(100_000.0 + gain, bid=0.98, fair=0.985)

    assert sold(decide(opened(), market, R_MULTIPLES))[1] == shares


@pytest.mark.parametrize(
    ("spot", "part"), [(98_000.0, "stop"), (104_000.0, "part 1 of 1")], ids=["2 %", "4 %"]
)
def test_the_alternative_stops_at_2_percent_and_takes_all_at_4(spot: float, part: str) -> None:
    answer = decide(opened(risk=2_000.0), a_market(spot, bid=0.98, fair=0.985), TWO_AND_FOUR)

    assert sold(answer) == (part, 100)


@pytest.mark.parametrize("spot", [50_000.0, 99_000.0, 200_000.0])
def test_a_position_may_be_left_to_resolution(spot: float) -> None:
    assert held(decide(opened(), a_market(spot), RESOLUTION)).startswith("nothing is due at")


def test_a_members_target_sells_all() -> None:
    market = a_market(100_800.0, bid=0.98, fair=0.985)

    assert sold(decide(opened(target=800.0), market)) == ("target", 100)


def test_tokens_just_bought_cannot_be_sold_before_they_settle() -> None:
    position = opened(settled_ns=BOUGHT_NS + 5 * NS)
    left = WINDOW.seconds_left(BOUGHT_NS)

    assert held(decide(position, a_market(99_000.0, seconds_left=left - 3))) == (
        "the tokens bought last settle in 2.0 s"
    )
    assert sold(decide(position, a_market(99_000.0, seconds_left=left - 5)))[0] == "stop"


def test_at_the_end_it_is_too_late_to_sell() -> None:
    assert held(decide(opened(), a_market(99_000.0, seconds_left=1.1))) == (
        "1.1 s left: a sale would not be matched in time"
    )


def test_a_part_below_the_minimum_joins_the_next() -> None:
    position = opened(3)

    # 33 % of 3 shares are 0.99: below 1 pUSD.
    assert held(decide(position, a_market(101_000.0, bid=0.98, fair=0.985))).endswith(
        "are below the minimum: they join the next part, or resolve"
    )
    assert sold(decide(position, a_market(102_000.0, bid=0.98, fair=0.985))) == (
        "part 2 of 3",
        1.98,
    )


def test_what_is_worth_less_than_the_minimum_resolves() -> None:
    assert "below the minimum" in held(decide(opened(9), a_market(99_000.0, bid=0.10, fair=0.11)))


def test_dust_is_never_sold() -> None:
    assert held(decide(opened(0.009), a_market(99_000.0))) == "what is held is dust: it resolves"


def test_a_sale_is_in_hundredths_of_a_share() -> None:
    assert sold(decide(opened(10.009), a_market(99_000.0))) == ("stop", 10.0)


@pytest.mark.parametrize(
    ("fair", "sells"), [(0.512, True), (0.513, False)], ids=["costs 0.0295", "costs 0.0305"]
)
def test_a_stop_is_not_worth_more_than_3_cents_of_fee_and_spread(fair: float, sells: bool) -> None:
    # 0.50 less 0.07 x 0.25 pays 0.4825.
    answer = decide(opened(), a_market(99_000.0, bid=0.50, fair=fair))

    assert isinstance(answer, Sell) is sells


def test_holding_says_what_it_compared() -> None:
    assert held(decide(opened(), a_market(99_000.0, bid=0.50, fair=0.60))) == (
        "stop: the best bid pays 0.4825 after the fee and holding is worth 0.6000: "
        "over 0.03 too little, held"
    )


def test_a_profit_may_cost_a_cent_at_most() -> None:
    assert isinstance(decide(opened(), a_market(103_000.0, bid=0.95, fair=0.97)), Hold)
    assert isinstance(decide(opened(), a_market(103_000.0, bid=0.96, fair=0.97)), Hold)
    assert isinstance(decide(opened(), a_market(103_000.0, bid=0.97, fair=0.97)), Sell)


def test_only_the_bids_that_are_worth_it_are_taken() -> None:
    first, second = Level(5_000, 40 * SHARE), Level(4_000, 1_000 * SHARE)
    market = replace(a_market(99_000.0), book=Book(bids=(first, second)))
    answer = decide(opened(), market)

    assert isinstance(answer, Sell)
    assert (answer.shares_micro, answer.limit_e4) == (40 * SHARE, 5_000)


def test_a_sale_reaches_no_deeper_than_the_slippage_allowed() -> None:
    bids = tuple(Level(price, 20 * SHARE) for price in (5_000, 4_900, 4_800, 4_700))
    market = replace(a_market(99_000.0, fair=None), book=Book(bids=bids))
    answer = decide(opened(), market)

    # 5 % of 0.50 are two and a half ticks.
    assert isinstance(answer, Sell)
    assert (answer.shares_micro, answer.limit_e4) == (60 * SHARE, 4_800)


def test_without_a_fair_value_a_stop_is_obeyed_and_a_profit_waits() -> None:
    assert sold(decide(opened(), a_market(99_000.0, bid=0.30, fair=None)))[0] == "stop"
    assert held(decide(opened(), a_market(103_000.0, fair=None))) == (
        "part 3 of 3: without a fair value no profit is taken"
    )


@pytest.mark.parametrize(
    ("bid", "shares", "reason"),
    [(None, 0, "stop: nobody bids"), (0.5, 0.009, "stop: less than 0.01 share is bid for")],
    ids=["no bids", "dust"],
)
def test_without_bids_it_is_held(bid: float | None, shares: float, reason: str) -> None:
    assert held(decide(opened(), a_market(99_000.0, bid=bid, shares=shares, fair=None))) == reason


def test_nothing_is_decided_before_the_purchase_fills_nor_while_a_sale_is_out() -> None:
    closed = opened().resolved(earned_micro=0)

    assert held(decide(pending(), a_market(99_000.0))) == "nothing is bought yet"
    assert held(decide(opened().selling(SHARE), a_market(99_000.0))) == "a sale is out"
    assert held(decide(closed, a_market(99_000.0), DEFAULT)) == "the position is closed"
