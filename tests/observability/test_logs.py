"""Logs as they come out."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.stdlib import BoundLogger

from polybot.config.secrets import Secret
from polybot.config.settings import Logs
from polybot.observability import logs
from polybot.observability.redaction import Redactor
from polybot.seam.clock import ManualClock

CANARY = "canary-7f3a91c2-secret"
SECRET = Secret("POLYBOT_API_SECRET", CANARY)
NOON = ManualClock(1_786_104_000_000_001_000)


@pytest.fixture(autouse=True)
def _quiet_again() -> Iterator[None]:
    root, level = logging.getLogger(), logging.getLogger().level
    before = list(root.handlers)
    yield
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(False)


def configured(file: Path | None = None, **settings: Any) -> io.StringIO:
    stream = io.StringIO()
    redactor = Redactor([SECRET])
    logs.configure(Logs(**settings), clock=NOON, redactor=redactor, stream=stream, file=file)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_line() -> None:
    stream = configured(format="json")

    logs.get_logger("recording.catalog").info("written", rows=5)

    assert lines(stream) == [
        {
            "ts": "2026-08-07T12:00:00.000001Z",
            "level": "info",
            "component": "recording.catalog",
            "event": "written",
            "rows": 5,
        }
    ]


def test_the_console_has_columns_and_no_colour_off_a_terminal() -> None:
    stream = configured()

    logs.get_logger("runtime").warning("late", by_s=1.5, why="slow disk")

    head = "12:00:00.000 warning  runtime              late"
    assert stream.getvalue() == f'{head} by_s=1.5 why="slow disk"\n'


def test_a_component_has_its_own_level_and_its_parts_follow() -> None:
    stream = configured(format="json", levels={"recording": "error", "recording.tape": "debug"})

    for component in ("recording", "recording.catalog", "recording.tape", "runtime"):
        logs.get_logger(component).info("here")

    assert [line["component"] for line in lines(stream)] == ["recording.tape", "runtime"]


def test_configuring_again_forgets_the_levels_before() -> None:
    configured(levels={"recording": "error"})
    stream = configured(format="json")

    logs.get_logger("recording").info("here")

    assert len(lines(stream)) == 1


def test_logs_of_other_packages_pass_the_same_way_from_warning_up() -> None:
    stream = configured(format="json", level="debug")

    logging.getLogger("elsewhere").info("not this")
    logging.getLogger("elsewhere").warning("this %s", CANARY)

    assert [line["event"] for line in lines(stream)] == ["this ********"]


class Holder:
    """Something that shows a secret when printed."""

    def __repr__(self) -> str:
        return f"Holder({CANARY})"


@pytest.mark.parametrize("style", ["json", "console"])
@pytest.mark.parametrize(
    "leak",
    [
        pytest.param(lambda log: log.debug(f"it is {CANARY}"), id="event"),
        pytest.param(lambda log: log.debug("it is %s", CANARY), id="argument"),
        pytest.param(lambda log: log.debug("x", value=CANARY), id="field"),
        pytest.param(lambda log: log.debug("x", **{CANARY: 1}), id="name"),
        pytest.param(lambda log: log.debug("x", value=SECRET), id="wrapper"),
        pytest.param(lambda log: log.debug("x", value=[{"a": (CANARY,)}]), id="nested"),
        pytest.param(lambda log: log.debug("x", value=Holder()), id="repr"),
        pytest.param(lambda log: log.debug("x", value=CANARY.encode()), id="bytes"),
        pytest.param(lambda log: log.bind(value=CANARY).debug("x"), id="bound"),
        pytest.param(lambda log: log.debug("x", exc_info=ValueError(CANARY)), id="exception"),
    ],
)
def test_a_secret_never_reaches_a_log(
    tmp_path: Path, style: str, leak: Callable[[BoundLogger], object]
) -> None:
    file = tmp_path / "log.jsonl"
    stream = configured(file, format=style, level="debug")

    leak(logs.get_logger("test"))

    written = stream.getvalue() + file.read_text()
    assert "********" in written
    assert CANARY not in written


def test_a_traceback_is_kept_without_its_secret() -> None:
    stream = configured(format="json")
    try:
        raise RuntimeError(f"no {CANARY}\nforged line")
    except RuntimeError:
        logs.get_logger("test").exception("failed")

    [line] = lines(stream)
    assert "RuntimeError: no ********" in line["exception"]


@pytest.mark.parametrize("style", ["json", "console"])
def test_a_log_cannot_be_forged_by_a_line_break(style: str) -> None:
    stream = configured(format=style)

    logs.get_logger("test").info("a\n2026 error forged", **{"b\nc": "d\r\ne\u2028f"})

    assert len(stream.getvalue().splitlines()) == 1


def test_a_field_cannot_take_the_place_of_the_head() -> None:
    stream = configured(format="json")

    logs.get_logger("test").info("x", level="critical", ts="never")

    assert lines(stream)[0]["level"] == "info"
    assert lines(stream)[0]["ts_"] == "never"


def test_a_call_that_cannot_be_formatted_is_named_and_shows_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configured()

    logging.getLogger("elsewhere").warning("%d", CANARY)

    told = capsys.readouterr().err
    assert "failed: TypeError" in told
    assert CANARY not in told


def test_a_file_is_private_and_rotates(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "log.jsonl"
    configured(file, file_max_mb=1, files_kept=2)

    for _ in range(1_000):
        logs.get_logger("test").info("x" * 3_900)

    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in file.parent.iterdir()) == [
        "log.jsonl",
        "log.jsonl.1",
        "log.jsonl.2",
    ]


def test_the_default_is_five_files_of_fifty_megabytes() -> None:
    assert (Logs().file_max_mb, Logs().files_kept) == (50, 5)


def test_a_vanished_stream_does_not_fail_who_logs() -> None:
    stream = configured()
    stream.close()

    logs.get_logger("test").info("nobody hears this")


def test_nothing_is_written_before_logs_are_configured(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("polybot").setLevel(logging.NOTSET)

    logs.get_logger("early").warning("quiet")

    assert capfd.readouterr() == ("", "")


def test_nothing_goes_to_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure(Logs(), clock=NOON, redactor=Redactor())

    logs.get_logger("test").error("x")

    assert capfd.readouterr().out == ""
