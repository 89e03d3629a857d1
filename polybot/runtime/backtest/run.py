"""A backtest from request to evidence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import msgspec
from nautilus_trader.model import ClientId, CustomData

from polybot.config.settings import Settings
from polybot.domain.money import micro, pusd
from polybot.engine.currency import POLYMARKET, PUSD
from polybot.engine.failures import Failures
from polybot.errors import RunError
from polybot.execution.ledger import Ledger
from polybot.execution.liquidity import FillAssumption
from polybot.recording.catalog.commit import polybot_version
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.catalog.reader import Catalog
from polybot.reports.evidence import Evidence, RunInfo
from polybot.runtime.backtest.approximations import approximations
from polybot.runtime.backtest.collect import Collected, collect, equity_path, sha256_of
from polybot.runtime.backtest.engine import Assembled, VenueTerms, assemble
from polybot.runtime.backtest.feeds import Feeds
from polybot.runtime.backtest.interrupt import interruptible
from polybot.runtime.backtest.limits import gate_rules
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.segments import Segment, segments
from polybot.runtime.backtest.selection import Selection, select
from polybot.runtime.backtest.strategies import StrategySpec, Wiring, params_of, spec_of
from polybot.strategies.sink import Sink

type Progress = Callable[[int, int], None]
"""Called with (windows done, windows in all)."""


def run_backtest(
    request: BacktestRequest, *, run_id: str, progress: Progress | None = None
) -> Evidence:
    """Trade the windows that ``request`` asks for; the evidence is all that a report needs.

    RunError when nothing matches; whatever a strategy, the gate or a venue model raised is raised
    here; Interrupted on Ctrl-C.
    """
    return _Run(request, run_id, progress or (lambda done, total: None)).evidence()


@dataclass(slots=True)
class _Run:
    request: BacktestRequest
    run_id: str
    progress: Progress

    def evidence(self) -> Evidence:
        settings = self.request.settings
        spec = spec_of(settings.strategy.name)
        params = params_of(spec, settings.strategy.params)
        catalogs = [Catalog.open(path) for path in self.request.catalogs]
        homes = _homes(catalogs)
        selection = select(
            [home.window(slug) for slug, home in homes.items()], self.request, spec.needs
        )
        start_micro = micro(settings.backtest.start_pusd)
        collected, sink, failed = Collected(), Sink(), 0
        cash_micro = start_micro
        for segment in segments(selection.windows, self.request.rulebook):
            ledger = Ledger(cash_micro)
            assembled = self._trade(segment, homes, spec, params, ledger, sink)
            collect(assembled, segment.windows, sink, collected)
            _check_cash(assembled, ledger)
            failed += len(assembled.matching.failed)
            cash_micro = ledger.cash_micro
            assembled.engine.dispose()
        return self._evidence(catalogs, selection, collected, sink, params, start_micro, failed)

    def _trade(
        self,
        segment: Segment,
        homes: Mapping[str, Catalog],
        spec: StrategySpec,
        params: Any,
        ledger: Ledger,
        sink: Sink,
    ) -> Assembled:
        failures = Failures()
        wiring = Wiring(
            series=sorted({entry.window.series for entry in segment.windows}),
            rulebook=self.request.rulebook,
            ledger=ledger,
            sink=sink,
            failures=failures,
        )
        assembled = assemble(
            segment.windows,
            strategy=spec.build(wiring, params),
            rules=gate_rules(self.request.settings.risk),
            ledger=ledger,
            rulebook=self.request.rulebook,
            terms=self._terms(segment),
            failures=failures,
        )
        with interruptible(failures):
            self._feed(assembled, segment, homes, failures)
        failures.reraise()
        return assembled

    def _terms(self, segment: Segment) -> VenueTerms:
        backtest = self.request.settings.backtest
        return VenueTerms(
            latency_ms=backtest.order_latency_ms,
            hold_ms=segment.hold_ms,
            assumption=FillAssumption(backtest.fill_assumption),
            failure_share=backtest.settlement_failure_percent / 100,
            seed=backtest.seed,
            resting_in_queue=_trades_recorded(segment.windows),
        )

    def _feed(
        self,
        assembled: Assembled,
        segment: Segment,
        homes: Mapping[str, Catalog],
        failures: Failures,
    ) -> None:
        backtest = self.request.settings.backtest
        feeds = Feeds(
            catalogs=homes,
            entries=segment.windows,
            warmup_s=backtest.warmup_minutes * 60,
            cash_back_s=backtest.cash_back_s,
        )
        for chunk in feeds.chunks():
            if failures.first is not None:
                return
            if chunk.items:
                run_chunk(assembled.engine, chunk)
            ended = sum(entry.window.end_ns <= chunk.end_ns for entry in segment.windows)
            self.progress(ended, len(segment.windows))
        assembled.engine.end()

    def _evidence(
        self,
        catalogs: list[Catalog],
        selection: Selection,
        collected: Collected,
        sink: Sink,
        params: Any,
        start_micro: int,
        failed: int,
    ) -> Evidence:
        settings = self.request.settings
        path, ledger = equity_path(
            collected,
            selection.windows,
            start_micro=start_micro,
            cash_back_s=settings.backtest.cash_back_s,
        )
        in_queue = _trades_recorded(selection.windows)
        info = RunInfo(
            run_id=self.run_id,
            strategy=settings.strategy.name,
            polybot_version=polybot_version(),
            engine_version=version("nautilus_trader"),
            catalogs={catalog.root.name: catalog.digest for catalog in catalogs},
            synthetic=any(catalog.synthetic for catalog in catalogs),
            fill_assumption=settings.backtest.fill_assumption,
            resting_fills="queue" if in_queue else "crossing",
            approximations=approximations(settings.backtest, selection, failed=failed),
            params={"strategy": msgspec.to_builtins(params), **_told(settings)},
            variants_tried=self.request.variants_tried,
            start_pusd_micro=start_micro,
            end_pusd_micro=ledger.cash_micro,
        )
        return Evidence(
            run=info,
            windows=tuple(collected.windows),
            excluded=selection.excluded,
            orders=tuple(collected.orders),
            fills=tuple(collected.fills),
            forecasts=tuple(collected.forecasts),
            decisions=tuple(sink.decisions),
            equity=tuple(path),
            decision_hash=sha256_of(sink.decisions),
            order_hash=sha256_of(collected.orders),
            fill_hash=sha256_of(collected.fills),
        )


def run_chunk(engine: Any, chunk: Any) -> None:
    """Run one chunk of data through an engine and forget it."""
    for items in chunk.streams:
        if items:
            engine.add_data(items, client_id=_CLIENT if _is_custom(items) else None, sort=False)
    engine.sort_data()
    engine.run(streaming=True)
    engine.clear_data()


def _check_cash(assembled: Assembled, ledger: Ledger) -> None:
    account = assembled.engine.cache.account_for_venue(POLYMARKET)
    if account is None:
        raise RunError("Nautilus holds no account: the venue was not added to the engine")
    total = int(account.balance_total(PUSD).as_decimal().scaleb(6))
    if total != ledger.cash_micro:
        raise RunError(
            f"our ledger says {pusd(ledger.cash_micro)} pUSD and Nautilus {pusd(total)}: a booking "
            "was lost or counted twice; please report this run"
        )


def _homes(catalogs: Iterable[Catalog]) -> dict[str, Catalog]:
    """Which catalog holds which window; one that two of them hold is taken from the first."""
    homes: dict[str, Catalog] = {}
    for catalog in catalogs:
        for entry in catalog.windows():
            homes.setdefault(entry.slug, catalog)
    return homes


def _trades_recorded(entries: Iterable[WindowEntry]) -> bool:
    return all(entry.trades for entry in entries)


def _is_custom(items: Any) -> bool:
    return isinstance(items[0], CustomData)


def _told(settings: Settings) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(settings)
    return {area: told[area] for area in ("profile", "backtest", "risk")}


_CLIENT = ClientId("POLYBOT")
