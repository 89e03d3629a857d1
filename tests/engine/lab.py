"""A bare Nautilus engine over the two tokens of one window: what the conformance tests play on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from nautilus_trader.backtest import BacktestEngine, BacktestEngineConfig
from nautilus_trader.common import LoggerConfig, LogLevel
from nautilus_trader.execution import FeeModel, StaticLatencyModel
from nautilus_trader.model import (
    AccountType,
    BookType,
    ExecAlgorithmId,
    Money,
    OmsType,
    TraderId,
)
from nautilus_trader.trading import (
    ExecutionAlgorithm,
    ExecutionAlgorithmConfig,
    Strategy,
    StrategyConfig,
)

from polybot.engine.currency import POLYMARKET, PUSD
from polybot.engine.instruments import price_e4, size_micro
from tests.engine.actions import Action
from tests.engine.market import DOWN, MS, UP, at, since_start

START_PUSD = 1_000
GATE = ExecAlgorithmId("RISK")


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


class Gate(ExecutionAlgorithm):
    """Denies more than 20 shares."""

    def __init__(self) -> None:
        super().__init__(ExecutionAlgorithmConfig(exec_algorithm_id=GATE))
        self.filled: list[Any] = []

    def on_order(self, order: Any) -> None:
        if order.quantity.as_double() > 20:
            self.deny_order(order, "TooMuch: 30 shares are more than 20")
        else:
            self.submit_order(order)

    def on_order_filled(self, event: Any) -> None:
        self.filled.append(event.last_px.as_double())


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


def latency(ms: float, *, cancel_ms: float | None = None) -> StaticLatencyModel:
    """Orders take ``ms`` to the venue, cancellations ``cancel_ms`` (the same if not said)."""
    return StaticLatencyModel(
        base_latency_nanos=0,
        insert_latency_nanos=round(ms * MS),
        cancel_latency_nanos=round((ms if cancel_ms is None else cancel_ms) * MS),
        update_latency_nanos=round(ms * MS),
    )


def _last_ns(data: Iterable[Any], least_ns: int) -> int:
    return max(least_ns, *(item.ts_init for item in data))
