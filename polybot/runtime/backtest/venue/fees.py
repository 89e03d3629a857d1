"""The venue's taker fee inside Nautilus' simulated exchange."""

from collections.abc import Callable
from typing import Any

from nautilus_trader.execution import FeeModel
from nautilus_trader.model import LiquiditySide, Money

from polybot.domain.fees import FeeSchedule
from polybot.domain.money import pusd
from polybot.domain.series import Window
from polybot.engine.currency import PUSD
from polybot.engine.failures import Failures, guarded
from polybot.engine.instruments import price_e4, size_micro, window_and_side

SETTLEMENT_TAG = "EXPIRATION_"
"""How Nautilus tags the orders by which it settles an expired instrument."""

_NOTHING = Money(0.0, PUSD)


class VenueFeeModel(FeeModel):
    """Charges takers by the window's own schedule; makers and settlements pay nothing."""

    def __init__(self, fee_of: Callable[[Window], FeeSchedule], failures: Failures) -> None:
        self.failures = failures
        self._fee_of = fee_of

    def _commission(self, order: Any, quantity: Any, price: Any, instrument: Any) -> Money:
        if is_settlement(order):
            return _NOTHING
        window, _ = window_and_side(str(instrument.id))
        schedule = self._fee_of(window)
        if schedule.taker_only and order.liquidity_side == LiquiditySide.MAKER:
            return _NOTHING
        return Money.from_str(
            f"{pusd(schedule.fee_micro(price_e4(price), size_micro(quantity)))} {PUSD.code}"
        )

    get_commission = guarded(_commission, instead=_NOTHING)


def is_settlement(order: Any) -> bool:
    """Whether Nautilus made this order to settle an expired instrument."""
    return any(str(tag).startswith(SETTLEMENT_TAG) for tag in order.tags or ())
