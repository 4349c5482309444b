"""Tables and settings: typed when they are right, else every problem with its row and column."""

import csv
import io
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from geo_lv.errors import InputError, Problem
from geo_lv.settings import read_toml
from geo_lv.tables import (
    Column,
    TableSchema,
    choice,
    date,
    is_date,
    number,
    pattern,
    read_table,
    text,
    year,
)

T = TypeVar("T")

HOMES = TableSchema(
    (
        text("name"),
        number("rent", minimum=0),
        year("built", optional=True),
        choice("label", ("A", "B"), optional=True),
    ),
    unique=("name",),
)


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where each example writes its file."""
    return tmp_path_factory.mktemp("tables") / "file"


def problems(path: Path, content: str | bytes, schema: TableSchema = HOMES) -> list[Problem]:
    """Return what is wrong with a table."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as raised:
        read_table(path, "homes.csv", schema)
    return list(raised.value.problems)


def attempt(read: Callable[[], T]) -> T | InputError:
    """Return what was read, or why not; any other exception is a fault."""
    try:
        return read()
    except InputError as error:
        return error


def test_a_table_is_typed_and_numbered_as_an_editor_shows_it(path: Path) -> None:
    path.write_text('name,rent,built,label\n"a,\nb",600.5,,A\n\n0518,0,1950,\n', encoding="utf-8")
    table = read_table(path, "homes.csv", HOMES)
    assert list(table.index) == [2, 5]
    assert list(table["name"]) == ["a,\nb", "0518"]
    assert list(table["rent"]) == [600.5, 0.0]
    assert table["built"].isna().tolist() == [True, False]
    assert table["built"][5] == 1950
    assert list(table["label"]) == ["A", ""]
    assert table.dtypes.astype(str).to_dict() == {
        "name": "str",
        "rent": "float64",
        "built": "Int64",
        "label": "str",
    }


def test_a_byte_order_mark_windows_line_ends_and_another_order_are_fine(path: Path) -> None:
    path.write_bytes("\ufeffrent,name,label,built\r\n1,é,B,2024\r\n".encode())
    table = read_table(path, "homes.csv", HOMES)
    assert table.to_dict("records") == [{"name": "é", "rent": 1.0, "built": 2024, "label": "B"}]


def test_a_header_alone_is_an_empty_table(path: Path) -> None:
    path.write_text("name,rent,built,label\n", encoding="utf-8")
    table = read_table(path, "homes.csv", HOMES)
    assert table.empty
    assert list(table.columns) == ["name", "rent", "built", "label"]


def test_all_wrong_cells_are_listed_in_the_order_of_the_file(path: Path) -> None:
    content = "name,rent,built,label\n,NaN,24,A\nok,-1,2024,C\nok,1,x,\n"
    found = [(problem.row, problem.column, problem.found) for problem in problems(path, content)]
    assert found == [
        (2, "built", "'24'"),
        (2, "name", "''"),
        (2, "rent", "'NaN'"),
        (3, "label", "'C'"),
        (3, "rent", "'-1'"),
        (4, "built", "'x'"),
        (4, "name", "'ok'"),
    ]


@pytest.mark.parametrize(
    ("content", "row", "column", "found"),
    [
        ("", 1, None, "an empty file"),
        ("  \n\n", 1, None, "an empty file"),
        (b"name,rent,built,label\nok,1,,\nCaf\xe9,1,,\n", 3, "1", "byte 0xE9"),
        (b"name,rent,built,label\nok,1,,\xff\n", 2, "4", "byte 0xFF"),
        ("name,rent,built,label\nok,1,\0,\n", 2, "3", "control character 0x00"),
        ("name,rent,built,label\n\x1b[31m,1,,\n", 2, "1", "control character 0x1B"),
        ("name,rent,built\nok,1,\n", 1, "label", "no such column"),
        ("name,rents,built,label\n", 1, "rent", "no such column"),
        ("name,rent,built,label,bsn\n", 1, "bsn", "'bsn'"),
        ("name,rent,built,label,rent\n", 1, "rent", "'rent' twice"),
        ("name,rent,built,label\nok,1,\n", 2, None, "3 values"),
        ("name,rent,built,label\nok,1,,,,\n", 2, None, "6 values"),
        ('name,rent,built,label\nok,1,,\n"open,1,,\nok2,1,,\n', 3, None, "unexpected end of data"),
        ('name,rent,built,label\n"a"b,1,,\n', 2, None, "',' expected"),
        (f"name,rent,built,label\n{'x' * 200_000},1,,\n", 2, None, "field larger than"),
        ("name,rent,built,label\nok,1,,\nok,2,,\nok,3,,\n", 3, "name", "'ok'"),
    ],
)
def test_a_broken_table_names_row_and_column(
    path: Path, content: str | bytes, row: int, column: str | None, found: str
) -> None:
    first = problems(path, content)[0]
    assert (first.file, first.row, first.column) == ("homes.csv", row, column)
    assert first.found.startswith(found)


