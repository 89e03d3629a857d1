"""Everything that can happen to our orders and money."""

from polybot.execution.account_events import FillNews, MoneyNews
from polybot.execution.order_events import (
    Adopted,
    CancelAsked,
    Intended,
    NotSent,
    OrderEvent,
    ReplyLost,
    Sent,
)

OURS = (Intended, Sent, ReplyLost, NotSent, CancelAsked)
"""What we do ourselves; all else is evidence from the venue."""

type Event = Intended | Adopted | OrderEvent | FillNews | MoneyNews
