"""One rule for each reason to halt: while it lasts nothing is bought.

A kill and an emergency stop sales as well. Whether a halt is on is decided where things are
counted (``risk/brakes.py``).
"""

from typing import ClassVar

from polybot.domain.series import NS
from polybot.risk.halts import Reason
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


class _Halted:
    reason: ClassVar[Reason]
    stops_exits: ClassVar[bool] = False

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        halt = state.halt(self.reason)
        if halt is None or (state.is_exit(proposal) and not self.stops_exits):
            return None
        if halt.until_ns is None:
            return f"{halt.sentence}; until it is released"
        return f"{halt.sentence}; for {(halt.until_ns - proposal.now_ns) / NS:.0f} s more"


class Killed(_Halted):
    """Refuses everything after a kill, until a release."""

    reason = "kill"
    stops_exits = True


class EmergencyStop(_Halted):
    """Refuses everything once equity has fallen so far that something must be wrong."""

    reason = "emergency"
    stops_exits = True


class DrawdownStop(_Halted):
    """Refuses purchases once equity has fallen too far below its highest."""

    reason = "drawdown"


class OperatorPause(_Halted):
    """Refuses purchases while the operator wants none."""

    reason = "operator"


class CircuitBreaker(_Halted):
    """Refuses purchases during the cool-down after much was lost within minutes."""

    reason = "breaker"


class LossPerHour(_Halted):
    """Refuses purchases until the next hour."""

    reason = "loss_per_hour"


class LossPerDay(_Halted):
    """Refuses purchases until the next UTC day."""

    reason = "loss_per_day"


class LossPerWeek(_Halted):
    """Refuses purchases until Monday, UTC."""

    reason = "loss_per_week"


class LossPerMonth(_Halted):
    """Refuses purchases until the next month, UTC."""

    reason = "loss_per_month"


class ConsecutiveLosses(_Halted):
    """Refuses purchases during the pause after too many losses in a row."""

    reason = "consecutive_losses"


class SettlementFailures(_Halted):
    """Refuses everything while fills fail to settle: what is held may not be ours to sell."""

    reason = "settlement_failures"
    stops_exits = True
