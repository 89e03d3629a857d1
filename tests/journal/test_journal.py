"""The same on SQLite and on PostgreSQL."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import text

from polybot.errors import JournalError, JournalFailed
from polybot.journal import reading
from polybot.journal.fold import fold
from polybot.journal.records import Decision, Record, SystemEvent
from polybot.journal.store.store import open_reader
from polybot.journal.store.tables import PROJECTED, equity_curve, orders, system_events, trades
from polybot.seam.clock import ManualClock
from tests.journal.builders import (
    HISTORIES,
    NOW,
    PUSD,
    SLUG,
    a_change,
    a_file,
    a_fill,
    a_kill,
    a_payout,
    an_intent,
    an_opening,
    entries,
    opened,
)
from tests.journal.conftest import MakeBackend


def test_what_was_appended_is_read_after_a_restart(make_backend: MakeBackend) -> None:
    with opened(make_backend()) as journal:
        written = journal.append(an_opening(), an_intent()) + journal.append(a_change())

    assert list(reading.entries(make_backend())) == written


def test_a_restart_goes_on_where_the_last_run_ended(make_backend: MakeBackend) -> None:
    with opened(make_backend()) as journal:
        journal.append(an_opening(), a_kill())
    with opened(make_backend()) as journal:
        [entry] = journal.append(an_intent())

        assert entry.seq == 3
        assert journal.state.latch.is_killed


def test_a_record_is_readable_as_soon_as_append_returns(make_backend: MakeBackend) -> None:
    with opened(make_backend()) as journal:
        journal.append(an_intent())

        assert len(list(reading.entries(make_backend()))) == 1


def test_one_bad_record_keeps_a_batch_out_and_the_journal_goes_on(
    make_backend: MakeBackend,
) -> None:
    bad = Decision(slug=SLUG, action="take", confidence=float("nan"))
    with opened(make_backend()) as journal:
        with pytest.raises(JournalError, match="cannot be journaled"):
            journal.append(an_opening(), bad)

        assert [entry.seq for entry in journal.append(an_opening())] == [1]


def test_a_second_writer_is_refused(make_backend: MakeBackend) -> None:
    with (
        opened(make_backend()),
        pytest.raises(JournalError, match=r"is writing it.*give this one"),
    ):
        opened(make_backend())


def test_time_does_not_go_back_with_the_clock(make_backend: MakeBackend) -> None:
    clock = ManualClock(NOW)
    with opened(make_backend(), clock) as journal:
        journal.append(a_kill())
        clock.set(NOW - 3_600 * 10**9)

        assert journal.append(a_kill())[0].ts_ns == NOW


def test_a_snapshot_holds_what_the_records_before_it_fold_to(make_backend: MakeBackend) -> None:
    with opened(make_backend()) as journal:
        journal.append(an_opening(), an_intent(), a_fill())
        journal.snapshot()

    assert reading.state(make_backend()).doubts == []


def test_a_closed_journal_takes_nothing(make_backend: MakeBackend) -> None:
    journal = opened(make_backend())
    journal.close()

    with pytest.raises(JournalFailed, match="it is closed"):
        journal.append(a_kill())


def test_nothing_is_appended_for_nothing(make_backend: MakeBackend) -> None:
    with opened(make_backend()) as journal:
        assert journal.append() == []


def test_hostile_text_is_kept(make_backend: MakeBackend) -> None:
    hostile = "'; DROP TABLE journal; --\x00\x1b[2J\N{SNOWMAN}\u202e"
    with opened(make_backend()) as journal:
        journal.append(SystemEvent(what="alert", text=hostile))

    [entry] = reading.entries(make_backend())
    assert entry.record == SystemEvent(what="alert", text=hostile)


def test_people_find_the_trade_and_its_profit(make_backend: MakeBackend) -> None:
    with opened(make_backend()) as journal:
        journal.append(an_opening(), an_intent(), a_fill(), a_change(), a_payout())
    store = open_reader(make_backend())

    [trade], [order] = store.rows(trades), store.rows(orders)
    store.close()
    assert (trade["how"], trade["pnl_micro"]) == ("settled", 10 * PUSD - 4_700_000 - 174_370)
    assert (order["state"], order["filled_micro"]) == ("filled", 10 * PUSD)


def test_the_equity_curve_has_a_point_for_each_move_of_money(make_backend: MakeBackend) -> None:
    with opened(make_backend()) as journal:
        journal.append(an_opening(), an_intent(), a_fill(), a_payout())
    store = open_reader(make_backend())

    points = [row["equity_micro"] for row in store.rows(equity_curve)]
    store.close()
    assert points == [1_000 * PUSD, 1_000 * PUSD - 174_370, 1_000 * PUSD + 5_300_000 - 174_370]


@pytest.mark.parametrize("table", PROJECTED, ids=str)
def test_an_altered_table_is_made_anew_and_that_is_journaled(
    make_backend: MakeBackend, table: object
) -> None:
    with opened(make_backend()) as journal:
        journal.append(an_opening(), an_intent(), a_fill(), a_payout(), a_kill())
    _execute(make_backend, f"DELETE FROM {table}")
    with opened(make_backend()):
        pass
    store = open_reader(make_backend())

    told = [row["text"] for row in store.rows(system_events) if row["what"] == "repaired"]
    store.close()
    assert told == [f"made the table {table} anew from the records"]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE journal SET record = replace(record, '4700', '4701') WHERE seq = 2", "record 2"),
        ("UPDATE journal SET ts_ns = ts_ns + 1 WHERE seq = 1", "record 1"),
        ("DELETE FROM journal WHERE seq = 2", "record 2: the next one stored is 3"),
        ("DELETE FROM journal WHERE seq = 3", "record 2: 3 were written, it is the last"),
        ("DELETE FROM journal", "record 0: 3 were written"),
        ("UPDATE journal_head SET hash = 'x'", "record 3: the newest one written had 'x'"),
        ("UPDATE alembic_version SET version_num = '9999'", r"version '9999'.*install"),
    ],
    ids=["record", "time", "one-gone", "newest-gone", "all-gone", "head", "newer-schema"],
)
def test_an_altered_journal_is_refused_with_its_position(
    make_backend: MakeBackend, statement: str, says: str
) -> None:
    with opened(make_backend()) as journal:
        journal.append(an_opening(), an_intent(), a_fill())
    _execute(make_backend, statement)

    with pytest.raises(JournalError, match=says):
        opened(make_backend())


def test_both_databases_fold_to_the_same_hashes(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from polybot.journal.store.postgres import PostgresBackend

    url = request.getfixturevalue("postgres_url")

    @settings(
        max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(HISTORIES)
    def same(records: list[Record]) -> None:
        with opened(a_file(tmp_path)) as lite, opened(PostgresBackend(url)) as post:
            assert lite.append(*records) == post.append(*records)
            assert lite.state.digest == post.state.digest

    same()
    lite, post = reading.state(a_file(tmp_path)), reading.state(PostgresBackend(url))
    assert (lite.head, lite.digest) == (post.head, post.digest)


def test_the_stored_records_fold_to_what_the_writer_had(make_backend: MakeBackend) -> None:
    records = [an_opening(), an_intent(), a_fill(), a_change(), a_kill()]
    with opened(make_backend()) as journal:
        journal.append(*records)

        assert journal.state.digest == fold(entries(*records)).digest
        assert reading.state(make_backend()).digest == journal.state.digest


def _execute(make_backend: MakeBackend, statement: str) -> None:
    backend = make_backend()
    connection, _ = backend.open_writer()
    connection.rollback()
    with connection.begin():
        connection.execute(text(statement))
    connection.close()
    backend.release()
