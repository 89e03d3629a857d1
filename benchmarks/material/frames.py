"""Made-up frames of every kind, in the venues' own shape, no two alike."""

from collections.abc import Callable
from random import Random
from typing import Any

import msgspec

type Maker = Callable[[Random, int], dict[str, Any]]

_MARKET = "0x" + "cd" * 32
_TOKENS = (str(7 * 10**76 + 1), str(8 * 10**76 + 3))
_MS = 1_790_000_000_000


def frames(kind: str, count: int, seed: int = 1) -> list[bytes]:
    """``count`` frames of a kind."""
    random = Random(f"{kind} {seed}")
    make = MAKERS[kind]
    return [msgspec.json.encode(make(random, number)) for number in range(count)]


def _said(kind: str, number: int, **fields: object) -> dict[str, Any]:
    return {"event_type": kind, "market": _MARKET, **fields, "timestamp": str(_MS + number)}


def _price_change(random: Random, number: int) -> dict[str, Any]:
    cent, size = random.randint(2, 97), f"{random.randint(1, 9_999)}.{random.randint(0, 99):02d}"
    # One order shows as a change of both tokens' books.
    changes = [
        {
            "asset_id": token,
            "price": f"{price / 100:.2f}",
            "size": size,
            "side": side,
            "hash": f"{random.getrandbits(160):040x}",
            "best_bid": f"{bid / 100:.2f}",
            "best_ask": f"{(bid + 1) / 100:.2f}",
        }
        for token, price, side, bid in (
            (_TOKENS[0], cent, "BUY", 48),
            (_TOKENS[1], 100 - cent, "SELL", 51),
        )
    ]
    return _said("price_change", number, price_changes=changes)


def _last_trade(random: Random, number: int) -> dict[str, Any]:
    return _said(
        "last_trade_price",
        number,
        asset_id=_TOKENS[0],
        fee_rate_bps="0",
        price=f"0.{random.randint(1, 99):02d}",
        side=random.choice(("BUY", "SELL")),
        size=f"{random.randint(1, 999)}.{random.randint(1, 99):02d}",
        transaction_hash=f"0x{random.getrandbits(256):064x}",
    )


def _tick_size(_: Random, number: int) -> dict[str, Any]:
    ticks = {"old_tick_size": "0.01", "new_tick_size": "0.001"}
    return _said("tick_size_change", number, asset_id=_TOKENS[0], **ticks)


def _best_bid_ask(random: Random, number: int) -> dict[str, Any]:
    cent = random.randint(1, 98)
    touch = {"best_bid": f"0.{cent:02d}", "best_ask": f"{(cent + 1) / 100:.2f}", "spread": "0.01"}
    return _said("best_bid_ask", number, asset_id=_TOKENS[0], **touch)


def _new_market(_: Random, number: int) -> dict[str, Any]:
    return _said(
        "new_market",
        number,
        id=str(number),
        question="Bitcoin Up or Down - November 2, 7:20AM-7:25AM ET",
        slug=f"btc-updown-5m-{1_790_000_000 + 300 * number}",
        description="This market resolves to Up when the price at the end is not lower. " * 4,
        assets_ids=list(_TOKENS),
        outcomes=["Up", "Down"],
        order_price_min_tick_size="0.01",
        tags=["crypto"],
    )


def _resolved(random: Random, number: int) -> dict[str, Any]:
    winner = random.randint(0, 1)
    return _said(
        "market_resolved",
        number,
        id=str(number),
        assets_ids=list(_TOKENS),
        winning_asset_id=_TOKENS[winner],
        winning_outcome=("Up", "Down")[winner],
        tags=["crypto"],
    )


def _rtds(random: Random, number: int) -> dict[str, Any]:
    cents = random.randint(6_000_000, 7_000_000)
    tick = {
        "symbol": "btc/usd",
        "timestamp": _MS + 1_000 * number,
        "value": cents / 100,
        "full_accuracy_value": str(cents * 10**16),
    }
    return {
        "topic": "crypto_prices_chainlink",
        "type": "update",
        "timestamp": _MS + 1_000 * number + 939,
        "payload": tick,
    }


def _polybolt(random: Random, number: int) -> dict[str, Any]:
    cents = random.randint(6_000_000, 7_000_000)
    tick = {
        "symbol": "btcusd",
        "value": cents / 100,
        "full_accuracy_value": f"{cents / 100:.2f}",
        "timestamp": _MS + 1_000 * number,
        "source": "chainlink",
        "window_seconds": 60,
    }
    sent = {"seq": number, "ts": _MS + 1_000 * number + 1_130}
    return {"v": 1, "channel": "price.crypto.twap", **sent, "payload": tick}


