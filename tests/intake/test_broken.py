"""Broken lists: no traceback, no row lost, and always told in which row and column."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_lv.errors import InputError, Problem
from geo_lv.intake.mapping import Mapping
from geo_lv.intake.rows import BLANK, HEAD_AGAIN, TOTALS, Intake, take_rows
from geo_lv.intake.sheet import read_sheet

HEADS = (
    "VHE", "Complex", "Straat", "Huisnummer", "Huisletter", "Toevoeging", "Postcode", "Plaats",
    "VBO id", "X", "Y", "Buurtcode", "Energielabel", "EP2", "Kale huur", "Streefhuur",
    "Oppervlakte", "Bouwjaar", "Aantal kamers", "DAEB", "PV", "Aardgasvrij", "Leeftijdslabel",
)  # fmt: skip
GOOD = (
    "1", "C1", "Voorbeeldlaan", "1", "", "", "1001SS", "Voorbeeldstad",
    "", "86518,6", "456892,5", "BU19160100", "A+", "", "628,39", "659,81",
    "51", "1950", "3", "ja", "nee", "nee", "",
)  # fmt: skip
ROWS = 6


def good_rows() -> list[list[str]]:
    """Return a list of six homes, each in another house."""
    rows = []
    for number in range(1, ROWS + 1):
        row = list(GOOD)
        row[0], row[3] = str(number), str(number)
        rows.append(row)
    return rows


def text_of(rows: list[list[str]], delimiter: str = ";") -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows([HEADS, *rows])
    return buffer.getvalue()


def take(path: Path, content: str | bytes) -> Intake:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return take_rows(read_sheet(path, Mapping()), Mapping(), "Vidomes", "2026-01-01")


def require_account(intake: Intake, rows: int) -> None:
    """Every row is in one place, and what is set aside says where and why."""
    assert len(intake.sheet.rows) == rows
    places = [*intake.homes.index, *intake.set_aside.index, *intake.skipped.index]
    assert sorted(places) == list(intake.sheet.rows.index)
    assert set(intake.problems["row"]) == set(intake.set_aside.index)
    for problem in intake.problems.itertuples():
        assert problem.column in intake.sheet.rows.columns
        assert problem.expected
        assert problem.found
        assert problem.advice


CELLS = [
    # row 3 is the second home
    ("VHE", "", "Postcode", "", "VHE", "nothing"),
    ("Huisnummer", "twaalf", "", "", "Huisnummer", "'twaalf'"),
    ("Huisnummer", "0", "", "", "Huisnummer", "'0'"),
    ("Huisnummer", "123456", "", "", "Huisnummer", "'123456'"),
    ("Huisnummer", "2014-12-12", "", "", "Huisnummer", "'2014-12-12'"),
    ("Huisnummer", "-3", "", "", "Huisnummer", "'-3'"),
    ("Huisletter", "AB", "", "", "Huisletter", "'AB'"),
    ("Huisletter", "1", "", "", "Huisletter", "'1'"),
    ("Toevoeging", "te lang hoor", "", "", "Toevoeging", "'te lang hoor'"),
    ("Postcode", "1001", "", "", "Postcode", "'1001'"),
    ("Postcode", "0001SS", "", "", "Postcode", "'0001SS'"),
    ("Postcode", "1001SSS", "", "", "Postcode", "'1001SSS'"),
    ("Postcode", "SS1001", "", "", "Postcode", "'SS1001'"),
    ("VBO id", "123", "", "", "VBO id", "'123'"),
    ("VBO id", "1916100000000001", "", "", "VBO id", "'1916100000000001'"),
    ("VBO id", "1,91601E+15", "", "", "VBO id", "'1,91601E+15'"),
    ("X", "", "", "", "X", "nothing"),
    ("Y", "", "", "", "Y", "nothing"),
    ("X", "hier", "", "", "X", "'hier'"),
    ("X", "999999", "", "", "X", "'999999'"),
    ("Y", "1", "", "", "Y", "'1'"),
    ("X", "4,39", "", "", "X", "'4.39'"),
    ("Buurtcode", "WK191601", "", "", "Buurtcode", "'WK191601'"),
    ("Buurtcode", "19160100", "", "", "Buurtcode", "'19160100'"),
    ("Energielabel", "H", "", "", "Energielabel", "'H'"),
    ("Energielabel", "A++++++", "", "", "Energielabel", "'A++++++'"),
    ("Energielabel", "1", "", "", "Energielabel", "'1'"),
    ("EP2", "laag", "", "", "EP2", "'laag'"),
    ("EP2", "99999", "", "", "EP2", "'99999'"),
    ("Kale huur", "-1", "", "", "Kale huur", "'-1.00'"),
    ("Kale huur", "veel", "", "", "Kale huur", "'veel'"),
    ("Kale huur", "1.2.3", "", "", "Kale huur", "'1.2.3'"),
    ("Kale huur", "NaN", "", "", "Kale huur", "'NaN'"),
    ("Kale huur", "1e3", "", "", "Kale huur", "'1e3'"),
    ("Kale huur", "#N/B", "", "", "Kale huur", "'#N/B'"),
    ("Streefhuur", "10.001", "", "", "Streefhuur", "'10001.00'"),
    ("Oppervlakte", "0", "", "", "Oppervlakte", "'0'"),
    ("Oppervlakte", "51 m2", "", "", "Oppervlakte", "'51 m2'"),
    ("Bouwjaar", "950", "", "", "Bouwjaar", "'950'"),
    ("Bouwjaar", "2950", "", "", "Bouwjaar", "'2950'"),
    ("Bouwjaar", "jaren 50", "", "", "Bouwjaar", "'jaren 50'"),
    ("Aantal kamers", "0", "", "", "Aantal kamers", "'0'"),
    ("Aantal kamers", "3,5", "", "", "Aantal kamers", "'3.5'"),
    ("DAEB", "misschien", "", "", "DAEB", "'misschien'"),
    ("PV", "12 panelen", "", "", "PV", "'12 panelen'"),
    ("Aardgasvrij", "deels", "", "", "Aardgasvrij", "'deels'"),
    ("Kale huur", "<b onclick=x>", "", "", "Kale huur", "'<b onclick=x>'"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "cell", "other", "value", "column", "found"), CELLS)
def test_a_broken_cell(  # noqa: PLR0913, PLR0917 - one for each column of the table of cases
    head: str, cell: str, other: str, value: str, column: str, found: str, tmp_path: Path
) -> None:
    rows = good_rows()
    rows[1][HEADS.index(head)] = cell
    if other:
        rows[1][HEADS.index(other)] = value
    intake = take(tmp_path / "lijst.csv", text_of(rows))
    require_account(intake, ROWS)
    assert len(intake.homes) == ROWS - 1
    [problem] = intake.problems.to_dict("records")
    assert (problem["row"], problem["column"], problem["found"]) == (3, column, found)


def copied(rows: list[list[str]]) -> None:
    rows.append(list(rows[0]))


def contradicting(rows: list[list[str]]) -> None:
    rows.append([*rows[0][:12], "G", *rows[0][13:]])


def shifted(rows: list[list[str]]) -> None:
    rows[2].insert(3, "")


def short(rows: list[list[str]]) -> None:
    del rows[2][15:]


def blank(rows: list[list[str]]) -> None:
    rows.insert(2, [])


def spaces(rows: list[list[str]]) -> None:
    rows.insert(2, [" "] * len(HEADS))


def total(rows: list[list[str]]) -> None:
    rows.append(["Totaal", *[""] * 13, "3770,34"])


def again(rows: list[list[str]]) -> None:
    rows.insert(3, list(HEADS))


@pytest.mark.parametrize(
    ("change", "rows", "taken", "aside", "skipped"),
    [
        (copied, 7, 6, {8: "first in row 2"}, {}),
        (contradicting, 7, 5, {2: "first in row 2", 8: "first in row 2"}, {}),
        # a cell too many moves the others: the street number is gone, the last cell has no head
        (shifted, 6, 5, {4: "'"}, {}),
        (short, 6, 6, {}, {}),
        (blank, 7, 6, {}, {4: BLANK}),
        (spaces, 7, 6, {}, {4: BLANK}),
        (total, 7, 6, {}, {8: TOTALS}),
        (again, 7, 6, {}, {5: HEAD_AGAIN}),
    ],
)
def test_broken_rows(
    change: Callable[[list[list[str]]], None],
    rows: int,
    taken: int,
    aside: dict[int, str],
    skipped: dict[int, str],
    tmp_path: Path,
) -> None:
    made = good_rows()
    change(made)
    intake = take(tmp_path / "lijst.csv", text_of(made))
    require_account(intake, rows)
    assert len(intake.homes) == taken
    assert set(intake.set_aside.index) == set(aside)
    for row, words in aside.items():
        mine = intake.problems[intake.problems["row"] == row]
        assert any(words in found for found in mine["found"])
    assert intake.skipped.to_dict() == skipped


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("lijst.csv", b"", "an empty file"),
        ("lijst.csv", b"\r\n\r\n", "an empty file"),
        ("lijst.csv", b"a;b;c\r\n1;2;3\r\n", "names of columns such as VHE"),
        ("lijst.csv", b"VHE;Postcode\r\n1;\x00\r\n", "row 2: expected text, found control"),
        ("lijst.csv", b'VHE;Postcode\r\n1;"1001SS\r\n2;1001SS\r\n', "mend the quotes"),
        ("lijst.csv", b"VHE;Vhe nr;Postcode\r\n1;1;1001SS\r\n", "one column for dwelling_id"),
        ("lijst.csv", b"Bouwjaar;Label\r\n1950;A\r\n", "a VHE number, a VBO id or an address"),
        ("lijst.csv", b"VHE" + b";" * 400, "at most 300 columns"),
        ("lijst.xlsx", b"VHE;Postcode\r\n1;1001SS\r\n", "expected a spreadsheet"),
        ("lijst.xlsx", b"PK\x03\x04", "expected a spreadsheet"),
        ("lijst.gpkg", b"SQLite format 3\x00", "a geographic file"),
        ("lijst.geojson", b"{}", "lijst.geojson: expected"),
        ("lijst.geojson", b"{", "lijst.geojson: expected"),
        ("lijst.pdf", b"%PDF", "a file that ends in .csv"),
        ("lijst", b"VHE", "no ending"),
    ],
)
def test_what_is_no_list_is_refused(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        take(tmp_path / name, content)
    assert words in str(refused.value)
    assert name in str(refused.value)


def taken_or_refused(path: Path, content: bytes) -> tuple[Intake | None, tuple[Problem, ...]]:
    """Take in a list; a refusal names the file and says something."""
    try:
        return take(path, content), ()
    except InputError as refused:
        problems = refused.problems
    assert problems
    assert all(problem.file.startswith(path.name) for problem in problems)
    return None, problems


HOSTILE = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", " ", "=1+1", "Totaal", '"', "'", ";", "\t", "\r\n", "é", "NULL", "1e999"]),
    st.integers(-(10**18), 10**18).map(str),
    st.sampled_from([cell for _, cell, *_ in CELLS]),
)
Change = tuple[int, int, str]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, ROWS - 1), st.integers(0, len(HEADS) - 1), HOSTILE), max_size=9
    ),
    st.lists(st.integers(0, ROWS - 1), max_size=3),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_any_change_of_a_list_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[Change],
    copies: list[int],
    delimiter: str,
    encoding: str,
) -> None:
    rows = good_rows()
    for row, column, cell in changes:
        rows[row][column] = cell
    rows += [list(rows[place]) for place in copies]
    path = tmp_path_factory.mktemp("lists") / "lijst.csv"
    content = text_of(rows, delimiter).encode(encoding, "replace")
    intake, problems = taken_or_refused(path, content)
    assert all(problem.row for problem in problems)
    if intake is None:
        return
    require_account(intake, len(rows))
    untouched = set(range(ROWS)) - {row for row, *_ in changes} - set(copies)
    assert {place + 2 for place in untouched if not _shares_id(rows, place)} <= set(
        intake.homes.index
    )


def _shares_id(rows: list[list[str]], place: int) -> bool:
    return [row[0].strip() for row in rows].count(rows[place][0]) > 1


@settings(max_examples=40)
@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx", ".geojson", ".ods", ".xls"]))
def test_any_bytes_are_a_list_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, ending: str
) -> None:
    path = tmp_path_factory.mktemp("bytes") / f"lijst{ending}"
    intake, _ = taken_or_refused(path, content)
    if intake is not None:
        require_account(intake, len(intake.sheet.rows))


def test_a_table_of_problems_has_all_of_them(tmp_path: Path) -> None:
    rows = good_rows()
    for row in rows:
        row[HEADS.index("Energielabel")] = "H"
        row[HEADS.index("Postcode")] = "x"
    intake = take(tmp_path / "lijst.csv", text_of(rows))
    assert len(intake.problems) == 2 * ROWS
    assert intake.homes.empty
    expected = [(row, head) for row in range(2, 8) for head in ("Energielabel", "Postcode")]
    assert list(zip(intake.problems["row"], intake.problems["column"], strict=True)) == expected
    assert isinstance(intake.problems, pd.DataFrame)
