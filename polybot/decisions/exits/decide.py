"""What to do with a position now: sell some of it, or hold, with the reason."""

from dataclasses import dataclass
from typing import NamedTuple

from polybot.decisions.exits.due import Due, due
from polybot.decisions.exits.params import DEFAULT, ExitParams
from polybot.decisions.exits.phase import Phase
from polybot.decisions.exits.position import Position
from polybot.decisions.intents import Hold, Sell
from polybot.decisions.limits import slippage_allowed_e4
from polybot.domain.book import Book
from polybot.domain.money import MICRO, PRICE_SCALE, cost_micro, pusd
from polybot.domain.rulebook.rules import Rules
from polybot.domain.series import NS
from polybot.domain.tick import round_size_down

# Prices are compared in floats; this far apart they are the same.
_SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """What an exit looks at; ``book`` is the held token's, ``fair`` its fair value if known."""

    now_ns: int
    spot: float
    book: Book
    rules: Rules
    fair: float | None


def decide(position: Position, market: Market, params: ExitParams = DEFAULT) -> Sell | Hold:
    """The sale that is due, possible and worth its cost, else why nothing is sold."""
    reason = _waits(position, market, params)
    if reason:
        return Hold(reason)
    wanted = due(position, market.spot, params)
    if wanted is None:
        return Hold(f"nothing is due at {position.r_multiple(market.spot):+.2f} R")
    return _sale(position, market, wanted, params)


def _waits(position: Position, market: Market, params: ExitParams) -> str:
    """Why nothing can be sold whatever spot did, or an empty string."""
    if position.phase is not Phase.OPEN:
        return _PHASES[position.phase]
    if round_size_down(position.held_micro) == 0:
        return "what is held is dust: it resolves"
    if market.now_ns < position.settled_ns:
        wait_s = (position.settled_ns - market.now_ns) / NS
        return f"the tokens bought last settle in {wait_s:.1f} s"
    left_s = position.window.seconds_left(market.now_ns)
    if left_s <= market.rules.taker_hold_ms / 1_000 + params.latency_s:
        return f"{max(0.0, left_s):.1f} s left: a sale would not be matched in time"
    return ""


_PHASES = {
    Phase.PENDING: "nothing is bought yet",
    Phase.CLOSING: "a sale is out",
    Phase.CLOSED: "the position is closed",
}


class _Bids(NamedTuple):
    size_micro: int
    proceeds_micro: int
    worst_e4: int


def _sale(position: Position, market: Market, wanted: Due, params: ExitParams) -> Sell | Hold:
    if not market.book.bids:
        return Hold(f"{wanted.part}: nobody bids")
    if market.fair is None and not wanted.protects:
        return Hold(f"{wanted.part}: without a fair value no profit is taken")
    give_up = params.stop_give_up if wanted.protects else params.profit_give_up
    least = None if market.fair is None else market.fair - give_up
    bids = _bids(market, round_size_down(wanted.shares_micro), least)
    if bids.size_micro == 0:
        return Hold(f"{wanted.part}: {_not_worth_it(market, wanted, give_up)}")
    if bids.proceeds_micro < market.rules.min_marketable_micro_pusd:
        return Hold(
            f"{wanted.part}: {bids.size_micro / MICRO:g} shares for {pusd(bids.proceeds_micro)} "
            "are below the minimum: they join the next part, or resolve"
        )
    return Sell(
        window=position.window,
        outcome=position.outcome,
        shares_micro=bids.size_micro,
        limit_e4=bids.worst_e4,
        reason=f"{wanted.why}, {position.r_multiple(market.spot):+.2f} R",
        part=wanted.part,
    )


def _bids(market: Market, wanted_micro: int, least: float | None) -> _Bids:
    """The bids that pay at least ``least`` a share after the fee, for at most ``wanted_micro``.

    What lies beyond the slippage allowed is left for the next decision.
    """
    size, worst, best_e4 = 0, 0, market.book.bids[0].price_e4
    deepest_e4 = best_e4 - slippage_allowed_e4(market.rules, best_e4)
    for level in market.book.bids:
        net = _net(market, level.price_e4)
        if size >= wanted_micro or level.price_e4 < deepest_e4:
            break
        if least is not None and net < least - _SAME:
            break
        size, worst = min(wanted_micro, size + level.size_micro), level.price_e4
    size = round_size_down(size)
    return _Bids(size, _proceeds_micro(market.book, size), worst)


def _proceeds_micro(book: Book, size_micro: int) -> int:
    left, proceeds = size_micro, 0
    for level in book.bids:
        taken = min(left, level.size_micro)
        proceeds += cost_micro(level.price_e4, taken)
        left -= taken
        if left == 0:
            break
    return proceeds


def _net(market: Market, price_e4: int) -> float:
    price = price_e4 / PRICE_SCALE
    return price - market.rules.fee.per_share(price)


def _not_worth_it(market: Market, wanted: Due, give_up: float) -> str:
    if round_size_down(wanted.shares_micro) == 0:
        return "less than 0.01 share: it joins the next part, or resolves"
    if market.fair is None:
        return "less than 0.01 share is bid for"
    net = _net(market, market.book.bids[0].price_e4)
    return (
        f"the best bid pays {net:.4f} after the fee and holding is worth {market.fair:.4f}: "
        f"over {give_up:g} too little, held"
    )
