import msgspec
import pytest

from polybot.reports.evidence import Evidence, WindowRow
from polybot.runtime.backtest.ballots import with_outcomes
from tests.reports.builders import START_NS, a_ballot, a_window_row
from tests.runtime.backtest.runs import Run

BALLOT = a_ballot(outcome=None)


@pytest.fixture(scope="module")
def voted(run: Run) -> Evidence:
    """The ensemble over the whole sample."""
    return run("ensemble")


def a_quarter(**changes: object) -> WindowRow:
    """The 15m window that begins where the ballot's candle closed, and ended up."""
    return a_window_row(**({"length": "15m", "start_ns": START_NS} | changes))


def outcome(*windows: WindowRow) -> str | None:
    [ballot] = with_outcomes([BALLOT], windows)
    return ballot.outcome


def test_a_ballot_is_judged_by_the_window_that_followed() -> None:
    assert outcome(a_quarter(outcome="down")) == "down"


@pytest.mark.parametrize(
    "window",
    [
        pytest.param(a_quarter(length="5m"), id="another length"),
        pytest.param(a_quarter(asset="SOL"), id="another asset"),
        pytest.param(a_quarter(start_ns=START_NS - 900), id="another start"),
        pytest.param(a_quarter(outcome=None), id="outcome not known"),
        pytest.param(a_quarter(outcome="half"), id="half to each"),
    ],
)
def test_other_windows_do_not_judge_it(window: WindowRow) -> None:
    assert outcome(window) is None


def test_a_run_keeps_its_ballots_with_their_outcomes(voted: Evidence) -> None:
    known = {(row.asset, row.start_ns): row.outcome for row in voted.windows if row.length == "15m"}

    judged = [ballot for ballot in voted.ballots if ballot.outcome]

    assert len(judged) == len(known)
    assert all(known[ballot.asset, ballot.closed_ns] == ballot.outcome for ballot in judged)


def test_every_order_of_the_ensemble_names_its_row(voted: Evidence) -> None:
    rows = {decision.inputs.get("row") for decision in voted.decisions}

    assert voted.orders
    assert {order.row for order in voted.orders} <= rows


def test_ballots_can_be_read_again_from_what_a_run_leaves(voted: Evidence) -> None:
    read = msgspec.json.decode(msgspec.json.encode(voted), type=Evidence)

    assert read.ballots == voted.ballots
