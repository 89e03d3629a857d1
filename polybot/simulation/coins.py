"""What the simulated coins look like on the exchange, and how wildly they move."""

from dataclasses import dataclass

from polybot.domain.asset import Asset


@dataclass(frozen=True, slots=True)
class Coin:
    """One coin's grid and scale.

    ``volatility`` is the usual relative move in a second (1e-4 is one basis point), ``shared`` the
    part of its shocks (a correlation, 0..1) that it has in common with the other coins.
    """

    start_price: float
    price_decimals: int
    size_decimals: int
    usual_size: float
    volatility: float
    shared: float


COINS = {
    Asset.BTC: Coin(98_000.0, 2, 5, 0.004, 0.8e-4, 0.90),
    Asset.ETH: Coin(3_400.0, 2, 4, 0.08, 1.0e-4, 0.85),
    Asset.SOL: Coin(180.0, 2, 3, 2.0, 1.3e-4, 0.80),
    Asset.XRP: Coin(2.2, 4, 1, 150.0, 1.2e-4, 0.75),
}
