"""Ctrl-C in a run: Nautilus swallows it, our handler raises it to the caller."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BARE = """
import os, signal
from tests.engine.lab import Scripted, play
from tests.engine.market import bid, book

class Struck(Scripted):
    books = 0
    def on_book_deltas(self, deltas):
        self.books += 1
        if self.books == 3:
            os.kill(os.getpid(), signal.{signal})
            for _ in range(1000): pass

played = play(
    book(bids=[(4_500, 100)], asks=[(4_700, 40)]),
    *(bid(4_500, shares, ms=shares) for shares in range(1, 10)),
    strategy=Struck(),
)
print("books", played.strategy.books)
"""

OURS = """
import os, signal
from polybot.engine.failures import Failures, FailLoud
from polybot.runtime.backtest.interrupt import interruptible
from tests.engine.lab import Scripted, play
from tests.engine.market import bid, book

class Struck(FailLoud, Scripted):
    failures = Failures()
    books = 0
    def on_book_deltas(self, deltas):
        self.books += 1
        if self.books == 3:
            os.kill(os.getpid(), signal.{signal})
            for _ in range(1000): pass

struck = Struck()
before = signal.getsignal(signal.{signal})
with interruptible(struck.failures):
    play(
        book(bids=[(4_500, 100)], asks=[(4_700, 40)]),
        *(bid(4_500, shares, ms=shares) for shares in range(1, 10)),
        strategy=struck,
    )
print("books", struck.books, "restored", signal.getsignal(signal.{signal}) is before)
struck.failures.reraise()
"""


def run(script: str, signal: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script.replace("{signal}", signal)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_nautilus_swallows_a_ctrl_c_that_lands_in_a_callback() -> None:
    ended = run(BARE, "SIGINT")

    assert (ended.returncode, ended.stdout) == (0, "books 10\n")


@pytest.mark.parametrize("signal", ["SIGINT", "SIGTERM"])
def test_our_runs_stop_and_raise_interrupted(signal: str) -> None:
    ended = run(OURS, signal)

    assert ended.stdout == "books 3 restored True\n"
    assert ended.returncode == 1
    assert f"Interrupted: stopped by {signal}" in ended.stderr
