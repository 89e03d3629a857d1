"""The whole strategy without an engine: votes, arbitrage, table, sizing, exits and learning.

It is told what happens and asked what to do; a shell turns the answers into orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec

from polybot.decisions.arbitrage import Arbitrage, ArbitrageParams, detect
from polybot.decisions.ballot import VALID_NS, Ballot
from polybot.decisions.ensemble import Ensemble, EnsembleParams
from polybot.decisions.entry import Circumstances, Entry, EntryParams, Opportunity, enter
from polybot.decisions.exits.decide import Market
from polybot.decisions.exits.decide import decide as decide_exit
from polybot.decisions.exits.due import due
from polybot.decisions.exits.params import ExitParams
from polybot.decisions.forecast import forecast
from polybot.decisions.holding import Holding, Reasons, opening
from polybot.decisions.intents import Hold, Sell, Skip, Take
from polybot.decisions.learning.learner import Learner, LearningParams
from polybot.decisions.learning.tuning import Tuned, Tuning
from polybot.decisions.limits import TimeGate
from polybot.decisions.purchase import purchase
from polybot.decisions.sizing import Funds
from polybot.decisions.stance import Stance
from polybot.decisions.view import View
from polybot.domain.asset import Asset
from polybot.domain.money import MICRO
from polybot.domain.outcome import Outcome
from polybot.domain.series import Length
from polybot.domain.session import session_at
from polybot.pricing.bounds import NotNegative
from polybot.pricing.edge import could_pay
from polybot.signals.technical import Technical

_NO_EDGE_ASKED = -1.0


class TraderParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that can be set about the strategy, but for the risk settings."""

    ensemble: EnsembleParams = EnsembleParams()
    arbitrage: ArbitrageParams = ArbitrageParams()
    entry: EntryParams = EntryParams()
    exits: ExitParams = ExitParams()
    learning: LearningParams = LearningParams()
    time_gate: TimeGate = TimeGate()
    settle_s: NotNegative = 5.0
    """How long tokens that were just bought cannot be sold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The answer to one window: its entry by the table, and the purchase if it comes to that."""

    view: View
    entry: Entry
    arbitrage: str
    ballot: Ballot | None
    take: Take | Skip


