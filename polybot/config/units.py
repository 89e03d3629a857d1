"""The kinds of numbers that settings are made of."""

from typing import Annotated

from msgspec import Meta

type Percent = Annotated[float, Meta(gt=0, le=100)]
type PercentOrZero = Annotated[float, Meta(ge=0, le=100)]
type Seconds = Annotated[float, Meta(ge=0, le=31_536_000)]
type Milliseconds = Annotated[int, Meta(ge=0, le=3_600_000)]
type Minutes = Annotated[int, Meta(ge=0, le=525_600)]
type Hours = Annotated[float, Meta(ge=0, le=8_760)]
type Count = Annotated[int, Meta(ge=1, le=1_000_000)]
type Ticks = Annotated[int, Meta(ge=1, le=10_000)]
