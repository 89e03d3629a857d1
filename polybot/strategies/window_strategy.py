"""Nautilus events in, a view of each window out: what strategies over windows share.

A subclass says what to do when something that a decision needs has changed (``consider``).
One token's book is listened to; the other is its exact mirror.
"""

from collections.abc import Callable, Sequence
from typing import Any, Self

from nautilus_trader.model import BookType, InstrumentId, OrderBookDeltas, QuoteTick, TradeTick
from nautilus_trader.trading import StrategyConfig

from polybot.decisions.world import OpenWindow, World, WorldParams
from polybot.domain.asset import Asset
from polybot.domain.book import Book, Level
from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS, Series, Window
from polybot.engine import data
from polybot.engine.failures import Failures
from polybot.engine.instruments import RAW_PER_MICRO, price_e4, size_micro, spot_id, token_id
from polybot.strategies.shell import GatedStrategy
from polybot.strategies.sink import Sink

_E18 = 10**18
_CHART_POINTS = 120
_QUOTES_LAST_NS = 10_000_000_000
"""Trades speak for spot only after quotes have been silent for so long."""


class WindowStrategyConfig(StrategyConfig):
    """Which series to trade, by which rules, and where to write decisions."""

    def __new__(cls, *, order_id_tag: str = "001", **_: Any) -> Self:
        """Nautilus' own fields alone."""
        return super().__new__(cls, order_id_tag=order_id_tag)  # type: ignore[call-arg]

    def __init__(
        self,
        *,
        series: Sequence[Series],
        rulebook: Rulebook,
        sink: Sink,
        failures: Failures,
        world: WorldParams | None = None,
        params: Any = None,
        order_id_tag: str = "001",  # noqa: ARG002  read by __new__
    ) -> None:
        self.series = frozenset(series)
        self.rulebook = rulebook
        self.sink = sink
        self.failures = failures
        self.world = world or WorldParams()
        self.params = params


class Watched:
    """One window's book as seen so far, and whether something was sent for it."""

    __slots__ = (
        "_book",
        "_touch",
        "chart_ns",
        "end_ns",
        "instrument_id",
        "known",
        "sent",
        "side",
        "slug",
        "start_ns",
        "window",
    )

    def __init__(self, known: OpenWindow, side: TokenSide) -> None:
        self.known = known
        self.window: Window = known.window
        self.slug = known.window.slug
        self.start_ns, self.end_ns = known.window.start_ns, known.window.end_ns
        self.side = side
        self.instrument_id = token_id(known.window, side)
        self._touch: Any = None
        self._book: Book | None = Book()
        self.sent = False
        self.chart_ns = 0

    def is_open(self, now_ns: int) -> bool:
        """Whether ``now_ns`` lies in the window."""
        return self.start_ns <= now_ns < self.end_ns

    def seconds_left(self, now_ns: int) -> float:
        """Seconds until the end; negative afterwards."""
        return (self.end_ns - now_ns) / NS

    def is_new(self, touch: Any, one_sided: Book | None) -> bool:
        """Whether the best prices and sizes, as Nautilus holds them, differ from those kept."""
        if touch is None and self._touch is None:
            return one_sided != self._book
        return bool(touch != self._touch)

    def touched(self, touch: Any, book: Book | None) -> None:
        """Keep new best prices; ``book`` says what they are where ``touch`` cannot."""
        self._touch, self._book = touch, book

    @property
    def touch_book(self) -> Book:
        """The best prices alone; made when asked for, since most ticks need them not."""
        if self._book is None:
            bid, bid_size, ask, ask_size = self._touch
            self._book = Book(bids=(_level(bid, bid_size),), asks=(_level(ask, ask_size),))
        return self._book


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
        one_sided = self._one_sided(watched.instrument_id) if touch is None else None
        if watched.is_new(touch, one_sided):
            watched.touched(touch, one_sided)
            self._changed(watched, deltas.ts_init)

    def book(self, watched: Watched) -> Book:
        """The whole book of the token that is listened to."""
        book = self.cache.order_book(watched.instrument_id)
        if book is None:
            return Book()
        return Book(bids=_levels(book.bids()), asks=_levels(book.asks()))

    def _one_sided(self, instrument_id: InstrumentId) -> Book:
        book = self.cache.order_book(instrument_id)
        if book is None:
            return Book()
        bid, ask = book.best_bid_price(), book.best_ask_price()
        return Book(
            bids=() if bid is None else (_level(bid, book.best_bid_size()),),
            asks=() if ask is None else (_level(ask, book.best_ask_size()),),
        )

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
        self.world.spot_of(Asset(print_.asset)).reference(
            int(print_.value_e18) / _E18,
            averaging_s=print_.averaging_s,
            venue_ns=print_.ts_event,
            now_ns=print_.ts_init,
        )


def _level(price: Any, quantity: Any) -> Level:
    return Level(price_e4(price), size_micro(quantity))


def _levels(levels: Sequence[Any]) -> tuple[Level, ...]:
    return tuple(Level(price_e4(one.price), one.size_raw() // RAW_PER_MICRO) for one in levels)
