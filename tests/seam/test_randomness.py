"""Named streams of randomness."""

from hypothesis import given
from hypothesis import strategies as st

from polybot.seam import randomness

# printf '1\0spot' | sha256sum
SHA256_OF_1_SPOT = "9be925ef1d7bae8f28464253aaeac1002cc5830e529e9c0aee9c30d6c96cf431"
SEEDS = st.integers(0, 2**63 - 1)


@given(SEEDS, st.text(max_size=20))
def test_a_stream_depends_on_its_seed_and_name_alone(seed: int, name: str) -> None:
    first = [randomness.stream(seed, name).random() for _ in range(2)]

    assert first[0] == first[1]


@given(SEEDS, SEEDS, st.text(max_size=9), st.text(max_size=9))
def test_other_seeds_and_names_give_other_streams(
    seed: int, other_seed: int, name: str, other_name: str
) -> None:
    one, other = (seed, name), (other_seed, other_name)

    assert (randomness.stream_seed(*one) == randomness.stream_seed(*other)) == (one == other)


def test_drawing_from_one_stream_leaves_the_other_as_it_was() -> None:
    busy, quiet = randomness.stream(1, "spot"), randomness.stream(1, "makers")
    for _ in range(100):
        busy.random()

    assert quiet.random() == randomness.stream(1, "makers").random()


def test_a_stream_is_the_same_in_every_process() -> None:
    assert f"{randomness.stream_seed(1, 'spot'):064x}" == SHA256_OF_1_SPOT


def test_the_systems_entropy_does_not_repeat() -> None:
    assert randomness.system().getrandbits(128) != randomness.system().getrandbits(128)
