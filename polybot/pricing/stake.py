"""How many shares a stake buys."""

from polybot.domain.book import Book
from polybot.domain.fees import FeeSchedule
from polybot.domain.money import PRICE_SCALE
from polybot.domain.tick import round_size_down


def shares_for_stake(book: Book, *, stake_micro: int, fee: FeeSchedule) -> int:
    """How many micro-shares ``stake_micro`` buys at once: whole hundredths of a share.

    The stake bounds the purchase with its fees at the worst price touched, so it holds even if
    every share filled there. A thin book gives what it holds, an empty one 0.
    """
    held, best = 0, 0
    for level in book.asks:
        held += level.size_micro
        price = level.price_e4 / PRICE_SCALE
        payable = int(stake_micro / (price + fee.per_share(price)))
        best = max(best, round_size_down(min(held, payable)))
        if payable <= held:
            break
    return best
