"""The checks that every number and name from Binance passes."""

import re

from polybot.errors import DecodeError
from polybot.wire.binance.values import PriceAndSize
from polybot.wire.decimals import decimal_text
from polybot.wire.guard import shown
from polybot.wire.memo import Memo

_SYMBOL = re.compile(r"[A-Z0-9]{2,24}")


def _symbol(text: str) -> str:
    if _SYMBOL.fullmatch(text):
        return text
    raise DecodeError(f"symbol {shown(text)} must be 2 to 24 upper case letters or digits")


SYMBOLS: Memo[str, str] = Memo(_symbol, most=4_096)


def _price(text: str) -> str:
    if decimal_text(text, "price").strip("0.") == "":
        raise DecodeError(f"price {shown(text)} must be above 0")
    return text


def _size(text: str) -> str:
    return decimal_text(text, "size")


PRICES: Memo[str, str] = Memo(_price, most=32_768)
"""A price's own text, when it is a decimal above 0: levels come back again and again."""

SIZES: Memo[str, str] = Memo(_size, most=32_768)
"""A size's own text, when it is a decimal of 0 or more."""


def levels(written: list[tuple[str, str]]) -> tuple[PriceAndSize, ...]:
    """The levels of a side of a book, in the order sent."""
    return tuple([(PRICES[price], SIZES[size]) for price, size in written])


def identity(value: int, name: str) -> int:
    """A number that identifies something: 0 or more."""
    if value >= 0:
        return value
    raise DecodeError(f"{name} {value} must be 0 or more")
