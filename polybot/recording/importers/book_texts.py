"""Successive books of one token compared as text, so that only what changed is ever decoded.

This is the fast way of ``books-jsonl``, and it gives up rather than guess: whatever is not in the
venue's canonical form is left to the strict decoder.
"""

import re
from typing import NamedTuple

import msgspec

from polybot.recording.observations import LevelChange
from polybot.wire.decimals import PRICES
from polybot.wire.memo import Memo

_LEVEL = re.compile(r'"price":"(0\.[0-9]{1,4})","size":"(0|[1-9][0-9]{0,7})(?:\.([0-9]{1,6}))?"')


class BookText(msgspec.Struct, frozen=True, gc=False):
    """A recorded book with its levels still text."""

    market: str
    asset_id: str
    timestamp: str
    bids: msgspec.Raw
    asks: msgspec.Raw
    hash: str = ""
    tick_size: str | None = None


class BookLine(msgspec.Struct, frozen=True, gc=False):
    """A line of ``books-jsonl`` with the book still text."""

    recv_ts: msgspec.Raw
    slug: str
    msg: BookText


class Side(NamedTuple):
    """One side's levels as they were written, and the prices among them."""

    levels: set[str]
    prices: set[int]


EMPTY = Side(set(), set())


def next_side(before: Side, raw: msgspec.Raw, *, is_bid: bool) -> tuple[Side, list[LevelChange]]:
    """The side that ``raw`` writes, and how it differs; ValueError when only wire can tell."""
    chunks = _chunks(str(raw, "ascii"))
    levels = set(chunks)
    came = dict(map(_known, levels - before.levels))
    gone = {_known(chunk)[0] for chunk in before.levels - levels}
    prices = (before.prices - gone) | came.keys()
    if len(prices) != len(chunks):
        raise ValueError("a price repeats on one side")
    changes = [LevelChange(is_bid, price, size) for price, size in came.items()]
    changes += [LevelChange(is_bid, price, 0) for price in gone - came.keys()]
    changes.sort()
    return Side(levels, prices), changes


def _chunks(text: str) -> list[str]:
    if text == "[]":
        return []
    if text[:2] != "[{" or text[-2:] != "}]":
        raise ValueError(text[:40])
    return text[2:-2].split("},{")


def _level(chunk: str) -> tuple[int, int]:
    match = _LEVEL.fullmatch(chunk)
    if match is None:
        raise ValueError(chunk[:40])
    price, whole, fraction = match.groups("")
    size = int(whole + fraction.ljust(6, "0"))
    if not size:
        raise ValueError("a level is empty")
    return PRICES[price], size


_known = Memo(_level, most=131_072).__getitem__
