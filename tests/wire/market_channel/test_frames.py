"""Frames of the market channel; the examples are those of the venue's documents."""

from typing import Any

import msgspec
import pytest

from polybot.domain.book import Level
from polybot.errors import DecodeError
from polybot.wire.market_channel.events import (
    BestBidAskEvent,
    BookEvent,
    Change,
    LastTradeEvent,
    NewMarketEvent,
    Pong,
    PriceChangeEvent,
    ResolvedEvent,
    TickSizeEvent,
    TokenChanges,
    Unknown,
)
from polybot.wire.market_channel.frames import decode_market_frame, decode_rest_book

NS = 1_790_000_000_000_000_000
MS = 1_000_000

BOOK = {
    "event_type": "book",
    "market": "0xc0",
    "asset_id": "12345",
    "bids": [{"price": "0.48", "size": "30"}, {"price": "0.49", "size": "20"}],
    "asks": [{"price": "0.52", "size": "25"}, {"price": "0.51", "size": "60"}],
    "timestamp": "1790000000123",
    "hash": "ab12",
}
CHANGE = {
    "event_type": "price_change",
    "market": "0xc0",
    "timestamp": "1790000000200",
    "price_changes": [
        {
            "asset_id": "12345",
            "price": "0.49",
            "size": "0",
            "side": "BUY",
            "hash": "9f01",
            "best_bid": "0.48",
            "best_ask": "0.51",
        },
        {
            "asset_id": "67890",
            "price": "0.51",
            "size": "0",
            "side": "SELL",
            "hash": "9f02",
            "best_bid": "0.49",
            "best_ask": "0.52",
        },
    ],
}
TRADE = {
    "event_type": "last_trade_price",
    "market": "0xc0",
    "asset_id": "12345",
    "price": "0.51",
    "size": "12.5",
    "side": "BUY",
    "fee_rate_bps": "0",
    "timestamp": "1790000000300",
    "transaction_hash": "0xaa",
}
TICK = {
    "event_type": "tick_size_change",
    "market": "0xc0",
    "asset_id": "12345",
    "old_tick_size": "0.01",
    "new_tick_size": "0.001",
    "timestamp": "1790000000400",
}
TOUCH = {
    "event_type": "best_bid_ask",
    "market": "0xc0",
    "asset_id": "12345",
    "best_bid": "0.48",
    "best_ask": "0.51",
    "spread": "0.03",
    "timestamp": "1790000000500",
}
LISTING = {
    "event_type": "new_market",
    "id": "1",
    "slug": "btc-updown-5m-1790000100",
    "market": "0xc1",
    "assets_ids": ["1", "2"],
    "outcomes": ["Up", "Down"],
    "timestamp": "1790000000600",
}
RESOLUTION = {
    "event_type": "market_resolved",
    "id": "1",
    "market": "0xc0",
    "assets_ids": ["12345", "67890"],
    "winning_asset_id": "12345",
    "winning_outcome": "Up",
    "timestamp": "1790000350000",
}
EVERY = {
    each["event_type"]: each for each in (BOOK, CHANGE, TRADE, TICK, TOUCH, LISTING, RESOLUTION)
}


def decoded(*messages: Any) -> tuple[Any, ...]:
    frame = messages[0] if len(messages) == 1 else messages
    return decode_market_frame(msgspec.json.encode(frame))


def test_a_book_is_sorted_best_first() -> None:
    [book] = decoded(BOOK)

    assert isinstance(book, BookEvent)
    assert book.bids == (Level(4_900, 20_000_000), Level(4_800, 30_000_000))
    assert book.asks == (Level(5_100, 60_000_000), Level(5_200, 25_000_000))
    assert (book.asset_id, book.venue_ns, book.venue_hash) == ("12345", NS + 123 * MS, "ab12")
    assert book.book.best_bid == Level(4_900, 20_000_000)


def test_a_book_says_its_tick_only_when_the_message_did() -> None:
    [plain] = decoded(BOOK)
    [full] = decoded(BOOK | {"tick_size": "0.001", "neg_risk": False, "min_order_size": "5"})

    assert plain.tick_e4 is None
    assert (full.tick_e4, full.tick_size, full.min_order_size) == (10, "0.001", "5")


def test_changes_are_grouped_by_token() -> None:
    [event] = decoded(CHANGE)

    up = TokenChanges("12345", (Change(True, 4_900, 0),), "9f01", 4_800, 5_100)
    down = TokenChanges("67890", (Change(False, 5_100, 0),), "9f02", 4_900, 5_200)
    assert event == PriceChangeEvent("0xc0", NS + 200 * MS, (up, down))


def test_several_changes_of_a_token_carry_the_hash_and_touch_of_the_last() -> None:
    first, last = (
        CHANGE["price_changes"][0],
        CHANGE["price_changes"][0]
        | {
            "price": "0.47",
            "size": "3",
            "hash": "9f03",
            "best_bid": "0.47",
        },
    )
    [event] = decoded(CHANGE | {"price_changes": [first, last]})

    [token] = event.tokens
    assert token.changes == (Change(True, 4_900, 0), Change(True, 4_700, 3_000_000))
    assert (token.venue_hash, token.best_bid_e4) == ("9f03", 4_700)


def test_an_empty_side_is_a_touch_of_zero_one_or_nothing() -> None:
    sides = {"best_bid": "0", "best_ask": "1"}
    [event] = decoded(CHANGE | {"price_changes": [CHANGE["price_changes"][0] | sides]})
    [touch] = decoded(TOUCH | {"best_bid": "", "best_ask": None})

    assert (event.tokens[0].best_bid_e4, event.tokens[0].best_ask_e4) == (0, 10_000)
    assert (touch.best_bid_e4, touch.best_ask_e4) == (None, None)


