"""Figures that others published, one row per area, indicator and year."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.codes import NL_CODE, REGION_CODE
from geo_lv.divisions import Divisions, to_areas_of_now
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.indicators.catalogue import SourceCertainty
from geo_lv.indicators.figures import COLUMNS
from geo_lv.schema import Edition, Reason
from geo_lv.tables import TableSchema, choice, number, pattern, read_table, text, year


@dataclass(frozen=True)
class FigureFile:
    """A file of published figures."""

    path: str
    edition: Edition = "publiek"
    """It holds figures of indicators of this edition and of no other."""
    of_now: bool = False
    """Whether the figures of all years are about the areas of now, whatever their codes were."""


FILE: Final = "statistics/kerncijfers.csv"
FILES: Final = (
    FigureFile(FILE),
    FigureFile("statistics/buurtcijfers_2016.csv"),
    FigureFile("statistics/leefbaarometer.csv"),
    FigureFile("statistics/politie.csv", edition="intern", of_now=True),
)
"""The first must be there, each other is read if it is. Where two have the same figure, the earlier
one counts."""
_OF_NOW: Final = frozenset(file.path for file in FILES if file.of_now)
INTERNAL_FILES: Final = frozenset(file.path for file in FILES if file.edition == "intern")
"""Not even that they are there may be told in the public edition."""

_PUBLISHED: Final = "an indicator of indicators.toml that is not worked out from others"

UNKNOWN_CERTAINTY: Final = "niet bekend"

_CODE: Final = re.compile(f"{NL_CODE}|{REGION_CODE.pattern}")

SCHEMA: Final = TableSchema(
    (
        pattern("code", _CODE, "a GM, WK or BU code, or NL00"),
        pattern("indicator", re.compile(r"[a-z0-9_]{1,60}"), "the id of an indicator"),
        year("year"),
        number("value", optional=True),
        choice("reason", tuple(Reason), optional=True),
        text("source_table"),
        text("note", may_lack=True),
    ),
    unique=("code", "indicator", "year"),
)


@dataclass(frozen=True)
class Published:
    """The published figures of a data folder; with `gave_way` they are all rows of its files."""

    figures: pd.DataFrame
    """Table of figures as in `geo_lv.indicators.figures`, with the ``source_table`` of each and the
    ``file`` that it stands in; by indicator, year and code."""
    gave_way: Mapping[str, int]
    """Path of a file to how many of its rows do not count, as an earlier file has that figure."""


def load_statistics(
    data: Path,
    indicators: Mapping[str, Edition] | None,
    codes: frozenset[str] | None,
    earlier: frozenset[str] = frozenset(),
) -> Published:
    """
    Read the published figures of a data folder.

    Parameters
    ----------
    data
        The data folder.
    indicators
        Ids that the catalogue knows, each with its edition; None leaves that unchecked.
    codes
        Codes of the municipality, its wijken and its buurten, and of the Netherlands; None leaves
        that unchecked.
    earlier
        Codes of earlier divisions, which figures of earlier years may have.

    Returns
    -------
    published
        Every figure once.

    Raises
    ------
    InputError
        With every problem: unknown indicator, or one of another edition than the file; code of
        another municipality; a value together with a reason or neither.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for file in FILES:
        if file.path == FILE or (data / file.path).is_file():
            try:
                tables[file.path] = read_table(data / file.path, file.path, SCHEMA)
            except InputError as error:
                problems.extend(error.problems)
            else:
                known = codes if codes is None or file.of_now else codes | earlier
                problems.extend(_problems(tables[file.path], file, indicators, known))
    if problems:
        raise InputError(tuple(problems))
    return _joined(tables)


def of_areas_of_now(
    figures: pd.DataFrame, divisions: Divisions | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Give figures the codes of the areas of now, but for those that have these in every year.

    Parameters
    ----------
    figures
        From `load_statistics`.
    divisions
        The divisions; None takes every code as one of now.

    Returns
    -------
    figures, others
        As of `geo_lv.divisions.to_areas_of_now`.
    """
    of_now = figures["file"].isin(_OF_NOW)
    moved, others = to_areas_of_now(figures[~of_now], divisions)
    return pd.concat([moved, figures[of_now]]), others


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


def _joined(tables: Mapping[str, pd.DataFrame]) -> Published:
    """Put tables together, of which the earlier ones count."""
    rows = pd.concat([table.assign(file=name) for name, table in tables.items()], ignore_index=True)
    again = rows.duplicated(list(SCHEMA.unique))
    gave_way = rows.loc[again, "file"].value_counts().to_dict()
    figures = rows[~again].sort_values(["indicator", "year", "code"], ignore_index=True)
    figures["year"] = figures["year"].astype("str")
    return Published(
        figures[[*COLUMNS, "source_table", "file"]],
        {name: gave_way[name] for name in tables if name in gave_way},
    )


def _problems(
    table: pd.DataFrame,
    file: FigureFile,
    indicators: Mapping[str, Edition] | None,
    codes: frozenset[str] | None,
) -> Iterator[Problem]:
    yield from _unknown(table, file.path, indicators, codes)
    yield from _of_another_edition(table, file, indicators or {})
    both = table[table["value"].notna() == (table["reason"] != "")]
    for row, value in both["value"].items():
        found = "neither" if pd.isna(value) else "both"
        expected = "a value or a reason why there is none"
        yield Problem(file.path, expected, found, "fill in one of the two", int(str(row)), "value")


def _unknown(
    table: pd.DataFrame,
    name: str,
    indicators: Mapping[str, Edition] | None,
    codes: frozenset[str] | None,
) -> Iterator[Problem]:
    for column, allowed, expected, advice in (
        ("indicator", indicators, _PUBLISHED, "correct it or add it there"),
        ("code", codes, "an area of this municipality's boundaries", "remove or correct the row"),
    ):
        wrong = table[~table[column].isin(table[column] if allowed is None else list(allowed))]
        for row, value in wrong[column].items():
            yield Problem(name, expected, shorten(value), advice, int(str(row)), column)


def _of_another_edition(
    table: pd.DataFrame, file: FigureFile, indicators: Mapping[str, Edition]
) -> Iterator[Problem]:
    """Find figures that would leave, or stay inside, against what their indicator says."""
    places = " or ".join(other.path for other in FILES if other.edition != file.edition)
    for row, name in table["indicator"].items():
        edition = indicators.get(name, file.edition)
        if edition != file.edition:
            expected = f'an indicator with edition = "{file.edition}", as every one in this file'
            found = f"{shorten(name)}, which is {edition}"
            advice = f"its figures belong in {places}"
            yield Problem(file.path, expected, found, advice, int(str(row)), "indicator")
