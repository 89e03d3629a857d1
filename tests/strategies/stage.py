"""One window's day for a strategy: what it hears of spot, books, strike and outcome.

Times are in seconds after the window's start, spot in dollars, books in 1/10,000 pUSD and shares.
"""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from nautilus_trader.model import AggressorSide, CustomData, Price, Quantity, QuoteTick, TradeId
from nautilus_trader.model import TradeTick as Trade

from polybot.domain.provenance import Source
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS
from polybot.engine import data
from polybot.engine.failures import Failures
from polybot.engine.instruments import SPOT_PRECISION, spot_id
from polybot.execution.ledger import Ledger
from polybot.recording.catalog.manifest import WindowEntry
from polybot.runtime.backtest.engine import assemble
from polybot.runtime.backtest.facts import closes
from polybot.runtime.backtest.feeds import Chunk
from polybot.runtime.backtest.trading import run_chunk
from polybot.strategies.sink import Sink
from polybot.strategies.window_strategy import WindowStrategy
from tests.engine.market import WINDOW
from tests.runtime.backtest import exchange
from tests.runtime.backtest.exchange import CASH_BACK_S, START_MICRO, TERMS, an_entry

BTC = spot_id("BTCUSDT")
E18 = 10**18


class Stage:
    """What a strategy is wired with, and what became of it."""

    def __init__(self) -> None:
        self.sink = Sink()
        self.failures = Failures()
        self.ledger = Ledger(START_MICRO)
        self.engine: Any = None
        self.strategy: Any = None

    @property
    def wiring(self) -> dict[str, Any]:
        """The config fields that every window strategy shares."""
        return {
            "series": [WINDOW.series],
            "rulebook": Rulebook.standard(),
            "sink": self.sink,
            "failures": self.failures,
        }

    def play(
        self,
        build: Callable[["Stage"], WindowStrategy],
        *data: Any,
        entries: Iterable[WindowEntry] = (),
        rules: Iterable[Any] = (),
    ) -> "Stage":
        """Build the strategy, feed it, settle the windows; its errors are raised."""
        entries = list(entries) or [an_entry()]
        self.strategy = build(self)
        assembled = assemble(
            entries,
            strategy=self.strategy,
            rules=rules,
            ledger=self.ledger,
            terms=TERMS,
            failures=self.failures,
        )
        paid = [closes(entry, CASH_BACK_S) for entry in entries if entry.resolution is not None]
        items = sorted(
            chain(_empty_books(entries), _flat(data), *paid), key=lambda item: item.ts_init
        )
        run_chunk(assembled.engine, Chunk(0, 0, tuple([item] for item in items)))
        assembled.engine.end()
        self.failures.reraise()
        self.engine = assembled.engine
        return self


def opened(at_s: float = 0.0, *, slug: str = WINDOW.slug, sides: str = "up,down") -> CustomData:
    return _custom(data.WindowOpened(at(at_s), at(at_s), slug, "0x", 100, -1, sides))


def strike(
    dollars: float, at_s: float = 0.5, *, slug: str = WINDOW.slug, source: Source = Source.PROXY
) -> CustomData:
    """By default a proxy's: spot then stands in for the settlement source."""
    value = str(round(dollars * 100) * E18 // 100)
    return _custom(data.StrikeFixed(at(at_s), at(at_s), slug, value, source.value))


def resolved(at_s: float, winner: str = "up", *, slug: str = WINDOW.slug) -> CustomData:
    return _custom(data.WindowResolved(at(at_s), at(at_s), slug, winner, "venue", ""))


def reference(dollars: float, at_s: float, *, averaging_s: int, lag_s: float = 0.0) -> CustomData:
    value = str(round(dollars * 100) * E18 // 100)
    return _custom(data.ReferencePrice(at(at_s - lag_s), at(at_s), "btc", averaging_s, value))


def quote(mid: float, at_s: float, *, half_spread: float = 0.5) -> QuoteTick:
    """Best bid and ask of BTC around ``mid``."""
    bid, ask = (Price(mid + side * half_spread, SPOT_PRECISION) for side in (-1, 1))
    one = Quantity(1.0, SPOT_PRECISION)
    return QuoteTick(BTC, bid, ask, one, one, at(at_s), at(at_s))


def trade(dollars: float, at_s: float) -> Trade:
    """A trade of BTC."""
    size = Quantity(1.0, SPOT_PRECISION)
    price = Price(dollars, SPOT_PRECISION)
    return Trade(BTC, price, size, AggressorSide.BUY, TradeId(str(at_s)), at(at_s), at(at_s))


def books(bid: int | None, ask: int | None, at_s: float, *, shares: float = 100) -> list[Any]:
    """Both tokens' books, each side one level."""
    return exchange.book(
        bids=[] if bid is None else [(bid, shares)],
        asks=[] if ask is None else [(ask, shares)],
        ms=at_s * 1_000,
    )


def at(seconds: float) -> int:
    return WINDOW.start_ns + round(seconds * NS)


def _empty_books(entries: Iterable[WindowEntry]) -> Iterable[Any]:
    # Nautilus settles no token that never had a book.
    for entry in entries:
        yield from exchange.book(first=exchange.first_token(entry), ms=-1_000)


def _custom(value: Any) -> CustomData:
    return CustomData(data.topic(type(value)), value)


def _flat(items: Iterable[Any]) -> Iterable[Any]:
    for item in items:
        if isinstance(item, list | tuple):
            yield from item
        else:
            yield item
