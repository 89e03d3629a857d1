"""One segment of a run: its engine, fed chunk by chunk, and what went wrong inside raised."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nautilus_trader.backtest import BacktestEngine
from nautilus_trader.model import ClientId, CustomData

from polybot.decisions.world import WorldParams
from polybot.domain.asset import Asset
from polybot.domain.money import micro, pusd
from polybot.domain.series import NS
from polybot.engine.currency import POLYMARKET, PUSD
from polybot.engine.failures import Failures
from polybot.errors import RunError
from polybot.execution.ledger import Ledger
from polybot.execution.liquidity import FillAssumption
from polybot.recording.catalog.manifest import WindowEntry
from polybot.risk.brakes import Brakes
from polybot.risk.build import brake_limits, gate_rules
from polybot.runtime.backtest.engine import Assembled, VenueTerms, assemble
from polybot.runtime.backtest.feeds import Chunk, Feeds
from polybot.runtime.backtest.history import minutes_before
from polybot.runtime.backtest.interrupt import interruptible
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.segments import Segment
from polybot.runtime.backtest.sources import Sources
from polybot.runtime.backtest.strategies import StrategySpec, Wiring
from polybot.signals.candle import Candle
from polybot.strategies.sink import Sink

type Progress = Callable[[int, int], None]
"""Called with (windows done, windows in all)."""

_CLIENT = ClientId("POLYBOT")
_LATEST_S = 1


@dataclass(slots=True, kw_only=True)
class Trading:
    """What every segment of a run shares."""

    request: BacktestRequest
    sources: Sources
    spec: StrategySpec
    params: Any
    world: WorldParams
    progress: Progress
    sink: Sink = field(default_factory=Sink)
    brakes: Brakes = field(init=False)

    def __post_init__(self) -> None:
        settings = self.request.settings
        start_micro = micro(settings.backtest.start_pusd)
        self.brakes = Brakes.of(brake_limits(settings.risk), start_micro)

    def trade(self, segment: Segment, ledger: Ledger) -> Assembled:
        """Trade the segment's windows with the cash of ``ledger``.

        Raises what a strategy, the gate or a venue model raised, Interrupted on Ctrl-C, and
        RunError when our ledger and Nautilus' account end apart.
        """
        failures = Failures()
        strategy = self.spec.build(self._wiring(segment, ledger, failures), self.params)
        risk = self.request.settings.risk
        assembled = assemble(
            segment.windows,
            strategy=strategy,
            rules=gate_rules(risk, rests_on_spot=self.spec.needs.spot),
            ledger=ledger,
            terms=self._terms(segment),
            failures=failures,
            brakes=self.brakes,
            risk=risk,
        )
        with interruptible(failures):
            self._feed(assembled.engine, segment, failures)
        failures.reraise()
        _check_cash(assembled.engine, ledger)
        return assembled

    def _wiring(self, segment: Segment, ledger: Ledger, failures: Failures) -> Wiring:
        return Wiring(
            series=sorted({entry.window.series for entry in segment.windows}),
            world=self.world,
            rulebook=self.request.rulebook,
            risk=self.request.settings.risk,
            ledger=ledger,
            sink=self.sink,
            failures=failures,
            history=lambda asset: self._history(segment, asset),
        )

    def _history(self, segment: Segment, asset: Asset) -> Sequence[Candle]:
        backtest = self.request.settings.backtest
        warmup_s = backtest.warmup_minutes * 60
        begin_ns = segment.windows[0].window.start_ns - warmup_s * NS
        return minutes_before(
            self.sources,
            asset,
            until_ns=begin_ns,
            hours=backtest.history_hours,
            # A trade of the last minute may arrive after it, though never after a decision.
            received_by_ns=begin_ns + min(_LATEST_S, warmup_s) * NS,
        )

    def _terms(self, segment: Segment) -> VenueTerms:
        backtest = self.request.settings.backtest
        return VenueTerms(
            rulebook=self.request.rulebook,
            latency_ms=backtest.order_latency_ms,
            hold_ms=segment.hold_ms,
            assumption=FillAssumption(backtest.fill_assumption),
            failure_share=backtest.settlement_failure_percent / 100,
            seed=backtest.seed,
            resting_in_queue=trades_recorded(segment.windows),
        )

    def _feed(self, engine: BacktestEngine, segment: Segment, failures: Failures) -> None:
        backtest = self.request.settings.backtest
        feeds = Feeds(
            sources=self.sources,
            entries=segment.windows,
            warmup_s=backtest.warmup_minutes * 60,
            cash_back_s=backtest.cash_back_s,
        )
        for chunk in feeds.chunks():
            if chunk.items:
                run_chunk(engine, chunk)
            if failures.first is not None:
                return
            ended = sum(entry.window.end_ns <= chunk.end_ns for entry in segment.windows)
            self.progress(ended, len(segment.windows))
        end_run(engine, chunk.end_ns)


def run_chunk(engine: BacktestEngine, chunk: Chunk) -> None:
    """Run one chunk of data through an engine, which forgets it afterwards."""
    for items in chunk.streams:
        if items:
            client = _CLIENT if isinstance(items[0], CustomData) else None
            engine.add_data(items, client_id=client, sort=False)
    engine.sort_data()
    engine.run(streaming=True)
    engine.clear_data()


def end_run(engine: BacktestEngine, end_ns: int) -> None:
    """Let pass what is left of the time until ``end_ns``, and end the run.

    Nautilus delivers an order that is still on its way at the end, but tells nobody of its fill.
    """
    engine.run(end=end_ns, streaming=True)
    engine.end()


def trades_recorded(entries: Iterable[WindowEntry]) -> bool:
    """Whether resting orders can fill by their place in the queue."""
    return all(entry.trades for entry in entries)


def _check_cash(engine: BacktestEngine, ledger: Ledger) -> None:
    account = engine.cache.account_for_venue(POLYMARKET)
    if account is None:
        raise RunError("Nautilus holds no account: the venue was not added to the engine")
    total = int(account.balance_total(PUSD).as_decimal().scaleb(6))
    if total != ledger.cash_micro:
        raise RunError(
            f"our ledger says {pusd(ledger.cash_micro)} pUSD and Nautilus {pusd(total)}: a booking "
            "was lost or counted twice; please report this run"
        )
