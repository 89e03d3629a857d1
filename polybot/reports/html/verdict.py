"""The first thing on the page: the verdict, and every condition that led to it."""

from polybot.reports.advice import advice
from polybot.reports.html.text import esc, section
from polybot.reports.summary import Summary
from polybot.reports.verdict import RULE, Check

_SIGNS = {"edge": "▲", "no edge": "=", "loses": "▼", "not enough evidence": "?"}
_KINDS = {"edge": "gain", "loses": "loss"}


def verdict_section(summary: Summary) -> str:
    """The verdict with its reasons and its rule."""
    verdict = summary.verdict
    kind = _KINDS.get(verdict.word, "calm")
    checks = "\n".join(_check(check) for check in verdict.checks)
    inner = section(
        "verdict",
        "Verdict",
        f'<p class="word {kind}"><span aria-hidden="true">{_SIGNS[verdict.word]}</span> '
        f"{esc(verdict.word.capitalize())}</p>",
        f'<p class="because">{esc(verdict.because)} {esc(advice(summary.statistics))}</p>',
        f'<ul class="checks" aria-label="Conditions for an edge">{checks}</ul>',
        "<details><summary>The rule</summary>"
        f'<p class="note">{esc(RULE, limit=4_000)}</p></details>',
    )
    return inner.replace("<section ", f'<section class="verdict to-{kind}" ', 1)


def _check(check: Check) -> str:
    sign, kind = {
        True: ("✓ holds", "gain"),
        False: ("✗ fails", "loss"),
        None: ("\N{EN DASH} no say", "flat"),
    }[check.holds]
    return (
        f'<li><b class="{kind}">{sign}</b><b>{esc(check.name[0].upper() + check.name[1:])}</b>'
        f"<span>{esc(check.sentence)}</span></li>"
    )
