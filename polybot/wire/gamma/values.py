"""A market as the venue's catalogue (Gamma) describes it."""

import msgspec

from polybot.domain.outcome import Outcome

_NAMES = {Outcome.UP: "Up", Outcome.DOWN: "Down"}


class FeeTerms(msgspec.Struct, frozen=True, gc=False):
    """The market's own fee: rates in millionths, as stated by its feeSchedule."""

    rate_e6: int
    exponent: int
    taker_only: bool
    rebate_rate_e6: int


class CryptoTerms(msgspec.Struct, frozen=True, gc=False):
    """How a crypto window settles, as far as its cryptoMarketConfig says."""

    name: str
    asset: str
    duration: str
    twap_enabled: bool
    twap_lookback_s: int | None


class GammaMarket(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A market and its tokens. ``token_ids`` are those to trade: by ``version`` the right ones.

    ``listed_ns`` is when it was listed; a window runs from ``start_ns`` to ``end_ns``. Outcome
    prices are text. ``strike_e18`` and ``final_e18`` come from the event's metadata, through a
    float: good enough to show, not to decide a tie.
    """

    market_id: str
    slug: str
    condition_id: str
    version: str
    outcomes: tuple[str, ...]
    token_ids: tuple[str, ...]
    outcome_prices: tuple[str, ...] = ()
    listed_ns: int | None = None
    start_ns: int | None = None
    end_ns: int | None = None
    closed_ns: int | None = None
    active: bool = False
    closed: bool = False
    accepting_orders: bool = False
    neg_risk: bool = False
    tick_e4: int | None = None
    min_size_micro: int | None = None
    fees_enabled: bool | None = None
    fee_type: str = ""
    fee: FeeTerms | None = None
    crypto: CryptoTerms | None = None
    resolution_source: str = ""
    seconds_delay: int | None = None
    series_slug: str = ""
    strike_e18: int | None = None
    final_e18: int | None = None

    def token_of(self, outcome: Outcome) -> str | None:
        """The token that pays on ``outcome``; None when the market is not an up/down one."""
        name = _NAMES[outcome]
        return self.token_ids[self.outcomes.index(name)] if name in self.outcomes else None

    @property
    def winner(self) -> Outcome | None:
        """The outcome that was paid; None while it is open and after a half-half payout."""
        if not self.closed:
            return None
        # Until a market is closed, a price of exactly 1 is only a price.
        paid = [
            name
            for name, price in zip(self.outcomes, self.outcome_prices, strict=False)
            if price == "1"
        ]
        return next((outcome for outcome, name in _NAMES.items() if [name] == paid), None)
