"""Trades that look impossible, until enough of them agree."""

from dataclasses import dataclass, field

from polybot.signals.candle import NS
from polybot.signals.candles.params import CandleParams
from polybot.signals.candles.refused import Refused, Why


@dataclass(slots=True)
class Doubt:
    """Refuses outliers of price and time; so many in a row that agree are believed."""

    params: CandleParams
    _price: float = field(init=False, default=0.0)
    _ts_ns: int = field(init=False, default=0)
    _agreeing: int = field(init=False, default=0)
    _counted: tuple[int, int] = field(init=False, default=(0, 0))

    def refusal(
        self, price: float, ts_ns: int, *, last: float, last_ns: int, counted: tuple[int, int]
    ) -> Refused | None:
        """Why the trade is not believed; ``counted`` changes with every trade that is."""
        refused = self._odd(price, ts_ns, last, last_ns)
        if refused is None:
            return None
        in_a_row = counted == self._counted and self._odd(price, ts_ns, self._price, self._ts_ns)
        self._agreeing = self._agreeing + 1 if in_a_row is None else 1
        self._price, self._ts_ns, self._counted = price, ts_ns, counted
        if self._agreeing < self.params.outlier_trades:
            return refused
        self._agreeing = 0
        return None

    def _odd(self, price: float, ts_ns: int, last: float, last_ns: int) -> Refused | None:
        share = self.params.outlier_share
        if not last * (1 - share) < price < last * (1 + share):
            return Refused(
                Why.OUTLIER,
                f"a price of {price!r} is over {share:.0%} away from {last!r}",
            )
        ahead_s = (ts_ns - last_ns) / NS
        if ahead_s > self.params.longest_silence_s:
            return Refused(Why.AHEAD, f"a trade is {ahead_s:.0f} s ahead of the last")
        return None
