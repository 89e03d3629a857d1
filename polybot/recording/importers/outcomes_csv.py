"""``outcomes-csv``: who won each 5m window, with the Binance open and close as spot and strike."""

import re
from collections.abc import Iterator

from polybot.domain.asset import Asset
from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import NS, Length, Series, Window
from polybot.errors import DecodeError
from polybot.recording.importers.assumptions import RESOLVED_AFTER_NS, STRIKE_KNOWN_AFTER_NS
from polybot.recording.importers.format import Context, Decode, Format
from polybot.recording.importers.lines import lines
from polybot.recording.importers.table import Row, row_decoder
from polybot.recording.observations import (
    Observation,
    ResolutionSeen,
    SpotQuoted,
    StrikeSeen,
    WindowListed,
)
from polybot.wire.decimals import scaled

_COLUMNS = ("timestamp", "outcome")
_OPEN = re.compile(r"([a-z]{2,5})_open")


def _decoder(context: Context) -> Decode:
    def meaning(row: Row) -> Iterator[Observation]:
        asset = context.asset or _asset_of(row)
        yield from _window(row, Series(asset, Length.M5))

    return row_decoder(_COLUMNS, meaning)


def _window(row: Row, series: Series) -> Iterator[Observation]:
    if not row["timestamp"].isascii() or not row["timestamp"].isdigit():
        raise DecodeError(f"timestamp {row['timestamp'][:40]!r} must be whole seconds")
    window = series.window_at(int(row["timestamp"]) * NS)
    if window.start_ns != int(row["timestamp"]) * NS:
        raise DecodeError(f"timestamp {row['timestamp']} does not start a window of {series}")
    yield listed(window)
    yield spot(window, window.start_ns, row[f"{series.asset}_open"])
    yield proxy_strike(window, row[f"{series.asset}_open"])
    yield spot(window, window.end_ns, row[f"{series.asset}_close"])
    yield won(window, row["outcome"])


def listed(window: Window) -> WindowListed:
    """The window, of which only the slug is known."""
    return WindowListed(
        received_ns=window.start_ns - NS,
        venue_ns=window.start_ns - NS,
        window=window,
        condition_id="",
        tokens={TokenSide.UP: "", TokenSide.DOWN: ""},
        tick_e4=100,
    )


def spot(window: Window, ts_ns: int, price: str) -> SpotQuoted:
    """A price on Binance without a size: both sides of a quote of size zero."""
    return SpotQuoted(
        received_ns=ts_ns,
        venue_ns=ts_ns,
        symbol=window.series.asset.binance_symbol,
        bid=price,
        bid_size="0",
        ask=price,
        ask_size="0",
    )


def proxy_strike(window: Window, opened: str) -> StrikeSeen:
    """The Binance open in the place of the strike, marked as what it is."""
    return StrikeSeen(
        received_ns=window.start_ns + STRIKE_KNOWN_AFTER_NS,
        venue_ns=window.start_ns,
        window=window,
        strike_e18=scaled(opened, places=18, name="open"),
        source=Source.PROXY,
    )


def won(window: Window, winner: str) -> ResolutionSeen:
    """The venue's outcome, as somebody wrote it down without saying when it was known."""
    side = winner.lower()
    if side not in ("up", "down"):
        raise DecodeError(f"outcome {winner[:40]!r} must be up or down")
    return ResolutionSeen(
        received_ns=window.end_ns + RESOLVED_AFTER_NS,
        venue_ns=window.end_ns,
        window=window,
        winner=TokenSide(side),
        source=Source.VENUE,
    )


def _asset_of(row: Row) -> Asset:
    for name in row:
        match = _OPEN.fullmatch(name)
        if match and match[1] in Asset:
            return Asset(match[1])
    raise DecodeError("no column such as btc_open names the asset: say which with --asset btc")


OUTCOMES_CSV = Format(name="outcomes-csv", records=lines, decoder=_decoder, sorts=True)
