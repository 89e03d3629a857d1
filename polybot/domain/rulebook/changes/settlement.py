"""How the settlement source, its averaging and the order protocol changed.

Source: https://docs.polymarket.com/changelog/predictions and the texts of markets.
"""

from typing import Final

from polybot.domain.rulebook.entry import BEGINS, Entry
from polybot.domain.rulebook.rules import Settlement
from polybot.domain.series import Length

_M5, _H1 = frozenset({Length.M5}), frozenset({Length.H1})
_M15_H4 = frozenset({Length.M15, Length.H4})
_LAST_PRICE = Settlement("chainlink", 0)
_TWAP_30 = Settlement("chainlink", 30)
_TWAP_60 = Settlement("chainlink", 60)
_CANDLE = Settlement("binance", 0)

SETTLEMENTS: Final[tuple[Entry, ...]] = (
    Entry(
        field="settlement",
        since=BEGINS,
        value=_LAST_PRICE,
        source="market texts: the Chainlink stream's price at start and end",
        lengths=_M5 | _M15_H4,
    ),
    Entry(
        field="settlement",
        since=BEGINS,
        value=_CANDLE,
        source="market texts: Binance 1h candle",
        lengths=_H1,
    ),
    Entry(
        field="settlement",
        since="2026-08-07",
        value=_TWAP_30,
        source="changelog: 30 s average on 5m",
        lengths=_M5,
    ),
    Entry(
        field="settlement",
        since="2026-08-07",
        value=_TWAP_60,
        source="changelog: 60 s average on 15m and 4h",
        lengths=_M15_H4,
    ),
    Entry(
        field="settlement",
        since="2026-08-14",
        value=_TWAP_60,
        source="changelog: 60 s average on 5m too",
        lengths=_M5,
    ),
    Entry(
        field="settlement",
        since="2026-11-01",
        value=_CANDLE,
        source="verified 2026-09-28; a vendor's text of November says Chainlink: read the market's",
        lengths=_H1,
        uncertain=frozenset({"settlement"}),
    ),
)

PROTOCOLS: Final[tuple[Entry, ...]] = (
    Entry(field="protocol", since=BEGINS, value=1, source="CLOB V1"),
    Entry(
        field="protocol",
        since="2026-04-28T11:00",
        value=2,
        source="changelog: CLOB V2 at about 11:00, every resting order wiped",
    ),
    Entry(
        field="protocol",
        since="2026-09-04",
        value=2,
        source="the V3 exchange exists, chosen per market; no up/down market seen on it",
        uncertain=frozenset({"protocol"}),
    ),
)
