"""The kill latch: once killed, killed until somebody releases it and types why."""

from typing import NamedTuple

from polybot.errors import DomainError


class Kill(NamedTuple):
    """Who killed, when and why."""

    reason: str
    actor: str
    ts_ns: int


class KillLatch(NamedTuple):
    """Released, or killed by the first of what may be several kills."""

    kill: Kill | None = None

    @property
    def is_killed(self) -> bool:
        """Whether nothing may leave."""
        return self.kill is not None

    @property
    def sentence(self) -> str:
        """Why nothing may leave; empty when released."""
        if self.kill is None:
            return ""
        return f"killed by {self.kill.actor}: {self.kill.reason}"

    def killed(self, *, reason: str, actor: str, ts_ns: int) -> "KillLatch":
        """The latch after a kill; the first kill's reason stays. It never refuses to kill."""
        if self.kill is not None:
            return self
        return KillLatch(Kill(reason.strip() or "no reason given", actor, ts_ns))

    def released(self, *, reason: str) -> "KillLatch":
        """The latch after a release; DomainError without a reason, or with nothing to release."""
        if self.kill is None:
            raise DomainError("nothing is killed: there is nothing to release")
        if not reason.strip():
            raise DomainError("a release needs a reason: say what was wrong and why it is mended")
        return KillLatch()
