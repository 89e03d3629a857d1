"""One window as a strategy follows it."""

from typing import Any

from polybot.decisions.world import OpenWindow
from polybot.domain.book import Book
from polybot.domain.outcome import TokenSide
from polybot.domain.series import NS, Window
from polybot.engine.books import level
from polybot.engine.instruments import token_id


class Watched:
    """One window's book as seen so far, and whether something was sent for it."""

    __slots__ = (
        "_book",
        "_touch",
        "chart_ns",
        "end_ns",
        "instrument_id",
        "known",
        "sent",
        "side",
        "slug",
        "start_ns",
        "window",
    )

    def __init__(self, known: OpenWindow, side: TokenSide) -> None:
        self.known = known
        self.window: Window = known.window
        self.slug = known.window.slug
        self.start_ns, self.end_ns = known.window.start_ns, known.window.end_ns
        self.side = side
        self.instrument_id = token_id(known.window, side)
        self._touch: Any = None
        self._book: Book | None = Book()
        self.sent = False
        self.chart_ns = 0

    def is_open(self, now_ns: int) -> bool:
        """Whether ``now_ns`` lies in the window."""
        return self.start_ns <= now_ns < self.end_ns

    def seconds_left(self, now_ns: int) -> float:
        """Seconds until the end; negative afterwards."""
        return (self.end_ns - now_ns) / NS

    def is_new(self, touch: Any, one_sided: Book | None) -> bool:
        """Whether the best prices and sizes, as Nautilus holds them, differ from those kept."""
        if touch is None and self._touch is None:
            return one_sided != self._book
        return bool(touch != self._touch)

    def touched(self, touch: Any, book: Book | None) -> None:
        """Keep new best prices; ``book`` says what they are where ``touch`` cannot."""
        self._touch, self._book = touch, book

    @property
    def touch_book(self) -> Book:
        """The best prices alone; made when asked for, since most ticks need them not."""
        if self._book is None:
            bid, bid_size, ask, ask_size = self._touch
            self._book = Book(bids=(level(bid, bid_size),), asks=(level(ask, ask_size),))
        return self._book
