"""What the data was worth, what was left out and why, and what stays optimistic."""

from polybot.reports.evidence import Evidence
from polybot.reports.html.text import esc, note, section, side_by_side, table
from polybot.reports.summary import Summary

_MOST = 40
_NS_A_MINUTE = 60_000_000_000


def quality_section(evidence: Evidence, summary: Summary) -> str:
    """Grades of the replayed windows and where strike and outcome came from."""
    total = max(len(evidence.windows), 1)
    grades = [
        (esc(grade), f"{count:,}", f"{100 * count / total:.1f} %")
        for grade, count in summary.grades
    ]
    sources = _sources(evidence)
    return section(
        "quality",
        "Data quality",
        side_by_side(
            table("Grades of the windows replayed", ("Grade", "Windows", "Part"), grades),
            table(
                "Where strike and outcome came from",
                ("Strike", "Outcome", "Windows"),
                sources,
                text_columns=(0, 1),
            ),
        ),
        _unsettled(summary),
    )


def excluded_section(evidence: Evidence, summary: Summary) -> str:
    """What was left out, grouped by its reason, and what the gate or the venue refused."""
    reasons = [(_long(reason), f"{count:,}") for reason, count in summary.exclusions[:_MOST]]
    refused = [(_long(reason), f"{count:,}") for reason, count in summary.refusals[:_MOST]]
    parts = [
        table("Windows left out", ("Reason", "Windows"), reasons)
        if reasons
        else note("No window was left out."),
        table("Orders denied or rejected", ("Reason", "Orders"), refused)
        if refused
        else note("No order was denied or rejected."),
    ]
    stopped = [
        table("Refused by the gate, by rule", ("Rule", "Orders"), _by_rule(evidence)),
        table("Halts: nothing was bought", ("Reason", "Times", "Minutes"), _halts(evidence)),
    ]
    told = "Reasons that differ only in their numbers are counted together and told by the first."
    return section(
        "excluded",
        "Left out and refused",
        side_by_side(*parts),
        side_by_side(*stopped) if evidence.refusals or evidence.halts else "",
        note(told),
        _slugs(evidence),
    )


def approximations_section(evidence: Evidence) -> str:
    """What the simulation could not know."""
    run = evidence.run
    resting = {
        "queue": "by queue position, from recorded trades",
        "crossing": "only when the market crosses them",
    }[run.resting_fills]
    items = "".join(f"<li>{esc(text, limit=1_000)}</li>" for text in run.approximations)
    return section(
        "approximations",
        "What stays optimistic or approximate",
        f"<p>Fill assumption: <b>{esc(run.fill_assumption)}</b>. "
        f"Resting orders fill {resting}.</p>",
        f"<ul>{items}</ul>" if items else note("The run names no approximation."),
    )


def _sources(evidence: Evidence) -> list[tuple[str, str, str]]:
    counts: dict[tuple[str, str], int] = {}
    for window in evidence.windows:
        known = window.strike_source if window.strike is not None else "unknown"
        ended = window.outcome_source if window.outcome is not None else "unknown"
        counts[known, ended] = counts.get((known, ended), 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(esc(known), esc(ended), f"{count:,}") for (known, ended), count in ordered]


def _by_rule(evidence: Evidence) -> list[tuple[str, str]]:
    return [(esc(rule), f"{count:,}") for rule, count in evidence.refusals.items()]


def _halts(evidence: Evidence) -> list[tuple[str, str, str]]:
    """Each reason, how often, and for how long in all, the longest first."""
    spans: dict[str, list[int]] = {}
    for halt in evidence.halts:
        spans.setdefault(halt.reason, []).append(halt.until_ns - halt.from_ns)
    ordered = sorted(spans.items(), key=lambda item: (-sum(item[1]), item[0]))
    return [
        (esc(reason.replace("_", " ")), f"{len(each):,}", f"{sum(each) / _NS_A_MINUTE:,.1f}")
        for reason, each in ordered
    ]


def _unsettled(summary: Summary) -> str:
    count = summary.statistics.unsettled
    return note(f"{count:,} traded windows have no known outcome.") if count else ""


def _slugs(evidence: Evidence) -> str:
    if not evidence.excluded:
        return ""
    rows = [(esc(row.slug), _long(row.reason)) for row in evidence.excluded[:500]]
    more = f" (the first {len(rows)})" if len(evidence.excluded) > len(rows) else ""
    body = table(f"Excluded windows{more}", ("Window", "Reason"), rows, text_columns=(0, 1))
    return f"<details><summary>Each window left out{more}</summary>{body}</details>"


def _long(text: str) -> str:
    return f'<span class="long">{esc(text)}</span>'
