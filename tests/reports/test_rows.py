import msgspec

from polybot.reports.entries import entries_of
from polybot.reports.evidence import Evidence
from polybot.reports.rows import RowResult, rows_of
from tests.reports.builders import (
    Bought,
    a_bought,
    a_decision,
    a_fill_row,
    a_made_up_run,
    an_order_row,
    evidence_of,
)


def rows(evidence: Evidence) -> dict[str, RowResult]:
    return {row.row: row for row in rows_of(evidence, entries_of(evidence))}


def test_money_goes_to_the_row_by_which_it_was_spent() -> None:
    won, lost = a_bought(row="agree"), a_bought(1, ending="down", row="technical only")

    found = rows(evidence_of([won, lost]))

    assert found["agree"].pnl_micro == won.window.pnl_micro > 0
    assert found["technical only"].pnl_micro == lost.window.pnl_micro < 0


def test_the_row_that_moved_most_money_comes_first() -> None:
    evidence = evidence_of(
        [a_bought(row="agree"), a_bought(1, ending="down", row="arbitrage only")]
    )

    found = rows_of(evidence, entries_of(evidence))

    assert [row.row for row in found] == ["arbitrage only", "agree"]


def test_win_rate_is_over_the_windows_of_the_row() -> None:
    bought = [a_bought(n, ending="down" if n else "up", row="agree") for n in range(4)]

    found = rows(evidence_of(bought))["agree"]

    assert (found.windows, found.wins, found.win_rate) == (4, 1, 0.25)


def test_decisions_count_whether_or_not_they_were_entered() -> None:
    told = [a_decision(inputs={"row": name}) for name in ("nothing", "nothing", "agree")]

    found = rows(evidence_of([a_bought(row="agree")], decisions=tuple(told)))

    assert (found["nothing"].decisions, found["nothing"].entries) == (2, 0)
    assert (found["agree"].decisions, found["agree"].entries) == (1, 1)


def test_an_order_that_did_not_fill_was_wanted_only() -> None:
    bought = a_bought(row="agree")
    missed = an_order_row(bought.window, order_id="missed", row="agree", status="cancelled")

    found = rows(evidence_of([bought], orders=(bought.order, missed)))["agree"]

    assert (found.entries, found.filled, found.windows) == (2, 1, 1)


def test_a_sale_counts_for_the_row_of_its_purchase() -> None:
    found = rows(sold(a_bought(ending="down", row="agree"), at_e4=9_000))["agree"]

    assert (found.entries, found.filled, found.pnl_micro) == (1, 1, 3_000_000)


def test_an_unsettled_window_earns_nothing_yet() -> None:
    bought = a_bought(row="agree")
    window = msgspec.structs.replace(bought.window, outcome=None)

    found = rows(evidence_of([bought], windows=(window,)))["agree"]

    assert (found.filled, found.windows, found.win_rate) == (1, 0, None)


def test_a_strategy_without_a_table_has_no_rows() -> None:
    assert not rows(a_made_up_run(windows=20, traded=10))


def sold(bought: Bought, *, at_e4: int) -> Evidence:
    """All of what was bought, sold again before the end."""
    sale = an_order_row(
        bought.window, order_id="sale", is_buy=False, row=bought.order.row, limit_e4=at_e4
    )
    return evidence_of([bought], orders=(bought.order, sale), fills=(bought.fill, a_fill_row(sale)))
