"""What is known about windows: gathered by one unit, merged over units in any order."""

from collections.abc import Iterable

import msgspec

from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.errors import CatalogError
from polybot.recording.catalog.coverage import Coverage, merged
from polybot.recording.catalog.manifest import (
    ResolutionClaim,
    StrikeClaim,
    TickClaim,
    WindowEntry,
)
from polybot.recording.catalog.market import MarketBook
from polybot.recording.observations import ResolutionSeen, StrikeSeen, WindowListed

_PAIRS = {
    TokenSide.UP: {"up": "", "down": ""},
    TokenSide.DOWN: {"up": "", "down": ""},
    TokenSide.A: {"a": "", "b": ""},
    TokenSide.B: {"a": "", "b": ""},
}


class WindowFacts:
    """The facts of one window while a unit is written."""

    __slots__ = ("_known", "_resolutions", "_strikes", "_ticks", "markets", "trades", "window")

    def __init__(self, window: Window) -> None:
        self.window = window
        self.markets: list[MarketBook] = []
        self.trades = 0
        self._known = WindowEntry(slug=window.slug)
        self._ticks: list[TickClaim] = []
        self._strikes: list[StrikeClaim] = []
        self._resolutions: list[ResolutionClaim] = []

    @property
    def tick_e4(self) -> int:
        """The price grid now in force."""
        return self._ticks[-1].tick_e4 if self._ticks else self._known.tick_e4

    def listed(self, seen: WindowListed, ts_init: int) -> None:
        """The window and its tokens became known; later listings add what the first left out."""
        tokens = {side.value: token for side, token in seen.tokens.items()}
        if self._known.listed_ns:
            added = {side: token for side, token in tokens.items() if token}
            tokens = {**self._known.tokens, **added}
            self._known = msgspec.structs.replace(self._known, tokens=tokens)
            return
        self._known = msgspec.structs.replace(
            self._known,
            condition_id=seen.condition_id,
            tokens=tokens,
            tick_e4=seen.tick_e4,
            fee_rate_e6=seen.fee_rate_e6,
            listed_ns=ts_init,
            listed_event_ns=seen.venue_ns,
        )

    def named(self, side: TokenSide) -> None:
        """A token was traded that no listing announced."""
        if not self._known.tokens:
            self._known = msgspec.structs.replace(self._known, tokens=_PAIRS[side])

    def ticked(self, tick_e4: int, *, ts_init: int, ts_event: int) -> None:
        """The price grid changed."""
        if tick_e4 != self.tick_e4:
            self._ticks.append(TickClaim(ts_init=ts_init, ts_event=ts_event, tick_e4=tick_e4))

    def struck(self, seen: StrikeSeen, ts_init: int) -> None:
        """Somebody named the strike."""
        claim = StrikeClaim(
            ts_init=ts_init,
            ts_event=seen.venue_ns,
            strike_e18=str(seen.strike_e18),
            source=seen.source,
        )
        self._strikes.append(claim)

    def resolved(self, seen: ResolutionSeen, ts_init: int) -> None:
        """Somebody named the outcome."""
        claim = ResolutionClaim(
            ts_init=ts_init,
            ts_event=seen.venue_ns,
            winner=seen.winner.value if seen.winner else "half",
            source=seen.source,
            close_e18="" if seen.close_e18 is None else str(seen.close_e18),
        )
        self._resolutions.append(claim)

    def entry(self) -> WindowEntry:
        """All of it, as the manifest keeps it."""
        return msgspec.structs.replace(
            self._known,
            ticks=tuple(self._ticks),
            strikes=tuple(self._strikes),
            resolutions=tuple(self._resolutions),
            coverage=self._coverage(),
            trades=self.trades,
        )

    def _coverage(self) -> Coverage | None:
        found = [market.coverage for market in self.markets]
        # Two tokens recorded apart: the window is as good as its worse book.
        return min(found, key=lambda coverage: coverage.covered_ns, default=None)


def merge(one: WindowEntry, other: WindowEntry) -> WindowEntry:
    """Two units' facts about the same window, in whatever order they were imported."""
    early, late = sorted((one, other), key=_listed_first)
    _refuse_other_names(early, late)
    window = early.window
    return WindowEntry(
        slug=early.slug,
        condition_id=early.condition_id or late.condition_id,
        tokens={**late.tokens, **{side: token for side, token in early.tokens.items() if token}},
        tick_e4=early.tick_e4,
        fee_rate_e6=late.fee_rate_e6 if early.fee_rate_e6 is None else early.fee_rate_e6,
        listed_ns=early.listed_ns,
        listed_event_ns=early.listed_event_ns,
        ticks=_united(early.ticks, late.ticks),
        strikes=_united(early.strikes, late.strikes),
        resolutions=_united(early.resolutions, late.resolutions),
        coverage=merged(
            one.coverage, other.coverage, start_ns=window.start_ns, end_ns=window.end_ns
        ),
        trades=one.trades + other.trades,
        hashes=None if other.coverage else one.hashes,
    )


def _refuse_other_names(one: WindowEntry, other: WindowEntry) -> None:
    if one.tokens and other.tokens and one.sides != other.sides:
        raise CatalogError(
            f"{one.slug} is here with tokens {'/'.join(one.tokens)} and there with"
            f" {'/'.join(other.tokens)}: import what names up and down (windows-jsonl) before the"
            " books, or into a catalog of its own"
        )
    for side, token in one.tokens.items():
        if token and other.tokens.get(side, token) not in ("", token):
            raise CatalogError(
                f"token {side} of {one.slug} is {token[:20]} here and {other.tokens[side][:20]}"
                " there: import windows.csv before the books, into a new catalog"
            )


def _listed_first(entry: WindowEntry) -> tuple[bool, int, str]:
    return not entry.listed_ns, entry.listed_ns, entry.condition_id


def _united[T: TickClaim | StrikeClaim | ResolutionClaim](
    one: Iterable[T], other: Iterable[T]
) -> tuple[T, ...]:
    claims = dict.fromkeys((*one, *other))
    return tuple(sorted(claims, key=lambda claim: (claim.ts_init, msgspec.json.encode(claim))))
