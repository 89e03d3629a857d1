"""``mcap``: polybot's own tapes, every socket of a run in the order of receipt."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from polybot.errors import DecodeError
from polybot.recording.importers.binance_raw import BinanceFrames
from polybot.recording.importers.format import Context, Decode, Format, Progress
from polybot.recording.importers.market import Markets
from polybot.recording.observations import GapSeen, Observation, ReferencePrinted
from polybot.recording.tape.reader import Damage, TapeMessage, read_tape
from polybot.recording.tape.schema import Wire
from polybot.wire.decoding import strict
from polybot.wire.gamma.decode import decode_gamma_market
from polybot.wire.market_channel.frames import decode_market_frame
from polybot.wire.settlement_feed.polybolt import BoltPrints, decode_polybolt
from polybot.wire.settlement_feed.prints import ReferencePrint
from polybot.wire.settlement_feed.rtds import RtdsPrints, decode_rtds

_TOLD_EVERY = 1_024


class _Gap(msgspec.Struct, frozen=True):
    stream: str
    from_ns: int
    until_ns: int


_GAP = msgspec.json.Decoder(_Gap)

type _Reading = Callable[[TapeMessage], Iterator[Observation]]


def _records(path: Path, progress: Progress) -> Iterator[tuple[int, TapeMessage | DecodeError]]:
    told = 0
    for number, message in enumerate(read_tape(path), start=1):
        if isinstance(message, Damage):
            yield number, DecodeError(message.reason)
            continue
        told += len(message.data)
        if number % _TOLD_EVERY == 0:
            progress(told)
            told = 0
        yield number, message


def _decoder(context: Context) -> Decode:
    markets = Markets(context.windows.values())
    binance = BinanceFrames()

    def market(message: TapeMessage) -> Iterator[Observation]:
        for event in decode_market_frame(message.data):
            yield from markets.observe(event, message.received_ns)

    def gamma(message: TapeMessage) -> Iterator[Observation]:
        yield from markets.listed(decode_gamma_market(message.data), message.received_ns)

    def spot(message: TapeMessage) -> Iterator[Observation]:
        yield from binance.observe(message.data, message.received_ns)

    readings: dict[Wire, _Reading] = {
        Wire.POLYMARKET_MARKET: market,
        Wire.GAMMA: gamma,
        Wire.BINANCE: spot,
        Wire.POLYBOLT: _polybolt,
        Wire.RTDS: _rtds,
        Wire.GAP: _gap,
    }

    def decode(message: TapeMessage) -> Iterator[Observation]:
        reading = readings.get(message.wire)
        if reading is not None:
            yield from reading(message)

    return decode


def _polybolt(message: TapeMessage) -> Iterator[Observation]:
    decoded = decode_polybolt(message.data)
    if isinstance(decoded, BoltPrints):
        yield from _prints(decoded.prints, message.received_ns)


def _rtds(message: TapeMessage) -> Iterator[Observation]:
    decoded = decode_rtds(message.data)
    if isinstance(decoded, RtdsPrints):
        yield from _prints(decoded.prints, message.received_ns)


def _prints(prints: tuple[ReferencePrint, ...], received_ns: int) -> Iterator[Observation]:
    for each in prints:
        # A value that was only sent as a float must not decide a tie.
        if each.asset is not None and each.exact:
            yield ReferencePrinted(
                received_ns, each.venue_ns, each.asset, each.averaging_s, each.value_e18
            )


def _gap(message: TapeMessage) -> Iterator[Observation]:
    gap = strict(_GAP, message.data, "a gap")
    yield GapSeen(gap.until_ns, gap.from_ns, gap.stream)


MCAP = Format(name="mcap", records=_records, decoder=_decoder, unit="message")
