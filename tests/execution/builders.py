"""Orders of ten shares at 0.40, fills of them, and views told in a few words."""

from polybot.domain.money import MICRO, cost_micro
from polybot.domain.outcome import TokenSide
from polybot.execution.account_events import FillSeen, FillStatusSeen
from polybot.execution.events import Event
from polybot.execution.fills import Fill, FillKey, TradeStatus
from polybot.execution.ledger import Token
from polybot.execution.order import Order
from polybot.execution.order_events import (
    CancelAsked,
    CancelRefused,
    Ended,
    Intended,
    Live,
    NotSent,
    ReplyLost,
    Sent,
)
from polybot.execution.order_state import OrderState
from polybot.execution.order_terms import OrderTerms
from polybot.execution.own_view import OwnView

SLUG = "btc-updown-5m-1776081600"
UP = Token(SLUG, TokenSide.UP)
DOWN = Token(SLUG, TokenSide.DOWN)
FEE = 100_000


def terms(
    order_id: str = "o",
    *,
    token: Token = UP,
    is_buy: bool = True,
    price_e4: int = 4_000,
    shares: int = 10,
    rests: bool = True,
    spends_pusd: bool = False,
) -> OrderTerms:
    size = shares * MICRO
    return OrderTerms(
        order_id=order_id,
        token=token,
        is_buy=is_buy,
        limit_e4=price_e4,
        size_micro=size,
        stake_micro=cost_micro(price_e4, size) + FEE if is_buy else 0,
        rests=rests,
        spends_pusd=spends_pusd,
    )


def fill(
    trade_id: str = "t",
    shares: float = 4,
    *,
    order_id: str = "o",
    token: Token = UP,
    is_buy: bool = True,
    price_e4: int = 4_000,
    fee_micro: int = 0,
) -> Fill:
    return Fill(
        key=FillKey(trade_id, order_id),
        token=token,
        is_buy=is_buy,
        price_e4=price_e4,
        size_micro=round(shares * MICRO),
        fee_micro=fee_micro,
    )


def seen(one: Fill, status: TradeStatus = TradeStatus.MATCHED, ns: int = 0) -> FillSeen:
    return FillSeen(one, status, ns)


def told(script: str, of: OrderTerms | None = None) -> OwnView:
    """A view in which an order was intended, and then this happened to it: see `event`."""
    view = OwnView()
    view.apply(Intended(of or terms()))
    for word in script.split():
        view.apply(event(word))
    return view


def order(script: str, of: OrderTerms | None = None) -> Order:
    return told(script, of).orders["o"]


def event(word: str) -> Event:
    """One event, as a word.

    sent, notsent, lost, cancel1, refused1, live3 (at 3 ns), rejected; a4: trade a matched 4
    shares; a: its confirmation; a!: its failure at 5 ns; cancelled, cancelled4: with what
    matched; expired, expired4.
    """
    name, number = word.rstrip("0123456789."), word.lstrip("abcdefghijklmnopqrstuvwxyz!")
    match name:
        case _ if word in _WORDS:
            return _WORDS[word]
        case "live":
            return Live("o", int(number))
        case "cancel":
            return CancelAsked("o", int(number))
        case "refused":
            return CancelRefused("o", int(number))
        case "cancelled" | "expired":
            return Ended("o", OrderState(name), 10, int(number) * MICRO if number else None)
        case _:
            return _trade(word, number)


def _trade(word: str, shares: str) -> Event:
    if shares:
        return seen(fill(word.removesuffix(shares), float(shares)))
    status = TradeStatus.FAILED if word.endswith("!") else TradeStatus.CONFIRMED
    return FillStatusSeen(FillKey(word.rstrip("!"), "o"), status, 5)


_WORDS: dict[str, Event] = {
    "sent": Sent("o"),
    "notsent": NotSent("o"),
    "lost": ReplyLost("o"),
    "rejected": Ended("o", OrderState.REJECTED, 10, 0),
}
