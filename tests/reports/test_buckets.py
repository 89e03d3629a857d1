from collections.abc import Callable

import pytest

from polybot.reports.buckets import Bucket, by_edge, by_seconds_left, by_series, by_session
from polybot.reports.entries import Entry, entries_of
from tests.reports.builders import Bought, a_bought, a_made_up_run, evidence_of


def entries(*bought: Bought) -> tuple[Entry, ...]:
    return entries_of(evidence_of(list(bought)))


@pytest.mark.parametrize(
    ("seconds", "label"),
    [
        (0.0, "0 to 10 s"),
        (9.99, "0 to 10 s"),
        (10.0, "10 to 20 s"),
        (119.0, "90 to 120 s"),
        (3_600.0, "3,600 s and more"),
        (-1.0, "after the end"),
    ],
)
def test_seconds_left_fall_into_buckets(seconds: float, label: str) -> None:
    [bucket] = by_seconds_left(entries(a_bought(seconds_left=seconds)))

    assert bucket.label == label


@pytest.mark.parametrize(
    ("edge", "label"),
    [
        (-0.001, "below 0"),
        (0.0, "0 to 0.005"),
        (0.005, "0.005 to 0.01"),
        (0.3, "0.1 and more"),
        (None, "not stated"),
    ],
)
def test_edges_fall_into_buckets(edge: float | None, label: str) -> None:
    [bucket] = by_edge(entries(a_bought(edge=edge)))

    assert bucket.label == label


def test_a_bucket_adds_up_its_orders_and_means_over_its_windows() -> None:
    [bucket] = by_seconds_left(entries(a_bought(0, ending="up"), a_bought(1, ending="down")))

    assert (bucket.windows, bucket.orders, bucket.stake_micro) == (2, 2, 12_000_000)
    assert bucket.pnl_micro == 4_000_000 - 6_000_000
    assert bucket.per_window.mean == pytest.approx(-1.0)


@pytest.mark.parametrize("divide", [by_seconds_left, by_edge, by_series, by_session])
def test_every_division_adds_up_to_the_pnl(divide: Callable[..., tuple[Bucket, ...]]) -> None:
    run = a_made_up_run(windows=60, traded=40)

    total = sum(bucket.pnl_micro for bucket in divide(entries_of(run)))

    assert total == sum(window.pnl_micro for window in run.windows)


def test_series_are_named_by_asset_and_length() -> None:
    [bucket] = by_series(entries(a_bought()))

    assert bucket.label == "BTC 5m"
