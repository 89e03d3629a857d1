"""Calls of the advisor on disk, one JSON line each: what a backtest replays."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from polybot.advisor.advice import Advice, Answer, NoAdvice, Question, Verdict
from polybot.advisor.prompt import SYSTEM
from polybot.domain.outcome import Outcome
from polybot.errors import DataError

type _Instant = Annotated[int, Meta(ge=0, le=2**63 - 1)]
type _Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question and what came of it; exactly one of ``advice`` and ``failure`` is there.

    ``refused`` is what the model wrote that is no advice, try by try, masked and cut: for people.
    """

    version: Literal[1] = 1
    slug: str
    asked_ns: _Instant
    wanted: Outcome
    model: str
    prompt_sha256: _Sha256
    request_sha256: _Sha256
    """Over the model's name, the system message and the prompt."""
    latency_ns: _Instant
    refused: tuple[str, ...]
    advice: Advice | None = None
    failure: NoAdvice | None = None

    def __post_init__(self) -> None:
        if (self.advice is None) is (self.failure is None):
            raise ValueError("exactly one of `advice` and `failure` must be given")

    @property
    def answer(self) -> Answer:
        """What came of it, and when."""
        verdict = self.failure if self.advice is None else self.advice
        assert verdict is not None  # noqa: S101  __post_init__ saw to it
        return Answer(verdict, self.asked_ns + self.latency_ns)


def call_of(
    question: Question, verdict: Verdict, *, model: str, latency_ns: int, refused: tuple[str, ...]
) -> Call:
    """The line for one question."""
    request = "\0".join((model, SYSTEM, question.prompt))
    return Call(
        slug=question.slug,
        asked_ns=question.asked_ns,
        wanted=question.wanted,
        model=model,
        prompt_sha256=question.prompt_sha256,
        request_sha256=sha256(request.encode()).hexdigest(),
        latency_ns=latency_ns,
        refused=refused,
        advice=verdict if isinstance(verdict, Advice) else None,
        failure=verdict if isinstance(verdict, NoAdvice) else None,
    )


@dataclass(slots=True)
class Recorder:
    """Appends calls to a new file that only its owner can read; DataError where there is one."""

    path: Path
    _broken: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        try:
            self.path.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise DataError(f"{self.path.name} cannot be created: {error.strerror}") from error

    def add(self, call: Call) -> None:
        """Write one line; DataError when it cannot be, and from then on for every other."""
        if self._broken:
            raise DataError(f"{self.path.name} could not be written before: start another file")
        try:
            with self.path.open("ab") as file:
                file.write(msgspec.json.encode(call) + b"\n")
        except OSError as error:
            # Half a line may stand there: another behind it would make both unreadable.
            self._broken = True
            raise DataError(f"{self.path.name} cannot be written: {error.strerror}") from error


def read_calls(path: Path) -> list[Call]:
    """Every call in the order of writing; a last line that was cut off never happened.

    DataError names the line that is not a call.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror}") from error
    return [_call(line, number, path) for number, line in enumerate(lines[:-1], start=1)]


def _call(line: bytes, number: int, path: Path) -> Call:
    try:
        return _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(f"{path.name}, line {number} is not a call: {error!s:.200}") from error


_DECODER = msgspec.json.Decoder(Call)
