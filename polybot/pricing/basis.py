"""How far the settlement source stands from spot, and how sure that is."""

from dataclasses import dataclass, field
from math import sqrt

import msgspec

from polybot.pricing.bounds import AtLeastOne, NotNegative, Positive
from polybot.pricing.forgetting import ForgettingMean


class BasisParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How slowly the basis is followed, and when it is no longer believed."""

    half_life_s: Positive = 300.0
    memory_s: Positive = 1_800.0
    min_prints: AtLeastOne = 30
    """Ready when so many prints are remembered."""
    floor_share: NotNegative = 0.00001
    """Uncertainty is never below this share of spot: quiet prints are not certain ones."""
    abnormal_stdevs: Positive = 6.0
    abnormal_share: Positive = 0.01
    """Abnormal when a print departs from the mean, or the mean from spot, by more than this."""


@dataclass(slots=True)
class Basis:
    """Reference minus spot in dollars, averaged over recent prints with slow forgetting.

    A print that averages over 60 s is compared with spot averaged over the same 60 s
    (``TimeAverage.mean(venue_ns - averaging_s, venue_ns)``); comparing it with the last spot would
    mistake every move for basis. An abnormal print still counts, so a true shift is learnt.
    """

    params: BasisParams = field(default_factory=BasisParams)
    _prints: ForgettingMean = field(init=False)
    _spot: float = field(init=False, default=0.0)
    _departed: bool = field(init=False, default=False)
    _value: float = field(init=False, default=0.0)
    _uncertainty: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._prints = ForgettingMean(
            half_life_s=self.params.half_life_s,
            memory_s=self.params.memory_s,
            block_s=self.params.memory_s / 30,
        )

    def update(self, reference: float, spot_average: float, ts_ns: int) -> None:
        """Take a print and the mean of spot over exactly the interval that the print covers.

        ``ts_ns`` is the venue's time of the print; one print given twice counts twice.
        """
        difference = reference - spot_average
        limit = self.params.abnormal_stdevs * self._uncertainty
        self._departed = self.ready and abs(difference - self._value) > limit
        self._spot = spot_average
        self._prints.add(ts_ns, difference)
        # Kept, since they are read at every tick and change once a print.
        self._value = self._prints.mean
        noise = sqrt(self._prints.variance)
        self._uncertainty = max(noise, self.params.floor_share * spot_average)

    @property
    def ready(self) -> bool:
        """Whether enough prints are remembered."""
        return self._prints.count >= self.params.min_prints

    @property
    def value(self) -> float:
        """Reference minus spot in dollars; zero before the first print."""
        return self._value

    @property
    def uncertainty(self) -> float:
        """The stdev of one print around the mean in dollars, with a floor; zero before any."""
        return self._uncertainty

    @property
    def abnormal(self) -> bool:
        """Whether the newest print departs from the mean, or the mean itself is out of range."""
        return self._departed or abs(self.value) > self.params.abnormal_share * self._spot
