from polybot.reports.evidence import HaltRow
from polybot.reports.html.quality import excluded_section
from polybot.reports.summary import summarise
from tests.reports.builders import an_evidence

MINUTE = 60_000_000_000


def told(**changes: object) -> str:
    evidence = an_evidence(**changes)
    return excluded_section(evidence, summarise(evidence))


def a_halt(reason: str, minutes: float) -> HaltRow:
    return HaltRow(reason=reason, from_ns=0, until_ns=round(minutes * MINUTE))


def test_refusals_are_told_by_rule() -> None:
    assert '<td>StakeCap</td><td class="n">1,204</td>' in told(refusals={"StakeCap": 1_204})


def test_halts_of_one_reason_are_told_together_with_their_time() -> None:
    page = told(halts=(a_halt("loss_per_day", 90), a_halt("breaker", 15), a_halt("breaker", 7.5)))

    day, breaker = page.index("loss per day"), page.index("breaker")
    assert day < breaker
    assert '<td>breaker</td><td class="n">2</td><td class="n">22.5</td>' in page


def test_a_run_without_either_says_nothing_of_them() -> None:
    assert "Halts" not in told()
