"""The chain: each record is sealed with the hash of the one before it.

``hash = sha256(canonical JSON of {seq, ts_ns, prev, record})``; canonical is UTF-8 without spaces,
with the keys of every object in a fixed order. The bytes of the record are kept as they were
written, so a hash never depends on how a later version would write them.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

import msgspec

from polybot.errors import JournalError
from polybot.journal.records import Record, kind_of

GENESIS = "0" * 64
_LAST_NS = 2**63

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


class Head(NamedTuple):
    """The newest record of a journal."""

    seq: int
    hash: str


START = Head(0, GENESIS)


class Line(NamedTuple):
    """One record as it is stored."""

    seq: int
    ts_ns: int
    kind: str
    prev: str
    hash: str
    record: str
    """Canonical JSON."""

    @property
    def head(self) -> Head:
        """The place that the next line follows."""
        return Head(self.seq, self.hash)


class Entry(NamedTuple):
    """One record as it is read: its place, its time, its hash, and what it says."""

    seq: int
    ts_ns: int
    hash: str
    record: Record


def seal(head: Head, ts_ns: int, record: Record) -> Line:
    """The line that follows ``head``; a record that could not be read back raises JournalError."""
    if not 0 <= ts_ns < _LAST_NS:
        raise JournalError(f"the clock says {ts_ns} ns, which is no time: set the clock")
    text = _canonical(record)
    seq = head.seq + 1
    return Line(seq, ts_ns, kind_of(record), head.hash, _digest(seq, ts_ns, head.hash, text), text)


def check(head: Head, line: Line) -> Entry:
    """The entry that ``line`` holds, when it follows ``head``; else JournalError with its seq."""
    differs = _differs(head, line)
    if differs:
        raise broken(head.seq + 1, differs)
    try:
        record = _decoder.decode(line.record)
    except msgspec.MsgspecError as error:
        raise broken(line.seq, f"its record is none this version can read ({error})") from error
    if kind_of(record) != line.kind:
        raise broken(line.seq, f"its kind is stored as {line.kind!r:.40}, not {kind_of(record)!r}")
    return Entry(line.seq, line.ts_ns, line.hash, record)


def walk(lines: Iterable[Line], head: Head = START) -> Iterator[Entry]:
    """Every entry, each checked against the one before it; the first that fails raises."""
    for line in lines:
        yield check(head, line)
        head = line.head


def broken(seq: int, what: str) -> JournalError:
    """The refusal of a journal that was altered at ``seq``."""
    return JournalError(
        f"the journal is damaged at record {seq}: {what}; trade nothing on it, keep a copy of it,"
        " and restore the newest backup"
    )


def _differs(head: Head, line: Line) -> str:
    if line.seq != head.seq + 1:
        return f"the next one stored is {line.seq}"
    if line.prev != head.hash:
        return f"it follows {line.prev!r:.70}, but the record before it has {head.hash!r}"
    found = _digest(line.seq, line.ts_ns, line.prev, line.record)
    if found != line.hash:
        return f"its hash is stored as {line.hash!r:.70}, its content has {found!r}"
    return ""


def _canonical(record: Record) -> str:
    try:
        encoded = _encoder.encode(record)
        # What cannot be read back would end every later start: it is never written.
        if _decoder.decode(encoded) == record:
            return encoded.decode()
    except (msgspec.MsgspecError, UnicodeError, OverflowError, TypeError) as error:
        raise JournalError(f"{record!r:.200} cannot be journaled: {error}") from error
    raise JournalError(f"{record!r:.200} cannot be journaled: it would be read back as another")


def _digest(seq: int, ts_ns: int, prev: str, record: str) -> str:
    head = f'{{"prev":"{prev}","record":'
    return sha256(f'{head}{record},"seq":{seq},"ts_ns":{ts_ns}}}'.encode()).hexdigest()
