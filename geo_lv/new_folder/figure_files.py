"""Figures out of files that the user has, for the areas of one municipality."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.codes import NL_CODE
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.indicators.published import SCHEMA
from geo_lv.tables import read_table

_ORDER: Final = ["indicator", "year", "code"]
_NO_FIGURES: Final = pd.DataFrame(columns=[column.name for column in SCHEMA.columns])


@dataclass(frozen=True)
class GivenFigures:
    """Figures of the areas of one municipality, out of files."""

    text: str
    """CSV with the columns of ``statistics/kerncijfers.csv``."""
    rows: int
    elsewhere: int
    """Rows about areas that the municipality does not have; they are left out."""
    years: tuple[int, ...]
    files: tuple[str, ...]


def read_figures(
    paths: Iterable[Path], indicators: Collection[str], codes: Collection[str]
) -> GivenFigures:
    """
    Find the figures of a municipality in files.

    Parameters
    ----------
    paths
        CSV with the columns ``code, indicator, year, value, reason, source_table``.
    indicators
        Those that there are.
    codes
        The municipality, its wijken and buurten; the Netherlands may be there too.

    Returns
    -------
    figures
        By indicator, year and code.

    Raises
    ------
    InputError
        With every problem of every file, and of a figure that two of them have.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            tables[path.name] = read_table(path, path.name, SCHEMA)
        except InputError as error:
            problems.extend(error.problems)
        else:
            problems.extend(_unknown(path.name, tables[path.name], indicators))
    problems.extend(_twice(tables))
    if problems:
        raise InputError(tuple(problems))
    every = pd.concat(tables.values()) if tables else _NO_FIGURES
    own = every[every["code"].isin([*codes, NL_CODE])].sort_values(_ORDER)
    return GivenFigures(
        own.to_csv(index=False, lineterminator="\n", float_format="%.10g"),
        len(own),
        len(every) - len(own),
        tuple(sorted({int(year) for year in own["year"]})),
        tuple(tables),
    )


def _unknown(name: str, table: pd.DataFrame, indicators: Collection[str]) -> Iterator[Problem]:
    expected = "an indicator that geo-lv fetch knows too"
    advice = "leave it out here; add it later, with its own entry in indicators.toml"
    wrong = table[~table["indicator"].isin(list(indicators))].drop_duplicates("indicator")
    for row, value in wrong["indicator"].items():
        yield Problem(name, expected, shorten(value), advice, int(str(row)), "indicator")


def _twice(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    """Find figures that stand in two files."""
    seen: set[tuple[str, ...]] = set()
    for name, table in tables.items():
        own = set(zip(*(table[column].astype(str) for column in SCHEMA.unique), strict=True))
        if own & seen:
            found = f"{len(own & seen)} that another file has too, as {' '.join(min(own & seen))}"
            yield Problem(name, "each figure in one file", found, "leave them out of one")
        seen |= own
