"""SIGKILL at any instant: whatever was said to be durable is there, and the chain is whole."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from polybot.journal import reading
from polybot.journal.chain import Head
from polybot.journal.fold import fold
from tests.journal.builders import a_file, opened, say

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "kills", [pytest.param(10, id="10"), pytest.param(200, id="200", marks=pytest.mark.long)]
)
def test_every_recovery_after_a_kill_is_consistent(tmp_path: Path, kills: int) -> None:
    seed = int(os.environ.get("POLYBOT_SEED", "4"))
    rng = random.Random(seed)
    backend = a_file(tmp_path)
    recovered = 0
    for kill in range(kills):
        told = _killed(backend.path, after=rng.randint(0, 60), delay_s=rng.random() * 0.02)
        with opened(backend) as journal:
            found = list(reading.entries(backend))

            assert not told or found[told.seq - 1].hash == told.hash, f"seed {seed}, kill {kill}"
            assert journal.state.digest == fold(found).digest, f"seed {seed}, kill {kill}"
            assert journal.state.doubts == [], f"seed {seed}, kill {kill}"
        recovered += 1
    say(f"{recovered} kills, {recovered} consistent recoveries, {len(found)} records")


def _killed(path: Path, *, after: int, delay_s: float) -> Head | None:
    """Start a writer, let it say ``after`` lines, kill it; the newest line it said."""
    command = [sys.executable, "-m", "tests.journal.writer", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(after)]
        time.sleep(delay_s)  # where in the next write it dies is the test
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.read().splitlines(keepends=True)
    whole = [line.split() for line in lines if line.endswith(b"\n")]
    return Head(int(whole[-1][0]), whole[-1][1].decode()) if whole else None
