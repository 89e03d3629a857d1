"""Which windows a run trades over, and the sentence for each that it leaves out."""

import msgspec
import pytest

from polybot.config.settings import Backtest, Settings
from polybot.domain.asset import Asset
from polybot.domain.provenance import Source
from polybot.domain.series import Length
from polybot.errors import RunError
from polybot.recording.catalog.coverage import Coverage
from polybot.recording.catalog.manifest import ResolutionClaim, StrikeClaim, WindowEntry
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.selection import Needs, Selection, select

SLUG = "btc-updown-5m-1793620800"
COVERED = Coverage(
    messages=1_000,
    first_ns=1_793_620_800_000_000_000,
    last_ns=1_793_621_100_000_000_000,
    covered_ns=300_000_000_000,
    longest_silence_ns=0,
    silences=0,
    one_sided_ns=0,
)
STRIKE = StrikeClaim(ts_init=1, ts_event=1, strike_e18="1", source=Source.FEED)
UP_WON = ResolutionClaim(ts_init=2, ts_event=2, winner="up", source=Source.VENUE)
DOWN_WON = ResolutionClaim(ts_init=3, ts_event=3, winner="down", source=Source.BOOK)


def an_entry(slug: str = SLUG, **changes: object) -> WindowEntry:
    whole = WindowEntry(
        slug=slug,
        tokens={"up": "1", "down": "2"},
        strikes=(STRIKE,),
        resolutions=(UP_WON,),
        coverage=COVERED,
        grade="A",
    )
    return msgspec.structs.replace(whole, **changes)


def chosen(
    entries: list[WindowEntry],
    request: BacktestRequest | None = None,
    needs: Needs | None = None,
    *,
    both_books: bool = True,
) -> Selection:
    return select(
        entries,
        request or a_request(),
        needs or Needs(),
        has_both_books=lambda entry: both_books,
    )


def a_request(**fields: object) -> BacktestRequest:
    return BacktestRequest(catalogs=(), **fields)


def test_a_whole_window_is_traded() -> None:
    assert chosen([an_entry()]).windows == (an_entry(),)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"coverage": None}, "no books were recorded", id="no-books"),
        pytest.param({"resolutions": ()}, "outcome unknown", id="no-outcome"),
        pytest.param({"strikes": ()}, "strike unknown", id="no-strike"),
        pytest.param(
            {"tokens": {"a": "1", "b": "2"}},
            "the recording does not say which token is up",
            id="unknown-sides",
        ),
        pytest.param({"grade": "D"}, "grade D is below C", id="grade"),
        pytest.param(
            {"resolutions": (UP_WON, DOWN_WON)},
            "sources contradict each other about the outcome",
            id="contradiction",
        ),
    ],
)
def test_a_window_is_left_out_with_its_reason(changes: dict[str, object], reason: str) -> None:
    [excluded] = chosen([an_entry(**changes)]).excluded

    assert (excluded.slug, excluded.reason) == (SLUG, reason)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"strikes": ()}, id="no-strike"),
        pytest.param({"tokens": {"a": "1", "b": "2"}}, id="unknown-sides"),
    ],
)
def test_a_strategy_that_needs_no_strike_trades_without(changes: dict[str, object]) -> None:
    needs = Needs(strike=False, known_sides=False)

    assert chosen([an_entry(**changes)], needs=needs).windows


def test_a_window_is_forced_in_by_name() -> None:
    request = a_request(forced=frozenset({SLUG}))

    assert chosen([an_entry(strikes=(), grade="F")], request).windows


def test_a_window_without_books_cannot_even_be_forced() -> None:
    request = a_request(forced=frozenset({SLUG}))

    [excluded] = chosen([an_entry(coverage=None)], request).excluded

    assert excluded.reason == "no books were recorded"


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param({"assets": frozenset({Asset.SOL})}, id="another-asset"),
        pytest.param({"lengths": frozenset({Length.M15})}, id="another-length"),
        pytest.param({"start_ns": 1_793_620_800_000_000_001}, id="after"),
        pytest.param({"end_ns": 1_793_620_800_000_000_000}, id="before"),
        pytest.param({"windows": frozenset({"btc-updown-5m-1793621100"})}, id="another-window"),
    ],
)
def test_what_is_not_asked_for_is_not_even_excluded(filters: dict[str, object]) -> None:
    with pytest.raises(RunError, match="no window matches: the catalog holds btc-5m"):
        chosen([an_entry()], a_request(**filters))


def test_an_empty_catalog_says_what_to_do() -> None:
    with pytest.raises(RunError, match="import books or simulate a market first"):
        chosen([])


@pytest.mark.parametrize("field", ["forced", "windows"])
def test_an_unknown_window_beside_known_ones_is_named(field: str) -> None:
    request = a_request(**{field: frozenset({SLUG, "btc-updown-5m-1793621100"})})

    with pytest.raises(RunError, match="'btc-updown-5m-1793621100' is not among"):
        chosen([an_entry()], request)


def test_the_worst_grade_to_trade_over_is_a_setting() -> None:
    request = a_request(settings=Settings(backtest=Backtest(min_grade="D")))

    assert chosen([an_entry(grade="D")], request).windows


def test_a_window_with_one_tokens_books_cannot_be_traded() -> None:
    [excluded] = chosen([an_entry()], both_books=False).excluded

    assert excluded.reason.startswith("only one token's books are in the catalog")
