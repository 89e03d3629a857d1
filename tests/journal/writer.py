"""A process that journals until it is killed, and says what is durable.

Run as a script: ``writer.py FILE [COUNT]``. After each append it prints the newest seq and hash
with one unbuffered write; whatever it printed must be found again.
"""

import itertools
import os
import sys
from pathlib import Path

from polybot.errors import JournalFailed
from polybot.journal.journal import Journal
from polybot.journal.store.sqlite import SqliteBackend
from polybot.seam.clock import ManualClock
from tests.journal.builders import NOW, PUSD, a_change, a_fill, an_intent, an_opening


def main(path: Path, count: int | None) -> int:
    journal = Journal.open(SqliteBackend(path), ManualClock(NOW))
    run = journal.state.head.seq
    journal.append(an_opening())
    for number in range(count) if count else itertools.count():
        name = f"{run}-{number}"
        try:
            journal.append(an_intent(name))
            _say(journal)
            fill = a_fill(f"f{name}", order=name, size_micro=PUSD, way=("buy", "sell")[number % 2])
            journal.append(fill, a_change(name))
        except JournalFailed as failed:
            return _refuses_for_ever(journal, failed)
        _say(journal)
    return 0


def _say(journal: Journal) -> None:
    os.write(1, f"{journal.state.head.seq} {journal.state.head.hash}\n".encode())


def _refuses_for_ever(journal: Journal, failed: JournalFailed) -> int:
    sys.stderr.write(f"{failed}\n")
    refused = 0
    for _ in range(20):
        try:
            journal.append(an_intent("never"))
        except JournalFailed:
            refused += 1
    journal.close()
    return 75 if refused == 20 and journal.failure else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