def test_a_double_row_is_reported_each_time_after_the_first(path: Path) -> None:
    content = "name,rent,built,label\nok,1,,\nok,2,,\nok,3,,\n"
    assert [problem.row for problem in problems(path, content)] == [3, 4]


def test_a_typing_error_in_a_header_gets_a_suggestion(path: Path) -> None:
    found = problems(path, "name,rents,built,label\n")
    assert found[0].advice == "did you mean 'rents'?"


def test_a_message_stays_on_one_short_line_whatever_the_file_holds(path: Path) -> None:
    header = "x" * 10_000 + "\u202e"
    for problem in problems(path, f"{header},rent,built,label\n"):
        assert len(str(problem)) < 400
        assert str(problem).isprintable()


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        (text("c"), ["a", " a ", "=1+1", "NaN"], ["", "  ", "\t"]),
        (
            number("c"),
            ["0", "-1", "12.50", "123456789012345"],
            [
                "",
                "NaN",
                "nan",
                "inf",
                "1e3",
                "1,5",
                "1.",
                ".5",
                "+1",
                " 1",
                "\u0663",
                "\uff11",
                "0x1",
            ],
        ),
        (number("c", minimum=1), ["1", "1.5"], ["0", "0.99", "-1"]),
        (
            year("c"),
            ["1900", "2024", "2099"],
            ["", "24", "2024.0", "1899", "2100", "20\uff12\uff14", "2024 "],
        ),
        (
            date("c"),
            ["2024", "2024-02", "2024-02-29"],
            ["2023-02-29", "2024-13", "2024-00", "2024-2-1", "29-02-2024", "2024-02-30", "2024-"],
        ),
        (choice("c", ("A", "B")), ["A"], ["a", "", "A "]),
        (pattern("c", re.compile("[a-z]+"), "letters"), ["abc"], ["", "abc1", "abc\n"]),
    ],
)
def test_what_a_column_takes(column: Column, good: list[str], bad: list[str]) -> None:
    assert [value for value in good if not column.accepts(value)] == []
    assert [value for value in bad if column.accepts(value)] == []


@given(st.text())
def test_a_date_is_accepted_exactly_when_it_reads_as_one(value: str) -> None:
    for candidate in (value, f"2024-{value}", f"2024-02-{value}"):
        if is_date(candidate):
            assert re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", candidate)
            pd.Timestamp(candidate)


NOTES = TableSchema((text("key"), text("note", optional=True)))
plain = st.text(
    st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\r\n\t,;\"'= "), max_size=20
)


filled = plain.filter(str.strip)


@given(rows=st.lists(st.tuples(filled, filled | st.just("")), max_size=8))
def test_any_text_comes_back_as_it_was_written(path: Path, rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("key", "note"), *rows])
    path.write_bytes(out.getvalue().encode())
    table = read_table(path, "notes.csv", NOTES)
    assert list(zip(table["key"], table["note"], strict=True)) == rows


