"""What a backtest cannot do as the venue does: printed in every report, never kept quiet."""

from polybot.config.settings import Backtest
from polybot.runtime.backtest.selection import Selection

_ALWAYS = (
    "Other traders do not react to our orders: a recording goes on as if we had not been there.",
    (
        "A FAK purchase buys a number of shares; at the venue it spends an amount of pUSD, and a "
        "better price gives more shares instead of costing less."
    ),
    (
        "A resting order joins the book only after the taker hold, and one that the market crosses "
        "within the hold fills as a taker: later and dearer than at the venue."
    ),
    "Resting orders of the two tokens do not share one queue: Nautilus matches each token alone.",
    "Maker rebates and liquidity rewards are not counted.",
)


def approximations(
    backtest: Backtest, selection: Selection, *, memory_s: float, failed: int, cuts: int
) -> tuple[str, ...]:
    """One sentence each."""
    told = list(_ALWAYS)
    told.append(
        f"Orders take {backtest.order_latency_ms} ms to the venue, always; real latency varies."
    )
    told.append(
        f"A payout can be spent {backtest.cash_back_s:g} s after the end of its window, or when "
        "the outcome was known, whichever is later."
    )
    if cuts:
        told.append(
            f"The taker hold changed {cuts} time(s): what windows before a change pay can be spent "
            "at once after it."
        )
    if backtest.settlement_failure_percent:
        told.append(
            f"{failed} purchase(s) failed to settle: they are shown as never filled, though at the "
            "venue they fill first and are voided seconds later."
        )
    else:
        told.append("Every fill settles on chain; at the venue some fail and are voided.")
    uncertain = sum(not entry.trades for entry in selection.windows)
    if uncertain:
        told.append(
            f"No trades are recorded for {uncertain} window(s): a resting order there fills only "
            "when the book crosses it."
        )
    if memory_s > backtest.warmup_minutes * 60:
        told.append(
            f"Signals remember {memory_s:.0f} s and warm up for {backtest.warmup_minutes} minutes: "
            "what is decided depends on where the run starts."
        )
    if any(entry.resolution is None for entry in selection.windows):
        told.append("Forced windows without outcome keep what they hold at cost.")
    return tuple(told)
