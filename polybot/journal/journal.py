"""The journal: what is about to happen is durable in it before it happens.

The first failure to write is the last attempt: the journal stays failed for the life of the
process, because a disk that failed once may claim success the second time and have lost the data.
"""

from types import TracebackType
from typing import Self

from sqlalchemy import Table

from polybot.errors import JournalFailed
from polybot.journal.chain import Entry, Line, seal
from polybot.journal.fold import step
from polybot.journal.projection import changed_rows, lasting_rows
from polybot.journal.records import Intent, Record, Refusal, Snapshot, SystemEvent
from polybot.journal.recovery import recover
from polybot.journal.state import JournalState
from polybot.journal.store.backend import Backend, telling, why
from polybot.journal.store.store import Row, Store, open_writer
from polybot.seam.clock import Clock

_CHECKPOINT_EVERY = 500
# Journaled on the way to the venue: their rows follow with the next record of another kind.
_HOT = (Intent, Refusal)


class Journal:
    """An open journal, its only writer, and what its records fold to."""

    def __init__(self, store: Store, state: JournalState, clock: Clock) -> None:
        self.state = state
        self._store = store
        self._clock = clock
        self._failure = ""
        self._lasting: dict[Table, list[Row]] = {}
        self._since_checkpoint = 0

    @classmethod
    def open(cls, backend: Backend, clock: Clock) -> "Journal":
        """Create the journal, or recover it; JournalError where it was altered or is in use.

        What was repaired is journaled.
        """
        with telling(backend.name, "opening it"):
            store, repaired = open_writer(backend)
            try:
                state, mended = recover(store)
                store.begin()
            except BaseException:
                store.close()
                raise
        journal = cls(store, state, clock)
        for text in repaired + mended:
            journal.append(SystemEvent(what="repaired", text=text))
        return journal

    @property
    def failure(self) -> str:
        """Why nothing can be journaled any more; empty while all is well."""
        return self._failure

    def append(self, *records: Record) -> list[Entry]:
        """Seal the records and make them durable, all of them or none.

        JournalError: one of them cannot be written down; none was, and the journal goes on.
        JournalFailed: nothing can be journaled any more, so nothing may be sent any more.
        """
        self._refuse_if_failed()
        lines, entries = self._seal(records)
        if not lines:
            return []
        try:
            self._take(entries)
            hot = all(isinstance(record, _HOT) for record in records)
            self._store.append(lines, {} if hot else self._rows())
            self._tidy(len(lines))
        except BaseException as error:
            # Also when interrupted: nobody knows whether it was written.
            raise self._failed(error) from error
        return entries

    def snapshot(self) -> Entry:
        """Journal what all so far folds to."""
        ledger = self.state.ledger
        [entry] = self.append(
            Snapshot(
                state_sha256=self.state.digest,
                cash_micro=ledger.cash_micro,
                equity_micro=ledger.equity_micro,
                open_orders=len(self.state.open_orders),
            )
        )
        return entry

    def close(self) -> None:
        """Let another process write; a journal that failed is left as it is."""
        try:
            if not self._failure:
                self._store.write(self._rows())
                self._store.checkpoint(all_of_it=True)
        except BaseException as error:
            raise self._failed(error) from error
        finally:
            self._failure = self._failure or "it is closed"
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _seal(self, records: tuple[Record, ...]) -> tuple[list[Line], list[Entry]]:
        head, lines, entries = self.state.head, [], []
        # Time never goes back in a journal, whatever the clock does.
        now_ns = max(self._clock.now_ns(), self.state.ts_ns)
        for record in records:
            line = seal(head, now_ns, record)
            head = line.head
            lines.append(line)
            entries.append(Entry(line.seq, line.ts_ns, line.hash, record))
        return lines, entries

    def _take(self, entries: list[Entry]) -> None:
        for entry in entries:
            step(self.state, entry)
            for table, row in lasting_rows(self.state, entry):
                self._lasting.setdefault(table, []).append(row)

    def _rows(self) -> dict[Table, list[Row]]:
        rows = changed_rows(self.state) | self._lasting
        self._lasting = {}
        return rows

    def _tidy(self, written: int) -> None:
        self._since_checkpoint += written
        if self._since_checkpoint >= _CHECKPOINT_EVERY:
            self._since_checkpoint = 0
            self._store.checkpoint()

    def _refuse_if_failed(self) -> None:
        if self._failure:
            raise JournalFailed(self._sentence())

    def _failed(self, error: BaseException) -> JournalFailed:
        self._failure = self._failure or why(error)
        return JournalFailed(self._sentence())

    def _sentence(self) -> str:
        return (
            f"{self._store.backend.name}: nothing can be journaled any more ({self._failure}):"
            " stop, mend the disk or the database, and start again"
        )
