"""`polybot explain`: why a run did what it did in one window."""

from pathlib import Path

import click
import msgspec

from polybot.cli.app import App
from polybot.errors import RunError
from polybot.reports.evidence import Evidence
from polybot.reports.explain.story import explain as story

_EVIDENCE = "evidence.json"
_NAMED = 3


@click.command()
@click.argument("run")
@click.argument("window")
@click.option("--every", is_flag=True, help="Every decision, also those like the one before.")
@click.pass_obj
def explain(app: App, run: str, window: str, every: bool) -> None:
    """Tell what RUN saw, decided and earned in WINDOW, in plain words.

    RUN is a run's folder, or its name under data.runs_path; WINDOW is a slug such as
    btc-updown-15m-1793620800.
    """
    evidence = _read(_folder(run, Path(app.settings.data.runs_path)) / _EVIDENCE)
    click.echo(app.clean("\n".join(story(evidence, window, every=every))))


def _folder(run: str, root: Path) -> Path:
    for folder in (Path(run), root / run):
        if (folder / _EVIDENCE).is_file():
            return folder
    known = sorted((path.parent.name for path in root.glob(f"*/{_EVIDENCE}")), reverse=True)
    newest = (
        f"the newest in {root} are {', '.join(known[:_NAMED])}" if known else f"{root} has none"
    )
    raise RunError(f"no run {run!r}: name the folder of a run, or its name in {root}; {newest}")


def _read(path: Path) -> Evidence:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Evidence)
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}") from None
    except msgspec.DecodeError as error:
        raise RunError(
            f"{path} cannot be read: {error}: it was cut short, or made by another version"
        ) from None
