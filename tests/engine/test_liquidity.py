"""How Nautilus keeps liquidity used up: not as the venue does, hence our own matching."""

import pytest

from tests.engine.actions import buy, rest
from tests.engine.lab import Played, play
from tests.engine.market import DOWN, ask, bid, book

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])
MIRROR = book(bids=[(5_300, 40)], asks=[(5_500, 100)], token=DOWN)
TWICE = {100: buy(40, 4_700), 200: buy(40, 4_700)}


def shares(played: Played) -> list[float]:
    return [fill.shares for fill in played.fills]


@pytest.mark.parametrize(
    ("consumption", "filled"),
    [pytest.param(True, [40], id="told-to"), pytest.param(False, [40, 40], id="by-default")],
)
def test_what_was_taken_stays_taken_only_if_told_to(consumption: bool, filled: list[float]) -> None:
    assert shares(play(BOOK, plan=TWICE, liquidity_consumption=consumption)) == filled


def test_any_update_of_the_level_restores_all_of_it() -> None:
    assert shares(play(BOOK, ask(4_700, 41, ms=150), plan=TWICE)) == [40, 40]


def test_an_update_of_another_level_restores_nothing() -> None:
    assert shares(play(BOOK, bid(4_500, 1, ms=150), plan=TWICE)) == [40]


def test_the_other_tokens_mirror_of_it_is_still_there() -> None:
    sell_up = buy(40, 4_700)
    buy_mirror = buy(100, 5_500, token=DOWN)

    played = play(BOOK, MIRROR, plan={100: sell_up, 200: buy_mirror})

    assert shares(played) == [40, 100]


def test_a_resting_order_whose_level_vanishes_does_not_fill() -> None:
    assert shares(play(BOOK, bid(4_500, 0, ms=500), plan={100: rest(10, 4_500)})) == []


def test_a_resting_order_fills_when_an_ask_crosses_it() -> None:
    assert shares(play(BOOK, ask(4_500, 7, ms=500), plan={100: rest(10, 4_500)})) == [7]
