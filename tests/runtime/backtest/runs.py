"""What a test of a run calls."""

from collections.abc import Callable
from pathlib import Path

from polybot.reports.evidence import Evidence

SAMPLE = Path(__file__).resolve().parents[3] / "catalogs" / "sample"

type Run = Callable[..., Evidence]
