import ast
from pathlib import Path

import pytest

import polybot

FILES = sorted((Path(polybot.__file__).parent / "signals").rglob("*.py"))


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    whole = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    parts = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return whole | parts


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-2:]))
def test_only_indicators_know_the_engine_and_only_its_indicators(file: Path) -> None:
    engine = {name for name in imported(file) if name.startswith("nautilus_trader")}

    assert engine <= {"nautilus_trader.indicators"}
    assert not engine or file.parent.name == "indicators"
