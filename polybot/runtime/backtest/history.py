"""Candles of what was traded before a run begins, so that a short warm-up is enough."""

from collections.abc import Iterator
from itertools import chain

from nautilus_trader.model import AggressorSide, TradeTick

from polybot.domain.asset import Asset
from polybot.domain.series import NS
from polybot.runtime.backtest.sources import Sources
from polybot.signals.candle import MINUTE_S, Candle
from polybot.signals.candles.builder import CandleBuilder
from polybot.signals.candles.params import CandleParams
from polybot.signals.candles.refused import Refused
from polybot.signals.market import M15_S
from polybot.signals.params import SignalParams

_CHUNK_NS = 900 * NS
_MINUTE_NS = MINUTE_S * NS


def minutes_before(
    sources: Sources,
    asset: Asset,
    *,
    until_ns: int,
    hours: float,
    received_by_ns: int,
    params: SignalParams | None = None,
) -> tuple[Candle, ...]:
    """The whole minutes of ``asset`` that end in the ``hours`` until ``until_ns``, oldest first.

    A run begins at ``until_ns``; trades of the last minute may be received until
    ``received_by_ns``. Minutes that touch a silence long enough to break a 15m candle are left out.
    """
    params = params or SignalParams()
    longest_s = max(float(MINUTE_S), params.gap_share * M15_S)
    builder = CandleBuilder(CandleParams(gap_s=longest_s))
    end_ns = until_ns - until_ns % _MINUTE_NS
    candles: list[Candle] = []
    for trade in _trades(sources, asset, end_ns - round(hours * 3_600) * NS, received_by_ns):
        if trade.ts_event >= end_ns:
            continue
        closed = builder.update(
            trade.price.as_double(),
            trade.size.as_double(),
            trade.aggressor_side == AggressorSide.BUY,
            trade.ts_event,
        )
        if not isinstance(closed, Refused):
            candles.extend(_heard(builder, closed))
    candles.extend(_heard(builder, builder.advance(end_ns)))
    return tuple(candles)


def _heard(builder: CandleBuilder, closed: tuple[Candle, ...]) -> Iterator[Candle]:
    silence = builder.silence
    for candle in closed:
        if (
            silence is None
            or candle.end_ns <= silence.since_ns
            or candle.start_ns >= silence.until_ns
        ):
            yield candle


def _trades(sources: Sources, asset: Asset, start_ns: int, end_ns: int) -> Iterator[TradeTick]:
    """Trades as a run would hear them; memory holds a quarter of an hour."""
    catalogs = [catalog for _, catalog in sources.shared([asset])]
    for from_ns in range(max(0, start_ns), end_ns, _CHUNK_NS):
        to_ns = min(from_ns + _CHUNK_NS, end_ns)
        heard = chain.from_iterable(
            catalog.spot_trades(asset.binance_symbol, from_ns, to_ns - 1) for catalog in catalogs
        )
        yield from sorted(heard, key=lambda trade: trade.ts_init)
