"""
A file of homes too large to hold: read in groups of rows, each column as plain numbers.

pyarrow loads pandas as soon as a value goes from it to Python, but not when whole columns change
hands as plain numbers: that saves every worker process half a second.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from geo_lv.country.grid import Floats, Ints
from geo_lv.errors import InputError, Problem, refuse, shorten

X, Y = "x_rd", "y_rd"
"""Columns of the place, metres in RD New; empty or NaN when it is not known."""
_ROWS_AT_ONCE: Final = 500_000
"""Bounds the memory of a worker process; groups of rows are taken together up to this many."""
_ADVICE: Final = "write the file again as Parquet, with zstd and 250,000 rows to a group"


@dataclass(frozen=True)
class HomesFile:
    """A Parquet file that was opened; made by `open_homes`."""

    path: Path
    file: Any

    @property
    def rows(self) -> int:
        """Return the number of rows that the file says to have."""
        return int(self.file.metadata.num_rows)

    def parts(self, most: int = _ROWS_AT_ONCE) -> list[tuple[int, ...]]:
        """Return groups of rows to read together, some `most` rows, in the order of the file."""
        sizes = [self.file.metadata.row_group(n).num_rows for n in range(self.file.num_row_groups)]
        before = np.cumsum([0, *sizes[:-1]]) // most
        return [tuple(np.flatnonzero(before == part).tolist()) for part in np.unique(before)]

    def read(self, groups: Sequence[int], columns: Sequence[str] | None = None) -> pa.Table:
        """
        Read some groups of rows.

        Parameters
        ----------
        groups
            Numbers of groups.
        columns
            Names of columns; all when left out.

        Returns
        -------
        table
            Their rows, in the order of the file.

        Raises
        ------
        InputError
            If they are damaged.
        """
        with _readable(self.path):
            # one thread: as many processes as there are processors read at the same time
            return self.file.read_row_groups(list(groups), columns=columns, use_threads=False)


def open_homes(path: Path, texts: Sequence[str] = ()) -> HomesFile:
    """
    Open a Parquet file of homes.

    Parameters
    ----------
    path
        The file, with a place in columns `X` and `Y`.
    texts
        Columns of text that must be there too.

    Returns
    -------
    homes
        The file, of which only the description was read.

    Raises
    ------
    InputError
        If it cannot be read, or a column is missing or of another kind; lists all columns.
    """
    with _readable(path):
        schema = pq.read_schema(path)
    problems = [
        problem
        for name in dict.fromkeys((X, Y, *texts))
        for problem in _wrong(path.name, schema, name, text=name in texts)
    ]
    if problems:
        raise InputError(tuple(problems))
    with _readable(path):
        return HomesFile(path, pq.ParquetFile(path, read_dictionary=list(texts)))


def _wrong(name: str, schema: pa.Schema, column: str, *, text: bool) -> Iterator[Problem]:
    found = schema.get_all_field_indices(column)
    if len(found) != 1:
        times = f"{len(found)} of that name" if found else "no such column"
        yield Problem(name, f"one column {column}", times, "mend the columns", column=column)
        return
    kind = schema.field(found[0]).type
    if column in {X, Y} and not (pa.types.is_floating(kind) or pa.types.is_integer(kind)):
        yield Problem(name, "numbers, metres in RD New", str(kind), "mend the column", None, column)
    values = getattr(kind, "value_type", kind)
    if text and not (pa.types.is_string(values) or pa.types.is_large_string(values)):
        yield Problem(name, "text", str(kind), "mend the column", None, column)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Tell in our words that a file cannot be read."""
    try:
        yield
    except FileNotFoundError:
        refuse(path.name, "a Parquet file of homes", "no such file", "put it there")
    except (OSError, pa.ArrowException) as error:
        found = f"one that cannot be read: {shorten(str(error), 120)}"
        problem = Problem(path.name, "a Parquet file of homes", found, _ADVICE)
        raise InputError((problem,)) from error


def places(table: pa.Table) -> tuple[Floats, Floats]:
    """Return x and y of each row, metres in RD New; NaN when it is empty."""
    x, y = (_plain(table[name].cast(pa.float64()).combine_chunks(), np.nan) for name in (X, Y))
    return x, y


def coded(table: pa.Table, column: str) -> tuple[tuple[str, ...], Ints]:
    """
    Take a column of text apart.

    Parameters
    ----------
    table
        From `HomesFile.read`.
    column
        One of the texts with which the file was opened.

    Returns
    -------
    texts, numbers
        The different texts, and the place among them of the one in each row; ``""`` if empty.
    """
    values = table[column].unify_dictionaries().combine_chunks()
    known = [text.as_py() for text in values.dictionary]
    if values.null_count and "" not in known:
        known.append("")
    return tuple(known), _plain(values.indices, known.index("") if values.null_count else 0)


def _plain(values: pa.Array, empty: float) -> npt.NDArray[Any]:
    """Return numbers without a copy, or with `empty` in the place of what is empty."""
    _, data = values.buffers()
    bare = pa.Array.from_buffers(values.type, len(values), [None, data], offset=values.offset)
    numbers: npt.NDArray[Any] = np.from_dlpack(bare)
    if not values.null_count:
        return numbers
    missing = np.from_dlpack(values.is_null().cast(pa.uint8()))
    return np.where(missing, numbers.dtype.type(empty), numbers)
