"""One purchase weighed: its size, its edge, and what speaks against it."""

from polybot.decisions.intents import Skip, Take
from polybot.decisions.limits import slippage_allowed_e4, spread_allowed_e4
from polybot.decisions.view import View
from polybot.domain.book import Book
from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.domain.outcome import Outcome
from polybot.pricing.edge import Edge, edge_of_buying
from polybot.pricing.stake import shares_for_stake


def purchase(
    view: View, outcome: Outcome, *, fair: float, min_edge: float, stake_pusd: float
) -> Take | Skip:
    """Buying a stake's worth of a token at once, or what is wrong with that.

    ``fair`` is the token's own fair value. Spread and slippage must be within ``limits``.
    """
    book = view.book(outcome)
    if book.best_bid is None or book.best_ask is None or book.is_crossed:
        return Skip(f"the {outcome} book is one-sided or crossed")
    stake_micro = min(round(stake_pusd * MICRO), view.cash_micro)
    size = shares_for_stake(book, stake_micro=stake_micro, fee=view.rules.fee)
    edge = edge_of_buying(book, size_micro=size, fair=fair, fee=view.rules.fee) if size else None
    if edge is None:
        return Skip(f"a stake of {stake_micro / MICRO:.2f} pUSD buys no {outcome} share")
    reason = _refusal(view, book, edge, min_edge)
    return Skip(f"{outcome}: {reason}") if reason else _take(view, outcome, fair, edge)


def _refusal(view: View, book: Book, edge: Edge, min_edge: float) -> str:
    """What is wrong with buying at this edge, or an empty string."""
    bid, ask = book.bids[0].price_e4, book.asks[0].price_e4
    if edge.per_share < min_edge:
        return f"edge {edge.per_share:.4f} at {edge.price:.4f} is below {min_edge:g}"
    if ask - bid > spread_allowed_e4(view.rules, (bid + ask) // 2):
        return f"spread {(ask - bid) / PRICE_SCALE:.4f} is too wide"
    if edge.worst_price_e4 - ask > slippage_allowed_e4(view.rules, ask):
        reach = (edge.worst_price_e4 - ask) / PRICE_SCALE
        return f"the size reaches {reach:.4f} beyond the best ask"
    notional_micro = round(edge.price * edge.size_micro)
    if notional_micro < view.rules.min_marketable_micro_pusd:
        return f"{notional_micro / MICRO:.2f} pUSD is below the venue's minimum"
    return ""


def _take(view: View, outcome: Outcome, fair: float, edge: Edge) -> Take:
    book, other_ask = view.book(outcome), view.book(outcome.other).best_ask
    bid, ask = book.bids[0], book.asks[0]
    return Take(
        window=view.window,
        outcome=outcome,
        shares_micro=edge.size_micro,
        limit_e4=edge.worst_price_e4,
        reason=(
            f"{outcome} is worth {fair:.4f} and costs {edge.price:.4f} plus {edge.fee:.4f} fee, "
            f"{view.seconds_left:.1f} s left"
        ),
        fair=fair,
        edge=edge.per_share,
        mid=(bid.price_e4 + ask.price_e4) / (2 * PRICE_SCALE),
        ask=ask.price_e4 / PRICE_SCALE,
        other_ask=None if other_ask is None else other_ask.price_e4 / PRICE_SCALE,
    )
