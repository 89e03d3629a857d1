"""Where a strike or an outcome comes from, best first."""

from enum import StrEnum


class Source(StrEnum):
    """Who said it.

    FEED: recomputed from the venue's settlement feed. VENUE: the venue's market object or
    resolution. BOOK: inferred from the final book. PROXY: taken from another exchange.
    """

    FEED = "feed"
    VENUE = "venue"
    BOOK = "book"
    PROXY = "proxy"
    UNKNOWN = "unknown"
