"""Which windows of a catalog are traded over, and why the others are not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from polybot.domain.series import NS
from polybot.errors import RunError
from polybot.recording.catalog.manifest import WindowEntry
from polybot.reports.evidence import ExcludedRow
from polybot.runtime.backtest.request import BacktestRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a strategy cannot do without."""

    strike: bool = True
    known_sides: bool = True
    spot: bool = True


@dataclass(frozen=True, slots=True)
class Selection:
    """Windows in order of their start, and those left out."""

    windows: tuple[WindowEntry, ...]
    excluded: tuple[ExcludedRow, ...]


def select(
    entries: Iterable[WindowEntry],
    request: BacktestRequest,
    needs: Needs,
    *,
    has_both_books: Callable[[WindowEntry], bool],
) -> Selection:
    """The windows that the request asks for and that the strategy can trade."""
    asked = [entry for entry in entries if _is_asked(entry, request)]
    if not asked:
        raise RunError(_nothing_asked(list(entries), request))
    missing = (request.forced | request.windows) - {entry.slug for entry in asked}
    if missing:
        raise RunError(
            f"window {min(missing)!r} is not among those asked for: `polybot catalog ls` lists the"
            " catalog's, and the other filters must let it pass"
        )
    taken, excluded = [], []
    for entry in sorted(asked, key=lambda entry: (entry.window.start_ns, entry.slug)):
        reason = _without_books(entry, has_both_books)
        if not reason and entry.slug not in request.forced:
            reason = _reason(entry, request, needs)
        if reason:
            excluded.append(ExcludedRow(slug=entry.slug, reason=reason))
        else:
            taken.append(entry)
    return Selection(tuple(taken), tuple(excluded))


def _is_asked(entry: WindowEntry, request: BacktestRequest) -> bool:
    window = entry.window
    return (
        (not request.assets or window.series.asset in request.assets)
        and (not request.lengths or window.series.length in request.lengths)
        and (request.start_ns is None or window.start_ns >= request.start_ns)
        and (request.end_ns is None or window.start_ns < request.end_ns)
        and (not request.windows or entry.slug in request.windows | request.forced)
    )


def _without_books(entry: WindowEntry, has_both_books: Callable[[WindowEntry], bool]) -> str:
    """Why a window cannot be traded over at all, or an empty string."""
    if entry.coverage is None:
        return "no books were recorded"
    if not has_both_books(entry):
        return "only one token's books are in the catalog: import them without --no-mirror"
    return ""


def _reason(entry: WindowEntry, request: BacktestRequest, needs: Needs) -> str:
    """Why a window is left out, the gravest first, or an empty string."""
    least = request.settings.backtest.min_grade
    checks = (
        (entry.resolution is None, "outcome unknown"),
        (
            needs.known_sides and "a" in entry.tokens,
            "the recording does not say which token is up",
        ),
        (needs.strike and entry.strike is None, "strike unknown"),
        (entry.contradicted, "sources contradict each other about the outcome"),
        (entry.grade > least, f"grade {entry.grade} is below {least}"),
        (entry.window.is_ambiguous, "two windows share this slug: the clocks went back in it"),
    )
    return next((reason for fails, reason in checks if fails), "")


def _nothing_asked(entries: list[WindowEntry], request: BacktestRequest) -> str:
    if not entries:
        return "the catalog holds no windows: import books or simulate a market first"
    held = ", ".join(sorted({str(entry.window.series) for entry in entries}))
    first = min(entry.window.start_ns for entry in entries)
    last = max(entry.window.start_ns for entry in entries)
    return (
        f"no window matches: the catalog holds {held}, starting {_utc(first)} to {_utc(last)};"
        f" asked were {_asked(request)}"
    )


def _asked(request: BacktestRequest) -> str:
    """The filters that were set, in words."""
    told = {
        "assets": ", ".join(sorted(request.assets)),
        "lengths": ", ".join(sorted(request.lengths)),
        "from": "" if request.start_ns is None else _utc(request.start_ns),
        "before": "" if request.end_ns is None else _utc(request.end_ns),
        "windows": ", ".join(sorted(request.windows)),
    }
    return "; ".join(f"{name} {value}" for name, value in told.items() if value)


def _utc(ts_ns: int) -> str:
    return f"{datetime.fromtimestamp(ts_ns // NS, UTC):%Y-%m-%d %H:%M:%S} UTC"
