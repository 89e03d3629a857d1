"""Reads a tape in the order in which it was written, to the last whole chunk after a crash."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mcap.records import Channel, Message, Metadata
from mcap.stream_reader import StreamReader

from polybot.errors import TapeError
from polybot.recording.tape.schema import PROFILE, VERSION, Wire


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
class TornOff:
    """The tape ends here without its end: a crash, or a damaged chunk."""

    reason: str


def read_tape(path: Path) -> Iterator[TapeMessage | TornOff]:
    """Every message, in order of receipt; a torn tape ends with ``TornOff``.

    TapeError when the file is no tape, or one of another version.
    """
    channels: dict[int, tuple[str, Wire]] = {}
    known = False
    with path.open("rb") as file:
        try:
            for record in StreamReader(file, validate_crcs=True).records:
                if isinstance(record, Metadata) and record.name == PROFILE:
                    _check_version(path, record)
                    known = True
                elif isinstance(record, Channel):
                    channels[record.id] = record.topic, _wire(record)
                elif isinstance(record, Message):
                    if not known:
                        raise TapeError(f"{path} is an MCAP file, but no {PROFILE}")
                    yield _message(record, *channels[record.channel_id])
        except TapeError:
            raise
        except Exception as broken:  # noqa: BLE001
            # The library raises whatever its decompressor raises: here all of it means the same.
            if not known:
                raise TapeError(f"{path} is no tape: {broken}") from broken
            yield TornOff(f"the tape is torn off here ({type(broken).__name__}: {broken})")
    if not known:
        raise TapeError(f"{path} is no tape: it has no {PROFILE} header")


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
