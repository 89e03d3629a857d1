"""The venue's checksum of a book, so that a recording or a reconstruction can be believed.

SHA-1 of compact JSON whose levels stand in wire order with the exact text of the message. The last
two unknowns, tick size and last trade price, come at the end, so trying many is cheap.
"""

import hashlib
from collections.abc import Iterable
from typing import Protocol

from polybot.domain.book import Level


class Digest(Protocol):
    """As much of a ``hashlib`` object as is used here."""

    def update(self, data: bytes, /) -> None:
        """Feed bytes."""

    def copy(self) -> "Digest":
        """The same state, apart from the original."""

    def hexdigest(self) -> str:
        """The digest as text."""


def book_hash(
    head: Digest,
    *,
    tick_size: str,
    last_trade_price: str,
    neg_risk: bool = False,
) -> str:
    """The venue's hash of the book whose first part ``hashed_head`` took in."""
    digest = with_tick(head, tick_size=tick_size, neg_risk=neg_risk)
    return with_last_trade(digest, last_trade_price)


def hashed_head(
    *,
    market: str,
    asset_id: str,
    venue_ns: int,
    bids_text: str,
    asks_text: str,
    min_order_size: str = "5",
) -> Digest:
    """The hash state after all that a recorded book states, before tick size and last trade."""
    head = (
        f'{{"market":"{market}","asset_id":"{asset_id}","timestamp":"{venue_ns // 1_000_000}",'
        f'"hash":"","bids":{bids_text},"asks":{asks_text},"min_order_size":"{min_order_size}",'
    )
    return hashlib.sha1(head.encode(), usedforsecurity=False)


def with_tick(head: Digest, *, tick_size: str, neg_risk: bool) -> Digest:
    """A state that lacks only the last trade price."""
    digest = head.copy()
    risk = "true" if neg_risk else "false"
    digest.update(f'"tick_size":"{tick_size}","neg_risk":{risk},"last_trade_price":"'.encode())
    return digest


def with_last_trade(digest: Digest, last_trade_price: str) -> str:
    """The finished hash."""
    finished = digest.copy()
    finished.update(f'{last_trade_price}"}}'.encode())
    return finished.hexdigest()


def levels_text(levels: Iterable[Level]) -> str:
    """Levels, given in wire order (worst first), as the venue writes them: shortest decimals."""
    inner = ",".join(
        f'{{"price":"{_decimal(level.price_e4, 4)}","size":"{_decimal(level.size_micro, 6)}"}}'
        for level in levels
    )
    return f"[{inner}]"


def _decimal(value: int, places: int) -> str:
    whole, rest = divmod(value, 10**places)
    fraction = f"{rest:0{places}d}".rstrip("0")
    return f"{whole}.{fraction}" if fraction else str(whole)
