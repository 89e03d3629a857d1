"""Our venue over a few windows that start together: real engine, real gate, a scripted strategy.

Prices are in 1/10,000 pUSD, sizes in shares, times in milliseconds after the windows' start.
An order takes 50 ms to the venue, which holds a marketable one for 150 ms more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import msgspec
from nautilus_trader.model import BookType, OrderFilled, OrderSide, TimeInForce
from nautilus_trader.trading import StrategyConfig

from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS
from polybot.engine.currency import POLYMARKET, PUSD
from polybot.engine.failures import Failures
from polybot.engine.instruments import (
    price_e4,
    size_micro,
    token_id,
    token_instrument,
    window_and_side,
)
from polybot.execution.ledger import Ledger
from polybot.execution.liquidity import FillAssumption
from polybot.recording.catalog.manifest import ResolutionClaim, WindowEntry
from polybot.risk.brakes import Brakes
from polybot.risk.rules.rule import Rule
from polybot.runtime.backtest.engine import Assembled, VenueTerms, assemble
from polybot.runtime.backtest.facts import closes
from polybot.runtime.backtest.feeds import Chunk
from polybot.runtime.backtest.trading import end_run, run_chunk
from polybot.runtime.backtest.venue.fees import is_settlement
from polybot.strategies.shell import GatedStrategy
from tests.engine import market
from tests.engine.actions import Action
from tests.engine.lab import Fill, Heard
from tests.engine.market import END_MS, MS, WINDOW, at, since_start

UP, DOWN = (
    token_instrument(WINDOW, side, ts_ns=0, tick_e4=1) for side in (TokenSide.UP, TokenSide.DOWN)
)
START_MICRO = 1_000_000_000
CASH_BACK_S = 60.0
LATENCY_MS = 50
ARRIVES_MS = 200
"""After so long a marketable order is matched."""

TERMS = VenueTerms(
    rulebook=Rulebook.standard(),
    latency_ms=LATENCY_MS,
    hold_ms=ARRIVES_MS - LATENCY_MS,
    assumption=FillAssumption.BASE,
    failure_share=0.0,
    seed=1,
    resting_in_queue=False,
)


def an_entry(
    slug: str = WINDOW.slug, *, winner: str | None = "up", known_s: float = 0, **more: Any
) -> WindowEntry:
    """A window as a catalog knows it; without winner its outcome stays unknown."""
    entry = WindowEntry(slug=slug, listed_ns=at(0), **more)
    if winner is None:
        return entry
    end_ns = entry.window.end_ns
    claim = ResolutionClaim(
        ts_init=end_ns + round(known_s * NS), ts_event=end_ns, winner=winner, source=Source.VENUE
    )
    return msgspec.structs.replace(entry, resolutions=(claim,))


class Scripted(GatedStrategy):
    """Listens to the first token of each window, and does what its plan says."""

    plan: Mapping[float, Action] = {}
    tokens: Sequence[Any] = ()
    ledger: Ledger

    def __init__(self) -> None:
        super().__init__(StrategyConfig(order_id_tag="001"))
        self.failures = Failures()
        self.events: list[Any] = []

    def on_start(self) -> None:
        for token in self.tokens:
            self.subscribe_book_deltas(token, BookType.L2_MBP, managed=True)
        for ms in self.plan:
            self.clock.set_time_alert_ns(f"plan {ms}", at(ms))

    def on_time_event(self, event: Any) -> None:
        self.plan[float(event.name.removeprefix("plan "))](self)

    def on_order_event(self, event: Any) -> None:
        self.events.append(event)


@dataclass
class Played:
    """What a run left behind."""

    assembled: Assembled
    strategy: Scripted
    ledger: Ledger
    orders: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        orders = [o for o in self.assembled.engine.cache.orders() if not is_settlement(o)]
        self.orders = sorted(orders, key=lambda order: order.client_order_id.value)

    @property
    def statuses(self) -> list[str]:
        """How each order ended, in order of sending."""
        return [order.status.name for order in self.orders]

    @property
    def fills(self) -> list[Fill]:
        """Fills of the strategy's own orders, without settlements."""
        events = [one for order in self.orders for one in order.events()]
        filled = [one for one in events if isinstance(one, OrderFilled)]
        return [
            Fill(since_start(one.ts_event), price_e4(one.last_px), size_micro(one.last_qty) / 1e6)
            for one in filled
        ]

    @property
    def shares(self) -> list[float]:
        """How much each fill was."""
        return [fill.shares for fill in self.fills]

    @property
    def fees_micro(self) -> list[int]:
        """What each fill of the strategy's own orders cost in fees."""
        events = [one for order in self.orders for one in order.events()]
        return [
            int(one.commission.as_decimal().scaleb(6))
            for one in events
            if isinstance(one, OrderFilled)
        ]

    @property
    def heard(self) -> list[Heard]:
        """The order events that the strategy heard."""
        return [Heard(since_start(e.ts_event), type(e).__name__) for e in self.strategy.events]

    @property
    def account_micro(self) -> int:
        """Nautilus' own idea of the cash."""
        account = self.assembled.engine.cache.account_for_venue(POLYMARKET)
        return int(account.balance_total(PUSD).as_decimal().scaleb(6))


