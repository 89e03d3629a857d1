"""The report as one HTML file that needs nothing but itself."""

from polybot.reports.evidence import Evidence
from polybot.reports.html.calibration import calibration_section
from polybot.reports.html.configuration import configuration_section
from polybot.reports.html.costs import costs_section
from polybot.reports.html.members import members_section
from polybot.reports.html.numbers import numbers_section
from polybot.reports.html.profit import buckets_section, equity_section, profit_section
from polybot.reports.html.quality import (
    approximations_section,
    excluded_section,
    quality_section,
)
from polybot.reports.html.rows import rows_section
from polybot.reports.html.style import STYLE
from polybot.reports.html.text import esc
from polybot.reports.html.trades import trades_section
from polybot.reports.html.verdict import verdict_section
from polybot.reports.plain import utc
from polybot.reports.summary import Summary

# Even a slip in escaping must not load or run anything.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LINKS = {
    "numbers": "Numbers",
    "equity": "Equity",
    "profit": "P&L per window",
    "buckets": "Where from",
    "rows": "Rows",
    "members": "Members",
    "calibration": "Calibration",
    "costs": "Costs",
    "trades": "Trades",
    "quality": "Data",
    "excluded": "Left out",
    "approximations": "Optimistic",
    "configuration": "Configuration",
}


def render_html(evidence: Evidence, summary: Summary) -> str:
    """The whole page, the same text for the same evidence."""
    sections = (
        verdict_section(summary),
        numbers_section(summary),
        equity_section(evidence, summary),
        profit_section(summary),
        buckets_section(summary),
        rows_section(summary.rows),
        members_section(summary.members),
        calibration_section(summary),
        costs_section(summary),
        trades_section(summary),
        quality_section(evidence, summary),
        excluded_section(evidence, summary),
        approximations_section(evidence),
        configuration_section(evidence),
    )
    return (
        f'<!doctype html>\n<html lang="en">\n{_head(evidence)}\n<body>\n{_banner(evidence)}'
        f"{_header(evidence, summary)}\n<main>\n"
        + "\n".join(filter(None, sections))
        + f"\n</main>\n{_footer(evidence)}"
        "\n</body>\n</html>\n"
    )


def _head(evidence: Evidence) -> str:
    run = evidence.run
    label = "SYNTHETIC \N{EN DASH} " if run.synthetic else ""
    return (
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{label}{esc(run.strategy)} \N{EN DASH} {esc(run.run_id)}</title>\n"
        f"<style>{STYLE}</style>\n</head>"
    )


def _banner(evidence: Evidence) -> str:
    if not evidence.run.synthetic:
        return ""
    return (
        '<div class="banner" role="note">SYNTHETIC: these windows were simulated. '
        "Nothing here says how a strategy does on the real market.</div>\n"
    )


def _header(evidence: Evidence, summary: Summary) -> str:
    run = evidence.run
    absent = {"rows": not summary.rows, "members": summary.members is None}
    links = "".join(
        f'<a href="#{anchor}">{esc(name)}</a>'
        for anchor, name in _LINKS.items()
        if not absent.get(anchor)
    )
    return (
        f"<header>\n<h1>{esc(run.strategy)}</h1>\n"
        f'<p class="sub">{esc(_told(evidence))}</p>\n'
        f'<nav aria-label="Sections">{links}</nav>\n</header>'
    )


def _told(evidence: Evidence) -> str:
    run = evidence.run
    parts = [f"Run {run.run_id}", f"catalogs {', '.join(sorted(run.catalogs)) or 'none'}"]
    if evidence.windows:
        first = min(window.start_ns for window in evidence.windows)
        last = max(window.end_ns for window in evidence.windows)
        parts.append(f"{utc(first)} to {utc(last)} UTC")
    parts += [f"{run.fill_assumption} fills", f"{run.variants_tried:,} variant(s) tried"]
    return " · ".join(parts)


def _footer(evidence: Evidence) -> str:
    run = evidence.run
    return (
        f"<footer>polybot {esc(run.polybot_version)} on NautilusTrader {esc(run.engine_version)}. "
        "Times are UTC, money is pUSD. A backtest is an opinion about the past.</footer>"
    )
