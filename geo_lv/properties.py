"""Corporation dwellings and their energy labels."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from geo_lv.codes import BU_CODE
from geo_lv.tables import Column, TableSchema, choice, date, number, pattern, read_table, text

FILE: Final = "properties/dwellings.csv"
PREVIOUS_FILE: Final = "properties/dwellings_previous.csv"
"""An earlier list, with the same columns, for what changed since. It need not be there."""

LABELS: Final = ("A+++++", "A++++", "A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")
"""Energy label classes from best to worst. Never sort them as text."""
NO_LABEL: Final = "geen"
"""A dwelling without a valid label; its own class, in no mean and in no share of labels."""
LABEL_CLASSES: Final = (*LABELS, NO_LABEL)

_ORDINAL: Final = {label: len(LABELS) - 1 - place for place, label in enumerate(LABELS)}
POOR_LABELS: Final = ("E", "F", "G")
"""The labels that the agreements want improved."""

YES_NO: Final = ("ja", "nee")
_POSTCODE: Final = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
_HOUSE_NUMBER: Final = re.compile(r"[1-9][0-9]{0,4}")
_ADDITION: Final = re.compile(r"[A-Za-z0-9-]{1,6}")
_VBO_ID: Final = re.compile(r"[0-9]{4}01[0-9]{10}")
_BUILD_YEAR: Final = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_ROOMS: Final = re.compile(r"[1-9][0-9]?")


def _built(value: str) -> bool:
    return _BUILD_YEAR.fullmatch(value) is not None


SCHEMA: Final = TableSchema(
    columns=(
        text("dwelling_id"),
        text("corporation"),
        text("complex_id", optional=True),
        text("street", optional=True),
        pattern("house_number", _HOUSE_NUMBER, "a house number, 1 to 99999", optional=True),
        pattern("house_letter", re.compile("[A-Z]"), "one capital letter", optional=True),
        pattern("addition", _ADDITION, "at most six letters, digits or hyphens", optional=True),
        pattern("postcode", _POSTCODE, "a postcode: four digits and two letters", optional=True),
        text("place", optional=True),
        pattern("vbo_id", _VBO_ID, "a VBO id of the BAG: 16 digits, 01 as fifth", optional=True),
        number("x_rd", optional=True, minimum=10_000, maximum=300_000),
        number("y_rd", optional=True, minimum=300_000, maximum=625_000),
        pattern("bu_code", BU_CODE, "a buurt code: BU and eight digits", optional=True),
        choice("energy_label", LABEL_CLASSES),
        number("ep2_kwh_m2", optional=True, minimum=-1000, maximum=3000),
        number("rent_eur", optional=True, minimum=0, maximum=10_000),
        number("target_rent_eur", optional=True, minimum=0, maximum=10_000),
        number("floor_area_m2", optional=True, minimum=1, maximum=2000),
        Column("build_year", "a year such as 1964", _built, "year", optional=True),
        text("dwelling_type", optional=True),
        pattern("rooms", _ROOMS, "a number of rooms, 1 to 99", optional=True),
        choice("daeb", YES_NO, optional=True),
        choice("solar_panels", YES_NO, optional=True),
        choice("gas_free", YES_NO, optional=True),
        text("age_label", optional=True),
        date("list_date", optional=True),
    ),
    unique=("corporation", "dwelling_id"),
)
"""Coordinates are RD New metres, rents EUR a month, areas square metres of use, EP2 kWh/m² a year
(NTA 8800). Only an id, a corporation and a label class stand in every row; the rest may be unknown
and is empty then."""


def load_dwellings(data: Path) -> pd.DataFrame:
    """
    Read the corporations' dwellings of a data folder.

    Parameters
    ----------
    data
        The data folder; a file with only a header means that there are no dwellings.

    Returns
    -------
    dwellings
        One row per dwelling with the columns of `SCHEMA`; RD New metres (NaN if unknown), EUR a
        month, square metres. The index is the row in the file.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    return read_table(data / FILE, FILE, SCHEMA)


def load_previous(data: Path) -> pd.DataFrame | None:
    """
    Read the earlier list of dwellings of a data folder.

    Parameters
    ----------
    data
        The data folder.

    Returns
    -------
    dwellings
        As `load_dwellings`; None if the folder has no earlier list.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    path = data / PREVIOUS_FILE
    return read_table(path, PREVIOUS_FILE, SCHEMA) if path.is_file() else None


def label_counts(dwellings: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """
    Count dwellings per energy label class.

    Parameters
    ----------
    dwellings
        With ``energy_label`` and the columns of `by`.
    by
        Columns to count within, such as ``["area"]`` or ``["area", "corporation"]``.

    Returns
    -------
    counts
        One row per group, one column per class in the order of `LABEL_CLASSES`, ints, 0 if none.
    """
    classes = pd.Index(LABEL_CLASSES, name="energy_label")
    places = classes.get_indexer(pd.Index(dwellings["energy_label"]))
    # a row of noughts and a one per class, and one of noughts at the end for what is no class
    rows = np.eye(len(classes) + 1, len(classes), dtype="int64")[places]
    counts = pd.DataFrame(rows, index=dwellings.index, columns=classes)
    return counts.groupby([dwellings[column] for column in by]).sum()


def mean_label_ordinal(counts: pd.DataFrame) -> "pd.Series[float]":
    """
    Mean energy label on the ordinal scale, per row of counts.

    Parameters
    ----------
    counts
        From `label_counts`; counting again over a larger area, never averaging means.

    Returns
    -------
    mean
        0 (all G) to 11 (all A+++++), same index; NaN where no dwelling has a label.
    """
    labelled = counts[list(LABELS)]
    scale = pd.Series(_ORDINAL).reindex(list(LABELS))
    homes = labelled.sum(axis=1)
    return (labelled.mul(scale, axis=1).sum(axis=1) / homes.where(homes > 0)).rename("mean_label")


def label_rank(label: str) -> int:
    """Return the rank of a label class on the ordinal scale: G is 0, A+++++ is 11."""
    return _ORDINAL[label]


def label_of(ordinal: float) -> str:
    """Return the label class nearest to a mean on the ordinal scale; a half goes to the worse."""
    rounded = int(-(-(ordinal - 0.5) // 1))
    return LABELS[len(LABELS) - 1 - rounded]


def poor_label_share(counts: pd.DataFrame) -> "pd.Series[float]":
    """
    Share of the labelled dwellings with label E, F or G.

    Parameters
    ----------
    counts
        From `label_counts`.

    Returns
    -------
    share
        Percent 0–100, same index; NaN where no dwelling has a label.
    """
    homes = counts[list(LABELS)].sum(axis=1)
    poor = counts[list(POOR_LABELS)].sum(axis=1)
    return (100 * poor / homes.where(homes > 0)).rename("poor_label_share")
