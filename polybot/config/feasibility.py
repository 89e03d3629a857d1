"""What the limits mean for a purchase: which are possible, what binds first, what losses use up."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from polybot.config.limits import limit
from polybot.config.risk import Risk
from polybot.domain.asset import Asset
from polybot.domain.money import MICRO, PRICE_SCALE, cost_micro, micro, pusd
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.rulebook.rules import Rules
from polybot.domain.series import Length, Series
from polybot.domain.tick import SIZE_STEP_MICRO

_STAKES = ("per_trade", "loss_per_trade", "per_window", "total_exposure")
_LOSSES = ("breaker_loss", "loss_per_hour", "loss_per_day", "loss_per_week", "loss_per_month")
_NEWEST_NS = 2**62
_MOST_LOSSES = 1_000


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit by its setting, and after how many trades it says no; None is never."""

    setting: str
    trades: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasibility:
    """Amounts are micro-pUSD at one account; price ranges are lowest and highest, None for none."""

    account_micro: int
    stake_micro: int
    """What a purchase of the configured stake puts in, after its caps."""
    cap_micro: int
    cap_setting: str
    """The largest stake that may leave, and the setting that says so."""
    taking_e4: tuple[int, int] | None
    """Prices at which the configured stake is enough for an order that takes."""
    resting_e4: tuple[int, int] | None
    """Prices at which it is enough for one that rests."""
    binding: tuple[Bound, ...]
    """After how many such purchases at once each limit refuses the next, the first first."""
    exhausting: tuple[Bound, ...]
    """After how many such losses in a row each limit halts."""

    @property
    def is_possible(self) -> bool:
        """Whether any order could leave."""
        return self.taking_e4 is not None or self.resting_e4 is not None


def feasibility(risk: Risk, account_pusd: Decimal, rules: Rules | None = None) -> Feasibility:
    """What ``risk`` allows at this account, by the venue's ``rules`` (the newest known)."""
    rules = rules or Rulebook.standard().at(Series(Asset.BTC, Length.M5), _NEWEST_NS)
    account = micro(account_pusd)
    cap, setting = _cap(risk, account)
    stake = _stake(risk, account)
    return Feasibility(
        account_micro=account,
        stake_micro=stake,
        cap_micro=cap,
        cap_setting=setting,
        taking_e4=_prices(stake, rules, rests=False),
        resting_e4=_prices(stake, rules, rests=True),
        binding=tuple(sorted(_binding(risk, account, stake), key=_first)),
        exhausting=tuple(sorted(_exhausting(risk, account), key=_first)),
    )


def sentences(found: Feasibility) -> list[str]:
    """The same for a person."""
    account, stake = _short(found.account_micro), _short(found.stake_micro)
    told = [
        f"a purchase puts in {stake} of {account} pUSD; {_most(found)}",
        f"that takes at {_range(found.taking_e4)}, and rests at {_range(found.resting_e4)}",
    ]
    bounds = [f"{bound.setting} after {bound.trades}" for bound in found.binding]
    told.append(f"first to refuse one more such purchase: {', then '.join(bounds)}")
    losses = [f"{bound.setting} after {bound.trades}" for bound in found.exhausting]
    told.append(f"such losses in a row that halt: {', '.join(losses) or 'none do'}")
    return told


def _most(found: Feasibility) -> str:
    return f"the largest allowed is {_short(found.cap_micro)} ({found.cap_setting})"


def _stake(risk: Risk, account_micro: int) -> int:
    base = limit(risk, "base_stake").at_micro(account_micro)
    cap, _ = _cap(risk, account_micro)
    return cap if base is None else min(base, cap)


def _cap(risk: Risk, account_micro: int) -> tuple[int, str]:
    """The largest stake that any limit allows, and which one that is."""
    least = risk.minimum_balance_pusd
    spendable = account_micro if least is None else account_micro - micro(least)
    caps = [(max(spendable, 0), "the account" if least is None else "risk.minimum_balance_pusd")]
    if risk.limits == "on":
        found = ((limit(risk, name).at_micro(account_micro), f"risk.{name}") for name in _STAKES)
        caps += [(amount, name) for amount, name in found if amount is not None]
        if risk.position_share_percent is not None:
            share = int(account_micro * risk.position_share_percent / 100)
            caps.append((share, "risk.position_share_percent"))
    return min(caps)


def _prices(stake_micro: int, rules: Rules, *, rests: bool) -> tuple[int, int] | None:
    """Lowest and highest price on the grid at which the stake meets the venue's minimum."""
    grid = (price for price in range(1, PRICE_SCALE) if price % rules.tick_at(price) == 0)
    fitting = [price for price in grid if _least(price, rules, rests=rests) <= stake_micro]
    return (fitting[0], fitting[-1]) if fitting else None


def _least(price_e4: int, rules: Rules, *, rests: bool) -> int:
    """What the smallest order at a price puts in; one that rests may come to take."""
    shares = rules.min_resting_micro_shares
    if not rests:
        wanted = -(-rules.min_marketable_micro_pusd * PRICE_SCALE // price_e4)
        shares = -(-wanted // SIZE_STEP_MICRO) * SIZE_STEP_MICRO
    return cost_micro(price_e4, shares) + rules.fee.fee_micro(price_e4, shares)


def _binding(risk: Risk, account_micro: int, stake_micro: int) -> Iterator[Bound]:
    if risk.limits == "on":
        yield Bound("risk.positions_per_asset", risk.positions_per_asset)
        yield Bound("risk.positions", risk.positions)
        yield Bound("risk.open_orders", risk.open_orders)
        yield Bound("risk.throttle.orders_per_second", risk.throttle.orders_per_second)
        yield Bound("risk.trades_per_hour", risk.trades_per_hour)
        for name in ("per_window", "total_exposure"):
            most = limit(risk, name).at_micro(account_micro)
            if most is not None and stake_micro:
                yield Bound(f"risk.{name}", most // stake_micro)
    if stake_micro:
        yield Bound("the account", account_micro // stake_micro)


def _exhausting(risk: Risk, account_micro: int) -> Iterator[Bound]:
    if risk.limits == "off":
        return
    losses = list(_losing(risk, account_micro))
    yield Bound("risk.consecutive_losses", risk.consecutive_losses)
    for name in _LOSSES:
        most = limit(risk, name).at_micro(account_micro)
        if most is not None:
            yield Bound(f"risk.{name}", _count(losses, most))
    for name in ("drawdown_stop_percent", "emergency_stop_percent"):
        share = round(getattr(risk, name) * 10_000)
        yield Bound(f"risk.{name}", _count(losses, -(-account_micro * share // MICRO)))


def _losing(risk: Risk, account_micro: int) -> Iterator[int]:
    """What is lost in all after one, two, three purchases that lose all of their stake."""
    left = account_micro
    for _ in range(_MOST_LOSSES):
        left -= _stake(risk, left)
        yield account_micro - left


def _count(losses: list[int], most_micro: int) -> int | None:
    return next((number for number, lost in enumerate(losses, 1) if lost >= most_micro), None)


def _first(bound: Bound) -> tuple[int, str]:
    return (_MOST_LOSSES + 1 if bound.trades is None else bound.trades, bound.setting)


def _short(amount_micro: int) -> str:
    return pusd(amount_micro).rstrip("0").rstrip(".")


def _range(prices_e4: tuple[int, int] | None) -> str:
    if prices_e4 is None:
        return "no price"
    lowest, highest = (price / PRICE_SCALE for price in prices_e4)
    return f"prices from {lowest:g} to {highest:g}"
