"""Candles from before a run: the same decisions as if their trades had been lived through."""

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from polybot.config.risk import Risk
from polybot.config.settings import Backtest, Settings, Strategy
from polybot.domain.asset import Asset
from polybot.domain.series import NS, Length, Series
from polybot.recording.catalog.writer import CatalogWriter
from polybot.recording.observations import SpotTraded
from polybot.reports.evidence import DecisionRow, Evidence
from polybot.runtime.backtest.collect import sha256_of
from polybot.runtime.backtest.history import minutes_before
from polybot.runtime.backtest.sources import Sources
from polybot.signals.candle import Candle
from polybot.simulation.market import MarketParams, simulate
from tests.runtime.backtest.runs import Run

START_NS = 1_793_620_800 * NS
HOURS = 3
WARMUP_MINUTES = 20
SERIES = [Series(Asset.BTC, length) for length in (Length.M5, Length.M15)]
SHORT_MEMORY = {
    "volatility": {"memory_s": 600.0, "half_life_s": 300.0, "max_gap_s": 60.0},
    "basis": {"memory_s": 600.0},
}
TALKATIVE = {
    "min_backers": 1,
    "min_confidence": 1.0,
    "member_params": {
        "trend_following": {"timeframe": "5m", "min_adx": 1.0},
        "order_flow": {"min_share": 0.01},
        "cipher_a": {"timeframe": "1m"},
        "cipher_b": {"timeframe": "1m"},
    },
}


@pytest.fixture(scope="module")
def long_past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half an hour of windows after three hours of spot."""
    root = tmp_path_factory.mktemp("history") / "catalog"
    params = MarketParams(warmup_s=HOURS * 3_600)
    seen = simulate(params, seed=5, start_ns=START_NS, hours=0.5, series=SERIES)
    with CatalogWriter(root, source="test", synthetic=True) as writer:
        for observation in seen:
            writer.add(observation)
    return root


def settings(*, warmup_minutes: int, history_hours: float) -> Settings:
    return Settings(
        strategy=Strategy(name="ensemble", params={"world": SHORT_MEMORY, "ensemble": TALKATIVE}),
        backtest=Backtest(warmup_minutes=warmup_minutes, history_hours=history_hours),
        risk=Risk(limits="off"),
    )


def since_the_start(told: Evidence) -> list[DecisionRow]:
    return [row for row in told.decisions if row.ts_ns >= START_NS]


@pytest.fixture(scope="module")
def lived(run: Run, long_past: Path) -> Evidence:
    """Candles built live, from the same ticks as everything else."""
    chosen = settings(warmup_minutes=HOURS * 60, history_hours=0.0)
    return run(settings=chosen, catalog=long_past)


@pytest.fixture(scope="module")
def warmed(run: Run, long_past: Path) -> Evidence:
    """Candles made beforehand, of all the ticks before a short warm-up."""
    chosen = settings(
        warmup_minutes=WARMUP_MINUTES, history_hours=(HOURS * 60 - WARMUP_MINUTES) / 60
    )
    return run(settings=chosen, catalog=long_past)


def test_warmed_and_lived_candles_give_the_same_decisions_by_hash(
    lived: Evidence, warmed: Evidence
) -> None:
    votes = {ballot.side for ballot in lived.ballots if ballot.closed_ns >= START_NS}

    assert votes - {"neutral"}
    assert lived.fills
    assert sha256_of(since_the_start(warmed)) == sha256_of(since_the_start(lived))
    assert (warmed.order_hash, warmed.fill_hash) == (lived.order_hash, lived.fill_hash)


def test_without_history_the_votes_are_others(run: Run, long_past: Path, lived: Evidence) -> None:
    bare = settings(warmup_minutes=WARMUP_MINUTES, history_hours=0.0)

    told = run(settings=bare, catalog=long_past)

    assert sha256_of(since_the_start(told)) != sha256_of(since_the_start(lived))


def minutes(
    catalog: Path, *, until_ns: int = START_NS, hours: float = 1.0, late_s: int = 1
) -> tuple[Candle, ...]:
    return minutes_before(
        Sources.open([catalog]),
        Asset.BTC,
        until_ns=until_ns,
        hours=hours,
        received_by_ns=until_ns + late_s * NS,
    )


def test_history_is_whole_minutes_up_to_the_start(long_past: Path) -> None:
    candles = minutes(long_past)

    # The first minute is cut off by the hour, and nobody knows what came before.
    assert [candle.start_ns for candle in candles] == [
        START_NS - minute * 60 * NS for minute in range(59, 0, -1)
    ]
    assert all(before.end_ns == after.start_ns for before, after in pairwise(candles))


def test_a_catalog_without_trades_before_has_no_history(long_past: Path) -> None:
    assert minutes(long_past, until_ns=START_NS - 10 * 3_600 * NS) == ()


def test_no_hours_are_no_history(long_past: Path) -> None:
    assert minutes(long_past, hours=0.0) == ()


def test_nothing_traded_from_the_start_on_is_in_it(long_past: Path) -> None:
    late = minutes(long_past, late_s=300)

    assert late == minutes(long_past)
    assert late[-1].end_ns == START_NS


def a_catalog(root: Path, *traded: tuple[float, float]) -> Path:
    """Trades of one BTC at so many seconds before the start, received so many later."""
    with CatalogWriter(root, source="test") as writer:
        for number, (before_s, late_s) in enumerate(traded):
            venue_ns = START_NS - round(before_s * NS)
            writer.add(
                SpotTraded(
                    received_ns=venue_ns + round(late_s * NS),
                    venue_ns=venue_ns,
                    symbol="BTCUSDT",
                    price="100000",
                    size="1",
                    buyer_is_maker=False,
                    trade_id=str(number),
                )
            )
    return root


def test_a_trade_of_the_last_minute_that_was_received_after_it_counts(tmp_path: Path) -> None:
    root = a_catalog(tmp_path / "late", (90, 0.1), (40, 0.1), (0.5, 1.0))

    candle = minutes(root)[-1]

    assert (candle.trades, candle.volume, candle.buy_volume) == (2, 2.0, 2.0)


def test_minutes_that_touch_a_long_silence_are_left_out(tmp_path: Path) -> None:
    before, after = (
        [1_795 - 30 * step for step in range(40)],
        [205 - 30 * step for step in range(7)],
    )
    root = a_catalog(tmp_path / "gap", *[(second, 0.1) for second in before + after])

    starts = [(START_NS - candle.start_ns) // (60 * NS) for candle in minutes(root)]

    assert starts == [*range(29, 11, -1), 3, 2, 1]


def test_a_setting_says_how_far_back_it_goes() -> None:
    assert Backtest().history_hours == 75.0
    assert msgspec.convert({"history_hours": 0}, Backtest, strict=False).history_hours == 0
