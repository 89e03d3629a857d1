import pytest

from polybot.risk.cap import NO_CAP, Cap


@pytest.mark.parametrize(
    ("cap", "holds"),
    [
        pytest.param(NO_CAP, None, id="off"),
        pytest.param(Cap(5, None), 5, id="fixed"),
        pytest.param(Cap(None, 30_000), 29, id="share-rounded-down"),
        pytest.param(Cap(5, 30_000), 5, id="fixed-is-smaller"),
        pytest.param(Cap(50, 30_000), 29, id="share-is-smaller"),
    ],
)
def test_the_smaller_half_holds(cap: Cap, holds: int | None) -> None:
    assert cap.at(999) == holds
