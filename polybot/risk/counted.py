"""What loss limits, breakers and throttles count: everything they know is a fold of these."""

from typing import Literal, NamedTuple

type What = Literal["order", "trade", "profit", "closed", "failed", "cash", "released"]


class Counted(NamedTuple):
    """One thing that happened; ``amount_micro`` is 0 where no money is meant.

    order: one left. trade: a purchase filled for the first time. profit: equity at cost changed.
    closed: nothing of a window is held any more, and that was its profit in all. failed: a fill did
    not settle. cash: money came or went without a trade. released: the operator starts anew.
    """

    ts_ns: int
    what: What
    slug: str = ""
    amount_micro: int = 0
