"""One closed candle of the spot asset."""

from dataclasses import dataclass

NS = 1_000_000_000
MINUTE_S = 60

_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candle:
    """Trades of ``[start_ns, start_ns + length_s)``; volumes in units of the asset.

    A candle in which nothing was traded repeats the last close with no volume (``trades`` 0).
    Volumes are whole millionths of the asset, so that sums agree whoever made them.
    """

    start_ns: int
    length_s: int
    open: float
    high: float
    low: float
    close: float
    volume: float
    buy_volume: float
    trades: int

    @property
    def end_ns(self) -> int:
        """The instant from which on its trades belong to the next one."""
        return self.start_ns + self.length_s * NS

    @property
    def typical(self) -> float:
        """The mean of high, low and close."""
        return (self.high + self.low + self.close) / 3


def whole(volume: float) -> float:
    """A volume in whole millionths of the asset.

    Sums of floats depend on their order in the last digits; the finest lot of any pair we trade is
    ten millionths, so this takes away only the error.
    """
    return round(volume, _DECIMALS)
