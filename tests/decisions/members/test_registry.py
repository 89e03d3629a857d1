import pytest

from polybot.decisions.members.registry import MEMBERS, build_members
from polybot.decisions.members.trend_following import TrendFollowing, TrendFollowingParams
from polybot.errors import ConfigError


def test_every_member_is_called_what_the_registry_calls_it() -> None:
    assert [member.name for member in build_members(tuple(MEMBERS), {})] == list(MEMBERS)


def test_a_member_is_built_with_its_own_params() -> None:
    built = build_members(["breakout", "trend_following"], {"trend_following": {"min_adx": 30}})

    assert built[1] == TrendFollowing(TrendFollowingParams(min_adx=30.0))


@pytest.mark.parametrize(
    ("names", "params", "message"),
    [
        (["trend"], {}, "no member is called 'trend': use one of trend_following, "),
        (["breakout", "breakout"], {}, "members: breakout twice"),
        (["breakout"], {"cipher_a": {}}, "member_params: cipher_a not among `members` breakout"),
        (
            ["breakout"],
            {"breakout": {"bursts": 1}},
            "member_params.breakout: Object contains unknown field `bursts`",
        ),
        (
            ["mean_reversion"],
            {"mean_reversion": {"oversold_rsi": 60}},
            r"member_params.mean_reversion: .*at `\$.oversold_rsi`",
        ),
    ],
    ids=["unknown", "twice", "not chosen", "misspelt", "out of bounds"],
)
def test_a_wrong_choice_is_named(
    names: list[str], params: dict[str, dict[str, object]], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        build_members(names, params)
