"""The best bid and ask of one token, both there, with the time they were known."""

from dataclasses import dataclass

from polybot.domain.book import Book
from polybot.domain.money import PRICE_SCALE
from polybot.errors import DomainError


@dataclass(frozen=True, slots=True)
class Quote:
    """Both sides of a book's top; a one-sided book has no quote.

    Prices in 1/10,000 pUSD, strictly between 0 and 1; sizes in micro-shares; ``ts_ns`` is when
    we knew. A crossed quote can be built: a feed shows one now and then.
    """

    bid_e4: int
    bid_size_micro: int
    ask_e4: int
    ask_size_micro: int
    ts_ns: int

    def __post_init__(self) -> None:
        if not (0 < self.bid_e4 < PRICE_SCALE and 0 < self.ask_e4 < PRICE_SCALE):
            raise DomainError(
                f"`bid_e4` and `ask_e4` must lie between 0 and {PRICE_SCALE}, "
                f"were {self.bid_e4} and {self.ask_e4}"
            )

    @classmethod
    def of(cls, book: Book, ts_ns: int) -> "Quote | None":
        """The top of a book, or None when a side of it is empty."""
        bid, ask = book.best_bid, book.best_ask
        if bid is None or ask is None:
            return None
        return cls(bid.price_e4, bid.size_micro, ask.price_e4, ask.size_micro, ts_ns)

    @property
    def mid(self) -> float:
        """Halfway between bid and ask, in pUSD."""
        return (self.bid_e4 + self.ask_e4) / (2 * PRICE_SCALE)

    @property
    def spread(self) -> float:
        """Ask minus bid, in pUSD; negative when crossed."""
        return (self.ask_e4 - self.bid_e4) / PRICE_SCALE

    @property
    def mirror(self) -> "Quote":
        """The other token's quote: bid p is its ask 1 - p, with the same size."""
        return Quote(
            bid_e4=PRICE_SCALE - self.ask_e4,
            bid_size_micro=self.ask_size_micro,
            ask_e4=PRICE_SCALE - self.bid_e4,
            ask_size_micro=self.bid_size_micro,
            ts_ns=self.ts_ns,
        )
