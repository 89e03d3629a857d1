"""Which windows to enter now, and with how much: table, sizing and choice in one pass."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from polybot.decisions.arbitrage import Arbitrage, Quiet
from polybot.decisions.choice import Candidate, ChoiceParams, choose
from polybot.decisions.combination import Combined, Judgement, combine
from polybot.decisions.decision_table import CombinationParams
from polybot.decisions.sizing import Funds, Occasion, Stake, size
from polybot.decisions.sizing_factors import SizingParams
from polybot.domain.asset import Asset
from polybot.domain.money import MICRO
from polybot.domain.outcome import Outcome
from polybot.domain.rulebook.rules import Rules
from polybot.domain.series import Series
from polybot.domain.session import Session
from polybot.signals.technical import Regime


class EntryParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that can be set about entries, but for the risk settings."""

    combination: CombinationParams = CombinationParams()
    choice: ChoiceParams = ChoiceParams()
    sizing: SizingParams = SizingParams()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """One window with what is thought of it; ``asks_e4`` is what a share of each token costs.

    ``obstacle`` is why it cannot be entered whatever the table says, if there is a reason.
    """

    series: Series
    rules: Rules
    technical: Judgement | None
    arbitrage: Arbitrage | Quiet
    asks_e4: Mapping[Outcome, int]
    regime: Regime | None
    obstacle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is the same for every window; ``held`` are the assets with a position or an order."""

    held: Collection[Asset]
    funds: Funds
    session: Session
    wins: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The answer to one window: its row, its stake where it got so far, and why not if not.

    ``profit_pusd`` is what the stake is expected to earn; 0 without a fair value.
    """

    series: Series
    combined: Combined
    stake: Stake | None
    profit_pusd: float
    refusal: str

    @property
    def enter(self) -> bool:
        """Whether the window is entered, if the risk gate agrees."""
        return not self.refusal


DEFAULT = EntryParams()


def enter(
    opportunities: Sequence[Opportunity],
    circumstances: Circumstances,
    params: EntryParams = DEFAULT,
) -> list[Entry]:
    """An answer for each opportunity, in their order."""
    drafts = [_draft(each, circumstances, params) for each in opportunities]
    candidates = [
        Candidate(
            series=draft.series,
            confidence=draft.combined.confidence,
            profit_pusd=draft.profit_pusd,
            refusal=draft.refusal,
        )
        for draft in drafts
    ]
    refusals = choose(candidates, circumstances.held, params.choice)
    return [
        replace(draft, refusal=refusal) for draft, refusal in zip(drafts, refusals, strict=True)
    ]


def _draft(each: Opportunity, circumstances: Circumstances, params: EntryParams) -> Entry:
    """The answer as far as the window alone can give it."""
    combined = combine(each.technical, each.arbitrage, each.series.length, params.combination)
    if combined.outcome is None:
        return _refused(each, combined, combined.reason)
    ask_e4 = each.asks_e4.get(combined.outcome)
    if ask_e4 is None:
        return _refused(each, combined, f"nobody offers {combined.outcome}")
    seen = each.arbitrage if isinstance(each.arbitrage, Arbitrage) else None
    occasion = Occasion(
        confidence=combined.confidence,
        price_e4=ask_e4,
        rules=each.rules,
        session=circumstances.session,
        regime=each.regime,
        chance=None if seen is None else seen.fair,
        wins=circumstances.wins,
    )
    stake = size(occasion, circumstances.funds, params.sizing)
    return Entry(
        series=each.series,
        combined=combined,
        stake=stake,
        profit_pusd=0.0 if seen is None else seen.edge * stake.stake_micro / occasion.cost / MICRO,
        refusal=each.obstacle if stake.stake_micro else stake.reason,
    )


def _refused(each: Opportunity, combined: Combined, reason: str) -> Entry:
    return Entry(series=each.series, combined=combined, stake=None, profit_pusd=0.0, refusal=reason)
