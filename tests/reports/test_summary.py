from polybot.reports.evidence import ExcludedRow
from polybot.reports.summary import summarise
from tests.reports.builders import a_made_up_run, a_window_row, an_evidence, an_order_row


def test_the_same_evidence_gives_the_same_summary() -> None:
    run = a_made_up_run(windows=60, traded=40)

    assert summarise(run) == summarise(run)


def test_reasons_that_differ_only_in_numbers_are_counted_together() -> None:
    reasons = ["strike unknown", "covers 71 %", "covers 72.5 %"]
    rows = tuple(ExcludedRow(slug=str(n), reason=r) for n, r in enumerate(reasons))

    found = summarise(an_evidence(excluded=rows)).exclusions

    assert found == (("covers 71 %", 2), ("strike unknown", 1))


def test_a_refusal_is_told_rather_than_the_reason_of_the_order() -> None:
    window = a_window_row()
    denied = an_order_row(window, status="denied", reason="edge", refusal="stake is over 5.00")

    assert summarise(an_evidence(orders=(denied,))).refusals == (("stake is over 5.00", 1),)


def test_the_minimum_of_windows_can_be_set() -> None:
    run = a_made_up_run(windows=30, traded=30, skill=-0.4)

    assert summarise(run).verdict.word == "not enough evidence"
    assert summarise(run, minimum_windows=20).verdict.word == "loses"
