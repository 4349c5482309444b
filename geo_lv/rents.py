"""Rent classes of social housing: which price level a rent stays under, in the year it holds."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.errors import InputError, Problem
from geo_lv.tables import TableSchema, number, read_table, text, year

FILE: Final = "properties/rent_levels.csv"
SCHEMA: Final = TableSchema(
    columns=(
        year("year"),
        text("rent_class"),
        number("limit_eur", optional=True, minimum=0),
        text("source"),
    ),
    unique=("year", "rent_class"),
)
"""A home is in the first class whose limit its rent does not pass; the last class has none."""


@dataclass(frozen=True)
class RentLevels:
    """The classes of one year, from low to high rents."""

    year: int
    classes: tuple[str, ...]
    limits: tuple[float, ...]
    """Highest rent of each class but the last, EUR a month."""
    source: str


def load_rent_levels(data: Path) -> tuple[RentLevels, ...]:
    """
    Read the price levels of a data folder.

    Parameters
    ----------
    data
        The data folder.

    Returns
    -------
    levels
        One per year, oldest first.

    Raises
    ------
    InputError
        With every problem of the file; limits must rise, and only the last class has none.
    """
    table = read_table(data / FILE, FILE, SCHEMA)
    problems = []
    years = sorted({int(each) for each in table["year"]})
    groups = {each: table[table["year"] == each] for each in years}
    for group in groups.values():
        limits = group["limit_eur"].tolist()
        for place, (row, limit) in enumerate(zip(group.index, limits, strict=True)):
            last = place == len(limits) - 1
            if last == bool(pd.notna(limit)) or (place and limit <= limits[place - 1]):
                expected = "limits that rise, and none for the last class of a year"
                found = "none" if pd.isna(limit) else f"{limit:g}"
                problems.append(Problem(FILE, expected, found, "correct it", int(row), "limit_eur"))
    if problems:
        raise InputError(tuple(problems))
    return tuple(
        RentLevels(
            each,
            tuple(group["rent_class"]),
            tuple(group["limit_eur"].iloc[:-1]),
            group["source"].iloc[0],
        )
        for each, group in groups.items()
    )


def levels_of(levels: tuple[RentLevels, ...], year_of_list: int) -> RentLevels:
    """Return the newest levels that are not newer than a year; the oldest if all are."""
    known = [each for each in levels if each.year <= year_of_list]
    return known[-1] if known else levels[0]


def lasting_classes(levels: tuple[RentLevels, ...]) -> frozenset[str] | None:
    """Return the classes that every year has; None where no year is known."""
    return frozenset.intersection(*(frozenset(each.classes) for each in levels)) if levels else None


def rent_classes(rents: "pd.Series[float]", levels: RentLevels) -> "pd.Series[str]":
    """
    Return the rent class of each home.

    Parameters
    ----------
    rents
        EUR a month, NaN if unknown.
    levels
        The price levels to use.

    Returns
    -------
    classes
        Names of classes, ``""`` for an unknown rent; a rent on a limit is under it. Same index.
    """
    places = pd.Series(levels.limits).searchsorted(rents.fillna(0), side="left")
    names = pd.Series([levels.classes[place] for place in places], index=rents.index, dtype="str")
    return names.where(rents.notna(), "")
