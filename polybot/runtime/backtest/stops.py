"""What the gate refused and when it halted, as rows of evidence."""

from collections import Counter
from collections.abc import Iterable

from polybot.recording.catalog.manifest import WindowEntry
from polybot.reports.evidence import HaltRow, OrderRow
from polybot.risk.brakes import Brakes


def refusals_by_rule(orders: Iterable[OrderRow]) -> dict[str, int]:
    """How many orders each rule refused, the commonest first."""
    counts = Counter(order.rule for order in orders if order.rule)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def halt_rows(brakes: Brakes, entries: Iterable[WindowEntry]) -> tuple[HaltRow, ...]:
    """Every halt, cut where the last window ended; one that began later stopped nothing."""
    last_ns = max((entry.window.end_ns for entry in entries), default=0)
    return tuple(
        HaltRow(
            reason=halt.reason,
            from_ns=halt.from_ns,
            until_ns=last_ns if halt.until_ns is None else min(halt.until_ns, last_ns),
            sentence=halt.sentence,
        )
        for halt in brakes.history
        if halt.from_ns < last_ns
    )
