"""What is noted of an order of the ensemble before it leaves."""

from polybot.decisions.entry import Entry
from polybot.decisions.intents import Sell, Take
from polybot.decisions.view import View
from polybot.decisions.wanted import Wanted
from polybot.domain.book import Level
from polybot.domain.money import PRICE_SCALE
from polybot.strategies.sink import Sent


def sent_purchase(wanted: Wanted, take: Take) -> Sent:
    """Why ``take`` is bought."""
    combined, view = wanted.entry.combined, wanted.view
    return Sent(
        reason=take.reason,
        seconds_left=view.seconds_left,
        fair=take.fair,
        edge=take.edge,
        mid=take.mid,
        ask=take.ask,
        other_ask=take.other_ask,
        fee_rate_e6=view.rules.fee.rate_e6,
        row=combined.row,
        confidence=combined.confidence,
    )


def sent_sale(view: View, sell: Sell, entry: Entry) -> Sent:
    """Why some of what was bought by ``entry`` is sold; the asks are for the report's nulls."""
    book, other = view.book(sell.outcome), view.book(sell.outcome.other)
    return Sent(
        reason=f"{sell.part}: {sell.reason}",
        seconds_left=view.seconds_left,
        mid=book.mid,
        ask=_price(book.best_ask),
        other_ask=_price(other.best_ask),
        fee_rate_e6=view.rules.fee.rate_e6,
        row=entry.combined.row,
        confidence=entry.combined.confidence,
    )


def _price(level: Level | None) -> float | None:
    return None if level is None else level.price_e4 / PRICE_SCALE
