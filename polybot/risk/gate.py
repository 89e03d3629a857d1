"""The one door: every order of every strategy passes here, in backtests and live alike.

It decides at once and never holds an order. A refusal is a native OrderDenied with a sentence.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

from nautilus_trader.model import ExecAlgorithmId, OrderFilled, TimeInForce
from nautilus_trader.trading import ExecutionAlgorithm, ExecutionAlgorithmConfig

from polybot.domain.money import cost_micro
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.engine.failures import FailLoud, Failures
from polybot.engine.instruments import price_e4, size_micro, window_and_side
from polybot.engine.topics import WINDOW_SETTLED
from polybot.execution.ledger import Ledger, Token, payouts_e6
from polybot.risk.exposure import Exposure
from polybot.risk.proposal import Proposal
from polybot.risk.refusal import Refusal
from polybot.risk.rules.rule import Rule

GATE = ExecAlgorithmId("RISK")


class GateRecord(NamedTuple):
    """What the gate answered to one order."""

    ts_ns: int
    order_id: str
    refusal: Refusal | None


class RiskGateConfig(ExecutionAlgorithmConfig):
    """The rules in reading order, the ledger they judge by, and the venue's own rules."""

    def __new__(cls, **_: Any) -> Self:
        """Nautilus' own fields alone."""
        return super().__new__(cls, exec_algorithm_id=GATE)  # type: ignore[call-arg]

    def __init__(
        self, *, rules: Sequence[Rule], ledger: Ledger, rulebook: Rulebook, failures: Failures
    ) -> None:
        self.rules = tuple(rules)
        self.ledger = ledger
        self.rulebook = rulebook
        self.failures = failures


class RiskGate(FailLoud, ExecutionAlgorithm):
    """Refuses an order with a sentence, or lets it leave; books what it filled."""

    def __init__(self, config: RiskGateConfig) -> None:
        super().__init__(config)
        self.failures = config.failures
        self.ledger = config.ledger
        self.exposure = Exposure(config.ledger)
        self.records: list[GateRecord] = []
        self._rules = config.rules
        self._rulebook = config.rulebook

    def on_start(self) -> None:
        self.subscribe_topic(WINDOW_SETTLED, self.on_window_settled)

    def on_order(self, order: Any) -> None:
        proposal = self._proposal(order)
        refusal = self._judge(proposal)
        self.records.append(GateRecord(proposal.now_ns, proposal.order_id, refusal))
        if refusal is not None:
            self.deny_order(order, f"{refusal.rule}: {refusal.sentence}")
            return
        self.exposure.left(proposal)
        self.submit_order(order)

    def on_order_filled(self, event: OrderFilled) -> None:
        window, side = window_and_side(str(event.instrument_id))
        token, price, size = Token(window.slug, side), price_e4(event.last_px), event.last_qty
        shares, fee = size_micro(size), _micro(event.commission)
        book = self.ledger.buy if event.is_buy else self.ledger.sell
        book(token, price_e4=price, size_micro=shares, fee_micro=fee)
        order_id = event.client_order_id.value
        self.exposure.filled(order_id, cost_micro=cost_micro(price, shares) + fee)
        cache: Any = self.cache
        order = cache.order(event.client_order_id)
        if order is not None and order.is_closed:
            self.exposure.ended(order_id)

    def on_order_canceled(self, event: Any) -> None:
        self.exposure.ended(event.client_order_id.value)

    def on_order_rejected(self, event: Any) -> None:
        self.exposure.ended(event.client_order_id.value)

    def on_order_denied(self, event: Any) -> None:
        self.exposure.ended(event.client_order_id.value)

    def on_order_expired(self, event: Any) -> None:
        self.exposure.ended(event.client_order_id.value)

    def on_window_settled(self, settled: Any) -> None:
        """A window's payout is ours to spend; takes a WindowSettled."""
        self.ledger.settle(settled.slug, payouts_e6(settled.winner))

    def _judge(self, proposal: Proposal) -> Refusal | None:
        for rule in self._rules:
            sentence = rule.check(proposal, self.exposure)
            if sentence is not None:
                return Refusal(type(rule).__name__, sentence)
        return None

    def _proposal(self, order: Any) -> Proposal:
        window, side = window_and_side(str(order.instrument_id))
        now_ns = order.ts_init
        return Proposal(
            order_id=order.client_order_id.value,
            now_ns=now_ns,
            window=window,
            token=Token(window.slug, side),
            is_buy=order.is_buy,
            price_e4=price_e4(order.price),
            size_micro=size_micro(order.quantity),
            takes_at_once=order.time_in_force in (TimeInForce.FOK, TimeInForce.IOC),
            rules=self._rulebook.at(window.series, now_ns, fee_rate_e6=self._own_rate(order)),
        )

    def _own_rate(self, order: Any) -> int | None:
        """The market's own taker rate, as its instrument tells it."""
        cache: Any = self.cache
        rate = cache.instrument(order.instrument_id).info.get("fee_rate_e6")
        return None if rate is None else int(rate)


def _micro(commission: Any) -> int:
    return 0 if commission is None else int(commission.as_decimal().scaleb(6))
