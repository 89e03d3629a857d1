"""The import formats by the names that the command line knows."""

from collections.abc import Sequence
from pathlib import Path

from polybot.errors import CatalogError
from polybot.recording.importers.binance_raw import BINANCE_RAW
from polybot.recording.importers.books_jsonl import BOOKS_JSONL
from polybot.recording.importers.format import Format
from polybot.recording.importers.mcap import MCAP
from polybot.recording.importers.outcomes_csv import OUTCOMES_CSV
from polybot.recording.importers.pmxt import PMXT
from polybot.recording.importers.quotes_jsonl import QUOTES_JSONL
from polybot.recording.importers.reference_csv import REFERENCE_CSV
from polybot.recording.importers.windows_csv import WINDOWS_CSV
from polybot.recording.importers.windows_jsonl import WINDOWS_JSONL

FORMATS = {
    form.name: form
    for form in (
        BOOKS_JSONL,
        REFERENCE_CSV,
        WINDOWS_JSONL,
        QUOTES_JSONL,
        OUTCOMES_CSV,
        BINANCE_RAW,
        MCAP,
        PMXT,
    )
}

_OUTCOMES = "windows.csv"


def jobs(form: Format, files: Sequence[Path]) -> list[tuple[Format, list[Path]]]:
    """What to import in which order: outcomes beside recorded books go first, for they name tokens.

    A ``windows.csv`` in the folder of the books is used unless another table is named. A file that
    is not there raises CatalogError before any is read.
    """
    for file in files:
        if not file.is_file():
            raise CatalogError(f"{file} is no file: name the recordings to import")
    if form is not BOOKS_JSONL:
        return [(form, list(files))]
    tables = [file for file in files if file.suffix == ".csv"]
    books = [file for file in files if file not in tables]
    if not tables:
        beside = dict.fromkeys(file.parent / _OUTCOMES for file in books)
        tables = [table for table in beside if table.is_file()]
    return [(WINDOWS_CSV, tables), (form, books)]
