import io
from pathlib import Path

import pytest
from rich.console import Console

from polybot.reports.evidence import Evidence, ExcludedRow
from polybot.reports.summary import summarise
from polybot.reports.terminal import render_terminal
from tests.reports.builders import (
    a_ballot,
    a_bought,
    a_cast,
    a_made_up_run,
    a_run,
    an_evidence,
    evidence_of,
)


def shown(run: Evidence, *, width: int = 100, path: Path | None = None) -> list[str]:
    out = io.StringIO()
    render_terminal(summarise(run), Console(file=out, width=width), run=run.run, path=path)
    return out.getvalue().splitlines()


def test_the_verdict_comes_first_and_the_path_last() -> None:
    lines = shown(a_made_up_run(windows=40, traded=20), path=Path("runs/x/report.html"))

    assert lines[0] == "Verdict: not enough evidence"
    assert lines[-1] == "Report: runs/x/report.html"


def test_a_path_stays_in_one_piece_in_a_narrow_terminal() -> None:
    path = Path("runs/20260608-120000-a1b2c3/report.html")

    assert shown(an_evidence(), width=30, path=path)[-1].endswith(str(path))


def test_simulated_windows_are_called_so_before_anything_else() -> None:
    assert shown(an_evidence(run=a_run(synthetic=True)))[0].startswith("SYNTHETIC")


def test_markup_and_escapes_in_reasons_are_only_text() -> None:
    rows = (ExcludedRow(slug="w", reason="[bold]\x1b[31mno strike[/bold]"),)

    text = "\n".join(shown(an_evidence(excluded=rows)))

    assert "[bold]\ufffd[31mno strike[/bold]" in text


@pytest.mark.parametrize(
    ("run", "said"),
    [
        pytest.param(an_evidence(), "polybot catalog ls", id="no windows"),
        pytest.param(
            an_evidence(excluded=(ExcludedRow(slug="w", reason="no strike"),)),
            "left out",
            id="all excluded",
        ),
        pytest.param(evidence_of([a_bought()], orders=(), fills=()), "threshold", id="no orders"),
        pytest.param(evidence_of([a_bought()], fills=()), "No order filled", id="no fills"),
    ],
)
def test_a_run_with_nothing_to_judge_says_what_to_do(run: Evidence, said: str) -> None:
    assert said in " ".join(" ".join(shown(run)).split())


def test_cash_that_does_not_add_up_is_shown() -> None:
    run = evidence_of([a_bought()], run=a_run(end_pusd_micro=1))

    assert "MISSING" in "\n".join(shown(run))


def test_rows_and_ensemble_have_a_line_where_there_are_any() -> None:
    text = "\n".join(shown(evidence_of([a_bought(row="agree")], ballots=(a_ballot(),))))

    assert "agree +4.00 in 1" in text
    assert "right in 100.0 % of 1 votes" in text


def test_an_ensemble_that_never_took_a_side_says_so() -> None:
    ballot = a_ballot(a_cast(side="neutral", confidence=0.0), side="neutral")

    text = "\n".join(shown(an_evidence(ballots=(ballot,))))

    assert "no member took a side in 1 ballots" in text


def test_without_an_ensemble_there_is_no_such_line() -> None:
    text = "\n".join(shown(evidence_of([a_bought()])))

    assert "Ensemble" not in text
    assert "By row" not in text
