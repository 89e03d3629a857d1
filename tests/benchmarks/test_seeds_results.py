from pathlib import Path

import pytest

from benchmarks.seeds.plan import Terms, Trial
from benchmarks.seeds.results import append, missing, read, result_of
from polybot.errors import DataError
from polybot.reports.summary import summarise
from polybot.simulation.crews import Crew
from tests.benchmarks.seeds import a_result
from tests.reports.builders import a_made_up_run

TRIAL = Trial(terms=Terms(), makers=Crew.SLOW, seed=1, extra_ms=(0, 50))


def test_results_come_back_as_they_went(tmp_path: Path) -> None:
    file = tmp_path / "runs" / "seeds.jsonl"

    append(file, [a_result(1)])
    append(file, [a_result(2), a_result(3)])

    assert read(file) == [a_result(1), a_result(2), a_result(3)]


def test_a_line_that_was_cut_short_is_done_again(tmp_path: Path) -> None:
    file = tmp_path / "seeds.jsonl"
    append(file, [a_result(1), a_result(2)])
    file.write_bytes(file.read_bytes()[:-9])

    assert read(file) == [a_result(1)]
    append(file, [a_result(3)])
    assert read(file) == [a_result(1), a_result(3)]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "seeds.jsonl"
    file.write_text("{}\n")

    with pytest.raises(DataError, match="line 1"):
        read(file)


def test_before_the_first_round_there_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "seeds.jsonl") == []


@pytest.mark.parametrize(
    ("done", "left"),
    [
        pytest.param([], [(0, 50)], id="nothing done"),
        pytest.param([0], [(50,)], id="the usual latency done"),
        pytest.param([0, 50], [], id="all done"),
    ],
)
def test_what_is_done_is_not_done_again(done: list[int], left: list[tuple[int, ...]]) -> None:
    known = [a_result(1, extra_ms=ms, key=TRIAL.terms.key) for ms in done]

    assert [trial.extra_ms for trial in missing([TRIAL], known)] == left


def test_a_result_of_other_terms_does_not_count() -> None:
    assert missing([TRIAL], [a_result(1, key="other")]) == [TRIAL]


def test_a_result_says_which_checks_do_not_hold() -> None:
    summary = summarise(a_made_up_run(windows=150, traded=120))

    found = result_of(summary, TRIAL, extra_ms=0, decision_hash="d", took_s=1.0)

    assert (found.verdict, found.traded) == (summary.verdict.word, 120)
    assert set(found.failed) == {c.name for c in summary.verdict.checks if c.holds is False}
