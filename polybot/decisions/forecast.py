"""What a view says about its window: the probability that the up token pays."""

from math import hypot
from typing import Annotated

import msgspec
from msgspec import Meta

from polybot.decisions.view import View
from polybot.pricing.bounds import Share
from polybot.pricing.fair_value import Landing, averaged_landing, last_price_landing


class ForecastParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the model assumes beyond its inputs."""

    noise_share: Share = 0.00002
    """Noise of strike and feeds as a share of spot, added to the basis' own uncertainty."""
    tail_degrees: Annotated[int, Meta(ge=3, le=200)] | None = None
    """Degrees of freedom of Student's t for fat tails; None is the normal law."""


DEFAULT = ForecastParams()


def forecast(view: View, params: ForecastParams = DEFAULT) -> float:
    """The probability that ``view``'s window settles up, under the rules of its day."""
    grid = view.spot_grid if view.rules.settlement.source == "binance" else 0.0
    return landing(view, params).at_or_above(view.strike, grid=grid, degrees=params.tail_degrees)


def landing(view: View, params: ForecastParams = DEFAULT) -> Landing:
    """Where the close of ``view``'s window is expected."""
    settlement = view.rules.settlement
    if settlement.source == "binance":
        return last_price_landing(
            spot=view.spot, seconds_left=view.seconds_left, volatility=view.volatility
        )
    noise = feed_noise(view, params)
    if settlement.averaging_s == 0:
        return last_price_landing(
            spot=view.spot,
            seconds_left=view.seconds_left,
            volatility=view.volatility,
            basis=view.basis,
            noise=noise,
        )
    return averaged_landing(
        spot=view.spot,
        seconds_left=view.seconds_left,
        averaging_s=settlement.averaging_s,
        volatility=view.volatility,
        averaged=view.averaged,
        basis=view.basis,
        noise=noise,
    )


def feed_noise(view: View, params: ForecastParams = DEFAULT) -> float:
    """The stdev in dollars that basis, strike and feeds add to where the close lands."""
    if view.rules.settlement.source == "binance":
        return 0.0
    return hypot(view.noise, params.noise_share * view.spot)
