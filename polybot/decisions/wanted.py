"""All open windows weighed together: what to do in each, and the purchase where it comes to one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from polybot.decisions.arbitrage import Arbitrage, ArbitrageParams, Quiet, detect
from polybot.decisions.ballot import Ballot
from polybot.decisions.entry import Circumstances, Entry, EntryParams, Opportunity, enter
from polybot.decisions.forecast import forecast
from polybot.decisions.intents import Skip, Take
from polybot.decisions.purchase import purchase
from polybot.decisions.view import View
from polybot.domain.money import MICRO
from polybot.domain.outcome import Outcome
from polybot.signals.technical import Regime

_NO_EDGE_ASKED = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One window as it is now; ``obstacle`` is why it cannot be entered, if there is a reason."""

    view: View
    ballot: Ballot | None
    regime: Regime | None
    obstacle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The answer to one window: its entry by the table, and the purchase if it comes to that."""

    view: View
    entry: Entry
    arbitrage: Arbitrage | Quiet
    ballot: Ballot | None
    take: Take | Skip

    @property
    def has_edge(self) -> bool:
        """Whether it is bought for an edge, and not on the vote alone."""
        return isinstance(self.arbitrage, Arbitrage)


def weigh(
    looks: Sequence[Look],
    circumstances: Circumstances,
    entry: EntryParams,
    arbitrage: ArbitrageParams,
) -> list[Wanted]:
    """An answer for each window, in their order.

    A purchase that the book forbids takes no place: the others are weighed again without it.
    """
    opportunities = [_opportunity(look, circumstances, arbitrage) for look in looks]
    while True:
        entries = enter(opportunities, circumstances, entry)
        wanted = [
            _wanted(look, opportunity, answer, arbitrage)
            for look, opportunity, answer in zip(looks, opportunities, entries, strict=True)
        ]
        if all(isinstance(each.take, Take) or not each.entry.enter for each in wanted):
            return wanted
        opportunities = [
            _hindered(each, one) for each, one in zip(opportunities, wanted, strict=True)
        ]


def _opportunity(look: Look, circumstances: Circumstances, params: ArbitrageParams) -> Opportunity:
    view, funds = look.view, circumstances.funds
    stake_micro = funds.cash_micro if funds.cap_micro is None else funds.cap_micro
    return Opportunity(
        series=view.window.series,
        rules=view.rules,
        technical=look.ballot,
        arbitrage=detect(view, stake_micro=stake_micro, params=params),
        asks_e4=_asks(view),
        regime=look.regime,
        obstacle=look.obstacle,
    )


def _hindered(opportunity: Opportunity, wanted: Wanted) -> Opportunity:
    if wanted.entry.enter and isinstance(wanted.take, Skip):
        return replace(opportunity, obstacle=wanted.take.reason)
    return opportunity


def _wanted(look: Look, opportunity: Opportunity, entry: Entry, params: ArbitrageParams) -> Wanted:
    return Wanted(
        view=look.view,
        entry=entry,
        arbitrage=opportunity.arbitrage,
        ballot=look.ballot,
        take=_take(look.view, opportunity, entry, params),
    )


def _take(
    view: View, opportunity: Opportunity, entry: Entry, params: ArbitrageParams
) -> Take | Skip:
    if not entry.enter or entry.combined.outcome is None or entry.stake is None:
        return Skip(entry.refusal)
    outcome = entry.combined.outcome
    up = forecast(view, params.forecast)
    has_edge = isinstance(opportunity.arbitrage, Arbitrage)
    take = purchase(
        view,
        outcome,
        fair=up if outcome is Outcome.UP else 1 - up,
        min_edge=params.min_edge if has_edge else _NO_EDGE_ASKED,
        stake_pusd=entry.stake.stake_micro / MICRO,
    )
    if isinstance(take, Skip):
        return take
    return replace(take, reason=f"{entry.combined.row}: {entry.combined.reason}; {take.reason}")


def _asks(view: View) -> dict[Outcome, int]:
    asks = {outcome: view.book(outcome).best_ask for outcome in Outcome}
    return {outcome: ask.price_e4 for outcome, ask in asks.items() if ask is not None}
