"""Proposals and states, small and complete."""

from collections.abc import Iterable
from typing import Any

from polybot.domain.outcome import TokenSide
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Window
from polybot.execution.ledger import Ledger, Token
from polybot.risk.counted import Counted
from polybot.risk.counters import Counters
from polybot.risk.exposure import Exposure
from polybot.risk.halts import Halt
from polybot.risk.market import Market
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState

M5 = Window.from_slug("btc-updown-5m-1793620800")
M15 = Window.from_slug("btc-updown-15m-1793620800")
SOL = Window.from_slug("sol-updown-5m-1793620800")
START_NS = M5.start_ns
NAN: Any = float("nan")
THOUSAND = 1_000_000_000


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


def a_state(
    exposure: Exposure | None = None,
    *,
    cash_micro: int = THOUSAND,
    events: Iterable[Counted] = (),
    halts: Iterable[Halt] = (),
    **market: Any,
) -> RiskState:
    """Nothing at risk; 0.46 to 0.48 with a hundred shares each, heard just now."""
    shown: dict[str, Any] = {
        "bid_e4": 4_600,
        "bid_size_micro": 100_000_000,
        "ask_e4": 4_800,
        "ask_size_micro": 100_000_000,
        "book_age_ns": 0,
        "spot_age_ns": 0,
    }
    return RiskState(
        exposure=exposure or Exposure(Ledger(cash_micro)),
        counters=Counters.of(cash_micro, events),
        market=Market(**(shown | market)),
        halts=tuple(halts),
    )


def hold(exposure: Exposure, window: Window) -> None:
    token = Token(window.slug, TokenSide.UP)
    exposure.ledger.buy(token, price_e4=4_700, size_micro=10_000_000, fee_micro=0)
