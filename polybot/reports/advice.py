"""What to do when a run has nothing to judge."""

from polybot.reports.statistics import Statistics


def advice(found: Statistics) -> str:
    """The next step for a run without windows, orders or fills; empty where there are fills."""
    if found.fills:
        return ""
    if not found.windows and found.excluded:
        return (
            "Every chosen window was left out. The reasons are listed with the windows left out; "
            "lower the grade asked for, or force a window in by its name."
        )
    if not found.windows:
        return (
            "No window was replayed. See what the catalog holds with `polybot catalog ls`, and "
            "choose assets, lengths, dates and grades that are in it."
        )
    if not found.signals:
        return (
            "No order was wanted in any window. Lower the strategy's threshold, or look in the "
            "run's decisions for what was missing."
        )
    return (
        "No order filled. Look at why orders were denied or rejected, at limits and minimum "
        "sizes, and at the fill assumption."
    )
