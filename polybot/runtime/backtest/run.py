"""A backtest from request to evidence."""

from importlib.metadata import version

import msgspec

from polybot.config.settings import Settings
from polybot.domain.money import micro
from polybot.execution.ledger import Ledger
from polybot.recording.catalog.commit import polybot_version
from polybot.reports.evidence import Evidence, RunInfo
from polybot.runtime.backtest.approximations import approximations
from polybot.runtime.backtest.ballots import with_outcomes
from polybot.runtime.backtest.bookings import equity_path
from polybot.runtime.backtest.collect import Collected, collect, sha256_of
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.segments import segments
from polybot.runtime.backtest.selection import Selection, select
from polybot.runtime.backtest.sources import Sources
from polybot.runtime.backtest.stops import halt_rows, refusals_by_rule
from polybot.runtime.backtest.strategies import params_of, spec_of
from polybot.runtime.backtest.trading import Progress, Trading, trades_recorded
from polybot.seam.clock import SystemClock
from polybot.seam.ids import run_id as new_run_id
from polybot.seam.randomness import system


def run_backtest(
    request: BacktestRequest, *, run_id: str = "", progress: Progress | None = None
) -> Evidence:
    """Trade the windows that ``request`` asks for; the evidence is all that a report needs.

    A run without ``run_id`` is named by the clock.

    RunError when nothing matches; whatever a strategy, the gate or a venue model raised is raised
    here; Interrupted on Ctrl-C.
    """
    settings = request.settings
    spec = spec_of(settings.strategy.name)
    sources = Sources.open(request.catalogs)
    selection = select(sources.entries, request, spec.needs, has_both_books=sources.has_both_books)
    params, world = params_of(spec, settings.strategy.params)
    trading = Trading(
        request=request,
        sources=sources,
        spec=spec,
        params=params,
        world=world,
        progress=progress or _silent,
    )
    collected, failed = _trade_all(trading, selection)
    return _evidence(
        trading,
        selection,
        collected,
        info=_info(trading, selection, run_id or _new_name(), failed),
    )


def _trade_all(trading: Trading, selection: Selection) -> tuple[Collected, int]:
    """Every segment in turn, each with the cash that the one before left."""
    collected, failed = Collected(), 0
    cash_micro = micro(trading.request.settings.backtest.start_pusd)
    for segment in segments(selection.windows, trading.request.rulebook):
        ledger = Ledger(cash_micro)
        assembled = trading.trade(segment, ledger)
        collect(assembled, segment.windows, trading.sink, collected)
        assembled.engine.dispose()
        failed += len(assembled.matching.failed)
        cash_micro = ledger.cash_micro
    return collected, failed


def _evidence(
    trading: Trading, selection: Selection, collected: Collected, *, info: RunInfo
) -> Evidence:
    path, ledger = equity_path(
        collected.fills,
        selection.windows,
        start_micro=info.start_pusd_micro,
        cash_back_s=trading.request.settings.backtest.cash_back_s,
    )
    return Evidence(
        run=msgspec.structs.replace(info, end_pusd_micro=ledger.cash_micro),
        windows=tuple(collected.windows),
        excluded=selection.excluded,
        orders=tuple(collected.orders),
        fills=tuple(collected.fills),
        forecasts=tuple(collected.forecasts),
        decisions=tuple(trading.sink.decisions),
        equity=tuple(path),
        decision_hash=sha256_of(trading.sink.decisions),
        order_hash=sha256_of(collected.orders),
        fill_hash=sha256_of(collected.fills),
        refusals=refusals_by_rule(collected.orders),
        halts=halt_rows(trading.brakes, selection.windows),
        ballots=with_outcomes(trading.sink.ballots, collected.windows),
    )


def _info(trading: Trading, selection: Selection, run_id: str, failed: int) -> RunInfo:
    settings = trading.request.settings
    start_micro = micro(settings.backtest.start_pusd)
    return RunInfo(
        run_id=run_id,
        strategy=settings.strategy.name,
        polybot_version=polybot_version(),
        engine_version=version("nautilus_trader"),
        catalogs=trading.sources.digests,
        synthetic=trading.sources.synthetic,
        fill_assumption=settings.backtest.fill_assumption,
        resting_fills="queue" if trades_recorded(selection.windows) else "crossing",
        approximations=approximations(
            settings.backtest,
            selection,
            memory_s=trading.world.memory_s,
            failed=failed,
            cuts=max(0, len(segments(selection.windows, trading.request.rulebook)) - 1),
        ),
        params={
            "strategy": msgspec.to_builtins(trading.params),
            "world": msgspec.to_builtins(trading.world),
            **_told(settings),
        },
        variants_tried=trading.request.variants_tried,
        start_pusd_micro=start_micro,
        end_pusd_micro=start_micro,
    )


def _told(settings: Settings) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(settings)
    return {area: told[area] for area in ("profile", "backtest", "risk")}


def _new_name() -> str:
    return new_run_id(SystemClock().now_ns(), system())


def _silent(done: int, total: int) -> None:
    """No progress is shown."""
