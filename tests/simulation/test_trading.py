from statistics import quantiles
from typing import Any

from polybot.domain.outcome import TokenSide
from polybot.domain.series import NS, Window
from polybot.recording.observations import (
    BookChanged,
    BookSeen,
    Observation,
    TickChanged,
    TradeSeen,
)

UP, DOWN = TokenSide.UP, TokenSide.DOWN


def test_after_each_pair_of_messages_the_books_are_exact_mirrors(
    windows: list[Window], replay: Any
) -> None:
    for window in windows:
        for message, books in replay(window):
            if message.side is DOWN and isinstance(message, BookSeen | BookChanged):
                assert books[UP].mirrors(books[DOWN])


def test_the_up_message_comes_first_and_its_mirror_directly_after(
    told: dict[Window, list[Observation]], windows: list[Window]
) -> None:
    for window in windows:
        changed = [one for one in told[window] if isinstance(one, BookChanged)]
        for up, down in zip(changed[::2], changed[1::2], strict=True):
            assert (up.side, down.side) == (UP, DOWN)
            assert (up.received_ns, up.venue_ns) == (down.received_ns, down.venue_ns)
            assert len(up.changes) == len(down.changes) > 0


def test_no_book_is_ever_crossed(windows: list[Window], replay: Any) -> None:
    for window in windows:
        for message, books in replay(window):
            assert books[message.side].best_bid < books[message.side].best_ask


def test_every_price_lies_on_the_grid_in_force(windows: list[Window], replay: Any) -> None:
    for window in windows:
        for message, books in replay(window):
            if isinstance(message, BookChanged):
                tick = books[message.side].tick_e4
                assert all(change.price_e4 % tick == 0 for change in message.changes)
                assert all(tick <= change.price_e4 <= 10_000 - tick for change in message.changes)


def test_every_change_changes_something(
    told: dict[Window, list[Observation]], windows: list[Window]
) -> None:
    for window in windows:
        sizes = {}
        for one in told[window]:
            if isinstance(one, BookSeen) and one.side is UP:
                sizes = {(True, *level)[:2]: level.size_micro for level in one.bids}
                sizes |= {(False, *level)[:2]: level.size_micro for level in one.asks}
            if isinstance(one, BookChanged) and one.side is UP:
                for change in one.changes:
                    level = (change.is_bid, change.price_e4)
                    assert sizes.get(level, 0) != change.size_micro
                    sizes[level] = change.size_micro


def test_trades_take_from_the_best_level_of_their_token(windows: list[Window], replay: Any) -> None:
    trades = 0
    for window in windows:
        best, fresh = {}, True
        for message, books in replay(window):
            if isinstance(message, TradeSeen):
                # Later fills of one order take deeper levels.
                touch = best[message.side][message.taker_buys]
                assert not fresh or message.price_e4 == touch
                trades, fresh = trades + fresh, False
            elif message.side is DOWN:
                best = {side: (book.best_bid, book.best_ask) for side, book in books.items()}
                fresh = True
    assert trades > 1_000


def test_books_open_before_the_start_and_are_silent_after_the_end(
    windows: list[Window], replay: Any
) -> None:
    for window in windows:
        times = [message.venue_ns for message, _ in replay(window)]

        assert times[0] < window.start_ns
        assert times == sorted(times)
        assert window.end_ns - 10 * NS < times[-1] < window.end_ns


def test_the_tick_becomes_fine_beyond_96_cents(windows: list[Window], replay: Any) -> None:
    changes = 0
    for window in windows:
        for message, books in replay(window):
            if isinstance(message, TickChanged) and message.side is UP:
                edge = (books[UP].best_bid + books[UP].best_ask) / 2
                assert message.tick_e4 == 10
                assert not 400 <= edge <= 9_600
                changes += 1
    assert changes > len(windows) / 2


def test_finer_levels_come_with_the_finer_tick_only(
    told: dict[Window, list[Observation]], windows: list[Window]
) -> None:
    for window in windows:
        ticks = [one.received_ns for one in told[window] if isinstance(one, TickChanged)]
        fine = [
            one.received_ns
            for one in told[window]
            if isinstance(one, BookChanged) and any(level.price_e4 % 100 for level in one.changes)
        ]
        assert bool(fine) == bool(ticks)
        assert not fine or fine[0] >= ticks[0]


def test_most_books_end_one_sided_and_none_begins_so(windows: list[Window], replay: Any) -> None:
    ends = 0
    for window in windows:
        thin = [books[UP].is_one_sided for _, books in replay(window)]
        assert not thin[0]
        ends += thin[-1]

    assert ends > len(windows) / 2


def test_spreads_are_cents_and_hundreds_of_shares_rest_at_the_best_price(
    windows: list[Window], replay: Any
) -> None:
    spreads, touches = [], []
    for window in windows:
        for message, books in replay(window):
            book = books[UP]
            if message.received_ns < window.end_ns - 30 * NS and not book.is_one_sided:
                spreads.append(book.best_ask - book.best_bid)
                touches.append(book.bids[book.best_bid] / 1e6)

    assert quantiles(spreads, n=10)[4] <= 300
    assert 10 <= quantiles(touches, n=10)[0] < quantiles(touches, n=10)[8] < 2_000
