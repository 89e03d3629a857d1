import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from polybot.reports.evidence import Evidence
from polybot.reports.json_report import to_json
from polybot.reports.summary import summarise
from tests.reports.builders import (
    a_ballot,
    a_bought,
    a_made_up_run,
    a_run,
    an_evidence,
    evidence_of,
)

ASKED = [
    "windows",
    "excluded",
    "orders",
    "fills",
    "start_pusd",
    "end_pusd",
    "fees_pusd",
    "payouts_pusd",
    "pnl_pusd",
    "brier_model",
    "brier_market",
    "brier_naive",
    "verdict",
    "decision_hash",
    "fill_hash",
    "order_hash",
]


@pytest.fixture(scope="module")
def run() -> Evidence:
    return a_made_up_run(windows=150, traded=110)


@pytest.fixture(scope="module")
def report(run: Evidence) -> dict[str, object]:
    return to_json(run, summarise(run))


@pytest.mark.parametrize("key", ASKED)
def test_a_program_finds(report: dict[str, Any], key: str) -> None:
    assert report[key] is not None


def test_counts_are_counts_and_rows_are_in_the_detail(report: dict[str, Any]) -> None:
    assert report["windows"] == len(report["detail"]["windows"]) == 150
    assert report["fills"] == len(report["detail"]["fills"]) == 110


def test_money_is_text_with_six_decimals_that_adds_up(report: dict[str, Any]) -> None:
    start, end, fees, payouts, bought = (
        Decimal(report[f"{name}_pusd"]) for name in ("start", "end", "fees", "payouts", "bought")
    )

    assert start - bought - fees + payouts == end
    assert len(report["fees_pusd"].split(".")[1]) == 6


def test_it_comes_back_from_json_as_it_went(report: dict[str, Any]) -> None:
    assert json.loads(json.dumps(report, allow_nan=False)) == report


def test_the_same_evidence_gives_the_same_bytes(run: Evidence, report: dict[str, Any]) -> None:
    again = to_json(run, summarise(run))

    assert msgspec.json.encode(again) == msgspec.json.encode(report)


def test_an_empty_run_has_no_numbers_that_json_does_not_know() -> None:
    run = an_evidence(run=a_run(params={"limit": float("inf")}))

    report = to_json(run, summarise(run))

    assert report["brier_model"] is None
    assert msgspec.json.decode(msgspec.json.encode(report))["pnl_pusd"] == "0.000000"


def test_rows_and_members_are_in_it() -> None:
    run = evidence_of([a_bought(row="agree")], ballots=(a_ballot(),))

    told: dict[str, Any] = to_json(run, summarise(run))

    assert [row["row"] for row in told["rows"]] == ["agree"]
    assert [member["name"] for member in told["members"]] == ["trend"]
    assert told["ensemble"]["hit_rate"] == 1.0


def test_without_ballots_there_are_no_members(report: dict[str, Any]) -> None:
    assert (report["rows"], report["members"], report["ensemble"]) == ([], [], None)
