"""The indicators of one asset, as lines of a prompt."""

from polybot.advisor.text import number
from polybot.domain.series import NS
from polybot.signals.technical import (
    Band,
    Frame,
    Stochastic,
    Supertrend,
    Technical,
    Trend,
    Wave,
)

_CLOSES = 5
_USD = 6
_UNKNOWN = "unknown"


def technical_lines(technical: Technical | None, now_ns: int) -> list[str]:
    """Session, regime, order flow and three timeframes; None is not known yet."""
    if technical is None:
        return ["indicators: none yet"]
    age = number((now_ns - technical.now_ns) / NS, "s")
    regime = technical.regime or _UNKNOWN
    share = None if technical.flow is None else technical.flow.share * 100
    return [
        f"indicators: {age} old, session: {technical.session}, regime: {regime}",
        f"order flow: {number(share, '% of volume')} bought net",
        *_frame_lines("1m", technical.m1),
        *_frame_lines("5m", technical.m5),
        *_frame_lines("15m", technical.m15),
    ]


def _frame_lines(name: str, frame: Frame) -> list[str]:
    closes = ", ".join(number(each.close, digits=_USD) for each in frame.candles[-_CLOSES:])
    averages = {
        "VWAP": frame.vwap,
        "EMA 9": frame.ema_9,
        "EMA 21": frame.ema_21,
        "SMA 50": frame.sma_50,
        "SMA 200": frame.sma_200,
    }
    facts = [
        f"last closes {closes or 'none'} USD",
        f"RSI {_of_100(frame.rsi)}, MFI {_of_100(frame.mfi)}, CCI {number(frame.cci)}",
        f"stochastic {_stochastic(frame.stochastic)}",
        f"MACD histogram {_usd(frame.macd.histogram if frame.macd else None)}",
        f"ADX {_trend(frame.trend)}, supertrend {_supertrend(frame.supertrend)}",
        f"ATR {_usd(frame.atr)}",
        ", ".join(f"{label} {_usd(value)}" for label, value in averages.items()),
        f"Bollinger {_band(frame.bollinger)}, Keltner {_band(frame.keltner)}",
        f"Donchian {_band(frame.donchian)}",
        f"WaveTrend {_wave(frame.wave)}",
    ]
    return [f"{name}: {fact}" for fact in facts]


def _of_100(value: float | None) -> str:
    return number(value, "of 100")


def _stochastic(stochastic: Stochastic | None) -> str:
    if stochastic is None:
        return _UNKNOWN
    return f"K {_of_100(stochastic.k)}, D {_of_100(stochastic.d)}"


def _trend(trend: Trend | None) -> str:
    if trend is None:
        return _UNKNOWN
    return f"{_of_100(trend.adx)}, +DI {_of_100(trend.plus)}, -DI {_of_100(trend.minus)}"


def _supertrend(supertrend: Supertrend | None) -> str:
    if supertrend is None:
        return _UNKNOWN
    return "up" if supertrend.is_up else "down"


def _usd(value: float | None) -> str:
    return number(value, "USD", digits=_USD)


def _band(band: Band | None) -> str:
    if band is None:
        return _UNKNOWN
    return f"{number(band.lower, digits=_USD)} to {_usd(band.upper)}"


def _wave(wave: Wave | None) -> str:
    if wave is None:
        return _UNKNOWN
    signs = {
        "crossed up": wave.crossed_up,
        "crossed down": wave.crossed_down,
        "bullish divergence": wave.bullish_divergence,
        "bearish divergence": wave.bearish_divergence,
    }
    said = ", ".join(name for name, is_there in signs.items() if is_there) or "no sign"
    return (
        f"{number(wave.fast)} and {number(wave.slow)}, {said}, money flow {number(wave.money_flow)}"
    )
