"""What can be set about the advisor; it is off until someone turns it on."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from polybot.config.leaks import SHAPES, is_secret_name
from polybot.errors import ConfigError

type _Seconds = Annotated[float, Meta(gt=0, le=600)]
type Percent = Annotated[float, Meta(ge=0, le=100)]
type _Scalar = str | int | float | bool


class Fallback(StrEnum):
    """What happens to a purchase that the advisor has not judged."""

    RULES = "rules"
    """It is made as the rules want it."""
    HOLD = "hold"
    """It is not made."""


class AdvisorParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which model, how long it may think, and what its answer can do."""

    enabled: bool = False
    model: str = ""
    """``package.module:name``: a LangChain chat model's class, or a function that makes one."""
    model_params: dict[str, _Scalar] = {}
    """Keyword arguments for it. Keys and passwords never: providers read the environment."""
    deadline_s: _Seconds = 8.0
    """For one question, a second try included."""
    retries: Annotated[int, Meta(ge=0, le=1)] = 1
    """More tries after one that failed or that was invalid."""
    valid_s: _Seconds = 60.0
    """How long after its question an answer counts; then it is asked anew."""
    min_confidence: Percent = 50.0
    """Agreement below it buys only ``weak_share`` of what the rules want."""
    weak_share: Annotated[float, Meta(ge=0, le=1)] = 0.5
    on_failure: Fallback = Fallback.RULES
    """After an answer that is late or never came."""
    on_invalid: Fallback = Fallback.HOLD
    """After an answer that breaks the schema or a rule."""

    def __post_init__(self) -> None:
        if self.enabled and not self.model:
            raise ConfigError(
                "`model` must be set where the advisor is enabled: package.module:name"
            )
        if self.deadline_s >= self.valid_s:
            raise ConfigError(
                f"`deadline_s` must be below `valid_s`, was {self.deadline_s:g} of {self.valid_s:g}"
            )
        for name, value in self.model_params.items():
            # The value is not shown: it may be the secret.
            if is_secret_name(name) or any(shape.search(str(value)) for shape in SHAPES):
                raise ConfigError(
                    f"`model_params` must hold no secret, but {name[:40]!r} looks like one: put it "
                    "where the model's provider reads it, in the environment"
                )
