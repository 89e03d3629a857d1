"""Windows, ballots, decisions, orders and fills as lines for a person."""

from datetime import UTC, datetime

from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.reports.evidence import (
    BallotRow,
    CastRow,
    DecisionRow,
    FillRow,
    HaltRow,
    OrderRow,
    WindowRow,
)
from polybot.reports.explain.seen import seen_lines
from polybot.reports.plain import amount, money, plain, utc

_TEXTS = {
    "row": "row of the table",
    "combination": "combination",
    "arbitrage": "arbitrage",
    "vote": "votes",
    "sizing": "size",
}


def time_of(ts_ns: int) -> str:
    """The time of day to the millisecond, UTC."""
    since = datetime.fromtimestamp(ts_ns // 1_000_000_000, UTC)
    return f"{since:%H:%M:%S}.{ts_ns // 1_000_000 % 1_000:03d}"


def window_lines(window: WindowRow) -> list[str]:
    """Which window it is."""
    strike = amount(window.strike, places=2)
    span = f"{utc(window.start_ns)} to {utc(window.end_ns)} UTC"
    return [
        f"{window.slug}: {window.asset} {window.length}, {span}",
        f"strike {strike} ({window.strike_source}), data of grade {window.grade}",
        "",
    ]


def ballot_lines(ballot: BallotRow) -> list[str]:
    """Who voted what, and how much it weighed."""
    result = _stand(ballot.side, ballot.confidence)
    return [
        f"{time_of(ballot.closed_ns)} vote of the ensemble: {result} ({plain(ballot.reason)})",
        *(f"  {_cast(cast)}" for cast in ballot.votes),
    ]


def decision_lines(decision: DecisionRow) -> list[str]:
    """What was decided, why, and on what."""
    left = decision.inputs.get("seconds_left")
    when = f", {left:.1f} s left" if isinstance(left, float) else ""
    lines = [f"{time_of(decision.ts_ns)}{when}: {decision.action}"]
    reason = plain(decision.reason, limit=1_000)
    lines.append(f"  because: {reason}")
    lines += [f"  {line}" for line in seen_lines(decision.inputs)]
    for name, label in _TEXTS.items():
        said = decision.inputs.get(name)
        # The reason of a refusal by the table is the table's sentence: once is enough.
        told = name != "row" and isinstance(said, str) and said in decision.reason
        if isinstance(said, str) and said and not told:
            lines.append(f"  {label}: {plain(said, limit=1_000)}{_confidence(decision, name)}")
    return lines


def halt_lines(halt: HaltRow) -> list[str]:
    """Why nothing was bought for a while."""
    span = f"{utc(halt.from_ns)} to {utc(halt.until_ns)} UTC"
    return [f"{time_of(halt.from_ns)} halt ({plain(halt.reason)}), {span}: {plain(halt.sentence)}"]


def order_lines(order: OrderRow) -> list[str]:
    """What was sent, and what became of it."""
    verb = "buy" if order.is_buy else "sell"
    size = amount(order.size_micro / MICRO, places=2)
    limit = f"{order.limit_e4 / PRICE_SCALE:.4f}"
    row = f", by row {order.row!r}" if order.row else ""
    terms = f"{verb} {size} {order.side} at {limit} or better ({order.kind}{row})"
    ended = order.status.replace("_", " ")
    rule = f" by rule {plain(order.rule)!r}" if order.rule else ""
    refusal = [f"  refused{rule}: {plain(order.refusal)}"] if order.refusal else []
    return [f"{time_of(order.ts_ns)} order {order.order_id}: {terms}: {ended}", *refusal]


def fill_lines(fill: FillRow) -> list[str]:
    """What the venue did."""
    verb = "bought" if fill.is_buy else "sold"
    size, price = amount(fill.size_micro / MICRO, places=2), fill.price_e4 / PRICE_SCALE
    fee = f"fee {money(fill.fee_micro, places=4)} pUSD"
    terms = f"{verb} {size} {fill.side} at {price:.4f} as {fill.liquidity}, {fee}"
    return [f"{time_of(fill.ts_ns)} {terms} ({fill.order_id})"]


def ending_lines(window: WindowRow) -> list[str]:
    """How the window ended, and what that brought."""
    ended = "outcome unknown" if window.outcome is None else f"ended {window.outcome}"
    told = ["", f"{time_of(window.end_ns)} {ended} ({window.outcome_source})"]
    if not window.fills:
        return [*told, "nothing was bought: P&L 0.00 pUSD"]
    spent = f"staked {money(window.stake_micro)} pUSD, fees {money(window.fees_micro)}"
    paid = f"paid out {money(window.payout_micro)} at the end"
    return [*told, f"{spent}, {paid}: P&L {money(window.pnl_micro, signed=True)} pUSD"]


def _cast(cast: CastRow) -> str:
    stand = _stand(cast.side, cast.confidence)
    return f"{plain(cast.name)}, weight {cast.weight:.2f}: {stand} ({plain(cast.reason)})"


def _stand(side: str, confidence: float) -> str:
    return side if side == "neutral" else f"{side}, {confidence:.0f} of 100 sure"


def _confidence(decision: DecisionRow, name: str) -> str:
    said = decision.inputs.get("confidence")
    return f", {said:.0f} of 100 sure" if name == "row" and isinstance(said, float) else ""
