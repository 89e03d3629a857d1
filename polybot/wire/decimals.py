"""Decimal text to exact integers, by pattern: no floats, no Decimal, no surprises.

Refused: signs, exponents, NaN, digits that are not ASCII, underscores, spaces, superfluous zeros
in front, and decimals finer than the scale.
"""

import re

from polybot.errors import DecodeError
from polybot.wire.guard import shown
from polybot.wire.memo import Memo

# The venue's own documentation writes .48 for 0.48.
_PRICE = re.compile(r"(?:0?\.[0-9]{1,4}|0|1(?:\.0{1,4})?)")
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,11})(?:\.([0-9]{1,18}))?")
_WHOLE = re.compile(r"(?:0|[1-9][0-9]{0,38})")


def price_e4(text: str) -> int:
    """A price of 0 to 1 pUSD in 1/10,000; DecodeError for any other text."""
    if not _PRICE.fullmatch(text):
        raise DecodeError(
            f"price {shown(text)} must be a decimal from 0 to 1 with at most 4 places"
        )
    whole, _, fraction = text.partition(".")
    return int(whole or "0") * 10_000 + int(fraction.ljust(4, "0"))


PRICES: Memo[str, int] = Memo(price_e4, most=32_768)
"""``price_e4`` at the speed of a dict."""


def inner_price_e4(text: str) -> int:
    """A price at which one can trade, above 0 and below 1, in 1/10,000."""
    value = PRICES[text]
    if 0 < value < 10_000:
        return value
    raise DecodeError(f"price {shown(text)} must be above 0 and below 1")


def size_micro(text: str) -> int:
    """A size of 0 or more shares, below a trillion, in millionths."""
    return scaled(text, places=6, name="size")


def scaled(text: str, *, places: int, name: str) -> int:
    """A decimal of 0 or more, below a trillion, as an integer of 10**-places."""
    match = _DECIMAL.fullmatch(text)
    if match:
        whole, fraction = match.groups("")
        if len(fraction) <= places:
            return int(whole + fraction.ljust(places, "0"))
    raise DecodeError(
        f"{name} {shown(text)} must be a decimal from 0 to below 1e12 with at most {places} places"
    )


def decimal_text(text: str, name: str) -> str:
    """The text itself when it is a decimal of 0 or more with at most 18 places."""
    if _DECIMAL.fullmatch(text):
        return text
    raise DecodeError(f"{name} {shown(text)} must be a plain decimal of 0 or more")


def whole_number(text: str, name: str) -> int:
    """A whole number of 0 or more with at most 39 digits."""
    if _WHOLE.fullmatch(text):
        return int(text)
    raise DecodeError(f"{name} {shown(text)} must be a whole number of 0 or more")
