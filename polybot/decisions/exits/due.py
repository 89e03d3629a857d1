"""What the moves of spot ask to sell, before asking whether it pays."""

from typing import NamedTuple

from polybot.decisions.exits.params import ExitParams
from polybot.decisions.exits.position import Position
from polybot.domain.tick import SIZE_STEP_MICRO


class Due(NamedTuple):
    """So many shares because of ``part``; ``protects`` when it ends a loss or keeps a gain."""

    part: str
    shares_micro: int
    protects: bool
    why: str


def due(position: Position, spot: float, params: ExitParams) -> Due | None:
    """What is to be sold at this spot, the stop first; None when nothing is."""
    gain = position.gain(spot)
    return (
        _stop(position, gain, params)
        or _trail(position, gain, params)
        or _target(position, gain)
        or _profit(position, gain, params)
    )


def _stop(position: Position, gain: float, params: ExitParams) -> Due | None:
    if params.stop == "off" or gain > -position.risk:
        return None
    why = f"spot moved {gain:.2f} against a stop at {-position.risk:.2f}"
    return Due("stop", position.held_micro, True, why)


def _trail(position: Position, gain: float, params: ExitParams) -> Due | None:
    unit, best = _unit(position, params), max(gain, position.best_gain)
    reached = [trail for trail in params.trail if best >= trail.at * unit]
    if not reached:
        return None
    level = best - max(reached, key=lambda trail: trail.at).by * unit
    if gain > level:
        return None
    why = f"spot fell back to a gain of {gain:.2f} from {best:.2f}, trailing stop at {level:.2f}"
    return Due("trail", position.held_micro, True, why)


def _target(position: Position, gain: float) -> Due | None:
    if position.target is None or gain < position.target:
        return None
    why = f"spot gained {gain:.2f}, target {position.target:.2f}"
    return Due("target", position.held_micro, False, why)


def _profit(position: Position, gain: float, params: ExitParams) -> Due | None:
    unit = _unit(position, params)
    reached = [part for part in params.profits if gain >= part.at * unit]
    percent = min(100.0, sum(part.percent for part in reached))
    # Counted from all that was bought: a part that could not be sold is in the next one.
    wanted = round(position.bought_micro * percent / 100) - position.sold_micro
    shares = min(wanted, position.held_micro)
    if shares < SIZE_STEP_MICRO:
        return None
    name = f"part {len(reached)} of {len(params.profits)}"
    return Due(name, shares, False, f"spot gained {gain:.2f}, {name} is due")


def _unit(position: Position, params: ExitParams) -> float:
    return position.risk if params.unit == "r" else position.entry_spot / 100
