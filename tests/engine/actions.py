"""What a strategy in a test does: purchases, sales and cancellations, as things to do later."""

from collections.abc import Callable
from typing import Any

from nautilus_trader.model import OrderSide, TimeInForce

from polybot.engine.instruments import price, size
from tests.engine.market import UP

type Action = Callable[[Any], Any]
"""Something that a strategy does."""


def buy(
    shares: float,
    price_e4: int,
    *,
    token: Any = UP,
    tif: TimeInForce = TimeInForce.IOC,
    **more: Any,
) -> Action:
    """Send a limit purchase, a FAK unless it says otherwise."""
    return _limit(OrderSide.BUY, shares, price_e4, token=token, time_in_force=tif, **more)


def rest(shares: float, price_e4: int, *, token: Any = UP, **more: Any) -> Action:
    """Send a limit purchase that rests when it does not take."""
    return buy(shares, price_e4, token=token, tif=TimeInForce.GTC, **more)


def sell(shares: float, price_e4: int, *, token: Any = UP, **more: Any) -> Action:
    """Send a FAK sale."""
    more = {"time_in_force": TimeInForce.IOC, **more}
    return _limit(OrderSide.SELL, shares, price_e4, token=token, **more)


def cancel(strategy: Any) -> None:
    """Cancel the newest order."""
    newest = max(strategy.cache.orders(), key=lambda order: order.ts_init)
    strategy.cancel_order(newest.client_order_id)


def _limit(side: OrderSide, shares: float, price_e4: int, *, token: Any, **more: Any) -> Action:
    def send(strategy: Any) -> Any:
        order = strategy.order_factory.limit(
            token.id, side, size(round(shares * 1e6)), price(price_e4), **more
        )
        strategy.submit_order(order)
        return order

    return send
