"""Which settings a struct has: dotted paths with types and defaults."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAliasType, get_args, get_origin

from msgspec import NODEFAULT, Struct, structs

ENV_PREFIX = "POLYBOT_"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One setting; ``default`` is ``NODEFAULT`` when a value must be given."""

    path: str
    type: object
    default: object

    @property
    def is_table(self) -> bool:
        """Whether keys of its own may be added below it."""
        return get_origin(_bare(self.type)) is dict

    @property
    def accepts_none(self) -> bool:
        """Whether it can be switched off."""
        return type(None) in get_args(_bare(self.type))

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it may be, empty when it is not a choice."""
        bare = _bare(self.type)
        return get_args(bare) if get_origin(bare) is Literal else ()


def leaves(struct: type[Struct]) -> dict[str, Leaf]:
    """Every setting of a struct and of the structs in it, by dotted path."""
    return {leaf.path: leaf for leaf in _walk(struct, "", None)}


def find(known: dict[str, Leaf], path: str) -> Leaf | None:
    """The setting at a path, or the place for it in an open table, or None."""
    if path in known:
        return known[path]
    table = table_of(known, path)
    return Leaf(path, get_args(_bare(table.type))[1], NODEFAULT) if table else None


def table_of(known: dict[str, Leaf], path: str) -> Leaf | None:
    """The open table that a path lies in."""
    inside = (leaf for leaf in known.values() if leaf.is_table and path.startswith(f"{leaf.path}."))
    return next(inside, None)


def env_name(path: str) -> str:
    """The environment variable of a setting: ``risk.open_orders`` is POLYBOT_RISK__OPEN_ORDERS."""
    return ENV_PREFIX + path.upper().replace(".", "__")


def path_of(name: str) -> str:
    """The setting of an environment variable."""
    return name.removeprefix(ENV_PREFIX).lower().replace("__", ".")


def _walk(struct: type[Struct], prefix: str, instance: object) -> list[Leaf]:
    found = []
    for field in structs.fields(struct):
        path, default = prefix + field.name, _default(field, instance)
        if isinstance(field.type, type) and issubclass(field.type, Struct):
            found += _walk(field.type, f"{path}.", default)
        else:
            found.append(Leaf(path, field.type, default))
    return found


def _default(field: structs.FieldInfo, instance: object) -> object:
    # A nested default is an instance: it may differ from the defaults of its own class.
    if isinstance(instance, Struct):
        return getattr(instance, field.name)
    if field.default is not NODEFAULT:
        return field.default
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def _bare(kind: object) -> object:
    while True:
        if isinstance(kind, TypeAliasType):
            kind = kind.__value__
        elif get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        else:
            return kind
