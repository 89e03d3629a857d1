"""Names of runs."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from polybot.seam.ids import run_id

INSTANTS = st.integers(0, 4_102_444_800 * 10**9)
MS = 1_000_000


def test_the_name_is_the_instant_in_utc_and_a_suffix() -> None:
    name = run_id(1_786_104_000_123_456_789, random.Random(1))

    assert re.fullmatch(r"20260807-120000123-[0-9a-z]{8}", name)


@given(INSTANTS, st.integers())
def test_the_same_instant_and_entropy_give_the_same_name(now_ns: int, seed: int) -> None:
    assert run_id(now_ns, random.Random(seed)) == run_id(now_ns, random.Random(seed))


@given(INSTANTS, INSTANTS)
def test_names_sort_by_time(one_ns: int, other_ns: int) -> None:
    first, second = sorted((one_ns // MS, other_ns // MS))
    entropy = random.Random(1)
    names = [run_id(ms * MS, entropy) for ms in (first, second)]

    assert first == second or names == sorted(names)


def test_names_of_one_instant_differ() -> None:
    entropy = random.Random(1)

    assert len({run_id(0, entropy) for _ in range(1_000)}) == 1_000
