"""A limit in pUSD, in a share of the account, or both: the smaller holds."""

from typing import NamedTuple

from polybot.domain.money import MICRO


class Cap(NamedTuple):
    """Both halves of a limit; None where a half is off."""

    fixed_micro: int | None = None
    share_e6: int | None = None

    def at(self, account_micro: int) -> int | None:
        """What holds at this account; None when nothing is limited."""
        part = None if self.share_e6 is None else account_micro * self.share_e6 // MICRO
        return min((half for half in (self.fixed_micro, part) if half is not None), default=None)


NO_CAP = Cap()
