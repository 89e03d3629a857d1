import numpy as np
import pytest

from polybot.domain.asset import Asset
from polybot.domain.series import NS
from polybot.simulation.coins import COINS
from polybot.simulation.spot import SpotParams, SpotPath, spot_path


def a_path(asset: Asset = Asset.BTC, seconds: int = 3_600, **params: float) -> SpotPath:
    return spot_path(
        asset, params=SpotParams(**params), seed=1, start_ns=1_000 * NS, seconds=seconds
    )


def test_a_longer_path_begins_with_the_same_prices() -> None:
    short, long = a_path(seconds=600), a_path(seconds=1_200)

    assert (long.price[: len(short.price)] == short.price).all()


@pytest.mark.parametrize("asset", list(Asset), ids=str)
def test_calm_spot_moves_by_its_coins_volatility(asset: Asset) -> None:
    path = a_path(asset, volatility_spread=0.0, jumps_an_hour=0.0)
    moves = np.diff(np.log(path.price[::10]))

    # The standard error of a standard deviation of n draws is 1 / sqrt(2 n) of it.
    assert moves.std() == pytest.approx(COINS[asset].volatility, rel=4 / np.sqrt(2 * len(moves)))


def test_volatility_wanders() -> None:
    path = a_path(seconds=4 * 3_600)

    assert path.volatility.max() > 1.3 * path.volatility.min()


def test_jumps_hit_every_coin_in_the_same_instant() -> None:
    quiet = [a_path(asset, jumps_an_hour=0.0) for asset in (Asset.BTC, Asset.SOL)]
    jumpy = [a_path(asset, jumps_an_hour=20.0) for asset in (Asset.BTC, Asset.SOL)]

    times = [
        set(np.flatnonzero(np.abs(np.diff(np.log(after.price / before.price))) > 1e-9))
        for before, after in zip(quiet, jumpy, strict=True)
    ]

    assert times[0] == times[1]
    assert 5 < len(times[0]) < 45


def test_the_step_of_an_instant_is_the_last_one_before_it() -> None:
    assert a_path().index_at(1_000 * NS + 250_000_000) == 2
