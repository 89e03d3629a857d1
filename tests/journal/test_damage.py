"""F57: a journal cut at any byte or with a flipped bit is repaired or refused, never believed."""

import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from polybot.errors import JournalError
from polybot.journal import reading
from polybot.journal.chain import Entry
from polybot.journal.store.sqlite import SqliteBackend
from tests.journal.builders import (
    PUSD,
    a_change,
    a_file,
    a_fill,
    a_kill,
    an_intent,
    an_opening,
    opened,
    say,
)

type Damage = Callable[[bytes], bytes]
type Outcome = str

STEP = 128
FULL = pytest.mark.long


class Hit(NamedTuple):
    """Which copy is damaged, in which of its files, and what may come of it."""

    kept: str
    part: str
    allowed: set[Outcome]


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Part of the journal is in its file, the newest part only in the log, as after a crash."""
    return _written(tmp_path_factory.mktemp("crashed"), is_closed=False)


@pytest.fixture(scope="module")
def reused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, and the log's end is of an earlier use of it."""
    return _written(tmp_path_factory.mktemp("reused"), is_closed=False, empties_log=False)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal after a clean stop: all of it is in the file."""
    return _written(tmp_path_factory.mktemp("clean"), is_closed=True)


@pytest.fixture(scope="module")
def truth(clean: Path) -> list[Entry]:
    return list(reading.entries(SqliteBackend(clean)))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where damaged copies go: in memory where possible, as syncing thousands takes long."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="polybot-", dir=memory) as fast:
        yield Path(fast)


def _written(folder: Path, *, is_closed: bool, empties_log: bool = True) -> Path:
    backend = a_file(folder)
    journal = opened(backend)
    journal.append(an_opening())
    for number in range(30):
        name = f"o{number}"
        fill = a_fill(f"f{number}", order=name, size_micro=PUSD)
        journal.append(an_intent(name))
        journal.append(fill, a_change(name))
        if number == 20:
            journal._store.checkpoint(all_of_it=empties_log)
    journal.append(a_kill())
    crashed = folder / "copy"
    shutil.copytree(backend.path.parent, crashed)
    journal.close()
    return backend.path if is_closed else crashed / backend.path.name


def _cuts(step: int) -> list[int]:
    return list(range(1, 4_097, step))


@pytest.mark.parametrize(
    "step", [pytest.param(STEP, id="32"), pytest.param(1, id="4096", marks=FULL)]
)
def test_a_log_cut_anywhere_in_its_last_4096_bytes_loses_only_its_end(
    crashed: Path, truth: list[Entry], folder: Path, step: int
) -> None:
    found = Counter(
        _outcome(crashed, folder, truth, "-wal", lambda raw, cut=cut: raw[:-cut])
        for cut in _cuts(step)
    )

    say(str(dict(found)))
    # One frame is longer than 4096 bytes: the last transaction goes, and nothing else.
    assert set(found) == {"1 record lost"}


@pytest.mark.parametrize(
    "step", [pytest.param(STEP, id="32"), pytest.param(1, id="4096", marks=FULL)]
)
def test_a_file_cut_anywhere_in_its_last_4096_bytes_is_refused(
    clean: Path, truth: list[Entry], folder: Path, step: int
) -> None:
    found = Counter(
        _outcome(clean, folder, truth, "", lambda raw, cut=cut: raw[:-cut]) for cut in _cuts(step)
    )

    say(str(dict(found)))
    assert set(found) <= {"refused", "whole"}
    assert found["refused"]


@pytest.mark.parametrize(
    "flips", [pytest.param(40, id="40"), pytest.param(1_000, id="1000", marks=FULL)]
)
@pytest.mark.parametrize(
    "hit",
    [
        pytest.param(Hit("clean", "", {"refused", "whole"}), id="file-after-a-stop"),
        pytest.param(Hit("crashed", "", {"refused", "whole"}), id="file-after-a-crash"),
        pytest.param(Hit("crashed", "-wal", {"refused", "1 record lost"}), id="log"),
        pytest.param(Hit("reused", "-wal", {"refused", "whole", "1 record lost"}), id="reused-log"),
    ],
)
def test_a_flipped_bit_is_refused_or_did_no_harm(
    hit: Hit, flips: int, truth: list[Entry], folder: Path, request: pytest.FixtureRequest
) -> None:
    source: Path = request.getfixturevalue(hit.kept)
    rng, found = random.Random(57), Counter[Outcome]()
    size = source.with_name(source.name + hit.part).stat().st_size
    for _ in range(flips):
        bit = rng.randrange(size * 8)
        outcome = _outcome(source, folder, truth, hit.part, lambda raw, bit=bit: _flipped(raw, bit))
        assert outcome in hit.allowed, f"bit {bit}: {outcome}"
        found[outcome] += 1
    say(str(dict(found)))
    assert found["refused"] > flips // 10


@pytest.mark.parametrize("byte", range(32))
def test_no_flip_in_the_header_of_the_log_loses_records(
    crashed: Path, truth: list[Entry], folder: Path, byte: int
) -> None:
    flip = lambda raw: _flipped(raw, byte * 8)  # noqa: E731

    assert _outcome(crashed, folder, truth, "-wal", flip) in ("refused", "whole")


def test_the_refusal_says_which_byte_of_the_log(crashed: Path, folder: Path) -> None:
    copy = _damaged(crashed, folder, "-wal", lambda raw: _flipped(raw, (32 + 4_120 + 200) * 8))

    with pytest.raises(JournalError, match=rf"altered at byte {32 + 4_120} \(frame 2 of"):
        opened(SqliteBackend(copy))


def test_a_repaired_tail_is_journaled(crashed: Path, folder: Path) -> None:
    copy = _damaged(crashed, folder, "-wal", lambda raw: raw[:-100])
    with opened(SqliteBackend(copy)) as journal:
        said = [each.record for each in reading.entries(SqliteBackend(copy))][-1]

    assert "dropped" in said.text
    assert not journal.state.latch.is_killed


def _outcome(source: Path, folder: Path, truth: list[Entry], part: str, damage: Damage) -> Outcome:
    backend = SqliteBackend(_damaged(source, folder, part, damage))
    try:
        with opened(backend):
            found = list(reading.entries(backend))
    except JournalError:
        return "refused"
    ours = [entry for entry in found if getattr(entry.record, "what", "") != "repaired"]
    if ours != truth[: len(ours)]:
        return "other records"
    lost = len(truth) - len(ours)
    return "whole" if not lost else f"{lost} record{'s' if lost > 1 else ''} lost"


def _damaged(source: Path, folder: Path, part: str, damage: Damage) -> Path:
    shutil.rmtree(folder / "copy", ignore_errors=True)
    shutil.copytree(source.parent, folder / "copy")
    path = folder / "copy" / source.name
    hit = path.with_name(path.name + part)
    hit.write_bytes(damage(hit.read_bytes()))
    return path


def _flipped(raw: bytes, bit: int) -> bytes:
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
