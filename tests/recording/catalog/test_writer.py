from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nautilus_trader.model import BookType, OrderBook

from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.engine.instruments import token_id
from polybot.errors import CatalogError, DecodeError
from polybot.recording.catalog.commit import leftovers
from polybot.recording.catalog.manifest import load
from polybot.recording.catalog.reader import Catalog
from polybot.recording.catalog.writer import CatalogWriter
from polybot.recording.observations import (
    BookChanged,
    BookSeen,
    GapSeen,
    LevelChange,
    SpotTraded,
    TickChanged,
    TradeSeen,
)
from tests.recording.world import (
    LATER,
    WINDOW,
    a_book,
    a_catalog,
    a_listing,
    a_print,
    at,
    steady_books,
)

UP, DOWN = TokenSide.UP, TokenSide.DOWN


def touches(catalog: Catalog, side: TokenSide, window: Window = WINDOW) -> list[tuple[str, str]]:
    """Best bid and ask after every group, as Nautilus' own book makes them."""
    entry, found = catalog.window(window.slug), []
    book = OrderBook(token_id(window, side), BookType.L2_MBP)
    for group in catalog.books(entry, side):
        book.apply_deltas(group)
        found.append((str(book.best_bid_price()), str(book.best_ask_price())))
    return found


def test_both_tokens_get_a_book_whichever_was_recorded(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_book(1, {4_900: 5}, {5_200: 6}))

    assert touches(catalog, UP) == [("0.4900", "0.5200")]
    assert touches(catalog, DOWN) == [("0.4800", "0.5100")]


def test_the_derived_token_knows_a_nanosecond_later(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_book(1, {4_900: 5}, {5_200: 6}))

    entry = catalog.window(WINDOW.slug)
    [up], [down] = catalog.books(entry, UP), catalog.books(entry, DOWN)
    assert (up.ts_init, down.ts_init) == (at(1), at(1) + 1)
    assert up.ts_event == down.ts_event == at(0.95)


def test_messages_of_either_token_move_one_book(tmp_path: Path) -> None:
    seen = (a_book(1, {4_900: 5}, {5_200: 6}), a_book(2, {4_900: 6}, {5_000: 5}, side=DOWN))
    catalog = a_catalog(tmp_path, *seen)

    assert touches(catalog, UP)[-1] == ("0.5000", "0.5100")
    assert touches(catalog, DOWN)[-1] == ("0.4900", "0.5000")


def test_without_mirror_a_token_has_only_its_own_messages(tmp_path: Path) -> None:
    with CatalogWriter(tmp_path, source="tape", mirror=False) as writer:
        writer.add(a_book(1, {4_900: 5}, {5_200: 6}))
    catalog = Catalog.open(tmp_path)

    assert catalog.has_books(catalog.window(WINDOW.slug), UP)
    assert not catalog.has_books(catalog.window(WINDOW.slug), DOWN)


def test_snapshots_become_differences_grouped_by_message(tmp_path: Path) -> None:
    seen = (
        a_book(1, {4_900: 5, 4_800: 9}, {5_200: 6}),
        a_book(2, {4_900: 7, 4_800: 9}, {5_100: 6}),
    )
    catalog = a_catalog(tmp_path, *seen)

    first, second = catalog.books(catalog.window(WINDOW.slug), UP)
    assert [delta.action.name for delta in first.deltas] == ["CLEAR", "ADD", "ADD", "ADD"]
    assert [delta.action.name for delta in second.deltas] == ["ADD", "DELETE", "UPDATE"]
    assert {delta.ts_init for delta in second.deltas} == {at(2)}


def test_single_changes_and_whole_books_tell_the_same_story(tmp_path: Path) -> None:
    change = BookChanged(
        at(2), at(2), WINDOW, UP, (LevelChange(True, 4_900, 0), LevelChange(True, 5_000, 10**6))
    )
    catalog = a_catalog(tmp_path, a_book(1, {4_900: 5}, {5_200: 6}), change)

    assert touches(catalog, UP)[-1] == ("0.5000", "0.5200")
    assert touches(catalog, DOWN)[-1] == ("0.4800", "0.5000")


def test_a_message_that_changes_nothing_covers_time_and_writes_nothing(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, *(a_book(second, {4_900: 5}, {}) for second in (1, 2, 3)))

    entry = catalog.window(WINDOW.slug)
    assert len(catalog.books(entry, UP)) == 1
    assert entry.coverage is not None
    assert entry.coverage.messages == 3


def test_knowledge_time_grows_over_all_streams(tmp_path: Path) -> None:
    spot = SpotTraded(at(1), at(1), "BTCUSDT", "65000.10", "0.5", False, "1")
    trade = TradeSeen(at(1), at(1), WINDOW, UP, 5_000, 5_000_000, True, "0xaa")
    seen = (a_listing(), spot, a_book(1, {4_900: 5}, {5_200: 6}), trade, a_print(-0.2, 65_000))
    catalog = a_catalog(tmp_path, *seen)

    entry = catalog.window(WINDOW.slug)
    [book], [mirror] = catalog.books(entry, UP), catalog.books(entry, DOWN)
    [spot_tick], [tick] = catalog.spot_trades("BTCUSDT"), catalog.trades(entry, UP)
    [printed] = catalog.reference(a_print(0, 1).asset)
    known = [spot_tick.ts_init, book.ts_init, mirror.ts_init, tick.ts_init, printed.ts_init]
    assert known == [at(1) + step for step in range(5)]


