"""A small world for the trader: windows that start together, votes, orders and their fills.

Everything begins at ``START_NS``, where a 15m candle has just closed; times are seconds after it.
"""

from dataclasses import replace
from typing import Any

from polybot.decisions.intents import Sell, Skip, Take
from polybot.decisions.sizing import Funds
from polybot.decisions.stance import Stance
from polybot.decisions.trader import Trader, TraderParams, Wanted
from polybot.decisions.view import View
from polybot.domain.asset import Asset
from polybot.domain.book import Book, Level
from polybot.domain.money import MICRO
from polybot.domain.outcome import Outcome
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS, Length, Series, Window
from polybot.signals.technical import Technical
from tests.decisions.members.worlds import rising
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import NOW_NS, a_ballot, a_cast

START_NS = NOW_NS
STRIKE = 100_000.0
FUNDS = Funds(
    equity_micro=1_000 * MICRO,
    cash_micro=1_000 * MICRO,
    base_micro=20 * MICRO,
    cap_micro=30 * MICRO,
)
RULEBOOK = Rulebook.standard()


def at(seconds: float) -> int:
    return START_NS + round(seconds * NS)


def a_window(asset: Asset = Asset.BTC, length: Length = Length.M15) -> Window:
    return Window(Series(asset, length), START_NS)


def a_view(
    at_s: float = 300.0,
    *,
    window: Window | None = None,
    lead: float = 0.0,
    ask: float = 0.51,
    spread: float = 0.01,
    shares: float = 1_000,
) -> View:
    """Spot is ``lead`` dollars above the strike; ``ask`` is that of up, down is its mirror."""
    window = window or a_window()
    now_ns, spot = at(at_s), STRIKE + lead
    up = Book(bids=(_level(ask - spread, shares),), asks=(_level(ask, shares),))
    rules = RULEBOOK.at(window.series, window.start_ns)
    left_s = window.seconds_left(now_ns)
    return View(
        now_ns=now_ns,
        window=window,
        rules=rules,
        seconds_left=left_s,
        strike=STRIKE,
        spot=spot,
        spot_age_s=0.1,
        volatility=5e-5,
        basis=0.0,
        noise=1.0,
        basis_age_s=1.0,
        averaged=spot if left_s < rules.settlement.averaging_s else None,
        up=up,
        down=up.mirror,
        book_age_s=0.1,
        open_sides=frozenset(),
        cash_micro=FUNDS.cash_micro,
        spot_grid=0.0,
    )


def votes(side: Stance, asset: Asset = Asset.BTC, *, steps: int = 0) -> Technical:
    """What makes nearly every member vote for ``side`` on the candle ``steps`` after the first."""
    shift_ns = steps * 900 * NS
    plain = rising() if side is Stance.LONG else mirrored(rising())
    m1, m5, m15 = (
        replace(
            frame,
            candles=tuple(
                replace(each, start_ns=each.start_ns + shift_ns) for each in frame.candles
            ),
        )
        for frame in (plain.m1, plain.m5, plain.m15)
    )
    return replace(plain, asset=asset, now_ns=plain.now_ns + shift_ns, m1=m1, m5=m5, m15=m15)


def a_trader(
    side: Stance | None = None, *, confidence: float | None = None, **params: Any
) -> Trader:
    """A trader of BTC who has heard the members, or has a ballot of just this ``confidence``."""
    trader = Trader(TraderParams(**params))
    if side is not None:
        trader.voted(votes(side))
    if side is not None and confidence is not None:
        cast = a_cast(side, confidence)
        trader.ensemble.ballots[Asset.BTC] = a_ballot(cast, side=side, confidence=confidence)
    return trader


def wants(trader: Trader, *views: View) -> list[Take | Skip]:
    return [wanted.take for wanted in trader.enter(views, FUNDS)]


def orders(trader: Trader, view: View) -> Take:
    """The purchase that the trader wants in ``view`` has left."""
    [wanted] = trader.enter([view], FUNDS)
    return sends(trader, wanted)


def sends(trader: Trader, wanted: Wanted) -> Take:
    assert isinstance(wanted.take, Take), wanted.take.reason
    trader.bought(wanted, wanted.take)
    return wanted.take


def buys(trader: Trader, view: View, *, seconds: float = 1.0) -> Take:
    """The same, and it filled in full at its limit after so long."""
    take = orders(trader, view)
    fills(trader, take, ts_ns=view.now_ns + round(seconds * NS))
    return take


def fills(
    trader: Trader, order: Take | Sell, *, ts_ns: int, shares_micro: int | None = None
) -> Any:
    """A fill at the limit, in full unless ``shares_micro`` says otherwise, without a fee."""
    shares = order.shares_micro if shares_micro is None else shares_micro
    return trader.filled(
        order.window.slug,
        is_buy=isinstance(order, Take),
        shares_micro=shares,
        money_micro=shares * order.limit_e4 // 10_000,
        ts_ns=ts_ns,
    )


def ends(trader: Trader, order: Take | Sell, *, ts_ns: int = START_NS) -> None:
    trader.ended(order.window.slug, is_buy=isinstance(order, Take), ts_ns=ts_ns)


def sells(trader: Trader, view: View) -> Sell:
    """The sale that the trader wants in ``view`` has left."""
    answer = trader.leave(view)
    assert isinstance(answer, Sell), answer.reason
    trader.selling(answer)
    return answer


def resolves(
    trader: Trader, window: Window, outcome: Outcome | None, *, after_s: float = 30
) -> Any:
    now_ns = window.end_ns + round(after_s * NS)
    return trader.resolved(window.slug, outcome, now_ns=now_ns)


def _level(price: float, shares: float) -> Level:
    return Level(round(price * 10_000), round(shares * MICRO))
