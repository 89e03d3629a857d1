"""Ranges of settings; msgspec refuses a value outside and says where it stands."""

from typing import Annotated

from msgspec import Meta

type Positive = Annotated[float, Meta(gt=0)]
type NotNegative = Annotated[float, Meta(ge=0)]
type AtLeastOne = Annotated[int, Meta(ge=1)]
type Share = Annotated[float, Meta(ge=0, lt=1)]
