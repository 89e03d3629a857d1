"""A small world for exits: a BTC 15m window, up bought at 100,000 with a stop 200 away."""

from typing import Any

from polybot.decisions.exits.decide import Market
from polybot.decisions.exits.position import Position
from polybot.domain.asset import Asset
from polybot.domain.book import Book, Level
from polybot.domain.outcome import Outcome
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS, Length, Series, Window

WINDOW = Window(Series(Asset.BTC, Length.M15), 1_789_000_200 * NS)
RULES = Rulebook.standard().at(WINDOW.series, WINDOW.start_ns)
BOUGHT_NS = WINDOW.start_ns + 60 * NS
SHARE = 1_000_000


def pending(**changes: Any) -> Position:
    plain = {"window": WINDOW, "outcome": Outcome.UP, "entry_spot": 100_000.0, "risk": 200.0}
    return Position(**{**plain, **changes})


def opened(shares: float = 100, *, settled_ns: int = BOUGHT_NS, **changes: Any) -> Position:
    return pending(**changes).bought(
        round(shares * SHARE), paid_micro=round(shares * 500_000), ts_ns=BOUGHT_NS,
        settled_ns=settled_ns,
    )  # fmt: skip


def a_market(
    spot: float = 100_000.0,
    *,
    bid: float | None = 0.50,
    shares: float = 1_000,
    fair: float | None = 0.505,
    seconds_left: float = 600.0,
) -> Market:
    bids = () if bid is None else (Level(round(bid * 1e4), round(shares * SHARE)),)
    return Market(
        now_ns=WINDOW.end_ns - round(seconds_left * NS),
        spot=spot,
        book=Book(bids=bids, asks=()),
        rules=RULES,
        fair=fair,
    )
