"""Columns of a list as categories: equal cells are held, read and judged once.

A national list has millions of rows, and few different labels, streets or years.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Cells = pd.Series
"""A column of texts, of dtype category."""
Flags = npt.NDArray[np.bool_]
"""One for each row."""


def categories(codes: npt.NDArray[Any], texts: npt.NDArray[Any]) -> pd.Categorical:
    """Return the texts that codes stand for; as objects, which costs less than to look at them."""
    return pd.Categorical.from_codes(codes, pd.Index(texts, dtype="object"))


def numbered(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of cells of which equal ones are held once; rows count from 1."""
    index = pd.RangeIndex(1, len(table) + 1)
    # column by column: both forms of a list of millions of homes do not fit beside each other
    names = list(table.columns)
    return pd.DataFrame({name: _cells_of(table.pop(name)) for name in names}, index=index)


def _cells_of(column: "pd.Series[Any]") -> pd.Categorical:
    codes, found = pd.factorize(column.to_numpy(dtype="object"))
    if "" not in found:
        found = np.append(found, "")
    # a cell that is not there is an empty cell
    empty = int(np.flatnonzero(found == "")[0])
    return categories(np.where(codes < 0, empty, codes), found)


def alike(text: str, index: "pd.Index[Any]") -> Cells:
    """Return a column with the same text in every row."""
    codes = np.zeros(len(index), dtype="int8")
    return pd.Series(categories(codes, np.array([text], dtype="object")), index=index)


def texts_of(cells: Cells) -> list[str]:
    """Return the different texts of a column."""
    texts: list[str] = cells.cat.categories.to_numpy(dtype="object").tolist()
    return texts


def each(cells: Cells, read: Callable[[str], str]) -> Cells:
    """Return a column with every cell read anew."""
    places, texts = pd.factorize(np.array([*map(read, texts_of(cells))], dtype="object"))
    codes = places[cells.cat.codes] if len(places) else cells.cat.codes.to_numpy()
    return pd.Series(categories(codes, texts), index=cells.index)


def where(cells: Cells, holds: Callable[[str], bool]) -> Flags:
    """Return in which rows something holds for the cell."""
    answers = np.array([holds(text) for text in texts_of(cells)], dtype=bool)
    return answers[cells.cat.codes] if len(answers) else np.zeros(len(cells), dtype=bool)


def replaced(cells: Cells, rows: Flags, others: Cells) -> Cells:
    """Return a column with the cells of another one in some rows."""
    if not rows.any():
        return cells
    if rows.all():
        return others
    known = cells.cat.categories.union(others.cat.categories, sort=False)
    both = [column.cat.set_categories(known).cat.codes for column in (cells, others)]
    codes = np.where(rows, both[1], both[0])
    return pd.Series(categories(codes, known.to_numpy(dtype="object")), index=cells.index)


def filled_up(cells: Cells, others: Cells) -> Cells:
    """Return a column with the cells of another one where it has none."""
    return replaced(cells, (cells == "").to_numpy(), others)
