"""The probability that a window settles up: close at or above strike.

The reference is taken as spot plus basis, and spot as a Brownian motion without drift. Prices and
noises are in dollars, volatility is the standard deviation of the log return per square root of
a second. ``docs/fair_value.md`` has the formulas and what they leave out.
"""

from math import sqrt
from typing import NamedTuple

from polybot.errors import DomainError
from polybot.pricing.tails import normal_below, student_below


class Landing(NamedTuple):
    """Where the close is expected, and how far off that may be (one standard deviation)."""

    mean: float
    stdev: float

    def at_or_above(self, strike: float, *, grid: float = 0.0, degrees: int | None = None) -> float:
        """The probability of a close at or above ``strike``.

        ``grid`` is the step of published closes: a close within half of it prints as the strike.
        ``degrees`` asks for Student's t instead of the normal law, with the same variance.
        """
        lead = self.mean - strike + grid / 2
        # Below a trillionth of the price a stdev is rounding noise, and the ratio overflows.
        if self.stdev <= abs(strike) * 1e-12:
            # The venue's rule: a close equal to the strike pays the up token.
            return 1.0 if lead >= 0 else 0.0
        z = lead / self.stdev
        return normal_below(z) if degrees is None else student_below(z, degrees)


def averaged_landing(
    *,
    spot: float,
    seconds_left: float,
    averaging_s: float,
    volatility: float,
    averaged: float | None = None,
    basis: float = 0.0,
    noise: float = 0.0,
) -> Landing:
    """Where the average over the last ``averaging_s`` seconds of the window lands.

    ``averaged`` is the mean of spot over the part of those seconds that has passed; it is not
    looked at before they begin, and must be given from then on (DomainError). ``noise`` is the
    stdev of basis and feed together.
    """
    left = max(0.0, seconds_left)
    if left >= averaging_s:
        # The wait before the averaging counts in full, the averaging itself for a third.
        seconds = left - averaging_s + averaging_s / 3
        return _landing(spot + basis, spot * volatility, seconds, noise)
    if averaged is None:
        raise DomainError(
            f"`averaged` is missing with {left} s left of an average over {averaging_s} s: "
            "feed TimeAverage before the averaging begins"
        )
    share = left / averaging_s
    mean = averaged + share * (spot - averaged)
    # A share of the average is still random, itself the mean of a path over the time left.
    return _landing(mean + basis, spot * volatility, share * share * left / 3, noise)


def last_price_landing(
    *,
    spot: float,
    seconds_left: float,
    volatility: float,
    basis: float = 0.0,
    noise: float = 0.0,
) -> Landing:
    """Where the last reference price of the window lands (5m/15m/4h before 2026-08-07).

    The 1h candle of Binance is the same with no basis: its close is spot itself.
    """
    return _landing(spot + basis, spot * volatility, max(0.0, seconds_left), noise)


def naive_last_price(
    *, spot: float, strike: float, seconds_left: float, volatility: float
) -> float:
    """The yardstick: a normal model of the last spot, blind to averaging, basis and noise."""
    landing = last_price_landing(spot=spot, seconds_left=seconds_left, volatility=volatility)
    return landing.at_or_above(strike)


def _landing(mean: float, stdev_1s: float, seconds: float, noise: float) -> Landing:
    return Landing(mean, sqrt(stdev_1s * stdev_1s * seconds + noise * noise))
