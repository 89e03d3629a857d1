"""Everything received so far, folded into signals: where views come from, live and in a replay.

It is fed, never asked to fetch; every time is the instant of receipt unless it says venue.
"""

from dataclasses import dataclass, field

import msgspec

from polybot.decisions.intents import Skip
from polybot.decisions.view import View, see
from polybot.domain.asset import Asset
from polybot.domain.book import Book
from polybot.domain.outcome import Outcome
from polybot.domain.provenance import Source
from polybot.domain.rulebook.rules import Rules
from polybot.domain.series import NS, Window
from polybot.pricing.average import TimeAverage
from polybot.pricing.basis import Basis, BasisParams
from polybot.pricing.volatility import Volatility, VolatilityParams


class WorldParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the signals that every strategy shares are estimated."""

    volatility: VolatilityParams = VolatilityParams()
    basis: BasisParams = BasisParams()

    @property
    def memory_s(self) -> float:
        """How far back anything can matter: a warm-up of this length gives the same signals."""
        spot = self.volatility.memory_s * 1.02 + self.volatility.max_gap_s
        return max(spot, self.basis.memory_s * 1.04)


@dataclass(slots=True)
class Spot:
    """One asset's spot, and what is estimated from it."""

    params: WorldParams
    price: float | None = None
    received_ns: int = 0
    volatility: Volatility = field(init=False)
    average: TimeAverage = field(default_factory=TimeAverage)
    bases: dict[int, Basis] = field(default_factory=dict)
    """Basis by the seconds over which the reference is averaged."""
    basis_ns: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.volatility = Volatility(self.params.volatility)

    def update(self, price: float, now_ns: int) -> None:
        """Take a spot price."""
        self.price, self.received_ns = price, now_ns
        self.volatility.update(price, now_ns)
        self.average.update(price, now_ns)

    def reference(self, value: float, *, averaging_s: int, venue_ns: int, now_ns: int) -> None:
        """Take a print of the settlement feed; one that spot does not cover teaches nothing."""
        mean = self.average.mean(venue_ns - averaging_s * NS, venue_ns)
        if mean is None:
            return
        basis = self.bases.setdefault(averaging_s, Basis(self.params.basis))
        basis.update(value, mean, venue_ns)
        self.basis_ns[averaging_s] = now_ns


@dataclass(slots=True)
class OpenWindow:
    """One window that is known and not settled."""

    window: Window
    rules: Rules
    """Those in force at its start: it settles by them."""
    strike: float | None = None
    strike_source: Source = Source.UNKNOWN
    book_ns: int = 0

    @property
    def spot_is_reference(self) -> bool:
        """Whether spot itself settles the window, or stands in for what does."""
        return self.strike_source is Source.PROXY or self.rules.settlement.source == "binance"


@dataclass(slots=True)
class World:
    """All assets and open windows."""

    params: WorldParams = field(default_factory=WorldParams)
    spots: dict[Asset, Spot] = field(default_factory=dict)
    windows: dict[str, OpenWindow] = field(default_factory=dict)

    def spot_of(self, asset: Asset) -> Spot:
        """The signals of ``asset``."""
        spot = self.spots.get(asset)
        if spot is None:
            spot = self.spots[asset] = Spot(self.params)
        return spot

    def open(self, window: Window, rules: Rules) -> OpenWindow:
        """A window became known."""
        return self.windows.setdefault(window.slug, OpenWindow(window, rules))

    def fix_strike(self, slug: str, strike: float, source: Source) -> None:
        """A window's strike became known; a better source replaces a worse one."""
        known = self.windows.get(slug)
        if known is not None and _RANK[source] <= _RANK[known.strike_source]:
            known.strike, known.strike_source = strike, source

    def close(self, slug: str) -> None:
        """A window settled."""
        self.windows.pop(slug, None)

    def view(
        self,
        known: OpenWindow,
        *,
        now_ns: int,
        up: Book | None,
        down: Book | None,
        open_sides: frozenset[Outcome],
        cash_micro: int,
    ) -> View | Skip:
        """The view of a window now, or what is missing for one."""
        spot = self.spot_of(known.window.series.asset)
        basis, noise, basis_ns = self._basis(known, spot, now_ns)
        return see(
            now_ns=now_ns,
            window=known.window,
            rules=known.rules,
            strike=known.strike,
            spot=spot.price,
            spot_ns=spot.received_ns,
            volatility=spot.volatility.value if spot.volatility.ready else None,
            basis=basis,
            noise=noise,
            basis_ns=basis_ns,
            averaged=_averaged(known, spot, now_ns),
            up=up,
            down=down,
            book_ns=known.book_ns,
            open_sides=open_sides,
            cash_micro=cash_micro,
            spot_grid=known.window.series.asset.spot_step,
        )

    @staticmethod
    def _basis(known: OpenWindow, spot: Spot, now_ns: int) -> tuple[float | None, float, int]:
        if known.spot_is_reference:
            return 0.0, 0.0, now_ns
        averaging_s = known.rules.settlement.averaging_s
        basis = spot.bases.get(averaging_s)
        if basis is None or not basis.ready or basis.abnormal:
            return None, 0.0, 0
        return basis.value, basis.uncertainty, spot.basis_ns[averaging_s]


def _averaged(known: OpenWindow, spot: Spot, now_ns: int) -> float | None:
    start_ns = known.window.end_ns - known.rules.settlement.averaging_s * NS
    return spot.average.mean(start_ns, now_ns) if start_ns <= now_ns else None


_RANK = {source: rank for rank, source in enumerate(Source)}
