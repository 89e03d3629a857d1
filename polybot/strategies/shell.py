"""What every strategy of ours is inside Nautilus: loud when it fails, always behind the gate."""

from typing import Any

from nautilus_trader.model import InstrumentId, LimitOrder, OrderSide, TimeInForce
from nautilus_trader.trading import Strategy

from polybot.engine.failures import FailLoud
from polybot.engine.instruments import price, size
from polybot.engine.proposals import AT_ONCE, CONFIDENCE
from polybot.engine.topics import ORDER_CANCELLING, ORDER_SENT, OrderCancelling, OrderSent
from polybot.errors import RunError
from polybot.risk.gate import GATE


class GatedStrategy(FailLoud, Strategy):
    """Sends limit orders through the risk gate, and nothing past it."""

    def limit_order(
        self,
        instrument_id: InstrumentId,
        side: OrderSide,
        *,
        size_micro: int,
        price_e4: int,
        time_in_force: TimeInForce = TimeInForce.IOC,
        post_only: bool = False,
        confidence: float | None = None,
    ) -> LimitOrder:
        """A limit order that is bound for the gate; ``submit_order`` sends it.

        ``confidence``, 0 to 100, is held against the floor of the limits.
        """
        order: LimitOrder = self.order_factory.limit(
            instrument_id,
            side,
            size(size_micro),
            price(price_e4),
            time_in_force=time_in_force,
            post_only=post_only,
            exec_algorithm_id=GATE,
            exec_algorithm_params=None if confidence is None else {CONFIDENCE: str(confidence)},
        )
        return order

    def submit_order(self, order: Any, *args: Any, **kwargs: Any) -> None:
        """Submit an order that is bound for the gate; any other raises RunError."""
        if order.exec_algorithm_id != GATE:
            raise RunError(f"order {order.client_order_id} would pass by the gate: use limit_order")
        super().submit_order(order, *args, **kwargs)

    def submit_order_list(self, *_: Any, **__: Any) -> None:
        """Forbidden: the gate judges orders one by one."""
        raise RunError("order lists would pass by the gate: send orders one by one")

    def modify_order(self, *_: Any, **__: Any) -> None:
        """Forbidden: it would pass by the gate, and the venue has no modify."""
        raise RunError("orders cannot be modified: cancel, then send a new one")

    def on_order_submitted(self, event: Any) -> None:
        order: Any = self.cache.order(event.client_order_id)
        message = OrderSent(
            order_id=event.client_order_id.value,
            instrument_id=str(event.instrument_id),
            ts_ns=self.clock.timestamp_ns(),
            takes_at_once=order.time_in_force in AT_ONCE,
        )
        self.publish_message(ORDER_SENT, message)

    def on_order_pending_cancel(self, event: Any) -> None:
        order_id = event.client_order_id.value
        # It comes back inside cancel_order: the clock is still borrowed then.
        message = OrderCancelling(order_id, event.ts_event)
        self.publish_message(ORDER_CANCELLING, message)
