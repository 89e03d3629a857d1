"""When a window pays, and at which prices."""

import pytest

from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import NS
from polybot.errors import RunError
from polybot.recording.catalog.manifest import ResolutionClaim, WindowEntry
from polybot.runtime.backtest.facts import closes, resolved_ns, settled_ns, winner_of

SLUG = "btc-updown-5m-1793620800"


def won_by(winner: str, *, known_ns: int = 0) -> WindowEntry:
    claim = ResolutionClaim(ts_init=known_ns, ts_event=0, winner=winner, source=Source.VENUE)
    return WindowEntry(slug=SLUG, tokens={"up": "1", "down": "2"}, resolutions=(claim,))


END_NS = won_by("up").window.end_ns


@pytest.mark.parametrize(
    ("winner", "prices"),
    [
        pytest.param("up", ["1.0000", "0.0000"], id="up"),
        pytest.param("down", ["0.0000", "1.0000"], id="down"),
        pytest.param("half", ["0.5000", "0.5000"], id="half-half"),
    ],
)
def test_tokens_close_at_what_they_pay(winner: str, prices: list[str]) -> None:
    assert [str(close.close_price) for close in closes(won_by(winner), 120)] == prices


def test_an_outcome_is_never_known_before_the_end() -> None:
    assert resolved_ns(won_by("up", known_ns=5)) == END_NS + NS


def test_cash_is_back_some_time_after_the_end() -> None:
    assert settled_ns(won_by("up"), 120) == END_NS + 120 * NS


def test_cash_is_not_back_before_the_outcome_is_known() -> None:
    late = END_NS + 700 * NS

    assert settled_ns(won_by("up", known_ns=late), 120) == late + 1


def test_the_two_closes_are_known_one_after_the_other() -> None:
    first, second = closes(won_by("up"), 120)

    assert second.ts_init == first.ts_init + 1


def test_half_half_has_no_winner() -> None:
    assert winner_of(won_by("half")) is None


def test_a_winner_is_a_token() -> None:
    assert winner_of(won_by("down")) is TokenSide.DOWN


def test_a_window_without_outcome_cannot_pay() -> None:
    with pytest.raises(RunError, match="has no outcome"):
        winner_of(WindowEntry(slug=SLUG))
