"""From bytes to typed, validated tables: every problem at once, with file, row and column.

Tables are read as text and judged as text, so that ``0518`` stays a code and ``NaN`` or ``1.200``
cannot slip in as a number. pandera does the checking, this module the words.
"""

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from geo_lv.errors import InputError, Problem, shorten
from geo_lv.files import read_text
from geo_lv.remembered import remember

# [0-9] and not \d, which also takes digits of other scripts.
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_DATE = re.compile(r"(19|20)[0-9]{2}(-[0-9]{2}){0,2}")
_ROW_COLUMN = "geo_lv_row"


@dataclass(frozen=True)
class Column:
    """One column of a table: its test, the words for it, and the type it becomes."""

    name: str
    expected: str
    accepts: Callable[[str], bool]
    kind: Literal["text", "number", "year"] = "text"
    optional: bool = False
    """An optional column may be empty in a row; it must still be in the file."""
    may_lack: bool = False
    """Whether the file may do without the column: it is then empty in every row."""


@dataclass(frozen=True)
class TableSchema:
    """The columns of a table, in the order of the file, and what makes a row unique."""

    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()


def text(name: str, *, optional: bool = False, may_lack: bool = False) -> Column:
    """Return a column of free text."""
    optional = optional or may_lack
    return Column(name, "text", lambda value: bool(value.strip()), "text", optional, may_lack)


def number(
    name: str, *, optional: bool = False, minimum: float = -math.inf, maximum: float = math.inf
) -> Column:
    """Return a column of numbers with a decimal point, from `minimum` to `maximum`."""
    least = "" if math.isinf(minimum) else f", {minimum:g} or more"
    most = "" if math.isinf(maximum) else f", {maximum:.6g} or less"
    words = f"a number with a decimal point{least}{most}"

    def accepts(value: str) -> bool:
        return _NUMBER.fullmatch(value) is not None and minimum <= float(value) <= maximum

    return Column(name, words, accepts, "number", optional)


def year(name: str, *, optional: bool = False) -> Column:
    """Return a column of years, 1900 to 2099."""
    return Column(name, "a year such as 2024", _matches(_YEAR), "year", optional)


def date(name: str, *, optional: bool = False) -> Column:
    """Return a column of dates: year, year-month or year-month-day."""
    expected = "a date such as 2024, 2024-03 or 2024-03-16"
    return Column(name, expected, is_date, "text", optional)


def day(name: str, *, optional: bool = False) -> Column:
    """Return a column of whole days: year-month-day."""
    return Column(name, "a day such as 2024-03-16", is_day, "text", optional)


def is_day(value: str) -> bool:
    """Return whether a text is a day that exists, as year-month-day."""
    return len(value) == len("2024-03-16") and is_date(value)


def is_date(value: str) -> bool:
    """Return whether a text is a year, year-month or day that exists."""
    if not _DATE.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


def choice(name: str, allowed: tuple[str, ...], *, optional: bool = False) -> Column:
    """Return a column with a fixed set of values."""
    return Column(name, f"one of {', '.join(allowed)}", set(allowed).__contains__, "text", optional)


def pattern(name: str, regex: re.Pattern[str], expected: str, *, optional: bool = False) -> Column:
    """Return a column whose whole value matches `regex`."""
    return Column(name, expected, _matches(regex), "text", optional)


