"""Which coins polybot knows, and what the venues call them."""

from enum import StrEnum


class Asset(StrEnum):
    """A coin whose windows are traded."""

    BTC = "btc"
    ETH = "eth"
    SOL = "sol"
    XRP = "xrp"

    @property
    def binance_symbol(self) -> str:
        """The spot pair on Binance, upper case."""
        return f"{self.upper()}USDT"

    @property
    def spot_step(self) -> float:
        """The price step of the spot pair on Binance, in dollars."""
        return 0.0001 if self is Asset.XRP else 0.01

    @property
    def long_name(self) -> str:
        """The name in the slugs of hourly windows."""
        return _LONG_NAMES[self]


_LONG_NAMES = {
    Asset.BTC: "bitcoin",
    Asset.ETH: "ethereum",
    Asset.SOL: "solana",
    Asset.XRP: "xrp",
}
