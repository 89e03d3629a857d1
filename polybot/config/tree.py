"""A settings file as tables, before anything is known about its keys."""

from dataclasses import dataclass

type Tree = dict[str, object]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Tables by name, and the line of a dotted path where it is known."""

    tree: Tree
    lines: dict[str, int]
