"""The ensemble over the bundled sample, with exits that sell: cash, determinism, explanations."""

import json
import subprocess
import sys
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from polybot.config.risk import Risk
from polybot.config.settings import Settings, Strategy
from polybot.reports.evidence import Evidence
from tests.runtime.backtest.runs import SAMPLE, Run
from tests.runtime.backtest.test_cash import fee_of, price_of, shares_of

UNTIL_NS = 1_793_620_800_000_000_000 + 1_800 * 10**9
QUICK_TO_SELL = {
    "exits": {"stop": "percent", "stop_percent": 0.01, "stop_give_up": 0.99},
    "settle_s": 1.0,
}
IN_ANOTHER_PROCESS = f"""
from pathlib import Path
import msgspec
from polybot.config.settings import Settings
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.run import run_backtest

settings = msgspec.json.decode(input(), type=Settings)
catalogs = (Path({str(SAMPLE)!r}),)
request = BacktestRequest(catalogs=catalogs, settings=settings, end_ns={UNTIL_NS})
told = run_backtest(request, run_id="test")
print(told.decision_hash, told.order_hash, told.fill_hash)
"""


def chosen() -> Settings:
    return Settings(
        strategy=Strategy(name="ensemble", params=QUICK_TO_SELL), risk=Risk(limits="off")
    )


@pytest.fixture(scope="module")
def sold(run: Run) -> Evidence:
    """Half an hour of windows; positions are sold as soon as spot moves against them."""
    return run(settings=chosen(), end_ns=UNTIL_NS)


@pytest.fixture(scope="module")
def told(sold: Evidence) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(msgspec.json.encode(sold))
    return plain


def test_start_plus_fills_fees_and_payouts_is_the_end_to_the_micro_pusd(
    told: dict[str, Any],
) -> None:
    cash = Decimal(told["run"]["start_pusd_micro"]) / 10**6
    winners = {row["slug"]: row["outcome"] for row in told["windows"]}
    for fill in told["fills"]:
        sign = 1 if fill["is_buy"] else -1
        cash -= sign * price_of(fill) * shares_of(fill) + fee_of(fill)
        cash += sign * shares_of(fill) * (winners[fill["slug"]] == fill["side"])

    assert {fill["is_buy"] for fill in told["fills"]} == {True, False}
    assert cash == Decimal(told["run"]["end_pusd_micro"]) / 10**6


def test_never_more_is_sold_than_was_bought(sold: Evidence) -> None:
    held: dict[tuple[str, str], int] = {}
    for fill in sold.fills:
        token = fill.slug, fill.side
        held[token] = held.get(token, 0) + (fill.size_micro if fill.is_buy else -fill.size_micro)
        assert held[token] >= 0


def test_a_window_is_bought_once_and_one_token_of_it(sold: Evidence) -> None:
    bought = [(fill.slug, fill.side) for fill in sold.fills if fill.is_buy]

    assert len({slug for slug, _ in bought}) == len(set(bought))


def test_two_processes_make_the_same_run(sold: Evidence) -> None:
    settings = msgspec.json.encode(chosen())

    told = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS], input=settings, capture_output=True, check=True
    )

    assert told.stdout.decode().split() == [sold.decision_hash, sold.order_hash, sold.fill_hash]


def test_every_purchase_explains_itself(sold: Evidence) -> None:
    taken = [row for row in sold.decisions if row.action.startswith("take")]

    assert taken
    for row in taken:
        assert row.reason.startswith(f"{row.inputs['row']}: ")
        assert "confidence" in str(row.inputs["sizing"])
        assert {"spot_age_s", "book_age_s", "vote", "arbitrage", "edge", "fair"} <= set(row.inputs)


def test_every_sale_names_the_exit_and_the_row_of_its_entry(sold: Evidence) -> None:
    rows = [row for row in sold.decisions if row.action.startswith("sell")]
    sales = [order for order in sold.orders if not order.is_buy]

    assert len(rows) == len(sales) > 0
    assert {order.reason.split(":")[0] for order in sales} <= {"stop", "trail", "target"}
    assert all(order.row for order in sales)


def test_every_quarter_of_an_hour_is_voted_on(sold: Evidence) -> None:
    closed = {(ballot.asset, ballot.closed_ns) for ballot in sold.ballots}

    for window in sold.windows:
        if window.length == "15m":
            assert (window.asset, window.start_ns) in closed
    assert all(len(ballot.votes) == 8 for ballot in sold.ballots)
