"""When an arbitrage is not believed, whatever it shows: old inputs, an odd basis, too late."""

import msgspec

from polybot.decisions.view import View
from polybot.pricing.bounds import NotNegative, Positive, Share


class SuppressionParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How fresh and how sane the inputs of the detector must be."""

    max_spot_age_s: Positive = 3.0
    max_basis_age_s: Positive = 30.0
    max_book_age_s: Positive = 30.0
    max_basis_share: Share = 0.01
    """The basis is abnormal beyond this share of spot."""
    max_noise_share: Share = 0.0005
    """The basis is abnormal when its own noise is beyond this share of spot."""
    latency_s: NotNegative = 1.0
    """How long an order may be on its way before the taker hold begins."""


def suppressed(view: View, params: SuppressionParams) -> str:
    """Why no arbitrage of ``view`` is believed, or an empty string."""
    return _stale(view, params) or _abnormal(view, params) or _too_late(view, params)


def _stale(view: View, params: SuppressionParams) -> str:
    ages = (
        ("spot", view.spot_age_s, params.max_spot_age_s),
        ("the basis", view.basis_age_s, params.max_basis_age_s),
        ("a book", view.book_age_s, params.max_book_age_s),
    )
    for name, age_s, most_s in ages:
        # Written so that NaN counts as old.
        if not age_s <= most_s:
            return f"{name} is {age_s:.1f} s old, over {most_s:g} s"
    return ""


def _abnormal(view: View, params: SuppressionParams) -> str:
    if not abs(view.basis) <= params.max_basis_share * view.spot:
        return f"the basis of {view.basis:.2f} is abnormal at a spot of {view.spot:.2f}"
    if not view.noise <= params.max_noise_share * view.spot:
        return f"the basis is abnormal: its noise is {view.noise:.2f} at a spot of {view.spot:.2f}"
    if view.up.is_crossed or view.down.is_crossed:
        return "a book is crossed"
    return ""


def _too_late(view: View, params: SuppressionParams) -> str:
    needed_s = view.rules.taker_hold_ms / 1_000 + params.latency_s
    if view.seconds_left > needed_s:
        return ""
    return (
        f"{max(0.0, view.seconds_left):.1f} s left: with a hold of {view.rules.taker_hold_ms} ms "
        f"an order needs {needed_s:g} s to be matched inside the window"
    )
