"""The file that ``polybot decide`` reads: what is thought of some windows, as JSON."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from polybot.config.limits import limit
from polybot.config.risk import Risk
from polybot.decisions.arbitrage import Arbitrage, Quiet
from polybot.decisions.decision_table import Confidence
from polybot.decisions.entry import Circumstances, EntryParams, Opportunity
from polybot.decisions.members.member import Vote
from polybot.decisions.sizing import Funds
from polybot.decisions.stance import Stance
from polybot.domain.asset import Asset
from polybot.domain.money import MICRO, PRICE_SCALE, micro
from polybot.domain.outcome import Outcome
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.rulebook.rules import Rules
from polybot.domain.series import Length, Series
from polybot.domain.session import Session
from polybot.errors import ConfigError, DecodeError, DomainError
from polybot.pricing.bounds import Share
from polybot.signals.technical import Regime

type Price = Annotated[float, Meta(ge=0.0001, le=0.9999)]

_ALWAYS_NS = 2**62
"""After every change of the rulebook: the rules that were in force last."""


class GivenVote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the ensemble voted."""

    stance: Stance
    confidence: Confidence = 0.0
    reason: str = "as given"


class GivenArbitrage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the detector found, in pUSD per share; a fair value left out follows from the ask."""

    outcome: Outcome
    edge: Share
    confidence: Confidence
    fair: Price | None = None


class GivenWindow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One window; no ``technical`` is no vote yet, no ``arbitrage`` is none found."""

    asset: Asset
    length: Length
    asks: dict[Outcome, Price]
    technical: GivenVote | None = None
    arbitrage: GivenArbitrage | None = None
    regime: Regime | None = None

    def opportunity(self) -> Opportunity:
        """The window as a decision sees it."""
        series = Series(self.asset, self.length)
        rules = Rulebook.standard().at(series, _ALWAYS_NS)
        vote = self.technical
        return Opportunity(
            series=series,
            rules=rules,
            technical=None if vote is None else Vote(vote.stance, vote.confidence, vote.reason),
            arbitrage=self._arbitrage(rules),
            asks_e4={side: round(ask * PRICE_SCALE) for side, ask in self.asks.items()},
            regime=self.regime,
        )

    def _arbitrage(self, rules: Rules) -> Arbitrage | Quiet:
        given = self.arbitrage
        if given is None:
            return Quiet("no arbitrage")
        ask = self.asks.get(given.outcome)
        if ask is None:
            raise DecodeError(
                f"{self.asset}-{self.length}: `asks` lacks {given.outcome}, the arbitrage's token"
            )
        fair = given.fair or min(1.0, ask + rules.fee.per_share(ask) + given.edge)
        return Arbitrage(
            outcome=given.outcome,
            edge=given.edge,
            confidence=given.confidence,
            fair=fair,
            fair_stdev=0.0,
            price=ask,
            reason=f"{given.outcome} has an edge of {given.edge:g}, {given.confidence:g} % sure",
        )


class Account(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What there is to spend."""

    equity_pusd: Decimal
    cash_pusd: Decimal | None = None

    @property
    def micros(self) -> tuple[int, int]:
        """Equity and cash in micro-pUSD; DomainError when one is negative or no amount."""
        cash = self.equity_pusd if self.cash_pusd is None else self.cash_pusd
        both = micro(self.equity_pusd), micro(cash)
        if min(both) < 0:
            raise DomainError(
                f"amounts must not be negative, were {self.equity_pusd} and {cash} pUSD"
            )
        return both


class DecideFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    windows: Annotated[list[GivenWindow], Meta(min_length=1)]
    account: Account
    session: Session
    positions: tuple[Asset, ...] = ()
    wins: Annotated[int, Meta(ge=0)] = 0
    params: EntryParams = EntryParams()

    def opportunities(self) -> Sequence[Opportunity]:
        """Every window as a decision sees it."""
        return [window.opportunity() for window in self.windows]

    def circumstances(self, risk: Risk) -> Circumstances:
        """What holds for all windows, with the stakes that ``risk`` sets."""
        equity = self.account.equity_pusd
        equity_micro, cash_micro = self.account.micros
        base = limit(risk, "base_stake").at(equity)
        if base is None:
            raise ConfigError("risk.base_stake_percent and risk.base_stake_pusd are both off")
        cap = limit(risk, "per_trade").at(equity)
        funds = Funds(
            equity_micro=equity_micro,
            cash_micro=cash_micro,
            base_micro=int(base * MICRO),
            cap_micro=None if cap is None else int(cap * MICRO),
        )
        return Circumstances(held=self.positions, funds=funds, session=self.session, wins=self.wins)

    def capped(self, risk: Risk) -> EntryParams:
        """The params, never looser than the limits of ``risk``."""
        choice = self.params.choice
        tighter = msgspec.structs.replace(
            choice,
            positions=min(choice.positions, risk.positions),
            confidence_floor=max(choice.confidence_floor, risk.confidence_floor_percent),
        )
        return msgspec.structs.replace(self.params, choice=tighter)


def read(path: Path) -> DecideFile:
    """The file at ``path``; DecodeError says what is wrong with it, and where."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=DecideFile)
    except OSError as error:
        raise DecodeError(f"{path}: {error.strerror}") from None
    except msgspec.DecodeError as error:
        raise DecodeError(f"{path}: {error}") from None
