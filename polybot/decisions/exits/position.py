"""One position from purchase to payout: shares, money, and how far spot has come since."""

from dataclasses import dataclass, replace

from polybot.decisions.exits.phase import Phase, step
from polybot.domain.outcome import Outcome
from polybot.domain.series import NS, Window
from polybot.domain.tick import SIZE_STEP_MICRO
from polybot.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Tokens of one side of one window.

    ``risk`` is the distance in dollars of spot between entry and stop, one R; ``target`` a gain in
    dollars at which all is sold (a member's bracket), ``best_gain`` the largest gain seen.
    ``paid_micro`` and ``earned_micro`` count fees. What is held cannot be sold before
    ``settled_ns``; ``out_micro`` shares are in a sale that is out.
    """

    window: Window
    outcome: Outcome
    entry_spot: float
    risk: float
    target: float | None = None
    phase: Phase = Phase.PENDING
    bought_micro: int = 0
    sold_micro: int = 0
    resolved_micro: int = 0
    paid_micro: int = 0
    earned_micro: int = 0
    opened_ns: int = 0
    settled_ns: int = 0
    best_gain: float = 0.0
    out_micro: int = 0

    def __post_init__(self) -> None:
        if not (self.entry_spot > 0 and self.risk > 0):
            raise DomainError(
                f"`entry_spot` and `risk` must be positive, were {self.entry_spot!r} "
                f"and {self.risk!r}"
            )

    @property
    def held_micro(self) -> int:
        """Shares neither sold nor resolved."""
        return self.bought_micro - self.sold_micro - self.resolved_micro

    @property
    def profit_micro(self) -> int:
        """What came back minus what was paid, fees included; what is still held counts nothing."""
        return self.earned_micro - self.paid_micro

    def gain(self, spot: float) -> float:
        """How far spot moved towards the outcome since the entry, in dollars."""
        move = spot - self.entry_spot
        return move if self.outcome is Outcome.UP else -move

    def r_multiple(self, spot: float) -> float:
        """The gain in units of the initial risk."""
        return self.gain(spot) / self.risk

    def hours_held(self, now_ns: int) -> float:
        """Hours since the first share was bought; 0 before."""
        return max(0, now_ns - self.opened_ns) / (3_600 * NS) if self.opened_ns else 0.0

    def bought(
        self, shares_micro: int, *, paid_micro: int, ts_ns: int, settled_ns: int
    ) -> "Position":
        """After a fill of the purchase; ``settled_ns`` is when these shares can be sold."""
        phase = Phase.OPEN if self.phase is Phase.PENDING else self.phase
        if phase is Phase.CLOSED or shares_micro <= 0:
            raise DomainError(f"a {self.phase} position cannot buy {shares_micro} micro-shares")
        return replace(
            self,
            phase=phase,
            bought_micro=self.bought_micro + shares_micro,
            paid_micro=self.paid_micro + paid_micro,
            opened_ns=self.opened_ns or ts_ns,
            settled_ns=max(self.settled_ns, settled_ns),
        )

    def entry_ended(self) -> "Position":
        """After the purchase ended: what bought nothing is closed."""
        return self if self.bought_micro else replace(self, phase=step(self.phase, Phase.CLOSED))

    def seen(self, spot: float) -> "Position":
        """After spot moved: remembers the largest gain."""
        gain = self.gain(spot)
        return replace(self, best_gain=gain) if gain > self.best_gain else self

    def selling(self, shares_micro: int) -> "Position":
        """After a sale left."""
        if self.phase is not Phase.OPEN or not 0 < shares_micro <= self.held_micro:
            raise DomainError(
                f"a {self.phase} position that holds {self.held_micro} micro-shares cannot sell "
                f"{shares_micro}"
            )
        return replace(self, phase=step(self.phase, Phase.CLOSING), out_micro=shares_micro)

    def sold(self, shares_micro: int, *, earned_micro: int) -> "Position":
        """After a fill of the sale; a rest below 0.01 share cannot be sold and closes it."""
        if not 0 < shares_micro <= self.out_micro:
            raise DomainError(
                f"a sale of {self.out_micro} micro-shares cannot have filled {shares_micro}"
            )
        out, held = self.out_micro - shares_micro, self.held_micro - shares_micro
        after = Phase.CLOSED if held < SIZE_STEP_MICRO else Phase.CLOSING if out else Phase.OPEN
        return replace(
            self,
            phase=step(self.phase, after),
            sold_micro=self.sold_micro + shares_micro,
            earned_micro=self.earned_micro + earned_micro,
            out_micro=0 if after is Phase.CLOSED else out,
        )

    def sale_ended(self) -> "Position":
        """After the sale ended unfilled or in part: the rest is held on. Nothing when it filled."""
        if self.phase is not Phase.CLOSING:
            return self
        return replace(self, phase=step(self.phase, Phase.OPEN), out_micro=0)

    def resolved(self, *, earned_micro: int) -> "Position":
        """After the window's payout of what was held."""
        return replace(
            self,
            phase=step(self.phase, Phase.CLOSED),
            resolved_micro=self.resolved_micro + self.held_micro,
            earned_micro=self.earned_micro + earned_micro,
            out_micro=0,
        )
