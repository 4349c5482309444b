"""Figures that CBS published, one row per area, indicator and year."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.codes import REGION_CODE
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.indicators.catalogue import SourceCertainty
from geo_lv.indicators.figures import COLUMNS
from geo_lv.schema import Reason
from geo_lv.tables import TableSchema, choice, number, pattern, read_table, text, year

FILE: Final = "statistics/kerncijfers.csv"
FILES: Final = (FILE, "statistics/leefbaarometer.csv")
"""The first must be there, each other is read if it is. Everything in them may be public."""

UNKNOWN_CERTAINTY: Final = "niet bekend"

_SCHEMA: Final = TableSchema(
    (
        pattern("code", REGION_CODE, "a GM, WK or BU code"),
        pattern("indicator", re.compile(r"[a-z0-9_]{1,60}"), "the id of an indicator"),
        year("year"),
        number("value", optional=True),
        choice("reason", tuple(Reason), optional=True),
        text("source_table"),
    ),
    unique=("code", "indicator", "year"),
)


def load_statistics(
    data: Path, indicators: frozenset[str] | None, codes: frozenset[str] | None
) -> pd.DataFrame:
    """
    Read the published figures of a data folder.

    Parameters
    ----------
    data
        The data folder.
    indicators
        Ids that the catalogue knows; None leaves that unchecked.
    codes
        Codes of the municipality, its wijken and its buurten; None leaves that unchecked.

    Returns
    -------
    figures
        Table of figures as in `geo_lv.indicators.figures`, with the ``source_table`` of each and
        the ``file`` that it stands in.

    Raises
    ------
    InputError
        With every problem: unknown indicator, code of another municipality, a value together with
        a reason or neither.
    """
    tables: list[pd.DataFrame] = []
    names: list[str] = []
    problems: list[Problem] = []
    for name in FILES:
        if name == FILE or (data / name).is_file():
            try:
                tables.append(read_table(data / name, name, _SCHEMA))
            except InputError as error:
                problems.extend(error.problems)
            else:
                problems.extend(_problems(tables[-1], name, indicators, codes))
                problems.extend(_repeated(tables, name))
                names.append(name)
    if problems:
        raise InputError(tuple(problems))
    figures = pd.concat(
        [table.assign(file=name) for table, name in zip(tables, names, strict=True)],
        ignore_index=True,
    )
    figures["year"] = figures["year"].astype("str")
    figures["note"] = ""
    return figures[[*COLUMNS, "source_table", "file"]]


Origins = Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
"""Indicator and year to the source tables of its figures, each with its file."""


def origins_by_moment(statistics: pd.DataFrame) -> Origins:
    """
    Say where the published figures come from.

    Parameters
    ----------
    statistics
        From `load_statistics`.

    Returns
    -------
    origins
        One entry per indicator and year.
    """
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    columns = ["indicator", "year", "source_table", "file"]
    for indicator, of_year, table, file in (
        statistics[columns].drop_duplicates().itertuples(index=False)
    ):
        found.setdefault((indicator, of_year), []).append((table, file))
    return {moment: tuple(sorted(tables)) for moment, tables in found.items()}


def certainty_by_moment(
    statistics: pd.DataFrame, certainty: Iterable[SourceCertainty]
) -> dict[tuple[str, str], str]:
    """
    Say how sure the published figures are.

    Parameters
    ----------
    statistics
        From `load_statistics`.
    certainty
        How sure the figures of each source table are; the first that fits counts.

    Returns
    -------
    texts
        Indicator and year to Dutch words; a table that nothing fits is `UNKNOWN_CERTAINTY`.
    """
    rules = list(certainty)
    texts: dict[tuple[str, str], list[str]] = {}
    moments = statistics[["indicator", "year", "source_table"]].drop_duplicates()
    for indicator, of_year, name in moments.itertuples(index=False):
        texts.setdefault((indicator, of_year), []).append(_words(name, rules))
    return {moment: "; ".join(dict.fromkeys(words)) for moment, words in texts.items()}


def _words(source_table: str, rules: list[SourceCertainty]) -> str:
    fitting = (rule.text for rule in rules if source_table.startswith(rule.table))
    return next(fitting, UNKNOWN_CERTAINTY)


def _repeated(tables: list[pd.DataFrame], name: str) -> Iterator[Problem]:
    """Find figures of the last table that an earlier one has too."""
    *earlier, last = (pd.MultiIndex.from_frame(table[list(_SCHEMA.unique)]) for table in tables)
    for before in earlier:
        for row, _ in zip(tables[-1].index[last.isin(before)], range(20), strict=False):
            expected, found = "a figure that no other file has", "one that is there already"
            yield Problem(name, expected, found, "remove one of the two", int(str(row)), "code")


def _problems(
    table: pd.DataFrame, name: str, indicators: frozenset[str] | None, codes: frozenset[str] | None
) -> Iterator[Problem]:
    for column, allowed, expected, advice in (
        ("indicator", indicators, "an indicator of indicators.toml", "correct it or add it there"),
        ("code", codes, "an area of this municipality's boundaries", "remove or correct the row"),
    ):
        wrong = table[~table[column].isin(table[column] if allowed is None else allowed)]
        for row, value in wrong[column].items():
            yield Problem(name, expected, shorten(value), advice, int(str(row)), column)
    both = table[table["value"].notna() == (table["reason"] != "")]
    for row, value in both["value"].items():
        found = "neither" if pd.isna(value) else "both"
        expected = "a value or a reason why there is none"
        yield Problem(name, expected, found, "fill in one of the two", int(str(row)), "value")
