import pytest

from benchmarks.seeds.plan import Terms, seeds_of, trials
from polybot.errors import ConfigError
from polybot.simulation.crews import Crew

TERMS = Terms()


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        pytest.param("7", (7,), id="one"),
        pytest.param("1..3", (1, 2, 3), id="range"),
        pytest.param("1-3", (1, 2, 3), id="range with a dash"),
        pytest.param("9, 1..2", (9, 1, 2), id="both"),
        pytest.param("2,1..3", (2, 1, 3), id="none twice"),
    ],
)
def test_seeds_are_chosen_by_the_reader(text: str, seeds: tuple[int, ...]) -> None:
    assert seeds_of(text) == seeds


@pytest.mark.parametrize("text", ["", "a", "3..1", "1..", "-1", "1..9999999"])
def test_what_is_no_range_of_seeds_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        seeds_of(text)


def test_every_market_is_tried_at_every_seed() -> None:
    asked = trials(
        TERMS, markets=[Crew.FAST, Crew.SLOW], seeds=(1, 2), latency_seeds=(), extra_ms=(0,)
    )

    assert [(trial.seed, trial.makers) for trial in asked] == [
        (1, Crew.FAST),
        (1, Crew.SLOW),
        (2, Crew.FAST),
        (2, Crew.SLOW),
    ]


def test_only_slow_markets_are_traded_late() -> None:
    asked = trials(
        TERMS, markets=[Crew.FAST, Crew.SLOW], seeds=(1,), latency_seeds=(1,), extra_ms=(500,)
    )

    assert [trial.extra_ms for trial in asked] == [(0,), (0, 500)]


def test_a_seed_may_be_traded_late_only() -> None:
    asked = trials(
        TERMS, markets=[Crew.FAST, Crew.SLOW], seeds=(1,), latency_seeds=(9,), extra_ms=(50,)
    )

    assert [(trial.seed, trial.makers) for trial in asked][2:] == [(9, Crew.SLOW)]


def test_other_code_has_another_key() -> None:
    assert Terms(code="a").key != Terms(code="b").key
