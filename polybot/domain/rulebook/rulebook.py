"""Which of the venue's rules were in force when, and what if one had been another."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Self

from polybot.domain.asset import Asset
from polybot.domain.rulebook.entry import BEGINS, Entry, instant_ns
from polybot.domain.rulebook.rules import FIELDS, Rules, Settlement
from polybot.domain.rulebook.table import FIRST_WINDOWS, TABLE
from polybot.domain.series import Length, Series, Window
from polybot.errors import DomainError


@dataclass(frozen=True, slots=True)
class _Timeline:
    """One series' rules: ``rules[i]`` holds from ``starts[i]`` until ``starts[i + 1]``."""

    starts: tuple[int, ...]
    rules: tuple[Rules, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The dated rules of every series, with the overrides of a what-if on top."""

    entries: tuple[Entry, ...]
    overrides: Mapping[str, object]
    _timelines: Mapping[Series, _Timeline]

    @classmethod
    def standard(cls) -> Self:
        """The rules as far as they are known."""
        return cls._build(TABLE, {})

    @classmethod
    def _build(cls, entries: tuple[Entry, ...], overrides: Mapping[str, object]) -> Self:
        every = (Series(asset, length) for asset, length in product(Asset, Length))
        timelines = {series: _timeline(entries, series, overrides) for series in every}
        return cls(entries, overrides, timelines)

    def at(self, series: Series, ts_ns: int, *, fee_rate_e6: int | None = None) -> Rules:
        """The rules of ``series`` at ``ts_ns``; a market's own ``fee_rate_e6`` beats the table.

        An override beats both. Before the day a series is reported to have started, the rules
        of its length hold and ``uncertain`` has ``existence``: recordings older than the
        reports exist. Before the table's first day DomainError. A window settles by the rules
        at its start: see ``settlement_of``.
        """
        timeline = self._timelines[series]
        index = bisect_right(timeline.starts, ts_ns) - 1
        if index < 0:
            raise DomainError(
                f"no rules of {series} are known at {ts_ns} ns: the rulebook begins on {BEGINS}"
            )
        rules = timeline.rules[index]
        if fee_rate_e6 is None or "fee" in self.overrides:
            return rules
        return _with_own_rate(rules, fee_rate_e6)

    def settlement_of(self, window: Window) -> Settlement:
        """What the window's strike and close are taken from: the rule in force at its start."""
        return self.at(window.series, window.start_ns).settlement

    def override(self, **fields: object) -> Self:
        """The same rulebook with these fields fixed at every date, as a what-if.

        A fixed field is no longer uncertain. Unknown names and impossible values: DomainError.
        """
        for name in fields:
            if name not in FIELDS:
                raise DomainError(f"no rule is called {name!r}: use one of {', '.join(FIELDS)}")
        return self._build(self.entries, {**self.overrides, **fields})


def first_window_ns(series: Series) -> int | None:
    """When the series is reported to have started, None when that is not known."""
    first = FIRST_WINDOWS.get((series.asset, series.length))
    return None if first is None else instant_ns(first)


def _timeline(
    entries: Iterable[Entry], series: Series, overrides: Mapping[str, object]
) -> _Timeline:
    own = sorted(
        (entry for entry in entries if series.length in entry.lengths),
        key=lambda entry: entry.since_ns,
    )
    instants = {entry.since_ns for entry in own}
    first = first_window_ns(series)
    starts = tuple(sorted(instants if first is None else instants | {first}))
    rules = (_rules_from(start, own, first, overrides) for start in starts)
    return _Timeline(starts, tuple(rules))


def _rules_from(
    start_ns: int, own: Iterable[Entry], first_ns: int | None, overrides: Mapping[str, object]
) -> Rules:
    latest = {entry.field: entry for entry in own if entry.since_ns <= start_ns}
    values: dict[str, Any] = {name: entry.value for name, entry in latest.items()}
    uncertain = {
        name
        for field, entry in latest.items()
        if field not in overrides
        for name in entry.uncertain
    }
    if first_ns is not None and start_ns < first_ns:
        uncertain.add("existence")
    return Rules(**{**values, **overrides}, uncertain=frozenset(uncertain))


def _with_own_rate(rules: Rules, fee_rate_e6: int) -> Rules:
    if rules.fee.rate_e6 == fee_rate_e6 and "fee.rate_e6" not in rules.uncertain:
        return rules
    fee = replace(rules.fee, rate_e6=fee_rate_e6)
    return replace(rules, fee=fee, uncertain=rules.uncertain - {"fee.rate_e6"})
