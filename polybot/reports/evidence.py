"""What a run leaves behind for a report to judge: plain values, JSON in and out (msgspec)."""

from typing import Literal

import msgspec

type Side = Literal["up", "down", "a", "b"]
type Kind = Literal["FOK", "FAK", "GTC", "GTD"]
type Status = Literal[
    "filled", "partly_filled", "cancelled", "rejected", "denied", "expired", "open"
]
type Ending = Literal["up", "down", "a", "b", "half"]
"""The token that pays one pUSD, or ``half`` when both pay 0.5."""
type Stand = Literal["long", "short", "neutral"]


class RunInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Which run this is, on what data, under which assumptions."""

    run_id: str
    strategy: str
    polybot_version: str
    engine_version: str
    catalogs: dict[str, str]
    """Catalog folder name to the sha256 of its manifest."""
    synthetic: bool
    fill_assumption: Literal["pessimistic", "base", "optimistic"]
    resting_fills: Literal["queue", "crossing"]
    """How resting orders fill: queue position where trades are recorded, else crossings only."""
    approximations: tuple[str, ...]
    """What stays optimistic or approximate, one sentence each."""
    params: dict[str, object]
    variants_tried: int = 1
    start_pusd_micro: int
    end_pusd_micro: int


class WindowRow(msgspec.Struct, frozen=True, kw_only=True):
    """One window that was traded over, whether or not an order was sent."""

    slug: str
    asset: str
    length: str
    start_ns: int
    end_ns: int
    grade: str
    strike: float | None
    strike_source: str
    outcome: Ending | None
    outcome_source: str
    stake_micro: int
    fees_micro: int
    payout_micro: int
    pnl_micro: int
    fills: int
    spot_path: tuple[tuple[int, float], ...] = ()
    """(ts_ns, spot) at most some 120 points, for the window's chart."""
    mid_path: tuple[tuple[int, float], ...] = ()
    """(ts_ns, mid of the up token or token A)."""


class ExcludedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A window that was left out, and why."""

    slug: str
    reason: str


class OrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """One order from decision to its end."""

    order_id: str
    ts_ns: int
    slug: str
    side: Side
    is_buy: bool
    kind: Kind
    post_only: bool
    limit_e4: int
    size_micro: int
    status: Status
    reason: str
    """Why it was sent, in words; for a denied order the refusal's sentence."""
    refusal: str = ""
    rule: str = ""
    """The gate's rule that refused it; empty when the gate let it leave."""
    seconds_left: float
    fair: float | None = None
    """Fair value of the bought token."""
    edge: float | None = None
    """pUSD per share after fees at the executable price, when decided."""
    mid: float | None = None
    """The bought token's mid when decided."""
    ask: float | None = None
    other_ask: float | None = None
    """Best asks of the bought and of the other token when decided, for the nulls."""
    fee_rate_e6: int = 70_000
    row: str = ""
    """The row of the combination table by which the position was entered, if it was by one."""
    confidence: float | None = None
    """The confidence of that row, 0 to 100."""


class FillRow(msgspec.Struct, frozen=True, kw_only=True):
    """One fill."""

    order_id: str
    ts_ns: int
    slug: str
    side: Side
    is_buy: bool
    price_e4: int
    size_micro: int
    fee_micro: int
    liquidity: Literal["taker", "maker"]


class HaltRow(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which nothing was bought, and why; a latched halt lasts until the run's end."""

    reason: str
    from_ns: int
    until_ns: int
    sentence: str = ""


class ForecastRow(msgspec.Struct, frozen=True, kw_only=True):
    """What was said about a window at one checkpoint, for calibration.

    All are probabilities of up (or of token A); ``happened`` is 1.0, 0.0 or 0.5.
    """

    slug: str
    seconds_left: float
    model: float | None
    market: float
    naive: float | None
    happened: float


class DecisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One decision, with what it saw."""

    ts_ns: int
    slug: str
    action: str
    reason: str
    inputs: dict[str, float | str | None]


class CastRow(msgspec.Struct, frozen=True, kw_only=True):
    """One member's vote on a closed candle, and what it weighed."""

    name: str
    weight: float
    side: Stand
    confidence: float
    """0 to 100."""
    reason: str


class BallotRow(msgspec.Struct, frozen=True, kw_only=True):
    """The votes on one closed 15m candle, their result, and what came after."""

    asset: str
    closed_ns: int
    side: Stand
    confidence: float
    reason: str = ""
    votes: tuple[CastRow, ...]
    outcome: Literal["up", "down"] | None = None
    """How the 15m window that began then ended; None when it is not known."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a report is made from."""

    run: RunInfo
    windows: tuple[WindowRow, ...]
    excluded: tuple[ExcludedRow, ...]
    orders: tuple[OrderRow, ...]
    fills: tuple[FillRow, ...]
    forecasts: tuple[ForecastRow, ...]
    decisions: tuple[DecisionRow, ...]
    equity: tuple[tuple[int, int], ...]
    """(ts_ns, micro-pUSD) after every booking: cash plus positions at cost."""
    decision_hash: str
    order_hash: str
    fill_hash: str
    ballots: tuple[BallotRow, ...] = ()
    refusals: dict[str, int] = msgspec.field(default_factory=dict)
    """How many orders each rule of the gate refused."""
    halts: tuple[HaltRow, ...] = ()
