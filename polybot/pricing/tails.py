"""How likely a standardised outcome lies at or below z: the normal law, or one with fat tails."""

from math import atan, cos, erfc, pi, sin, sqrt

from polybot.errors import DomainError

_SQRT_HALF = sqrt(0.5)
_LEAST_DEGREES = 3
_MOST_DEGREES = 200


def normal_below(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * erfc(-z * _SQRT_HALF)


def student_below(z: float, degrees: int) -> float:
    """The distribution function of Student's t with ``degrees``, scaled to unit variance.

    Exact for whole degrees from 3 to 200 (below 3 the variance is infinite); it is a finite sum
    of cosines, so no incomplete beta function is needed.
    Source: Abramowitz and Stegun, 26.7.3 and 26.7.4.
    """
    if not _LEAST_DEGREES <= degrees <= _MOST_DEGREES:
        raise DomainError(
            f"`degrees` must be between {_LEAST_DEGREES} and {_MOST_DEGREES}, was {degrees}: "
            "leave it out for the normal law"
        )
    angle = atan(z / sqrt(degrees - 2))
    inside = _odd(angle, degrees) if degrees % 2 else _even(angle, degrees)
    return min(1.0, max(0.0, 0.5 + 0.5 * inside))


def _odd(angle: float, degrees: int) -> float:
    cosine = cos(angle)
    term, total = cosine, 0.0
    for k in range(1, degrees - 1, 2):
        total += term
        term *= cosine * cosine * (k + 1) / (k + 2)
    return 2 / pi * (angle + sin(angle) * total)


def _even(angle: float, degrees: int) -> float:
    square = cos(angle) ** 2
    term, total = 1.0, 0.0
    for k in range(0, degrees - 1, 2):
        total += term
        term *= square * (k + 1) / (k + 2)
    return sin(angle) * total
