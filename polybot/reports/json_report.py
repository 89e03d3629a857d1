"""The report for a program: the same numbers as on the page, money as text with six decimals."""

from dataclasses import asdict

import msgspec

from polybot.domain.money import pusd
from polybot.reports.buckets import Bucket
from polybot.reports.calibration import Calibration, Scores
from polybot.reports.evidence import Evidence
from polybot.reports.json_values import interval, number, pusd_or_none
from polybot.reports.json_votes import ensemble_values, member_values, row_values
from polybot.reports.nulls import Drawn, Nulls
from polybot.reports.statistics import Statistics
from polybot.reports.summary import Summary
from polybot.reports.verdict import RULE

FORMAT = 1
_PATHS = ("spot_path", "mid_path")


def to_json(evidence: Evidence, summary: Summary) -> dict[str, object]:
    """Plain values for ``msgspec.json.encode`` or ``json.dumps``; the rows are under ``detail``."""
    return {
        "format": FORMAT,
        **_identity(evidence),
        **_counts(summary.statistics),
        **_money(summary),
        **_verdict(summary),
        **_calibration(summary.calibration),
        "statistics": _statistics(summary),
        "buckets": _buckets(summary),
        "rows": [row_values(row) for row in summary.rows],
        "ensemble": ensemble_values(summary.members),
        "members": member_values(summary.members),
        "detail": _detail(evidence, summary),
    }


def _identity(evidence: Evidence) -> dict[str, object]:
    run = evidence.run
    return {
        "run_id": run.run_id,
        "strategy": run.strategy,
        "synthetic": run.synthetic,
        "fill_assumption": run.fill_assumption,
        "resting_fills": run.resting_fills,
        "approximations": list(run.approximations),
        "polybot_version": run.polybot_version,
        "engine_version": run.engine_version,
        "catalogs": dict(sorted(run.catalogs.items())),
        "params": msgspec.to_builtins(run.params),
        "variants_tried": run.variants_tried,
        "decision_hash": evidence.decision_hash,
        "order_hash": evidence.order_hash,
        "fill_hash": evidence.fill_hash,
    }


def _counts(found: Statistics) -> dict[str, object]:
    return {
        "windows": found.windows,
        "traded_windows": found.traded,
        "excluded": found.excluded,
        "orders": found.signals,
        "orders_denied": found.denied,
        "orders_rejected": found.rejected,
        "orders_filled": found.orders_filled,
        "fills": found.fills,
    }


def _money(summary: Summary) -> dict[str, object]:
    found = summary.money
    return {
        "start_pusd": pusd(found.start_micro),
        "end_pusd": pusd(found.end_micro),
        "bought_pusd": pusd(found.bought_micro),
        "sold_pusd": pusd(found.sold_micro),
        "fees_pusd": pusd(found.fees_micro),
        "payouts_pusd": pusd(found.payouts_micro),
        "pnl_pusd": pusd(summary.statistics.pnl_micro),
        "missing_pusd": pusd(found.missing_micro),
    }


def _verdict(summary: Summary) -> dict[str, object]:
    found = summary.verdict
    return {
        "verdict": found.word,
        "verdict_because": found.because,
        "verdict_checks": [asdict(check) for check in found.checks],
        "verdict_rule": RULE,
        "pnl_per_window": interval(summary.per_window),
        "pnl_per_window_corrected": interval(summary.corrected),
        "pnl_per_window_by_hour": interval(summary.by_hour_block),
        "nulls": _nulls(summary.nulls),
    }


def _nulls(nulls: Nulls | None) -> dict[str, object] | None:
    if nulls is None:
        return None
    return {
        "windows": nulls.windows,
        "unpriced_windows": nulls.unpriced,
        "run": number(nulls.run),
        "market": _drawn(nulls.market),
        "random_side": _drawn(nulls.random_side),
        "favourite": interval(nulls.favourite.mean),
        "run_minus_favourite": interval(nulls.favourite.difference),
    }


def _drawn(null: Drawn) -> dict[str, object]:
    return {name: number(value) for name, value in asdict(null).items()}


def _calibration(found: Calibration) -> dict[str, object]:
    return {
        "brier_model": number(found.overall.model),
        "brier_market": number(found.overall.market),
        "brier_naive": number(found.overall.naive),
        "brier_rows": found.overall.rows,
        "brier_windows": found.windows,
        "brier_model_minus_market": interval(found.difference),
        "brier_by_seconds_left": {
            str(point.seconds_left): _scores(point.scores) for point in found.checkpoints
        },
    }


def _scores(scores: Scores) -> dict[str, object]:
    return {
        "model": number(scores.model),
        "market": number(scores.market),
        "naive": number(scores.naive),
        "rows": scores.rows,
    }


def _statistics(summary: Summary) -> dict[str, object]:
    found, costs, fall = summary.statistics, summary.costs, summary.drawdown
    return {
        "signals_a_month": number(found.signals_a_month),
        "win_rate": number(found.win_rate),
        "break_even_win_rate": number(found.break_even_win_rate),
        "average_win_pusd": pusd_or_none(found.average_win_micro),
        "average_loss_pusd": pusd_or_none(found.average_loss_micro),
        "reward_to_risk": number(found.reward_to_risk),
        "longest_losing_run": found.longest_losing_run,
        "stake_pusd": pusd(found.stake_micro),
        "return_on_stake": number(found.return_on_stake),
        "largest_exposure_pusd": pusd(found.largest_exposure_micro),
        "max_drawdown_pusd": pusd_or_none(fall.depth_micro if fall else None),
        "max_drawdown_part": number(fall.part if fall else None),
        "longest_drawdown_s": fall.longest_ns / 1e9 if fall else None,
        "slippage_pusd": number(costs.slippage),
        "slippage_per_share": number(costs.slippage_per_share),
        "half_spread_pusd": number(costs.half_spread),
        "profit_at_mid_pusd": number(costs.at_mid),
        "unsettled_windows": found.unsettled,
    }


def _buckets(summary: Summary) -> dict[str, object]:
    found = summary.buckets
    return {
        "seconds_left": [_bucket(bucket) for bucket in found.seconds_left],
        "edge": [_bucket(bucket) for bucket in found.edge],
        "series": [_bucket(bucket) for bucket in found.series],
        "session": [_bucket(bucket) for bucket in found.session],
    }


def _bucket(bucket: Bucket) -> dict[str, object]:
    return {
        "label": bucket.label,
        "windows": bucket.windows,
        "orders": bucket.orders,
        "stake_pusd": pusd(bucket.stake_micro),
        "fees_pusd": pusd(bucket.fee_micro),
        "pnl_pusd": pusd(bucket.pnl_micro),
        "pnl_per_window": interval(bucket.per_window),
    }


def _detail(evidence: Evidence, summary: Summary) -> dict[str, object]:
    """The rows as they are in the evidence, without the paths of the charts."""
    rows = {
        "windows": evidence.windows,
        "excluded": evidence.excluded,
        "orders": evidence.orders,
        "fills": evidence.fills,
    }
    detail: dict[str, object] = {name: [_row(row) for row in found] for name, found in rows.items()}
    detail["exclusion_reasons"] = [list(item) for item in summary.exclusions]
    detail["refusal_reasons"] = [list(item) for item in summary.refusals]
    detail["grades"] = dict(summary.grades)
    return detail


def _row(row: msgspec.Struct) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(row)
    return {name: value for name, value in found.items() if name not in _PATHS}
