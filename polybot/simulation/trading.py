"""One window's books from their opening to its end: makers requote, takers take, sizes flicker."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle

import msgspec
import numpy as np

from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.domain.outcome import TokenSide
from polybot.domain.series import NS, Window
from polybot.recording.observations import BookChanged, BookSeen, TickChanged, TradeSeen
from polybot.simulation.books import RestingBook, TokenBids
from polybot.simulation.crews import Maker
from polybot.simulation.fair import Fair, fair_of
from polybot.simulation.grid import FINE_E4, calls_for_fine_tick
from polybot.simulation.makers import QUOTE_STEP_MS, touches_of
from polybot.simulation.messages import Messages
from polybot.simulation.noise import noise
from polybot.simulation.reference import Reference
from polybot.simulation.spot import Ints, SpotParams
from polybot.simulation.takers import TakerParams, Taking, takings

MS = 1_000_000
OPENS_S = 30
_FLICKERS_A_SECOND = 0.9
_SIZES = 2_048
_LOT = 5
"""Makers quote round sizes: multiples of so many shares."""

type Wish = tuple[list[int], list[int]]
type BookObservation = BookSeen | BookChanged | TradeSeen | TickChanged


class TradingParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the venue is (median milliseconds) and how busy its takers are."""

    latency_ms: float = 50.0
    takers: TakerParams = TakerParams()


class Trading:
    """One window's market; ``observations`` can be read once."""

    def __init__(self, window: Window, *, makers: tuple[Maker, ...], seed: int) -> None:
        self._window = window
        self._makers = makers
        self._seed = seed
        self._name = f"window/{window.slug}"
        self._messages = Messages(window)
        self._book = RestingBook(self._bids("up"), self._bids("down"))
        self._fine = False
        self._refills: dict[int, list[tuple[TokenSide, int]]] = defaultdict(list)

    def observations(
        self, reference: Reference, *, params: TradingParams, spot: SpotParams
    ) -> Iterator[BookObservation]:
        """Everything the venue says of the books, from 30 s before the start to the end."""
        times_ns = quote_times(self._window)
        wishes = self._wishes(fair_of(reference, self._window, times_ns=times_ns, params=spot))
        orders = takings(params.takers, seed=self._seed, name=self._name, steps=len(times_ns))
        clock = self._clock(times_ns, params.latency_ms)
        flickers = self._flickers(len(times_ns))
        for step, (venue_ns, latency_ns, reaction_ns) in enumerate(clock):
            if step in orders and step > 0:
                self._messages.now(venue_ns + reaction_ns // 3, latency_ns)
                yield from self._take(step, orders[step])
            self._messages.now(venue_ns + reaction_ns, latency_ns)
            self._requote(wishes[step])
            self._resize(step, flickers)
            if step == 0:
                yield from self._open()
            else:
                yield from self._messages.changed(self._book.changes())
            yield from self._refine()

    def _bids(self, token: str) -> TokenBids:
        draws = []
        for maker in self._makers:
            source = noise(self._seed, f"{self._name}/sizes/{token}/{maker.name}")
            shares = maker.shares * source.lognormal(0.0, 0.7, _SIZES)
            lots = np.maximum(np.rint(shares / _LOT).astype(np.int64), 1)
            draws.append(cycle((lots * (_LOT * MICRO)).tolist()))
        return TokenBids(draws)

    def _wishes(self, fair: Fair) -> list[tuple[Wish, Wish]]:
        """At each step every maker's best bid for up and for down, on the coarse and fine grid."""
        touches = [
            touches_of(maker, fair, seed=self._seed, name=f"{self._name}/{maker.name}")
            for maker in self._makers
        ]
        grids = []
        for pairs in ([touch.coarse for touch in touches], [touch.fine for touch in touches]):
            ups = np.stack([bids for bids, _ in pairs], axis=1).tolist()
            downs = np.stack([PRICE_SCALE - asks for _, asks in pairs], axis=1).tolist()
            grids.append(list(zip(ups, downs, strict=True)))
        return list(zip(grids[0], grids[1], strict=True))

    def _clock(self, times_ns: Ints, latency_ms: float) -> Iterator[tuple[int, int, int]]:
        """For each step the venue's time, the way to us, and how long makers take to react."""
        source = noise(self._seed, f"{self._name}/clock")
        latency = np.maximum(latency_ms * source.lognormal(0.0, 0.25, len(times_ns)), 5.0)
        reaction = source.integers(15, 80, len(times_ns)) * MS
        latency_ns = np.rint(latency * MS).astype(np.int64)
        return zip(times_ns.tolist(), latency_ns.tolist(), reaction.tolist(), strict=True)

    def _flickers(self, steps: int) -> dict[int, tuple[int, int, int]]:
        """Steps at which a maker resizes a level near the best: token, which maker, depth."""
        source = noise(self._seed, f"{self._name}/flickers")
        chance = _FLICKERS_A_SECOND * QUOTE_STEP_MS / 1_000
        at = np.flatnonzero(source.random(steps) < chance)
        picks = source.integers(0, (2, len(self._makers), 3), (len(at), 3)).tolist()
        return {
            int(step): (pick[0], pick[1], pick[2]) for step, pick in zip(at, picks, strict=True)
        }

    def _requote(self, wishes: tuple[Wish, Wish]) -> None:
        up_e4, down_e4 = wishes[1] if self._fine else wishes[0]
        self._book.requote(up_e4, down_e4, fine=self._fine)

    def _take(self, step: int, order: Taking) -> Iterator[TradeSeen | BookChanged]:
        fills = self._side(order.hits).take(order.size_micro)
        for fill in fills:
            self._refills[step + order.refill_steps].append((order.hits, fill.price_e4))
            yield self._messages.traded(fill, order.hits, sells=order.sells)
        yield from self._messages.changed(self._book.changes())

    def _resize(self, step: int, flickers: dict[int, tuple[int, int, int]]) -> None:
        for side, price in self._refills.pop(step, ()):
            for pick in range(len(self._makers)):
                self._side(side).redraw(price, pick=pick)
        if step in flickers:
            token, pick, depth = flickers[step]
            bids = (self._book.up, self._book.down)[token]
            for price in bids.near(depth + 1)[depth:]:
                bids.redraw(price, pick=pick)

    def _open(self) -> Iterator[BookSeen]:
        self._book.changes()
        return self._messages.seen(self._book)

    def _refine(self) -> Iterator[TickChanged]:
        """The venue's move to the fine tick; it is taken to last until the window ends."""
        price = self._book.price
        if not self._fine and price is not None and calls_for_fine_tick(price):
            self._fine = True
            yield from self._messages.tick(FINE_E4)

    def _side(self, side: TokenSide) -> TokenBids:
        return self._book.up if side is TokenSide.UP else self._book.down


def quote_times(window: Window) -> Ints:
    """The times at which makers may act: every 200 ms until just before the end."""
    opens_ns = window.start_ns - OPENS_S * NS
    return np.arange(opens_ns, window.end_ns, QUOTE_STEP_MS * MS, dtype=np.int64)
