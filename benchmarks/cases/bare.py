"""Nautilus alone on a catalog: no gate, no venue models, a strategy that does nothing."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from nautilus_trader.backtest import BacktestEngine, BacktestEngineConfig
from nautilus_trader.common import LoggerConfig, LogLevel
from nautilus_trader.execution import MakerTakerFeeModel
from nautilus_trader.model import (
    AccountType,
    BookType,
    ClientId,
    Currency,
    CustomData,
    InstrumentId,
    Money,
    OmsType,
    TraderId,
)
from nautilus_trader.trading import Strategy, StrategyConfig

from benchmarks.material import catalogs
from polybot.domain.asset import Asset
from polybot.engine import data
from polybot.engine.currency import BINANCE, POLYMARKET, PUSD
from polybot.engine.instruments import spot_id, spot_instrument
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.catalog.reader import Catalog

_CLIENT = ClientId("POLYBOT")


class DoNothing(Strategy):
    """Hears what it is told to hear, and returns."""

    def __init__(self, config: StrategyConfig) -> None:
        super().__init__(config)
        self.calls = 0
        self.books: list[str] = []
        self.spots: list[InstrumentId] = []

    def on_start(self) -> None:
        for name in self.books:
            self.subscribe_book_deltas(InstrumentId.from_str(name), BookType.L2_MBP, managed=True)
        for instrument_id in self.spots:
            self.subscribe_quotes(instrument_id)
            self.subscribe_trades(instrument_id)
        if self.spots:
            self.subscribe_data(data.topic(data.ReferencePrice))

    def on_book_deltas(self, _: object) -> None:
        self.calls += 1

    def on_quote(self, _: object) -> None:
        self.calls += 1

    def on_trade(self, _: object) -> None:
        self.calls += 1

    def on_data(self, _: object) -> None:
        self.calls += 1


def measure(root: str, hears: str, batched: bool, spot: bool = False) -> dict[str, Any]:
    """Seconds to load, add and run; ``hears`` is ``nothing``, ``all`` or ``first`` tokens only."""
    catalog = Catalog.open(Path(root))
    entries = catalogs.with_books(catalog)
    start = perf_counter()
    streams = _books(Path(root), entries, batched=batched)
    if spot:
        streams += _others(catalog, entries)
    loaded = perf_counter()
    engine = engine_for(entries, catalog)
    strategy = listener(entries, hears, spot=spot)
    engine.add_strategy(strategy)
    adding = perf_counter()
    for items in streams:
        if items:
            engine.add_data(
                items, client_id=_CLIENT if isinstance(items[0], CustomData) else None, sort=False
            )
    engine.sort_data()
    running = perf_counter()
    engine.run()
    done = perf_counter()
    return {
        "load_s": loaded - start,
        "add_s": running - adding,
        "run_s": done - running,
        "total_s": done - start,
        "items": sum(map(len, streams)),
        "calls": strategy.calls,
    }


def listener(entries: list[WindowEntry], hears: str, *, spot: bool) -> DoNothing:
    """A strategy that hears ``nothing``, ``all`` or the ``first`` tokens only, and spot."""
    strategy = DoNothing(StrategyConfig(order_id_tag="001"))
    if hears != "nothing":
        strategy.books = catalogs.tokens(entries, first_only=hears == "first")
        strategy.spots = [spot_id(each.binance_symbol) for each in assets_of(entries)] * spot
    return strategy


def _books(root: Path, entries: list[WindowEntry], *, batched: bool) -> list[Sequence[Any]]:
    names = catalogs.tokens(entries)
    if not batched:
        return [catalogs.plain_deltas(root, names)]
    return [_merged(catalogs.plain_groups(root, name) for name in names)]


def _others(catalog: Catalog, entries: list[WindowEntry]) -> list[Sequence[Any]]:
    trades = (catalog.trades(entry, side) for entry in entries for side in entry.sides)
    streams: list[Sequence[Any]] = [_merged(trades)]
    topic = data.topic(data.ReferencePrice)
    for asset in assets_of(entries):
        streams.append(catalog.spot_quotes(asset.binance_symbol))
        streams.append(catalog.spot_trades(asset.binance_symbol))
        streams.append([CustomData(topic, each) for each in catalog.reference(asset)])
    return streams


def _merged(streams: Iterable[Sequence[Any]]) -> list[Any]:
    # Nautilus runs through a few long streams much faster than through hundreds of short ones.
    return sorted((item for stream in streams for item in stream), key=lambda item: item.ts_init)


def assets_of(entries: list[WindowEntry]) -> list[Asset]:
    """Whose spot the windows follow."""
    return sorted({entry.window.series.asset for entry in entries})


def engine_for(entries: list[WindowEntry], catalog: Catalog) -> BacktestEngine:
    """An engine with the windows' tokens and nothing of ours."""
    engine = BacktestEngine(
        BacktestEngineConfig(
            trader_id=TraderId("BARE-001"),
            logging=LoggerConfig(stdout_level=LogLevel.OFF, bypass_logging=True),
            run_analysis=False,
        )
    )
    free = MakerTakerFeeModel(Decimal(0), Decimal(0))
    cash = {POLYMARKET: Money(1_000.0, PUSD), BINANCE: Money(0.0, Currency.from_str("USDT"))}
    for venue, money in cash.items():
        book = BookType.L2_MBP if venue == POLYMARKET else BookType.L1_MBP
        engine.add_venue(
            venue, OmsType.NETTING, AccountType.CASH, [money], fee_model=free, book_type=book
        )
    for entry in entries:
        for instrument in {each.id: each for each in catalog.instruments(entry)[::-1]}.values():
            engine.add_instrument(instrument)
    for asset in assets_of(entries):
        engine.add_instrument(spot_instrument(asset.binance_symbol, 0))
    return engine
