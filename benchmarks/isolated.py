"""Each heavy case in a process of its own, so that none heats or bloats the next."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_MARK = "benchmark-result "


def run(case: str, **arguments: object) -> dict[str, Any]:
    """What ``benchmarks.cases.<case>.measure`` returns, with its peak memory as ``peak_mb``."""
    command = [sys.executable, "-m", "benchmarks.case", case, json.dumps(arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1]
    )
    for line in done.stdout.splitlines():
        if line.startswith(_MARK):
            result: dict[str, Any] = json.loads(line.removeprefix(_MARK))
            return result
    raise RuntimeError(f"benchmark {case} failed:\n{done.stdout[-2_000:]}{done.stderr[-4_000:]}")


def answer(result: dict[str, Any]) -> None:
    """Hand a result back to ``run``."""
    print(_MARK + json.dumps(result), flush=True)
