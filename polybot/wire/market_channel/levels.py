"""One side of a book: from the venue's text to levels, best first.

Successive books repeat nine levels of ten, so a level's own text is the key under which its value
is kept. Only canonical text is ever kept, and levels whose canonical texts, joined, are the whole
array cannot mean anything else; all other text takes the slow way through msgspec.
"""

import re
from operator import gt, itemgetter, lt

import msgspec

from polybot.domain.book import Level
from polybot.errors import DecodeError
from polybot.wire.decimals import inner_price_e4, size_micro
from polybot.wire.decoding import strict
from polybot.wire.guard import shown
from polybot.wire.memo import Memo

MOST_LEVELS = 20_000

_CANONICAL = re.compile(
    r'"price":"(0?\.[0-9]{1,4})","size":"(0|[1-9][0-9]{0,11})(?:\.([0-9]{1,6}))?"'
)
_PRICE = itemgetter(0)


class LevelText(msgspec.Struct, frozen=True, gc=False):
    """A level as the venue writes it."""

    price: str
    size: str


_LEVELS = msgspec.json.Decoder(list[LevelText])


class _NotCanonicalError(Exception):
    """The text may be right, but has to be read the slow way."""


def side(raw: bytes, *, is_bid: bool) -> tuple[tuple[Level, ...], str]:
    """The levels of a side, best first, and their text as compact JSON in wire order.

    DecodeError when a price repeats or is not above 0 and below 1.
    """
    try:
        text = str(raw, "ascii")
        return _best_first(_remembered(text), is_bid=is_bid), text
    except (_NotCanonicalError, UnicodeDecodeError):
        return _slowly(raw, is_bid=is_bid)


def _remembered(text: str) -> tuple[Level, ...]:
    if text == "[]":
        return ()
    if text[:2] != "[{" or text[-2:] != "}]":
        raise _NotCanonicalError
    chunks = text[2:-2].split("},{")
    # The venue sends the worst level first.
    chunks.reverse()
    return tuple(map(_KNOWN.__getitem__, chunks))


def _level(chunk: str) -> Level:
    match = _CANONICAL.fullmatch(chunk)
    if not match:
        raise _NotCanonicalError
    price, whole, fraction = match.groups("")
    level = Level(inner_price_e4(price), int(whole + fraction.ljust(6, "0")))
    if level.size_micro == 0:
        raise _NotCanonicalError
    return level


_KNOWN: Memo[str, Level] = Memo(_level, most=131_072)


def _slowly(raw: bytes, *, is_bid: bool) -> tuple[tuple[Level, ...], str]:
    written = strict(_LEVELS, raw, "a side of a book")
    if len(written) > MOST_LEVELS:
        raise DecodeError(f"a side of {len(written)} levels is refused: at most {MOST_LEVELS}")
    levels = (Level(inner_price_e4(each.price), size_micro(each.size)) for each in written)
    resting = tuple(level for level in levels if level.size_micro)
    return _best_first(resting, is_bid=is_bid), msgspec.json.encode(written).decode()


def _best_first(levels: tuple[Level, ...], *, is_bid: bool) -> tuple[Level, ...]:
    prices = list(map(_PRICE, levels))
    if all(map(gt if is_bid else lt, prices, prices[1:])):
        return levels
    if len(set(prices)) != len(prices):
        raise DecodeError(f"a price repeats on one side of a book: {shown(prices)}")
    return tuple(sorted(levels, reverse=is_bid))
