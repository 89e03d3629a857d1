"""Booked money and shares: integers of a millionth, never floats."""

from decimal import Decimal, InvalidOperation

from polybot.errors import DomainError

MICRO = 1_000_000
PRICE_SCALE = 10_000
"""A price is an integer of 1/10,000 pUSD per share: the finest tick of the venue."""
_MOST_DIGITS = 30


def micro(amount: Decimal | str | int) -> int:
    """An exact amount in millionths; one that is finer, or no number, raises DomainError."""
    try:
        exact = Decimal(amount)
    except InvalidOperation as error:
        raise DomainError(f"amount {amount!r:.80} is not a number") from error
    if not exact.is_finite() or abs(exact.adjusted()) > _MOST_DIGITS:
        raise DomainError(f"amount {amount!r:.80} is not a number of at most {_MOST_DIGITS} digits")
    return _micros(exact)


def pusd(micros: int) -> str:
    """Micro-pUSD as text with all six decimals, for people and for JSON."""
    sign = "-" if micros < 0 else ""
    whole, rest = divmod(abs(micros), MICRO)
    return f"{sign}{whole}.{rest:06d}"


def cost_micro(price_e4: int, size_micro: int) -> int:
    """What ``size_micro`` shares cost at ``price_e4``, in micro-pUSD, rounded half to even."""
    quotient, rest = divmod(price_e4 * size_micro, PRICE_SCALE)
    twice = 2 * rest
    if twice > PRICE_SCALE or (twice == PRICE_SCALE and quotient % 2):
        quotient += 1
    return quotient


def _micros(exact: Decimal) -> int:
    # A ratio of integers, because Decimal arithmetic rounds at 28 digits without a word.
    numerator, denominator = exact.as_integer_ratio()
    micros, rest = divmod(numerator * MICRO, denominator)
    if rest:
        raise DomainError(f"amount {exact!s:.80} is finer than a millionth: round it first")
    return micros
