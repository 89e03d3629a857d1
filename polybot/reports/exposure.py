"""The most that could have been lost at one moment, had everything settled at zero."""

from collections import defaultdict

from polybot.domain.money import cost_micro
from polybot.reports.evidence import Evidence


def largest_exposure(evidence: Evidence) -> int:
    """Micro-pUSD put into windows not yet ended, fees included, at its largest.

    Money taken out of a window by a sale lowers its exposure, never below zero.
    """
    net: dict[str, int] = defaultdict(int)
    largest = current = 0
    for _, slug, change in sorted(_changes(evidence), key=lambda event: event[0]):
        before = max(net[slug], 0)
        net[slug] = 0 if change is None else net[slug] + change
        current += max(net[slug], 0) - before
        largest = max(largest, current)
    return largest


def _changes(evidence: Evidence) -> list[tuple[int, str, int | None]]:
    """(ts_ns, slug, pUSD put in); None where the window ends and pays."""
    ends: list[tuple[int, str, int | None]] = [
        (window.end_ns, window.slug, None) for window in evidence.windows if window.fills
    ]
    for fill in evidence.fills:
        cost = cost_micro(fill.price_e4, fill.size_micro)
        put_in = (cost if fill.is_buy else -cost) + fill.fee_micro
        ends.append((fill.ts_ns, fill.slug, put_in))
    return ends
