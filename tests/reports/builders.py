"""A small world for the reports: one row at a time, or a whole made-up run."""

from dataclasses import dataclass

import numpy as np

from polybot.reports.evidence import (
    BallotRow,
    CastRow,
    DecisionRow,
    Ending,
    Evidence,
    ExcludedRow,
    FillRow,
    ForecastRow,
    OrderRow,
    RunInfo,
    Side,
    WindowRow,
)

START_NS = 1_780_920_000_000_000_000
SECOND = 1_000_000_000
CHECKPOINTS = (120.0, 90.0, 60.0, 45.0, 30.0)


def a_run(**changes: object) -> RunInfo:
    fields: dict[str, object] = {
        "run_id": "20260608-120000-a1b2c3",
        "strategy": "fair-value taker",
        "polybot_version": "0.1.0",
        "engine_version": "2.0.0rc7",
        "catalogs": {"sample": "ab" * 32},
        "synthetic": False,
        "fill_assumption": "base",
        "resting_fills": "crossing",
        "approximations": (
            "Resting orders fill only when the market crosses them: no trades were recorded.",
            "Other traders do not react to our orders.",
        ),
        "params": {"min_edge": 0.005, "stake_pusd": "5.00", "volatility": {"half_life_s": 600}},
        "start_pusd_micro": 1_000_000_000,
        "end_pusd_micro": 1_000_000_000,
    }
    return RunInfo(**(fields | changes))  # type: ignore[arg-type]


def a_window_row(number: int = 0, **changes: object) -> WindowRow:
    start = START_NS + number * 300 * SECOND
    fields: dict[str, object] = {
        "slug": f"btc-updown-5m-{start // SECOND}",
        "asset": "BTC",
        "length": "5m",
        "start_ns": start,
        "end_ns": start + 300 * SECOND,
        "grade": "A",
        "strike": 100_000.0,
        "strike_source": "reference",
        "outcome": "up",
        "outcome_source": "venue",
        "stake_micro": 0,
        "fees_micro": 0,
        "payout_micro": 0,
        "pnl_micro": 0,
        "fills": 0,
    }
    return WindowRow(**(fields | changes))  # type: ignore[arg-type]


def an_order_row(window: WindowRow, **changes: object) -> OrderRow:
    fields: dict[str, object] = {
        "order_id": f"O-{window.slug}",
        "ts_ns": window.end_ns - 60 * SECOND,
        "slug": window.slug,
        "side": "up",
        "is_buy": True,
        "kind": "FAK",
        "post_only": False,
        "limit_e4": 6_000,
        "size_micro": 10_000_000,
        "status": "filled",
        "reason": "fair 0.66, pays 0.60, edge 0.0432 is at least 0.0050",
        "seconds_left": 60.0,
        "fair": 0.66,
        "edge": 0.0432,
        "mid": 0.59,
        "ask": 0.60,
        "other_ask": 0.42,
    }
    return OrderRow(**(fields | changes))  # type: ignore[arg-type]


def a_fill_row(order: OrderRow, **changes: object) -> FillRow:
    fields: dict[str, object] = {
        "order_id": order.order_id,
        "ts_ns": order.ts_ns + SECOND // 5,
        "slug": order.slug,
        "side": order.side,
        "is_buy": order.is_buy,
        "price_e4": order.limit_e4,
        "size_micro": order.size_micro,
        "fee_micro": 0,
        "liquidity": "taker",
    }
    return FillRow(**(fields | changes))  # type: ignore[arg-type]


def a_forecast_row(slug: str = "w", **changes: object) -> ForecastRow:
    fields: dict[str, object] = {
        "slug": slug,
        "seconds_left": 60.0,
        "model": 0.6,
        "market": 0.55,
        "naive": 0.5,
        "happened": 1.0,
    }
    return ForecastRow(**(fields | changes))  # type: ignore[arg-type]


def a_cast(name: str = "trend", **changes: object) -> CastRow:
    fields: dict[str, object] = {
        "name": name,
        "weight": 1.0,
        "side": "long",
        "confidence": 60.0,
        "reason": "the averages rise",
    }
    return CastRow(**(fields | changes))  # type: ignore[arg-type]


