"""How much to put in: the base stake times its factors, then the caps, then the minimum."""

from dataclasses import dataclass
from math import prod

from polybot.decisions.sizing_factors import Factor, SizingParams, factors_of
from polybot.domain.money import MICRO, PRICE_SCALE, cost_micro, pusd
from polybot.domain.rulebook.rules import Rules
from polybot.domain.session import Session
from polybot.domain.tick import round_size_down
from polybot.errors import DomainError
from polybot.signals.technical import Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """Micro-pUSD: the account, what of it is cash, and the limits of the risk settings."""

    equity_micro: int
    cash_micro: int
    base_micro: int
    cap_micro: int | None
    """The cap per trade; None is off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What is to be bought, and when.

    ``price_e4`` is what a share will cost without its fee, ``chance`` the token's fair value where
    a model vouches for it (None: no Kelly cap), ``wins`` the wins in a row.
    """

    confidence: float
    price_e4: int
    rules: Rules
    session: Session
    regime: Regime | None = None
    chance: float | None = None
    wins: int = 0
    rests: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.price_e4 < PRICE_SCALE:
            raise DomainError(
                f"`price_e4` must lie between 0 and {PRICE_SCALE}, was {self.price_e4!r}"
            )

    @property
    def cost(self) -> float:
        """What a share costs in pUSD, with the fee that it pays when it takes."""
        price, fee = self.price_e4 / PRICE_SCALE, self.rules.fee
        free = self.rests and fee.taker_only
        return price if free else price + fee.per_share(price)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What to put in, fees included, and how it came about; 0 says why in ``reason``."""

    stake_micro: int
    factors: tuple[Factor, ...]
    caps: tuple[tuple[str, int], ...]
    """Every cap in micro-pUSD, whether it bound or not."""
    reason: str


DEFAULT = SizingParams()


def size(occasion: Occasion, funds: Funds, params: SizingParams = DEFAULT) -> Stake:
    """The stake for ``occasion``: never over a cap, and 0 where the venue would refuse it."""
    factors = factors_of(
        confidence=occasion.confidence,
        regime=occasion.regime,
        session=occasion.session,
        wins=occasion.wins,
        params=params,
    )
    wanted = int(funds.base_micro * prod(factor.value for factor in factors))
    caps = _caps(occasion, funds, params)
    lowest = min(caps, key=lambda cap: cap[1])
    stake = max(0, min(wanted, lowest[1]))
    bound = f", capped by {lowest[0]}" if wanted > lowest[1] else ""
    product = " x ".join(f"{factor.name} {factor.value:.2f}" for factor in factors)
    reason = f"{pusd(funds.base_micro)} x {product}{bound}: {pusd(stake)} pUSD"
    refusal = _too_small(stake, occasion)
    return Stake(
        stake_micro=0 if refusal else stake,
        factors=factors,
        caps=caps,
        reason=f"{reason}, {refusal}" if refusal else reason,
    )


def kelly_share(chance: float, cost: float) -> float:
    """The share of the account that grows it fastest: ``(q - p) / (1 - p)``, never negative.

    ``cost`` p is what a share that pays 1 with probability ``chance`` q costs with its fee.
    """
    return max(0.0, (chance - cost) / (1 - cost)) if cost < 1 else 0.0


def _caps(occasion: Occasion, funds: Funds, params: SizingParams) -> tuple[tuple[str, int], ...]:
    caps = [("cash", funds.cash_micro)]
    if funds.cap_micro is not None:
        caps.append(("the cap per trade", funds.cap_micro))
    if params.kelly_fraction is not None and occasion.chance is not None:
        share = kelly_share(occasion.chance, occasion.cost) * params.kelly_fraction
        caps.append(("Kelly", int(funds.equity_micro * share)))
    return tuple(caps)


def _too_small(stake_micro: int, occasion: Occasion) -> str:
    """Why the venue would refuse what ``stake_micro`` buys, or an empty string."""
    rules = occasion.rules
    shares = round_size_down(int(stake_micro / occasion.cost))
    notional = cost_micro(occasion.price_e4, shares)
    if occasion.rests and shares < rules.min_resting_micro_shares:
        least = rules.min_resting_micro_shares / MICRO
        return f"which buys {shares / MICRO:g} shares: the minimum is {least:g}"
    if not occasion.rests and notional < rules.min_marketable_micro_pusd:
        least_pusd = pusd(rules.min_marketable_micro_pusd)
        return f"which buys for {pusd(notional)}: the minimum is {least_pusd}"
    return ""
