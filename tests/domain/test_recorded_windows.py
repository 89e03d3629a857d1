"""Our windows against the slugs, starts and ends of real recordings."""

import csv
import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS, Window


def _gamma_windows(shared: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    with gzip.open(shared / "windows" / "BTC-5m-markets-2026-06-08.jsonl.gz", "rt") as lines:
        yield from map(json.loads, lines)


def test_every_recorded_slug_starts_when_the_recording_says(shared: Path) -> None:
    with (shared / "polymarket" / "books" / "windows.csv").open() as file:
        rows = [(row["slug"], row["start_utc"]) for row in csv.DictReader(file)]

    assert len(rows) == 161
    for slug, start in rows:
        window = Window.from_slug(slug)
        assert window.start_ns == int(datetime.fromisoformat(start).timestamp()) * NS
        assert window.slug == slug


def test_every_listed_window_ends_when_the_venue_says(shared: Path) -> None:
    for listed in _gamma_windows(shared):
        window = Window.from_slug(listed["slug"])
        end = datetime.fromisoformat(listed["raw"]["endDate"])

        assert window.start_ns == listed["start_sec"] * NS
        assert window.end_ns == listed["end_sec"] * NS == int(end.timestamp()) * NS


def test_the_rulebook_has_the_fee_that_the_venue_listed_that_day(shared: Path) -> None:
    book = Rulebook.standard()
    for listed in _gamma_windows(shared):
        window = Window.from_slug(listed["slug"])
        schedule = listed["raw"]["feeSchedule"]
        fee = book.at(window.series, window.start_ns).fee

        assert fee.rate_e6 == round(schedule["rate"] * 1_000_000)
        assert (fee.exponent, fee.taker_only) == (schedule["exponent"], schedule["takerOnly"])


def test_the_rulebook_has_the_minimum_size_that_the_venue_listed_that_day(shared: Path) -> None:
    book = Rulebook.standard()
    for listed in _gamma_windows(shared):
        window = Window.from_slug(listed["slug"])
        rules = book.at(window.series, window.start_ns)

        assert rules.min_resting_micro_shares == listed["raw"]["orderMinSize"] * 1_000_000


def test_sampled_windows_follow_one_another(shared: Path) -> None:
    with (shared / "windows" / "quotes_spot_outcomes_2026-07-26.jsonl").open() as lines:
        rows = [json.loads(line) for line in lines]

    assert all(Window.from_slug(row["slug"]).start_ns == row["window_ts"] * NS for row in rows)
