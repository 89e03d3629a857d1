"""What a run hears, in which order, and in how large pieces."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from polybot.domain.series import NS
from polybot.engine.data import WindowOpened, WindowResolved
from polybot.runtime.backtest.feeds import Chunk, Feeds
from polybot.runtime.backtest.sources import Sources
from tests.runtime.backtest.runs import SAMPLE

QUARTER_NS = 900 * NS


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources.open([SAMPLE])


@pytest.fixture(scope="module")
def chunks(sources: Sources) -> list[Chunk]:
    """All data of the sample's BTC windows."""
    entries = [entry for entry in sources.entries if entry.slug.startswith("btc")]
    return list(Feeds(sources=sources, entries=entries, warmup_s=600, cash_back_s=120).chunks())


def payloads(chunks: Sequence[Chunk], kind: type) -> list[Any]:
    items = (item for chunk in chunks for items in chunk.streams for item in items)
    return [item.data for item in items if isinstance(getattr(item, "data", None), kind)]


def test_each_stream_is_in_order_of_knowledge(chunks: list[Chunk]) -> None:
    for chunk in chunks:
        for items in chunk.streams:
            times = [item.ts_init for item in items]
            assert times == sorted(times)


def test_no_datum_lies_outside_its_chunk(chunks: list[Chunk]) -> None:
    for chunk in chunks[1:]:
        times = [item.ts_init for items in chunk.streams for item in items]
        assert all(chunk.start_ns <= ts < chunk.end_ns for ts in times)


def test_no_chunk_is_longer_than_a_quarter_of_an_hour(chunks: list[Chunk]) -> None:
    assert max(chunk.end_ns - chunk.start_ns for chunk in chunks) == QUARTER_NS


def test_chunks_follow_each_other(chunks: list[Chunk]) -> None:
    assert [one.end_ns for one in chunks[:-1]] == [one.start_ns for one in chunks[1:]]


def test_the_first_chunk_begins_with_the_warm_up(sources: Sources, chunks: list[Chunk]) -> None:
    first = min(entry.window.start_ns for entry in sources.entries)

    assert chunks[0].start_ns == first - 600 * NS


def test_every_window_opens_once_and_resolves_once(chunks: list[Chunk]) -> None:
    opened = [one.slug for one in payloads(chunks, WindowOpened)]
    resolved = [one.slug for one in payloads(chunks, WindowResolved)]

    assert len(set(opened)) == len(opened) == 16
    assert sorted(resolved) == sorted(opened)


def test_a_window_opens_before_its_first_book(sources: Sources, chunks: list[Chunk]) -> None:
    opened = {one.slug: one.ts_init for one in payloads(chunks, WindowOpened)}

    for entry in sources.entries:
        if entry.slug in opened:
            assert entry.coverage is not None
            assert opened[entry.slug] < entry.coverage.first_ns


def test_windows_far_apart_leave_out_what_lies_between(sources: Sources) -> None:
    entries = sorted(sources.entries, key=lambda entry: entry.window.start_ns)
    ends = [entries[0], entries[-1]]

    chunks = list(Feeds(sources=sources, entries=ends, warmup_s=60, cash_back_s=60).chunks())

    gaps = [two.start_ns - one.end_ns for one, two in pairwise(chunks)]
    assert max(gaps) > QUARTER_NS
