"""What a purchase is expected to earn per share, at the price that its size really pays."""

from dataclasses import dataclass

from polybot.domain.book import Book
from polybot.domain.fees import FeeSchedule
from polybot.domain.money import PRICE_SCALE

# The venue rounds each fill's fee down by up to 0.00001 pUSD: worth this much per share at most,
# counting ten fills of a purchase of one share.
_ROUNDING = 0.0001


@dataclass(frozen=True, slots=True)
class Edge:
    """Expected profit of buying ``size_micro`` at once: ``fair - price - fee``.

    ``per_share``, ``price`` (average) and ``fee`` are pUSD per share; ``worst_price_e4`` is the
    last price touched, the limit that makes the purchase possible.
    """

    per_share: float
    price: float
    fee: float
    size_micro: int
    worst_price_e4: int


def edge_of_buying(book: Book, *, size_micro: int, fair: float, fee: FeeSchedule) -> Edge | None:
    """The edge of taking ``size_micro`` from the asks, or None when they do not hold it."""
    taking = book.taking(size_micro)
    if taking is None:
        return None
    fee_per_share = buying_fee_micro(book, size_micro=size_micro, fee=fee) / size_micro
    return Edge(
        per_share=fair - taking.average_price - fee_per_share,
        price=taking.average_price,
        fee=fee_per_share,
        size_micro=size_micro,
        worst_price_e4=taking.worst_price_e4,
    )


def buying_fee_micro(book: Book, *, size_micro: int, fee: FeeSchedule) -> int:
    """The taker fee of buying ``size_micro``, rounded per fill as the venue does (micro-pUSD)."""
    left, total = size_micro, 0
    for level in book.asks:
        taken = min(left, level.size_micro)
        total += fee.fee_micro(level.price_e4, taken)
        left -= taken
        if left == 0:
            break
    return total


def could_pay(fair: float, ask_e4: int, fee: FeeSchedule, *, min_edge: float) -> bool:
    """Whether any size could reach ``min_edge`` at a best ask of ``ask_e4``.

    Cheap, and never False where ``edge_of_buying`` of a share or more would reach it: price and
    fee together only grow with depth. A shell asks this before it builds a view.
    """
    ask = ask_e4 / PRICE_SCALE
    return fair - ask - fee.per_share(ask) + _ROUNDING >= min_edge
