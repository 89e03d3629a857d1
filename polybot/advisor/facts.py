"""The market, the rules' wish and the votes, as lines of a prompt."""

from polybot.advisor.text import number, quoted
from polybot.decisions.ballot import Ballot, Cast
from polybot.decisions.intents import Take
from polybot.decisions.view import View
from polybot.decisions.wanted import Wanted
from polybot.domain.book import Level
from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.domain.outcome import Outcome
from polybot.domain.series import NS

_LEVELS = 3
_MOST_VOTES = 16
_PER_ROOT_SECOND = "basis points per square root of a second"


def market_lines(view: View) -> list[str]:
    """One window at one instant: prices, their ages, both books."""
    series, settlement = view.window.series, view.rules.settlement
    away = (view.spot / view.strike - 1) * 1e4 if view.strike else None
    averaging = f", averaged over {settlement.averaging_s} s" if settlement.averaging_s else ""
    return [
        f"asset: {series.asset}, window: {series.length}, left: {number(view.seconds_left, 's')}",
        f"settles by: {settlement.source}{averaging}",
        f"strike: {_usd(view.strike)}",
        f"spot: {_usd(view.spot)}, {number(away, 'basis points')} from the strike",
        f"volatility: {number(view.volatility * 1e4, _PER_ROOT_SECOND, digits=4)}",
        f"basis (settlement price minus spot): {_usd(view.basis)}, stdev {_usd(view.noise)}",
        f"settlement average so far: {_usd(view.averaged)}",
        _ages_line(view),
        *(_book_line(view, outcome) for outcome in Outcome),
    ]


def wanted_lines(wanted: Wanted, take: Take) -> list[str]:
    """What the rules would buy, and why; not how much."""
    combined, fee = wanted.entry.combined, wanted.view.rules.fee
    return [
        f"the rules want to buy: {take.outcome}, best ask {number(take.ask, 'pUSD', digits=4)}",
        f"fair value: {number(take.fair, 'pUSD per share', digits=4)}",
        f"fee at that ask: {number(fee.per_share(take.ask), 'pUSD per share', digits=4)}",
        f"edge after fees: {number(take.edge, 'pUSD per share', digits=4)}",
        f"decision table: row {quoted(combined.row)}, confidence {_of_100(combined.confidence)}",
        f"arbitrage: {quoted(wanted.arbitrage.reason)}",
    ]


def vote_lines(ballot: Ballot | None, now_ns: int) -> list[str]:
    """The votes on the newest 15m candle."""
    if ballot is None:
        return ["vote: none yet"]
    age = number((now_ns - ballot.closed_ns) / NS, "s")
    return [
        f"vote: {ballot.side}, confidence {_of_100(ballot.confidence)}, cast {age} ago",
        *(_vote_line(cast) for cast in ballot.votes[:_MOST_VOTES]),
    ]


def _ages_line(view: View) -> str:
    ages = {"spot": view.spot_age_s, "basis": view.basis_age_s, "books": view.book_age_s}
    return "ages: " + ", ".join(f"{name} {number(age, 's')}" for name, age in ages.items())


def _vote_line(cast: Cast) -> str:
    vote = cast.vote
    return (
        f"- {quoted(cast.name, 40)}, weight {number(cast.weight)}: {vote.side}, "
        f"confidence {_of_100(vote.confidence)}: {quoted(vote.reason)}"
    )


def _book_line(view: View, outcome: Outcome) -> str:
    book = view.book(outcome)
    return f"{outcome} token: bids {_levels(book.bids)}; asks {_levels(book.asks)}"


def _levels(levels: tuple[Level, ...]) -> str:
    shown = [
        f"{number(level.size_micro / MICRO, 'shares')} at "
        f"{number(level.price_e4 / PRICE_SCALE, 'pUSD', digits=4)}"
        for level in levels[:_LEVELS]
    ]
    return ", ".join(shown) or "none"


def _of_100(confidence: float) -> str:
    return f"{number(confidence, digits=1)} of 100"


def _usd(value: float | None) -> str:
    return number(value, "USD", digits=6)
