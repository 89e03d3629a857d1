"""One value of a price feed, exact, and how the feeds write it."""

import msgspec

from polybot.domain.asset import Asset
from polybot.errors import DecodeError
from polybot.wire.decimals import scaled, whole_number
from polybot.wire.decoding import is_given, number_text
from polybot.wire.guard import IDS, shown
from polybot.wire.times import ms_to_ns

E18 = 10**18
# The plain value is a float of the exact one; a millionth apart, a unit was mistaken.
_TOLERANCE = 1_000_000

_QUOTES = ("/usd", "usdt", "usd")


class ReferencePrint(msgspec.Struct, frozen=True, gc=False):
    """A price that a feed printed for ``venue_ns`` and sent at ``sent_ns``.

    ``averaging_s`` is 0 for a spot price, 30 or 60 for a TWAP. ``asset`` is None for a symbol that
    is traded in no window. ``exact`` is False when only a float was sent, as in old snapshots:
    such a value must not decide a tie.
    """

    symbol: str
    asset: Asset | None
    averaging_s: int
    value_e18: int
    venue_ns: int
    sent_ns: int
    exact: bool
    source: str


class Tick(msgspec.Struct, frozen=True, gc=False):
    """A value as both feeds write it, in an update or in the list of a snapshot."""

    timestamp: int
    value: msgspec.Raw = msgspec.Raw()
    full_accuracy_value: msgspec.Raw = msgspec.Raw()


class Series(msgspec.Struct, frozen=True, gc=False):
    """What the ticks of one message have in common.

    ``integer_e18`` says how the exact value is written: as an integer of 1e-18, or as a decimal.
    """

    symbol: str
    averaging_s: int
    sent_ns: int
    source: str
    integer_e18: bool

    def print_of(self, tick: Tick) -> ReferencePrint:
        """The value of one tick; DecodeError when its two numbers contradict each other."""
        value_e18, exact = _value(tick, integer_e18=self.integer_e18)
        return ReferencePrint(
            symbol=IDS[self.symbol],
            asset=asset_of(self.symbol),
            averaging_s=self.averaging_s,
            value_e18=value_e18,
            venue_ns=ms_to_ns(tick.timestamp),
            sent_ns=self.sent_ns,
            exact=exact,
            source=self.source,
        )


def asset_of(symbol: str) -> Asset | None:
    """The asset of "btc/usd", "btcusd" or "btcusdt"; None when it is none of ours."""
    lowered = symbol.lower()
    names = (lowered.removesuffix(quote) for quote in _QUOTES if lowered.endswith(quote))
    name = next(names, "")
    return Asset(name) if name in Asset else None


def _value(tick: Tick, *, integer_e18: bool) -> tuple[int, bool]:
    rounded = _decimal_e18(tick.value, "value") if is_given(tick.value) else None
    if not is_given(tick.full_accuracy_value):
        if rounded is None:
            raise DecodeError("a print without value and full_accuracy_value says nothing")
        return _positive(rounded), False
    exact = _exact_e18(tick.full_accuracy_value, integer_e18=integer_e18)
    if rounded is not None and abs(exact - rounded) * _TOLERANCE > rounded:
        raise DecodeError(
            f"full_accuracy_value {shown(bytes(tick.full_accuracy_value))} and value"
            f" {shown(bytes(tick.value))} differ: the unit is not the expected one"
        )
    return _positive(exact), True


def _exact_e18(raw: msgspec.Raw, *, integer_e18: bool) -> int:
    name = "full_accuracy_value"
    if not integer_e18:
        return _decimal_e18(raw, name)
    value = whole_number(number_text(raw, name), name)
    if value < 10**12 * E18:
        return value
    raise DecodeError(f"{name} {value} must be below 1e30: it is an integer of 1e-18")


def _decimal_e18(raw: msgspec.Raw, name: str) -> int:
    return scaled(number_text(raw, name), places=18, name=name)


def _positive(value_e18: int) -> int:
    if value_e18 > 0:
        return value_e18
    raise DecodeError("a price of 0 is refused: the feed has no value to give")
