"""Who quotes the books: named crews of makers of different speed, width and size."""

from enum import StrEnum

import msgspec


class Maker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One maker: what it knows, how often it acts, and what it asks for the risk.

    It acts every ``hold_ms`` or so, on what was known ``lag_ms`` before. ``width`` is its half
    spread at a price of 0.5 in pUSD a share; ``caution`` widens that by so many times the move of
    the fair value to expect while its quotes are stale. ``error`` is the noise of its forecast in
    standard deviations of the outcome, ``shares`` its median size at a level.
    One that is ``guarded`` takes back at once a quote that the present fair value has come close
    to; one that is ``steadfast`` quotes both sides, at the last tick if need be, until a few
    seconds before the end.
    """

    name: str
    lag_ms: int
    hold_ms: int
    width: float
    caution: float
    error: float
    shares: float
    guarded: bool = True
    steadfast: bool = False

    @property
    def staleness_s(self) -> float:
        """The usual age of what its quotes rest on."""
        return (self.lag_ms + self.hold_ms / 2) / 1_000


class Crew(StrEnum):
    """Named settings of the makers.

    FAST leaves nothing to a taker with 50 ms latency and 150 ms hold. MIXED lets a large maker lag
    by half a second, SLOW by two seconds at a narrow spread.
    """

    FAST = "fast"
    MIXED = "mixed"
    SLOW = "slow"


def makers_of(crew: Crew, lag_ms: int | None = None) -> tuple[Maker, ...]:
    """The makers of a crew; ``lag_ms`` replaces the usual staleness of the dominant one."""
    usual_ms = lag_ms if lag_ms is not None else _USUAL_MS[crew]
    patient = Maker("patient", 600, 3_000, 0.040, 0.8, 0.02, 220.0, steadfast=True)
    if usual_ms is None:
        nimble = Maker("nimble", 0, 400, 0.003, 0.3, 0.010, 80.0)
        steady = Maker("steady", 0, 800, 0.010, 0.5, 0.015, 150.0)
        return nimble, steady, Maker("wide", 200, 1_600, 0.020, 0.8, 0.02, 200.0), patient
    nimble = Maker("nimble", 0, 400, _NIMBLE_WIDTH[crew], 0.5, 0.010, 40.0)
    dominant = Maker("dominant", usual_ms // 2, usual_ms, 0.006, 0.0, 0.010, 260.0, guarded=False)
    return nimble, dominant, patient


_USUAL_MS = {Crew.FAST: None, Crew.MIXED: 600, Crew.SLOW: 2_000}
_NIMBLE_WIDTH = {Crew.FAST: 0.004, Crew.MIXED: 0.008, Crew.SLOW: 0.020}
