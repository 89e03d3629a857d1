"""What is believed of trades, and how long a silence may last."""

from typing import Annotated

import msgspec
from msgspec import Meta

type _Share = Annotated[float, Meta(gt=0, lt=1)]


class CandleParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How candles are built from trades."""

    gap_s: Annotated[float, Meta(ge=60)] = 60.0
    """A longer silence is a gap. A minute at least: it is looked for where minutes end."""
    outlier_share: _Share = 0.05
    """A price further from the last one than this share is an outlier."""
    outlier_trades: Annotated[int, Meta(ge=2)] = 5
    """So many outliers in a row that agree are a market that has moved: the last one counts."""
    longest_silence_s: Annotated[float, Meta(ge=3_600)] = 86_400.0
    """A longer silence is not filled with candles, and a trade so far ahead is an outlier."""
