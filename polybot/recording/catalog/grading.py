"""The grade of a window: the worst of its parts, with the reason in words.

The thresholds are stated in ``docs/data.md``.
"""

from polybot.domain.provenance import Source
from polybot.domain.series import NS
from polybot.recording.catalog.coverage import Coverage
from polybot.recording.catalog.manifest import Grade, HashReport, WindowEntry

type _Steps = tuple[tuple[float, Grade], ...]

_COVERED: _Steps = ((0.99, "A"), (0.97, "B"), (0.90, "C"), (0.75, "D"), (0.50, "E"))
_SILENCE_S: _Steps = ((5, "A"), (15, "B"), (30, "C"), (60, "D"), (120, "E"))
_ONE_SIDED: _Steps = ((0.10, "A"), (0.25, "B"), (0.50, "C"), (0.75, "D"), (1.00, "E"))
_HASH_FAILURES: _Steps = ((0.0, "A"), (0.001, "B"), (0.01, "C"), (0.05, "D"), (0.20, "E"))
_STRIKE: dict[Source, Grade] = {Source.FEED: "A", Source.VENUE: "A", Source.PROXY: "B"}
_OUTCOME: dict[Source, Grade] = {
    Source.FEED: "A",
    Source.VENUE: "A",
    Source.BOOK: "B",
    Source.PROXY: "C",
}

type _Part = tuple[Grade, str]


def grade(entry: WindowEntry) -> tuple[Grade, tuple[str, ...]]:
    """The grade of a window, and everything that keeps it from being an A, worst first."""
    if entry.coverage is None:
        return "F", ("no books recorded", *(why for mark, why in _facts(entry) if mark != "A"))
    window = entry.window
    coverage = entry.coverage.whole(window.start_ns, window.end_ns)
    parts = [*_books(coverage, window.end_ns - window.start_ns), *_facts(entry)]
    if entry.hashes is not None:
        parts.append(_hashes(entry.hashes))
    parts.sort(key=lambda part: part[0], reverse=True)
    return parts[0][0], tuple(why for mark, why in parts if mark != "A")


def _books(coverage: Coverage, length_ns: int) -> list[_Part]:
    covered = coverage.covered_ns / length_ns
    silence_s = coverage.longest_silence_ns / NS
    one_sided = coverage.one_sided_ns / length_ns
    return [
        (_at_least(covered, _COVERED), f"books cover {covered:.1%} of the window"),
        (_at_most(silence_s, _SILENCE_S), f"the books were silent for {silence_s:.1f} s"),
        (_at_most(one_sided, _ONE_SIDED), f"a side was empty for {one_sided:.0%} of the window"),
    ]


def _facts(entry: WindowEntry) -> list[_Part]:
    strike, resolution = entry.strike, entry.resolution
    parts: list[_Part] = [
        ("C", "the strike is unknown")
        if strike is None
        else (_STRIKE.get(strike.source, "D"), f"the strike comes from the {strike.source}"),
        ("D", "the outcome is unknown")
        if resolution is None
        else (
            _OUTCOME.get(resolution.source, "D"),
            f"the outcome comes from the {resolution.source}",
        ),
    ]
    if entry.contradicted:
        parts.append(("E", "sources name different winners"))
    return parts


def _hashes(report: HashReport) -> _Part:
    failures = report.total - report.verified
    mark = _at_most(failures / max(1, report.total), _HASH_FAILURES)
    return mark, f"{failures} of {report.total} books disagree with the venue's hash"


def _at_least(value: float, steps: _Steps) -> Grade:
    return next((mark for bound, mark in steps if value >= bound), "F")


def _at_most(value: float, steps: _Steps) -> Grade:
    return next((mark for bound, mark in steps if value <= bound), "F")