def _spot(random: Random) -> dict[str, str]:
    price = f"{random.randint(6_000_000, 7_000_000) / 100:.8f}"
    return {"p": price, "q": f"{random.randint(1, 10**8) / 1e8:.8f}"}


def _streamed(stream: str, **data: object) -> dict[str, Any]:
    return {"stream": f"btcusdt@{stream}", "data": data}


def _trade(random: Random, number: int) -> dict[str, Any]:
    ids = {"e": "trade", "E": _MS + number, "s": "BTCUSDT", "t": 3 * 10**9 + number}
    flags = {"T": _MS + number, "m": bool(number % 2), "M": True}
    return _streamed("trade", **ids, **_spot(random), **flags)


def _agg_trade(random: Random, number: int) -> dict[str, Any]:
    ids = {"e": "aggTrade", "E": _MS + number, "s": "BTCUSDT", "a": 3 * 10**9 + number}
    flags = {"f": 9 * number, "l": 9 * number + 3, "T": _MS + number, "m": False, "M": True}
    return _streamed("aggTrade", **ids, **_spot(random), **flags)


def _ticker(random: Random, number: int) -> dict[str, Any]:
    bid, ask = _spot(random), _spot(random)
    sides = {"b": bid["p"], "B": bid["q"], "a": ask["p"], "A": ask["q"]}
    return _streamed("bookTicker", u=5 * 10**10 + number, s="BTCUSDT", **sides)


def _depth(random: Random, number: int) -> dict[str, Any]:
    bids, asks = ([list(_spot(random).values()) for _ in range(12)] for _ in range(2))
    ids = {"e": "depthUpdate", "E": _MS + number, "s": "BTCUSDT"}
    return _streamed("depth@100ms", **ids, U=40 * number, u=40 * number + 39, b=bids, a=asks)


def _kline(random: Random, number: int) -> dict[str, Any]:
    prices = {letter: _spot(random)["p"] for letter in "ochl"}
    candle = {"t": _MS, "T": _MS + 59_999, "s": "BTCUSDT", "i": "1m", "f": 1, "L": number}
    rest = {"v": "25877.00000000", "n": 30, "x": False, "q": "9116.0", "V": "58.0", "Q": "20.4"}
    kline = candle | prices | rest
    return _streamed("kline_1m", e="kline", E=_MS + number, s="BTCUSDT", k=kline)


def _gamma(_: Random, number: int) -> dict[str, Any]:
    start_s = 1_789_999_800 + 300 * number
    instants = {"startDate": "2026-09-20T09:29:01.328428Z", "endDate": "2026-09-21T13:15:00Z"}
    return {
        "id": str(1_557_558 + number),
        "question": "Bitcoin Up or Down",
        "conditionId": f"0x{number:064x}",
        "slug": f"btc-updown-5m-{start_s}",
        "resolutionSource": "https://data.chain.link/streams/btc-usd",
        **instants,
        "description": "This market resolves to Up when the price at the end is not lower. " * 8,
        "outcomes": '["Up", "Down"]',
        "outcomePrices": '["0.505", "0.495"]',
        "clobTokenIds": msgspec.json.encode(_TOKENS).decode(),
        "active": True,
        "closed": False,
        "acceptingOrders": True,
        "orderPriceMinTickSize": 0.01,
        "orderMinSize": 5,
        "negRisk": False,
        "feesEnabled": True,
        "events": [{"id": "1", "title": "Bitcoin Up or Down", "seriesSlug": "btc-up-or-down-5m"}],
        **{f"volume{name}": 9.999997 for name in ("", "24hr", "1wk", "1mo", "1yr")},
    }


MAKERS: dict[str, Maker] = {
    "price_change": _price_change,
    "last_trade_price": _last_trade,
    "tick_size_change": _tick_size,
    "best_bid_ask": _best_bid_ask,
    "new_market": _new_market,
    "market_resolved": _resolved,
    "RTDS": _rtds,
    "PolyBolt": _polybolt,
    "Binance trade": _trade,
    "Binance aggTrade": _agg_trade,
    "Binance bookTicker": _ticker,
    "Binance depth": _depth,
    "Binance kline": _kline,
    "Gamma market": _gamma,
}
