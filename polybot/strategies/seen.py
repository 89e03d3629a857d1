"""What a view showed, as the inputs of a decision's row."""

from polybot.decisions.view import View
from polybot.domain.money import PRICE_SCALE


def seen(view: View) -> dict[str, float | str | None]:
    """Its numbers by name, with the ages of those that age."""
    bid, ask = view.up.best_bid, view.up.best_ask
    return {
        "seconds_left": view.seconds_left,
        "strike": view.strike,
        "spot": view.spot,
        "spot_age_s": view.spot_age_s,
        "volatility": view.volatility,
        "basis": view.basis,
        "basis_age_s": view.basis_age_s,
        "averaged": view.averaged,
        "book_age_s": view.book_age_s,
        "up_bid": None if bid is None else bid.price_e4 / PRICE_SCALE,
        "up_ask": None if ask is None else ask.price_e4 / PRICE_SCALE,
    }
