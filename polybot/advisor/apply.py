"""What advice does to a purchase: nothing, less of it, or none. Never more."""

from dataclasses import replace

from polybot.advisor.advice import Advice, Failure, NoAdvice, Verdict
from polybot.advisor.params import AdvisorParams, Fallback
from polybot.decisions.intents import Skip, Take
from polybot.domain.money import MICRO, PRICE_SCALE, cost_micro
from polybot.domain.rulebook.rules import Rules
from polybot.domain.tick import round_size_down

_QUOTED = 160
DEFAULT = AdvisorParams()


def advised(
    wanted: Take | Skip, verdict: Verdict, *, rules: Rules, params: AdvisorParams = DEFAULT
) -> Take | Skip:
    """``wanted`` after the advisor was heard: the same, a smaller purchase, or none.

    Window, outcome and limit stay as they are, the shares stay or shrink, and a skip stays a skip.
    ``edge`` of a smaller purchase stays that of the larger, which it can only exceed.
    """
    if isinstance(wanted, Skip):
        return wanted
    if isinstance(verdict, NoAdvice):
        return _unadvised(wanted, verdict, params)
    if verdict.veto:
        return Skip(f"the advisor vetoes: {_said(verdict)}")
    if verdict.action.outcome is not wanted.outcome:
        return Skip(f"the advisor says {verdict.action}, not {wanted.outcome}: {_said(verdict)}")
    if verdict.confidence >= params.min_confidence:
        return _because(wanted, f"the advisor agrees: {_said(verdict)}")
    return _smaller(wanted, verdict, rules, params)


def _unadvised(take: Take, verdict: NoAdvice, params: AdvisorParams) -> Take | Skip:
    is_invalid = verdict.failure is Failure.INVALID
    fallback = params.on_invalid if is_invalid else params.on_failure
    why = f"no advice ({verdict.failure}: {verdict.reason})"
    if fallback is Fallback.RULES:
        return _because(take, f"{why}, as the rules want")
    return Skip(f"{why}: hold")


def _smaller(take: Take, advice: Advice, rules: Rules, params: AdvisorParams) -> Take | Skip:
    shares = round_size_down(int(take.shares_micro * params.weak_share))
    least = rules.min_marketable_micro_pusd
    if cost_micro(round(take.ask * PRICE_SCALE), shares) < least or not shares:
        return Skip(
            f"the advisor agrees weakly: {_said(advice)}; {params.weak_share:g} of the purchase is "
            f"below the venue's minimum of {least / MICRO:g} pUSD"
        )
    smaller = replace(take, shares_micro=min(shares, take.shares_micro))
    return _because(
        smaller, f"{params.weak_share:g} of it, the advisor agrees weakly: {_said(advice)}"
    )


def _because(take: Take, reason: str) -> Take:
    return replace(take, reason=f"{take.reason}; {reason}")


def _said(advice: Advice) -> str:
    text = advice.reasons[0]
    quoted = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}..."
    return f'{advice.confidence:.0f} "{quoted}"'
