"""Records that move money, booked in the ledger; what they changed in equity at cost."""

from polybot.domain.money import cost_micro
from polybot.errors import DomainError
from polybot.execution.ledger import Ledger, Token
from polybot.journal.records import Fill, Settlement


def book_fill(ledger: Ledger, fill: Fill) -> int:
    """Book a fill and answer the profit it realised; selling what is not held is a DomainError."""
    before = ledger.equity_micro
    book = ledger.buy if fill.way == "buy" else ledger.sell
    book(
        token_of(fill),
        price_e4=fill.price_e4,
        size_micro=fill.size_micro,
        fee_micro=fill.fee_micro,
    )
    return ledger.equity_micro - before


def void_fill(ledger: Ledger, fill: Fill) -> int:
    """Take back a fill that failed to settle; DomainError when its shares are gone already."""
    before = ledger.equity_micro
    undo = ledger.sell if fill.way == "buy" else ledger.buy
    undo(
        token_of(fill),
        price_e4=fill.price_e4,
        size_micro=fill.size_micro,
        fee_micro=-fill.fee_micro,
    )
    return ledger.equity_micro - before


def book_settlement(ledger: Ledger, settled: Settlement) -> dict[Token, tuple[int, int]]:
    """Book a window's payout: for each token held, what it paid and the profit in that."""
    held = {token: lot for token, lot in ledger.holdings.items() if token.slug == settled.slug}
    missing = [token.side for token in held if token.side not in settled.payouts_e6]
    if missing:
        raise DomainError(f"{settled.slug} settled without saying what {missing[0]!r} pays")
    paid = {
        token: cost_micro(settled.payouts_e6[token.side] // 100, lot.size_micro)
        for token, lot in held.items()
    }
    ledger.settle(settled.slug, settled.payouts_e6)
    return {token: (paid[token], paid[token] - held[token].cost_micro) for token in held}


def token_of(fill: Fill) -> Token:
    """The token that changed hands."""
    return Token(fill.slug, fill.token)
