import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcap.reader import make_reader
from mcap.writer import Writer

from polybot.errors import TapeError
from polybot.recording.tape.reader import Damage, TapeMessage, read_tape
from polybot.recording.tape.schema import CLOCK_TOPIC, Wire
from polybot.recording.tape.writer import TapeWriter

T0 = 1_790_000_000_000_000_000
BOOKS = "market-1/book"


def a_tape(path: Path, messages: list[bytes], *, chunk_bytes: int = 1 << 20) -> Path:
    with TapeWriter(path, recorder="test", chunk_bytes=chunk_bytes) as tape:
        tape.channel(BOOKS, Wire.POLYMARKET_MARKET)
        for number, data in enumerate(messages):
            tape.write(BOOKS, data, received_ns=T0 + number, venue_ns=T0 - 50)
    return path


def messages(path: Path) -> list[TapeMessage]:
    return [each for each in read_tape(path) if isinstance(each, TapeMessage)]


def damages(path: Path) -> list[Damage]:
    return [each for each in read_tape(path) if isinstance(each, Damage)]


@settings(max_examples=20)
@given(st.lists(st.binary(max_size=50), max_size=20))
def test_bytes_come_back_as_they_were_received(
    tmp_path_factory: pytest.TempPathFactory, given: list[bytes]
) -> None:
    path = a_tape(tmp_path_factory.mktemp("t") / "tape.mcap", given)

    found = messages(path)
    assert [each.data for each in found] == given
    assert [each.received_ns for each in found] == [T0 + number for number in range(len(given))]


def test_a_message_says_where_it_is_from_and_when(tmp_path: Path) -> None:
    [message] = messages(a_tape(tmp_path / "t.mcap", [b"{}"]))

    assert message == TapeMessage(BOOKS, Wire.POLYMARKET_MARKET, 1, T0, T0 - 50, b"{}")


def test_timers_gaps_and_notes_are_on_the_tape(tmp_path: Path) -> None:
    with TapeWriter(tmp_path / "t.mcap", recorder="test") as tape:
        tape.clock("roll", at_ns=T0)
        tape.gap("market-1", from_ns=T0, until_ns=T0 + 5)
        tape.note("started", at_ns=T0 + 6)

    clock, gap, note = messages(tmp_path / "t.mcap")
    assert (clock.topic, clock.data) == (CLOCK_TOPIC, b'{"name":"roll"}')
    assert (gap.wire, gap.received_ns) == (Wire.GAP, T0 + 5)
    assert note.data == b'{"text":"started"}'


def test_other_peoples_tools_open_it(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "t.mcap", [b"{}"] * 3)
    with path.open("rb") as file:
        found = list(make_reader(file).iter_messages(topics=[BOOKS]))

    assert [message.log_time for _, _, message in found] == [T0, T0 + 1, T0 + 2]


def test_a_crash_loses_at_most_the_open_chunk(tmp_path: Path) -> None:
    tape = TapeWriter(tmp_path / "t.mcap", recorder="test", chunk_bytes=1_000)
    tape.channel(BOOKS, Wire.POLYMARKET_MARKET)
    for number in range(100):
        tape.write(BOOKS, b"x" * 90, received_ns=T0 + number, venue_ns=0)
    left_on_disk = (tmp_path / "t.mcap").read_bytes()
    tape.close()

    (tmp_path / "torn.mcap").write_bytes(left_on_disk)
    assert len(messages(tmp_path / "torn.mcap")) >= 90
    assert len(damages(tmp_path / "torn.mcap")) == 1


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_torn_tape_is_read_to_its_last_whole_chunk(tmp_path: Path, share: float) -> None:
    whole = a_tape(tmp_path / "t.mcap", [b"y" * 80] * 200, chunk_bytes=1_000).read_bytes()
    torn = tmp_path / "torn.mcap"
    torn.write_bytes(whole[: int(len(whole) * share)])

    found = messages(torn)
    assert [each.received_ns - T0 for each in found] == list(range(len(found)))
    assert len(damages(torn)) == 1


def test_a_damaged_chunk_is_left_out_and_said(tmp_path: Path) -> None:
    payloads = [bytes([number]) * 400 for number in range(30)]
    path = a_tape(tmp_path / "t.mcap", payloads, chunk_bytes=1_000)
    raw = bytearray(path.read_bytes())
    chunks = [each.start() for each in re.finditer(re.escape(b"\x28\xb5\x2f\xfd"), raw)]
    raw[chunks[len(chunks) // 2] + 20] ^= 0xFF
    path.write_bytes(raw)

    found = messages(path)
    assert 24 <= len(found) < 30
    assert found[-1].data == payloads[-1]
    assert "is damaged" in damages(path)[0].reason


@pytest.mark.parametrize("content", [b"", b"text", b"\x89MCAP0\r\n"], ids=["empty", "text", "head"])
def test_a_file_that_is_no_tape_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.mcap").write_bytes(content)

    with pytest.raises(TapeError, match="is no polybot-tape"):
        list(read_tape(tmp_path / "t.mcap"))


def test_somebody_elses_mcap_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "t.mcap").open("wb") as file:
        writer = Writer(file)
        writer.start()
        channel = writer.register_channel(topic="a", message_encoding="json", schema_id=0)
        writer.add_message(channel, log_time=1, data=b"", publish_time=1)
        writer.finish()

    with pytest.raises(TapeError):
        list(read_tape(tmp_path / "t.mcap"))


def test_a_tape_is_never_written_over(tmp_path: Path) -> None:
    a_tape(tmp_path / "t.mcap", [])

    with pytest.raises(TapeError, match="never written over"):
        TapeWriter(tmp_path / "t.mcap", recorder="test")


def test_an_unopened_channel_is_refused(tmp_path: Path) -> None:
    with (
        TapeWriter(tmp_path / "t.mcap", recorder="test") as tape,
        pytest.raises(TapeError, match="open it first"),
    ):
        tape.write("elsewhere", b"", received_ns=1, venue_ns=1)
