"""What docs/members.md says about adding a member, done literally in a copy of the package."""

import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "members.md").read_text()
LOOK = """
from polybot.decisions.ensemble import Ensemble, EnsembleParams
from tests.decisions.signals_world import a_candle, a_frame, a_technical, some_candles

m15 = a_frame(candles=some_candles(a_candle(104.0)))
ensemble = Ensemble(EnsembleParams(member_params={"above_vwap": {"min_atr": 1.0}}))
print(ensemble.update(a_technical(m15=m15)).votes[-1].vote.reason)
"""


def test_a_member_added_as_the_page_says_votes(tmp_path: Path) -> None:
    quiet = ignore_patterns("__pycache__", ".*")
    copytree(ROOT / "polybot", tmp_path / "polybot", ignore=quiet)
    copytree(ROOT / "tests" / "decisions", tmp_path / "tests" / "decisions", ignore=quiet)
    member, line_of_import, entry = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    members = tmp_path / "polybot" / "decisions" / "members"
    (members / "above_vwap.py").write_text(member)
    registry = (members / "registry.py").read_text()
    registry = registry.replace("\nfrom polybot", f"\n{line_of_import}from polybot", 1)
    (members / "registry.py").write_text(
        re.sub(r"(?m)^(MEMBERS.*?)^}", rf"\1{entry}}}", registry, flags=re.DOTALL)
    )

    said = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert said.stdout == "+2.0 ATR from VWAP\n", said.stderr
