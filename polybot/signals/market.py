"""Everything that trades of one spot asset say, in one place."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from polybot.domain.asset import Asset
from polybot.domain.session import session_at
from polybot.signals.candle import MINUTE_S, NS, Candle
from polybot.signals.candles.builder import CandleBuilder
from polybot.signals.candles.joining import join, join_all
from polybot.signals.candles.refused import Refused, Why
from polybot.signals.candles.silence import Silence
from polybot.signals.candles.track import Track
from polybot.signals.order_flow import RollingFlow
from polybot.signals.panel import read
from polybot.signals.params import SignalParams
from polybot.signals.regime import regime_of
from polybot.signals.technical import Frame, Regime, Technical

M1_S, M5_S, M15_S = MINUTE_S, 5 * MINUTE_S, 15 * MINUTE_S


@dataclass(slots=True)
class MarketSignals:
    """Candles of 1, 5 and 15 minutes of one asset and their indicators, order flow and regime.

    Indicators are read off the kept candles when they are asked for, once a candle: so they depend
    on these candles alone, not on when the run began or on how the candles came.
    """

    asset: Asset
    params: SignalParams = field(default_factory=SignalParams)
    refused: Counter[Why] = field(init=False, default_factory=Counter)
    _builder: CandleBuilder = field(init=False)
    _flow: RollingFlow = field(init=False)
    _tracks: tuple[Track, Track, Track] = field(init=False)
    _silence: Silence | None = field(init=False, default=None)
    _settle_ns: int = field(init=False)
    _read: dict[int, Frame] = field(init=False, default_factory=dict)
    _regime: Regime | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._builder = CandleBuilder(self.params.candles)
        self._flow = RollingFlow(self.params.flow_window_s)
        self._settle_ns = round(self.params.settle_s * NS)
        self._tracks = (self._track(M1_S), self._track(M5_S), self._track(M15_S))

    def update(
        self, price: float, size: float, is_buy: bool, ts_ns: int
    ) -> tuple[Candle, ...] | Refused:
        """Take a trade: the candles of any length that it closed, or why it does not count."""
        closed = self._builder.update(price, size, is_buy, ts_ns)
        if closed:
            if isinstance(closed, Refused):
                self.refused[closed.why] += 1
                return closed
            closed = self._close(closed)
        self._flow.update(size, is_buy, ts_ns)
        return closed

    def advance(self, now_ns: int) -> tuple[Candle, ...]:
        """The candles of any length that have ended when the clock shows ``now_ns``."""
        closed = self._builder.advance(now_ns - self._settle_ns)
        return self._close(closed)

    def begin(self, ts_ns: int) -> None:
        """Every trade from ``ts_ns`` on will be given; earlier ones since the last are missing."""
        self._builder.begin(ts_ns)
        self._flow.begin(ts_ns)
        self._notice_silence()

    def warm(self, history: Iterable[Candle]) -> None:
        """Take recorded candles of 1, 5 or 15 minutes, final ones; they replace and lead ours.

        Longer ones are joined from shorter ones where there are enough. Trades are taken to be
        complete from the end of the last minute on, unless ``begin`` says otherwise.
        """
        known = sorted(history, key=lambda candle: candle.start_ns)
        minutes = [candle for candle in known if candle.length_s == M1_S]
        joined: list[Candle] = []
        for track in self._tracks:
            own = [candle for candle in known if candle.length_s == track.length_s]
            track.mend(minutes)
            track.mend(own)
            row = track.merge([*join_all(joined, track.length_s), *own])
            joined = row
        if minutes:
            self._builder.follow(minutes[-1].close, minutes[-1].end_ns)
            self._notice_silence()
        self._read.clear()

    def technical(self, now_ns: int) -> Technical:
        """What is known at ``now_ns``; call ``advance`` first, this closes no candle."""
        m1, m5, m15 = map(self._frame, self._tracks)
        return Technical(
            asset=self.asset,
            now_ns=now_ns,
            session=session_at(now_ns),
            m1=m1,
            m5=m5,
            m15=m15,
            regime=self._regime if m15.broken_ns is None else None,
            flow=self._flow.value(now_ns),
        )

    @property
    def next_close_ns(self) -> int | None:
        """When ``advance`` will close the minute under way; None before anything is known."""
        next_ns = self._builder.next_close_ns
        return None if next_ns is None else next_ns + self._settle_ns

    def _track(self, length_s: int) -> Track:
        params = self.params
        return Track(
            length_s=length_s,
            kept=params.kept,
            gap_share=params.gap_share,
            settle_candles=params.settle_candles,
        )

    def _close(self, minutes: tuple[Candle, ...]) -> tuple[Candle, ...]:
        """Add closed minutes, and whatever longer candles they complete."""
        self._notice_silence()
        closed: list[Candle] = []
        for minute in minutes:
            candle: Candle | None = minute
            for track, longer_s in zip(self._tracks, (M5_S, M15_S, 0), strict=True):
                if candle is None or not track.add(candle):
                    break
                closed.append(candle)
                self._read.pop(track.length_s, None)
                candle = join(track.newest(longer_s), longer_s) if longer_s else None
        return tuple(closed)

    def _notice_silence(self) -> None:
        silence = self._builder.silence
        if silence is None or silence is self._silence:
            return
        self._silence = silence
        self._flow.begin(silence.until_ns)
        for track in self._tracks:
            track.break_off(silence)

    def _frame(self, track: Track) -> Frame:
        if track.broken_ns is not None:
            candles = tuple(track.candles)[-self.params.visible :]
            return Frame(candles=candles, broken_ns=track.broken_ns)
        if track.length_s not in self._read:
            candles = tuple(track.candles)
            self._read[track.length_s] = read(candles, self.params.visible)
            if track.length_s == M15_S:
                self._regime = regime_of(candles, self.params.regime)
        return self._read[track.length_s]
