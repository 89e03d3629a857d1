"""We do not trade with ourselves, nor buy both outcomes for more than they can pay."""

from polybot.domain.money import MICRO, PRICE_SCALE, pusd
from polybot.execution.ledger import Token
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


class OpposingOrder:
    """Refuses an order against one of our own that is out."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if state.exposure.orders(proposal.token, is_buy=not proposal.is_buy):
            other = "sale" if proposal.is_buy else "purchase"
            return f"a {other} of the same token is out"
        return None


class BothOutcomes:
    """Refuses to buy a token whose mirror we hold or buy, where both cost one pUSD or more."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if not proposal.is_buy:
            return None
        slug, side = proposal.token
        own = _a_share(proposal.stake_micro, proposal.size_micro)
        both = [own + other for other in _costs(Token(slug, side.mirror), proposal, state)]
        if all(cost < MICRO for cost in both):
            return None
        return f"both outcomes would cost {pusd(max(both))} pUSD a share, and pay 1"


def _costs(token: Token, proposal: Proposal, state: RiskState) -> list[int]:
    """What a share of a token costs, with its fee: as held, and as ordered."""
    costs = [
        _a_share(order.stake_micro, order.size_micro)
        for order in state.exposure.orders(token, is_buy=True)
        if order.size_micro
    ]
    held = state.exposure.ledger.holdings.get(token)
    if held is not None and held.size_micro:
        price_e4 = min(held.cost_micro * PRICE_SCALE // held.size_micro, PRICE_SCALE - 1)
        fee = proposal.rules.fee.fee_micro(max(price_e4, 1), held.size_micro)
        costs.append(_a_share(held.cost_micro + fee, held.size_micro))
    return costs


def _a_share(amount_micro: int, size_micro: int) -> int:
    """Micro-pUSD a share, rounded up."""
    return -(-amount_micro * MICRO // size_micro)
