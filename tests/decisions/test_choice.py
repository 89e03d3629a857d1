from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.decisions.choice import Candidate, ChoiceParams, choose
from polybot.domain.asset import Asset
from polybot.domain.series import Length, Series

ALL = ChoiceParams(priority=(Asset.BTC, Asset.SOL, Asset.ETH, Asset.XRP))


def a_candidate(
    asset: Asset = Asset.BTC,
    length: Length = Length.M15,
    *,
    confidence: float = 90.0,
    profit: float = 1.0,
    refusal: str = "",
) -> Candidate:
    return Candidate(
        series=Series(asset, length), confidence=confidence, profit_pusd=profit, refusal=refusal
    )


CANDIDATES = st.lists(
    st.builds(
        a_candidate,
        st.sampled_from(Asset),
        st.sampled_from([Length.M5, Length.M15]),
        confidence=st.floats(0, 100),
        profit=st.floats(-5, 5),
        refusal=st.sampled_from(["", "", "the table says skip"]),
    ),
    max_size=8,
)


def test_btc_goes_first() -> None:
    sol, btc = a_candidate(Asset.SOL, confidence=88.0), a_candidate(Asset.BTC, confidence=66.0)

    assert choose([sol, btc], []) == [
        "btc goes first and has a position: sol needs a confidence over 88, has 88.0",
        "",
    ]


def test_sol_is_entered_when_btc_has_no_position() -> None:
    assert choose([a_candidate(Asset.SOL, confidence=66.0)], []) == [""]


def test_sol_is_entered_beside_btc_when_it_is_surer_than_88() -> None:
    assert choose([a_candidate(Asset.SOL, confidence=88.1)], [Asset.BTC]) == [""]


def test_btc_may_join_sol_at_any_confidence_above_the_floor() -> None:
    assert choose([a_candidate(Asset.BTC, confidence=66.0)], [Asset.SOL]) == [""]


def test_an_asset_has_one_position_across_lengths() -> None:
    m5 = a_candidate(length=Length.M5)

    assert choose([m5], [Asset.BTC]) == ["btc has a position already, or enters another window now"]


@pytest.mark.parametrize(
    ("m15", "m5", "entered"),
    [(1.0, 1.1, Length.M5), (1.1, 1.0, Length.M15), (1.0, 1.0, Length.M15)],
    ids=["5m", "15m", "a tie is the longer one"],
)
def test_of_two_windows_of_an_asset_the_larger_profit_is_entered(
    m15: float, m5: float, entered: Length
) -> None:
    both = [a_candidate(length=Length.M5, profit=m5), a_candidate(length=Length.M15, profit=m15)]
    refusals = choose(both, [])

    assert [each.series.length for each, no in zip(both, refusals, strict=True) if not no] == [
        entered
    ]


def test_a_window_that_is_out_already_leaves_the_place_to_the_other() -> None:
    out = a_candidate(length=Length.M5, profit=9.0, refusal="the stake is too small")

    assert choose([out, a_candidate()], []) == ["the stake is too small", ""]


def test_there_are_two_positions_in_all() -> None:
    third = a_candidate(Asset.ETH, confidence=100.0)

    assert choose([third], [Asset.BTC, Asset.SOL], ALL) == ["2 of 2 positions are taken already"]


@pytest.mark.parametrize("asset", [Asset.ETH, Asset.XRP])
def test_eth_and_xrp_are_traded_when_they_are_given_a_priority(asset: Asset) -> None:
    assert choose([a_candidate(asset)], []) == [f"{asset} is not among the assets to trade"]
    assert choose([a_candidate(asset)], [], ALL) == [""]


def test_the_priority_is_a_setting() -> None:
    params = ChoiceParams(priority=(Asset.SOL, Asset.BTC))
    btc, sol = a_candidate(confidence=70.0), a_candidate(Asset.SOL, confidence=70.0)

    assert choose([btc, sol], [], params)[1] == ""
    assert choose([btc, sol], [], params)[0].startswith("sol goes first")


def test_nothing_is_entered_below_the_floor_of_confidence() -> None:
    assert choose([a_candidate(confidence=64.9)], []) == [
        "confidence 64.9 is below the floor of 65"
    ]


@given(candidates=CANDIDATES, held=st.sets(st.sampled_from(Asset)), most=st.integers(1, 4))
def test_never_two_positions_in_an_asset_nor_more_than_allowed(
    candidates: Sequence[Candidate], held: set[Asset], most: int
) -> None:
    params = ChoiceParams(priority=ALL.priority, positions=most)
    refusals = choose(candidates, held, params)
    entered = [each.series.asset for each, no in zip(candidates, refusals, strict=True) if not no]

    assert len(set(entered)) == len(entered)
    assert not held & set(entered)
    assert not entered or len(held) + len(entered) <= most


@given(candidates=CANDIDATES, held=st.sets(st.sampled_from(Asset)))
def test_sol_never_joins_btc_below_its_bar(
    candidates: Sequence[Candidate], held: set[Asset]
) -> None:
    refusals = choose(candidates, held)
    entered = [each for each, no in zip(candidates, refusals, strict=True) if not no]
    with_btc = Asset.BTC in held | {each.series.asset for each in entered}

    for each in entered:
        if each.series.asset is Asset.SOL and with_btc:
            assert each.confidence > 88
