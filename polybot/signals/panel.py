"""Every indicator of one timeframe, read off a row of candles."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from polybot.signals.candle import Candle
from polybot.signals.indicators.averages import Ema, Ribbon, Sma, Vwap
from polybot.signals.indicators.bands import Atr, Bollinger, Donchian, Keltner
from polybot.signals.indicators.directional import Adx
from polybot.signals.indicators.oscillators import Cci, MacdLines, Rsi, StochasticOscillator
from polybot.signals.indicators.supertrend import SupertrendLine
from polybot.signals.indicators.volume import Mfi, Obv
from polybot.signals.indicators.wave_trend import WaveTrend
from polybot.signals.technical import Frame


def read(candles: Sequence[Candle], visible: int) -> Frame:
    """What the indicators say after ``candles``, and the newest ``visible`` of these.

    Nothing but these candles counts: the same ones give the same answer, however they came.
    """
    panel = _Panel()
    updates = [getattr(panel, name).update for name in panel.__slots__]
    for candle in candles:
        for update in updates:
            update(candle)
    return panel.frame(tuple(candles[-visible:]))


@dataclass(slots=True)
class _Panel:
    """The indicators side by side."""

    rsi: Rsi = field(default_factory=Rsi)
    macd: MacdLines = field(default_factory=MacdLines)
    bollinger: Bollinger = field(default_factory=Bollinger)
    atr: Atr = field(default_factory=Atr)
    trend: Adx = field(default_factory=Adx)
    vwap: Vwap = field(default_factory=Vwap)
    sma_50: Sma = field(default_factory=lambda: Sma(50))
    sma_200: Sma = field(default_factory=lambda: Sma(200))
    ema_9: Ema = field(default_factory=lambda: Ema(9))
    ema_21: Ema = field(default_factory=lambda: Ema(21))
    stochastic: StochasticOscillator = field(default_factory=StochasticOscillator)
    cci: Cci = field(default_factory=Cci)
    mfi: Mfi = field(default_factory=Mfi)
    obv: Obv = field(default_factory=Obv)
    keltner: Keltner = field(default_factory=Keltner)
    donchian: Donchian = field(default_factory=Donchian)
    supertrend: SupertrendLine = field(default_factory=SupertrendLine)
    wave: WaveTrend = field(default_factory=WaveTrend)
    ribbon: Ribbon = field(default_factory=Ribbon)

    def frame(self, candles: tuple[Candle, ...]) -> Frame:
        """Every value now."""
        return Frame(
            candles=candles,
            rsi=self.rsi.value,
            macd=self.macd.value,
            bollinger=self.bollinger.value,
            atr=self.atr.value,
            trend=self.trend.value,
            vwap=self.vwap.value,
            sma_50=self.sma_50.value,
            sma_200=self.sma_200.value,
            ema_9=self.ema_9.value,
            ema_21=self.ema_21.value,
            stochastic=self.stochastic.value,
            cci=self.cci.value,
            mfi=self.mfi.value,
            obv=self.obv.value,
            keltner=self.keltner.value,
            donchian=self.donchian.value,
            supertrend=self.supertrend.value,
            wave=self.wave.value,
            ribbon=self.ribbon.value,
        )
