"""When to get out: stop, trailing stop, profits in parts. Distances are moves of spot."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from polybot.pricing.bounds import NotNegative, Positive, Share

type Unit = Literal["percent", "r"]


class Trail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Once the best gain is ``at``, all is sold when the gain falls ``by`` below the best."""

    at: Positive
    by: Positive


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At a gain of ``at``, so many percent of what was bought are sold."""

    at: Positive
    percent: Annotated[float, Meta(gt=0, le=100)]


class ExitParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The exits of a position; whatever they leave is held to resolution."""

    stop: Literal["atr", "percent", "off"] = "atr"
    stop_atr: Positive = 1.5
    stop_percent: Positive = 0.2
    """The stop in percent of spot; also where ATR is asked for and not ready."""
    unit: Unit = "percent"
    """What ``trail`` and ``profits`` are measured in: percent of spot at entry, or R."""
    trail: tuple[Trail, ...] = (Trail(0.3, 0.15),)
    """The last step reached holds."""
    profits: tuple[Part, ...] = (Part(1.0, 33.0), Part(2.0, 33.0), Part(3.0, 34.0))
    """Parts beyond 100 percent in sum sell nothing more."""
    stop_give_up: Share = 0.03
    """pUSD per share below fair value that getting out of a loss may cost in fee and spread."""
    profit_give_up: Share = 0.01
    """The same for taking a profit."""
    latency_s: NotNegative = 1.0
    """How long an order may be on its way before the taker hold begins."""


DEFAULT = ExitParams()
R_MULTIPLES = ExitParams(
    unit="r",
    trail=(Trail(3.0, 1.0), Trail(5.0, 0.5)),
    profits=(Part(2.0, 30.0), Part(4.0, 40.0)),
)
TWO_AND_FOUR = ExitParams(stop="percent", stop_percent=2.0, trail=(), profits=(Part(4.0, 100.0),))
RESOLUTION = ExitParams(stop="off", trail=(), profits=())
PROFILES = {
    "parts": DEFAULT,
    "r_multiples": R_MULTIPLES,
    "two_and_four": TWO_AND_FOUR,
    "resolution": RESOLUTION,
}


def initial_risk(entry_spot: float, atr: float | None, params: ExitParams = DEFAULT) -> float:
    """The distance in dollars between entry and stop, one R; also measured where no stop acts.

    ``atr`` is that of candles as long as the window; None is not ready.
    """
    if params.stop != "percent" and atr is not None and atr > 0:
        return params.stop_atr * atr
    return entry_spot * params.stop_percent / 100
