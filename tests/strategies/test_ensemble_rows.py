"""Rows that explain themselves: every number that a decision rested on is in its row."""

import json

import pytest

from polybot.decisions.intents import Sell
from polybot.decisions.learning.evidence import Evidence
from polybot.decisions.learning.tuning import Trial, Tuned, Tuning
from polybot.decisions.stance import Stance
from polybot.decisions.wanted import Wanted
from polybot.domain.money import pusd
from polybot.domain.outcome import Outcome
from polybot.strategies.ensemble_rows import (
    ballot_decision,
    ballot_row,
    entry_row,
    exit_row,
    tuning_row,
)
from polybot.strategies.ensemble_sent import sent_purchase, sent_sale
from tests.decisions.signals_world import NOW_NS, a_ballot, a_cast
from tests.decisions.trader_world import (
    FUNDS,
    a_trader,
    a_view,
    a_window,
    buys,
    sells,
    sends,
)

BALLOT = a_ballot(a_cast(weight=1.5), a_cast(Stance.SHORT, 40.0, name="two"))


def wanted(side: Stance | None = Stance.LONG, *, lead: float = 100.0) -> Wanted:
    [answer] = a_trader(side).enter([a_view(lead=lead)], FUNDS)
    return answer


def test_a_ballot_names_each_vote_with_its_weight() -> None:
    row = ballot_decision(BALLOT, NOW_NS + 1)

    assert (row.ts_ns, row.slug, row.action) == (NOW_NS + 1, "btc", "vote long")
    assert json.loads(str(row.inputs["votes"]))["one"] == {
        "weight": 1.5,
        "side": "long",
        "confidence": 60.0,
        "reason": "one says long",
    }


def test_the_ballot_for_the_report_is_the_same() -> None:
    row = ballot_row(BALLOT)

    assert (row.asset, row.closed_ns, row.side) == ("btc", NOW_NS, "long")
    assert [(cast.name, cast.side, cast.weight) for cast in row.votes] == [
        ("one", "long", 1.5),
        ("two", "short", 1.0),
    ]


def test_an_entry_names_its_row_its_votes_and_its_sizing() -> None:
    answer = wanted()
    row = entry_row(answer)

    assert row.action == "take up"
    assert row.inputs["row"] == "agree"
    assert str(row.inputs["vote"]).startswith("long: trend_following")
    assert "up is worth" in str(row.inputs["arbitrage"])
    assert "confidence" in str(row.inputs["sizing"])
    assert answer.entry.stake is not None
    assert row.inputs["stake_pusd"] == pusd(answer.entry.stake.stake_micro)


def test_an_entry_names_the_ages_of_what_it_saw() -> None:
    row = entry_row(wanted())

    assert (row.inputs["spot_age_s"], row.inputs["basis_age_s"]) == (0.1, 1.0)
    assert (row.inputs["up_bid"], row.inputs["up_ask"]) == (0.5, 0.51)


@pytest.mark.parametrize(
    ("side", "lead", "reason"),
    [
        pytest.param(Stance.LONG, -100.0, "skip", id="against"),
        pytest.param(None, 0.0, "no vote yet", id="nothing"),
    ],
)
def test_a_skip_says_why(side: Stance | None, lead: float, reason: str) -> None:
    row = entry_row(wanted(side, lead=lead))

    assert (row.action, row.inputs["fair"], row.inputs["stake_pusd"]) == ("skip", None, None)
    assert reason in row.reason


def test_a_sale_names_what_asked_for_it() -> None:
    sale = Sell(a_window(), Outcome.UP, 5_000_000, 4_000, "spot fell", "stop")

    row = exit_row(a_view(lead=-100), sale)

    assert (row.action, row.reason) == ("sell up", "stop: spot fell")
    assert row.inputs["spot"] == 99_900


@pytest.mark.parametrize(
    ("new", "action"),
    [pytest.param(70.0, "tune", id="changed"), pytest.param(65.0, "keep", id="kept")],
)
def test_a_tuning_keeps_the_way_back_and_the_evidence(new: float, action: str) -> None:
    trial = Trial("min_confidence", 65.0, 70.0, Evidence(30, 4.5, 2.0), accepted=new == 70.0)
    tuning = Tuning(
        at_ns=NOW_NS, lessons=50, old=Tuned(), new=Tuned(min_confidence=new), trials=(trial,)
    )

    row = tuning_row(tuning, NOW_NS)

    assert (row.action, row.inputs["lessons"]) == (action, 50.0)
    assert "min_confidence 65 -> 70" in row.reason
    assert "65.0" in str(row.inputs["old"])


def test_a_tuning_that_had_nothing_to_try_says_so() -> None:
    tuning = Tuning(at_ns=NOW_NS, lessons=50, old=Tuned(), new=Tuned())

    assert tuning_row(tuning, NOW_NS).reason == "nothing to try"


def test_an_order_keeps_the_row_of_its_entry() -> None:
    answer = wanted()
    trader = a_trader(Stance.LONG)
    take = sends(trader, answer)

    sent = sent_purchase(answer, take)

    assert (sent.row, sent.ask, sent.other_ask) == ("agree", 0.51, 0.5)
    assert (sent.fair, sent.edge, sent.seconds_left) == (take.fair, take.edge, 600)


def test_a_sale_keeps_the_row_by_which_it_was_entered() -> None:
    trader = a_trader(Stance.LONG)
    take = buys(trader, a_view(lead=100))
    view = a_view(320, lead=-100, ask=0.25)
    sale = sells(trader, view)

    sent = sent_sale(view, sale, trader.holdings[take.window.slug].reasons.entry)

    assert (sent.row, sent.fair, sent.edge) == ("agree", None, None)
    assert (sent.mid, sent.ask, sent.other_ask) == (0.245, 0.25, 0.76)
