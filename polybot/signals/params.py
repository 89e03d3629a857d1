"""What the signals of one asset keep, and how long they wait."""

from typing import Annotated

import msgspec
from msgspec import Meta

from polybot.signals.candles.params import CandleParams
from polybot.signals.regime import RegimeParams

type _Count = Annotated[int, Meta(ge=1)]


class SignalParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is kept, and how long is waited."""

    candles: CandleParams = CandleParams()
    regime: RegimeParams = RegimeParams()
    kept: _Count = 300
    """Candles a timeframe: indicators know these and nothing older."""
    visible: _Count = 100
    """The newest of them, which a decision may look at."""
    flow_window_s: _Count = 300
    settle_s: Annotated[float, Meta(ge=0)] = 1.0
    """How long the clock waits for the last trades of a minute that has ended."""
    gap_share: Annotated[float, Meta(ge=0)] = 0.2
    """A gap breaks a timeframe when it lasts more than this share of a candle."""
    settle_candles: _Count = 20
    """So many candles later a broken timeframe is whole again."""
