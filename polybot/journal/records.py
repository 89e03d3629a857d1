"""What a journal can hold: one struct for each kind of record.

Ids and texts are the venue's or ours, prices are in 1/10,000 pUSD (``_e4``), money and shares in
millionths (``_micro``). A later version may add fields with a default, never change one.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from polybot.domain.outcome import TokenSide

type Id = Annotated[str, Meta(min_length=1, max_length=200)]
type Reason = Annotated[str, Meta(min_length=1, max_length=2_000)]
type Text = Annotated[str, Meta(max_length=20_000)]
# What a database's integer holds; msgspec takes no wider bound either.
type Micro = Annotated[int, Meta(ge=-(2**62), le=2**62)]
type Amount = Annotated[int, Meta(ge=0, le=2**62)]
type Price = Annotated[int, Meta(ge=0, le=10_000)]
type Way = Literal["buy", "sell"]


class _Kept(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """How every record is kept."""


class Intent(_Kept, frozen=True, kw_only=True, tag="intent"):
    """An order that is about to leave; its id is on everything that follows from it."""

    id: Id
    slug: Id
    token: TokenSide
    way: Way
    price_e4: Price
    size_micro: Amount
    order_type: Text = ""
    strategy: Text = ""
    why: Text = ""
    digest: Text = ""
    """What the venue will know the order by, once it is signed."""


class Refusal(_Kept, frozen=True, kw_only=True, tag="refusal"):
    """An order that was not let out, and the sentence that says why."""

    id: Id
    rule: Id
    sentence: Reason
    slug: Text = ""
    token: TokenSide | None = None
    way: Way | None = None
    price_e4: Price = 0
    size_micro: Amount = 0


class OrderChange(_Kept, frozen=True, kw_only=True, tag="order"):
    """An order of ours entered a state; ``open`` is false once nothing more of it can fill."""

    id: Id
    state: Id
    open: bool
    venue_id: Text = ""
    filled_micro: Amount = 0
    slippage_e4: Micro = 0
    """Paid above, or received below, what the intent expected, a share; negative is a gain."""
    pnl_micro: Micro | None = None
    """Realised so far, where whoever writes knows it; the replay computes its own."""
    reason: Text = ""


class Fill(_Kept, frozen=True, kw_only=True, tag="fill"):
    """Shares changed hands; ``order_id`` is empty for trades made by hand elsewhere."""

    id: Id
    order_id: Text = ""
    slug: Id
    token: TokenSide
    way: Way
    price_e4: Price
    size_micro: Annotated[int, Meta(ge=1, le=2**62)]
    fee_micro: Micro = 0
    slippage_e4: Micro = 0


class FillStatus(_Kept, frozen=True, kw_only=True, tag="fill_status"):
    """What became of a fill on the chain; one that failed is void."""

    fill_id: Id
    status: Literal["mined", "retrying", "confirmed", "failed"]
    reason: Text = ""


class Settlement(_Kept, frozen=True, kw_only=True, tag="settlement"):
    """A window paid out; ``payouts_e6`` is what a share of each token brought."""

    slug: Id
    payouts_e6: dict[TokenSide, Annotated[int, Meta(ge=0, le=1_000_000)]]
    source: Text = ""


class Cash(_Kept, frozen=True, kw_only=True, tag="cash"):
    """Money that came or went without a trade; it is no profit and no loss, a rebate aside."""

    what: Literal["opening", "deposit", "withdrawal", "rebate", "correction"]
    amount_micro: Micro
    """Positive is ours; a withdrawal is negative."""
    reason: Text = ""


class Execution(_Kept, frozen=True, kw_only=True, tag="execution"):
    """One event of ``polybot.execution``, word for word: see ``execution_events``."""

    what: Id
    data: dict[str, Any]


class Decision(_Kept, frozen=True, kw_only=True, tag="decision"):
    """What was decided about a window, why, and how old each input was."""

    slug: Id
    action: Id
    token: TokenSide | None = None
    strategy: Text = ""
    confidence: float | None = None
    reasons: tuple[Text, ...] = ()
    numbers: dict[str, float] = field(default_factory=dict)
    ages_ms: dict[str, int] = field(default_factory=dict)


class LimitChange(_Kept, frozen=True, kw_only=True, tag="limit"):
    """A limit now has another value, written as in the settings; ``off`` is none."""

    name: Id
    value: Id
    was: Text = ""
    actor: Id
    reason: Reason


class OperatorAction(_Kept, frozen=True, kw_only=True, tag="operator"):
    """Somebody intervened; ``actor`` is a person, a signal, a file or a part of polybot."""

    what: Literal["kill", "release", "pause", "resume", "confirm", "reset"]
    actor: Id
    reason: Reason


class SystemEvent(_Kept, frozen=True, kw_only=True, tag="system"):
    """Something happened to the process: start, stop, another state, an alert."""

    what: Id
    text: Text = ""
    state: Text = ""
    run_id: Text = ""
    mode: Text = ""
    version: Text = ""
    config_sha256: Text = ""
    wallet: Text = ""
    strategy: Text = ""


class Snapshot(_Kept, frozen=True, kw_only=True, tag="snapshot"):
    """What all records before this one fold to, so that a replay can be held against it."""

    state_sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    cash_micro: Micro
    equity_micro: Micro
    open_orders: Amount


type Record = (
    Intent
    | Refusal
    | OrderChange
    | Fill
    | FillStatus
    | Settlement
    | Cash
    | Execution
    | Decision
    | LimitChange
    | OperatorAction
    | SystemEvent
    | Snapshot
)

KINDS: tuple[type[Struct], ...] = (
    Intent,
    Refusal,
    OrderChange,
    Fill,
    FillStatus,
    Settlement,
    Cash,
    Execution,
    Decision,
    LimitChange,
    OperatorAction,
    SystemEvent,
    Snapshot,
)


def kind_of(record: Record) -> str:
    """The name a record's kind has in the journal."""
    return str(record.__struct_config__.tag)
