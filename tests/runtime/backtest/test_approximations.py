"""What a run admits."""

from polybot.config.settings import Backtest
from polybot.runtime.backtest.approximations import approximations
from polybot.runtime.backtest.selection import Selection


def told(*, cuts: int = 0, **settings: object) -> str:
    backtest, nothing = Backtest(**settings), Selection((), ())
    return " ".join(approximations(backtest, nothing, memory_s=0, failed=3, cuts=cuts))


def test_a_cut_where_the_taker_hold_changed_is_admitted() -> None:
    assert "The taker hold changed 2 time(s)" in told(cuts=2)
    assert "The taker hold changed" not in told()


def test_settlements_that_failed_are_counted() -> None:
    assert "3 purchase(s) failed to settle" in told(settlement_failure_percent=1.0)
    assert "Every fill settles on chain" in told()
