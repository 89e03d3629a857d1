"""docs/risk.md lists the rules that there are, in the order in which they are asked."""

import re
from decimal import Decimal
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import iter_modules

import pytest

import polybot.risk.rules
from polybot.config.risk import Risk
from polybot.config.schema import leaves
from polybot.risk.build import gate_rules

PAGE = Path(__file__).resolve().parents[2] / "docs" / "risk.md"
ROWS = [line.split("|")[1:-1] for line in PAGE.read_text().splitlines() if line.startswith("| `")]
LISTED = [row[0].strip(" `") for row in ROWS]


def rule_classes() -> set[str]:
    modules = (
        import_module(f"polybot.risk.rules.{module.name}")
        for module in iter_modules(polybot.risk.rules.__path__)
        if module.name != "rule"
    )
    return {
        name
        for module in modules
        for name, kind in getmembers(module, isclass)
        if kind.__module__ == module.__name__ and hasattr(kind, "check") and name[0] != "_"
    }


def test_the_page_names_every_rule_class_and_no_other() -> None:
    assert set(LISTED) == rule_classes()


def test_the_page_has_the_order_of_the_gate() -> None:
    asked = gate_rules(Risk(minimum_balance_pusd=Decimal(1)))

    assert [type(rule).__name__ for rule in asked] == LISTED


@pytest.mark.parametrize("row", ROWS, ids=LISTED)
def test_every_setting_on_the_page_exists(row: list[str]) -> None:
    known = leaves(Risk)

    for name in re.findall(r"`([a-z_.]+\*?)`", row[2]):
        begins = name.removesuffix("*")
        assert any(path.startswith(begins) if name[-1] == "*" else path == name for path in known)


def test_every_rule_has_its_control_or_says_nothing() -> None:
    assert all(re.fullmatch(r" (C\d\d(, C\d\d)*|venue|) ?", row[4]) for row in ROWS)
