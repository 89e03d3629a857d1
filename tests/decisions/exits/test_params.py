import msgspec
import pytest

from polybot.decisions.exits.params import PROFILES, ExitParams, initial_risk


@pytest.mark.parametrize(
    ("stop", "atr", "risk"),
    [
        ("atr", 100.0, 150.0),
        ("atr", None, 200.0),
        ("atr", 0.0, 200.0),
        ("percent", 100.0, 200.0),
        ("off", 100.0, 150.0),
    ],
    ids=["atr", "atr is not ready", "atr is nothing", "percent", "off still has an R"],
)
def test_one_r_is_the_distance_to_the_stop(stop: str, atr: float | None, risk: float) -> None:
    params = msgspec.convert({"stop": stop}, ExitParams)

    assert initial_risk(100_000.0, atr, params) == risk


@pytest.mark.parametrize("name", PROFILES)
def test_no_profile_sells_more_than_was_bought(name: str) -> None:
    assert sum(part.percent for part in PROFILES[name].profits) <= 100


def test_a_part_of_more_than_everything_is_refused() -> None:
    wrong = {"profits": [{"at": 1, "percent": 101}]}

    with pytest.raises(msgspec.ValidationError, match=r"\$\.profits\[0\]\.percent"):
        msgspec.convert(wrong, ExitParams)
