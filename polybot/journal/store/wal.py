"""SQLite's write-ahead log read without SQLite: whether its end is torn or its middle altered.

SQLite drops everything after the first frame that fails its checksum and says nothing. After a
crash that is right: what follows was never durable. After a flipped bit it is wrong, as durable
records would vanish. The difference is whether a later transaction follows the broken one.

Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

PAGE = 4_096
"""Every journal has pages of this size."""
_HEADER = 32
_FRAME = 24
_MAGIC = 0x377F0682
_VERSION = 3_007_000
_MASK = 0xFFFF_FFFF

type Sum = tuple[int, int]


class Tail(NamedTuple):
    """What a log holds: frames that count, and frames that SQLite will drop."""

    kept: int
    dropped: int


class Damage(NamedTuple):
    """Where a log was altered: the byte of the frame, and what differs."""

    offset: int
    what: str


class _Frame(NamedTuple):
    page: int
    commits: bool
    is_ours: bool
    """Its salts are the log's."""
    follows: bool
    """Its checksum continues the one stored before it."""


def inspect_wal(log: bytes) -> Tail | Damage:
    """Whether the log ends as a crash leaves it; Damage when a part before its end was altered."""
    if len(log) < _HEADER:
        return Tail(0, 0)
    differs = _header_differs(log)
    if differs:
        return Damage(0, differs)
    frames = list(_frames(log))
    kept = next((i for i, frame in enumerate(frames) if not _counts(frame)), len(frames))
    broken = frames[kept:]
    if broken and _was_durable(broken):
        return Damage(_HEADER + kept * (_FRAME + PAGE), f"frame {kept + 1} of {len(frames)}")
    committed = max((i + 1 for i, frame in enumerate(frames[:kept]) if frame.commits), default=0)
    ours = sum(frame.is_ours for frame in frames[committed:])
    return Tail(committed, ours + _is_cut(log))


def _counts(frame: _Frame) -> bool:
    return frame.is_ours and frame.follows


def _was_durable(broken: list[_Frame]) -> bool:
    """Whether the first of these frames was part of a transaction that had been synced."""
    if broken[0].follows:
        # Its checksum is right, only its salts are not: no crash does that.
        return True
    ours = [frame for frame in broken[1:] if frame.is_ours]
    commits = [i for i, frame in enumerate(ours) if frame.commits]
    # One transaction writes no page twice and ends with its commit.
    pages = [frame.page for frame in ours if frame.follows]
    ended = broken[0].commits or (bool(commits) and commits[0] < len(ours) - 1)
    return (ended and any(frame.follows for frame in ours)) or len(set(pages)) < len(pages)


def _is_cut(log: bytes) -> bool:
    return (len(log) - _HEADER) % (_FRAME + PAGE) != 0


def _header_differs(log: bytes) -> str:
    magic, version, page = struct.unpack_from(">III", log)
    if magic not in (_MAGIC, _MAGIC | 1):
        return "its header begins with other bytes"
    if version != _VERSION or page != PAGE:
        return f"its header says version {version}, pages of {page} bytes"
    if _checksum(log[:24], (0, 0), _order(log)) != struct.unpack_from(">II", log, 24):
        return "its header's checksum"
    return ""


def _frames(log: bytes) -> Iterator[_Frame]:
    order, salts, before = _order(log), log[16:24], struct.unpack_from(">II", log, 24)
    for at in range(_HEADER, len(log) - _FRAME - PAGE + 1, _FRAME + PAGE):
        page, size = struct.unpack_from(">II", log, at)
        stored = struct.unpack_from(">II", log, at + 16)
        sum_ = _checksum(log[at : at + 8], (before[0], before[1]), order)
        sum_ = _checksum(log[at + _FRAME : at + _FRAME + PAGE], sum_, order)
        yield _Frame(page, size != 0, log[at + 8 : at + 16] == salts, sum_ == stored)
        before = stored


def _order(log: bytes) -> str:
    return ">" if log[3] & 1 else "<"


def _checksum(data: bytes, before: Sum, order: str) -> Sum:
    one, two = before
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & _MASK
        two = (two + second + one) & _MASK
    return one, two
