"""polybot's own data types on the Nautilus bus and in catalogs.

Prices of the settlement feed are 1e18 integers; they travel as text because Arrow has no integer of
that size. ``ts_event`` is the venue's time, ``ts_init`` when it was known.
"""

from typing import TYPE_CHECKING, Any, Self

from nautilus_trader.model import DataType, register_custom_data_class
from nautilus_trader.model.custom import customdataclass as _nautilus_customdataclass

# Its declared type would hide that it adds ts_event and ts_init to what a class is made of.
customdataclass: Any = _nautilus_customdataclass


class Timed:
    """What Nautilus adds to every type below: when the venue said it, and when it was known."""

    if TYPE_CHECKING:

        def __init__(self, ts_event: int, ts_init: int, *values: Any, **named: Any) -> None: ...

        @property
        def ts_event(self) -> int: ...

        @property
        def ts_init(self) -> int: ...

    def known_from(self, ts_init: int) -> Self:
        """The same, known at another time."""
        self._ts_init = ts_init
        return self


@customdataclass
class ReferencePrice(Timed):
    """One print of the settlement feed; ``averaging_s`` is 0 for spot, 30 or 60 for a TWAP."""

    asset: str
    averaging_s: int
    value_e18: str


@customdataclass
class WindowOpened(Timed):
    """A window is known: its tokens can be traded from now on."""

    slug: str
    condition_id: str
    tick_e4: int
    fee_rate_e6: int
    """The market's own taker rate in millionths, -1 when the rulebook must say."""
    sides: str
    """``up,down``, or ``a,b`` when a recording does not say which is which."""


@customdataclass
class StrikeFixed(Timed):
    """A window's strike is known."""

    slug: str
    strike_e18: str
    source: str


@customdataclass
class TickSizeChanged(Timed):
    """A window's price grid changed."""

    slug: str
    tick_e4: int


@customdataclass
class WindowResolved(Timed):
    """A window's outcome is known; ``winner`` is up, down, a, b or half."""

    slug: str
    winner: str
    source: str
    close_e18: str
    """Empty when the close is unknown."""


CUSTOM_TYPES = (ReferencePrice, WindowOpened, StrikeFixed, TickSizeChanged, WindowResolved)

for _type in CUSTOM_TYPES:
    register_custom_data_class(_type)


def topic(kind: type) -> DataType:
    """The one data type under which ``kind`` is published and subscribed."""
    return DataType(kind.__name__)
