"""A bare Nautilus engine over the two tokens of one window: what the conformance tests play on.

Prices are in 1/10,000 pUSD, sizes in shares, times in milliseconds after the window's start.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from nautilus_trader.backtest import BacktestEngine, BacktestEngineConfig
from nautilus_trader.common import LoggerConfig, LogLevel
from nautilus_trader.execution import FeeModel, StaticLatencyModel
from nautilus_trader.model import (
    AccountType,
    BookAction,
    BookOrder,
    BookType,
    InstrumentClose,
    InstrumentCloseType,
    LiquiditySide,
    Money,
    OmsType,
    OrderBookDelta,
    OrderBookDeltas,
    OrderSide,
    TimeInForce,
    TraderId,
)
from nautilus_trader.trading import Strategy, StrategyConfig

from polybot.domain.book import Level
from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.engine.currency import POLYMARKET, PUSD
from polybot.engine.deltas import F_LAST, snapshot_deltas
from polybot.engine.instruments import price, price_e4, size, size_micro, token_instrument

MS = 1_000_000
WINDOW = Window.from_slug("btc-updown-5m-1793620800")
END_MS = 300_000
START_PUSD = 1_000

UP, DOWN = (
    token_instrument(WINDOW, side, ts_ns=0, tick_e4=100) for side in (TokenSide.UP, TokenSide.DOWN)
)

type Action = Callable[[Any], Any]
"""Something that a strategy does."""
type Levels = Iterable[tuple[int, float]]


class Heard(NamedTuple):
    """An order event: when, and which."""

    ms: float
    kind: str


class Fill(NamedTuple):
    """A fill: when, at what price, how many shares."""

    ms: float
    price_e4: int
    shares: float


class Free(FeeModel):
    """No fee at all."""

    def get_commission(self, order: Any, quantity: Any, px: Any, instrument: Any) -> Money:
        return Money(0.0, PUSD)


class Scripted(Strategy):
    """Listens to both books, does what its plan says, and keeps what it hears."""

    plan: Mapping[float, Action] = {}

    def __init__(self, config: Any = None) -> None:
        super().__init__(config or StrategyConfig(order_id_tag="001"))
        self.heard: list[Heard] = []
        self.events: list[Any] = []

    def on_start(self) -> None:
        for token in (UP, DOWN):
            self.subscribe_book_deltas(token.id, BookType.L2_MBP, managed=True)
        for ms in self.plan:
            self.clock.set_time_alert_ns(f"plan {ms}", at(ms))

    def on_time_event(self, event: Any) -> None:
        self.plan[float(event.name.removeprefix("plan "))](self)

    def on_order_event(self, event: Any) -> None:
        self.events.append(event)
        self.heard.append(Heard(since_start(event.ts_event), type(event).__name__))


@dataclass
class Played:
    """An engine after its run, and the strategy in it."""

    engine: Any
    strategy: Any

    @property
    def cash_micro(self) -> int:
        account = self.engine.cache.account_for_venue(POLYMARKET)
        return int(account.balance_total(PUSD).as_decimal().scaleb(6))

    @property
    def fills(self) -> list[Fill]:
        """Fills of the strategy's own orders and of settlements."""
        filled = [one for one in self.strategy.events if type(one).__name__ == "OrderFilled"]
        return [
            Fill(since_start(one.ts_event), price_e4(one.last_px), size_micro(one.last_qty) / 1e6)
            for one in filled
        ]

    @property
    def orders(self) -> list[Any]:
        return sorted(self.engine.cache.orders(), key=lambda order: order.ts_init)


def play(
    *data: Any,
    plan: Mapping[float, Action] | None = None,
    strategy: Any = None,
    gate: Any = None,
    shutdown_on_error: bool | None = None,
    until_ms: float | None = 10_000,
    **venue: Any,
) -> Played:
    """Run data in the order given through an engine of its own, and on until ``until_ms``.

    None ends the run with its last datum.
    """
    engine = an_engine(shutdown_on_error=shutdown_on_error, **venue)
    strategy = strategy or Scripted()
    strategy.plan = {float(ms): action for ms, action in (plan or {}).items()}
    if gate is not None:
        engine.add_exec_algorithm(gate)
    engine.add_strategy(strategy)
    feed(engine, *data)
    engine.run(end=None if until_ms is None else _last_ns(data, at(until_ms)))
    return Played(engine, strategy)


