"""Books as Nautilus differences, grouped so that nobody sees a book between two of one message."""

from collections.abc import Iterable

from nautilus_trader.model import (
    BookAction,
    BookOrder,
    InstrumentId,
    OrderBookDelta,
    OrderSide,
    RecordFlag,
)

from polybot.domain.book import Level
from polybot.engine.instruments import price, size

F_LAST = int(RecordFlag.F_LAST.value)
F_SNAPSHOT = int(RecordFlag.F_SNAPSHOT.value)


def snapshot_deltas(
    instrument_id: InstrumentId,
    *,
    bids: Iterable[Level],
    asks: Iterable[Level],
    ts_event: int,
    ts_init: int,
) -> list[OrderBookDelta]:
    """A whole book as a clear and its levels; the last difference closes the group."""
    sided = [(OrderSide.BUY, level) for level in bids] + [(OrderSide.SELL, level) for level in asks]
    flags = F_SNAPSHOT if sided else F_SNAPSHOT | F_LAST
    clear = OrderBookDelta.clear(instrument_id, 0, ts_event, ts_init)
    deltas = [OrderBookDelta(instrument_id, clear.action, clear.order, flags, 0, ts_event, ts_init)]
    for number, (side, level) in enumerate(sided, start=1):
        order = BookOrder(side, price(level.price_e4), size(level.size_micro), 0)
        flags = F_SNAPSHOT | F_LAST if number == len(sided) else F_SNAPSHOT
        deltas.append(
            OrderBookDelta(instrument_id, BookAction.ADD, order, flags, 0, ts_event, ts_init)
        )
    return deltas
