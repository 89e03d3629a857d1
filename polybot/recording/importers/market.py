"""Events of the market channel as observations, for whatever carries them: tapes and archives."""

from collections.abc import Iterable, Iterator

from polybot.domain.outcome import Outcome, TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import Window
from polybot.errors import DomainError
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.observations import (
    BookChanged,
    BookSeen,
    LevelChange,
    Observation,
    ResolutionSeen,
    TickChanged,
    TradeSeen,
    WindowListed,
)
from polybot.wire.gamma.values import GammaMarket
from polybot.wire.market_channel import events

_COARSE_E4 = 100


class Markets:
    """Which window and side each of the venue's tokens is; events of other tokens say nothing."""

    def __init__(self, windows: Iterable[WindowEntry]) -> None:
        self._tokens: dict[str, tuple[Window, TokenSide]] = {}
        for entry in windows:
            for side, token in entry.tokens.items():
                if token:
                    self._tokens[token] = entry.window, TokenSide(side)

    @property
    def tokens(self) -> list[str]:
        """Every known token."""
        return list(self._tokens)

    def listed(self, market: GammaMarket, received_ns: int) -> Iterator[Observation]:
        """A market object of the venue's catalogue; one that is no window says nothing."""
        up, down = market.token_of(Outcome.UP), market.token_of(Outcome.DOWN)
        window = _window(market.slug)
        if window is None or up is None or down is None or up in self._tokens:
            return
        yield self._listing(
            window,
            (up, down),
            condition_id=market.condition_id,
            received_ns=received_ns,
            tick_e4=market.tick_e4,
            fee_rate_e6=market.fee.rate_e6 if market.fee else None,
        )

    def observe(self, event: events.MarketEvent, received_ns: int) -> Iterator[Observation]:
        """What one event says of the known windows."""
        match event:
            case events.BookEvent():
                yield from self._book(event, received_ns)
            case events.PriceChangeEvent():
                yield from self._changes(event, received_ns)
            case events.LastTradeEvent():
                yield from self._trade(event, received_ns)
            case events.TickSizeEvent() if event.asset_id in self._tokens:
                window, side = self._tokens[event.asset_id]
                yield TickChanged(received_ns, event.venue_ns, window, side, event.new_tick_e4)
            case events.NewMarketEvent():
                yield from self._new(event, received_ns)
            case events.ResolvedEvent():
                yield from self._resolved(event, received_ns)

    def _book(self, event: events.BookEvent, received_ns: int) -> Iterator[Observation]:
        if event.asset_id in self._tokens:
            window, side = self._tokens[event.asset_id]
            yield BookSeen(
                received_ns,
                event.venue_ns,
                window,
                side,
                event.bids,
                event.asks,
                event.venue_hash,
            )

    def _changes(self, event: events.PriceChangeEvent, received_ns: int) -> Iterator[Observation]:
        for token in event.tokens:
            if token.asset_id in self._tokens:
                window, side = self._tokens[token.asset_id]
                changes = tuple(LevelChange(*change) for change in token.changes)
                yield BookChanged(
                    received_ns, event.venue_ns, window, side, changes, token.venue_hash
                )

    def _trade(self, event: events.LastTradeEvent, received_ns: int) -> Iterator[Observation]:
        if event.asset_id in self._tokens:
            window, side = self._tokens[event.asset_id]
            yield TradeSeen(
                received_ns=received_ns,
                venue_ns=event.venue_ns,
                window=window,
                side=side,
                price_e4=event.price_e4,
                size_micro=event.size_micro,
                taker_buys=event.taker_buys,
                trade_id=event.transaction_hash or f"{event.venue_ns}-{event.size_micro}",
            )

    def _new(self, event: events.NewMarketEvent, received_ns: int) -> Iterator[Observation]:
        up, down = event.token_of("Up"), event.token_of("Down")
        window = _window(event.slug)
        if window is not None and up and down and up not in self._tokens:
            yield self._listing(
                window,
                (up, down),
                condition_id=event.market,
                received_ns=received_ns,
                tick_e4=event.tick_e4,
            )

    def _resolved(self, event: events.ResolvedEvent, received_ns: int) -> Iterator[Observation]:
        known = [self._tokens[token] for token in event.asset_ids if token in self._tokens]
        if not known:
            return
        winner = self._tokens.get(event.winning_asset_id or "")
        yield ResolutionSeen(
            received_ns=received_ns,
            venue_ns=event.venue_ns,
            window=known[0][0],
            winner=winner[1] if winner else None,
            source=Source.VENUE,
        )

    def _listing(
        self,
        window: Window,
        tokens: tuple[str, str],
        *,
        condition_id: str,
        received_ns: int,
        tick_e4: int | None,
        fee_rate_e6: int | None = None,
    ) -> WindowListed:
        sides = dict(zip((TokenSide.UP, TokenSide.DOWN), tokens, strict=True))
        self._tokens.update({token: (window, side) for side, token in sides.items()})
        return WindowListed(
            received_ns=received_ns,
            venue_ns=received_ns,
            window=window,
            condition_id=condition_id,
            tokens=sides,
            tick_e4=tick_e4 or _COARSE_E4,
            fee_rate_e6=fee_rate_e6,
        )


def _window(slug: str) -> Window | None:
    try:
        return Window.from_slug(slug)
    except DomainError:
        return None
