"""Writes a tape: every byte of every socket as received, safe on disk chunk by chunk."""

from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from mcap.writer import CompressionType, IndexType, Writer

from polybot.errors import TapeError
from polybot.recording.tape.schema import (
    CLOCK_TOPIC,
    GAP_TOPIC,
    NOTE_TOPIC,
    OWN,
    PROFILE,
    VERSION,
    Wire,
)

CHUNK_BYTES = 1 << 20


class TapeWriter:
    """One tape. A crash loses at most the chunk that was being filled."""

    def __init__(self, path: Path, *, recorder: str, chunk_bytes: int = CHUNK_BYTES) -> None:
        if path.exists():
            raise TapeError(f"{path} exists: a tape is never written over; name another file")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("wb")
        self._writer = Writer(
            self._file,
            chunk_size=chunk_bytes,
            compression=CompressionType.ZSTD,
            index_types=IndexType.ALL,
            enable_crcs=True,
        )
        self._writer.start(profile=PROFILE, library=recorder)
        self._writer.add_metadata(PROFILE, {"version": VERSION, "recorder": recorder})
        self._channels: dict[str, int] = {}
        self._sequence = 0
        for topic, wire in OWN.items():
            self.channel(topic, wire)

    def channel(self, topic: str, wire: Wire) -> None:
        """Open a channel, for example ``market-1/book`` with the market channel's bytes."""
        if topic not in self._channels:
            self._channels[topic] = self._writer.register_channel(
                topic=topic,
                message_encoding="json",
                schema_id=0,
                metadata={"wire": wire.value, "socket": topic.partition("/")[0]},
            )

    def write(self, topic: str, data: bytes, *, received_ns: int, venue_ns: int) -> None:
        """One message as received; ``venue_ns`` is 0 where the venue names no time."""
        if topic not in self._channels:
            raise TapeError(f"no channel {topic!r} was opened on this tape: open it first")
        self._sequence += 1
        written = self._file.tell()
        self._writer.add_message(
            channel_id=self._channels[topic],
            log_time=received_ns,
            publish_time=venue_ns or received_ns,
            sequence=self._sequence,
            data=data,
        )
        if self._file.tell() != written:
            # A chunk was finished: it must outlive this process.
            self._file.flush()

    def clock(self, name: str, *, at_ns: int) -> None:
        """A timer fired: a replay must fire it at the same place."""
        self._own(CLOCK_TOPIC, {"name": name}, at_ns)

    def gap(self, stream: str, *, from_ns: int, until_ns: int) -> None:
        """A stream said nothing that it should have said."""
        self._own(GAP_TOPIC, {"stream": stream, "from_ns": from_ns, "until_ns": until_ns}, until_ns)

    def note(self, text: str, *, at_ns: int) -> None:
        """Something that the recorder wants remembered."""
        self._own(NOTE_TOPIC, {"text": text}, at_ns)

    def close(self) -> None:
        """Finish the tape with its index."""
        if not self._file.closed:
            self._writer.finish()  # type: ignore[no-untyped-call]
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _own(self, topic: str, value: dict[str, object], at_ns: int) -> None:
        self.write(topic, msgspec.json.encode(value), received_ns=at_ns, venue_ns=at_ns)
