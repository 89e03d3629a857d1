"""Candles of one minute, out of trades and the clock."""

from dataclasses import dataclass, field
from math import inf

from polybot.signals.candle import MINUTE_S, NS, Candle, whole
from polybot.signals.candles.doubt import Doubt
from polybot.signals.candles.params import CandleParams
from polybot.signals.candles.refused import Refused, Why
from polybot.signals.candles.silence import Silence

MINUTE_NS = MINUTE_S * NS

_NONE: tuple[Candle, ...] = ()


@dataclass(slots=True)
class CandleBuilder:
    """Minutes aligned to the epoch; a trade exactly on a boundary belongs to the minute after it.

    The minute in which it starts is not reported, because nobody knows what came before, unless a
    history leads up to it.
    """

    params: CandleParams = field(default_factory=CandleParams)
    silence: Silence | None = field(init=False, default=None)
    """The newest gap; it grows while the clock goes on without trades."""
    _doubt: Doubt = field(init=False)
    _gap_ns: int = field(init=False)
    _next_ns: int = field(init=False, default=0)
    """The start of the first minute that has not closed; 0 before anything is known."""
    _complete_ns: int = field(init=False, default=0)
    """Minutes that start before this are not reported."""
    _begun_ns: int = field(init=False, default=0)
    _end_ns: int = field(init=False, default=0)
    """The end of the open minute; 0 while nothing has been traded in it."""
    _last_ns: int = field(init=False, default=0)
    """The newest trade, or where trades begin."""
    _floor: float = field(init=False, default=0.0)
    _ceiling: float = field(init=False, default=inf)
    _open: float = field(init=False, default=0.0)
    _high: float = field(init=False, default=0.0)
    _low: float = field(init=False, default=0.0)
    _close: float = field(init=False, default=0.0)
    _volume: float = field(init=False, default=0.0)
    _buy_volume: float = field(init=False, default=0.0)
    _trades: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._doubt = Doubt(self.params)
        self._gap_ns = round(self.params.gap_s * NS)

    def update(
        self, price: float, size: float, is_buy: bool, ts_ns: int
    ) -> tuple[Candle, ...] | Refused:
        """Take a trade: the minutes that it closed, or why it does not count.

        ``is_buy`` says that the taker bought. Trades come in order of time. A size of zero is a
        price seen without a size.
        """
        if (
            not self._last_ns <= ts_ns < self._end_ns
            or not self._floor < price < self._ceiling
            or not 0.0 <= size < inf
        ):
            return self._uncommon(price, size, is_buy, ts_ns)
        self._last_ns = ts_ns
        if price > self._high:
            self._high = price
        elif price < self._low:
            self._low = price
        self._close = price
        self._volume += size
        if is_buy:
            self._buy_volume += size
        self._trades += 1
        return _NONE

    def advance(self, now_ns: int) -> tuple[Candle, ...]:
        """The minutes that have ended when the clock shows ``now_ns``; they take no more trades."""
        if not self._next_ns:
            return _NONE
        self._notice_silence(now_ns)
        return self._close_before(now_ns)

    def begin(self, ts_ns: int) -> None:
        """Every trade from ``ts_ns`` on will be given; earlier ones since the last are missing."""
        if self._next_ns:
            self.missed(Silence(self._last_ns, ts_ns))
        else:
            self._start(ts_ns)

    def follow(self, close: float, end_ns: int) -> None:
        """A history ends at ``end_ns`` with ``close``: the next minute is reported.

        Trades are taken to be complete from there on, unless ``begin`` says otherwise.
        """
        if end_ns < self._next_ns or (self._end_ns and end_ns > self._next_ns):
            return
        self.missed(Silence(end_ns, self._begun_ns))
        self._next_ns = self._complete_ns = end_ns
        if not self._end_ns:
            self._last_ns = max(self._last_ns, end_ns)
            self._believe(close)

    def missed(self, silence: Silence) -> None:
        """Trades are missing, because the feed was lost or did not speak."""
        if silence.until_ns > silence.since_ns:
            self.silence = silence

    @property
    def next_close_ns(self) -> int | None:
        """When the open minute ends; None before anything is known."""
        return self._next_ns + MINUTE_NS if self._next_ns else None

    def _uncommon(
        self, price: float, size: float, is_buy: bool, ts_ns: int
    ) -> tuple[Candle, ...] | Refused:
        refused = self._refusal(price, size, ts_ns)
        if refused is not None:
            return refused
        if not self._next_ns:
            self._start(ts_ns)
        self._notice_silence(ts_ns)
        closed = self._close_before(ts_ns)
        if not self._end_ns:
            self._open_minute(price)
        self._believe(price)
        self.update(price, size, is_buy, ts_ns)
        return closed

    def _refusal(self, price: float, size: float, ts_ns: int) -> Refused | None:
        if not 0.0 < price < inf:
            return Refused(Why.PRICE, f"a trade's price must be positive, was {price!r}")
        if not 0.0 <= size < inf:
            return Refused(Why.SIZE, f"a trade's size must not be negative, was {size!r}")
        heard_ns = max(self._last_ns, self._next_ns)
        if ts_ns < heard_ns:
            late_s = (heard_ns - ts_ns) / NS
            return Refused(Why.LATE, f"a trade is {late_s:.3f} s older than what has been counted")
        if not self._close:
            return None
        counted = (self._next_ns, self._trades)
        return self._doubt.refusal(
            price, ts_ns, last=self._close, last_ns=heard_ns, counted=counted
        )

    def _start(self, ts_ns: int) -> None:
        self._begun_ns = self._last_ns = ts_ns
        self._next_ns = ts_ns - ts_ns % MINUTE_NS
        self._complete_ns = -(-ts_ns // MINUTE_NS) * MINUTE_NS

    def _notice_silence(self, ts_ns: int) -> None:
        if ts_ns - self._last_ns > self._gap_ns:
            self.missed(Silence(self._last_ns, ts_ns))

    def _believe(self, price: float) -> None:
        share = self.params.outlier_share
        self._close = price
        self._floor, self._ceiling = price * (1 - share), price * (1 + share)

    def _close_before(self, ts_ns: int) -> tuple[Candle, ...]:
        if ts_ns < self._next_ns + MINUTE_NS:
            return _NONE
        minute_ns = ts_ns - ts_ns % MINUTE_NS
        if minute_ns - self._next_ns > self.params.longest_silence_s * NS:
            self._next_ns, self._end_ns = minute_ns, 0
        closed: list[Candle] = []
        while self._next_ns < minute_ns:
            if self._close and self._next_ns >= self._complete_ns:
                closed.append(self._candle())
            self._next_ns += MINUTE_NS
            self._end_ns = 0
        return tuple(closed)

    def _open_minute(self, price: float) -> None:
        self._end_ns = self._next_ns + MINUTE_NS
        self._open = self._high = self._low = price
        self._volume = self._buy_volume = 0.0
        self._trades = 0

    def _candle(self) -> Candle:
        if not self._end_ns:
            self._open_minute(self._close)
        return Candle(
            start_ns=self._next_ns,
            length_s=MINUTE_S,
            open=self._open,
            high=self._high,
            low=self._low,
            close=self._close,
            volume=whole(self._volume),
            buy_volume=whole(self._buy_volume),
            trades=self._trades,
        )