def play(
    *data: Any,
    plan: Mapping[float, Action],
    entries: Sequence[WindowEntry] | None = None,
    rules: Iterable[Rule] = (),
    brakes: Brakes | None = None,
    cash_back_s: float = CASH_BACK_S,
    after_ms: float = 10_000,
    **terms: Any,
) -> Played:
    """Run data and the windows' payouts through our venue; our errors are raised.

    ``after_ms`` is for how long the run goes on after the last of them. At the end of every run
    our ledger and Nautilus' account must agree.
    """
    entries = (an_entry(),) if entries is None else entries
    strategy = Scripted()
    strategy.plan = {float(ms): action for ms, action in plan.items()}
    strategy.tokens = [token_id(entry.window, entry.sides[0]) for entry in entries]
    ledger = strategy.ledger = Ledger(START_MICRO)
    assembled = assemble(
        entries,
        strategy=strategy,
        rules=rules,
        ledger=ledger,
        terms=replace(TERMS, **terms),
        failures=strategy.failures,
        brakes=brakes,
    )
    paid = [closes(entry, cash_back_s) for entry in entries if entry.resolution is not None]
    items = sorted(chain(_flat(data), *paid), key=lambda item: item.ts_init)
    run_chunk(assembled.engine, Chunk(at(0), at(END_MS), tuple([item] for item in items)))
    if strategy.failures.first is None:
        end_run(assembled.engine, items[-1].ts_init + round(after_ms * MS))
    strategy.failures.reraise()
    played = Played(assembled, strategy, ledger)
    assert played.account_micro == ledger.cash_micro
    return played


def book(
    *, bids: market.Levels = (), asks: market.Levels = (), ms: float = 0, first: Any = UP
) -> list[Any]:
    """A whole book of a window: the first token's, and its mirror."""
    mirror = _mirror_of(first)
    return [
        market.book(bids=bids, asks=asks, ms=ms, token=first),
        market.book(bids=_mirrored(asks), asks=_mirrored(bids), ms=ms, token=mirror),
    ]


def ask(price: int, shares: float, *, ms: float, first: Any = UP) -> list[Any]:
    """An ask of the first token now shows this size, and so does the bid that mirrors it."""
    mirror = _mirror_of(first)
    return [
        market.ask(price, shares, ms=ms, token=first),
        market.bid(10_000 - price, shares, ms=ms, token=mirror),
    ]


def bid(price: int, shares: float, *, ms: float, first: Any = UP) -> list[Any]:
    """A bid of the first token now shows this size, and so does the ask that mirrors it."""
    mirror = _mirror_of(first)
    return [
        market.bid(price, shares, ms=ms, token=first),
        market.ask(10_000 - price, shares, ms=ms, token=mirror),
    ]


def buy(
    shares: float,
    price: int,
    *,
    token: Any = UP,
    tif: TimeInForce = TimeInForce.IOC,
    post_only: bool = False,
) -> Action:
    """Send a purchase through the gate, a FAK unless it says otherwise."""
    return _send(OrderSide.BUY, shares, price, token=token, tif=tif, post_only=post_only)


def rest(shares: float, price: int, *, token: Any = UP, post_only: bool = False) -> Action:
    """Send a purchase that may rest."""
    return buy(shares, price, token=token, tif=TimeInForce.GTC, post_only=post_only)


def sell(shares: float, price: int, *, token: Any = UP) -> Action:
    """Send a FAK sale through the gate."""
    return _send(OrderSide.SELL, shares, price, token=token, tif=TimeInForce.IOC, post_only=False)


def _send(
    side: OrderSide, shares: float, price: int, *, token: Any, tif: TimeInForce, post_only: bool
) -> Action:
    def send(strategy: GatedStrategy) -> None:
        order = strategy.limit_order(
            token.id,
            side,
            size_micro=round(shares * 1e6),
            price_e4=price,
            time_in_force=tif,
            post_only=post_only,
        )
        strategy.submit_order(order)

    return send


def first_token(entry: WindowEntry) -> Any:
    """The up token of a window, or token A when its sides are unknown."""
    return token_instrument(entry.window, entry.sides[0], ts_ns=0, tick_e4=1)


def _mirror_of(first: Any) -> Any:
    window, side = window_and_side(str(first.id))
    return token_instrument(window, side.mirror, ts_ns=0, tick_e4=1)


def _mirrored(levels: market.Levels) -> list[tuple[int, float]]:
    return [(10_000 - price, shares) for price, shares in levels]


def _flat(data: Iterable[Any]) -> Iterable[Any]:
    for item in data:
        if isinstance(item, list):
            yield from item
        else:
            yield item
