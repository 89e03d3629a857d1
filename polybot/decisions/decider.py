"""What a strategy must be able to answer; the shell asks, and does the rest."""

from typing import Protocol

from polybot.decisions.intents import Skip, Take
from polybot.decisions.view import View


class Decider(Protocol):
    """A pure choice, with its own params inside."""

    def worth_a_look(self, view: View) -> bool:
        """Whether ``decide`` could take, judged by the best prices alone: asked at every tick."""
        ...

    def decide(self, view: View) -> Take | Skip:
        """What to do, given both whole books."""
        ...

    def forecast(self, view: View) -> float:
        """The probability of up that the choice rests on."""
        ...