def a_ballot(*votes: CastRow, number: int = 0, **changes: object) -> BallotRow:
    """By default long, and up came."""
    fields: dict[str, object] = {
        "asset": "BTC",
        "closed_ns": START_NS + number * 900 * SECOND,
        "side": "long",
        "confidence": 60.0,
        "reason": "long: trend",
        "votes": votes or (a_cast(),),
        "outcome": "up",
    }
    return BallotRow(**(fields | changes))  # type: ignore[arg-type]


def a_decision(**changes: object) -> DecisionRow:
    fields: dict[str, object] = {
        "ts_ns": START_NS + 60 * SECOND,
        "slug": a_window_row().slug,
        "action": "skip",
        "reason": "nobody offers up",
        "inputs": {},
    }
    return DecisionRow(**(fields | changes))  # type: ignore[arg-type]


def an_evidence(**changes: object) -> Evidence:
    fields: dict[str, object] = {
        "run": a_run(),
        "windows": (),
        "excluded": (),
        "orders": (),
        "fills": (),
        "forecasts": (),
        "decisions": (),
        "equity": (),
        "decision_hash": "d" * 64,
        "order_hash": "0" * 64,
        "fill_hash": "f" * 64,
    }
    return Evidence(**(fields | changes))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Bought:
    """One window in which ten up shares were bought, with everything that belongs to it."""

    window: WindowRow
    order: OrderRow
    fill: FillRow


def a_bought(number: int = 0, *, ending: Ending = "up", **order_changes: object) -> Bought:
    """Buys at the ask of 0.60 (or ``order_changes``), no fee on the fill."""
    window = a_window_row(number, outcome=ending)
    order = an_order_row(window, **order_changes)
    fill = a_fill_row(order)
    paid = order.limit_e4 * order.size_micro // 10_000
    part = {"half": 0.5}.get(ending, float(order.side == ending))
    payout = int(order.size_micro * part)
    window = a_window_row(
        number,
        outcome=ending,
        stake_micro=paid,
        payout_micro=payout,
        pnl_micro=payout - paid,
        fills=1,
    )
    return Bought(window=window, order=order, fill=fill)


def evidence_of(bought: list[Bought], **changes: object) -> Evidence:
    return an_evidence(
        **{
            "windows": tuple(one.window for one in bought),
            "orders": tuple(one.order for one in bought),
            "fills": tuple(one.fill for one in bought),
        }
        | changes
    )


def a_made_up_run(
    *, windows: int = 300, traded: int = 200, skill: float = 0.0, seed: int = 1, **run: object
) -> Evidence:
    """A believable run: paths, fills, fees and forecasts from one seed.

    Without ``skill`` the up token pays with the probability that its mid says; with skill the
    side bought pays more often by that much.
    """
    rng = np.random.default_rng(seed)
    rows: list[WindowRow] = []
    orders: list[OrderRow] = []
    fills: list[FillRow] = []
    forecasts: list[ForecastRow] = []
    cash = 1_000_000_000
    equity = [(START_NS, cash)]
    for number in range(windows):
        world = _World(number, rng, skill=skill, trades=number * traded % windows < traded)
        rows.append(world.window)
        forecasts.extend(world.forecasts)
        if world.order is None or world.fill is None:
            continue
        orders.append(world.order)
        fills.append(world.fill)
        cash += world.window.pnl_micro
        equity.append((world.fill.ts_ns, cash - world.window.pnl_micro - world.fill.fee_micro))
        equity.append((world.window.end_ns, cash))
    refused = [
        an_order_row(
            row, order_id=f"D-{n}", status="denied", refusal=f"window stake 5.{n:02d} is over 5.00"
        )
        for n, row in enumerate(rows[:12])
    ]
    return an_evidence(
        run=a_run(end_pusd_micro=cash, **run),
        windows=tuple(rows),
        excluded=tuple(
            ExcludedRow(slug=f"sol-updown-15m-{n}", reason=reason)
            for n, reason in enumerate(
                ["strike unknown"] * 14
                + [f"books cover {70 + n} % of the window" for n in range(6)]
            )
        ),
        orders=tuple(orders + refused),
        fills=tuple(fills),
        forecasts=tuple(forecasts),
        decisions=tuple(
            DecisionRow(ts_ns=o.ts_ns, slug=o.slug, action="take", reason=o.reason, inputs={})
            for o in orders
        ),
        equity=tuple(equity),
    )