def an_engine(
    *, shutdown_on_error: bool | None = None, instruments: Iterable[Any] = (UP, DOWN), **venue: Any
) -> Any:
    """An engine with both tokens and nothing to do."""
    engine = BacktestEngine(
        BacktestEngineConfig(
            trader_id=TraderId("LAB-001"),
            logging=LoggerConfig(stdout_level=LogLevel.OFF, bypass_logging=True),
            run_analysis=False,
            shutdown_on_error=shutdown_on_error,
        )
    )
    settings = {"fee_model": Free(), "liquidity_consumption": True, **venue}
    engine.add_venue(
        POLYMARKET,
        OmsType.NETTING,
        AccountType.CASH,
        [Money(float(START_PUSD), PUSD)],
        base_currency=PUSD,
        book_type=BookType.L2_MBP,
        **settings,
    )
    for instrument in instruments:
        engine.add_instrument(instrument)
    return engine


def feed(engine: Any, *data: Any) -> None:
    """Add data one by one: at equal times the order of the calls is the order of events."""
    for item in data:
        engine.add_data([item], sort=False)
    engine.sort_data()


def at(ms: float) -> int:
    return WINDOW.start_ns + round(ms * MS)


def since_start(ns: int) -> float:
    return (ns - WINDOW.start_ns) / MS


def latency(ms: float, *, cancel_ms: float | None = None) -> StaticLatencyModel:
    """Orders take ``ms`` to the venue, cancellations ``cancel_ms`` (the same if not said)."""
    return StaticLatencyModel(
        base_latency_nanos=0,
        insert_latency_nanos=round(ms * MS),
        cancel_latency_nanos=round((ms if cancel_ms is None else cancel_ms) * MS),
        update_latency_nanos=round(ms * MS),
    )


def book(*, bids: Levels = (), asks: Levels = (), ms: float = 0, token: Any = UP) -> Any:
    """A whole book."""
    deltas = snapshot_deltas(
        token.id, bids=_levels(bids), asks=_levels(asks), ts_event=at(ms), ts_init=at(ms)
    )
    return OrderBookDeltas(token.id, deltas)


def ask(price_e4: int, shares: float, *, ms: float, token: Any = UP) -> Any:
    """One ask now shows this size."""
    return OrderBookDeltas(token.id, [delta(OrderSide.SELL, price_e4, shares, ms=ms, token=token)])


def bid(price_e4: int, shares: float, *, ms: float, token: Any = UP) -> Any:
    """One bid now shows this size."""
    return OrderBookDeltas(token.id, [delta(OrderSide.BUY, price_e4, shares, ms=ms, token=token)])


def delta(
    side: OrderSide,
    price_e4: int,
    shares: float,
    *,
    ms: float,
    token: Any = UP,
    flags: int = F_LAST,
) -> OrderBookDelta:
    """One difference; no shares deletes the level."""
    action = BookAction.UPDATE if shares else BookAction.DELETE
    order = BookOrder(side, price(price_e4), size(round(shares * 1e6)), 0)
    return OrderBookDelta(token.id, action, order, flags, 0, at(ms), at(ms))


def close(pays_e4: int, *, ms: float = END_MS + 1, token: Any = UP) -> InstrumentClose:
    """The outcome: what a token pays."""
    kind = InstrumentCloseType.CONTRACT_EXPIRED
    return InstrumentClose(token.id, price(pays_e4), kind, at(ms), at(ms))


def buy(
    shares: float,
    price_e4: int,
    *,
    token: Any = UP,
    tif: TimeInForce = TimeInForce.IOC,
    **more: Any,
) -> Action:
    """Send a limit purchase, a FAK unless it says otherwise."""
    return _limit(OrderSide.BUY, shares, price_e4, token=token, time_in_force=tif, **more)


def rest(shares: float, price_e4: int, *, token: Any = UP, **more: Any) -> Action:
    """Send a limit purchase that rests when it does not take."""
    return buy(shares, price_e4, token=token, tif=TimeInForce.GTC, **more)


def sell(shares: float, price_e4: int, *, token: Any = UP, **more: Any) -> Action:
    """Send a FAK sale."""
    more = {"time_in_force": TimeInForce.IOC, **more}
    return _limit(OrderSide.SELL, shares, price_e4, token=token, **more)


def cancel(strategy: Any) -> None:
    """Cancel the newest order."""
    newest = max(strategy.cache.orders(), key=lambda order: order.ts_init)
    strategy.cancel_order(newest.client_order_id)


def is_maker(order: Any) -> bool:
    return order.liquidity_side == LiquiditySide.MAKER


def _limit(side: OrderSide, shares: float, price_e4: int, *, token: Any, **more: Any) -> Action:
    def send(strategy: Any) -> Any:
        order = strategy.order_factory.limit(
            token.id, side, size(round(shares * 1e6)), price(price_e4), **more
        )
        strategy.submit_order(order)
        return order

    return send


def _last_ns(data: Iterable[Any], least_ns: int) -> int:
    return max(least_ns, *(item.ts_init for item in data))


def _levels(levels: Levels) -> list[Level]:
    return [Level(price_e4, round(shares * 1e6)) for price_e4, shares in levels]
