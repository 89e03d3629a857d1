"""Reads a tape in the order in which it was written, to the last whole chunk after a crash."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from mcap.records import Channel, Chunk, McapRecord, Message, Metadata
from mcap.stream_reader import StreamReader, breakup_chunk

from polybot.errors import TapeError
from polybot.recording.tape.schema import PROFILE, VERSION, Wire

_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class TapeMessage:
    """One message of a tape: when it was received, what the venue claims, and its bytes."""

    topic: str
    wire: Wire
    sequence: int
    received_ns: int
    venue_ns: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A part of the tape that cannot be read: a bad chunk, or an end that a crash tore off."""

    reason: str


def read_tape(path: Path) -> Iterator[TapeMessage | Damage]:
    """Every message, in order of receipt; what cannot be read becomes ``Damage``.

    TapeError when the file is no tape, or one of another version.
    """
    channels: dict[int, tuple[str, Wire]] = {}
    known = False
    with path.open("rb") as file:
        for record in _records(file):
            if isinstance(record, Metadata) and record.name == PROFILE:
                _check_version(path, record)
                known = True
            elif isinstance(record, Channel):
                channels[record.id] = record.topic, _wire(record)
            elif isinstance(record, Damage | Message):
                if not known:
                    raise TapeError(f"{path} is no {PROFILE}: make one with the recorder")
                if isinstance(record, Damage):
                    yield record
                else:
                    yield _message(record, *channels[record.channel_id])
    if not known:
        raise TapeError(f"{path} is no {PROFILE}: it does not begin like one")


def _records(file: BinaryIO) -> Iterator[McapRecord | Damage]:
    reader = StreamReader(file, emit_chunks=True, record_size_limit=_LARGEST)
    records = reader.records
    while True:
        try:
            record = next(records, None)
        except Exception as broken:  # noqa: BLE001
            # The library raises whatever its parts raise: here it all means that nothing follows.
            yield Damage(f"the tape is torn off here ({type(broken).__name__})")
            return
        if record is None:
            return
        if isinstance(record, Chunk):
            yield from _unpacked(record)
        else:
            yield record


def _unpacked(chunk: Chunk) -> Iterable[McapRecord | Damage]:
    try:
        return breakup_chunk(chunk, validate_crc=True)
    except Exception as broken:  # noqa: BLE001
        return (
            Damage(
                f"a chunk from {chunk.message_start_time} to {chunk.message_end_time} ns is"
                f" damaged ({type(broken).__name__})"
            ),
        )


def _check_version(path: Path, record: Metadata) -> None:
    version = record.metadata.get("version")
    if version != VERSION:
        raise TapeError(f"{path} is a tape of version {version!r}, this polybot reads {VERSION!r}")


def _wire(channel: Channel) -> Wire:
    try:
        return Wire(channel.metadata.get("wire", ""))
    except ValueError as unknown:
        raise TapeError(f"channel {channel.topic!r} of the tape has no known wire") from unknown


def _message(record: Message, topic: str, wire: Wire) -> TapeMessage:
    return TapeMessage(
        topic=topic,
        wire=wire,
        sequence=record.sequence,
        received_ns=record.log_time,
        venue_ns=record.publish_time,
        data=record.data,
    )
