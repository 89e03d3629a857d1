from collections.abc import Mapping

import pytest

from polybot.decisions.arbitrage import Arbitrage, Quiet
from polybot.decisions.entry import Circumstances, Opportunity, enter
from polybot.decisions.members.member import Vote
from polybot.decisions.sizing import Funds
from polybot.domain.asset import Asset
from polybot.domain.money import MICRO
from polybot.domain.outcome import Outcome
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Length, Series
from polybot.domain.session import Session
from tests.decisions.judgements import NONE, a_vote, an_arbitrage

RULEBOOK = Rulebook.standard()


def an_opportunity(
    asset: Asset = Asset.BTC,
    length: Length = Length.M15,
    *,
    vote: Vote | None = None,
    arbitrage: Arbitrage | Quiet = NONE,
    asks_e4: Mapping[Outcome, int] | None = None,
) -> Opportunity:
    series = Series(asset, length)
    return Opportunity(
        series=series,
        rules=RULEBOOK.at(series, 1_789_000_200 * 10**9),
        technical=vote,
        arbitrage=arbitrage,
        asks_e4={Outcome.UP: 5_000, Outcome.DOWN: 5_100} if asks_e4 is None else asks_e4,
        regime=None,
    )


def circumstances(*held: Asset, base: float = 20) -> Circumstances:
    funds = Funds(
        equity_micro=1_000 * MICRO,
        cash_micro=1_000 * MICRO,
        base_micro=round(base * MICRO),
        cap_micro=30 * MICRO,
    )
    return Circumstances(held=held, funds=funds, session=Session.NEW_YORK)


def test_a_window_that_qualifies_gets_a_stake() -> None:
    [entry] = enter([an_opportunity(vote=a_vote(confidence=80.0))], circumstances())

    assert entry.enter
    assert (entry.combined.row, entry.stake and entry.stake.stake_micro) == (
        "technical only",
        20 * MICRO,
    )


def test_a_skipped_window_gets_no_stake_and_says_why() -> None:
    [entry] = enter([an_opportunity()], circumstances())

    assert (entry.enter, entry.stake, entry.refusal) == (False, None, entry.combined.reason)


def test_answers_come_in_the_order_of_the_windows() -> None:
    vote = a_vote(confidence=90.0)
    windows = [an_opportunity(Asset.SOL, vote=vote), an_opportunity(Asset.BTC, vote=vote)]

    assert [entry.series.asset for entry in enter(windows, circumstances())] == [
        Asset.SOL,
        Asset.BTC,
    ]


@pytest.mark.parametrize(("m5_edge", "entered"), [(0.05, Length.M5), (0.03, Length.M15)])
def test_of_two_windows_the_one_that_should_earn_more_is_entered(
    m5_edge: float, entered: Length
) -> None:
    edges = {Length.M15: 0.04, Length.M5: m5_edge}
    windows = [
        an_opportunity(length=length, arbitrage=an_arbitrage(edge=edge, fair=0.5175 + edge))
        for length, edge in edges.items()
    ]

    [entry] = [entry for entry in enter(windows, circumstances()) if entry.enter]
    assert entry.series.length is entered


def test_the_expected_profit_is_edge_times_shares() -> None:
    arbitrage = an_arbitrage(confidence=90.0, edge=0.1, fair=0.62)
    [entry] = enter([an_opportunity(arbitrage=arbitrage)], circumstances(base=10.35))

    # 90 scales 10.35 by 4/3; a share costs 0.50 and a fee of 0.0175.
    assert entry.profit_pusd == pytest.approx(0.1 * 10.35 * 4 / 3 / 0.5175, rel=1e-6)


def test_a_stake_below_the_minimum_leaves_the_place_to_another_window() -> None:
    tiny = an_opportunity(length=Length.M5, arbitrage=an_arbitrage(edge=0.2, fair=0.518))
    windows = [tiny, an_opportunity(vote=a_vote(confidence=80.0))]
    refused, entered = enter(windows, circumstances())

    assert refused.refusal.endswith("the minimum is 1.000000")
    assert entered.enter


def test_a_token_that_nobody_offers_is_not_entered() -> None:
    window = an_opportunity(vote=a_vote(), asks_e4={Outcome.DOWN: 5_000})

    assert enter([window], circumstances())[0].refusal == "nobody offers up"


def test_an_asset_with_a_position_is_not_entered() -> None:
    [entry] = enter([an_opportunity(vote=a_vote())], circumstances(Asset.BTC))

    assert entry.refusal == "btc has a position already, or enters another window now"
