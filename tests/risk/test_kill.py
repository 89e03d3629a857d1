import pytest

from polybot.errors import DomainError
from polybot.risk.kill import KillLatch

KILLED = KillLatch().killed(reason="smoke", actor="anna", ts_ns=7)


def test_a_new_latch_lets_trade() -> None:
    assert not KillLatch().is_killed
    assert KillLatch().sentence == ""


def test_the_first_reason_stays() -> None:
    again = KILLED.killed(reason="fire", actor="bob", ts_ns=8)

    assert again.sentence == "killed by anna: smoke"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_kill_without_a_reason_kills(reason: str) -> None:
    assert KillLatch().killed(reason=reason, actor="file", ts_ns=0).is_killed


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_release_without_a_reason_releases_nothing(reason: str) -> None:
    with pytest.raises(DomainError, match="needs a reason"):
        KILLED.released(reason=reason)


def test_a_release_with_a_reason_releases() -> None:
    assert not KILLED.released(reason="fan replaced").is_killed


def test_there_is_nothing_to_release_twice() -> None:
    with pytest.raises(DomainError, match="nothing is killed"):
        KillLatch().released(reason="again")
