"""A side of a book: fast where the text is canonical, and the same where it is not."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Level
from polybot.errors import DecodeError
from polybot.wire.market_channel.levels import MOST_LEVELS, side

prices = st.integers(1, 9_999)
sizes = st.integers(1, 10**17)
sides = st.dictionaries(prices, sizes, max_size=60)


def written(levels: list[tuple[str, str]], **how: Any) -> bytes:
    return json.dumps([{"price": price, "size": size} for price, size in levels], **how).encode()


def compact(levels: list[tuple[str, str]]) -> bytes:
    return written(levels, separators=(",", ":"))


def in_wire_order(levels: dict[int, int], *, is_bid: bool) -> list[tuple[str, str]]:
    ordered = sorted(levels.items(), reverse=not is_bid)
    return [(f"0.{p:04d}", f"{s // 10**6}.{s % 10**6:06d}") for p, s in ordered]


def test_bids_arrive_worst_first_and_leave_best_first() -> None:
    bids, _ = side(compact([("0.48", "30"), ("0.49", "20.5")]), is_bid=True)

    assert bids == (Level(4_900, 20_500_000), Level(4_800, 30_000_000))


def test_asks_arrive_worst_first_and_leave_best_first() -> None:
    asks, _ = side(compact([("0.52", "25"), ("0.51", "60")]), is_bid=False)

    assert asks == (Level(5_100, 60_000_000), Level(5_200, 25_000_000))


@pytest.mark.parametrize("is_bid", [True, False], ids=["bids", "asks"])
@given(levels=sides)
def test_every_order_on_the_wire_leaves_best_first(is_bid: bool, levels: dict[int, int]) -> None:
    best_first = tuple(Level(*each) for each in sorted(levels.items(), reverse=is_bid))
    wire = in_wire_order(levels, is_bid=is_bid)

    for order in (wire, wire[::-1], wire[::2] + wire[1::2]):
        assert side(compact(order), is_bid=is_bid)[0] == best_first


@given(sides)
def test_spaces_and_other_spellings_change_nothing(levels: dict[int, int]) -> None:
    wire = in_wire_order(levels, is_bid=True)
    fast = side(compact(wire), is_bid=True)

    assert side(written(wire), is_bid=True) == fast
    assert side(written(wire, indent=2), is_bid=True) == fast
    assert side(compact(wire).replace(b'"price"', b'"\\u0070rice"'), is_bid=True) == fast


def test_the_text_that_is_kept_is_compact_and_in_wire_order() -> None:
    wire = [("0.1", "10"), ("0.20", "7.50")]

    assert side(written(wire), is_bid=True)[1] == compact(wire).decode()


def test_fields_that_nobody_knows_are_ignored() -> None:
    raw = b'[{"price":"0.5","size":"1","orders":3}]'

    assert side(raw, is_bid=True)[0] == (Level(5_000, 1_000_000),)


def test_a_level_of_size_zero_is_dropped_but_stays_in_the_text() -> None:
    raw = compact([("0.4", "0"), ("0.5", "1")])

    levels, text = side(raw, is_bid=True)

    assert levels == (Level(5_000, 1_000_000),)
    assert text == raw.decode()


def test_an_empty_side_has_no_levels() -> None:
    assert side(b"[]", is_bid=True) == side(b"[ ]", is_bid=True) == ((), "[]")


@pytest.mark.parametrize(
    "levels",
    [
        [("0.5", "1"), ("0.5", "2")],
        [("0.5", "1"), ("0.50", "1")],
        [("0.5", "1"), ("0.4", "1"), ("0.5", "1")],
    ],
    ids=["same text", "same value", "apart"],
)
def test_a_price_that_repeats_is_refused(levels: list[tuple[str, str]]) -> None:
    with pytest.raises(DecodeError, match="repeats"):
        side(compact(levels), is_bid=True)


@pytest.mark.parametrize(
    "raw",
    [
        b'[{"price":"0","size":"1"}]',
        b'[{"price":"1","size":"1"}]',
        b'[{"price":"0.00001","size":"1"}]',
        b'[{"price":"0.5","size":"-1"}]',
        b'[{"price":"0.5","size":"1e3"}]',
        b'[{"price":0.5,"size":1}]',
        b'[{"price":"0.5"}]',
        b'[{"price":"0.5","size":"1"},{}]',
        b'[{"price":"0.5","size":"1"}],[{"price":"0.6","size":"1"}]',
        '[{"price":"0.٥","size":"1"}]'.encode(),
        b"null",
        b'{"price":"0.5","size":"1"}',
        b"[{}]",
        b"[{",
        b"",
    ],
    ids=ascii,
)
def test_a_side_with_a_wrong_value_is_refused(raw: bytes) -> None:
    with pytest.raises(DecodeError):
        side(raw, is_bid=True)


def test_text_that_only_looks_like_two_levels_is_one_string() -> None:
    raw = b'[{"price":"0.5","size":"1\\"},{\\"price\\":\\"0.6"}]'

    with pytest.raises(DecodeError, match="size"):
        side(raw, is_bid=True)


def test_more_levels_than_prices_can_exist_are_refused() -> None:
    raw = compact([("0.5", "0")] * (MOST_LEVELS + 1))

    with pytest.raises(DecodeError, match="levels"):
        side(raw, is_bid=True)


def test_a_repeated_field_counts_once_as_its_last_value() -> None:
    raw = b'[{"price":"0.5","price":"0.6","size":"1"}]'

    assert side(raw, is_bid=True)[0] == (Level(6_000, 1_000_000),)
