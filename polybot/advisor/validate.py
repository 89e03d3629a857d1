"""Whether a model's answer is advice: one JSON object, the schema, then the rules of business."""

import json
import re
import unicodedata
from typing import Never

import msgspec

from polybot.advisor.advice import Action, Advice, Failure, NoAdvice, Verdict
from polybot.domain.outcome import Outcome
from polybot.observability.text import printable

LONGEST_ANSWER = 4_000
"""Characters; a longer answer is not even looked at."""

_FENCED = re.compile(r"```(?:json)?\s*\n(.*)\n```", re.DOTALL)
_DECODER = msgspec.json.Decoder(Advice, strict=True)
# Unicode categories: control, format, unassigned, private, surrogates, line ends.
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_MARKS = 2


def validated(text: str, wanted: Outcome) -> Verdict:
    """The advice in ``text`` about buying ``wanted``, or what is wrong with it."""
    if len(text) > LONGEST_ANSWER:
        return _invalid(f"{len(text)} characters, the most is {LONGEST_ANSWER}")
    try:
        body = _unfenced(text.strip())
        # Of two equal keys msgspec keeps the last, and a reader may see only the first.
        json.loads(body, object_pairs_hook=_once)
        advice = _DECODER.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        return _invalid(printable(str(error)))
    wrong = _wrong(advice, wanted)
    return _invalid(wrong) if wrong else advice


def _wrong(advice: Advice, wanted: Outcome) -> str:
    """The rule of business that the advice breaks, or an empty string."""
    if advice.veto and advice.action.outcome is wanted:
        return f"it vetoes {wanted} and says {advice.action}"
    if advice.action is not Action.HOLD and not advice.confidence > 0:
        return f"it says {advice.action} with a confidence of 0"
    for number, reason in enumerate(advice.reasons, start=1):
        fault = _fault(reason)
        if fault:
            return f"reason {number} {fault}"
    return ""


def _fault(reason: str) -> str:
    """What speaks against showing a reason, or an empty string."""
    if any(unicodedata.category(each) in _HIDDEN for each in reason):
        return "holds invisible or control characters"
    if _stacks_marks(reason):
        return "stacks marks on a letter"
    if not any(each.isalnum() for each in reason):
        return "says nothing"
    return ""


def _stacks_marks(text: str) -> bool:
    run = 0
    for each in text:
        run = run + 1 if unicodedata.combining(each) else 0
        if run > _MARKS:
            return True
    return False


def _unfenced(text: str) -> str:
    # Many models put one fence around their whole answer however they are asked not to.
    fenced = _FENCED.fullmatch(text)
    return fenced[1] if fenced else text


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        _refuse("a key stands there twice")
    return found


def _refuse(why: str) -> Never:
    raise ValueError(why)


def _invalid(why: str) -> NoAdvice:
    return NoAdvice(Failure.INVALID, why)
