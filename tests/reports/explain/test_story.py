import pytest

from polybot.errors import RunError
from polybot.reports.evidence import ExcludedRow, HaltRow
from polybot.reports.explain.story import explain
from tests.reports.builders import (
    SECOND,
    START_NS,
    a_ballot,
    a_bought,
    a_cast,
    a_decision,
    a_window_row,
    an_evidence,
    an_order_row,
    evidence_of,
)

BOUGHT = a_bought(row="agree")
SLUG = BOUGHT.window.slug
SEEN: dict[str, float | str | None] = {
    "seconds_left": 240.0,
    "spot": 100_012.5,
    "spot_age_s": 0.25,
    "strike": 100_000.0,
    "basis": 1.5,
    "basis_age_s": 1.1,
    "volatility": 0.0001,
    "up_bid": 0.55,
    "up_ask": 0.57,
    "book_age_s": 0.1,
}


def told(**changes: object) -> str:
    return "\n".join(explain(evidence_of([BOUGHT], **changes), SLUG))


def test_a_trade_is_told_from_decision_to_money() -> None:
    decision = a_decision(ts_ns=BOUGHT.order.ts_ns, action="take up", reason="up is worth more")

    text = told(decisions=(decision,))

    steps = ["take up", "order", "bought 10.00 up at 0.6000", "ended up", "P&L +4.00 pUSD"]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)


def test_what_was_seen_has_its_ages() -> None:
    text = told(decisions=(a_decision(inputs=SEEN),))

    assert "spot 100,012.50 (0.2 s old), strike 100,000.00 (spot +12.50)" in text
    assert "basis 1.50 (1.1 s old), volatility 1.00 bp a root second" in text
    assert "book of up: bid 0.5500, ask 0.5700 (0.1 s old)" in text


def test_every_vote_is_told_with_its_weight() -> None:
    ballot = a_ballot(a_cast(weight=1.5), a_cast("flow", side="neutral", confidence=0.0))

    text = told(ballots=(ballot,))

    assert "trend, weight 1.50: long, 60 of 100 sure (the averages rise)" in text
    assert "flow, weight 1.00: neutral" in text


@pytest.mark.parametrize(
    ("ballot", "shown"),
    [
        pytest.param(a_ballot(), True, id="closed when the window began"),
        pytest.param(a_ballot(closed_ns=START_NS - 600 * SECOND), True, id="still in force"),
        pytest.param(a_ballot(closed_ns=START_NS - 900 * SECOND), False, id="over"),
        pytest.param(a_ballot(closed_ns=START_NS + 300 * SECOND), False, id="after the end"),
        pytest.param(a_ballot(asset="SOL"), False, id="of another asset"),
    ],
)
def test_the_votes_are_those_in_force_during_the_window(ballot: object, shown: bool) -> None:
    assert ("vote of the ensemble" in told(ballots=(ballot,))) is shown


def test_row_and_size_are_told() -> None:
    inputs = {"row": "agree", "confidence": 91.0, "sizing": "20.00 x confidence 1.50: 30.00 pUSD"}

    text = told(decisions=(a_decision(inputs=inputs),))

    assert "row of the table: agree, 91 of 100 sure" in text
    assert "size: 20.00 x confidence 1.50: 30.00 pUSD" in text


def test_a_refusal_is_told_with_its_order() -> None:
    order = an_order_row(BOUGHT.window, status="denied", refusal="stake 50.00 is over 30.00")

    text = told(orders=(order,), fills=())

    assert "denied\n  refused: stake 50.00 is over 30.00" in text


@pytest.mark.parametrize(
    ("from_s", "shown"),
    [
        pytest.param(-60, True, id="already when it began"),
        pytest.param(200, True, id="within it"),
        pytest.param(300, False, id="after it"),
        pytest.param(-900, False, id="over before it"),
    ],
)
def test_a_halt_during_the_window_is_told(from_s: int, shown: bool) -> None:
    from_ns = START_NS + from_s * SECOND
    halt = HaltRow(
        reason="loss", from_ns=from_ns, until_ns=from_ns + 600 * SECOND, sentence="lost 50.00"
    )

    assert ("halt (loss)" in told(halts=(halt,))) is shown


def test_decisions_that_differ_only_in_numbers_are_counted() -> None:
    skips = tuple(
        a_decision(ts_ns=START_NS + n * SECOND, reason=f"edge 0.00{n} is too small")
        for n in range(1, 5)
    )

    text = told(decisions=skips)

    assert text.count("edge 0.00") == 1
    assert "and 3 more like it until" in text


def test_every_decision_is_told_when_asked_for() -> None:
    skips = tuple(a_decision(ts_ns=START_NS + n * SECOND) for n in range(4))
    evidence = evidence_of([BOUGHT], decisions=skips)

    assert sum("skip" in line for line in explain(evidence, SLUG, every=True)) == 4


def test_a_window_of_which_nothing_was_decided_says_so() -> None:
    lines = explain(an_evidence(windows=(a_window_row(),)), SLUG)

    assert any("Nothing was decided" in line for line in lines)
    assert lines[-1] == "nothing was bought: P&L 0.00 pUSD"


def test_an_excluded_window_says_why() -> None:
    left_out = ExcludedRow(slug="w", reason="strike unknown")

    [line] = explain(an_evidence(excluded=(left_out,)), "w")

    assert line == "w was left out of the run: strike unknown"


def test_an_unknown_window_names_those_like_it() -> None:
    with pytest.raises(RunError, match=f"has no window '{SLUG[:-1]}': .* such as {SLUG}"):
        explain(evidence_of([BOUGHT]), SLUG[:-1])


def test_text_from_outside_cannot_steer_the_terminal() -> None:
    text = told(decisions=(a_decision(reason="\x1b[2Jgone"),))

    assert "\x1b" not in text
