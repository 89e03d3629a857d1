from collections.abc import Callable
from dataclasses import replace
from math import isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.decisions.arbitrage import DEFAULT, Arbitrage, ArbitrageParams, Quiet, detect
from polybot.decisions.forecast import ForecastParams, forecast
from polybot.decisions.view import View
from polybot.domain.asset import Asset
from polybot.domain.book import Book, Level
from polybot.domain.outcome import Outcome
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Length, Series
from polybot.pricing.edge import edge_of_buying

type MakeView = Callable[..., View]
type MakeBook = Callable[..., Book]

FIVE = 5_000_000


def found(view: View, params: ArbitrageParams = DEFAULT) -> Arbitrage:
    answer = detect(view, stake_micro=FIVE, params=params)
    assert isinstance(answer, Arbitrage), answer
    return answer


def quiet(view: View, params: ArbitrageParams = DEFAULT) -> str:
    answer = detect(view, stake_micro=FIVE, params=params)
    assert isinstance(answer, Quiet), answer
    return answer.reason


@pytest.mark.parametrize(
    ("spot", "outcome"), [(100_050.0, Outcome.UP), (99_950.0, Outcome.DOWN)], ids=["up", "down"]
)
def test_the_token_that_lags_behind_spot_is_found(
    a_view: MakeView, spot: float, outcome: Outcome
) -> None:
    assert found(a_view(spot=spot)).outcome is outcome


def test_the_edge_is_what_the_size_earns_after_fees(a_view: MakeView, a_book: MakeBook) -> None:
    view = a_view(spot=100_050.0, up=a_book(bid=0.58, ask=0.60))
    answer = found(view)

    assert answer.price == 0.60
    # The venue's curve: 0.07 x 0.60 x 0.40 a share.
    assert answer.edge == pytest.approx(forecast(view) - 0.60 - 0.0168, abs=1e-4)


def test_a_size_beyond_the_touch_pays_the_deeper_price(a_view: MakeView) -> None:
    asks = (Level(6_000, 1_000_000), Level(6_500, 100_000_000))
    answer = found(a_view(spot=100_050.0, up=Book(bids=(Level(5_900, 10**6),), asks=asks)))

    assert 0.60 < answer.price < 0.65


@given(
    spot=st.floats(99_800, 100_200),
    ask=st.floats(0.02, 0.97),
    stakes=st.tuples(st.integers(1_000_000, FIVE), st.integers(FIVE, 50_000_000)),
)
def test_a_smaller_purchase_has_no_smaller_edge(
    a_view: MakeView, spot: float, ask: float, stakes: tuple[int, int]
) -> None:
    e4 = round(ask * 1e4)
    asks = (Level(e4, 3_000_000), Level(e4 + 100, 10_000_000), Level(e4 + 200, 10**9))
    view = a_view(spot=spot, up=Book(bids=(Level(e4 - 100, 10**6),), asks=asks), down=Book())
    small, large = (detect(view, stake_micro=stake) for stake in stakes)
    if isinstance(large, Arbitrage):
        assert isinstance(small, Arbitrage)
        # A fill's fee is rounded down to 0.00001 pUSD.
        assert small.edge >= large.edge - 0.00005


def test_an_edge_at_the_threshold_is_too_little(a_view: MakeView) -> None:
    edge = found(a_view(spot=100_050.0)).edge

    reason = quiet(a_view(spot=100_050.0), ArbitrageParams(min_edge=edge))

    assert reason.startswith(f"edge {edge:.4f} of up at 0.5100 is not over")


