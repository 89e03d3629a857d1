"""Settings that are impossible together, or that cannot mean what they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal
from urllib.parse import urlsplit

from msgspec import structs

from polybot.config.feasibility import feasibility
from polybot.config.limits import Limit, limit
from polybot.config.profiles import Mode
from polybot.config.risk import Risk
from polybot.config.settings import Settings, Venue
from polybot.domain.series import Length
from polybot.errors import ConfigError

# The venue's minimums: 1 pUSD for a marketable order, 5 shares for a resting one.
_MARKETABLE_PUSD = Decimal(1)
_RESTING_SHARES = 5
_LOWEST_PRICE = Decimal("0.01")

_STAKES = ("per_trade", "per_window", "total_exposure")
_LOSSES = ("loss_per_hour", "loss_per_day", "loss_per_week", "loss_per_month")
_HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about settings, and whether it forbids to start."""

    level: Literal["error", "warning"]
    sentence: str

    @property
    def is_error(self) -> bool:
        """Whether nothing may start."""
        return self.level == "error"


def findings(settings: Settings, *, mode: Mode, account_pusd: Decimal) -> list[Finding]:
    """Everything wrong or odd, errors first.

    Limits in percent are measured at ``account_pusd``: a backtest's starting balance, live the
    balance of the wallet.
    """
    risk = settings.risk
    found = [
        *_stakes(risk, account_pusd),
        *_minimums(risk, account_pusd),
        *_losses(risk, account_pusd),
        *_switched_off(risk, mode),
        *_market(risk),
        *_time_gate(risk),
        *_endpoints(settings.venue, mode),
    ]
    return sorted(found, key=lambda finding: not finding.is_error)


def require_possible(settings: Settings, *, mode: Mode, account_pusd: Decimal) -> list[Finding]:
    """The warnings; ConfigError with every error, one a line, when there is any."""
    found = findings(settings, mode=mode, account_pusd=account_pusd)
    errors = [finding.sentence for finding in found if finding.is_error]
    if errors:
        raise ConfigError("\n".join(errors))
    return found


def _error(sentence: str) -> Finding:
    return Finding("error", sentence)


def _warning(sentence: str) -> Finding:
    return Finding("warning", sentence)


def _stakes(risk: Risk, account: Decimal) -> Iterator[Finding]:
    for small, large in pairwise(limit(risk, name) for name in _STAKES):
        if _over(small, large, account):
            yield _error(f"{small} is over {large} at an account of {account} pUSD: lower it")
    base, cap = limit(risk, "base_stake"), limit(risk, "per_trade")
    if base.is_off:
        yield _error("risk.base_stake_pusd and risk.base_stake_percent are both off: set one")
    if _over(base, cap, account):
        yield _warning(f"{base} is over {cap} at {account} pUSD: every stake is cut to the cap")
    if risk.positions_per_asset > risk.positions:
        yield _error(
            f"risk.positions_per_asset ({risk.positions_per_asset}) is over "
            f"risk.positions ({risk.positions}): lower it"
        )


def _minimums(risk: Risk, account: Decimal) -> Iterator[Finding]:
    if risk.minimum_balance_pusd is not None and risk.minimum_balance_pusd >= account:
        yield _error(
            f"risk.minimum_balance_pusd ({risk.minimum_balance_pusd}) is not below the account "
            f"({account} pUSD): no trade would be allowed"
        )
    if not feasibility(risk, account).is_possible:
        yield _error(
            f"at {account} pUSD no order is possible: the limits allow less than the venue's "
            "minimum at every price; polybot config show lists them"
        )
    cap, base = (limit(risk, name).at(account) for name in ("per_trade", "base_stake"))
    if cap is not None and cap < _MARKETABLE_PUSD:
        yield _error(
            f"{limit(risk, 'per_trade')} is {cap.normalize():f} pUSD at {account} pUSD: the venue "
            f"takes no marketable order below {_MARKETABLE_PUSD} pUSD, so none could be sent"
        )
    elif base is not None and base < _MARKETABLE_PUSD:
        yield _warning(
            f"{limit(risk, 'base_stake')} is {base.normalize():f} pUSD at {account} pUSD: below "
            f"the venue's {_MARKETABLE_PUSD} pUSD for a marketable order unless scaled up"
        )
    if cap is not None and _LOWEST_PRICE * _RESTING_SHARES <= cap < _RESTING_SHARES:
        yield _warning(
            f"{limit(risk, 'per_trade')} is {cap.normalize():f} pUSD at {account} pUSD: a resting "
            f"order needs {_RESTING_SHARES} shares, possible up to a price of "
            f"{cap / _RESTING_SHARES:.2f}"
        )


