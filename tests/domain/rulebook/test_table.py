"""The table itself: complete, in order, and told in the docs."""

from pathlib import Path

import pytest

from polybot.domain.rulebook.entry import BEGINS, Entry
from polybot.domain.rulebook.rules import FIELDS
from polybot.domain.rulebook.table import FIRST_WINDOWS, TABLE
from polybot.domain.series import Length

PAGE = Path(__file__).parents[3] / "docs" / "rulebook.md"
each_entry = pytest.mark.parametrize(
    "entry", TABLE, ids=lambda entry: f"{entry.field}-{entry.since}"
)


@pytest.mark.parametrize("length", Length)
def test_every_field_has_a_first_entry_for_every_length(length: Length) -> None:
    first = {e.field for e in TABLE if e.since == BEGINS and length in e.lengths}

    assert first == set(FIELDS)


@each_entry
def test_an_entry_says_where_it_is_from(entry: Entry) -> None:
    assert entry.source


@each_entry
def test_an_entry_doubts_only_its_own_field(entry: Entry) -> None:
    assert all(name.split(".")[0] == entry.field for name in entry.uncertain)


@pytest.mark.parametrize("length", Length)
def test_no_two_entries_of_a_field_start_together(length: Length) -> None:
    keys = [(e.field, e.since_ns) for e in TABLE if length in e.lengths]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("since", sorted({e.since for e in TABLE} | set(FIRST_WINDOWS.values())))
def test_the_docs_tell_every_date(since: str) -> None:
    assert since.replace("T", " ") in PAGE.read_text(encoding="utf-8")
