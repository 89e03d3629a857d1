"""Where a strategy says what it saw and decided; a run writes it down."""

from dataclasses import dataclass, field

from polybot.reports.evidence import BallotRow, DecisionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Why an order was sent: what the decision knew. Prices are of the bought or sold token.

    ``row`` and ``confidence`` are those of the combination by which the position was entered.
    """

    reason: str
    seconds_left: float
    fair: float | None = None
    edge: float | None = None
    mid: float | None = None
    ask: float | None = None
    other_ask: float | None = None
    fee_rate_e6: int
    row: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was said of a window at a checkpoint, before its outcome was known."""

    slug: str
    seconds_left: float
    model: float | None
    market: float
    naive: float | None


@dataclass(slots=True)
class Sink:
    """Decisions, orders, forecasts and ballots in the order in which they were made."""

    decisions: list[DecisionRow] = field(default_factory=list)
    sent: dict[str, Sent] = field(default_factory=dict)
    forecasts: list[Forecast] = field(default_factory=list)
    ballots: list[BallotRow] = field(default_factory=list)
    paths: dict[str, "WindowPath"] = field(default_factory=dict)

    def path(self, slug: str) -> "WindowPath":
        """The chart of one window."""
        return self.paths.setdefault(slug, WindowPath())


@dataclass(slots=True)
class WindowPath:
    """Spot and mid through a window, thinned to a point every few seconds."""

    spot: list[tuple[int, float]] = field(default_factory=list)
    mid: list[tuple[int, float]] = field(default_factory=list)
