"""What docs/adding_a_strategy.md says, done literally in a copy of the package."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "adding_a_strategy.md").read_text()
START = "from polybot.cli.main import main; main()"


def follow(tree: Path) -> list[str]:
    """Do in ``tree`` what the page says, up to its command, and return that."""
    decision, line_of_import, entry = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (tree / "polybot" / "decisions" / "cheap_favourite.py").write_text(decision)
    strategies = tree / "polybot" / "runtime" / "backtest" / "strategies.py"
    code = strategies.read_text().replace("\nfrom polybot", f"\n{line_of_import}from polybot", 1)
    strategies.write_text(re.sub(r"(?m)^(STRATEGIES.*?)^}", rf"\1{entry}}}", code, flags=re.DOTALL))
    [command] = re.findall(r"^    (\.venv/bin/polybot (?:.*\\\n)*.*)$", PAGE, re.MULTILINE)
    program, *arguments = shlex.split(command.replace("\\\n", ""))
    assert program == ".venv/bin/polybot"
    return arguments


def test_a_strategy_added_as_the_page_says_trades(tmp_path: Path) -> None:
    copytree(ROOT / "polybot", tmp_path / "polybot", ignore=ignore_patterns("__pycache__", ".*"))
    (tmp_path / "catalogs").symlink_to(ROOT / "catalogs")
    arguments = follow(tmp_path)

    told = subprocess.run(
        [sys.executable, "-c", START, *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    [folder] = (tmp_path / "runs").iterdir()
    assert "cheap_favourite" in (folder / "run.json").read_text()
    assert (folder / "orders.jsonl").read_text().count("up is worth") > 0
