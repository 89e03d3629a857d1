"""Quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Book, Level
from polybot.domain.quote import Quote
from polybot.errors import DomainError

inside = st.integers(1, 9_999)
sizes = st.integers(1, 10**12)
quotes = st.builds(Quote, inside, sizes, inside, sizes, st.just(0))


def a_quote(*, bid: int = 4_800, ask: int = 5_000) -> Quote:
    return Quote(bid_e4=bid, bid_size_micro=7, ask_e4=ask, ask_size_micro=9, ts_ns=1)


def test_mid_and_spread_are_pusd() -> None:
    quote = a_quote(bid=4_800, ask=5_000)

    assert quote.mid == pytest.approx(0.49)
    assert quote.spread == pytest.approx(0.02)


def test_the_mirror_sells_what_this_side_bids_for() -> None:
    mirror = a_quote(bid=4_800, ask=5_000).mirror

    assert mirror == Quote(5_000, 9, 5_200, 7, 1)


@given(quotes)
def test_the_mirror_of_the_mirror_is_the_quote(quote: Quote) -> None:
    assert quote.mirror.mirror == quote


@given(quotes)
def test_the_mids_of_both_tokens_sum_to_one(quote: Quote) -> None:
    assert quote.mid + quote.mirror.mid == pytest.approx(1.0)


def test_the_top_of_a_book_is_its_quote() -> None:
    book = Book(bids=(Level(4_800, 7), Level(4_700, 1)), asks=(Level(5_000, 9),))

    assert Quote.of(book, 1) == a_quote(bid=4_800, ask=5_000)


def test_a_one_sided_book_has_no_quote() -> None:
    assert Quote.of(Book(bids=(Level(9_900, 7),)), 1) is None


@pytest.mark.parametrize(("bid", "ask"), [(0, 5_000), (4_800, 10_000)])
def test_a_price_of_zero_or_one_is_refused(bid: int, ask: int) -> None:
    with pytest.raises(DomainError, match="bid_e4"):
        a_quote(bid=bid, ask=ask)
