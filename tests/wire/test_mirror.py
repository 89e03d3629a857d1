"""Up and down are one book seen from both ends."""

from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Level
from polybot.wire.market_channel.events import (
    BestBidAskEvent,
    BookEvent,
    Change,
    LastTradeEvent,
    TickSizeEvent,
    TokenChanges,
)
from polybot.wire.mirror import (
    mirror_book,
    mirror_change,
    mirror_changes,
    mirror_tick,
    mirror_touch,
    mirror_trade,
)

levels = st.dictionaries(st.integers(1, 9_999), st.integers(1, 10**12), max_size=20)
changes = st.builds(Change, st.booleans(), st.integers(1, 9_999), st.integers(0, 10**12))


def a_book(bids: dict[int, int], asks: dict[int, int]) -> BookEvent:
    return BookEvent(
        market="0xc0",
        asset_id="up",
        venue_ns=5,
        bids=tuple(Level(*each) for each in sorted(bids.items(), reverse=True)),
        asks=tuple(Level(*each) for each in sorted(asks.items())),
        venue_hash="ab",
    )


def test_the_ask_of_one_token_is_the_bid_of_the_other() -> None:
    down = mirror_book(a_book(bids={4_900: 20}, asks={5_100: 60, 5_200: 25}), "down")

    assert down.asset_id == "down"
    assert down.bids == (Level(4_900, 60), Level(4_800, 25))
    assert down.asks == (Level(5_100, 20),)


@given(levels, levels)
def test_a_book_mirrored_twice_is_the_book_and_stays_best_first(
    bids: dict[int, int], asks: dict[int, int]
) -> None:
    book = a_book(bids, asks)
    down = mirror_book(book, "down")

    assert list(down.bids) == sorted(down.bids, reverse=True)
    assert list(down.asks) == sorted(down.asks)
    assert mirror_book(down, "up").book == book.book


def test_a_derived_book_claims_no_hash() -> None:
    down = mirror_book(a_book({4_900: 20}, {}), "down")

    assert (down.venue_hash, down.bids_text, down.asks_text) == ("", "", "")


@given(changes)
def test_a_change_mirrored_twice_is_the_change(change: Change) -> None:
    mirrored = mirror_change(change)

    assert mirrored.is_bid is not change.is_bid
    assert mirrored.price_e4 + change.price_e4 == 10_000
    assert mirror_change(mirrored) == change


def test_the_changes_of_the_venues_example_mirror_each_other() -> None:
    up = TokenChanges("12345", (Change(True, 4_900, 0),), "9f01", 4_800, 5_100)

    down = TokenChanges("67890", (Change(False, 5_100, 0),), "", 4_900, 5_200)
    assert mirror_changes(up, "67890") == down


def test_who_buys_one_token_sells_the_other() -> None:
    trade = LastTradeEvent("0xc0", "up", 5, 5_100, 12_500_000, True, "0xaa")

    mirrored = mirror_trade(trade, "down")
    assert mirrored == LastTradeEvent("0xc0", "down", 5, 4_900, 12_500_000, False, "0xaa")


def test_an_empty_side_stays_empty() -> None:
    touch = BestBidAskEvent("0xc0", "up", 5, None, 5_100)

    assert mirror_touch(touch, "down") == BestBidAskEvent("0xc0", "down", 5, 4_900, None)


def test_both_tokens_share_the_grid() -> None:
    tick = TickSizeEvent("0xc0", "up", 5, 100, 10)

    assert mirror_tick(tick, "down") == TickSizeEvent("0xc0", "down", 5, 100, 10)
