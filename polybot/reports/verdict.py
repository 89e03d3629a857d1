"""Whether a run shows an edge, by a rule that was fixed before the numbers were seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from polybot.reports.bootstrap import Interval
from polybot.reports.nulls import Drawn, Nulls
from polybot.reports.plain import amount

type Word = Literal["edge", "no edge", "loses", "not enough evidence"]

MINIMUM_WINDOWS = 100
MINIMUM_HOURS = 20
ALPHA = 0.05
_UNPRICED = "Not shown: no traded window has both asks recorded and an outcome."

RULE = f"""\
The unit of evidence is the traded window. With fewer than {MINIMUM_WINDOWS} traded windows the \
verdict is "not enough evidence". All intervals are two-sided and hold {1 - ALPHA:.0%} after a \
Bonferroni correction: the error of {ALPHA:.0%} is divided by the number of variants tried. The \
verdict is "loses" when the upper end of the bootstrap interval of P&L per window is below zero. \
It is "edge" only when every one of these holds: the interval's lower end is above zero; so is it \
with hours drawn again instead of windows, where there are {MINIMUM_HOURS} hours or more; P&L per \
window exceeds what luck reaches if the market's mid was the true probability; where the strategy \
forecasts, the Brier score of its model is below that of the market's mid; P&L exceeds what luck \
reaches with a random side at the same times; and it is above always taking the favourite at the \
same times, by the interval of the difference on the same windows. Otherwise it is "no edge"."""


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of the rule; ``holds`` is None where it does not apply."""

    name: str
    holds: bool | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict's word, why in one sentence, and every condition that was looked at."""

    word: Word
    because: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rule looks at; intervals at the corrected level, pUSD per window."""

    traded: int
    minimum: int
    per_window: Interval | None
    per_hour_block: Interval | None
    nulls: Nulls | None
    brier_model: float | None
    brier_market: float | None


def tail_of(variants: int) -> float:
    """The one-sided error that is left to each of ``variants`` tries."""
    return ALPHA / max(variants, 1) / 2


def judge(found: Findings) -> Verdict:
    """The verdict by ``RULE``."""
    checks = (
        _enough(found),
        _profit("P&L per window", found.per_window),
        _by_hours(found.per_hour_block),
        _beats_luck("market's price", found.nulls, lambda nulls: nulls.market),
        _forecast(found.brier_model, found.brier_market),
        _beats_luck("random side", found.nulls, lambda nulls: nulls.random_side),
        _beats_favourite(found.nulls),
    )
    word = _word(found, checks)
    return Verdict(word=word, because=_because(word, checks), checks=checks)


def _word(found: Findings, checks: tuple[Check, ...]) -> Word:
    if found.traded < found.minimum or found.per_window is None:
        return "not enough evidence"
    if found.per_window.high < 0:
        return "loses"
    return "no edge" if any(check.holds is False for check in checks) else "edge"


def _because(word: Word, checks: tuple[Check, ...]) -> str:
    if word == "edge":
        return "Every condition of the rule holds."
    # The reason of a loss is the interval; of anything else, the first condition that fails.
    failed = [check for check in checks[1 if word == "loses" else 0 :] if check.holds is False]
    if word != "no edge" or len(failed) == 1:
        return failed[0].sentence
    names = ", ".join(check.name for check in failed)
    return f"{len(failed)} conditions fail: {names}."


def _enough(found: Findings) -> Check:
    holds = found.traded >= found.minimum
    where = "at or above" if holds else "below"
    return Check(
        name="enough windows",
        holds=holds,
        sentence=f"Traded windows: {found.traded:,}, {where} the minimum of {found.minimum:,}.",
    )


def _profit(name: str, interval: Interval | None) -> Check:
    if interval is None:
        return Check(name=name, holds=False, sentence="No window was traded.")
    where = "above" if interval.low > 0 else "below" if interval.high < 0 else "around"
    return Check(
        name=name,
        holds=interval.low > 0,
        sentence=f"{_pusd(interval.mean)} pUSD per window, {_range(interval)}: {where} zero.",
    )


def _by_hours(interval: Interval | None) -> Check:
    name = "the same by the hour"
    if interval is None or interval.count < MINIMUM_HOURS:
        hours = interval.count if interval else 0
        sentence = f"Not applied: {hours} hours, {MINIMUM_HOURS} are needed to draw from."
        return Check(name=name, holds=None, sentence=sentence)
    return _profit(name, interval)


def _beats_luck(name: str, nulls: Nulls | None, pick: Callable[[Nulls], Drawn]) -> Check:
    if nulls is None:
        return Check(name=name, holds=False, sentence=_UNPRICED)
    null = pick(nulls)
    holds = nulls.run > null.high
    return Check(
        name=name,
        holds=holds,
        sentence=(
            f"{_pusd(nulls.run)} pUSD per window {'exceeds' if holds else 'does not exceed'} the "
            f"{_pusd(null.high)} that luck reaches; expected {_pusd(null.expectation)}."
        ),
    )


def _forecast(model: float | None, market: float | None) -> Check:
    name = "forecast"
    if model is None or market is None:
        return Check(name=name, holds=None, sentence="Not applied: the strategy does not forecast.")
    holds = model < market
    word = "is below" if holds else "is not below"
    return Check(
        name=name,
        holds=holds,
        sentence=f"The model's Brier score {model:.4f} {word} the market's {market:.4f}.",
    )


def _beats_favourite(nulls: Nulls | None) -> Check:
    name = "always the favourite"
    if nulls is None:
        return Check(name=name, holds=False, sentence=_UNPRICED)
    gap = nulls.favourite.difference
    where = "above" if gap.low > 0 else "below" if gap.high < 0 else "around"
    return Check(
        name=name,
        holds=gap.low > 0,
        sentence=f"{_pusd(gap.mean)} pUSD per window more, {_range(gap)}: {where} zero.",
    )


def _range(interval: Interval) -> str:
    ends = f"{_pusd(interval.low)} to {_pusd(interval.high)}"
    return f"{100 * interval.level:.4g} % interval {ends}"


def _pusd(value: float) -> str:
    return amount(value, places=4, signed=True)
