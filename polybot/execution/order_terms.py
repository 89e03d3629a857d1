"""What an order asks for, and which fills can be of it."""

from dataclasses import dataclass

from polybot.domain.money import PRICE_SCALE, cost_micro
from polybot.errors import DomainError
from polybot.execution.fills import Fill
from polybot.execution.ledger import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """What an order asks for; ``order_id`` is the digest the venue will know it by.

    ``stake_micro`` is all it may cost with fees (0 for a sale). ``rests``: GTC and GTD orders.
    ``spends_pusd``: FOK and FAK purchases spend an amount, and a better price brings more shares.
    """

    order_id: str
    token: Token
    is_buy: bool
    limit_e4: int
    size_micro: int
    stake_micro: int
    rests: bool
    spends_pusd: bool = False
    is_external: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.limit_e4 < PRICE_SCALE:
            raise DomainError(
                f"order `limit_e4` must be between 1 and {PRICE_SCALE - 1}, was {self.limit_e4!r}"
            )
        if self.size_micro <= 0:
            raise DomainError(f"order `size_micro` must be positive, was {self.size_micro!r}")
        if self.is_buy and self.stake_micro < cost_micro(self.limit_e4, self.size_micro):
            raise DomainError(f"order `stake_micro` {self.stake_micro!r} is less than it may cost")

    def allows(self, fill: Fill) -> bool:
        """Whether a fill can be of this order: its token, its side, at its limit or better."""
        if fill.token != self.token or fill.is_buy is not self.is_buy:
            return False
        better = self.limit_e4 - fill.price_e4
        return better >= 0 if self.is_buy else better <= 0
