"""YAML settings: the safe subset, without aliases and without repeated keys."""

import yaml

from polybot.config.tree import Parsed
from polybot.errors import ConfigError


def parse(text: str) -> Parsed:
    """The tables of a YAML text; ConfigError gives the line of what is wrong."""
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        lines = _lines(node, "", set()) if node else {}
        tree = loader.construct_document(node) if node else {}
    except yaml.MarkedYAMLError as error:
        # Its own text quotes the file, which may hold a secret.
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise ConfigError(f"is not YAML: {error.problem} (line {line})") from None
    except yaml.YAMLError:
        raise ConfigError("is not YAML: it holds characters that YAML does not allow") from None
    if not isinstance(tree, dict):
        raise ConfigError("must hold one mapping of settings")
    return Parsed(tree, lines)


def _lines(node: object, prefix: str, seen: set[int]) -> dict[str, int]:
    if id(node) in seen:
        raise ConfigError(f"uses an alias at {prefix.rstrip('.')!r}: write the value out")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _lines(item, prefix, seen)
    if not isinstance(node, yaml.MappingNode):
        return {}
    lines = dict[str, int]()
    for key, value in node.value:
        line, path = key.start_mark.line + 1, f"{prefix}{key.value}"
        if path in lines:
            raise ConfigError(f"sets {path!r} twice (line {line}): keep one")
        lines[path] = line
        lines |= _lines(value, f"{path}.", seen)
    return lines
