import msgspec

from polybot.reports.evidence import Evidence, OrderRow
from tests.reports.builders import a_ballot, a_bought, an_evidence, evidence_of


def test_evidence_of_before_ballots_is_still_read() -> None:
    old = msgspec.to_builtins(evidence_of([a_bought()]))
    del old["ballots"]
    for order in old["orders"]:
        del order["row"], order["confidence"]

    read = msgspec.convert(old, Evidence)

    assert read == evidence_of([a_bought()])


def test_ballots_come_back_from_json_as_they_went() -> None:
    evidence = an_evidence(ballots=(a_ballot(),))

    assert msgspec.json.decode(msgspec.json.encode(evidence), type=Evidence) == evidence


def test_an_order_by_no_row_has_none() -> None:
    order: OrderRow = a_bought().order

    assert (order.row, order.confidence) == ("", None)
