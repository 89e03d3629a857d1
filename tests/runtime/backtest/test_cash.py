"""Cash, checked without a line of polybot: fees and payouts in Decimal from price and size."""

import json
from collections import defaultdict
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from polybot.reports.evidence import Evidence

FEE_RATE = Decimal("0.07")
FEE_STEP = Decimal("0.00001")
MILLION = Decimal(1_000_000)


@pytest.fixture(params=["taken", "probed"])
def told(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The evidence of a run as plain JSON."""
    evidence: Evidence = request.getfixturevalue(request.param)
    plain: dict[str, Any] = json.loads(msgspec.json.encode(evidence))
    return plain


@pytest.fixture(scope="module")
def winners(sample_path: Path) -> dict[str, str]:
    """Who won each window, read straight from the catalog's manifest."""
    manifest = json.loads((sample_path / "manifest.json").read_text())
    return {window["slug"]: window["resolutions"][0]["winner"] for window in manifest["windows"]}


def price_of(fill: dict[str, Any]) -> Decimal:
    return Decimal(fill["price_e4"]) / 10_000


def shares_of(fill: dict[str, Any]) -> Decimal:
    return Decimal(fill["size_micro"]) / MILLION


def fee_of(fill: dict[str, Any]) -> Decimal:
    price = price_of(fill)
    exact = shares_of(fill) * FEE_RATE * price * (1 - price)
    return exact.quantize(FEE_STEP, ROUND_FLOOR)


def test_start_plus_fills_fees_and_payouts_is_the_end_to_the_micro_pusd(
    told: dict[str, Any], winners: dict[str, str]
) -> None:
    cash = Decimal(told["run"]["start_pusd_micro"]) / MILLION
    for fill in told["fills"]:
        cash -= price_of(fill) * shares_of(fill) + fee_of(fill)
        cash += shares_of(fill) * (winners[fill["slug"]] == fill["side"])

    assert told["fills"]
    assert cash == Decimal(told["run"]["end_pusd_micro"]) / MILLION


def test_every_fee_is_the_venues_to_the_micro_pusd(told: dict[str, Any]) -> None:
    booked = [Decimal(fill["fee_micro"]) / MILLION for fill in told["fills"]]

    assert booked == [fee_of(fill) for fill in told["fills"]]


def test_each_window_pays_what_its_winner_holds(
    told: dict[str, Any], winners: dict[str, str]
) -> None:
    held: dict[str, Decimal] = defaultdict(Decimal)
    for fill in told["fills"]:
        held[fill["slug"]] += shares_of(fill) * (winners[fill["slug"]] == fill["side"])

    paid = {row["slug"]: Decimal(row["payout_micro"]) / MILLION for row in told["windows"]}
    assert {slug: paid[slug] for slug in held} == held


def test_the_equity_path_ends_where_cash_ends(told: dict[str, Any]) -> None:
    assert told["equity"][-1][1] == told["run"]["end_pusd_micro"]
