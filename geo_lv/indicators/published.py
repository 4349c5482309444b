"""Figures that CBS published, one row per area, indicator and year."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.codes import NL_CODE, REGION_CODE
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.indicators.catalogue import SourceCertainty
from geo_lv.indicators.figures import COLUMNS
from geo_lv.schema import Reason
from geo_lv.tables import TableSchema, choice, number, pattern, read_table, text, year

FILE: Final = "statistics/kerncijfers.csv"
FILES: Final = (FILE, "statistics/buurtcijfers_2016.csv", "statistics/leefbaarometer.csv")
"""The first must be there, each other is read if it is. Everything in them may be public. Where two
have the same figure, the earlier one counts."""

UNKNOWN_CERTAINTY: Final = "niet bekend"

_CODE: Final = re.compile(f"{NL_CODE}|{REGION_CODE.pattern}")

_SCHEMA: Final = TableSchema(
    (
        pattern("code", _CODE, "a GM, WK or BU code, or NL00"),
        pattern("indicator", re.compile(r"[a-z0-9_]{1,60}"), "the id of an indicator"),
        year("year"),
        number("value", optional=True),
        choice("reason", tuple(Reason), optional=True),
        text("source_table"),
    ),
    unique=("code", "indicator", "year"),
)


@dataclass(frozen=True)
class Published:
    """The published figures of a data folder; with `gave_way` they are all rows of its files."""

    figures: pd.DataFrame
    """Table of figures as in `geo_lv.indicators.figures`, with the ``source_table`` of each; by
    indicator, year and code."""
    gave_way: Mapping[str, int]
    """Path of a file to how many of its rows do not count, as an earlier file has that figure."""


def load_statistics(
    data: Path, indicators: frozenset[str] | None, codes: frozenset[str] | None
) -> Published:
    """
    Read the published figures of a data folder.

    Parameters
    ----------
    data
        The data folder.
    indicators
        Ids that the catalogue knows; None leaves that unchecked.
    codes
        Codes of the municipality, its wijken and its buurten, and of the Netherlands; None leaves
        that unchecked.

    Returns
    -------
    published
        Every figure once.

    Raises
    ------
    InputError
        With every problem: unknown indicator, code of another municipality, a value together with
        a reason or neither.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name in FILES:
        if name == FILE or (data / name).is_file():
            try:
                tables[name] = read_table(data / name, name, _SCHEMA)
            except InputError as error:
                problems.extend(error.problems)
            else:
                problems.extend(_problems(tables[name], name, indicators, codes))
    if problems:
        raise InputError(tuple(problems))
    return _joined(tables)


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


def _joined(tables: Mapping[str, pd.DataFrame]) -> Published:
    """Put tables together, of which the earlier ones count."""
    rows = pd.concat([table.assign(file=name) for name, table in tables.items()], ignore_index=True)
    again = rows.duplicated(list(_SCHEMA.unique))
    gave_way = rows.loc[again, "file"].value_counts().to_dict()
    figures = rows[~again].sort_values(["indicator", "year", "code"], ignore_index=True)
    figures["year"] = figures["year"].astype("str")
    figures["note"] = ""
    return Published(
        figures[[*COLUMNS, "source_table"]],
        {name: gave_way[name] for name in tables if name in gave_way},
    )


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
