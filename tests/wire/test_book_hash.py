"""The venue's checksum, against a vector that the venue's own utility gave."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Level
from polybot.wire.book_hash import Digest, book_hash, hashed_head, levels_text
from polybot.wire.market_channel.levels import side

BIDS = (Level(4_800, 30_000_000), Level(4_900, 20_000_000))
ASKS = (Level(5_200, 25_000_000), Level(5_100, 60_000_000))


def a_head(
    bids: tuple[Level, ...] = BIDS, asks: tuple[Level, ...] = ASKS, size: str = "5"
) -> Digest:
    return hashed_head(
        market="0xabc",
        asset_id="12345",
        venue_ns=1_790_000_000_123_000_000,
        bids_text=levels_text(bids),
        asks_text=levels_text(asks),
        min_order_size=size,
    )


def test_the_vector_of_the_venues_utility() -> None:
    found = book_hash(a_head(), tick_size="0.01", last_trade_price="0.500")

    assert found == "73866c8042728efb43fe50c3f648c818e8a6ecb6"


def test_every_field_counts() -> None:
    hashes = {
        book_hash(a_head(), tick_size="0.01", last_trade_price="0.500"),
        book_hash(a_head(), tick_size="0.001", last_trade_price="0.500"),
        book_hash(a_head(), tick_size="0.01", last_trade_price="0.501"),
        book_hash(a_head(), tick_size="0.01", last_trade_price="0.500", neg_risk=True),
        book_hash(a_head(size="1"), tick_size="0.01", last_trade_price="0.500"),
        book_hash(a_head(bids=BIDS[::-1]), tick_size="0.01", last_trade_price="0.500"),
        book_hash(a_head(asks=()), tick_size="0.01", last_trade_price="0.500"),
    }

    assert len(hashes) == 7


def test_a_head_can_be_finished_many_times() -> None:
    head = a_head()

    first, other, again = (
        book_hash(head, tick_size="0.01", last_trade_price=trade)
        for trade in ("0.500", "0.510", "0.500")
    )

    assert first == again != other


def test_a_hash_is_a_sha1() -> None:
    text = (
        '{"market":"0xabc","asset_id":"12345","timestamp":"1790000000123","hash":"","bids":[],'
        '"asks":[],"min_order_size":"5","tick_size":"0.01","neg_risk":false,'
        '"last_trade_price":"0.500"}'
    )
    found = book_hash(a_head(bids=(), asks=()), tick_size="0.01", last_trade_price="0.500")

    assert found == hashlib.sha1(text.encode()).hexdigest()


@given(st.dictionaries(st.integers(1, 9_999), st.integers(1, 10**17), max_size=20))
def test_levels_written_for_the_hash_are_read_back_the_same(by_price: dict[int, int]) -> None:
    worst_first = [Level(*each) for each in sorted(by_price.items())]

    levels, text = side(levels_text(worst_first).encode(), is_bid=True)

    assert levels == tuple(reversed(worst_first))
    assert text == levels_text(worst_first)


def test_levels_are_written_without_superfluous_zeros() -> None:
    written = levels_text([Level(1_000, 10_421_000_000), Level(4_725, 12_480_060_000)])

    expected = '[{"price":"0.1","size":"10421"},{"price":"0.4725","size":"12480.06"}]'
    assert written == expected
