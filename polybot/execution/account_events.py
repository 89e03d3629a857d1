"""What moves money and shares, each under an id of its own, so that it counts once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from polybot.domain.money import MICRO
from polybot.domain.outcome import TokenSide
from polybot.errors import DomainError
from polybot.execution.fills import Fill, FillKey, TradeStatus
from polybot.execution.ledger import Token


@dataclass(frozen=True, slots=True)
class FillSeen:
    """A trade report: the fill, and what the venue says of it."""

    fill: Fill
    status: TradeStatus
    venue_ns: int = 0


@dataclass(frozen=True, slots=True)
class FillStatusSeen:
    """News of a trade that names it only."""

    key: FillKey
    status: TradeStatus
    venue_ns: int = 0


@dataclass(frozen=True, slots=True, order=True)
class CashMoved:
    """Cash came (positive) or went (negative) without a trade."""

    id: str
    what: Literal["deposit", "withdrawal", "rebate"]
    amount_micro: int


@dataclass(frozen=True, slots=True, order=True)
class PairsMoved:
    """pUSD became pairs of both tokens (a split, positive) or pairs became pUSD (a merge)."""

    id: str
    one: Token
    pairs_micro: int

    @property
    def other(self) -> Token:
        """The second token of the pair."""
        return Token(self.one.slug, self.one.side.mirror)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a share of each token of a window pays, in millionths."""

    slug: str
    payouts_e6: Mapping[TokenSide, int]

    def __post_init__(self) -> None:
        if not self.payouts_e6 or not all(map(self._pays_a_pair, self.payouts_e6)):
            raise DomainError(
                f"{self.slug} must pay (1, 0), (0, 1) or (1/2, 1/2), was {dict(self.payouts_e6)!r}"
            )

    def _pays_a_pair(self, side: TokenSide) -> bool:
        paid = self.payouts_e6[side]
        return paid in _PAYS and self.payouts_e6.get(side.mirror) == MICRO - paid


_PAYS = (0, MICRO // 2, MICRO)


@dataclass(frozen=True, slots=True, order=True)
class Redeemed:
    """Tokens of a resolved window were handed in; the losing ones paid nothing."""

    id: str
    token: Token
    size_micro: int
    paid_micro: int


type FillNews = FillSeen | FillStatusSeen
type MoneyNews = CashMoved | PairsMoved | Resolved | Redeemed
