"""``binance-raw``: stream messages as received, each after its local time.

Two shapes of line: ``<nanoseconds> <json>`` and ``<seconds>: <json>``; lines that begin with
``wss://`` say what was subscribed. Trades and best quotes are kept; aggregate trades only of pairs
whose single trades are not in the file; depth and candles are read and left out.
"""

import re
from collections.abc import Iterable, Iterator

from polybot.errors import DecodeError
from polybot.recording.importers.format import Context, Decode, Format
from polybot.recording.importers.lines import lines
from polybot.recording.observations import Observation, SpotQuoted, SpotTraded
from polybot.wire.binance.stream import decode_binance_frame
from polybot.wire.binance.values import SpotAggTrade, SpotTicker, SpotTrade
from polybot.wire.times import seconds_text_to_ns

_NANOSECONDS = re.compile(rb"([0-9]{18,19}) (?=[\[{])")
_SECONDS = re.compile(rb"([0-9]{9,10}(?:\.[0-9]{1,9})?): ?(?=[\[{])")


class BinanceFrames:
    """Stream messages as observations; remembers which pairs send single trades."""

    def __init__(self) -> None:
        self._with_trades: set[str] = set()

    def observe(self, frame: bytes, received_ns: int) -> Iterator[Observation]:
        """What one message says that a catalog keeps."""
        message = decode_binance_frame(frame)
        if isinstance(message, SpotTrade):
            self._with_trades.add(message.symbol)
            yield _trade(message, message.trade_id, received_ns)
        elif isinstance(message, SpotAggTrade) and message.symbol not in self._with_trades:
            yield _trade(message, message.aggregate_id, received_ns)
        elif isinstance(message, SpotTicker):
            yield _quote(message, received_ns)


def _decoder(_: Context) -> Decode:
    frames = BinanceFrames()

    def decode(line: bytes) -> Iterable[Observation]:
        if line.startswith(b"wss://"):
            return ()
        received_ns, frame = _split(line)
        return frames.observe(frame, received_ns)

    return decode


def _split(line: bytes) -> tuple[int, bytes]:
    if match := _NANOSECONDS.match(line):
        return int(match[1]), line[match.end() :]
    if match := _SECONDS.match(line):
        return seconds_text_to_ns(match[1].decode()), line[match.end() :]
    raise DecodeError("the line begins with no local time in nanoseconds or seconds")


def _trade(trade: SpotTrade | SpotAggTrade, trade_id: str, received_ns: int) -> SpotTraded:
    return SpotTraded(
        received_ns=received_ns,
        venue_ns=trade.venue_ns,
        symbol=trade.symbol,
        price=trade.price,
        size=trade.size,
        buyer_is_maker=trade.buyer_is_maker,
        trade_id=trade_id,
    )


def _quote(ticker: SpotTicker, received_ns: int) -> SpotQuoted:
    """A best quote; the spot stream states no time, so the receipt stands for it."""
    return SpotQuoted(
        received_ns=received_ns,
        venue_ns=ticker.venue_ns or received_ns,
        symbol=ticker.symbol,
        bid=ticker.bid,
        bid_size=ticker.bid_size,
        ask=ticker.ask,
        ask_size=ticker.ask_size,
    )


BINANCE_RAW = Format(name="binance-raw", records=lines, decoder=_decoder)