def test_fair_prices_are_quiet(a_view: MakeView) -> None:
    assert quiet(a_view()) == (
        "no ask of up pays at a fair value of 0.5000; no ask of down pays at a fair value of 0.5000"
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"spot_age_s": 3.1}, "spot is 3.1 s old, over 3 s"),
        ({"basis_age_s": 31.0}, "the basis is 31.0 s old, over 30 s"),
        ({"book_age_s": 31.0}, "a book is 31.0 s old, over 30 s"),
        ({"spot_age_s": float("nan")}, "spot is nan s old, over 3 s"),
        ({"basis": 1_001.0}, "the basis of 1001.00 is abnormal at a spot of 100050.00"),
        ({"noise": 51.0}, "the basis is abnormal: its noise is 51.00 at a spot of 100050.00"),
        ({"up": Book((Level(5_200, 10**6),), (Level(5_100, 10**6),))}, "a book is crossed"),
        (
            {"seconds_left": 1.1},
            (
                "1.1 s left: with a hold of 150 ms an order needs 1.15 s to be matched inside "
                "the window"
            ),
        ),
    ],
    ids=["spot", "basis", "book", "age unknown", "basis far", "basis noisy", "crossed", "late"],
)
def test_a_clear_edge_is_suppressed_when(
    a_view: MakeView, changes: dict[str, object], reason: str
) -> None:
    assert isinstance(detect(a_view(spot=100_050.0), stake_micro=FIVE), Arbitrage)

    assert quiet(a_view(**{"spot": 100_050.0, "averaged": 100_050.0, **changes})) == reason


def test_the_longer_the_hold_the_earlier_it_ends(a_view: MakeView) -> None:
    view = a_view(spot=100_050.0, averaged=100_050.0, seconds_left=2.0)
    rules = Rulebook.standard().override(taker_hold_ms=1_500).at(view.window.series, view.now_ns)

    assert found(view).outcome is Outcome.UP
    assert "with a hold of 1500 ms" in quiet(
        a_view(spot=100_050.0, averaged=100_050.0, seconds_left=2.0, rules=rules)
    )


def test_without_money_there_is_no_arbitrage(a_view: MakeView) -> None:
    assert "the stake buys no up share" in quiet(a_view(spot=100_050.0, cash_micro=0))


def test_the_same_edge_is_surer_when_the_feeds_are_quieter(a_view: MakeView) -> None:
    noisy, calm = (found(a_view(spot=100_030.0, noise=noise)) for noise in (40.0, 5.0))

    assert calm.confidence > noisy.confidence


def test_the_confidence_is_how_often_the_edge_survives_the_doubts(a_view: MakeView) -> None:
    view, params = a_view(spot=100_012.0, noise=20.0), ArbitrageParams()
    answer, random, survived = found(view, params), Random(3), 0
    exact = ForecastParams(noise_share=0.0)
    for _ in range(2_000):
        # The truth: a basis, a strike and a volatility of which we know only the spread.
        truth = replace(
            view,
            basis=random.gauss(0, 20.0) + random.gauss(0, 2e-5 * view.spot),
            strike=view.strike + random.gauss(0, 1e-5 * view.strike),
            volatility=view.volatility * random.gauss(1, params.volatility_stdev),
            noise=0.0,
        )
        edge = edge_of_buying(
            view.up, size_micro=9_000_000, fair=forecast(truth, exact), fee=view.rules.fee
        )
        survived += edge is not None and edge.per_share > 0

    assert 100 * survived / 2_000 == pytest.approx(answer.confidence, abs=3)


def test_an_hourly_window_knows_its_strike_and_has_no_basis(a_view: MakeView) -> None:
    series = Series(Asset.BTC, Length.H1)
    window = series.window_at(1_789_000_200 * 10**9)
    rules = Rulebook.standard().at(series, window.start_ns)
    view = a_view(window=window, rules=rules, spot=100_050.0, seconds_left=5.0, spot_grid=0.01)
    sure = found(view, ArbitrageParams(volatility_stdev=0.0))

    assert sure.confidence == 100
    assert sure.fair_stdev == 0


@given(
    spot=st.floats(99_800, 100_200),
    ask=st.integers(100, 9_800),
    seconds_left=st.floats(2, 290),
    noise=st.floats(0, 45),
)
def test_what_is_found_is_consistent(
    a_view: MakeView, spot: float, ask: int, seconds_left: float, noise: float
) -> None:
    book = Book((Level(ask - 99, 10**8),), (Level(ask, 10**8),))
    view = a_view(
        up=book, down=book.mirror, spot=spot, seconds_left=seconds_left, noise=noise, averaged=spot
    )
    answer = detect(view, stake_micro=FIVE)
    if isinstance(answer, Arbitrage):
        assert answer.edge > 0.005
        assert 0 <= answer.confidence <= 100
        up = forecast(view)
        assert isclose(answer.fair, up if answer.outcome is Outcome.UP else 1 - up)
