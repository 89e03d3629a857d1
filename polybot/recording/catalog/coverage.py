"""How well a window's books were recorded: counted while they pass, merged over tapes."""

import msgspec

from polybot.domain.series import NS

STALE_NS = 5 * NS
"""A book is trusted this long after its last message."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was seen of one window, between its first and last book."""

    messages: int
    first_ns: int
    last_ns: int
    covered_ns: int
    """Time inside the window with a book not older than STALE_NS."""
    longest_silence_ns: int
    silences: int
    """Times the books fell silent for longer than STALE_NS."""
    one_sided_ns: int

    def whole(self, start_ns: int, end_ns: int) -> "Coverage":
        """The same with the head and the tail of the window counted too."""
        head = max(0, min(self.first_ns, end_ns) - start_ns)
        tail = max(0, end_ns - max(self.last_ns, start_ns))
        return msgspec.structs.replace(
            self,
            covered_ns=self.covered_ns + min(tail, STALE_NS),
            longest_silence_ns=max(self.longest_silence_ns, head, tail),
            silences=self.silences + (head > STALE_NS) + (tail > STALE_NS),
        )


class CoverageMeter:
    """Counts one window's books as they pass; one-sided time is that of either token."""

    __slots__ = (
        "_covered",
        "_end",
        "_first",
        "_last",
        "_longest",
        "_messages",
        "_one_sided",
        "_silences",
        "_start",
        "_thin",
    )

    def __init__(self, start_ns: int, end_ns: int) -> None:
        self._start, self._end = start_ns, end_ns
        self._messages = self._first = self._last = 0
        self._covered = self._longest = self._silences = self._one_sided = 0
        self._thin = False

    @property
    def started(self) -> bool:
        """Whether any book was seen."""
        return self._messages > 0

    def seen(self, ts_ns: int, *, one_sided: bool) -> None:
        """A book of the window was known at ``ts_ns``, and holds until the next one."""
        if self._messages:
            self._passed(max(self._last, self._start), min(ts_ns, self._end))
        else:
            self._first = ts_ns
        self._messages += 1
        self._last, self._thin = ts_ns, one_sided

    def result(self) -> Coverage:
        """What was seen so far, the head and the tail of the window not counted."""
        return Coverage(
            messages=self._messages,
            first_ns=self._first,
            last_ns=self._last,
            covered_ns=self._covered,
            longest_silence_ns=self._longest,
            silences=self._silences,
            one_sided_ns=self._one_sided,
        )

    def _passed(self, since_ns: int, until_ns: int) -> None:
        silence = until_ns - since_ns
        if silence <= 0:
            return
        self._covered += min(silence, STALE_NS)
        self._silences += silence > STALE_NS
        self._longest = max(self._longest, silence)
        if self._thin:
            self._one_sided += silence


def merged(
    one: Coverage | None, other: Coverage | None, *, start_ns: int, end_ns: int
) -> Coverage | None:
    """What two tapes saw of the same window; the silence between them counts."""
    if one is None or other is None:
        return one or other
    early, late = sorted((one, other), key=lambda coverage: coverage.first_ns)
    between = max(0, min(late.first_ns, end_ns) - max(early.last_ns, start_ns))
    return Coverage(
        messages=early.messages + late.messages,
        first_ns=early.first_ns,
        last_ns=max(early.last_ns, late.last_ns),
        covered_ns=early.covered_ns + late.covered_ns + min(between, STALE_NS),
        longest_silence_ns=max(early.longest_silence_ns, late.longest_silence_ns, between),
        silences=early.silences + late.silences + (between > STALE_NS),
        one_sided_ns=early.one_sided_ns + late.one_sided_ns,
    )
