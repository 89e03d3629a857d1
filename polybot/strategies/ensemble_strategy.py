"""The trader wired to Nautilus: trades become candles, answers become orders."""

from collections.abc import Mapping, Sequence
from typing import Any

from nautilus_trader.model import AggressorSide, OrderSide, TradeTick

from polybot.config.limits import limit
from polybot.config.risk import Risk
from polybot.decisions.intents import Sell, Skip, Take
from polybot.decisions.sizing import Funds
from polybot.decisions.trader import Trader, TraderParams
from polybot.decisions.view import View
from polybot.decisions.wanted import Wanted
from polybot.domain.asset import Asset
from polybot.domain.book import Book
from polybot.domain.money import cost_micro
from polybot.domain.outcome import Outcome, TokenSide
from polybot.domain.series import NS, Length
from polybot.engine import data
from polybot.engine.instruments import price_e4, size_micro, token_id
from polybot.execution.ledger import Ledger
from polybot.signals.candle import Candle
from polybot.signals.market import MarketSignals
from polybot.strategies.checkpoints import Checkpoints
from polybot.strategies.ensemble_rows import (
    ballot_decision,
    ballot_row,
    entry_row,
    exit_row,
    tuning_row,
)
from polybot.strategies.ensemble_sent import sent_purchase, sent_sale
from polybot.strategies.sink import Sent
from polybot.strategies.watched import Watched
from polybot.strategies.window_strategy import WindowStrategy
from polybot.strategies.wiring import WindowStrategyConfig

_M15_S = 900
_NOTHING_OPEN: frozenset[Outcome] = frozenset()


class EnsembleStrategyConfig(WindowStrategyConfig):
    """A window strategy's wiring, the trader's params, what may be spent, and earlier candles."""

    def __init__(
        self,
        *,
        trader: TraderParams,
        risk: Risk,
        ledger: Ledger,
        recheck_s: float = 2.0,
        history: Mapping[Asset, Sequence[Candle]] | None = None,
        **wiring: Any,
    ) -> None:
        super().__init__(**wiring)
        self.history = history or {}
        self.trader = trader
        self.risk = risk
        self.ledger = ledger
        self.recheck_ns = round(recheck_s * NS)