def test_a_trade_states_what_the_taker_did() -> None:
    [trade] = decoded(TRADE)

    assert trade == LastTradeEvent("0xc0", "12345", NS + 300 * MS, 5_100, 12_500_000, True, "0xaa")


def test_a_tick_change() -> None:
    assert decoded(TICK) == (TickSizeEvent("0xc0", "12345", NS + 400 * MS, 100, 10),)


def test_a_touch() -> None:
    assert decoded(TOUCH) == (BestBidAskEvent("0xc0", "12345", NS + 500 * MS, 4_800, 5_100),)


def test_a_listing_maps_outcomes_by_name_and_not_by_position() -> None:
    [listing] = decoded(LISTING | {"outcomes": ["Down", "Up"]})

    assert isinstance(listing, NewMarketEvent)
    assert (listing.token_of("Up"), listing.token_of("Down")) == ("2", "1")
    assert listing.token_of("Yes") is None


def test_the_outcomes_of_other_markets_may_be_in_any_language() -> None:
    [listing] = decoded(LISTING | {"outcomes": ["Mbappé", "ウサギ"]})

    assert listing.outcomes == ("Mbappé", "ウサギ")


def test_a_resolution_names_the_winning_token() -> None:
    [resolved] = decoded(RESOLUTION)

    expected = ResolvedEvent("0xc0", NS + 350_000 * MS, ("12345", "67890"), "12345", "Up")
    assert resolved == expected


def test_a_resolution_without_a_winner_names_none() -> None:
    [resolved] = decoded(RESOLUTION | {"winning_asset_id": ""})

    assert resolved.winning_asset_id is None


def test_a_frame_may_be_an_array() -> None:
    assert decoded(*EVERY.values()) == tuple(decoded(each)[0] for each in EVERY.values())
    assert decode_market_frame(b"[]") == ()


def test_pong_is_an_event_and_proves_nothing_else() -> None:
    assert decode_market_frame(b"PONG") == (Pong(),)


@pytest.mark.parametrize("name", EVERY)
def test_fields_that_nobody_knows_are_ignored(name: str) -> None:
    known = EVERY[name]

    assert decoded(known | {"new_field": {"a": [1, None]}}) == decoded(known)


@pytest.mark.parametrize("name", list(EVERY))
def test_an_old_frame_is_known_by_its_shape(name: str) -> None:
    stripped = {key: value for key, value in EVERY[name].items() if key != "event_type"}

    assert decoded(stripped) == decoded(EVERY[name])


def test_an_event_of_an_unknown_kind_is_tolerated_beside_known_ones() -> None:
    events = decoded(TICK, {"event_type": "comet", "market": 5}, TICK)

    assert events == (*decoded(TICK), Unknown("comet"), *decoded(TICK))


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("é", "\\xe9"), ("x" * 1_000, "x" * 128), ("\x00", "\\x00"), ("", "")],
    ids=["not ASCII", "long", "NUL", "empty"],
)
def test_the_name_of_an_unknown_kind_is_safe_to_count_by(kind: str, shown: str) -> None:
    assert decoded({"event_type": kind}) == (Unknown(shown),)


def test_a_message_of_the_user_channel_is_none_of_ours() -> None:
    order = {"type": "PLACEMENT", "asset_id": "1", "price": "0.5", "side": "BUY", "size": "1"}

    assert decoded(order) == (Unknown(""),)


WRONG = {
    "market not ASCII": BOOK | {"market": "0xé"},
    "market missing": {key: value for key, value in BOOK.items() if key != "market"},
    "token with NUL": BOOK | {"asset_id": "123\x0045"},
    "token empty": BOOK | {"asset_id": ""},
    "token a number": BOOK | {"asset_id": 12345},
    "token too long": TRADE | {"asset_id": "1" * 200},
    "hash not ASCII": BOOK | {"hash": "é"},
    "time in seconds": BOOK | {"timestamp": "1790000000"},
    "time a number": BOOK | {"timestamp": 1_790_000_000_123},
    "bids null": BOOK | {"bids": None},
    "bids nested": BOOK | {"bids": [[["0.48", "30"]]]},
    "tick no price": BOOK | {"tick_size": "fine"},
    "minimum size negative": BOOK | {"min_order_size": "-5"},
    "price one": TRADE | {"price": "1"},
    "size huge": TRADE | {"size": "1" + "0" * 400},
    "side unknown": TRADE | {"side": "HOLD"},
    "tick zero": TICK | {"new_tick_size": "0"},
    "touch above one": TOUCH | {"best_ask": "1.5"},
    "outcomes without tokens": LISTING | {"assets_ids": ["1"]},
    "slug with a newline": LISTING | {"slug": "btc\n"},
    "winner not ASCII": RESOLUTION | {"winning_asset_id": "１"},
    "changes no list": CHANGE | {"price_changes": {}},
}


@pytest.mark.parametrize("message", WRONG.values(), ids=WRONG.keys())
def test_a_known_kind_with_a_wrong_value_is_refused(message: dict[str, object]) -> None:
    with pytest.raises(DecodeError):
        decoded(message)


def test_one_wrong_event_refuses_the_whole_frame() -> None:
    with pytest.raises(DecodeError):
        decoded(TICK, TRADE | {"price": "2"})


def test_a_book_by_rest_has_no_event_type() -> None:
    rest = {key: value for key, value in BOOK.items() if key != "event_type"}

    answer = decode_rest_book(msgspec.json.encode(rest | {"last_trade_price": ""}))

    assert answer == decoded(BOOK)[0]


def test_an_error_by_rest_is_no_book() -> None:
    with pytest.raises(DecodeError, match="a book cannot be decoded"):
        decode_rest_book(b'{"error":"No orderbook exists for the requested token id"}')
