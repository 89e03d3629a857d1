"""What a run gives a strategy over windows."""

from collections.abc import Sequence
from typing import Any, Self

from nautilus_trader.trading import StrategyConfig

from polybot.decisions.world import WorldParams
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Series
from polybot.engine.failures import Failures
from polybot.strategies.sink import Sink


class WindowStrategyConfig(StrategyConfig):
    """Which series to trade, by which rules, and where to write decisions."""

    def __new__(cls, *, order_id_tag: str = "001", **_: Any) -> Self:
        """Nautilus' own fields alone."""
        return super().__new__(cls, order_id_tag=order_id_tag)  # type: ignore[call-arg]

    def __init__(
        self,
        *,
        series: Sequence[Series],
        rulebook: Rulebook,
        sink: Sink,
        failures: Failures,
        world: WorldParams | None = None,
        params: Any = None,
        order_id_tag: str = "001",  # noqa: ARG002  read by __new__
    ) -> None:
        self.series = frozenset(series)
        self.rulebook = rulebook
        self.sink = sink
        self.failures = failures
        self.world = world or WorldParams()
        self.params = params
