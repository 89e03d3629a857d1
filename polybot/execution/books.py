"""The sums of an account; whatever is booked is undone exactly by booking it with sign -1."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.domain.outcome import TokenSide
from polybot.execution.account_events import CashMoved, PairsMoved, Redeemed
from polybot.execution.fills import Fill, Standing
from polybot.execution.ledger import Token
from polybot.execution.position import Lot, LotId, Position

type Fact = CashMoved | PairsMoved | Redeemed


@dataclass(slots=True)
class Books:
    """``cash = moved + fills - pairs + redeemed`` holds exactly, in integers."""

    positions: dict[Token, Position] = field(default_factory=dict)
    cash_micro: int = 0
    """If every pending fill settles."""
    settled_cash_micro: int = 0
    """If no pending fill settles."""
    pending_spent_micro: int = 0
    """What pending purchases cost with their fees."""
    fees_micro: int = 0

    @property
    def least_cash_micro(self) -> int:
        """If every pending purchase settles and no pending sale does."""
        return self.settled_cash_micro - self.pending_spent_micro

    @property
    def most_cash_micro(self) -> int:
        """If every pending sale settles and no pending purchase does."""
        return self.cash_micro + self.pending_spent_micro

    def book_fill(self, fill: Fill, standing: Standing, *, sign: int) -> None:
        """Book a fill as it stands; one that is void or unseen is worth nothing."""
        if not standing.counts:
            return
        settled = standing is Standing.SETTLED
        self.cash_micro += sign * fill.cash_micro
        self.fees_micro += sign * fill.fee_micro
        if settled:
            self.settled_cash_micro += sign * fill.cash_micro
        elif fill.is_buy:
            self.pending_spent_micro -= sign * fill.cash_micro
        position = self._position(fill.token)
        if fill.is_buy:
            position.put(fill.key, Lot(fill.price_e4, fill.size_micro, settled), sign=sign)
        else:
            position.give(fill.size_micro, settled=settled, sign=sign)

    def book_fact(self, fact: Fact, *, sign: int) -> None:
        """Book money that moved without a trade."""
        match fact:
            case CashMoved():
                self._pay(sign * fact.amount_micro)
            case Redeemed():
                self._pay(sign * fact.paid_micro)
                self._position(fact.token).give(fact.size_micro, settled=True, sign=sign)
            case PairsMoved():
                self._pay(-sign * fact.pairs_micro)
                for token in (fact.one, fact.other):
                    self._book_pairs(token, fact, sign=sign)

    def worth_micro(self, slug: str, up_e6: int) -> int:
        """Cash and one window's tokens, a share of the up token (or A) being worth ``up_e6``."""
        worth = 0
        for token, held in self._of(slug):
            is_up = token.side in (TokenSide.UP, TokenSide.A)
            worth += held.size_micro * (up_e6 if is_up else MICRO - up_e6)
        return self.cash_micro + worth // MICRO

    def balances(self) -> tuple[object, ...]:
        """Money and shares as one value: what a void must bring back exactly."""
        held = sorted(
            (token, p.size_micro, p.settled_micro, p.cost_micro, p.worst_cost_micro)
            for token, p in self.positions.items()
            if p.is_used
        )
        cash = (self.cash_micro, self.settled_cash_micro, self.pending_spent_micro)
        return (*cash, self.fees_micro, tuple(held))

    def _book_pairs(self, token: Token, fact: PairsMoved, *, sign: int) -> None:
        if fact.pairs_micro < 0:
            self._position(token).give(-fact.pairs_micro, settled=True, sign=sign)
            return
        lot_id: LotId = ("pairs", fact.id)
        # A pair costs one pUSD; each token of it is booked at half.
        half = Lot(PRICE_SCALE // 2, fact.pairs_micro, is_settled=True)
        self._position(token).put(lot_id, half, sign=sign)

    def _of(self, slug: str) -> Iterator[tuple[Token, Position]]:
        return ((token, held) for token, held in self.positions.items() if token.slug == slug)

    def _pay(self, amount_micro: int) -> None:
        self.cash_micro += amount_micro
        self.settled_cash_micro += amount_micro

    def _position(self, token: Token) -> Position:
        return self.positions.setdefault(token, Position())
