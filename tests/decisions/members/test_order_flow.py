from typing import Any

import pytest

from polybot.decisions.members.order_flow import OrderFlowFollowing
from polybot.decisions.stance import Stance
from polybot.signals.technical import OrderFlow, Technical
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import a_candle, a_frame, a_technical, some_candles

RISING = some_candles(a_candle(101.0), a_candle(102.0), a_candle(103.0, open=102.0), length_s=60)


def buyers(**changes: Any) -> Technical:
    pushing: dict[str, Any] = {
        "m1": a_frame(candles=RISING),
        "flow": OrderFlow(buy_volume=70.0, sell_volume=30.0),
    }
    return a_technical(**(pushing | changes))


def test_it_goes_long_when_buyers_push_the_price_up() -> None:
    vote = OrderFlowFollowing().vote(buyers())

    assert vote.side is Stance.LONG
    assert vote.reason == "takers push long: delta +0.40 of the volume"


def test_it_goes_short_when_sellers_push_the_price_down() -> None:
    assert OrderFlowFollowing().vote(mirrored(buyers())).side is Stance.SHORT


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"flow": OrderFlow(buy_volume=59.0, sell_volume=41.0)},
            "flow is balanced: delta +0.18 of the volume",
        ),
        (
            {"flow": OrderFlow(buy_volume=0.0, sell_volume=0.0)},
            "flow is balanced: delta +0.00 of the volume",
        ),
        (
            {"flow": OrderFlow(buy_volume=30.0, sell_volume=70.0)},
            "flow -0.40 is absorbed: the price moved +2",
        ),
    ],
    ids=["balanced", "nothing traded", "absorbed"],
)
def test_it_stays_neutral(changes: dict[str, Any], reason: str) -> None:
    vote = OrderFlowFollowing().vote(buyers(**changes))

    assert (vote.side, vote.reason) == (Stance.NEUTRAL, reason)


def test_a_more_one_sided_flow_makes_it_surer() -> None:
    all_buy = buyers(flow=OrderFlow(buy_volume=9.0, sell_volume=1.0))

    assert OrderFlowFollowing().vote(buyers()).confidence == 75
    assert OrderFlowFollowing().vote(all_buy).confidence == 100


def test_it_names_what_is_not_ready() -> None:
    short = a_frame(candles=some_candles(count=2, length_s=60))

    vote = OrderFlowFollowing().vote(buyers(flow=None, m1=short))

    assert vote.reason == "not ready: order flow, 1m candles"
