"""When a window's outcome pays, and the closing prices at which Nautilus pays it."""

from nautilus_trader.model import InstrumentClose, InstrumentCloseType

from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import NS
from polybot.engine.instruments import price, token_id
from polybot.errors import RunError
from polybot.execution.ledger import payouts_e6
from polybot.recording.catalog.manifest import ResolutionClaim, WindowEntry


def winner_of(entry: WindowEntry) -> TokenSide | None:
    """Which token pays, None for half each; RunError when the outcome is unknown."""
    resolution = _resolution(entry)
    return None if resolution.winner == "half" else TokenSide(resolution.winner)


def resolved_ns(entry: WindowEntry) -> int:
    """When the outcome was known: never before the end, whatever an import says."""
    return max(_resolution(entry).ts_init, entry.window.end_ns + NS)


def settled_ns(entry: WindowEntry, cash_back_s: float) -> int:
    """When the payout can be spent: some time after the end, and not before the venue resolves."""
    said = [claim.ts_init for claim in entry.resolutions if claim.source is Source.VENUE]
    earliest = entry.window.end_ns + round(cash_back_s * NS)
    return max(resolved_ns(entry) + 1, earliest, *(ts + 1 for ts in said))


def closes(entry: WindowEntry, cash_back_s: float) -> list[InstrumentClose]:
    """The closing prices of both tokens, at which Nautilus pays."""
    pays = payouts_e6(winner_of(entry))
    at_ns = settled_ns(entry, cash_back_s)
    return [
        InstrumentClose(
            token_id(entry.window, side),
            price(pays[side] * PRICE_SCALE // MICRO),
            InstrumentCloseType.CONTRACT_EXPIRED,
            entry.window.end_ns,
            at_ns + number,
        )
        for number, side in enumerate(entry.sides)
    ]


def _resolution(entry: WindowEntry) -> ResolutionClaim:
    if entry.resolution is None:
        raise RunError(f"window {entry.slug} has no outcome: nothing can be paid for it")
    return entry.resolution
