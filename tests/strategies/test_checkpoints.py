"""Forecasts at fixed distances from the end, beside the market's."""

from dataclasses import replace

from polybot.decisions.view import View
from polybot.domain.book import Book
from polybot.domain.series import Length
from polybot.strategies.checkpoints import CHECKPOINTS_S, Checkpoints
from polybot.strategies.sink import Sink
from tests.decisions.trader_world import a_view, a_window

M5 = a_window(length=Length.M5)


def passed(*lefts: float) -> Sink:
    """What is noted of views with so many seconds left, one after the other."""
    sink = Sink()
    checkpoints = Checkpoints(sink)
    for left_s in lefts:
        checkpoints.pass_by(left(left_s), lambda view: view.seconds_left / 1_000)
    return sink


def left(seconds: float) -> View:
    return a_view(300 - seconds, window=M5)


def noted(*lefts: float) -> list[float]:
    return [one.seconds_left for one in passed(*lefts).forecasts]


def test_each_checkpoint_is_noted_once() -> None:
    assert noted(200, 120, 119, 90, 60, 45, 30, 15, 14) == list(CHECKPOINTS_S)


def test_a_checkpoint_is_noted_with_the_first_view_after_it() -> None:
    [said] = passed(200, 118.5).forecasts

    assert (said.seconds_left, said.model) == (120.0, 0.1185)


def test_of_checkpoints_that_passed_unseen_the_last_is_noted() -> None:
    assert noted(200, 50) == [60]


def test_what_passed_before_the_first_view_is_not_made_up() -> None:
    assert noted(100, 95, 80) == [90]


def test_without_a_market_nothing_is_noted_and_the_checkpoint_is_over() -> None:
    sink = Sink()
    checkpoints = Checkpoints(sink)
    for view in (left(200), replace(left(120), up=Book()), left(119)):
        checkpoints.pass_by(view, lambda _: 0.5)

    assert sink.forecasts == []


def test_the_market_is_the_mid_and_the_naive_model_knows_spot_alone() -> None:
    sink = Sink()
    checkpoints = Checkpoints(sink)
    for view in (left(200), a_view(180, window=M5, lead=50, ask=0.71)):
        checkpoints.pass_by(view, lambda _: 0.6)

    [said] = sink.forecasts
    assert (said.model, said.market) == (0.6, 0.705)
    assert said.naive is not None
    assert 0.5 < said.naive < 1


def test_a_view_is_needed_for_the_first_and_for_each_that_is_due() -> None:
    checkpoints = Checkpoints(Sink())

    assert checkpoints.is_near(M5.slug, 200)
    checkpoints.pass_by(left(200), lambda _: 0.5)

    assert not checkpoints.is_near(M5.slug, 120.1)
    assert checkpoints.is_near(M5.slug, 120)


def test_after_the_last_no_view_is_needed() -> None:
    checkpoints = Checkpoints(Sink())
    for left_s in (16, 15):
        checkpoints.pass_by(left(left_s), lambda _: 0.5)

    assert not checkpoints.is_near(M5.slug, 1)