def _matches(regex: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: regex.fullmatch(value) is not None


def read_table(path: Path, name: str, schema: TableSchema) -> pd.DataFrame:
    """
    Read and validate a comma-separated table.

    Parameters
    ----------
    path
        UTF-8 file with a header row.
    name
        What the file is called in messages.
    schema
        The columns that must be there, and no others; one that a file may do without is made.

    Returns
    -------
    table
        One row per line, columns of `schema`: ``str`` for text (empty when absent), ``float64``
        with NaN for numbers, ``Int64`` with NA for years. The index is the row in the file.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    content = read_text(path, name)
    return remember(f"table {name}", (content, schema), lambda: _table(content, name, schema))


def _table(content: str, name: str, schema: TableSchema) -> pd.DataFrame:
    frame = _raw_table(content, name, schema)
    problems = _failures(frame, name, schema)
    if problems:
        raise InputError(problems)
    return _typed(frame, schema)


def _raw_table(content: str, name: str, schema: TableSchema) -> pd.DataFrame:
    (_, header), *rows = _records(content, name)
    problems = _header_problems(header, name, schema) + tuple(
        _width_problem(name, line, len(header), row)
        for line, row in rows
        if len(row) != len(header)
    )
    if problems:
        raise InputError(problems)
    index = pd.Index([line for line, _ in rows], name=_ROW_COLUMN, dtype="int64")
    frame = pd.DataFrame([row for _, row in rows], columns=header, index=index, dtype="str")
    lacking = [column.name for column in schema.columns if column.name not in header]
    return frame.assign(**dict.fromkeys(lacking, "")).astype("str")


def _records(content: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the line on which it starts."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        problem = Problem(name, "a comma-separated table", str(error), "mend the row", line)
        raise InputError((problem,)) from error


def _header_problems(header: list[str], name: str, schema: TableSchema) -> tuple[Problem, ...]:
    wanted = [column.name for column in schema.columns]
    required = [column.name for column in schema.columns if not column.may_lack]
    missing = [
        Problem(name, f"a column {want}", "no such column", _suggest(want, header), 1, want)
        for want in required
        if want not in header
    ]
    extra = [
        Problem(name, f"only {', '.join(wanted)}", shorten(found), "remove it", 1, found[:60])
        for found in header
        if found not in wanted
    ]
    double = [
        Problem(name, "each column once", f"{shorten(column)} twice", "remove one", 1, column[:60])
        for column in dict.fromkeys(header)
        if header.count(column) > 1
    ]
    return (*missing, *extra, *double)


def _suggest(wanted: str, header: list[str]) -> str:
    close = get_close_matches(wanted, header, n=1)
    return f"did you mean {shorten(close[0])}?" if close else "add it"


def _width_problem(name: str, line: int, width: int, row: list[str]) -> Problem:
    advice = "quote a value that holds a comma, or add the missing one"
    return Problem(name, f"{width} values", f"{len(row)} values", advice, line)


def wrong_cells(frame: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    """
    Find every cell that a schema refuses.

    Parameters
    ----------
    frame
        Texts, with the columns of `schema` and the row in the file as index.
    schema
        What may stand in them.

    Returns
    -------
    cells
        One row per wrong cell: ``row``, ``column``, ``expected`` and ``found``, by row and column.
    """
    cases = _failure_cases(frame, schema)
    words = {column.name: column.expected for column in schema.columns}
    cells = cases[cases["check"] == "accepts"].sort_values(["index", "column"], kind="stable")
    return pd.DataFrame(
        {
            "row": cells["index"].astype("int64"),
            "column": cells["column"].astype("str"),
            "expected": cells["column"].map(words).astype("str"),
            "found": cells["failure_case"].astype("str"),
        }
    ).reset_index(drop=True)


def _failure_cases(frame: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    """Return what pandera lists as wrong; it is asked only if something is, as it takes long."""
    good = all(_vectorised(column)(frame[column.name]).all() for column in schema.columns)
    if not good:
        try:
            _pandera(schema).validate(frame, lazy=True)
        except pa.errors.SchemaErrors as error:
            cases: pd.DataFrame = error.failure_cases
            return cases
    return pd.DataFrame(
        {"index": [], "column": [], "check": [], "failure_case": []}, dtype="object"
    )


def _failures(frame: pd.DataFrame, name: str, schema: TableSchema) -> tuple[Problem, ...]:
    wrong = tuple(
        Problem(name, expected, shorten(found), "correct the cell", row, column)
        for row, column, expected, found in wrong_cells(frame, schema).itertuples(index=False)
    )
    return wrong + _duplicates(frame, name, schema.unique)


def _duplicates(frame: pd.DataFrame, name: str, unique: tuple[str, ...]) -> tuple[Problem, ...]:
    if not unique:
        return ()
    again = frame[frame.duplicated(list(unique))]
    column = " + ".join(unique)
    return tuple(
        Problem(name, f"each {column} once", shorten(" ".join(key)), "remove one", int(row), column)
        for row, key in zip(again.index, again[list(unique)].itertuples(index=False), strict=True)
    )


def _pandera(schema: TableSchema) -> pa.DataFrameSchema:
    columns = {
        column.name: pa.Column(
            checks=pa.Check(_vectorised(column), name="accepts", error="accepts")
        )
        for column in schema.columns
    }
    unique = list(schema.unique) or None
    return pa.DataFrameSchema(columns, unique=unique, strict=True)


def _vectorised(column: Column) -> Callable[["pd.Series[str]"], "pd.Series[bool]"]:
    def accepts(value: str) -> bool:
        return (column.optional and not value) or column.accepts(value)

    def check(values: "pd.Series[str]") -> "pd.Series[bool]":
        codes, texts = coded(values)
        good = np.array([accepts(text) for text in texts], dtype=bool)
        return pd.Series(good[codes] if len(good) else False, index=values.index, dtype=bool)

    return check


def coded(values: "pd.Series[str]") -> tuple[npt.NDArray[Any], list[str]]:
    """
    Take a column apart.

    Parameters
    ----------
    values
        Texts, none missing; of categories nothing is read anew.

    Returns
    -------
    codes, texts
        The different texts, and the place among them of the one in each row.
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        categories = values.cat.categories.to_numpy(dtype="object")
        return values.cat.codes.to_numpy(), categories.tolist()
    codes, texts = pd.factorize(values.to_numpy(dtype="object"))
    return codes, texts.tolist()


def _typed(frame: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    typed = {column.name: _convert(frame[column.name], column) for column in schema.columns}
    return pd.DataFrame(typed, index=frame.index)


def _convert(values: "pd.Series[str]", column: Column) -> "pd.Series[Any]":
    if column.kind == "text":
        return values
    numbers = pd.to_numeric(values.where(values != ""))
    return numbers.astype("Int64") if column.kind == "year" else numbers.astype("float64")
