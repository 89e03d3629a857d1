"""``windows-jsonl``: one window a line with strike, outcome, and the venue's market object."""

from collections.abc import Iterator

from polybot.domain.outcome import Outcome, TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import NS, Window
from polybot.errors import DecodeError
from polybot.recording.importers.assumptions import RESOLVED_AFTER_NS, STRIKE_KNOWN_AFTER_NS
from polybot.recording.importers.format import Context, Decode, Format
from polybot.recording.importers.lines import lines
from polybot.recording.observations import Observation, ResolutionSeen, StrikeSeen, WindowListed
from polybot.wire.gamma.values import GammaMarket
from polybot.wire.gamma.window_line import WindowLine, decode_window_line

_COARSE_E4 = 100
_HALVES = ("0.5", "0.5")


def _decoder(_: Context) -> Decode:
    return _meaning


def _meaning(line: bytes) -> Iterator[Observation]:
    written = decode_window_line(line)
    window = Window.from_slug(written.slug)
    if (window.start_ns, window.end_ns) != (written.start_s * NS, written.end_s * NS):
        raise DecodeError(f"{window.slug} does not run from {written.start_s} to {written.end_s}")
    yield _listing(window, written.market)
    if written.strike_e18 is not None:
        yield StrikeSeen(
            received_ns=window.start_ns + STRIKE_KNOWN_AFTER_NS,
            venue_ns=window.start_ns,
            window=window,
            strike_e18=written.strike_e18,
            source=Source.VENUE,
        )
    yield from _resolution(window, written)


def _listing(window: Window, market: GammaMarket) -> WindowListed:
    up, down = market.token_of(Outcome.UP), market.token_of(Outcome.DOWN)
    if up is None or down is None:
        raise DecodeError(f"{window.slug} has outcomes {market.outcomes}, not Up and Down")
    listed_ns = min(market.listed_ns or window.start_ns, window.start_ns)
    return WindowListed(
        received_ns=listed_ns,
        venue_ns=listed_ns,
        window=window,
        condition_id=market.condition_id,
        tokens={TokenSide.UP: up, TokenSide.DOWN: down},
        # The market object was read after the end, when the grid may have become finer.
        tick_e4=_COARSE_E4,
        fee_rate_e6=market.fee.rate_e6 if market.fee else None,
    )


def _resolution(window: Window, written: WindowLine) -> Iterator[Observation]:
    winner = written.market.winner
    if winner is None and (not written.resolved or written.outcome_prices != _HALVES):
        return
    closed_ns = written.market.closed_ns or window.end_ns + RESOLVED_AFTER_NS
    yield ResolutionSeen(
        received_ns=max(closed_ns, window.end_ns),
        venue_ns=max(closed_ns, window.end_ns),
        window=window,
        winner=None if winner is None else TokenSide(winner.value),
        source=Source.VENUE,
    )


WINDOWS_JSONL = Format(name="windows-jsonl", records=lines, decoder=_decoder, sorts=True)
