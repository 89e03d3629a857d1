"""What a backtest is asked to do."""

from dataclasses import dataclass, field
from pathlib import Path

from polybot.config.settings import Settings
from polybot.domain.asset import Asset
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestRequest:
    """Which recorded windows, which strategy, under which rules; empty filters mean all.

    ``start_ns`` and ``end_ns`` bound the windows' starts. Windows in ``forced`` are traded even if
    their strike, outcome or grade would exclude them.
    """

    catalogs: tuple[Path, ...]
    settings: Settings = field(default_factory=Settings)
    assets: frozenset[Asset] = frozenset()
    lengths: frozenset[Length] = frozenset()
    start_ns: int | None = None
    end_ns: int | None = None
    windows: frozenset[str] = frozenset()
    forced: frozenset[str] = frozenset()
    rulebook: Rulebook = field(default_factory=Rulebook.standard)
    variants_tried: int = 1
