"""A memo is a dict that fills itself and stays bounded."""

import pytest

from polybot.errors import DecodeError
from polybot.wire.memo import Memo


def test_a_value_is_made_once_a_key() -> None:
    made: list[str] = []
    memo = Memo[str, int](lambda key: made.append(key) or len(key), most=4)

    assert [memo["abc"], memo["abc"]] == [3, 3]
    assert made == ["abc"]


def test_a_full_memo_forgets_and_goes_on() -> None:
    memo = Memo[int, int](lambda key: key * 2, most=3)

    assert [memo[key] for key in range(10)] == [key * 2 for key in range(10)]
    assert len(memo) <= 3


def test_a_key_that_cannot_be_made_raises_each_time_and_is_not_kept() -> None:
    def refuse(key: str) -> int:
        raise DecodeError(key)

    memo = Memo[str, int](refuse, most=3)
    for _ in range(2):
        with pytest.raises(DecodeError):
            memo["x"]
    assert not memo
