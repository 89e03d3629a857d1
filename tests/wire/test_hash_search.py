"""Finding the tick size and last trade price that a recorded book lacks."""

import msgspec
import pytest

from polybot.domain.book import Level
from polybot.wire.book_hash import book_hash, hashed_head
from polybot.wire.hash_search import TICKS, Found, HashSearch
from polybot.wire.market_channel.events import BookEvent


def a_book(
    found: Found, *, ms: int = 1_790_000_000_123, size: str = "20", token: str = "12345"
) -> BookEvent:
    """A book without the two fields, whose hash was made with them."""
    text = f'[{{"price":"0.49","size":"{size}"}}]'
    event = BookEvent(
        market="0xabc",
        asset_id=token,
        venue_ns=ms * 1_000_000,
        bids=(Level(4_900, int(size) * 1_000_000),),
        asks=(),
        bids_text=text,
        asks_text="[]",
    )
    head = hashed_head(
        market="0xabc",
        asset_id=token,
        venue_ns=event.venue_ns,
        bids_text=text,
        asks_text="[]",
    )
    venue_hash = book_hash(head, tick_size=found.tick_size, last_trade_price=found.last_trade_price)
    return msgspec.structs.replace(event, venue_hash=venue_hash)


@pytest.mark.parametrize("tick", TICKS)
@pytest.mark.parametrize("trade", ["0.000", "0.001", "0.490", "0.510", "0.737", "1.000", ""])
def test_every_tick_and_last_trade_is_found(tick: str, trade: str) -> None:
    assert HashSearch().find(a_book(Found(tick, trade))) == Found(tick, trade)


def test_a_changed_size_is_noticed() -> None:
    book = a_book(Found("0.01", "0.500"))
    forged = msgspec.structs.replace(book, bids_text=book.bids_text.replace("20", "21"))

    assert HashSearch().find(forged) is None


def test_a_book_without_a_hash_cannot_be_believed() -> None:
    book = msgspec.structs.replace(a_book(Found("0.01", "0.500")), venue_hash="")

    assert HashSearch().find(book) is None


def test_a_search_goes_on_after_a_forged_book() -> None:
    search = HashSearch()
    genuine = [a_book(Found("0.01", "0.737"), size=str(size)) for size in range(1, 4)]

    search.find(genuine[0])
    assert search.find(msgspec.structs.replace(genuine[1], venue_hash="0" * 40)) is None
    assert search.find(genuine[2]) == Found("0.01", "0.737")


def test_the_tick_and_the_last_trade_may_change_from_book_to_book() -> None:
    search = HashSearch()
    truth = [Found("0.01", "0.960"), Found("0.001", "0.961"), Found("0.001", "0.039")] * 5

    assert [search.find(a_book(each)) for each in truth] == truth


def test_tokens_do_not_disturb_each_other() -> None:
    search = HashSearch()
    books = [
        a_book(Found("0.01", "0.300"), token="1"),
        a_book(Found("0.001", "0.700"), token="2"),
    ]

    assert [search.find(book).last_trade_price for book in books * 2] == ["0.300", "0.700"] * 2


def test_what_the_message_states_is_not_searched_for() -> None:
    book = a_book(Found("0.01", "0.500"))
    wrong = msgspec.structs.replace(book, tick_size="0.001")
    right = msgspec.structs.replace(book, tick_size="0.01", last_trade_price="0.500")

    assert HashSearch().find(wrong) is None
    assert HashSearch().find(right) == Found("0.01", "0.500")
