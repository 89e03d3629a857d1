"""A small simulated market, made once, and its books rebuilt from the messages alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from polybot.domain.asset import Asset
from polybot.domain.outcome import TokenSide
from polybot.domain.series import NS, Length, Series, Window
from polybot.recording.observations import (
    BookChanged,
    BookSeen,
    Observation,
    TickChanged,
    TradeSeen,
    WindowListed,
)
from polybot.simulation.market import MarketParams, simulate

START_NS = 1_793_620_800 * NS
ALL = tuple(
    Series(asset, length) for asset in (Asset.BTC, Asset.SOL) for length in (Length.M5, Length.M15)
)


@dataclass
class TokenBook:
    """One token's book as a reader of the messages keeps it."""

    bids: dict[int, int] = field(default_factory=dict)
    asks: dict[int, int] = field(default_factory=dict)
    tick_e4: int = 100

    @property
    def best_bid(self) -> int:
        return max(self.bids, default=0)

    @property
    def best_ask(self) -> int:
        return min(self.asks, default=10_000)

    @property
    def is_one_sided(self) -> bool:
        return not (self.bids and self.asks)

    def mirrors(self, other: "TokenBook") -> bool:
        return self.bids == {10_000 - price: size for price, size in other.asks.items()} and (
            self.asks == {10_000 - price: size for price, size in other.bids.items()}
        )

    def see(self, message: Observation) -> None:
        if isinstance(message, TickChanged):
            self.tick_e4 = message.tick_e4
        if isinstance(message, BookSeen):
            self.bids = {level.price_e4: level.size_micro for level in message.bids}
            self.asks = {level.price_e4: level.size_micro for level in message.asks}
        if isinstance(message, BookChanged):
            for change in message.changes:
                levels = self.bids if change.is_bid else self.asks
                levels[change.price_e4] = change.size_micro
                if not change.size_micro:
                    del levels[change.price_e4]


type Books = dict[TokenSide, TokenBook]
type Replay = Callable[[Window], Iterator[tuple[Observation, Books]]]


def _replay(messages: list[Observation]) -> Iterator[tuple[Observation, Books]]:
    books = {TokenSide.UP: TokenBook(), TokenSide.DOWN: TokenBook()}
    for message in messages:
        if isinstance(message, BookSeen | BookChanged | TickChanged | TradeSeen):
            books[message.side].see(message)
            yield message, books


@pytest.fixture(scope="session")
def told(seen: list[Observation]) -> dict[Window, list[Observation]]:
    """What was said of each window."""
    by_window: dict[Window, list[Observation]] = {}
    for one in seen:
        if (window := getattr(one, "window", None)) is not None:
            by_window.setdefault(window, []).append(one)
    return by_window


@pytest.fixture(scope="session")
def replay(told: dict[Window, list[Observation]]) -> Replay:
    """Every message about a window's books, with both books as they are after it."""
    return lambda window: _replay(told[window])


@pytest.fixture(scope="session")
def seen() -> list[Observation]:
    """Half an hour of BTC and SOL, 5m and 15m."""
    return list(simulate(MarketParams(), seed=5, start_ns=START_NS, hours=0.5, series=ALL))


@pytest.fixture(scope="session")
def windows(seen: list[Observation]) -> list[Window]:
    """The windows of that half hour."""
    return [one.window for one in seen if isinstance(one, WindowListed)]
