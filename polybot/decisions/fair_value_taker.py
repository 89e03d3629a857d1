"""Buy the token whose ask lies below fair value by more than fees and a margin."""

from dataclasses import dataclass

import msgspec

from polybot.decisions.forecast import ForecastParams, forecast
from polybot.decisions.intents import Skip, Take
from polybot.decisions.limits import TimeGate
from polybot.decisions.purchase import purchase
from polybot.decisions.view import View
from polybot.domain.outcome import Outcome
from polybot.pricing.bounds import Positive, Share
from polybot.pricing.edge import could_pay


class FairValueTakerParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When the fair-value taker buys, and how much."""

    min_edge: Share = 0.005
    """pUSD per share after fees, at the price that the size really pays."""
    stake_pusd: Positive = 5.0
    """What one purchase may cost at its limit, fees included."""
    time_gate: TimeGate = TimeGate()
    max_spot_age_s: Positive = 3.0
    max_basis_age_s: Positive = 30.0
    max_book_age_s: Positive = 30.0
    forecast: ForecastParams = ForecastParams()


DEFAULT = FairValueTakerParams()


@dataclass(frozen=True, slots=True)
class FairValueTaker:
    """The decider: its params, and the three questions a shell asks."""

    params: FairValueTakerParams = DEFAULT

    def worth_a_look(self, view: View) -> bool:
        """Whether ``decide`` could take; it needs only the best price of each book."""
        if _hold(view, self.params):
            return False
        up = self.forecast(view)
        return any(_touch_could_pay(view, *side, self.params) for side in _sides(up))

    def decide(self, view: View) -> Take | Skip:
        """The better purchase when its edge suffices, else why not."""
        return decide(view, self.params)

    def forecast(self, view: View) -> float:
        """The probability that the window settles up."""
        return forecast(view, self.params.forecast)


def decide(view: View, params: FairValueTakerParams = DEFAULT) -> Take | Skip:
    """The better of buying up and buying down when its edge suffices, else why not."""
    reason = _hold(view, params)
    if reason:
        return Skip(reason)
    up = forecast(view, params.forecast)
    answers = [
        purchase(view, outcome, fair=fair, min_edge=params.min_edge, stake_pusd=params.stake_pusd)
        for outcome, fair in _sides(up)
        if _touch_could_pay(view, outcome, fair, params)
    ]
    takes = [answer for answer in answers if isinstance(answer, Take)]
    if takes:
        return max(takes, key=lambda take: take.edge)
    return answers[0] if answers else Skip(f"no ask pays at a fair value of up of {up:.4f}")


def _sides(up: float) -> tuple[tuple[Outcome, float], tuple[Outcome, float]]:
    return (Outcome.UP, up), (Outcome.DOWN, 1 - up)


def _hold(view: View, params: FairValueTakerParams) -> str:
    """Why nothing may be bought whatever the prices, or an empty string."""
    if view.open_sides:
        return "a position in this window is open already"
    fewest, most = params.time_gate.bounds(view.window.series.length)
    if not fewest <= view.seconds_left <= most:
        return f"{view.seconds_left:.1f} s left is outside {fewest:g} to {most:g} s"
    if view.spot_age_s > params.max_spot_age_s:
        return f"spot is {view.spot_age_s:.1f} s old, over {params.max_spot_age_s:g} s"
    if view.basis_age_s > params.max_basis_age_s:
        return f"the basis is {view.basis_age_s:.1f} s old, over {params.max_basis_age_s:g} s"
    if view.book_age_s > params.max_book_age_s:
        return f"a book is {view.book_age_s:.1f} s old, over {params.max_book_age_s:g} s"
    return ""


def _touch_could_pay(
    view: View, outcome: Outcome, fair: float, params: FairValueTakerParams
) -> bool:
    ask = view.book(outcome).best_ask
    return ask is not None and could_pay(
        fair, ask.price_e4, view.rules.fee, min_edge=params.min_edge
    )
