from polybot.decisions.intents import Sell, Take
from polybot.domain.outcome import Outcome
from polybot.strategies.ensemble_rows import ballot_row
from polybot.strategies.ensemble_sent import sent_purchase, sent_sale
from tests.decisions.signals_world import a_ballot, a_cast
from tests.decisions.trader_world import FUNDS, Stance, a_trader, a_view


def a_sale(outcome: Outcome = Outcome.UP) -> Sell:
    window = a_view().window
    return Sell(window, outcome, 5_000_000, 4_900, "spot fell to the stop", "stop")


def test_a_purchase_names_its_row_and_what_it_saw() -> None:
    [wanted] = a_trader(Stance.LONG, confidence=90.0).enter([a_view()], FUNDS)
    assert isinstance(wanted.take, Take)

    sent = sent_purchase(wanted, wanted.take)

    assert (sent.row, sent.confidence) == (wanted.entry.combined.row, 90.0)
    assert (sent.ask, sent.other_ask) == (0.51, 0.5)


def test_a_sale_has_the_prices_that_the_nulls_of_a_report_need() -> None:
    [wanted] = a_trader(Stance.LONG, confidence=90.0).enter([a_view()], FUNDS)

    sent = sent_sale(a_view(ask=0.60, spread=0.02), a_sale(), wanted.entry)

    assert (sent.mid, sent.ask, sent.other_ask) == (0.59, 0.60, 0.42)


def test_a_sale_counts_for_the_row_of_its_purchase() -> None:
    [wanted] = a_trader(Stance.LONG, confidence=90.0).enter([a_view()], FUNDS)

    sent = sent_sale(a_view(), a_sale(), wanted.entry)

    assert (sent.row, sent.reason) == ("technical only", "stop: spot fell to the stop")


def test_a_ballot_keeps_who_voted_what() -> None:
    row = ballot_row(a_ballot(a_cast(Stance.SHORT, 40.0), side=Stance.SHORT, confidence=40.0))

    [cast] = row.votes
    assert (row.side, row.outcome) == ("short", None)
    assert (cast.side, cast.confidence, cast.weight) == ("short", 40.0, 1.0)
