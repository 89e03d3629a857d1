from dataclasses import replace
from typing import Any

import pytest

from polybot.decisions.members.cipher_b import CipherB
from polybot.decisions.stance import Stance
from polybot.signals.technical import Technical
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import QUIET_WAVE, a_frame, a_technical


def a_cross(**changes: Any) -> Technical:
    base = replace(QUIET_WAVE, fast=-58.0, slow=-60.0, crossed_up=True)
    return a_technical(m15=a_frame(wave=replace(base, **changes)))


def test_it_goes_long_when_the_wave_crosses_up_while_oversold() -> None:
    vote = CipherB().vote(a_cross())

    assert (vote.side, vote.reason) == (Stance.LONG, "the wave crossed long at -60")


def test_it_goes_short_when_the_wave_crosses_down_while_overbought() -> None:
    assert CipherB().vote(mirrored(a_cross())).side is Stance.SHORT


def test_a_divergence_stands_in_for_the_extreme() -> None:
    vote = CipherB().vote(a_cross(slow=-20.0, bullish_divergence=True))

    assert vote.side is Stance.LONG
    assert vote.reason == "the wave crossed long at -20, with divergence"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"crossed_up": False}, "the wave did not cross"),
        ({"slow": -20.0}, "the wave crossed long at -20, not in an extreme"),
        ({"slow": 60.0}, "the wave crossed long at +60, not in an extreme"),
        (
            {"slow": -20.0, "bearish_divergence": True},
            "the wave crossed long at -20, not in an extreme",
        ),
    ],
    ids=["no cross", "middle", "wrong extreme", "wrong divergence"],
)
def test_it_stays_neutral(changes: dict[str, Any], reason: str) -> None:
    vote = CipherB().vote(a_cross(**changes))

    assert (vote.side, vote.reason) == (Stance.NEUTRAL, reason)


def test_depth_divergence_and_money_flow_together_are_certain() -> None:
    vote = CipherB().vote(a_cross(slow=-80.0, bullish_divergence=True, money_flow=5.0))

    assert vote.confidence == 100
    assert vote.reason.endswith("with divergence and money flow")


def test_it_names_what_is_not_ready() -> None:
    assert CipherB().vote(a_technical(m15=a_frame(wave=None))).reason == "not ready: WaveTrend"
