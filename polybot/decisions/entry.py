"""Which windows to enter now, and with how much: table, sizing and choice in one pass."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

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
    """One window with what is thought of it; ``asks_e4`` is what a share of each token costs."""

    series: Series
    rules: Rules
    technical: Judgement | None
    arbitrage: Arbitrage | Quiet
    asks_e4: Mapping[Outcome, int]
    regime: Regime | None


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
    possible = [index for index, draft in enumerate(drafts) if draft.enter]
    candidates = {
        index: Candidate(
            series=drafts[index].series,
            combined=drafts[index].combined,
            profit_pusd=drafts[index].profit_pusd,
        )
        for index in possible
    }
    chosen = choose(list(candidates.values()), circumstances.held, params.choice)
    refusals = {id(each.candidate): each.refusal for each in chosen}
    return [
        msgspec.structs.replace(draft) if False else draft
        for draft in drafts
    ]
