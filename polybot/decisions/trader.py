"""The whole strategy without an engine: votes, arbitrage, table, sizing, exits and learning.

It is told what happens and asked what to do; a shell turns the answers into orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from polybot.decisions.arbitrage import ArbitrageParams
from polybot.decisions.ballot import VALID_NS, Ballot
from polybot.decisions.ensemble import Ensemble, EnsembleParams
from polybot.decisions.entry import Circumstances, EntryParams
from polybot.decisions.exits.decide import Market
from polybot.decisions.exits.decide import decide as decide_exit
from polybot.decisions.exits.due import due
from polybot.decisions.exits.params import ExitParams
from polybot.decisions.forecast import forecast
from polybot.decisions.holding import Holding, Reasons, opening
from polybot.decisions.intents import Hold, Sell, Take
from polybot.decisions.learning.learner import Learner, LearningParams
from polybot.decisions.learning.tuning import Tuned, Tuning
from polybot.decisions.limits import TimeGate
from polybot.decisions.sizing import Funds
from polybot.decisions.stance import Stance
from polybot.decisions.view import View
from polybot.decisions.wanted import Look, Wanted, weigh
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.domain.series import NS, Length
from polybot.domain.session import session_at
from polybot.errors import DomainError
from polybot.pricing.bounds import AtLeastOne, NotNegative
from polybot.pricing.edge import could_pay
from polybot.signals.technical import Technical

_REMEMBERED_NS = 4 * VALID_NS
"""A window that resolves later than this after its ballot teaches nothing."""


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
    entries_per_window: AtLeastOne = 1
    """A position that was sold is not bought again at once, with the fee once more."""


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
    _entered: dict[str, int] = field(init=False, default_factory=dict)
    """Windows that have not resolved, and how many positions they had."""
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
            for key in [key for key in self._cast if key[1] < ballot.closed_ns - _REMEMBERED_NS]:
                del self._cast[key]
        return ballot

    def worth_a_look(self, view: View) -> bool:
        """Whether ``enter`` could answer with a purchase, judged by the best prices alone."""
        asset, length = view.window.series.asset, view.window.series.length
        if asset in self.held or self._obstacle(view):
            return False
        ballot = self.ensemble.ballot(asset, view.now_ns)
        if length is Length.M15 and ballot is not None and ballot.side is not Stance.NEUTRAL:
            return True
        up = self.forecast(view)
        return any(self._could_pay(view, side, fair) for side, fair in _sides(up))

    def enter(self, views: Sequence[View], funds: Funds) -> list[Wanted]:
        """What to do in each of the windows that are open now, all of them weighed together."""
        if not views:
            return []
        circumstances = Circumstances(
            held=self.held, funds=funds, session=session_at(views[0].now_ns), wins=self.wins
        )
        looks = [self._look(view) for view in views]
        return weigh(looks, circumstances, self._entry, self._arbitrage)

    def bought(self, wanted: Wanted, take: Take) -> None:
        """An order for ``take`` is about to leave."""
        view = wanted.view
        asset = view.window.series.asset
        if asset in self.held:
            raise DomainError(f"{asset} has a position or an order already: {take.window.slug}")
        reasons = Reasons(
            take=take,
            entry=wanted.entry,
            ballot=wanted.ballot,
            technical=self.technicals.get(asset),
            session=session_at(view.now_ns),
            has_edge=wanted.has_edge,
        )
        self.holdings[view.window.slug] = opening(reasons, spot=view.spot, params=self.params.exits)

    def is_exit_due(self, view: View) -> bool:
        """Whether spot asks to sell some of the position in this window; it remembers spot."""
        holding = self._holding(view.window.slug)
        position = holding.position.seen(view.spot)
        if position is not holding.position:
            self.holdings[view.window.slug] = holding.now(position)
        return due(position, view.spot, self.params.exits) is not None

    def leave(self, view: View) -> Sell | Hold:
        """What to do with the position in this window, given its whole book."""
        position = self._holding(view.window.slug).position
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
        holding = self._holding(sell.window.slug)
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
            if not holding.position.bought_micro:
                self._entered[slug] = self._entered.get(slug, 0) + 1
            position = holding.position.bought(
                shares_micro,
                paid_micro=money_micro,
                ts_ns=ts_ns,
                settled_ns=ts_ns + round(self.params.settle_s * NS),
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
        self._entered.pop(slug, None)
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

    def _holding(self, slug: str) -> Holding:
        holding = self.holdings.get(slug)
        if holding is None:
            raise DomainError(f"no position in {slug}: there is nothing to sell")
        return holding

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

    def _look(self, view: View) -> Look:
        asset = view.window.series.asset
        technical = self.technicals.get(asset)
        return Look(
            view=view,
            ballot=self.ensemble.ballot(asset, view.now_ns),
            regime=None if technical is None else technical.regime,
            obstacle=self._obstacle(view),
        )

    def _obstacle(self, view: View) -> str:
        """Why a window is not entered whatever is thought of it, or an empty string."""
        fewest, most = self.params.time_gate.bounds(view.window.series.length)
        if not fewest <= view.seconds_left <= most:
            return f"{view.seconds_left:.1f} s left is outside {fewest:g} to {most:g} s"
        entered, often = self._entered.get(view.window.slug, 0), self.params.entries_per_window
        if entered >= often:
            return f"{entered} of {often} entries into this window were made already"
        return ""


def _sides(up: float) -> tuple[tuple[Outcome, float], tuple[Outcome, float]]:
    return (Outcome.UP, up), (Outcome.DOWN, 1 - up)