class EnsembleStrategy(WindowStrategy):
    """Asks the trader about every window that has changed, and does what it answers."""

    def __init__(self, config: EnsembleStrategyConfig) -> None:
        super().__init__(config)
        self.trader = Trader(config.trader)
        self._ledger = config.ledger
        self._base = limit(config.risk, "base_stake")
        self._cap = limit(config.risk, "per_trade")
        self._recheck_ns = config.recheck_ns
        self._signals = {
            series.asset: MarketSignals(series.asset)
            for series in sorted(config.series, key=lambda series: series.asset)
        }
        for asset, candles in config.history.items():
            self._signals[asset].warm(candles)
        self._look_ns: dict[str, int] = {}
        """When a window may be weighed again."""
        self._retry_ns: dict[str, int] = {}
        """When an order may be sent again, after one that ended unfilled or in part."""
        self._orders: dict[str, tuple[str, bool]] = {}
        self._checkpoints = Checkpoints(self.sink)

    def on_trade(self, trade: TradeTick) -> None:
        asset = self._assets[trade.instrument_id]
        signals = self._signals[asset]
        closed = signals.update(
            trade.price.as_double(),
            trade.size.as_double(),
            trade.aggressor_side == AggressorSide.BUY,
            # The exchange's own time, so that candles are those of its klines.
            trade.ts_event,
        )
        if closed and isinstance(closed, tuple):
            self._closed(asset, closed, trade.ts_init)
        super().on_trade(trade)

    def consider(self, watched: Watched, now_ns: int) -> None:
        self._advance(watched.window.series.asset, now_ns)
        if watched.known.strike is None or not watched.is_open(now_ns):
            return
        view = self._view(watched, watched.touch_book, now_ns)
        if isinstance(view, Skip):
            return
        self._checkpoints.pass_by(view, self.trader.forecast)
        if watched.slug in self.trader.holdings:
            if self.trader.is_exit_due(view):
                self._leave(watched, now_ns)
        elif now_ns >= self._look_ns.get(watched.slug, 0) and self.trader.worth_a_look(view):
            self._enter(watched, now_ns)

    def on_order_filled(self, event: Any) -> None:
        sent = self._orders.get(event.client_order_id.value)
        if sent is None:
            # Nautilus settles expired windows by orders of its own: the resolution says it all.
            return
        slug, is_buy = sent
        shares = size_micro(event.last_qty)
        notional = cost_micro(price_e4(event.last_px), shares)
        fee = 0 if event.commission is None else int(event.commission.as_decimal().scaleb(6))
        tuning = self.trader.filled(
            slug,
            is_buy=is_buy,
            shares_micro=shares,
            money_micro=notional + fee if is_buy else notional - fee,
            ts_ns=event.ts_init,
        )
        self._tell(tuning, event.ts_init)

    def on_order_denied(self, event: Any) -> None:
        # A refusal comes back inside submit_order: cache, clock and config are still borrowed then.
        self._ended(event)

    def on_order_rejected(self, event: Any) -> None:
        self._ended(event)

    def on_order_canceled(self, event: Any) -> None:
        self._ended(event)

    def on_order_expired(self, event: Any) -> None:
        self._ended(event)

    def _ended(self, event: Any) -> None:
        slug, is_buy = self._orders.pop(event.client_order_id.value)
        self._retry_ns[slug] = self._look_ns[slug] = event.ts_init + self._recheck_ns
        self.trader.ended(slug, is_buy=is_buy, ts_ns=event.ts_init)

    def _advance(self, asset: Asset, now_ns: int) -> None:
        """Close the candles that have ended, whether or not anything was traded since."""
        signals = self._signals[asset]
        due_ns = signals.next_close_ns
        if due_ns is not None and now_ns >= due_ns:
            closed = signals.advance(now_ns)
            if closed:
                self._closed(asset, closed, now_ns)

    def _closed(self, asset: Asset, closed: tuple[Any, ...], now_ns: int) -> None:
        if not any(candle.length_s == _M15_S for candle in closed):
            return
        ballot = self.trader.voted(self._signals[asset].technical(now_ns))
        if ballot is not None:
            self.sink.decisions.append(ballot_decision(ballot, now_ns))
            self.sink.ballots.append(ballot_row(ballot))

    def _enter(self, watched: Watched, now_ns: int) -> None:
        self._look_ns[watched.slug] = now_ns + self._recheck_ns
        views = self._open_views(now_ns)
        if not views:
            return
        for wanted in self.trader.enter(views, self._funds()):
            is_asked = wanted.view.window.slug == watched.slug
            if is_asked or isinstance(wanted.take, Take):
                self.sink.decisions.append(entry_row(wanted))
            if isinstance(wanted.take, Take):
                self._buy(wanted, wanted.take)

    def _leave(self, watched: Watched, now_ns: int) -> None:
        view = self._view(watched, self.book(watched), now_ns)
        if isinstance(view, Skip) or self._waits(watched, now_ns):
            return
        answer = self.trader.leave(view)
        if isinstance(answer, Sell):
            self.sink.decisions.append(exit_row(view, answer))
            self.trader.selling(answer)
            self._sell(answer, view)

    def _buy(self, wanted: Wanted, take: Take) -> None:
        self.trader.bought(wanted, take)
        self._send(take, wanted.view, sent_purchase(wanted, take))

    def _sell(self, sell: Sell, view: View) -> None:
        entry = self.trader.holdings[sell.window.slug].reasons.entry
        self._send(sell, view, sent_sale(view, sell, entry))

    def _send(self, intent: Take | Sell, view: View, sent: Sent) -> None:
        is_buy = isinstance(intent, Take)
        order = self.limit_order(
            token_id(view.window, TokenSide(intent.outcome.value)),
            OrderSide.BUY if is_buy else OrderSide.SELL,
            size_micro=intent.shares_micro,
            price_e4=intent.limit_e4,
            confidence=sent.confidence,
        )
        order_id = order.client_order_id.value
        # Noted first: a refusal comes back before submit_order returns.
        self._orders[order_id] = view.window.slug, is_buy
        self.sink.sent[order_id] = sent
        self.submit_order(order)

    def _waits(self, watched: Watched, now_ns: int) -> bool:
        return now_ns < self._retry_ns.get(watched.slug, 0)

    def _open_views(self, now_ns: int) -> list[View]:
        views = [
            self._view(watched, self.book(watched), now_ns)
            for watched in self.watched.values()
            if watched.known.strike is not None
            and watched.is_open(now_ns)
            and not self._waits(watched, now_ns)
        ]
        return [view for view in views if isinstance(view, View)]

    def _view(self, watched: Watched, book: Book, now_ns: int) -> View | Skip:
        return self.world.view(
            watched.known,
            now_ns=now_ns,
            up=book,
            down=book.mirror,
            open_sides=_NOTHING_OPEN,
            cash_micro=self._ledger.cash_micro,
        )

    def _funds(self) -> Funds:
        ledger = self._ledger
        base = self._base.at_micro(ledger.equity_micro)
        return Funds(
            equity_micro=ledger.equity_micro,
            cash_micro=ledger.cash_micro,
            base_micro=0 if base is None else base,
            cap_micro=self._cap.at_micro(ledger.equity_micro),
        )

    def _window_resolved(self, resolved: data.WindowResolved) -> None:
        watched = self.watched.get(resolved.slug)
        super()._window_resolved(resolved)
        if watched is None:
            return
        outcome = None if resolved.winner == "half" else Outcome(resolved.winner)
        self._tell(
            self.trader.resolved(resolved.slug, outcome, now_ns=resolved.ts_init), resolved.ts_init
        )
        series = watched.window.series
        if series.length is Length.M15 and outcome is not None:
            self.trader.ballot_resolved(series.asset, watched.start_ns, outcome)

    def _tell(self, tuning: Any, now_ns: int) -> None:
        if tuning is not None:
            self.sink.decisions.append(tuning_row(tuning, now_ns))
