"""The one door: every order of every strategy passes here, in backtests and live alike.

It decides at once and never holds an order. A refusal is a native OrderDenied with a sentence.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

from nautilus_trader.model import ExecAlgorithmId, OrderFilled
from nautilus_trader.trading import ExecutionAlgorithm, ExecutionAlgorithmConfig

from polybot.config.limits import raised
from polybot.config.risk import Risk
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.engine.failures import FailLoud, Failures
from polybot.engine.market import market_of
from polybot.engine.proposals import filled_of, proposal_of
from polybot.engine.topics import SETTLEMENT_FAILED, WINDOW_SETTLED
from polybot.errors import ConfigError
from polybot.execution.ledger import Ledger, payouts_e6
from polybot.risk.bookings import Bookings
from polybot.risk.brakes import BrakeLimits, Brakes
from polybot.risk.build import brake_limits, gate_rules
from polybot.risk.exposure import Exposure
from polybot.risk.proposal import Proposal
from polybot.risk.refusal import Refusal
from polybot.risk.rules.freshness import SpotAge
from polybot.risk.rules.rule import Rule
from polybot.risk.rules.slippage import Slippage
from polybot.risk.state import RiskState

GATE = ExecAlgorithmId("RISK")


class GateRecord(NamedTuple):
    """What the gate answered to one order."""

    ts_ns: int
    order_id: str
    refusal: Refusal | None
    alert: str = ""
    """What the operator should know of an order that passed."""


class RiskGateConfig(ExecutionAlgorithmConfig):
    """The rules in reading order, the ledger and the brakes they judge by, the venue's rules."""

    def __new__(cls, **_: Any) -> Self:
        """Nautilus' own fields alone."""
        return super().__new__(cls, exec_algorithm_id=GATE)  # type: ignore[call-arg]

    def __init__(
        self,
        *,
        rules: Sequence[Rule],
        ledger: Ledger,
        rulebook: Rulebook,
        failures: Failures,
        brakes: Brakes | None = None,
        risk: Risk | None = None,
    ) -> None:
        self.rules = tuple(rules)
        self.ledger = ledger
        self.rulebook = rulebook
        self.failures = failures
        self.brakes = brakes or Brakes.of(BrakeLimits(), ledger.equity_micro)
        self.risk = risk or Risk()


class RiskGate(FailLoud, ExecutionAlgorithm):
    """Refuses an order with a sentence, or lets it leave; books what it filled."""

    def __init__(self, config: RiskGateConfig) -> None:
        super().__init__(config)
        self.failures = config.failures
        self.brakes = config.brakes
        self.records: list[GateRecord] = []
        self._bookings = Bookings(config.ledger, config.brakes)
        self.rules = config.rules
        self._rulebook = config.rulebook
        self._risk = config.risk

    @property
    def exposure(self) -> Exposure:
        """What is at risk now."""
        return self._bookings.exposure

    def lower(self, risk: Risk) -> None:
        """Judge by stricter limits from now on; ConfigError names every one that would rise."""
        higher = raised(self._risk, risk)
        if higher:
            raise ConfigError(
                f"while running limits can only be lowered; these would rise: {', '.join(higher)}: "
                "stop, and start with the new settings"
            )
        on_spot = any(isinstance(rule, SpotAge) for rule in self.rules)
        self._risk, self.rules = risk, gate_rules(risk, rests_on_spot=on_spot)
        self.brakes.limits = brake_limits(risk)

    def on_start(self) -> None:
        self.subscribe_topic(WINDOW_SETTLED, self.on_window_settled)
        self.subscribe_topic(SETTLEMENT_FAILED, self.on_settlement_failed)

    def on_order(self, order: Any) -> None:
        cache: Any = self.cache
        proposal = proposal_of(order, cache.instrument(order.instrument_id), self._rulebook)
        state = self._state(proposal)
        refusal = self._judge(proposal, state)
        alert = "" if refusal else self._alert(proposal, state)
        self.records.append(GateRecord(proposal.now_ns, proposal.order_id, refusal, alert))
        if refusal is not None:
            self.deny_order(order, f"{refusal.rule}: {refusal.sentence}")
            return
        self._bookings.left(proposal)
        self.submit_order(order)

    def on_order_filled(self, event: OrderFilled) -> None:
        fill = filled_of(event)
        self._bookings.filled(fill)
        cache: Any = self.cache
        order = cache.order(event.client_order_id)
        if order is not None and order.is_closed:
            self._bookings.ended(fill.order_id)

    def on_order_canceled(self, event: Any) -> None:
        self._bookings.ended(event.client_order_id.value)

    def on_order_rejected(self, event: Any) -> None:
        self._bookings.ended(event.client_order_id.value)

    def on_order_denied(self, event: Any) -> None:
        self._bookings.ended(event.client_order_id.value)

    def on_order_expired(self, event: Any) -> None:
        self._bookings.ended(event.client_order_id.value)

    def on_window_settled(self, settled: Any) -> None:
        """A window's payout is ours to spend; takes a WindowSettled."""
        clock: Any = self.clock
        payouts = payouts_e6(settled.winner)
        self._bookings.settled(clock.timestamp_ns(), settled.slug, payouts)

    def on_settlement_failed(self, failed: Any) -> None:
        """A purchase came to nothing on chain; takes a SettlementFailed."""
        self._bookings.failed(failed.ts_ns, failed.slug)

    def _judge(self, proposal: Proposal, state: RiskState) -> Refusal | None:
        for rule in self.rules:
            sentence = rule.check(proposal, state)
            if sentence is not None:
                return Refusal(type(rule).__name__, sentence)
        return None

    def _alert(self, proposal: Proposal, state: RiskState) -> str:
        told = (rule.alert(proposal, state) for rule in self.rules if isinstance(rule, Slippage))
        return next(told, "")

    def _state(self, proposal: Proposal) -> RiskState:
        window, (_, side) = proposal.window, proposal.token
        return RiskState(
            exposure=self.exposure,
            counters=self.brakes.counters,
            market=market_of(self.cache, window, side, proposal.now_ns),
            halts=self.brakes.halts(proposal.now_ns),
        )
