"""Facts about whole runs over the bundled sample."""

from pathlib import Path
from statistics import mean, stdev

import pytest

from polybot.config.risk import Risk
from polybot.config.settings import Settings, Strategy
from polybot.domain.asset import Asset
from polybot.domain.fees import FeeSchedule
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.errors import CatalogError, ConfigError, RunError
from polybot.reports.evidence import Evidence, FillRow, OrderRow
from tests.runtime.backtest.runs import Run


def test_the_sample_is_called_synthetic(taken: Evidence) -> None:
    assert taken.run.synthetic


def test_every_window_of_the_sample_is_traded_over(taken: Evidence) -> None:
    assert (len(taken.windows), taken.excluded) == (32, ())


def test_the_sample_holds_two_assets_and_two_lengths(taken: Evidence) -> None:
    assert {(row.asset, row.length) for row in taken.windows} == {
        ("btc", "5m"),
        ("btc", "15m"),
        ("sol", "5m"),
        ("sol", "15m"),
    }


def test_every_purchase_had_an_edge_when_it_was_decided(taken: Evidence) -> None:
    assert all(order.edge is not None and order.edge >= 0.005 for order in taken.orders)


def test_no_fill_is_above_its_limit(taken: Evidence) -> None:
    limits = {order.order_id: order.limit_e4 for order in taken.orders}

    assert all(fill.price_e4 <= limits[fill.order_id] for fill in taken.fills)


def test_no_order_fills_more_than_its_size(taken: Evidence) -> None:
    sizes = {order.order_id: order.size_micro for order in taken.orders}
    filled: dict[str, int] = {}
    for fill in taken.fills:
        filled[fill.order_id] = filled.get(fill.order_id, 0) + fill.size_micro

    assert all(size <= sizes[order_id] for order_id, size in filled.items())


def test_fills_come_after_latency_and_taker_hold(taken: Evidence) -> None:
    sent = {order.order_id: order.ts_ns for order in taken.orders}

    assert {fill.ts_ns - sent[fill.order_id] for fill in taken.fills} == {200_000_000}


def test_one_asset_is_never_held_in_two_running_windows(taken: Evidence) -> None:
    ends = {row.slug: row.end_ns for row in taken.windows}
    held: dict[str, int] = {}
    for fill in taken.fills:
        asset = fill.slug.split("-")[0]
        busy_until = held.get(asset, 0)
        assert fill.ts_ns >= busy_until or ends[fill.slug] == busy_until
        held[asset] = ends[fill.slug]


def test_without_a_taker_hold_fills_come_sooner(run: Run) -> None:
    rulebook = Rulebook.standard().override(taker_hold_ms=0)

    told = run(rulebook=rulebook)

    sent = {order.order_id: order.ts_ns for order in told.orders}
    assert {fill.ts_ns - sent[fill.order_id] for fill in told.fills} == {50_000_000}


def test_a_what_if_about_the_fee_changes_what_is_paid(run: Run, probed: Evidence) -> None:
    rulebook = Rulebook.standard().override(fee=FeeSchedule(rate_e6=0))

    free = run("probe", params={"side": "second"}, rulebook=rulebook)

    assert sum(fill.fee_micro for fill in probed.fills) > 0
    assert sum(fill.fee_micro for fill in free.fills) == 0


def test_the_pessimist_fills_no_more_than_the_optimist(run: Run) -> None:
    told = {
        name: run(
            "probe",
            params={"shares": 200.0},
            backtest={"fill_assumption": name},
            risk=Risk(limits="off"),
        )
        for name in ("pessimistic", "base", "optimistic")
    }

    filled = {name: sum(fill.size_micro for fill in one.fills) for name, one in told.items()}
    assert filled["pessimistic"] < filled["base"] <= filled["optimistic"]


def test_settlement_failures_leave_cash_and_shares_alone(run: Run) -> None:
    told = run("probe", backtest={"settlement_failure_percent": 100.0})

    assert told.fills == ()
    assert told.run.end_pusd_micro == told.run.start_pusd_micro


def test_a_refused_order_carries_its_sentence(run: Run) -> None:
    told = run("probe", params={"shares": 1_000.0, "limit": 0.99})

    assert {order.status for order in told.orders} == {"denied"}
    assert all(
        "beyond the best ask" in one.refusal for one in told.orders if one.rule == "Slippage"
    )
    assert sum(told.refusals.values()) == len(told.orders)


def test_refusals_are_counted_by_the_rule_that_refused(run: Run) -> None:
    told = run("probe", params={"shares": 1_000.0, "limit": 0.99})

    by_rule = [order.rule for order in told.orders]
    assert told.refusals == {rule: by_rule.count(rule) for rule in told.refusals}
    assert told.refusals["Slippage"] > 0


def test_a_halt_lies_within_the_run_and_nothing_is_bought_in_it(run: Run) -> None:
    strict = Risk(consecutive_losses=1, consecutive_losses_pause_s=600.0)

    told = run("probe", params={"side": "second"}, risk=strict)

    assert {halt.reason for halt in told.halts} == {"consecutive_losses"}
    left = [order.ts_ns for order in told.orders if not order.rule]
    assert not any(one.from_ns <= ts < one.until_ns for one in told.halts for ts in left)


def test_without_limits_only_what_the_venue_refuses_is_refused(run: Run) -> None:
    told = run("probe", params={"side": "second"}, risk=Risk(limits="off"))

    assert set(told.refusals) == {"MinimumSize"}
    assert told.halts == ()


def test_fills_that_do_not_settle_pause_the_run(run: Run) -> None:
    told = run("probe", backtest={"settlement_failure_percent": 100.0})

    assert told.halts[0].reason == "settlement_failures"
    assert told.refusals["SettlementFailures"] > 0


def test_a_side_taken_at_random_loses_fees_and_half_the_spread(run: Run) -> None:
    """Within its 95 % interval: what is left beyond those costs is the luck of the outcome."""
    settings = Settings(
        strategy=Strategy(
            name="probe", params={"side": "random", "seconds_left": 200.0, "limit": 0.99}
        ),
        risk=Risk(limits="off"),
    )

    told = run(settings=settings)

    orders = {order.order_id: order for order in told.orders}
    first_fills = {fill.order_id: fill for fill in reversed(told.fills)}
    surprises = [surprise(orders[name], fill, told) for name, fill in first_fills.items()]
    assert len(surprises) >= 30
    assert abs(mean(surprises)) <= 1.96 * stdev(surprises) / len(surprises) ** 0.5


def surprise(order: OrderRow, fill: FillRow, told: Evidence) -> float:
    """What a share pays beyond the mid at which it was decided."""
    window = next(row for row in told.windows if row.slug == fill.slug)
    assert order.mid is not None
    pays = 1.0 if window.outcome == fill.side else 0.0
    return pays - order.mid


@pytest.mark.parametrize(
    ("request_", "error", "sentence"),
    [
        pytest.param({"assets": frozenset({Asset.XRP})}, RunError, "no window matches", id="asset"),
        pytest.param({"start_ns": 2 * 10**18}, RunError, "no window matches", id="range"),
        pytest.param(
            {"catalog": Path("nowhere")}, CatalogError, "no polybot catalog", id="catalog"
        ),
        pytest.param(
            {"strategy": "martingale"}, ConfigError, "no strategy is called", id="strategy"
        ),
        pytest.param(
            {"params": {"min_egde": 1}}, ConfigError, "unknown field `min_egde`", id="typo"
        ),
    ],
)
def test_what_cannot_run_says_why(
    run: Run, request_: dict[str, object], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        run(**request_)
