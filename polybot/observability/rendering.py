"""One log event as a line: JSON for programs, aligned columns for people."""

from collections.abc import Callable, Mapping, MutableMapping

import msgspec

type Event = MutableMapping[str, object]
type Render = Callable[[Event], str]

_RESET = "\x1b[0m"
_DIM = "\x1b[2m"
_COLOURS = {
    "debug": _DIM,
    "info": "\x1b[32m",
    "warning": "\x1b[33m",
    "error": "\x1b[31m",
    "critical": "\x1b[1;31m",
}
_HEAD = ("ts", "level", "component", "event", "exception")


def json_line(event: Event) -> str:
    """One JSON object; ``ts``, ``level``, ``component`` and ``event`` come first."""
    head = {name: event[name] for name in _HEAD if name in event}
    return msgspec.json.encode(head | dict(event)).decode()


def console(*, colour: bool) -> Render:
    """A renderer for a terminal, in colour or not."""

    def render(event: Event) -> str:
        level = str(event.get("level", ""))
        time = str(event.get("ts", ""))[11:23]
        columns = (
            _painted(time, _DIM, colour),
            _painted(f"{level:<8}", _COLOURS.get(level, ""), colour),
            _painted(f"{event.get('component', '')!s:<20}", _DIM, colour),
            str(event.get("event", "")),
            _fields(event, colour),
        )
        return " ".join(columns).rstrip() + _trace(event)

    return render


def _fields(event: Mapping[str, object], colour: bool) -> str:
    pairs = ((name, value) for name, value in event.items() if name not in _HEAD)
    return " ".join(f"{_painted(name, _DIM, colour)}={_quoted(value)}" for name, value in pairs)


def _quoted(value: object) -> str:
    if isinstance(value, str) and value and not set(value) & set(' "='):
        return value
    return msgspec.json.encode(value).decode()


def _trace(event: Mapping[str, object]) -> str:
    trace = event.get("exception")
    return "" if trace is None else "".join(f"\n    {line}" for line in str(trace).split("\n"))


def _painted(text: str, colour: str, use: bool) -> str:
    return f"{colour}{text}{_RESET}" if use and colour else text
