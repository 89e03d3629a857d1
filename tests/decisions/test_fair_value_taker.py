from collections.abc import Callable
from math import isclose

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.decisions.fair_value_taker import FairValueTaker, FairValueTakerParams, decide
from polybot.decisions.forecast import ForecastParams, forecast
from polybot.decisions.intents import Skip, Take
from polybot.decisions.view import View
from polybot.domain.book import Book, Level
from polybot.domain.outcome import Outcome
from polybot.pricing.edge import edge_of_buying

type MakeView = Callable[..., View]
type MakeBook = Callable[..., Book]
ASKS = st.lists(
    st.builds(Level, st.integers(1, 9_999), st.integers(10_000, 40_000_000)), max_size=4
)
BOOKS = st.builds(
    lambda asks, below: Book(
        bids=(Level(max(1, min(asks)[0] - below), 10**8),) if asks else (),
        asks=tuple(sorted(asks)),
    ),
    ASKS,
    st.integers(1, 400),
)


def test_takes_the_up_token_when_spot_is_above_the_strike_and_the_ask_lags(
    a_view: MakeView, a_book: MakeBook
) -> None:
    take = decide(a_view(spot=100_050, up=a_book(bid=0.58, ask=0.60)))

    assert isinstance(take, Take)
    assert (take.outcome, take.limit_e4) == (Outcome.UP, 6_000)


def test_takes_the_down_token_when_spot_is_below_the_strike(a_view: MakeView) -> None:
    take = decide(a_view(spot=99_950))

    assert isinstance(take, Take)
    assert take.outcome is Outcome.DOWN
    assert take.fair > 0.8


def test_a_take_says_what_it_saw(a_view: MakeView, a_book: MakeBook) -> None:
    take = decide(a_view(spot=100_050, up=a_book(bid=0.58, ask=0.60), down=a_book(ask=0.42)))

    assert isinstance(take, Take)
    assert (take.mid, take.ask, take.other_ask) == (0.59, 0.60, 0.42)
    assert take.reason.startswith("up is worth 0.8")


def test_five_pusd_pay_for_shares_and_fees(a_view: MakeView, a_book: MakeBook) -> None:
    take = decide(a_view(spot=100_050, up=a_book(bid=0.58, ask=0.60)))

    # 5 / (0.60 + 0.07 x 0.60 x 0.40) = 8.106...
    assert isinstance(take, Take)
    assert take.shares_micro == 8_100_000


def test_the_limit_is_the_worst_price_that_the_size_touches(a_view: MakeView) -> None:
    asks = (Level(6_000, 2_000_000), Level(6_100, 100_000_000))
    take = decide(a_view(spot=100_050, up=Book(bids=(Level(5_900, 10**6),), asks=asks)))

    assert isinstance(take, Take)
    assert take.limit_e4 == 6_100


def test_fair_odds_at_a_fair_price_are_left_alone(a_view: MakeView) -> None:
    assert decide(a_view()) == Skip("no ask pays at a fair value of up of 0.5000")


def test_with_edges_on_both_sides_the_larger_one_is_taken(
    a_view: MakeView, a_book: MakeBook
) -> None:
    cheap, cheaper = a_book(bid=0.42, ask=0.44), a_book(bid=0.40, ask=0.42)
    take = decide(a_view(up=cheap, down=cheaper))

    assert isinstance(take, Take)
    assert take.outcome is Outcome.DOWN


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"open_sides": frozenset({Outcome.DOWN})}, "a position in this window is open already"),
        ({"seconds_left": 9.9}, "9.9 s left is outside 10 to 270 s"),
        ({"seconds_left": 271.0}, "271.0 s left is outside 10 to 270 s"),
        ({"spot_age_s": 3.1}, "spot is 3.1 s old, over 3 s"),
        ({"basis_age_s": 31.0}, "the basis is 31.0 s old, over 30 s"),
        ({"book_age_s": 31.0}, "a book is 31.0 s old, over 30 s"),
        ({"cash_micro": 0}, "a stake of 0.00 pUSD buys no up share"),
        ({"cash_micro": 900_000}, "up: 0.87 pUSD is below the venue's minimum"),
    ],
    ids=["position", "too late", "too early", "spot", "basis", "book", "broke", "nearly broke"],
)
def test_a_good_price_is_left_alone_when(
    a_view: MakeView, changes: dict[str, object], reason: str
) -> None:
    good = a_view(spot=100_050, averaged=100_050.0)
    assert isinstance(decide(good), Take)

    assert decide(a_view(spot=100_050, averaged=100_050.0, **changes)) == Skip(reason)


