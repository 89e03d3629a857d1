"""Gamma's markets and events."""

import json

import pytest

from polybot.domain.outcome import Outcome
from polybot.errors import DecodeError
from polybot.wire.gamma.decode import decode_gamma_event, decode_gamma_market
from polybot.wire.gamma.values import CryptoTerms, FeeTerms, GammaMarket

MARKET = {
    "id": "1",
    "slug": "btc-updown-5m-1790000100",
    "conditionId": "0xc0",
    "outcomes": '["Up", "Down"]',
    "clobTokenIds": '["12345", "67890"]',
    "outcomePrices": '["0.505", "0.495"]',
    "startDate": "2026-09-20T09:29:01.328428Z",
    "eventStartTime": "2026-09-21T14:15:00Z",
    "endDate": "2026-09-21T14:20:00Z",
    "active": True,
    "closed": False,
    "acceptingOrders": True,
    "orderPriceMinTickSize": 0.01,
    "orderMinSize": 5,
    "feesEnabled": True,
    "feeType": "crypto_fees_v2",
    "feeSchedule": {"rate": 0.07, "exponent": 1, "takerOnly": True, "rebateRate": 0.2},
    "resolutionSource": "https://data.chain.link/streams/btc-usd",
}


def decoded(**changed: object) -> GammaMarket:
    return decode_gamma_market(json.dumps(MARKET | changed).encode())


def test_lists_come_as_text_that_holds_json() -> None:
    market = decoded()

    assert market.outcomes == ("Up", "Down")
    assert market.token_ids == ("12345", "67890")
    assert market.outcome_prices == ("0.505", "0.495")


def test_lists_may_also_come_as_lists() -> None:
    assert decoded(outcomes=["Up", "Down"], clobTokenIds=["12345", "67890"]) == decoded()


def test_tokens_are_found_by_the_name_of_their_outcome() -> None:
    swapped = decoded(outcomes='["Down", "Up"]')

    assert (swapped.token_of(Outcome.UP), swapped.token_of(Outcome.DOWN)) == ("67890", "12345")
    assert decoded().token_of(Outcome.UP) == "12345"


def test_a_market_without_up_and_down_has_no_such_tokens() -> None:
    assert decoded(outcomes='["Yes", "No"]').token_of(Outcome.UP) is None


def test_a_market_of_the_second_protocol_trades_its_position_ids() -> None:
    market = decoded(version="v2", positionIds=["11", "22"])

    assert (market.version, market.token_ids) == ("v2", ("11", "22"))
    assert decoded(positionIds=["11", "22"]).token_ids == ("12345", "67890")


def test_a_window_lasts_from_its_start_to_its_end() -> None:
    market = decoded()

    assert market.start_ns == 1_790_000_100 * 10**9
    assert market.end_ns == 1_790_000_400 * 10**9
    assert market.listed_ns < market.start_ns


def test_fees_and_grid_are_exact() -> None:
    market = decoded()

    assert market.fee == FeeTerms(70_000, 1, True, 200_000)
    assert (market.tick_e4, market.min_size_micro) == (100, 5_000_000)
    assert decoded(orderPriceMinTickSize="0.0025").tick_e4 == 25


def test_what_is_missing_is_none() -> None:
    bare = {key: MARKET[key] for key in ("id", "slug", "conditionId", "outcomes", "clobTokenIds")}
    market = decode_gamma_market(json.dumps(bare).encode())

    assert (market.start_ns, market.tick_e4, market.fee, market.crypto) == (None,) * 4
    assert (market.strike_e18, market.winner, market.closed) == (None, None, False)


def test_null_means_missing() -> None:
    optional = [
        *("outcomePrices", "startDate", "eventStartTime", "endDate", "active", "closed"),
        *("orderPriceMinTickSize", "feeSchedule", "feeType", "resolutionSource"),
    ]
    market = decoded(**dict.fromkeys(optional), events=None, version=None)

    assert (market.outcome_prices, market.end_ns, market.fee_type) == ((), None, "")


def test_the_settlement_terms_are_kept() -> None:
    config = {"id": "btc-5m-twap-60", "asset": "btc", "duration": "5m"}
    market = decoded(cryptoMarketConfig=config | {"twapEnabled": True, "twapLookbackSeconds": 60})

    assert market.crypto == CryptoTerms("btc-5m-twap-60", "btc", "5m", True, 60)


@pytest.mark.parametrize(
    ("closed", "prices", "winner"),
    [
        (True, '["1", "0"]', Outcome.UP),
        (True, '["0", "1"]', Outcome.DOWN),
        (True, '["0.5", "0.5"]', None),
        (False, '["1", "0"]', None),
        (True, None, None),
    ],
    ids=["up", "down", "half-half", "still open", "no prices"],
)
def test_a_winner_is_known_once_the_market_is_closed(
    closed: bool, prices: str | None, winner: Outcome | None
) -> None:
    assert decoded(closed=closed, outcomePrices=prices).winner is winner


def test_the_event_inside_a_market_tells_the_strike() -> None:
    metadata = {"priceToBeat": 63123.544863797618, "finalPrice": None}
    market = decoded(events=[{"seriesSlug": "btc-up-or-down-5m", "eventMetadata": metadata}])

    assert (market.series_slug, market.final_e18) == ("btc-up-or-down-5m", None)
    assert abs(market.strike_e18 - 63_123_544_863_797_618 * 10**6) < 10**10


def test_an_event_tells_the_strike_of_its_markets() -> None:
    metadata = {"priceToBeat": 63123.5, "finalPrice": "63200.25"}
    event = {"slug": "x", "eventMetadata": metadata, "markets": [MARKET, MARKET]}
    markets = decode_gamma_event(json.dumps(event).encode())

    assert [market.strike_e18 for market in markets] == [63_123_500 * 10**15] * 2
    assert [market.final_e18 for market in markets] == [63_200_250 * 10**15] * 2
    assert decode_gamma_event(b"{}") == ()


WRONG = {
    "condition not ASCII": {"conditionId": "0xé"},
    "slug missing": {"slug": None},
    "outcomes no list": {"outcomes": '"Up"'},
    "outcomes broken": {"outcomes": '["Up"'},
    "outcomes of numbers": {"outcomes": "[1, 0]"},
    "token missing": {"clobTokenIds": '["12345"]'},
    "token twice": {"clobTokenIds": '["12345", "12345"]'},
    "token with NUL": {"clobTokenIds": '["12345", "6\\u0000"]'},
    "no tokens": {"clobTokenIds": None},
    "v2 without positions": {"version": "v2"},
    "prices of another length": {"outcomePrices": '["1"]'},
    "price above one": {"outcomePrices": '["1.5", "0"]x'},
    "price negative": {"outcomePrices": '["-0.5", "0.5"]'},
    "tick zero": {"orderPriceMinTickSize": 0},
    "tick an object": {"orderPriceMinTickSize": {}},
    "rate negative": {"feeSchedule": {"rate": -0.07, "exponent": 1}},
    "rate missing": {"feeSchedule": {"exponent": 1}},
    "exponent broken": {"feeSchedule": {"rate": 0.07, "exponent": 1.5}},
    "end without offset": {"endDate": "2026-09-21T14:20:00"},
    "end no date": {"endDate": "soon"},
    "source not ASCII": {"resolutionSource": "https://data.chаin.link"},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_value_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(DecodeError):
        decoded(**changed)
