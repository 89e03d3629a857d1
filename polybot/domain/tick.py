"""The grid that a limit price must lie on, and the steps of a size.

Prices are integers of 1/10,000 pUSD. With a tick of t the venue accepts t, 2t, ... 1 - t.
Which tick is in force is the rulebook's to say: ``Rules.tick_at``.
"""

from polybot.domain.money import PRICE_SCALE

SIZE_STEP_MICRO = 10_000
"""Limit orders carry sizes of two decimals at every tick."""


def is_on_grid(price_e4: int, tick_e4: int) -> bool:
    """Whether the venue accepts the price at this tick."""
    return tick_e4 <= price_e4 <= PRICE_SCALE - tick_e4 and price_e4 % tick_e4 == 0


def round_down(price_e4: int, tick_e4: int) -> int | None:
    """The highest acceptable price that is not above ``price_e4``, None when there is none."""
    if price_e4 < tick_e4:
        return None
    return min(price_e4 - price_e4 % tick_e4, PRICE_SCALE - tick_e4)


def round_up(price_e4: int, tick_e4: int) -> int | None:
    """The lowest acceptable price that is not below ``price_e4``, None when there is none."""
    # Seen from the other token, up is down.
    down = round_down(PRICE_SCALE - price_e4, tick_e4)
    return None if down is None else PRICE_SCALE - down


def round_size_down(size_micro: int) -> int:
    """The largest size the venue accepts in a limit order that is not above ``size_micro``."""
    return size_micro - size_micro % SIZE_STEP_MICRO
