"""Instants as people read them."""

from datetime import UTC, datetime


def utc(ts_ns: int) -> str:
    """ISO 8601 in UTC with microseconds, such as ``2026-08-07T12:00:00.000001Z``."""
    seconds, rest_ns = divmod(ts_ns, 1_000_000_000)
    stamp = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{stamp}.{rest_ns // 1_000:06d}Z"
