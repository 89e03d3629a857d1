"""The venue's judgement of one order, without an engine around it."""

from dataclasses import dataclass, field

import pytest

from polybot.domain.book import Book, Level
from polybot.domain.outcome import TokenSide
from polybot.engine.topics import OrderSent
from polybot.errors import RunError
from polybot.execution.arrival import Arriving
from polybot.execution.liquidity import FillAssumption
from polybot.runtime.backtest.venue.matching import Matching

SLUG = "btc-updown-5m-1793620800"
UP, DOWN = f"{SLUG}-UP.POLYMARKET", f"{SLUG}-DOWN.POLYMARKET"
EMPTY = Book()


@dataclass
class Shown:
    """What the tokens' books show, and what time it is."""

    book: Book = field(default_factory=lambda: shows(Level(4_700, 40_000_000)))
    now_ns: int = 0

    def of(self, instrument_id: str) -> Book:
        return self.book if instrument_id == UP else self.book.mirror

    def clock(self) -> int:
        return self.now_ns


def shows(*asks: Level) -> Book:
    return Book(bids=(Level(4_500, 100_000_000),), asks=asks)


def a_matching(shown: Shown, **changes: float) -> Matching:
    return Matching(assumption=FillAssumption.BASE, book_of=shown.of, now_ns=shown.clock, **changes)


def a_purchase(
    shares: int, limit_e4: int = 4_700, *, side: TokenSide = TokenSide.UP, whole: bool = False
) -> Arriving:
    return Arriving(
        side=side,
        is_buy=True,
        limit_e4=limit_e4,
        size_micro=shares * 1_000_000,
        all_or_nothing=whole,
    )


def sent(matching: Matching, order_id: str = "1", *, token: str = UP, at_once: bool = True) -> None:
    matching.sent(OrderSent(order_id, token, 0, at_once), arrival_ns=200)


def test_an_order_arrives_at_its_instant_only() -> None:
    shown = Shown()
    matching = a_matching(shown)
    sent(matching)

    arriving = []
    for shown.now_ns in (199, 200, 201):
        arriving.append(matching.is_arriving("1"))

    assert arriving == [False, True, False]


def test_an_order_that_was_never_sent_does_not_arrive() -> None:
    with pytest.raises(RunError, match="never sent through the gate"):
        a_matching(Shown()).arrive("1", a_purchase(10))


def test_an_order_does_not_arrive_twice() -> None:
    matching = a_matching(Shown())
    sent(matching)
    matching.arrive("1", a_purchase(10))

    with pytest.raises(RunError, match="arrived twice"):
        matching.arrive("1", a_purchase(10))


@pytest.mark.parametrize(
    ("at_once", "taken"),
    [pytest.param(True, (), id="fak-dies"), pytest.param(False, 10_000_000, id="gtc-lives")],
)
def test_an_order_that_is_not_marketable_on_reaching_the_venue(
    at_once: bool, taken: object
) -> None:
    shown = Shown(book=EMPTY)
    matching = a_matching(shown)
    sent(matching, at_once=at_once)
    matching.held("1", a_purchase(10))
    shown.book = shows(Level(4_700, 40_000_000))

    levels = matching.arrive("1", a_purchase(10))

    assert (levels and levels[0].size_micro) == taken


def test_an_order_that_is_marketable_on_reaching_the_venue_is_judged_again_later() -> None:
    shown = Shown()
    matching = a_matching(shown)
    sent(matching)
    matching.held("1", a_purchase(10))
    shown.book = shows(Level(4_700, 4_000_000))

    assert matching.arrive("1", a_purchase(10)) == (Level(4_700, 4_000_000),)


def test_both_tokens_take_from_one_book() -> None:
    shown = Shown(book=Book(bids=(Level(4_500, 100_000_000),)))
    matching = a_matching(shown)
    sent(matching, "1", token=DOWN)
    sent(matching, "2", token=DOWN)

    first = matching.arrive("1", a_purchase(70, 5_500, side=TokenSide.DOWN))
    second = matching.arrive("2", a_purchase(70, 5_500, side=TokenSide.DOWN))

    assert (first, second) == ((Level(5_500, 70_000_000),), (Level(5_500, 30_000_000),))


def test_a_settled_windows_book_is_forgotten() -> None:
    matching = a_matching(Shown())
    sent(matching)
    matching.arrive("1", a_purchase(10))

    matching.settled(SLUG)

    assert matching.liquidity == {}


def test_failures_depend_on_the_seed_and_the_order_alone() -> None:
    def failed(seed: int, names: range) -> set[str]:
        shown = Shown(book=shows(Level(4_700, 10**15)))
        matching = a_matching(shown, failure_share=0.3, seed=seed)
        for name in map(str, names):
            sent(matching, name)
            matching.arrive(name, a_purchase(1))
        return set(matching.failed)

    assert failed(1, range(200)) == failed(1, range(199, -1, -1))
    assert failed(1, range(200)) != failed(2, range(200))


def test_a_failed_order_keeps_what_it_took_from_others() -> None:
    matching = a_matching(Shown(), failure_share=1.0)
    sent(matching, "1")
    matching.arrive("1", a_purchase(30))
    matching.failure_share = 0.0
    sent(matching, "2")

    assert matching.arrive("2", a_purchase(30)) == (Level(4_700, 10_000_000),)


def test_a_failed_order_does_not_rest_either() -> None:
    matching = a_matching(Shown(), failure_share=1.0)
    sent(matching, at_once=False)
    matching.arrive("1", a_purchase(30))

    assert matching.crossed("1", UP, a_purchase(30)) == 0


def test_a_resting_order_that_nobody_crosses_is_left_to_nautilus() -> None:
    matching = a_matching(Shown())
    sent(matching, at_once=False)

    assert matching.crossed("1", UP, a_purchase(30, 4_600)) is None


def test_a_resting_order_that_nobody_announced_stops_the_run() -> None:
    with pytest.raises(RunError, match="on_order_submitted"):
        a_matching(Shown()).crossed("1", UP, a_purchase(30))
