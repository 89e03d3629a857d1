import re
from html.parser import HTMLParser

import msgspec
import pytest

from polybot.reports.evidence import Evidence, ExcludedRow
from polybot.reports.html.page import render_html
from polybot.reports.summary import summarise
from tests.reports.builders import (
    a_ballot,
    a_bought,
    a_cast,
    a_made_up_run,
    a_run,
    a_window_row,
    an_evidence,
    an_order_row,
    evidence_of,
)

ANCHORS = [
    "verdict",
    "numbers",
    "equity",
    "profit",
    "buckets",
    "calibration",
    "costs",
    "trades",
    "quality",
    "excluded",
    "approximations",
    "configuration",
]
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\x00\u202e"
VOID = {"meta"}


class Outline(HTMLParser):
    """The tags of a page, and those that were not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.broken: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.broken.append(tag)


def page(run: Evidence) -> str:
    return render_html(run, summarise(run))


def outline(text: str) -> Outline:
    found = Outline()
    found.feed(text)
    found.close()
    return found


RUNS = [
    pytest.param(an_evidence(), id="nothing at all"),
    pytest.param(an_evidence(windows=(a_window_row(),)), id="one window, no order"),
    pytest.param(evidence_of([a_bought()], fills=()), id="no fills"),
    pytest.param(evidence_of([a_bought()]), id="one fill"),
    pytest.param(evidence_of([a_bought(ending=None)]), id="not settled"),
    pytest.param(evidence_of([a_bought(side="b", ending="a", fair=None, edge=None)]), id="token B"),
    pytest.param(evidence_of([a_bought(ask=None, other_ask=None, mid=None)]), id="no prices"),
    pytest.param(a_made_up_run(windows=130, traded=110), id="a real run"),
]


@pytest.mark.parametrize("run", RUNS)
def test_every_run_gives_a_whole_page_with_every_section_in_order(run: Evidence) -> None:
    found = outline(page(run))

    assert (found.broken, found.stack) == ([], [])
    assert [attrs["id"] for tag, attrs in found.seen if tag == "section"] == ANCHORS


@pytest.mark.parametrize("run", RUNS)
def test_no_chart_holds_a_number_that_is_none(run: Evidence) -> None:
    drawn = re.findall(r'(?:d|x|y|cx|cy|x1|width|height)="([^"]*)"', page(run))

    assert not [value for value in drawn if "nan" in value.lower() or "inf" in value.lower()]


def test_the_same_evidence_gives_the_same_bytes() -> None:
    run = a_made_up_run(windows=60, traded=50)
    copy = msgspec.json.decode(msgspec.json.encode(run), type=type(run))

    assert page(run).encode() == page(copy).encode()


def test_hostile_text_stays_text() -> None:
    window = a_window_row(slug=HOSTILE, grade=HOSTILE, strike_source=HOSTILE, fills=1)
    order = an_order_row(window, reason=HOSTILE, refusal=HOSTILE)
    run = evidence_of(
        [a_bought()],
        run=a_run(strategy=HOSTILE, run_id=HOSTILE, params={HOSTILE: HOSTILE}),
        windows=(window, a_bought().window),
        orders=(order, a_bought().order, an_order_row(window, order_id="d", status="denied")),
        excluded=(ExcludedRow(slug=HOSTILE, reason=HOSTILE),),
    )

    text = page(run)

    tags = {tag for tag, _ in outline(text).seen}
    assert not tags & {"script", "img", "iframe", "link", "object"}
    assert "\x00" not in text
    assert "\u202e" not in text


def a_vote() -> Evidence:
    """A run of one purchase by a row of the table, after one ballot."""
    return evidence_of([a_bought(row="agree")], ballots=(a_ballot(),))


def test_members_and_rows_have_panels_where_there_are_any() -> None:
    found = outline(page(a_vote()))

    sections = [attrs["id"] for tag, attrs in found.seen if tag == "section"]
    linked = {attrs["href"] for tag, attrs in found.seen if tag == "a"}
    assert sections[4:7] == ["buckets", "rows", "members"]
    assert {"#rows", "#members"} <= linked


def test_names_of_members_and_rows_stay_text() -> None:
    ballots = (a_ballot(a_cast(HOSTILE, reason=HOSTILE), reason=HOSTILE),)

    text = page(evidence_of([a_bought(row=HOSTILE)], ballots=ballots))

    assert not {tag for tag, _ in outline(text).seen} & {"script", "img"}


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    found = outline(page(a_made_up_run(windows=40, traded=30)))

    assert not [tag for tag, attrs in found.seen if {"src", "onload", "onclick"} & attrs.keys()]
    assert all(attrs["href"].startswith("#") for tag, attrs in found.seen if tag == "a")


def test_every_link_of_the_menu_has_its_section() -> None:
    found = outline(page(an_evidence()))

    linked = {attrs["href"][1:] for tag, attrs in found.seen if tag == "a"}
    assert linked <= set(ANCHORS)


def test_every_table_has_a_caption_and_every_chart_a_name() -> None:
    found = outline(page(a_made_up_run(windows=60, traded=50)))
    tags = [tag for tag, _ in found.seen]

    assert tags.count("caption") == tags.count("table")
    assert all(attrs.get("aria-label") for tag, attrs in found.seen if tag == "svg")


def test_simulated_windows_are_called_so_in_the_title_and_above_all() -> None:
    text = page(an_evidence(run=a_run(synthetic=True)))

    assert "<title>SYNTHETIC" in text
    assert text.index('class="banner"') < text.index("<h1>")


def test_real_windows_are_not_called_synthetic() -> None:
    assert "SYNTHETIC" not in page(an_evidence())


def test_charts_are_drawn_for_200_windows_and_the_page_says_so() -> None:
    text = page(evidence_of([a_bought(n) for n in range(260)]))

    assert text.count("Spot, token mid and fills of") <= 200 + 1
    assert "200 charts are drawn" in text


def test_each_trade_shows_its_reason() -> None:
    text = page(evidence_of([a_bought(reason="the ask lags the spot")]))

    assert "the ask lags the spot" in text


def test_missing_numbers_in_a_path_are_left_out() -> None:
    start = a_window_row().start_ns
    bought = a_bought()
    window = msgspec.structs.replace(
        bought.window, spot_path=((start, float("nan")), (start + 1, 5.0)), mid_path=((start, 0.5),)
    )

    assert "nan" not in page(evidence_of([bought], windows=(window,))).lower().replace("nant", "")


def test_thousands_of_windows_fit_in_a_few_megabytes() -> None:
    text = page(a_made_up_run(windows=2_000, traded=1_000))

    assert len(text.encode()) < 4_000_000
