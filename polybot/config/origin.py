"""Where a setting's value comes from."""

from dataclasses import dataclass
from enum import IntEnum


class Layer(IntEnum):
    """The places that can set a value; the higher one wins."""

    DEFAULT = 0
    PROFILE = 1
    FILE = 2
    ENVIRONMENT = 3
    COMMAND_LINE = 4

    @property
    def label(self) -> str:
        """The layer's name in sentences."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class Origin:
    """A layer and the place in it: a file's name and line, a variable, an option."""

    layer: Layer
    place: str = ""

    def __str__(self) -> str:
        return f"{self.layer.label} {self.place}".rstrip()


@dataclass(frozen=True, slots=True)
class Given:
    """A value somebody gave; ``is_text`` when its type must be read out of a string."""

    raw: object
    origin: Origin
    is_text: bool = False


type Values = dict[str, Given]
"""Dotted path of a setting to what was given for it."""
