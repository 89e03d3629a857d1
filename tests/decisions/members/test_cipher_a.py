from dataclasses import replace
from typing import Any

import pytest

from polybot.decisions.members.cipher_a import CipherA
from polybot.decisions.stance import Stance
from polybot.signals.technical import Technical
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import QUIET_WAVE, a_frame, a_technical

FAN = tuple(107.0 - i for i in range(8))
RUNNING = replace(QUIET_WAVE, fast=10.0, slow=5.0)


def a_fan(**changes: Any) -> Technical:
    return a_technical(m15=a_frame(**({"ribbon": FAN, "wave": RUNNING} | changes)))


def test_it_goes_long_when_the_ribbon_fans_up_and_the_wave_runs_up() -> None:
    vote = CipherA().vote(a_fan())

    assert vote.side is Stance.LONG
    assert vote.reason == "ribbon order +1.00, wave at +10 running long"


def test_it_goes_short_when_both_turn_around() -> None:
    assert CipherA().vote(mirrored(a_fan())).side is Stance.SHORT


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"ribbon": (1.0, 2.0, 1.0, 2.0, 1.0)},
            "the ribbon is tangled: order +0.00",
        ),
        (
            {"wave": replace(RUNNING, slow=11.0)},
            "the ribbon is long and the wave runs against it",
        ),
        ({"wave": replace(RUNNING, fast=60.0)}, "the long wave is exhausted at +60"),
    ],
    ids=["tangled", "against", "exhausted"],
)
def test_it_stays_neutral(changes: dict[str, Any], reason: str) -> None:
    vote = CipherA().vote(a_fan(**changes))

    assert (vote.side, vote.reason) == (Stance.NEUTRAL, reason)


def test_a_fresh_cross_makes_it_surer() -> None:
    fresh = a_fan(wave=replace(RUNNING, crossed_up=True))

    assert CipherA().vote(fresh).confidence > CipherA().vote(a_fan()).confidence


def test_it_names_what_is_not_ready() -> None:
    assert (
        CipherA().vote(a_fan(ribbon=None, wave=None)).reason == "not ready: EMA ribbon, WaveTrend"
    )
