from polybot.domain.outcome import TokenSide
from polybot.domain.series import NS
from polybot.recording.observations import BookChanged, BookSeen, TickChanged, TradeSeen


def test_after_each_pair_of_messages_the_books_are_exact_mirrors(seen, windows, replay):
    for window in windows:
        for message, books in replay(seen, window):
            if message.side is TokenSide.DOWN and isinstance(message, BookSeen | BookChanged):
                assert books[TokenSide.UP].book.mirror == books[TokenSide.DOWN].book


def test_the_up_message_comes_first_and_its_mirror_directly_after(seen, windows):
    for window in windows:
        told = [one for one in seen if isinstance(one, BookChanged) and one.window == window]
        for up, down in zip(told[::2], told[1::2], strict=True):
            assert (up.side, down.side) == (TokenSide.UP, TokenSide.DOWN)
            assert (up.received_ns, up.venue_ns) == (down.received_ns, down.venue_ns)
            assert len(up.changes) == len(down.changes) > 0


def test_no_book_is_ever_crossed(seen, windows, replay):
    for window in windows:
        assert not any(books[told.side].book.is_crossed for told, books in replay(seen, window))


def test_every_price_lies_on_the_grid_in_force(seen, windows, replay):
    for window in windows:
        for message, books in replay(seen, window):
            if isinstance(message, BookChanged):
                tick = books[message.side].tick_e4
                assert all(change.price_e4 % tick == 0 for change in message.changes)
                assert all(tick <= change.price_e4 <= 10_000 - tick for change in message.changes)


def test_a_message_changes_what_was_there(seen, windows, replay):
    window = windows[0]
    before = None
    for message, books in replay(seen, window):
        if message.side is TokenSide.UP:
            now = books[TokenSide.UP].book
            assert not isinstance(message, BookChanged) or now != before
            before = now


def test_trades_take_from_the_best_level_of_their_token(seen, windows, replay):
    trades = 0
    for window in windows:
        best, fresh = None, True
        for message, books in replay(seen, window):
            if isinstance(message, TradeSeen):
                if fresh:
                    book = best[message.side]
                    level = book.best_ask if message.taker_buys else book.best_bid
                    assert message.price_e4 == level.price_e4
                    assert message.size_micro <= level.size_micro
                    trades += 1
                fresh = False
            elif message.side is TokenSide.DOWN:
                best, fresh = {side: one.book for side, one in books.items()}, True
    assert trades > 1_000


def test_books_open_before_the_start_and_are_silent_after_the_end(seen, windows, replay):
    for window in windows:
        times = [message.venue_ns for message, _ in replay(seen, window)]

        assert times[0] < window.start_ns
        assert times == sorted(times)
        assert window.end_ns - 10 * NS < times[-1] < window.end_ns


def test_the_tick_becomes_fine_beyond_96_cents_and_finer_levels_follow(seen, windows, replay):
    changed = [one for one in seen if isinstance(one, TickChanged)]
    first = {one.window: one for one in reversed(changed)}

    assert {one.tick_e4 for one in changed} == {10}
    assert len(changed) == 2 * len(first) > 0
    for window in first:
        fine = [
            message
            for message, _ in replay(seen, window)
            if isinstance(message, BookChanged)
            and any(change.price_e4 % 100 for change in message.changes)
        ]
        assert all(message.received_ns >= first[window].received_ns for message in fine)
        assert fine


def test_some_books_end_one_sided_but_none_begins_so(seen, windows, replay):
    ends = 0
    for window in windows:
        books = [books[TokenSide.UP].book for _, books in replay(seen, window)]
        assert not books[0].is_one_sided
        ends += books[-1].is_one_sided

    assert ends > len(windows) / 2


def test_most_of_the_time_the_spread_is_a_few_cents_and_hundreds_of_shares_rest(
    seen, windows, replay
):
    books = [
        books[TokenSide.UP].book
        for window in windows
        for told, books in replay(seen, window)
        if told.side is TokenSide.DOWN
        and isinstance(told, BookChanged)
        and told.received_ns < window.end_ns - 30 * NS
    ]
    spreads = sorted(b.best_ask.price_e4 - b.best_bid.price_e4 for b in books if not b.is_one_sided)
    touches = sorted(b.best_bid.size_micro / 1e6 for b in books if b.bids)

    assert spreads[len(spreads) // 2] <= 300
    assert 20 < touches[len(touches) // 10] < 1_000
    assert 50 < touches[len(touches) // 2] < 1_000