@dataclass(slots=True)
class Trader:
    """Keeps ballots, positions and what was learned."""

    params: TraderParams = field(default_factory=TraderParams)
    ensemble: Ensemble = field(init=False)
    learner: Learner = field(init=False)
    technicals: dict[Asset, Technical] = field(init=False, default_factory=dict)
    holdings: dict[str, Holding] = field(init=False, default_factory=dict)
    wins: int = field(init=False, default=0)
    """Wins in a row."""
    _cast: dict[tuple[Asset, int], Ballot] = field(init=False, default_factory=dict)
    _entry: EntryParams = field(init=False)
    _arbitrage: ArbitrageParams = field(init=False)

    def __post_init__(self) -> None:
        self.ensemble = Ensemble(self.params.ensemble)
        configured = Tuned(
            min_confidence=self.params.entry.combination.technical_only_from,
            min_edge=self.params.arbitrage.min_edge,
            weight_rate=self.params.ensemble.weights.rate,
        )
        self.learner = Learner(self.ensemble.weights, configured, self.params.learning)
        self._use_tuned()

    @property
    def held(self) -> set[Asset]:
        """The assets with a position, or an order that may become one."""
        return {holding.position.window.series.asset for holding in self.holdings.values()}

    def forecast(self, view: View) -> float:
        """The probability of up that arbitrage rests on."""
        return forecast(view, self.params.arbitrage.forecast)

    def voted(self, technical: Technical) -> Ballot | None:
        """A candle closed: the new ballot when it was one of 15 minutes."""
        self.technicals[technical.asset] = technical
        ballot = self.ensemble.update(technical)
        if ballot is not None:
            self._cast[ballot.asset, ballot.closed_ns] = ballot
        return ballot

    def worth_a_look(self, view: View) -> bool:
        """Whether ``enter`` could answer with a purchase, judged by the best prices alone."""
        asset, length = view.window.series.asset, view.window.series.length
        fewest, most = self.params.time_gate.bounds(length)
        if asset in self.held or not fewest <= view.seconds_left <= most:
            return False
        ballot = self.ensemble.ballot(asset, view.now_ns)
        if length is Length.M15 and ballot is not None and ballot.side is not Stance.NEUTRAL:
            return True
        up = self.forecast(view)
        return any(self._could_pay(view, side, fair) for side, fair in _sides(up))

    def enter(self, views: Sequence[View], funds: Funds) -> list[Wanted]:
        """What to do in each of the windows that are open now, all of them weighed together."""
        ballots = [self._ballot(view) for view in views]
        opportunities = [
            self._opportunity(view, ballot, funds)
            for view, ballot in zip(views, ballots, strict=True)
        ]
        circumstances = Circumstances(
            held=self.held, funds=funds, session=session_at(views[0].now_ns), wins=self.wins
        )
        entries = enter(opportunities, circumstances, self._entry)
        return [
            self._wanted(view, ballot, opportunity, entry)
            for view, ballot, opportunity, entry in zip(
                views, ballots, opportunities, entries, strict=True
            )
        ]

    def bought(self, wanted: Wanted, take: Take) -> None:
        """An order for ``take`` is about to leave."""
        view = wanted.view
        reasons = Reasons(
            take=take,
            entry=wanted.entry,
            ballot=wanted.ballot,
            technical=self.technicals.get(view.window.series.asset),
            session=session_at(view.now_ns),
            has_edge=take.edge >= self._arbitrage.min_edge,
        )
        self.holdings[view.window.slug] = opening(reasons, spot=view.spot, params=self.params.exits)

    def is_exit_due(self, view: View) -> bool:
        """Whether spot asks to sell some of the position in this window; it remembers spot."""
        holding = self.holdings[view.window.slug]
        position = holding.position.seen(view.spot)
        if position is not holding.position:
            self.holdings[view.window.slug] = holding.now(position)
        return due(position, view.spot, self.params.exits) is not None

    def leave(self, view: View) -> Sell | Hold:
        """What to do with the position in this window, given its whole book."""
        position = self.holdings[view.window.slug].position
        up = self.forecast(view)
        fair = up if position.outcome is Outcome.UP else 1 - up
        market = Market(
            now_ns=view.now_ns,
            spot=view.spot,
            book=view.book(position.outcome),
            rules=view.rules,
            fair=fair,
        )
        return decide_exit(position, market, self.params.exits)

    def selling(self, sell: Sell) -> None:
        """A sale is about to leave."""
        holding = self.holdings[sell.window.slug]
        position = holding.position.selling(sell.shares_micro)
        self.holdings[sell.window.slug] = holding.now(position)

    def filled(
        self, slug: str, *, is_buy: bool, shares_micro: int, money_micro: int, ts_ns: int
    ) -> Tuning | None:
        """A fill; ``money_micro`` was paid or earned, fees included."""
        holding = self.holdings.get(slug)
        if holding is None:
            # The window resolved first: the lesson is written, and the ledger is the gate's.
            return None
        if is_buy:
            position = holding.position.bought(
                shares_micro,
                paid_micro=money_micro,
                ts_ns=ts_ns,
                settled_ns=ts_ns + round(self.params.settle_s * 1e9),
            )
        else:
            position = holding.position.sold(shares_micro, earned_micro=money_micro)
        return self._became(slug, holding.now(position), ts_ns, outcome=None)

    def ended(self, slug: str, *, is_buy: bool, ts_ns: int) -> None:
        """An order ended without filling in full."""
        holding = self.holdings.get(slug)
        if holding is None:
            return
        position = holding.position.entry_ended() if is_buy else holding.position.sale_ended()
        self._became(slug, holding.now(position), ts_ns, outcome=None)

    def resolved(self, slug: str, outcome: Outcome | None, *, now_ns: int) -> Tuning | None:
        """A window's outcome is known; None is a half-half payout."""
        holding = self.holdings.get(slug)
        if holding is None:
            return None
        position = holding.position
        share = 0.5 if outcome is None else float(position.outcome is outcome)
        position = position.resolved(earned_micro=round(position.held_micro * share))
        return self._became(slug, holding.now(position), now_ns, outcome=outcome)

    def ballot_resolved(self, asset: Asset, closed_ns: int, outcome: Outcome) -> None:
        """The 15m window that followed a ballot has ended: the weights learn from it."""
        ballot = self._cast.pop((asset, closed_ns), None)
        if ballot is not None:
            self.learner.ballot_resolved(ballot, outcome)
        for key in [key for key in self._cast if key[1] < closed_ns - 4 * VALID_NS]:
            del self._cast[key]

    def _became(
        self, slug: str, holding: Holding, now_ns: int, *, outcome: Outcome | None
    ) -> Tuning | None:
        self.holdings[slug] = holding
        if not holding.is_over:
            return None
        del self.holdings[slug]
        lesson = holding.lesson(now_ns, outcome)
        if lesson is None:
            return None
        self.wins = self.wins + 1 if lesson.won else 0
        tuning = self.learner.trade_closed(lesson)
        self._use_tuned()
        return tuning

    def _use_tuned(self) -> None:
        """The params of entries and arbitrage with what tuning made of them."""
        values, replace_ = self.learner.values, msgspec.structs.replace
        entry = self.params.entry
        combination = replace_(entry.combination, technical_only_from=values.min_confidence)
        self._entry = replace_(entry, combination=combination)
        self._arbitrage = replace_(self.params.arbitrage, min_edge=values.min_edge)

    def _could_pay(self, view: View, outcome: Outcome, fair: float) -> bool:
        ask = view.book(outcome).best_ask
        min_edge = self._arbitrage.min_edge
        return ask is not None and could_pay(fair, ask.price_e4, view.rules.fee, min_edge=min_edge)

    def _ballot(self, view: View) -> Ballot | None:
        return self.ensemble.ballot(view.window.series.asset, view.now_ns)

    def _opportunity(self, view: View, ballot: Ballot | None, funds: Funds) -> Opportunity:
        technical = self.technicals.get(view.window.series.asset)
        stake_micro = funds.cash_micro if funds.cap_micro is None else funds.cap_micro
        return Opportunity(
            series=view.window.series,
            rules=view.rules,
            technical=ballot,
            arbitrage=detect(view, stake_micro=stake_micro, params=self._arbitrage),
            asks_e4=_asks(view),
            regime=None if technical is None else technical.regime,
        )

    def _wanted(
        self, view: View, ballot: Ballot | None, opportunity: Opportunity, entry: Entry
    ) -> Wanted:
        return Wanted(
            view=view,
            entry=entry,
            arbitrage=opportunity.arbitrage.reason,
            ballot=ballot,
            take=self._take(view, opportunity, entry),
        )

    def _take(self, view: View, opportunity: Opportunity, entry: Entry) -> Take | Skip:
        fewest, most = self.params.time_gate.bounds(view.window.series.length)
        if not fewest <= view.seconds_left <= most:
            return Skip(f"{view.seconds_left:.1f} s left is outside {fewest:g} to {most:g} s")
        if not entry.enter or entry.combined.outcome is None or entry.stake is None:
            return Skip(entry.refusal)
        outcome = entry.combined.outcome
        up = self.forecast(view)
        has_edge = isinstance(opportunity.arbitrage, Arbitrage)
        take = purchase(
            view,
            outcome,
            fair=up if outcome is Outcome.UP else 1 - up,
            min_edge=self._arbitrage.min_edge if has_edge else _NO_EDGE_ASKED,
            stake_pusd=entry.stake.stake_micro / MICRO,
        )
        if isinstance(take, Skip):
            return take
        return replace(take, reason=f"{entry.combined.row}: {entry.combined.reason}; {take.reason}")


def _sides(up: float) -> tuple[tuple[Outcome, float], tuple[Outcome, float]]:
    return (Outcome.UP, up), (Outcome.DOWN, 1 - up)


def _asks(view: View) -> dict[Outcome, int]:
    asks = {outcome: view.book(outcome).best_ask for outcome in Outcome}
    return {outcome: ask.price_e4 for outcome, ask in asks.items() if ask is not None}
