"""Structured logs: to standard error and to a rotating file, never with a secret in them.

Modules log through ``get_logger("recording.catalog")``; its level is that of the nearest component
that settings name. Nothing is logged to standard output, which belongs to the results of commands.
"""

import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from polybot.config.settings import Logs
from polybot.observability.handlers import PrivateRotatingHandler, QuietStreamHandler
from polybot.observability.redaction import Redactor
from polybot.observability.rendering import Render, console, json_line
from polybot.observability.stamps import utc
from polybot.seam.clock import Clock

ROOT = "polybot"
# Without a handler the standard library would print warnings as they are.
logging.getLogger(ROOT).addHandler(logging.NullHandler())


def get_logger(component: str) -> BoundLogger:
    """The logger of a component; ``log.info("window opened", slug=slug)``.

    Silent until ``configure`` is called.
    """
    logger: BoundLogger = structlog.wrap_logger(
        logging.getLogger(f"{ROOT}.{component}"),
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.PositionalArgumentsFormatter(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=True,
    )
    return logger


def configure(
    settings: Logs,
    *,
    clock: Clock,
    redactor: Redactor,
    stream: TextIO | None = None,
    file: Path | None = None,
) -> None:
    """Make every log of this process go where ``settings`` say, through ``redactor``.

    ``file`` overrides the file of the settings, for a run that logs into its own folder. Logs of
    other packages pass the same way, from ``warning`` up.
    """
    stream = stream or sys.stderr
    render = json_line if settings.format == "json" else console(colour=stream.isatty())
    handlers: list[logging.Handler] = [QuietStreamHandler(stream)]
    handlers[0].setFormatter(_formatter(render, clock=clock, redactor=redactor))
    if path := file or (Path(settings.file_path) if settings.file_path else None):
        handlers.append(
            PrivateRotatingHandler(path, settings.file_max_mb * 1_000_000, settings.files_kept)
        )
        handlers[1].setFormatter(_formatter(json_line, clock=clock, redactor=redactor))
    _replace_handlers(handlers)
    _set_levels(settings.level, settings.levels)


def _formatter(render: Render, *, clock: Clock, redactor: Redactor) -> ProcessorFormatter:
    def stamp(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        record = event["_record"]
        component = record.name.removeprefix(f"{ROOT}.")
        head = {"ts": utc(clock.now_ns()), "level": record.levelname.lower()}
        head |= {"component": component}
        return head | {f"{name}_" if name in head else name: event[name] for name in event}

    def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        trace = event.pop("exception", None)
        safe = {
            str(redactor.value(name)): redactor.value(value, name) for name, value in event.items()
        }
        return safe | ({} if trace is None else {"exception": redactor.lines(trace)})

    def write(_: WrappedLogger, __: str, event: EventDict) -> str:
        return render(event)

    steps: list[Processor] = [
        stamp,
        structlog.processors.format_exc_info,
        ProcessorFormatter.remove_processors_meta,
        redact,
        write,
    ]
    return ProcessorFormatter(processors=steps)


def _replace_handlers(handlers: list[logging.Handler]) -> None:
    root = logging.getLogger()
    for old in list(root.handlers):
        if isinstance(old, QuietStreamHandler | PrivateRotatingHandler):
            root.removeHandler(old)
            old.close()
    for handler in handlers:
        root.addHandler(handler)
    # The standard library would print the raw record of a log call that fails.
    logging.raiseExceptions = False
    logging.captureWarnings(True)


def _set_levels(level: str, levels: Mapping[str, str]) -> None:
    logging.getLogger().setLevel(logging.WARNING)
    for name in [name for name in logging.root.manager.loggerDict if name.startswith(f"{ROOT}.")]:
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.getLogger(ROOT).setLevel(level.upper())
    for component, its_level in levels.items():
        logging.getLogger(f"{ROOT}.{component}").setLevel(its_level.upper())