def _losses(risk: Risk, account: Decimal) -> Iterator[Finding]:
    if risk.drawdown_stop_percent >= risk.emergency_stop_percent:
        yield _error(
            f"risk.drawdown_stop_percent ({risk.drawdown_stop_percent:g}) must be below "
            f"risk.emergency_stop_percent ({risk.emergency_stop_percent:g})"
        )
    limits = [limit(risk, name) for name in ("breaker_loss", *_LOSSES)]
    for small, large in pairwise(each for each in limits if not each.is_off):
        if _over(small, large, account):
            yield _warning(f"{small} never binds: {large} comes first at {account} pUSD")


def _switched_off(risk: Risk, mode: Mode) -> Iterator[Finding]:
    if risk.limits == "off":
        sentence = "risk.limits is off: only what the venue refuses is refused"
        yield (
            _error(f"{sentence}; live that is not allowed")
            if mode == "live"
            else _warning(sentence)
        )
    for name in (*_STAKES, "loss_per_day", "breaker_loss"):
        if limit(risk, name).is_off:
            sentence = f"risk.{name}_pusd and risk.{name}_percent are both off: nothing limits it"
            yield _error(f"{sentence} live") if mode == "live" else _warning(sentence)


def _market(risk: Risk) -> Iterator[Finding]:
    market = risk.market
    if market.spread_floor_ticks > market.spread_ceiling_ticks:
        yield _error("risk.market.spread_floor_ticks is over risk.market.spread_ceiling_ticks")
    if market.slippage_floor_ticks > market.slippage_ceiling_ticks:
        yield _error("risk.market.slippage_floor_ticks is over risk.market.slippage_ceiling_ticks")
    if market.slippage_alert_percent > market.slippage_percent:
        yield _warning(
            f"risk.market.slippage_alert_percent ({market.slippage_alert_percent:g}) is over "
            f"risk.market.slippage_percent ({market.slippage_percent:g}): it never alerts"
        )


def _time_gate(risk: Risk) -> Iterator[Finding]:
    for name, length in zip(("m5", "m15", "h1", "h4"), Length, strict=True):
        gate, path = getattr(risk.time_gate, name), f"risk.time_gate.{name}"
        if gate.at_least_s >= gate.at_most_s:
            yield _error(
                f"{path}.at_least_s ({gate.at_least_s:g}) must be below at_most_s "
                f"({gate.at_most_s:g}): no window could be entered"
            )
        if gate.at_most_s > length.seconds:
            yield _warning(
                f"{path}.at_most_s ({gate.at_most_s:g}) is over the window's {length.seconds} s"
            )


def _endpoints(venue: Venue, mode: Mode) -> Iterator[Finding]:
    pinned = Venue()
    for field in structs.fields(Venue):
        url, default = getattr(venue, field.name), getattr(pinned, field.name)
        if url == default:
            continue
        # The value is not shown: it may hold a password.
        if _host(url) not in _HERE:
            yield _error(f"venue.{field.name} must be {default}, or on this machine")
        elif mode == "live":
            yield _warning(f"venue.{field.name} is on this machine: this is not the real venue")


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _over(small: Limit, large: Limit, account: Decimal) -> bool:
    one, other = small.at(account), large.at(account)
    return one is not None and other is not None and one > other
