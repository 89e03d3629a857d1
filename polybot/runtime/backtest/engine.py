"""Nautilus' BacktestEngine with the venue's costs, our gate and one strategy inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from nautilus_trader.backtest import BacktestEngine, BacktestEngineConfig
from nautilus_trader.common import LoggerConfig, LogLevel
from nautilus_trader.execution import MakerTakerFeeModel, StaticLatencyModel
from nautilus_trader.model import (
    AccountType,
    BinaryOption,
    BookType,
    Currency,
    Money,
    OmsType,
    TraderId,
)
from nautilus_trader.risk import RiskEngineConfig
from nautilus_trader.trading import Strategy

from polybot.config.risk import Risk
from polybot.domain.book import Book
from polybot.domain.fees import FeeSchedule
from polybot.domain.money import pusd
from polybot.domain.outcome import TokenSide
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Window
from polybot.engine.currency import BINANCE, POLYMARKET, PUSD
from polybot.engine.failures import Failures
from polybot.engine.instruments import spot_instrument, token_id, token_instrument
from polybot.errors import RunError
from polybot.execution.ledger import Ledger
from polybot.execution.liquidity import FillAssumption
from polybot.recording.catalog.events import opened_ns
from polybot.recording.catalog.manifest import WindowEntry
from polybot.risk.brakes import Brakes
from polybot.risk.gate import RiskGate, RiskGateConfig
from polybot.risk.rules.rule import Rule
from polybot.runtime.backtest.facts import winner_of
from polybot.runtime.backtest.venue.actor import VenueActor, VenueActorConfig
from polybot.runtime.backtest.venue.fees import VenueFeeModel
from polybot.runtime.backtest.venue.fills import VenueFillModel
from polybot.runtime.backtest.venue.matching import Matching

FINEST_TICK_E4 = 1
_MS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueTerms:
    """What the simulated venue does to an order."""

    rulebook: Rulebook
    latency_ms: int
    hold_ms: int
    assumption: FillAssumption
    failure_share: float
    seed: int
    resting_in_queue: bool


@dataclass(slots=True)
class Assembled:
    """An engine ready for data, and the parts of it that a run asks afterwards."""

    engine: BacktestEngine
    gate: RiskGate
    venue: VenueActor
    matching: Matching


def assemble(
    entries: Iterable[WindowEntry],
    *,
    strategy: Strategy,
    rules: Iterable[Rule],
    ledger: Ledger,
    terms: VenueTerms,
    failures: Failures,
    brakes: Brakes | None = None,
    risk: Risk | None = None,
) -> Assembled:
    """An engine over these windows; ``ledger`` holds the cash to start with.

    ``brakes`` go on from window to window of a run, and ``risk`` is what its rules came from;
    without them nothing is counted that could halt.
    """
    entries = list(entries)
    engine = BacktestEngine(_config())
    matching = Matching(
        assumption=terms.assumption,
        book_of=_no_book,
        now_ns=_no_clock,
        failure_share=terms.failure_share,
        seed=terms.seed,
    )
    fill_model = VenueFillModel(matching, failures)
    fee_model = VenueFeeModel(_fees(entries, terms.rulebook), failures)
    _add_polymarket(engine, ledger, terms, fee_model=fee_model, fill_model=fill_model)
    _add_binance(engine, entries)
    for entry in entries:
        for side in entry.sides:
            engine.add_instrument(_instrument(entry, side))
    venue = VenueActor(_venue_config(entries, terms, matching, failures))
    gate = RiskGate(
        RiskGateConfig(
            rules=tuple(rules),
            ledger=ledger,
            rulebook=terms.rulebook,
            failures=failures,
            brakes=brakes,
            risk=risk,
        )
    )
    engine.add_actor(venue)
    engine.add_exec_algorithm(gate)
    engine.add_strategy(strategy)
    return Assembled(engine, gate, venue, matching)


def _config() -> BacktestEngineConfig:
    return BacktestEngineConfig(
        trader_id=TraderId("POLYBOT-001"),
        logging=LoggerConfig(stdout_level=LogLevel.OFF, bypass_logging=True),
        run_analysis=False,
        shutdown_on_error=True,
        # The gate throttles; Nautilus' own limit counts simulated time and stays as a second net.
        risk_engine=RiskEngineConfig(max_order_submit_rate="100/00:00:01"),
    )


def _add_polymarket(
    engine: BacktestEngine,
    ledger: Ledger,
    terms: VenueTerms,
    *,
    fee_model: VenueFeeModel,
    fill_model: VenueFillModel,
) -> None:
    engine.add_venue(
        POLYMARKET,
        OmsType.NETTING,
        AccountType.CASH,
        [Money.from_str(f"{pusd(ledger.cash_micro)} {PUSD.code}")],
        base_currency=PUSD,
        fee_model=fee_model,
        fill_model=fill_model,
        latency_model=_latency(terms),
        book_type=BookType.L2_MBP,
        liquidity_consumption=True,
        queue_position=terms.resting_in_queue,
    )


def _add_binance(engine: BacktestEngine, entries: list[WindowEntry]) -> None:
    # Read only, but Nautilus takes no data of an instrument whose venue it does not know.
    engine.add_venue(
        BINANCE,
        OmsType.NETTING,
        AccountType.CASH,
        [Money(0.0, Currency.from_str("USDT"))],
        fee_model=MakerTakerFeeModel(Decimal(0), Decimal(0)),
    )
    for asset in sorted({entry.window.series.asset for entry in entries}):
        engine.add_instrument(spot_instrument(asset.binance_symbol, 0))


def _latency(terms: VenueTerms) -> StaticLatencyModel | None:
    nanos = (terms.latency_ms + terms.hold_ms) * _MS
    if not nanos:
        return None
    return StaticLatencyModel(
        base_latency_nanos=0,
        insert_latency_nanos=nanos,
        cancel_latency_nanos=terms.latency_ms * _MS,
        update_latency_nanos=nanos,
    )


def _fees(entries: list[WindowEntry], rulebook: Rulebook) -> "FeeBook":
    return FeeBook(rulebook, {entry.slug: entry.fee_rate_e6 for entry in entries})


@dataclass(frozen=True, slots=True)
class FeeBook:
    """Each window's own fee, at the rate of its start."""

    rulebook: Rulebook
    own_rates_e6: dict[str, int | None]

    def __call__(self, window: Window) -> FeeSchedule:
        """The schedule of one window."""
        own = self.own_rates_e6[window.slug]
        return self.rulebook.at(window.series, window.start_ns, fee_rate_e6=own).fee


def _instrument(entry: WindowEntry, side: TokenSide) -> BinaryOption:
    # The grid is the gate's to judge: Nautilus would need a new instrument at every change of tick.
    return token_instrument(
        entry.window,
        side,
        ts_ns=opened_ns(entry),
        tick_e4=FINEST_TICK_E4,
        fee_rate_e6=entry.fee_rate_e6,
        venue_token=entry.tokens.get(side.value, ""),
    )


def _venue_config(
    entries: list[WindowEntry], terms: VenueTerms, matching: Matching, failures: Failures
) -> VenueActorConfig:
    settled = [entry for entry in entries if entry.resolution is not None]
    return VenueActorConfig(
        matching=matching,
        latency_ns=terms.latency_ms * _MS,
        hold_ns=terms.hold_ms * _MS,
        winners={entry.slug: winner_of(entry) for entry in settled},
        followed=tuple(token_id(entry.window, side) for entry in settled for side in entry.sides),
        failures=failures,
    )


def _no_book(instrument_id: str) -> Book:
    raise RunError(f"the book of {instrument_id} was asked for before the run started")


def _no_clock() -> int:
    raise RunError("the time was asked for before the run started")
