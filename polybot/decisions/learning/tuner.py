"""Tunes every so many closed trades, keeps what it did, and takes it back when told to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from polybot.decisions.learning.lesson import Lesson
from polybot.decisions.learning.tuning import Tuned, Tuning, TuningParams, tune
from polybot.decisions.weights import WeightsParams
from polybot.errors import DataError


class TunerState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything to go on from."""

    configured: Tuned
    values: Tuned
    since: int
    history: list[Tuning]
    undo: list[Tuned]


@dataclass(slots=True)
class Tuner:
    """``values`` are in force; ``history`` has every tuning, the newest last."""

    configured: Tuned
    params: TuningParams = field(default_factory=TuningParams)
    weights: WeightsParams = field(default_factory=WeightsParams)
    history: list[Tuning] = field(default_factory=list)
    values: Tuned = field(init=False)
    _since: int = field(init=False, default=0)
    _undo: list[Tuned] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.values = self.configured

    def trade_closed(self, lessons: Iterable[Lesson], now_ns: int) -> Tuning | None:
        """Count a closed trade; a tuning when it was the last of its batch, else None.

        The tuning is returned and kept even when it changed nothing: its evidence says why.
        """
        self._since += 1
        if not self.params.every or self._since < self.params.every:
            return None
        self._since = 0
        tuning = tune(
            lessons,
            now_ns=now_ns,
            values=self.values,
            params=self.params,
            weights=self.weights,
        )
        if tuning.changed:
            self._undo.append(tuning.old)
        return self._apply(tuning)

    def revert(self, now_ns: int) -> Tuning | None:
        """Take the last change back, and the one before at the next call; None when none is left.

        The lessons stay, so a later batch may come to the same change again.
        """
        if not self._undo:
            return None
        old = self._undo.pop()
        return self._apply(Tuning(at_ns=now_ns, lessons=0, old=self.values, new=old, reverts=True))

    def state(self) -> dict[str, object]:
        """Plain values to save."""
        state = TunerState(
            configured=self.configured,
            values=self.values,
            since=self._since,
            history=self.history,
            undo=self._undo,
        )
        plain: dict[str, object] = msgspec.to_builtins(state)
        return plain

    def restore(self, saved: object) -> None:
        """Go on from what ``state`` gave; DataError when it is not that.

        When a setting was changed since, the settings win and tuning starts from them.
        """
        try:
            state = msgspec.convert(saved, TunerState)
        except msgspec.ValidationError as wrong:
            raise DataError(f"saved tuning cannot be used: {wrong}: start without it") from wrong
        self.history, self._since = list(state.history), state.since
        if state.configured == self.configured:
            self.values, self._undo = state.values, list(state.undo)

    def _apply(self, tuning: Tuning) -> Tuning:
        self.history.append(tuning)
        self.values = tuning.new
        return tuning
