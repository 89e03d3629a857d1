"""The command: what it loads, how it ends."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Never

import click
import pytest
from click.testing import CliRunner, Result

from polybot.cli import main as entry
from polybot.cli.main import polybot
from polybot.errors import CatalogError, Interrupted

type Run = Callable[..., Result]
CANARY = "canary-7f3a91c2-secret"


@click.command()
@click.argument("kind")
def failing(kind: str) -> Never:
    """Ends as it is told."""
    raise {
        "refusal": CatalogError(f"catalog 'x' is gone, {CANARY}: import again\x1b[2J"),
        "stop": Interrupted("stopped at window 7"),
        "ctrl-c": KeyboardInterrupt(),
        "full": OSError(errno.ENOSPC, f"Error writing bytes to {CANARY}"),
        "read-only": OSError(errno.EROFS, "Read-only file system", "x/manifest.json"),
        "defect": ZeroDivisionError(CANARY),
    }[kind]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setitem(entry.COMMANDS, "fail", entry._Lazy(f"{__name__}:failing", "Fails."))
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or _this_module())

    def runner(*args: str) -> Result:
        env = {name: None for name in os.environ if name.startswith("POLYBOT_")}
        return CliRunner().invoke(polybot, args, env=env | {"POLYBOT_API_SECRET": CANARY})

    return runner


def _this_module() -> ModuleType:
    module = type(sys)(__name__)
    vars(module)["failing"] = failing
    return module


@pytest.mark.parametrize(
    ("kind", "code"),
    [("refusal", 2), ("full", 2), ("stop", 130), ("ctrl-c", 130), ("defect", 1)],
)
def test_each_kind_of_end_has_its_code(run: Run, kind: str, code: int) -> None:
    result = run("fail", kind)

    assert result.exit_code == code
    assert result.stdout == ""
    assert CANARY not in result.output


def test_a_refusal_is_one_line(run: Run) -> None:
    result = run("fail", "refusal")

    assert result.stderr == "polybot: catalog 'x' is gone, ********: import again\\x1b[2J\n"


@pytest.mark.parametrize("args", [("--debug", "fail", "refusal"), ("fail", "refusal", "--debug")])
def test_debug_shows_the_traceback(run: Run, args: tuple[str, ...]) -> None:
    result = run(*args)

    assert "Traceback" in result.stderr
    assert CANARY not in result.output


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("full", "Error writing bytes to ********: the disk is full: free some of it, then say"),
        ("read-only", "x/manifest.json: Read-only file system: name a folder that you may write"),
    ],
)
def test_a_disk_that_refuses_is_no_defect(run: Run, kind: str, said: str) -> None:
    stderr = run("fail", kind).stderr

    assert stderr.startswith(f"polybot: {said}")
    assert len(stderr.splitlines()) == 1


def test_a_defect_shows_its_traceback_and_asks_for_a_report(run: Run) -> None:
    stderr = run("fail", "defect").stderr

    assert "ZeroDivisionError: ********" in stderr
    assert "please report it" in stderr


def test_the_help_lists_every_command(run: Run) -> None:
    result = run("--help")

    assert result.exit_code == 0
    assert all(name in result.output for name in ("backtest", "catalog", "config", "simulate"))


def test_the_version_names_the_engine(run: Run) -> None:
    assert "nautilus_trader 2.0.0rc7" in run("--version").output


def test_an_unknown_command_is_refused(run: Run) -> None:
    assert run("nothing").exit_code == 2


HEAVY = ("nautilus_trader", "pyarrow", "numpy", "structlog", "rich", "yaml")


def test_the_command_starts_without_loading_the_engine() -> None:
    code = (
        "import sys, json; import polybot.cli.main;"
        f"print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    )

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout

    assert json.loads(out) == []


def test_the_command_runs_as_a_process() -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("POLYBOT_")}
    call = [sys.executable, "-c", "from polybot.cli.main import main; main()", "config", "show"]

    done = subprocess.run(
        [*call, "--json", "--set", "risk.open_orders=3"], capture_output=True, check=True, env=env
    )

    shown = json.loads(done.stdout)["settings"]["risk.open_orders"]
    assert (shown["value"], shown["layer"]) == (3, "command line")
    assert done.stderr == b""


def test_a_reader_that_leaves_is_not_told_about() -> None:
    call = f"{sys.executable} -c 'from polybot.cli.main import main; main()' config show | true"

    assert subprocess.run(call, shell=True, capture_output=True, check=False).stderr == b""
