"""The assets that feeds name, each in its own way."""

import pytest

from polybot.domain.asset import Asset
from polybot.wire.settlement_feed.prints import asset_of


@pytest.mark.parametrize("asset", Asset, ids=str)
@pytest.mark.parametrize("quote", ["/usd", "usd", "usdt", "/USD"])
def test_an_asset_is_known_under_each_of_its_symbols(asset: Asset, quote: str) -> None:
    assert asset_of(f"{asset}{quote}") is asset


@pytest.mark.parametrize("symbol", ["dogeusd", "aapl", "btc", "usd", "", "btceth", "xbtcusd"])
def test_another_symbol_is_none_of_our_assets(symbol: str) -> None:
    assert asset_of(symbol) is None
