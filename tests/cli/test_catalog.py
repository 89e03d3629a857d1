import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from polybot.cli.catalog import catalog
from polybot.errors import CatalogError
from tests.recording.world import RECEIVED, WINDOW, a_line, recorded_lines


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(catalog, [str(each) for each in arguments])


@pytest.fixture
def books(tmp_path: Path) -> Path:
    (tmp_path / "books.jsonl").write_bytes(a_line(RECEIVED) + b"\nbroken\n")
    return tmp_path / "books.jsonl"


@pytest.fixture
def root(books: Path) -> Path:
    folder = books.parent / "catalog"
    assert run("import", "books-jsonl", books, "--catalog", folder).exit_code == 0
    return folder


def test_an_import_says_what_it_read_and_what_was_broken(books: Path) -> None:
    result = run("import", "books-jsonl", books, "--catalog", books.parent / "c")

    assert "books.jsonl: 2 lines, 1 BROKEN, put aside in" in result.output


def test_an_import_tells_a_program_the_same(books: Path) -> None:
    result = run("import", "books-jsonl", books, "--catalog", books.parent / "c", "--json")

    [told] = json.loads(result.stdout)
    assert (told["records"], told["quarantined"], told["skipped"]) == (2, 1, False)


def test_a_second_import_is_skipped(books: Path, root: Path) -> None:
    assert "already in the catalog" in run("import", "books-jsonl", books, "--catalog", root).output


def test_ls_lists_windows_with_their_grade(root: Path) -> None:
    result = run("ls", "--catalog", root)

    assert WINDOW.slug in result.output
    assert "1 windows, 1 recordings" in result.output


@pytest.mark.parametrize("command", ["ls", "verify", "grade"])
def test_every_command_speaks_json(root: Path, command: str) -> None:
    assert json.loads(run(command, "--catalog", root, "--json").stdout)


def test_show_tells_everything_about_one_window(root: Path) -> None:
    shown = json.loads(run("show", WINDOW.slug, "--catalog", root, "--json").stdout)

    assert (shown["slug"], shown["tokens"]) == (WINDOW.slug, {"a": "111"})
    assert "condition_id: '0xc0'" in run("show", WINDOW.slug, "--catalog", root).output


def test_grade_gives_the_reasons(root: Path) -> None:
    assert f"F  {WINDOW.slug}  books cover" in run("grade", "--catalog", root).output


def test_verify_counts_files(root: Path) -> None:
    assert "files agree with the manifest" in run("verify", "--catalog", root).output


def test_verify_counts_hashes(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "books.jsonl").write_bytes(b"\n".join(recorded_lines(shared, 50)))
    run("import", "books-jsonl", tmp_path / "books.jsonl", "--catalog", tmp_path / "c")

    assert "hashes verified 50/50" in run("verify", "--hashes", "--catalog", tmp_path / "c").output


def test_a_changed_size_fails_verification_and_costs_the_grade(
    shared: Path, tmp_path: Path
) -> None:
    lines = recorded_lines(shared, 50)
    lines[30] = lines[30].replace(b'"size":"', b'"size":"1', 1)
    (tmp_path / "books.jsonl").write_bytes(b"\n".join(lines))
    run("import", "books-jsonl", tmp_path / "books.jsonl", "--catalog", tmp_path / "c")
    result = run("verify", "--hashes", "--catalog", tmp_path / "c")

    assert "hashes verified 49/50" in result.output
    assert isinstance(result.exception, CatalogError)
    graded = run("grade", "--catalog", tmp_path / "c").output
    assert "1 of 50 books disagree with the venue's hash" in graded


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    result = run("import", "csv", "x", "--catalog", tmp_path)

    assert result.exit_code == 2
    assert "'books-jsonl'" in result.output


def test_no_catalog_is_a_sentence() -> None:
    assert isinstance(run("ls", "--catalog", Path(sys.prefix)).exception, CatalogError)


def test_nothing_is_imported_when_one_of_the_files_is_missing(tmp_path: Path) -> None:
    outcomes = tmp_path / "windows.csv"
    outcomes.write_text("slug\n")

    told = run("import", "books-jsonl", "nowhere.jsonl", outcomes, "--catalog", tmp_path / "new")

    assert isinstance(told.exception, CatalogError)
    assert not (tmp_path / "new").exists()
