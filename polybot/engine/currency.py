"""The money and the venues, as Nautilus names them."""

from nautilus_trader.model import Currency, CurrencyType, Venue

POLYMARKET = Venue("POLYMARKET")
BINANCE = Venue("BINANCE")

PUSD = Currency("pUSD", 6, 0, "Polymarket USD", CurrencyType.CRYPTO)
Currency.register(PUSD, overwrite=True)
