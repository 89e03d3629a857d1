from dataclasses import replace
from typing import Any

import pytest

from polybot.reports.bootstrap import Interval
from polybot.reports.nulls import Drawn, Favourite, Nulls
from polybot.reports.summary import summarise
from polybot.reports.verdict import RULE, Findings, judge, tail_of
from tests.reports.builders import a_made_up_run


def an_interval(low: float, high: float, *, count: int = 500) -> Interval:
    return Interval(mean=(low + high) / 2, low=low, high=high, level=0.95, count=count)


def a_null(high: float) -> Drawn:
    return Drawn(expectation=-0.1, low=-0.4, high=high, as_good=0.001)


NULLS = Nulls(
    windows=500,
    unpriced=0,
    run=0.3,
    market=a_null(0.1),
    random_side=a_null(0.1),
    favourite=Favourite(mean=an_interval(-0.1, 0.1), difference=an_interval(0.1, 0.5)),
)
WINNER = Findings(
    traded=500,
    minimum=100,
    per_window=an_interval(0.1, 0.5),
    per_hour_block=an_interval(0.05, 0.55, count=40),
    nulls=NULLS,
    brier_model=0.10,
    brier_market=0.12,
)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        pytest.param({}, "edge", id="everything holds"),
        pytest.param({"traded": 99}, "not enough evidence", id="one window short"),
        pytest.param({"traded": 100}, "edge", id="just enough windows"),
        pytest.param({"per_window": None}, "not enough evidence", id="nothing traded"),
        pytest.param({"per_window": an_interval(-0.01, 0.5)}, "no edge", id="zero in the interval"),
        pytest.param({"per_window": an_interval(-0.5, -0.01)}, "loses", id="all below zero"),
        pytest.param({"per_window": an_interval(-0.5, 0.0)}, "no edge", id="up to zero"),
        pytest.param(
            {"traded": 50, "per_window": an_interval(-0.5, -0.1)},
            "not enough evidence",
            id="too few windows even to lose",
        ),
        pytest.param(
            {"per_hour_block": an_interval(-0.1, 0.6, count=20)}, "no edge", id="one lucky hour"
        ),
        pytest.param(
            {"per_hour_block": an_interval(-0.1, 0.6, count=19)}, "edge", id="too few hours to say"
        ),
        pytest.param({"nulls": None}, "no edge", id="no prices for the nulls"),
        pytest.param({"nulls": replace(NULLS, market=a_null(0.3))}, "no edge", id="market's luck"),
        pytest.param(
            {"nulls": replace(NULLS, random_side=a_null(0.3))}, "no edge", id="random side's luck"
        ),
        pytest.param(
            {
                "nulls": replace(
                    NULLS,
                    favourite=Favourite(an_interval(0.1, 0.5), an_interval(-0.1, 0.1)),
                )
            },
            "no edge",
            id="no better than the favourite",
        ),
        pytest.param({"brier_model": 0.12}, "no edge", id="model only as good as the market"),
        pytest.param({"brier_model": None}, "edge", id="no model to judge"),
    ],
)
def test_the_verdict_follows_the_rule(changes: dict[str, Any], word: str) -> None:
    assert judge(replace(WINNER, **changes)).word == word


def test_the_reason_of_a_loss_is_the_interval() -> None:
    verdict = judge(replace(WINNER, per_window=an_interval(-0.5, -0.1), nulls=None))

    assert verdict.because == verdict.checks[1].sentence


def test_several_failures_are_all_named() -> None:
    verdict = judge(replace(WINNER, nulls=None))

    assert "market's price, random side, always the favourite" in verdict.because


def test_each_variant_tried_costs_its_part_of_the_error() -> None:
    assert tail_of(1) == 0.025
    assert tail_of(50) == pytest.approx(0.0005)


def test_the_rule_names_its_numbers() -> None:
    assert "100 traded windows" in RULE
    assert "5%" in RULE


def test_more_variants_ask_for_more() -> None:
    one, many = (
        summarise(a_made_up_run(windows=200, traded=200, skill=0.12, variants_tried=variants))
        for variants in (1, 200)
    )

    assert one.corrected.low > many.corrected.low
    assert one.nulls.market.high < many.nulls.market.high


def test_at_most_5_of_100_markets_without_an_edge_say_edge() -> None:
    words = [
        summarise(a_made_up_run(windows=120, traded=120, seed=seed)).verdict.word
        for seed in range(100)
    ]

    assert words.count("edge") <= 5
    assert words.count("no edge") > 50


def test_a_large_skill_is_found() -> None:
    run = a_made_up_run(windows=1_000, traded=1_000, skill=0.15)

    assert summarise(run).verdict.word == "edge"
