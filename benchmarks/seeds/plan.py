"""What is tried: which markets, which seeds, and for how long."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

import polybot
from polybot.errors import ConfigError
from polybot.simulation.crews import Crew

_PART = re.compile(r"(\d+)(?:(?:\.\.|-)(\d+))?")
_MOST = 100_000


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What every trial has in common."""

    strategy: str = "ensemble"
    hours: float = 24.0
    warmup_hours: float = 12.0
    """Spot and feed before the first window, so that the candles of every member are there."""
    limits: Literal["on", "off"] = "off"
    """The risk settings' halts: a strategy that is stopped for the day cannot be judged by it."""
    code: str = ""
    """What the package's source hashes to: results of other code are not counted together."""

    @property
    def key(self) -> str:
        """A short name for exactly these terms."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:12]


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """One simulated market, traded once for each extra latency."""

    terms: Terms
    makers: Crew
    seed: int
    extra_ms: tuple[int, ...] = (0,)


def seeds_of(text: str) -> tuple[int, ...]:
    """``1..3,7`` as 1, 2, 3, 7; ConfigError says what is wrong."""
    seeds: dict[int, None] = {}
    for part in text.split(","):
        found = _PART.fullmatch(part.strip())
        if found is None:
            raise ConfigError(f"seeds {text!r} must be like 1..100 or 3,5,9..12")
        first, last = int(found[1]), int(found[2] or found[1])
        if not first <= last < first + _MOST:
            raise ConfigError(f"seeds {part!r} must rise, and be at most {_MOST:,}")
        seeds |= dict.fromkeys(range(first, last + 1))
    return tuple(seeds)


def trials(
    terms: Terms,
    *,
    markets: Sequence[Crew],
    seeds: Sequence[int],
    latency_seeds: Sequence[int],
    extra_ms: Sequence[int],
) -> list[Trial]:
    """Every market at every seed; the slow makers' also late, at ``latency_seeds``.

    Seeds come first, so that an interrupted round has tried every market about as often.
    """
    late = set(latency_seeds)
    asked = [*seeds, *(seed for seed in latency_seeds if seed not in set(seeds))]
    return [
        Trial(
            terms=terms,
            makers=makers,
            seed=seed,
            extra_ms=tuple(sorted({0, *extra_ms})) if is_late else (0,),
        )
        for seed in asked
        for makers in markets
        for is_late in [makers is Crew.SLOW and seed in late]
        if is_late or seed in seeds
    ]


def code_digest() -> str:
    """A hash of every source file of the package."""
    root = Path(polybot.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(f"{path.relative_to(root).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:12]
