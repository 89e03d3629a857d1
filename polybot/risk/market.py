"""The market of the token that an order is about, as last heard."""

from dataclasses import dataclass

from polybot.domain.money import cost_micro


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Best prices and sizes, and how long ago they were heard; None where nothing is known.

    Prices in 1/10,000 pUSD, sizes in micro-shares, ages in nanoseconds: negative when what was
    heard claims to be from the future.
    """

    bid_e4: int | None = None
    bid_size_micro: int | None = None
    ask_e4: int | None = None
    ask_size_micro: int | None = None
    book_age_ns: int | None = None
    spot_age_ns: int | None = None

    @property
    def bid_micro(self) -> int | None:
        """pUSD that wait at the best bid."""
        return _worth(self.bid_e4, self.bid_size_micro)

    @property
    def ask_micro(self) -> int | None:
        """pUSD that wait at the best ask."""
        return _worth(self.ask_e4, self.ask_size_micro)


UNKNOWN = Market()


def _worth(price_e4: int | None, size_micro: int | None) -> int | None:
    return None if price_e4 is None or size_micro is None else cost_micro(price_e4, size_micro)