@pytest.mark.parametrize(
    ("bid", "ask", "reason"),
    [
        (None, 0.60, "the up book is one-sided or crossed"),
        (0.61, 0.60, "the up book is one-sided or crossed"),
        (0.54, 0.60, "up: spread 0.0600 is too wide"),
    ],
    ids=["no bid", "crossed", "wide"],
)
def test_a_book_that_cannot_be_trusted_is_left_alone(
    a_view: MakeView, a_book: MakeBook, bid: float | None, ask: float, reason: str
) -> None:
    view = a_view(spot=100_050, up=a_book(bid=bid, ask=ask))

    assert decide(view) == Skip(reason)


def test_a_size_that_reaches_too_deep_is_left_alone(a_view: MakeView) -> None:
    asks = (Level(6_000, 2_000_000), Level(6_400, 100_000_000))
    view = a_view(spot=100_050, up=Book(bids=(Level(5_900, 10**6),), asks=asks))

    assert decide(view) == Skip("up: the size reaches 0.0400 beyond the best ask")


def test_an_edge_that_only_the_touch_has_is_left_alone(a_view: MakeView) -> None:
    asks = (Level(7_900, 1_000_000), Level(8_100, 100_000_000))
    view = a_view(spot=100_050, up=Book(bids=(Level(7_800, 10**6),), asks=asks))
    answer = decide(view, FairValueTakerParams(min_edge=forecast(view) - 0.81))

    assert isinstance(answer, Skip)
    assert answer.reason.startswith("up: edge ")


@given(
    up=BOOKS,
    down=BOOKS,
    spot=st.floats(99_800, 100_200),
    seconds_left=st.floats(10, 270),
    min_edge=st.floats(-0.05, 0.2),
    stake_pusd=st.floats(0.5, 40),
)
def test_it_never_takes_below_its_threshold_nor_beyond_its_stake(  # noqa: PLR0917
    a_view: MakeView,
    up: Book,
    down: Book,
    spot: float,
    seconds_left: float,
    min_edge: float,
    stake_pusd: float,
) -> None:
    view = a_view(up=up, down=down, spot=spot, seconds_left=seconds_left, averaged=100_000.0)
    take = decide(view, FairValueTakerParams(min_edge=min_edge, stake_pusd=stake_pusd))
    if isinstance(take, Skip):
        return
    fair = forecast(view) if take.outcome is Outcome.UP else 1 - forecast(view)
    edge = edge_of_buying(
        view.book(take.outcome), size_micro=take.shares_micro, fair=fair, fee=view.rules.fee
    )

    assert edge is not None
    assert isclose(edge.per_share, take.edge)
    assert edge.per_share >= min_edge
    assert (edge.price + edge.fee) * take.shares_micro <= stake_pusd * 1_000_000 + 1
    assert edge.price * take.shares_micro >= 1_000_000
    assert take.limit_e4 == edge.worst_price_e4


@given(up=BOOKS, down=BOOKS, spot=st.floats(99_800, 100_200), min_edge=st.floats(0, 0.2))
def test_what_is_not_worth_a_look_is_never_taken(
    a_view: MakeView, up: Book, down: Book, spot: float, min_edge: float
) -> None:
    taker = FairValueTaker(FairValueTakerParams(min_edge=min_edge))
    view = a_view(up=up, down=down, spot=spot)
    touch = a_view(up=_touch(up), down=_touch(down), spot=spot)

    assert taker.worth_a_look(touch) or isinstance(taker.decide(view), Skip)


def _touch(book: Book) -> Book:
    return Book(bids=book.bids[:1], asks=book.asks[:1])


@pytest.mark.parametrize(
    ("spot", "age_s", "worth"),
    [(100_050, 0.1, True), (100_000, 0.1, False), (100_050, 60.0, False)],
    ids=["cheap ask", "fair ask", "old spot"],
)
def test_a_look_is_worth_it_when_a_best_ask_could_pay(
    a_view: MakeView, spot: float, age_s: float, worth: bool
) -> None:
    assert FairValueTaker().worth_a_look(a_view(spot=spot, spot_age_s=age_s)) is worth


def test_a_takers_forecast_rests_on_its_own_params(a_view: MakeView) -> None:
    params = FairValueTakerParams(forecast=ForecastParams(tail_degrees=3))
    view = a_view(spot=100_200)

    assert FairValueTaker(params).forecast(view) == forecast(view, params.forecast)


def test_a_misspelt_parameter_is_refused_by_name() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `min_edgee`"):
        msgspec.convert({"min_edgee": 0.01}, FairValueTakerParams)


@pytest.mark.parametrize(
    "wrong",
    [{"min_edge": 5}, {"stake_pusd": 0}, {"forecast": {"tail_degrees": 2}}],
    ids=["edge", "stake", "degrees"],
)
def test_a_parameter_out_of_range_is_refused_with_its_place(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError, match=rf"at `\$\.{next(iter(wrong))}"):
        msgspec.convert(wrong, FairValueTakerParams)
