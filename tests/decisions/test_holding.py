"""What a position remembers of its entry, and what it teaches."""

from dataclasses import replace

import pytest

from polybot.decisions.exits.params import DEFAULT, ExitParams
from polybot.decisions.holding import Holding, Reasons, opening
from polybot.decisions.learning.lesson import Lesson
from polybot.decisions.members.member import Bracket, Vote
from polybot.decisions.stance import Stance
from polybot.decisions.view import View
from polybot.domain.outcome import Outcome
from polybot.domain.series import Length
from polybot.domain.session import Session
from polybot.signals.technical import Regime
from tests.decisions.signals_world import a_ballot, a_cast, a_frame, a_technical
from tests.decisions.trader_world import FUNDS, a_trader, a_view, a_window, at, sends

SPOT = 100_100.0


def reasons_for(view: View, side: Stance = Stance.LONG) -> Reasons:
    """Those of a trader that buys in ``view``."""
    trader = a_trader(side)
    [wanted] = trader.enter([view], FUNDS)
    take = sends(trader, wanted)
    return trader.holdings[take.window.slug].reasons


REASONS = reasons_for(a_view(lead=100))


def bought(holding: Holding, *, shares: int = 10_000_000, paid: int = 5_000_000) -> Holding:
    position = holding.position.bought(shares, paid_micro=paid, ts_ns=at(301), settled_ns=at(306))
    return holding.now(position)


def opened(reasons: Reasons = REASONS, params: ExitParams = DEFAULT) -> Holding:
    return opening(reasons, spot=SPOT, params=params)


def lesson_of(holding: Holding, outcome: Outcome | None = Outcome.UP) -> Lesson:
    lesson = holding.lesson(at(930), outcome)
    assert lesson is not None
    return lesson


def bracketed(target: float, side: Stance = Stance.LONG) -> Reasons:
    """Reasons whose strongest member named ``target`` as the spot to get out at."""
    vote = Vote(side, 60.0, "a burst", Bracket(stop=0.0, target=target))
    return replace(REASONS, ballot=a_ballot(replace(a_cast(), vote=vote), side=side))


@pytest.mark.parametrize(
    ("length", "risk"),
    [pytest.param(Length.M15, 30.0, id="15m"), pytest.param(Length.M5, 15.0, id="5m")],
)
def test_the_stop_is_measured_in_the_range_of_candles_as_long_as_the_window(
    length: Length, risk: float
) -> None:
    reasons = reasons_for(a_view(60, window=a_window(length=length), lead=100))
    technical = a_technical(m5=a_frame(atr=10.0), m15=a_frame(atr=20.0))

    assert opened(replace(reasons, technical=technical)).position.risk == risk


def test_before_any_candle_the_stop_is_a_share_of_spot() -> None:
    assert opened(replace(REASONS, technical=None)).position.risk == pytest.approx(SPOT * 0.002)


def test_a_members_target_is_the_positions() -> None:
    assert opened(bracketed(SPOT + 40)).position.target == 40.0


@pytest.mark.parametrize(
    "reasons",
    [
        pytest.param(replace(REASONS, ballot=None), id="no-ballot"),
        pytest.param(replace(REASONS, ballot=a_ballot()), id="no-bracket"),
        pytest.param(bracketed(SPOT - 40, Stance.SHORT), id="other-side"),
        pytest.param(bracketed(SPOT), id="reached"),
        pytest.param(bracketed(SPOT - 40), id="passed"),
    ],
)
def test_there_is_no_target(reasons: Reasons) -> None:
    assert opened(reasons).position.target is None


def test_a_target_below_is_one_for_the_down_token() -> None:
    reasons = bracketed(SPOT - 40, Stance.SHORT)
    down = replace(reasons, take=replace(reasons.take, outcome=Outcome.DOWN))

    assert opened(down).position.target == 40.0


def test_what_was_never_bought_teaches_nothing() -> None:
    assert opened().lesson(at(930), Outcome.UP) is None


def test_a_lesson_names_the_row_the_votes_and_the_conditions() -> None:
    lesson = lesson_of(bought(opened()))

    assert (lesson.row, lesson.bought, lesson.slug) == ("agree", Outcome.UP, a_window().slug)
    assert lesson.votes == (REASONS.ballot.votes if REASONS.ballot else ())
    assert (lesson.regime, lesson.session) == (Regime.RANGING, Session.ASIAN)
    assert (lesson.opened_ns, lesson.learned_ns) == (at(301), at(930))


def test_a_lesson_counts_what_came_back_against_what_was_paid() -> None:
    holding = bought(opened())
    won = holding.now(holding.position.resolved(earned_micro=10_000_000))

    lesson = lesson_of(won)

    assert (lesson.stake_micro, lesson.profit_micro, lesson.won) == (5_000_000, 5_000_000, True)


def test_slippage_is_what_was_paid_beyond_the_price_decided_on() -> None:
    decided = REASONS.take.fair - REASONS.take.edge
    paid = round((decided + 0.01) * 10_000_000)

    assert lesson_of(bought(opened(), paid=paid)).slippage == pytest.approx(0.01, abs=1e-6)


def test_only_a_trade_for_an_edge_has_one_in_its_lesson() -> None:
    for_edge, on_the_vote = REASONS, reasons_for(a_view())

    assert lesson_of(bought(opened(for_edge))).edge == REASONS.take.edge
    assert lesson_of(bought(opened(on_the_vote))).edge is None


def test_an_edge_that_was_not_believed_is_not_in_the_lesson() -> None:
    stale = replace(a_view(lead=100), book_age_s=31.0)

    reasons = reasons_for(stale)

    assert reasons.entry.combined.row == "technical only"
    assert lesson_of(bought(opened(reasons))).edge is None


def test_a_trade_before_the_first_vote_has_no_ballot_in_its_lesson() -> None:
    lesson = lesson_of(bought(opened(replace(REASONS, ballot=None, technical=None))))

    assert (lesson.ballot_ns, lesson.votes, lesson.regime) == (None, (), None)