def test_a_price_off_the_grid_shows_that_the_grid_got_finer(tmp_path: Path) -> None:
    seen = (a_listing(), a_book(1, {9_600: 5}, {9_700: 5}), a_book(2, {9_655: 5}, {9_700: 5}))
    entry = a_catalog(tmp_path, *seen).window(WINDOW.slug)

    [tick] = entry.ticks
    assert (tick.tick_e4, tick.ts_init) == (1, at(2))


def test_a_stated_grid_is_kept_once(tmp_path: Path) -> None:
    changes = [TickChanged(at(second), at(second), WINDOW, UP, 10) for second in (1, 2)]
    catalog = a_catalog(tmp_path, a_listing(), *changes)

    entry = catalog.window(WINDOW.slug)
    assert [tick.tick_e4 for tick in entry.ticks] == [10]
    increments = {str(each.price_increment) for each in catalog.instruments(entry)}
    assert increments == {"0.0100", "0.0010"}


def test_gaps_are_kept_with_the_unit(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_listing(), GapSeen(at(20), at(10), "market-1"))

    [unit] = catalog.manifest.units
    assert [(gap.stream, gap.until_ns - gap.from_ns) for gap in unit.gaps] == [
        ("market-1", 10_000_000_000)
    ]


def test_an_impossible_spot_price_is_refused(tmp_path: Path) -> None:
    spot = SpotTraded(at(1), at(1), "BTCUSDT", "1e5", "1", False, "1")

    with pytest.raises(DecodeError, match="spot value '1e5'"):
        a_catalog(tmp_path, spot)


def test_an_interrupted_writer_leaves_nothing_that_is_believed(tmp_path: Path) -> None:
    a_catalog(tmp_path, *steady_books())
    writer = CatalogWriter(tmp_path, source="killed")
    for book in steady_books(LATER):
        writer.add(book)
    writer._books.flush()
    writer.release()  # as the end of its process does

    with pytest.raises(CatalogError, match="an import was interrupted"):
        Catalog.open(tmp_path)
    a_catalog(tmp_path, *steady_books(LATER), source="again")
    assert leftovers(tmp_path, load(tmp_path)) == []


def test_an_error_inside_the_block_commits_nothing(tmp_path: Path) -> None:
    def stopped() -> None:
        with CatalogWriter(tmp_path, source="x") as writer:
            writer.add(a_listing())
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        stopped()

    assert Catalog.open(tmp_path).manifest.units == ()
    a_catalog(tmp_path, a_listing(), source="next")


def test_a_catalog_has_one_writer_at_a_time(tmp_path: Path) -> None:
    first = CatalogWriter(tmp_path, source="first")
    first.add(a_listing())

    with pytest.raises(CatalogError, match="another process is writing to"):
        CatalogWriter(tmp_path, source="second")
    first.close()
    a_catalog(tmp_path, a_listing(), source="second")


def test_a_refused_source_locks_nobody_out(tmp_path: Path) -> None:
    a_catalog(tmp_path, a_listing())

    with pytest.raises(CatalogError, match="already holds tape"):
        CatalogWriter(tmp_path, source="tape")
    a_catalog(tmp_path, a_listing(), source="other")


def test_a_source_is_added_once(tmp_path: Path) -> None:
    a_catalog(tmp_path, a_listing())

    with pytest.raises(CatalogError, match="already holds tape"):
        CatalogWriter(tmp_path, source="tape")


def test_two_recordings_of_one_book_are_not_mixed(tmp_path: Path) -> None:
    a_catalog(tmp_path, *steady_books())
    other = [a_book(second + 0.5, {4_800: 1}, {5_300: 1}) for second in range(3)]

    with pytest.raises(CatalogError, match="two recordings of one book cannot be mixed"):
        a_catalog(tmp_path, *other, source="other")


def test_synthetic_and_recorded_data_are_not_mixed(tmp_path: Path) -> None:
    a_catalog(tmp_path, a_listing())

    with pytest.raises(CatalogError, match="keep them in separate catalogs"):
        CatalogWriter(tmp_path, source="simulation", synthetic=True)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    with pytest.raises(CatalogError, match=r"is not empty and holds no manifest\.json"):
        CatalogWriter(tmp_path, source="tape")


def test_the_same_observations_make_the_same_catalog(tmp_path: Path) -> None:
    one, two = (a_catalog(tmp_path / name, a_listing(), *steady_books()) for name in ("a", "b"))

    assert one.digest == two.digest
    assert one.manifest == two.manifest


SIDES = st.dictionaries(st.integers(1, 60).map(lambda cent: cent * 100), st.integers(1, 9))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=8))
def test_what_is_read_back_is_what_was_seen(
    tmp_path_factory: pytest.TempPathFactory, books: list[tuple[dict[int, int], dict[int, int]]]
) -> None:
    seen: list[BookSeen] = [
        a_book(number, bids, {10_000 - price: size for price, size in asks.items()})
        for number, (bids, asks) in enumerate(books)
    ]
    catalog = a_catalog(tmp_path_factory.mktemp("c"), *seen)

    held: dict[tuple[str, str], str] = {}
    for group in catalog.books(catalog.window(WINDOW.slug), UP):
        for delta in group.deltas:
            if delta.action.name == "CLEAR":
                held.clear()
                continue
            key = delta.order.side.name, str(delta.order.price)
            held.pop(key, None)
            if delta.action.name != "DELETE":
                held[key] = str(delta.order.size)
    last = seen[-1]
    expected = {("BUY", f"{level.price_e4 / 1e4:.4f}"): level for level in last.bids}
    expected |= {("SELL", f"{level.price_e4 / 1e4:.4f}"): level for level in last.asks}
    assert held == {key: f"{each.size_micro / 1e6:.6f}" for key, each in expected.items()}
