"""Records of a journal as lines for people and as rows for programs."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from polybot.domain.series import NS
from polybot.journal.chain import Entry
from polybot.journal.records import kind_of


def as_row(entry: Entry) -> dict[str, Any]:
    """Everything about a record."""
    return {
        "seq": entry.seq,
        "ts_ns": entry.ts_ns,
        "time": when(entry.ts_ns),
        "hash": entry.hash,
        "record": msgspec.to_builtins(entry.record),
    }


def as_text(entry: Entry) -> str:
    """A record on one line, without what it leaves empty."""
    fields = msgspec.to_builtins(entry.record)
    told = (f"{name}={value}" for name, value in fields.items() if name != "kind" and value)
    return f"{entry.seq:>8}  {when(entry.ts_ns)}  {kind_of(entry.record):<11}  {' '.join(told)}"


def when(ts_ns: int) -> str:
    """An instant in UTC, to the microsecond."""
    seconds, rest = divmod(ts_ns, NS)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest // 1_000:06d}Z"
