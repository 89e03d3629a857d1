"""Orders leave one by one: not twice, not too fast, not too many at a time."""

from dataclasses import dataclass

from polybot.domain.series import NS
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState

_MINUTE_NS = 60 * NS
_HOUR_NS = 3_600 * NS


@dataclass(frozen=True, slots=True)
class OpenOrders:
    """Refuses one more order than may be out at once; those of unknown fate are out."""

    most: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        out = len(state.exposure.working)
        if state.is_exit(proposal) or out < self.most:
            return None
        return f"{out} orders are out, the limit is {self.most}"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Refuses a second order on the same token and side: while one is out, and shortly after."""

    within_ns: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if state.is_exit(proposal):
            return None
        exposure, token = state.exposure, proposal.token
        if exposure.orders(token, is_buy=proposal.is_buy):
            return "an order on the same token and side is out"
        sent_ns = exposure.sent_ns.get((token, proposal.is_buy))
        if sent_ns is None or proposal.now_ns - sent_ns >= self.within_ns:
            return None
        ago = (proposal.now_ns - sent_ns) / NS
        return f"the same was sent {ago:.3f} s ago, {self.within_ns / NS:g} s must pass"


@dataclass(frozen=True, slots=True)
class OrderRate:
    """Refuses an order over so many in any second, and in any minute."""

    per_second: int
    per_minute: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if state.is_exit(proposal):
            return None
        counters, now_ns = state.counters, proposal.now_ns
        for most, span_ns, name in (
            (self.per_second, NS, "second"),
            (self.per_minute, _MINUTE_NS, "minute"),
        ):
            sent = counters.in_last(counters.orders_ns, span_ns, now_ns)
            if not sent < most:
                return f"{sent} orders left within the last {name}, the limit is {most}"
        return None


@dataclass(frozen=True, slots=True)
class TradesPerHour:
    """Refuses a purchase that could become one trade too many in any hour."""

    most: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if state.is_exit(proposal):
            return None
        counters = state.counters
        done = counters.in_last(counters.trades_ns, _HOUR_NS, proposal.now_ns)
        out = state.exposure.working.values()
        may_be = sum(order.is_buy and not order.has_filled for order in out)
        if done + may_be < self.most:
            return None
        return f"{done} trades in an hour and {may_be} that may be, the limit is {self.most}"
