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
