"""A data folder of a municipality with its share of a list of the homes of the whole country."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from geo_lv.country.folder import HomesSource
from geo_lv.errors import InputError, Problem
from geo_lv.origins import FILE as PROVENANCE_FILE
from geo_lv.origins import with_entry
from geo_lv.properties import FILE, SCHEMA


def with_homes(data: Path, part: Path, source: HomesSource, folder: Path) -> Path:
    """
    Copy a data folder, with other homes.

    Parameters
    ----------
    data
        The data folder of a municipality, with a list of homes that is left behind.
    part
        Parquet file of its homes; a column that it lacks is empty, and others are left out. One
        without rows is fine.
    source
        Where the homes come from.
    folder
        What is made; it must not exist.

    Returns
    -------
    folder
        A complete data folder: it builds to the same site wherever that is done.

    Raises
    ------
    InputError
        If a column that no home can do without is not in the file.
    """
    # whole numbers stay whole where some are unknown
    homes = pd.read_parquet(part, dtype_backend="numpy_nullable")
    problems = tuple(_lacking(homes, source.path))
    if problems:
        raise InputError(problems)
    shutil.copytree(data, folder)
    columns = [column.name for column in SCHEMA.columns]
    homes.reindex(columns=columns).to_csv(folder / FILE, index=False, lineterminator="\n")
    entries = (folder / PROVENANCE_FILE).read_text(encoding="utf-8")
    entry = {"path": FILE, **source.model_dump(exclude={"path"})}
    entry["note"] = "De woningen van deze gemeente uit een lijst van het hele land."
    (folder / PROVENANCE_FILE).write_text(with_entry(entries, entry), encoding="utf-8")
    return folder


def _lacking(homes: pd.DataFrame, name: str) -> Iterator[Problem]:
    for column in SCHEMA.columns:
        if not column.optional and column.name not in homes:
            expected = f"a column {column.name}"
            yield Problem(name, expected, "no such column", "add it to the list", None, column.name)
