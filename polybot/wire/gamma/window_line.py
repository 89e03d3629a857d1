"""A line of a ``windows-jsonl`` recording: a window with its strike and outcome."""

import msgspec

from polybot.errors import DecodeError
from polybot.wire.decimals import whole_number
from polybot.wire.decoding import strict
from polybot.wire.gamma.decode import decode_gamma_market
from polybot.wire.gamma.values import GammaMarket
from polybot.wire.guard import guard_frame, guard_id, shown


class WindowLine(msgspec.Struct, frozen=True, gc=False):
    """A recorded window; ``strike_e18`` is None where the recorder missed it."""

    slug: str
    condition_id: str
    start_s: int
    end_s: int
    resolved: bool
    strike_e18: int | None
    token_ids: tuple[str, ...]
    outcome_prices: tuple[str, ...]
    market: GammaMarket


class _Line(msgspec.Struct, frozen=True, gc=False):
    slug: str
    condition_id: str
    token_ids: list[str]
    start_sec: int
    end_sec: int
    raw: msgspec.Raw
    resolved: bool = False
    outcome_prices: list[str] | None = None
    strike_value: str | None = None


_LINE = msgspec.json.Decoder(_Line)


def decode_window_line(line: bytes) -> WindowLine:
    """The window of a line; DecodeError when the line and the market inside it disagree."""
    written = strict(_LINE, guard_frame(line), "a line of windows")
    window = WindowLine(
        slug=guard_id(written.slug),
        condition_id=guard_id(written.condition_id),
        start_s=written.start_sec,
        end_s=written.end_sec,
        resolved=written.resolved,
        strike_e18=_strike(written.strike_value),
        token_ids=tuple(map(guard_id, written.token_ids)),
        outcome_prices=tuple(written.outcome_prices or ()),
        market=decode_gamma_market(bytes(written.raw)),
    )
    _check(window)
    return window


def _strike(text: str | None) -> int | None:
    return whole_number(text, "strike_value") if text else None


def _check(window: WindowLine) -> None:
    pairs = (
        ("slug", window.slug, window.market.slug),
        ("condition_id", window.condition_id, window.market.condition_id),
        ("token_ids", window.token_ids, window.market.token_ids),
        ("outcome_prices", window.outcome_prices, window.market.outcome_prices),
    )
    for name, stated, inside in pairs:
        if stated != inside:
            raise DecodeError(
                f"{name} {shown(stated)} of the line differs from {shown(inside)} in its market"
            )
    if window.end_s <= window.start_s:
        raise DecodeError(f"the window ends at {window.end_s}, before it starts: fix the line")
