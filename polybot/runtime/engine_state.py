"""The life of the engine, and which steps it may take."""

from enum import StrEnum

from polybot.errors import DomainError


class EngineState(StrEnum):
    """Where the engine stands."""

    STOPPED = "stopped"
    STARTING = "starting"
    """Recovering, reconciling and checking; nothing may be sent."""
    RUNNING = "running"
    PAUSED = "paused"
    """No new positions; exits and cancels go on."""
    ERROR = "error"
    """Something broke: nothing is sent until it was stopped and started again."""
    STOPPING = "stopping"
    """Cancelling and writing down; nothing new is sent."""

    @property
    def may_enter(self) -> bool:
        """Whether new positions may be taken."""
        return self is EngineState.RUNNING

    @property
    def may_exit(self) -> bool:
        """Whether positions may be reduced."""
        return self in (EngineState.RUNNING, EngineState.PAUSED)


LEGAL: dict[EngineState, frozenset[EngineState]] = {
    EngineState.STOPPED: frozenset({EngineState.STARTING}),
    EngineState.STARTING: frozenset(
        {EngineState.RUNNING, EngineState.PAUSED, EngineState.ERROR, EngineState.STOPPING}
    ),
    EngineState.RUNNING: frozenset({EngineState.PAUSED, EngineState.ERROR, EngineState.STOPPING}),
    EngineState.PAUSED: frozenset({EngineState.RUNNING, EngineState.ERROR, EngineState.STOPPING}),
    EngineState.ERROR: frozenset({EngineState.STOPPING}),
    EngineState.STOPPING: frozenset({EngineState.STOPPED, EngineState.ERROR}),
}


def step(now: EngineState, to: EngineState) -> EngineState:
    """``to``, when the engine may go there; DomainError otherwise."""
    if to is not now and to not in LEGAL[now]:
        legal = ", ".join(sorted(LEGAL[now]))
        raise DomainError(f"an engine that is {now} cannot become {to}: only {legal}")
    return to