class _World:
    """One window of the made-up run: spot as a random walk, the market almost right about it."""

    def __init__(
        self, number: int, rng: np.random.Generator, *, skill: float, trades: bool
    ) -> None:
        start = START_NS + number * 300 * SECOND
        steps, strike, vol = 100, 105_000.0, 6.0
        spot = strike + np.cumsum(rng.normal(0, vol, steps))
        left = np.arange(steps, 0, -1) - 1 + 0.5
        sure = _normal((spot - strike) / (vol * np.sqrt(left)))
        mid = np.clip(np.round(sure + rng.normal(0, 0.01, steps), 2), 0.01, 0.99)
        times = [start + int(3 * step * SECOND) for step in range(steps)]
        place = int(rng.integers(55, 96))
        side: Side = "up" if rng.random() < 0.5 else "down"
        own = float(mid[place]) if side == "up" else 1 - float(mid[place])
        wins = rng.random() < min(own + skill, 1.0)
        ending: Ending = side if wins else ("down" if side == "up" else "up")
        self.order: OrderRow | None = None
        self.fill: FillRow | None = None
        window = a_window_row(
            number,
            asset="BTC" if number % 3 else "SOL",
            grade="ABBAC"[number % 5],
            strike=strike,
            outcome=ending,
            spot_path=tuple(zip(times, spot.tolist(), strict=True)),
            mid_path=tuple(zip(times, mid.tolist(), strict=True)),
        )
        if trades:
            window = self._trade(window, side=side, own=own, ts_ns=times[place], rng=rng)
        self.window = window
        self.forecasts = [
            _forecast(window, seconds, mid=float(mid[place]), skill=skill, rng=rng)
            for seconds in CHECKPOINTS
            for place in [int((300 - seconds) / 3)]
        ]

    def _trade(
        self, window: WindowRow, *, side: Side, own: float, ts_ns: int, rng: np.random.Generator
    ) -> WindowRow:
        ask, other = round(min(own + 0.01, 0.99), 2), round(min(1.01 - own, 0.99), 2)
        paid = round(min(ask + 0.01 * (rng.random() < 0.2), 0.99), 2)
        edge = float(rng.gamma(2, 0.01))
        order = an_order_row(
            window,
            side=side,
            ts_ns=ts_ns,
            limit_e4=round(paid * 10_000),
            seconds_left=(window.end_ns - ts_ns) / SECOND,
            fair=ask + edge,
            edge=edge,
            mid=own,
            ask=ask,
            other_ask=other,
            reason=f"fair {ask + edge:.4f}, pays {paid:.2f}, edge {edge:.4f} is at least 0.0050",
        )
        fee = round(10 * 0.07 * paid * (1 - paid) * 100_000) * 10
        fill = a_fill_row(order, fee_micro=fee)
        stake, payout = order.limit_e4 * 1_000, 10_000_000 * (side == window.outcome)
        self.order, self.fill = order, fill
        return a_window_row(
            0,
            **{name: getattr(window, name) for name in window.__struct_fields__}
            | {
                "stake_micro": stake,
                "fees_micro": fee,
                "payout_micro": payout,
                "pnl_micro": payout - stake - fee,
                "fills": 1,
            },
        )


def _forecast(
    window: WindowRow, seconds: float, *, mid: float, skill: float, rng: np.random.Generator
) -> ForecastRow:
    happened = float(window.outcome == "up")
    knows = skill / 2 * (2 * happened - 1)
    return a_forecast_row(
        window.slug,
        seconds_left=seconds,
        model=float(np.clip(mid + knows + rng.normal(0, 0.04), 0.001, 0.999)),
        market=mid,
        naive=float(np.clip(mid + rng.normal(0, 0.12), 0.001, 0.999)),
        happened=happened,
    )


def _normal(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-1.702 * z))
