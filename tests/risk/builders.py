"""Proposals and exposures, small and complete."""

from polybot.domain.outcome import TokenSide
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Window
from polybot.execution.ledger import Ledger, Token
from polybot.risk.exposure import Exposure
from polybot.risk.proposal import Proposal

M5 = Window.from_slug("btc-updown-5m-1793620800")
M15 = Window.from_slug("btc-updown-15m-1793620800")
SOL = Window.from_slug("sol-updown-5m-1793620800")
START_NS = M5.start_ns


def a_proposal(window: Window = M5, *, order_id: str = "1", is_buy: bool = True) -> Proposal:
    """Ten shares at 0.47."""
    return Proposal(
        order_id=order_id,
        now_ns=START_NS,
        window=window,
        token=Token(window.slug, TokenSide.UP),
        is_buy=is_buy,
        price_e4=4_700,
        size_micro=10_000_000,
        takes_at_once=True,
        rules=Rulebook.standard().at(window.series, START_NS),
    )


def an_exposure(*proposals: Proposal) -> Exposure:
    exposure = Exposure(Ledger(1_000_000_000))
    for proposal in proposals:
        exposure.left(proposal)
    return exposure


def hold(exposure: Exposure, window: Window) -> None:
    token = Token(window.slug, TokenSide.UP)
    exposure.ledger.buy(token, price_e4=4_700, size_micro=10_000_000, fee_micro=0)