@given(
    content=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_a_table_or_problems_with_a_row(path: Path, content: bytes) -> None:
    for start in (b"", b"name,rent,built,label\n"):
        path.write_bytes(start + content)
        found = attempt(lambda: read_table(path, "homes.csv", HOMES))
        if isinstance(found, InputError):
            rows = [problem.row or 0 for problem in found.problems]
            assert min(rows) >= 1
            assert max(rows) <= content.count(b"\n") + content.count(b"\r") + 2
        else:
            assert not any(math.isnan(value) for value in found["rent"])


class Bank(BaseModel):
    """A setting inside an array of tables."""

    model_config = ConfigDict(extra="forbid")

    name: str
    trees: int = Field(ge=0, strict=True)


class Park(BaseModel):
    """Settings as in a data folder."""

    model_config = ConfigDict(extra="forbid")

    name: str
    size: float = 0
    bank: tuple[Bank, ...] = ()
    tree: tuple[Bank, ...] = ()


def setting_problems(path: Path, content: str) -> list[Problem]:
    """Return what is wrong with settings."""
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError) as raised:
        read_toml(path, "park.toml", Park)
    return list(raised.value.problems)


TWO_BANKS = 'name = "p"\n\n[[bank]]\nname = "a"\ntrees = 1\n\n[[bank]]\n'


@pytest.mark.parametrize(
    ("content", "row", "column", "expected", "found"),
    [
        ("", 1, None, "content", "an empty file"),
        ('name = "p"\nsize = = 1\n', 2, "8", "TOML", "invalid value"),
        ('name = "p"\nsize = [1,\n', 2, None, "TOML", "invalid value"),
        ('name = "p"\nname = "q"\n', 2, "11", "TOML", "cannot overwrite a value"),
        ('name = "a\0b"\n', 1, "10", "text", "control character 0x00"),
        ("size = 1\n", None, "name", "this setting", "nothing"),
        ('name = "p"\nsise = 1\n', 2, "sise", "no such setting", "'1'"),
        ('name = "p"\nsize = "big"\n', 2, "size", "input should be a valid number", "'big'"),
        (f'{TWO_BANKS}name = "b"\ntrees = -1\n', 9, "bank.1.trees", "input should be gr", "'-1'"),
        (f'{TWO_BANKS}name = "b"\ntrees = "1"\n', 9, "bank.1.trees", "input should be a", "'1'"),
        # the name of the next table is not the one that is missing here
        (
            f'{TWO_BANKS}trees = 2\n\n[[tree]]\nname = "t"\ntrees = 1\n',
            7,
            "bank.1.name",
            "this setting",
            "nothing",
        ),
        (f"name = 'p'\nbank = {'[' * 5000}{']' * 5000}\n", 1, None, "TOML", "brackets"),
        (f"name = 'p'\nsize = {'1' * 5000}\n", 1, None, "TOML", "brackets or numbers"),
        (f"name = 'p'\n[{'x.' * 5000}x]\n", 2, "x", "no such setting", "a table"),
        ("name = 'p'\n\"0\" = 1\n", 2, "0", "no such setting", "'1'"),
        ("name = 'p'\n\"\u00b2\" = 1\n", 2, "\u00b2", "no such setting", "'1'"),
    ],
)
def test_a_wrong_setting_names_its_line(
    path: Path, content: str, row: int | None, column: str | None, expected: str, found: str
) -> None:
    (problem,) = setting_problems(path, content)
    assert (problem.file, problem.row, problem.column) == ("park.toml", row, column)
    assert problem.expected.startswith(expected)
    assert problem.found.startswith(found)


def test_all_wrong_settings_are_listed(path: Path) -> None:
    found = setting_problems(path, 'nam = "p"\n[[bank]]\ntrees = -1\n')
    assert {problem.column for problem in found} == {"name", "nam", "bank.0.name", "bank.0.trees"}


@given(content=st.text(max_size=100))
def test_any_text_is_settings_or_problems(path: Path, content: str) -> None:
    for start in ("", 'name = "p"\n', '[[bank]]\nname="a"\ntrees='):
        path.write_bytes((start + content).encode("utf-8", "surrogatepass"))
        found = attempt(lambda: read_toml(path, "park.toml", Park))
        assert found.problems if isinstance(found, InputError) else found.name


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "homes.csv"
    if kind == "folder":
        path.mkdir()
    for read in (
        lambda: read_table(path, "homes.csv", HOMES),
        lambda: read_toml(path, "homes.csv", Park),
    ):
        with pytest.raises(InputError, match=r"homes\.csv: expected a readable file"):
            read()
