"""How measurements become a confidence."""

from polybot.errors import DomainError


def ramp(value: float, low: float, high: float) -> float:
    """0 up to ``low``, 1 from ``high`` on, straight in between; DomainError unless low < high."""
    if not low < high:
        raise DomainError(f"`low` {low} must be below `high` {high}: check the member's params")
    return min(1.0, max(0.0, (value - low) / (high - low)))


def confidence(*parts: float, floor: float = 50.0) -> float:
    """``floor`` when every part is 0, 100 when every part is 1; each part counts the same."""
    return floor + (100.0 - floor) * sum(parts) / len(parts)
