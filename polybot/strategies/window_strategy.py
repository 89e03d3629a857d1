"""Nautilus events in, a view of each window out: what strategies over windows share.

A subclass says what to do when something that a decision needs has changed (``consider``).
One token's book is listened to; the other is its exact mirror.
"""

from collections.abc import Callable
from typing import Any

from nautilus_trader.model import BookType, InstrumentId, OrderBookDeltas, QuoteTick, TradeTick

from polybot.decisions.world import World
from polybot.domain.asset import Asset
from polybot.domain.book import Book
from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import NS, Window
from polybot.engine import data
from polybot.engine.books import best_of, whole_book
from polybot.engine.instruments import spot_id
from polybot.strategies.shell import GatedStrategy
from polybot.strategies.watched import Watched
from polybot.strategies.wiring import WindowStrategyConfig

_E18 = 10**18
_CHART_POINTS = 120
_HOUR_NS = 3_600 * NS
_HOURS_AHEAD = 6
"""More than the longest window and the longest memory of the basis."""
_QUOTES_LAST_NS = 10_000_000_000
"""Trades speak for spot only after quotes have been silent for so long."""


class WindowStrategy(GatedStrategy):
    """Folds what is received into a world, and asks ``consider`` about the windows concerned."""

    def __init__(self, config: WindowStrategyConfig) -> None:
        super().__init__(config)
        self.failures = config.failures
        self.sink = config.sink
        self.series = config.series
        self.params = config.params
        self._rulebook = config.rulebook
        self.world = World(config.world)
        self.watched: dict[str, Watched] = {}
        self._by_instrument: dict[InstrumentId, Watched] = {}
        self._by_asset: dict[Asset, list[Watched]] = {}
        self._quoted_ns: dict[Asset, int] = {}
        self._settling: dict[tuple[Asset, int], frozenset[int]] = {}
        self._assets = {spot_id(asset.binance_symbol): asset for asset in Asset}
        self._handlers: dict[type, Callable[[Any], None]] = {
            data.WindowOpened: self._window_opened,
            data.StrikeFixed: self._strike_fixed,
            data.WindowResolved: self._window_resolved,
            data.ReferencePrice: self._reference_price,
        }

    def consider(self, watched: Watched, now_ns: int) -> None:
        """Something about this window has changed: decide, or do nothing."""
        raise NotImplementedError

    def on_start(self) -> None:
        for kind in self._handlers:
            self.subscribe_data(data.topic(kind))
        for asset in sorted({series.asset for series in self.series}):
            self.subscribe_quotes(spot_id(asset.binance_symbol))
            self.subscribe_trades(spot_id(asset.binance_symbol))

    def on_data(self, received: Any) -> None:
        self._handlers[type(received.data)](received.data)

    def on_quote(self, quote: QuoteTick) -> None:
        asset = self._assets[quote.instrument_id]
        self._quoted_ns[asset] = quote.ts_init
        middle = (quote.bid_price.as_double() + quote.ask_price.as_double()) / 2
        self._spot(asset, middle, quote.ts_init)

    def on_trade(self, trade: TradeTick) -> None:
        asset = self._assets[trade.instrument_id]
        if trade.ts_init - self._quoted_ns.get(asset, -_QUOTES_LAST_NS) >= _QUOTES_LAST_NS:
            self._spot(asset, trade.price.as_double(), trade.ts_init)

    def on_book_deltas(self, deltas: OrderBookDeltas) -> None:
        watched = self._by_instrument.get(deltas.instrument_id)
        if watched is None:
            return
        watched.known.book_ns = deltas.ts_init
        touch = self.cache.top_of_book(watched.instrument_id)
        # Nautilus knows no touch of a one-sided book: only its sides say whether it changed.
        one_sided = best_of(self.cache.order_book(watched.instrument_id)) if touch is None else None
        if watched.is_new(touch, one_sided):
            watched.touched(touch, one_sided)
            self._changed(watched, deltas.ts_init)

    def book(self, watched: Watched) -> Book:
        """The whole book of the token that is listened to."""
        return whole_book(self.cache.order_book(watched.instrument_id))

    def _spot(self, asset: Asset, price: float, now_ns: int) -> None:
        spot = self.world.spot_of(asset)
        changed = price != spot.price
        spot.update(price, now_ns)
        if changed:
            for watched in self._by_asset.get(asset, ()):
                self._changed(watched, now_ns)

    def _changed(self, watched: Watched, now_ns: int) -> None:
        if now_ns >= watched.chart_ns and watched.is_open(now_ns):
            self._chart(watched, now_ns)
        self.consider(watched, now_ns)

    def _chart(self, watched: Watched, now_ns: int) -> None:
        watched.chart_ns = now_ns + watched.window.seconds * NS // _CHART_POINTS
        path = self.sink.path(watched.window.slug)
        spot = self.world.spot_of(watched.window.series.asset).price
        if spot is not None:
            path.spot.append((now_ns, spot))
        mid = watched.touch_book.mid
        if mid is not None:
            path.mid.append((now_ns, mid))

    def _window_opened(self, opened: data.WindowOpened) -> None:
        window = Window.from_slug(opened.slug)
        if window.series not in self.series or opened.slug in self.watched:
            return
        own_rate = opened.fee_rate_e6 if opened.fee_rate_e6 >= 0 else None
        rules = self._rulebook.at(window.series, window.start_ns, fee_rate_e6=own_rate)
        side = TokenSide(opened.sides.split(",")[0])
        watched = Watched(self.world.open(window, rules), side)
        self.watched[opened.slug] = watched
        self._by_instrument[watched.instrument_id] = watched
        self._by_asset.setdefault(window.series.asset, []).append(watched)
        self.subscribe_book_deltas(watched.instrument_id, BookType.L2_MBP, managed=True)

    def _strike_fixed(self, fixed: data.StrikeFixed) -> None:
        self.world.fix_strike(fixed.slug, int(fixed.strike_e18) / _E18, Source(fixed.source))

    def _window_resolved(self, resolved: data.WindowResolved) -> None:
        watched = self.watched.pop(resolved.slug, None)
        if watched is None:
            return
        self.world.close(resolved.slug)
        self._by_instrument.pop(watched.instrument_id)
        self._by_asset[watched.window.series.asset].remove(watched)
        self.unsubscribe_book_deltas(watched.instrument_id)

    def _reference_price(self, print_: data.ReferencePrice) -> None:
        asset = Asset(print_.asset)
        if print_.averaging_s not in self._averagings(asset, print_.ts_init // _HOUR_NS):
            return
        self.world.spot_of(asset).reference(
            int(print_.value_e18) / _E18,
            averaging_s=print_.averaging_s,
            venue_ns=print_.ts_event,
            now_ns=print_.ts_init,
        )

    def _averagings(self, asset: Asset, hour: int) -> frozenset[int]:
        """Which prints can matter in this hour: those by which windows settle now or soon."""
        found = self._settling.get((asset, hour))
        if found is None:
            instants = (hour * _HOUR_NS, (hour + _HOURS_AHEAD) * _HOUR_NS)
            found = frozenset(
                self._rulebook.at(series, ts_ns).settlement.averaging_s
                for series in self.series
                if series.asset is asset
                for ts_ns in instants
            )
            self._settling[asset, hour] = found
        return found
