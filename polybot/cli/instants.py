"""Times on the command line."""

from datetime import UTC, datetime

import click

_US = 1_000


class Instant(click.ParamType[int]):
    """An ISO 8601 time as nanoseconds since the epoch; UTC when it names no zone."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read the text, or keep a number that is nanoseconds already."""
        if isinstance(value, int):
            return value
        try:
            time = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 time such as 2026-11-02T12:00Z", param, ctx)
        since = (time if time.tzinfo else time.replace(tzinfo=UTC)) - _EPOCH
        return (since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds) * _US


_EPOCH = datetime.fromtimestamp(0, UTC)
