"""What the venues call the coins."""

import pytest

from polybot.domain.asset import Asset


@pytest.mark.parametrize(
    ("asset", "symbol", "long_name"),
    [
        (Asset.BTC, "BTCUSDT", "bitcoin"),
        (Asset.ETH, "ETHUSDT", "ethereum"),
        (Asset.SOL, "SOLUSDT", "solana"),
        (Asset.XRP, "XRPUSDT", "xrp"),
    ],
)
def test_a_coin_has_a_pair_and_a_long_name(asset: Asset, symbol: str, long_name: str) -> None:
    assert (asset.binance_symbol, asset.long_name) == (symbol, long_name)


@pytest.mark.parametrize(
    ("asset", "step"),
    [
        pytest.param(Asset.BTC, 0.01, id="btc"),
        pytest.param(Asset.SOL, 0.01, id="sol"),
        pytest.param(Asset.XRP, 0.0001, id="xrp"),
    ],
)
def test_spot_moves_in_the_steps_of_its_pair(asset: Asset, step: float) -> None:
    assert asset.spot_step == step
