from pathlib import Path

import pytest

from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.errors import CatalogError
from polybot.recording.catalog.reader import Catalog
from polybot.recording.importers.books_jsonl import _Books
from polybot.recording.importers.format import Context
from polybot.recording.importers.formats import FORMATS, jobs
from polybot.recording.importers.run import import_files
from polybot.recording.observations import BookChanged, BookSeen, Observation, WindowListed
from tests.recording.world import (
    RECEIVED,
    WINDOW,
    a_catalog,
    a_line,
    a_listing,
    recorded_lines,
)

HEADER = "slug,condition_id,main_token,other_token,outcome_by_final_book\n"


def level(price: str, size: str) -> dict[str, str]:
    return {"price": price, "size": size}


def decoded(*lines: bytes) -> list[Observation]:
    books = _Books(Context(Path("books.jsonl")))
    return [each for line in lines for each in books.decode(line)]


def imported(folder: Path, *lines: bytes, table: str = "") -> Catalog:
    (folder / "books.jsonl").write_bytes(b"\n".join(lines))
    if table:
        (folder / "windows.csv").write_text(HEADER + table)
    for form, files in jobs(FORMATS["books-jsonl"], [folder / "books.jsonl"]):
        list(import_files(folder / "catalog", form, files))
    return Catalog.open(folder / "catalog")


def test_the_first_token_seen_is_a_and_its_sibling_b() -> None:
    seen = decoded(a_line(RECEIVED), a_line(RECEIVED, asset_id="222"))

    sides = [each.side for each in seen if isinstance(each, BookSeen)]
    assert sides == [TokenSide.A, TokenSide.B]
    assert [each.tokens for each in seen if isinstance(each, WindowListed)][-1] == {
        TokenSide.A: "111",
        TokenSide.B: "222",
    }


def test_the_text_of_the_receive_time_is_kept_to_the_nanosecond() -> None:
    [_, book] = decoded(a_line(f"{RECEIVED}1234567"))

    assert book.received_ns == WINDOW.start_ns + 251_234_567


def test_a_following_book_becomes_only_its_changes() -> None:
    bids = [level("0.48", "3"), level("0.49", "11")]
    *_, changed = decoded(a_line(RECEIVED), a_line(RECEIVED, bids=bids, asks=[]))

    assert isinstance(changed, BookChanged)
    assert sorted(changed.changes) == [
        (False, 5_100, 0),
        (True, 4_800, 3_000_000),
        (True, 4_900, 11_000_000),
    ]


@pytest.mark.parametrize(
    "odd",
    [
        {"bids": [level(".49", "10")]},
        {"bids": [level("0.49", "10"), level("0.3", "0")]},
        {"tick_size": "0.01"},
        {"asset_id": "222"},
    ],
    ids=["no-zero", "size-zero", "states-tick", "other-token"],
)
def test_what_is_not_plain_goes_the_strict_way(odd: dict[str, object]) -> None:
    seen = decoded(a_line(RECEIVED), a_line(RECEIVED, **odd))

    assert isinstance(seen[-1], BookSeen)


def test_both_ways_agree_on_real_books(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = recorded_lines(shared, 150)
    fast, slow = _Books(Context(Path("x"))), _Books(Context(Path("x")))
    monkeypatch.setattr(slow, "_compared", lambda _: None)
    held: dict[tuple[bool, int], int] = {}
    for line in lines:
        [quick], [full] = fast.decode(line)[-1:], slow.decode(line)[-1:]
        assert isinstance(full, BookSeen)
        whole = {(True, *level)[:2]: level.size_micro for level in full.bids}
        whole |= {(False, *level)[:2]: level.size_micro for level in full.asks}
        if isinstance(quick, BookSeen):
            held = whole
            continue
        assert isinstance(quick, BookChanged)
        for is_bid, price, size in quick.changes:
            held[is_bid, price] = size
        assert {key: size for key, size in held.items() if size} == whole
        assert (quick.received_ns, quick.venue_ns) == (full.received_ns, full.venue_ns)


def test_the_table_beside_the_books_names_tokens_and_winner(tmp_path: Path) -> None:
    table = f"{WINDOW.slug},0xc0,222,111,main_token_lost\n"
    entry = imported(tmp_path, a_line(RECEIVED), table=table).window(WINDOW.slug)

    assert entry.tokens == {"a": "222", "b": "111"}
    assert entry.resolution is not None
    assert (entry.resolution.winner, entry.resolution.source) == ("b", Source.BOOK)


def test_a_book_of_the_other_token_is_the_mirror_of_a(tmp_path: Path) -> None:
    table = f"{WINDOW.slug},0xc0,222,111,unclear\n"
    catalog = imported(tmp_path, a_line(RECEIVED), table=table)

    [group] = catalog.books(catalog.window(WINDOW.slug), TokenSide.A)
    orders = {(each.order.side.name, str(each.order.price)) for each in group.deltas[1:]}
    assert orders == {("SELL", "0.5100"), ("BUY", "0.4900")}


def test_an_unclear_outcome_is_unknown(tmp_path: Path) -> None:
    table = f"{WINDOW.slug},0xc0,222,,unclear\n"

    assert imported(tmp_path, a_line(RECEIVED), table=table).windows()[0].resolution is None


def test_a_table_that_names_tokens_otherwise_is_refused_after_the_books(tmp_path: Path) -> None:
    imported(tmp_path, a_line(RECEIVED))

    with pytest.raises(CatalogError, match=r"import windows\.csv before the books"):
        imported(tmp_path, a_line(RECEIVED), table=f"{WINDOW.slug},0xc0,222,111,unclear\n")


def test_books_of_unnamed_tokens_are_not_mixed_with_up_and_down(tmp_path: Path) -> None:
    imported(tmp_path, a_line(RECEIVED))

    with pytest.raises(CatalogError, match="with tokens"):
        a_catalog(tmp_path / "catalog", a_listing())
