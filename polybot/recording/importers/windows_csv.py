"""``windows.csv`` beside ``books-jsonl``: each window's tokens, and who won by the final book."""

from collections.abc import Iterator

from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import Window
from polybot.recording.importers.assumptions import RESOLVED_AFTER_NS
from polybot.recording.importers.format import Context, Decode, Format
from polybot.recording.importers.lines import lines
from polybot.recording.importers.table import Row, row_decoder
from polybot.recording.observations import Observation, ResolutionSeen, WindowListed
from polybot.wire.guard import guard_id

_COLUMNS = ("slug", "condition_id", "main_token", "other_token", "outcome_by_final_book")
_WINNERS = {"main_token_won": TokenSide.A, "main_token_lost": TokenSide.B}


def _decoder(_: Context) -> Decode:
    return row_decoder(_COLUMNS, _meaning)


def _meaning(row: Row) -> Iterator[Observation]:
    window = Window.from_slug(row["slug"])
    yield WindowListed(
        received_ns=window.start_ns,
        venue_ns=window.start_ns,
        window=window,
        condition_id=guard_id(row["condition_id"]),
        tokens={TokenSide.A: guard_id(row["main_token"]), TokenSide.B: _other(row)},
        tick_e4=100,
    )
    winner = _WINNERS.get(row["outcome_by_final_book"])
    if winner is not None:
        yield ResolutionSeen(
            received_ns=window.end_ns + RESOLVED_AFTER_NS,
            venue_ns=window.end_ns,
            window=window,
            winner=winner,
            source=Source.BOOK,
        )


def _other(row: Row) -> str:
    return guard_id(row["other_token"]) if row["other_token"] else ""


WINDOWS_CSV = Format(name="books-jsonl windows", records=lines, decoder=_decoder, sorts=True)
