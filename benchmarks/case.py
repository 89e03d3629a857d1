"""The process of one case: ``python -m benchmarks.case NAME ARGUMENTS``."""

import importlib
import json
import resource
import sys

from benchmarks import isolated

_UNIT = 1 if sys.platform == "darwin" else 1_024


def main() -> None:
    name, arguments = sys.argv[1:]
    result = importlib.import_module(f"benchmarks.cases.{name}").measure(**json.loads(arguments))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
    isolated.answer({**result, "peak_mb": peak / 1e6})


if __name__ == "__main__":
    main()
