"""Forecasts at fixed distances from the end of each window, to be judged by its outcome."""

from collections.abc import Callable

from polybot.decisions.view import View
from polybot.pricing.fair_value import naive_last_price
from polybot.strategies.sink import Forecast, Sink

CHECKPOINTS_S = (120, 90, 60, 45, 30, 15)
"""Seconds before the end at which forecasts are compared with the market's."""


class Checkpoints:
    """Which of them each window has passed."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._due: dict[str, list[int]] = {}

    def is_near(self, slug: str, seconds_left: float) -> bool:
        """Whether a view is needed for one: the first of a window, or one that is due."""
        due = self._due.get(slug)
        return due is None or (bool(due) and seconds_left <= due[0])

    def pass_by(self, view: View, model: Callable[[View], float]) -> None:
        """Write down what ``model`` and the market say when a checkpoint was passed."""
        slug = view.window.slug
        due = self._due.get(slug)
        if due is None:
            due = self._due[slug] = [s for s in CHECKPOINTS_S if s <= view.seconds_left]
        if not due or view.seconds_left > due[0]:
            return
        while due and view.seconds_left <= due[0]:
            checkpoint = due.pop(0)
        market = view.up.mid
        if market is not None:
            self._sink.forecasts.append(_forecast(view, float(checkpoint), market, model(view)))


def _forecast(view: View, checkpoint: float, market: float, model: float) -> Forecast:
    return Forecast(
        slug=view.window.slug,
        seconds_left=checkpoint,
        model=model,
        market=market,
        naive=naive_last_price(
            strike=view.strike,
            spot=view.spot,
            volatility=view.volatility,
            seconds_left=view.seconds_left,
        ),
    )
