"""The fictitious sample goes through the import, from messy spreadsheets, and comes out whole."""

from collections import Counter
from pathlib import Path

import pytest

from tests import command
from tests.intake import messy

ROOT = Path(__file__).parents[2]
HOMES = Path("properties/dwellings.csv")


def run(data: Path, *arguments: str) -> command.Done:
    return command.run("--data", data, "import", *arguments)


@pytest.fixture
def whole(data: Path) -> Path:
    """Return a data folder with all homes of the sample, to be changed."""
    (data / HOMES).write_bytes((ROOT / "data" / HOMES).read_bytes())
    return data


def test_the_sample_comes_out_as_it_went_in(whole: Path, tmp_path: Path) -> None:
    first, second = messy.rows_of(whole, "Vidomes"), messy.rows_of(whole, "WoonInvest")
    book, text = tmp_path / "bezit.xlsx", tmp_path / "bezit.csv"
    messy.write_book(book, first)
    messy.write_text(text, second)
    day = ("--peildatum", "2025-01-01", "--fictief")

    done = run(whole, str(book), "--corporatie", "Vidomes", *day)
    assert done.returncode == 1, "seven copies are set aside"
    # 3,520 homes, 7 copies, 3 blank rows among them, 1 after them, and the total
    assert "bezit.xlsx, sheet Bezit: 3532 rows below the head in row 4" in done.stdout
    for line in (
        "3520 taken in",
        "7 set aside",
        "4 skipped: blank row",
        "1 skipped: row of totals",
    ):
        assert line in done.stdout
    assert done.stdout.count("expected each home once") == 7
    assert "changed since the last list: nothing" in done.stdout
    assert done.stderr == ""

    done = run(whole, str(text), "--corporatie", "WoonInvest", *day)
    assert done.returncode == 0, done.stdout + done.stderr
    # 5,703 homes, the heads and a blank row half-way, and the total
    assert "bezit.csv: 5706 rows below the head in row 1" in done.stdout
    for line in (
        "5703 taken in",
        "0 set aside",
        "1 skipped: blank row",
        "1 skipped: heads of the columns again",
        "1 skipped: row of totals",
        "not used: Opmerking",
    ):
        assert line in done.stdout

    assert (whole / HOMES).read_bytes() == (ROOT / "data" / HOMES).read_bytes()


def test_an_embedded_home_has_every_field_of_the_schema(whole: Path) -> None:
    rows = [row for name in ("Vidomes", "WoonInvest") for row in messy.rows_of(whole, name)]
    filled = Counter(name for row in rows for name, value in row.items() if value)
    empty = set(rows[0]) - set(filled)
    assert empty == {"house_letter", "addition", "vbo_id", "ep2_kwh_m2"}


def test_the_site_stays_invented_until_a_real_list_comes(whole: Path, tmp_path: Path) -> None:
    text = tmp_path / "bezit.csv"
    messy.write_text(text, messy.rows_of(whole, "WoonInvest")[:50])
    provenance = whole / "provenance.toml"
    before = provenance.read_text(encoding="utf-8")

    run(whole, str(text), "--corporatie", "WoonInvest", "--peildatum", "2025-01-01", "--fictief")
    assert provenance.read_text(encoding="utf-8").count("fictitious = true") == 1
    assert len(messy.rows_of(whole, "Vidomes")) == 3520

    done = run(whole, str(text), "--corporatie", "WoonInvest", "--peildatum", "2025-01-02")
    assert "3570 invented homes made room for a real list" in done.stdout
    assert "fictitious = true" not in provenance.read_text(encoding="utf-8")
    assert len(messy.rows_of(whole, "WoonInvest")) == 50
    assert messy.rows_of(whole, "Vidomes") == []

    assert run(whole, "--undo").returncode == 0
    assert len(messy.rows_of(whole, "Vidomes")) == 3520
    assert provenance.read_text(encoding="utf-8").count("fictitious = true") == 1
    assert before.count("[[file]]") == provenance.read_text(encoding="utf-8").count("[[file]]")
    again = run(whole, "--undo")
    assert again.returncode == 1
    assert "expected an earlier import, found none" in again.stderr
