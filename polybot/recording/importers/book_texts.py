"""Successive books of one token compared as text, so that only what changed is ever decoded.

This is the fast way of ``books-jsonl``, and it gives up rather than guess: whatever is not in the
venue's canonical form is left to the strict decoder.
"""

import re

import msgspec

from polybot.recording.observations import LevelChange
from polybot.wire.decimals import inner_price_e4
from polybot.wire.memo import Memo

_BETWEEN = '","size":"'
_PRICE = re.compile(r'"price":"(0\.[0-9]{1,4})')
_SIZE = re.compile(r'(0|[1-9][0-9]{0,7})(?:\.([0-9]{1,6}))?"')


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


class SideText:
    """One side of a token's last book: its levels as they were written, and their prices."""

    __slots__ = ("_levels", "_prices")

    def __init__(self) -> None:
        self._levels: set[str] = set()
        self._prices: set[int] = set()

    def become(self, raw: msgspec.Raw, *, is_bid: bool) -> list[LevelChange]:
        """Become the side that ``raw`` writes, and say how it differs.

        ValueError when only the strict decoder can tell; this side is then of no use any more.
        """
        chunks = _chunks(str(raw, "ascii"))
        old, self._levels = self._levels, set(chunks)
        came = dict([_level(chunk) for chunk in chunks if chunk not in old])
        gone = {_PRICES[chunk.partition(_BETWEEN)[0]] for chunk in old - self._levels}
        self._prices -= gone
        self._prices.update(came)
        if len(self._prices) != len(chunks):
            raise ValueError("a price repeats on one side")
        changes = [LevelChange(is_bid, price, size) for price, size in came.items()]
        changes += [LevelChange(is_bid, price, 0) for price in sorted(gone - came.keys())]
        return changes


def _chunks(text: str) -> list[str]:
    if text == "[]":
        return []
    if text[:2] != "[{" or text[-2:] != "}]":
        raise ValueError(text[:40])
    return text[2:-2].split("},{")


def _level(chunk: str) -> tuple[int, int]:
    price, _, size = chunk.partition(_BETWEEN)
    match = _SIZE.fullmatch(size)
    if match is None:
        raise ValueError(chunk[:40])
    whole, fraction = match.groups("")
    size_micro = int(whole + fraction.ljust(6, "0"))
    if not size_micro:
        raise ValueError("a level is empty")
    return _PRICES[price], size_micro


def _price(text: str) -> int:
    match = _PRICE.fullmatch(text)
    if match is None:
        raise ValueError(text[:40])
    return inner_price_e4(match[1])


# Prices are few and sizes are many: only the first are worth remembering.
_PRICES: Memo[str, int] = Memo(_price, most=16_384)
