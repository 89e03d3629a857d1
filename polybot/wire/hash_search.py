"""Verifying books whose message lacks the tick size and the last trade price: a bounded search."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from polybot.wire.book_hash import hashed_head, with_last_trade, with_tick
from polybot.wire.market_channel.events import BookEvent

TICKS = ("0.01", "0.001", "0.1", "0.005", "0.0025", "0.0001")
MILLS = 1_000
REMEMBERED = 8

_TEXTS = tuple(f"{mill / MILLS:.3f}" for mill in range(MILLS + 1))
# How a market without a trade, or an older writer, may put it.
_ODD = ("", "0", "0.5", "1")


class Found(NamedTuple):
    """What a book's hash says of the two fields that its message lacks."""

    tick_size: str
    last_trade_price: str


class HashSearch:
    """Finds the two fields, starting from what the token's earlier books had.

    At most six tick sizes and every last trade price in mills are tried: milliseconds for a book
    that is not authentic, and a few hashes for one that is.
    """

    def __init__(self) -> None:
        self._recent: dict[str, tuple[Found, ...]] = {}

    def find(self, event: BookEvent) -> Found | None:
        """The fields under which the book has the hash it claims; None: it is not authentic."""
        recent = self._recent.get(event.asset_id, ())
        found = next(_matches(event, recent), None)
        if found and found != (recent[0] if recent else None):
            others = tuple(each for each in recent if each != found)
            self._recent[event.asset_id] = (found, *others[: REMEMBERED - 1])
        return found


def _matches(event: BookEvent, recent: tuple[Found, ...]) -> Iterator[Found]:
    head = hashed_head(
        market=event.market,
        asset_id=event.asset_id,
        venue_ns=event.venue_ns,
        bids_text=event.bids_text,
        asks_text=event.asks_text,
        min_order_size=event.min_order_size or "5",
    )
    for tick in _ticks(event, recent):
        digest = with_tick(head, tick_size=tick, neg_risk=bool(event.neg_risk))
        for trade in _trades(event, recent):
            if with_last_trade(digest, trade) == event.venue_hash:
                yield Found(tick, trade)


def _ticks(event: BookEvent, recent: tuple[Found, ...]) -> Iterable[str]:
    if event.tick_size is not None:
        return (event.tick_size,)
    return dict.fromkeys((*(found.tick_size for found in recent), *TICKS))


def _trades(event: BookEvent, recent: tuple[Found, ...]) -> Iterable[str]:
    if event.last_trade_price is not None:
        return (event.last_trade_price,)
    remembered = dict.fromkeys(found.last_trade_price for found in recent)
    anchors = _touches(event)
    return chain(remembered, _outward(anchors, step=10), _outward(anchors, step=1), _ODD)


def _touches(event: BookEvent) -> tuple[int, ...]:
    """Where a trade most likely was, in mills: at the touch, of this token or of its mirror."""
    sides = ((event.bids, 0), (event.asks, MILLS))
    own = [side[0].price_e4 // 10 if side else empty for side, empty in sides]
    return tuple(dict.fromkeys((*own, *(MILLS - mill for mill in own))))


def _outward(anchors: tuple[int, ...], *, step: int) -> Iterator[str]:
    """Last trade prices by distance from the anchors, each once."""
    seen: set[int] = set()
    for distance in range(0, MILLS + 1, step):
        for anchor in anchors:
            for mill in (anchor - distance, anchor + distance):
                if 0 <= mill <= MILLS and mill not in seen:
                    seen.add(mill)
                    yield _TEXTS[mill]
