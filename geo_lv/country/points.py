"""
How many homes of each label there are in each area, of a file too large to hold.

The work is one pure function over some groups of rows of the file, `count_groups`. Here processes
of this machine do it; others may hand it to the workers of a cluster. Never to threads: an area
that is prepared for quick tests breaks when two use it at once.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from geo_lv.country.grid import NOWHERE, Grid, Shapes, lay_grid
from geo_lv.country.homes_file import X, Y, coded, open_homes, places
from geo_lv.country.located import look_up
from geo_lv.country.processes import in_processes, warm_up
from geo_lv.errors import GeoLvError

LABEL: Final = "energy_label"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Counts:
    """Homes per area and label, and those that are in no area: together all that were read."""

    labels: tuple[str, ...]
    """The labels that occur, by name; ``""`` of homes without one."""
    numbers: npt.NDArray[np.int64]
    """Shape (areas, labels)."""
    outside: int
    """Homes with a place outside all areas."""
    without: int
    """Homes without a place."""

    @property
    def matched(self) -> int:
        """Return the number of homes in an area."""
        return int(self.numbers.sum())

    @property
    def rows(self) -> int:
        """Return the number of homes that were read."""
        return self.matched + self.outside + self.without

    def __add__(self, other: "Counts") -> "Counts":
        """Return the counts of two parts of a file together."""
        labels = tuple(sorted({*self.labels, *other.labels}))
        numbers = self._numbers(labels) + other._numbers(labels)
        outside = self.outside + other.outside
        return Counts(labels, numbers, outside, self.without + other.without)

    def _numbers(self, labels: tuple[str, ...]) -> npt.NDArray[np.int64]:
        numbers = np.zeros((len(self.numbers), len(labels)), dtype=np.int64)
        numbers[:, [labels.index(label) for label in self.labels]] = self.numbers
        return numbers


def count_points(
    path: Path,
    shapes: Shapes,
    *,
    label: str = LABEL,
    workers: int = 2,
    progress: Progress | None = None,
) -> Counts:
    """
    Count the homes of each label in each area, with processes of this machine.

    Parameters
    ----------
    path
        Parquet file of homes with columns ``x_rd, y_rd`` (RD New, metres, empty or NaN if unknown)
        and `label`.
    shapes
        (Multi)polygons of a valid coverage, metres in RD New, shape (areas,), in the order of
        their codes.
    label
        Column of text to count by.
    workers
        Number of processes, this one included.
    progress
        Told how many of how many rows are done.

    Returns
    -------
    counts
        A home exactly on a border counts in the first of the areas that touch there.

    Raises
    ------
    InputError
        If the file cannot be read, or lacks a column.
    GeoLvError
        If the counts do not add up to the rows, which would be a fault here, or if a process was
        ended by the system.
    """
    homes = open_homes(path, (label,))
    parts = homes.parts()
    workers = min(workers, len(parts))
    if workers > 1:
        warm_up(__name__)
    work = partial(count_groups, path, lay_grid(shapes), label)
    counts = Counts((), np.zeros((len(shapes), 0), dtype=np.int64), 0, 0)
    for part in in_processes(work, parts, workers):
        counts += part
        if progress:
            progress(counts.rows, homes.rows)
    if counts.rows != homes.rows:
        msg = f"{path.name}: expected {homes.rows} rows, counted {counts.rows}"
        raise GeoLvError(msg)
    return counts


def count_groups(path: Path, grid: Grid, label: str, groups: Sequence[int]) -> Counts:
    """
    Count the homes of each label in each area in some groups of rows; the work of one process.

    Parameters
    ----------
    path
        Parquet file of homes.
    grid
        The areas, from `lay_grid`.
    label
        Column of text to count by.
    groups
        Numbers of groups of rows, from `HomesFile.parts`; together in memory.

    Returns
    -------
    counts
        Of these groups.

    Raises
    ------
    InputError
        If the file cannot be read, or lacks a column.
    """
    table = open_homes(path, (label,)).read(groups, (X, Y, label))
    x, y = places(table)
    labels, number = coded(table, label)
    # the first row of the counts is of NOWHERE
    cell = (look_up(x, y, grid) - NOWHERE) * len(labels) + number
    size = (len(grid.shapes) + 1, len(labels))
    numbers = np.bincount(cell, minlength=math.prod(size)).reshape(size)
    without = int(np.count_nonzero(np.isnan(x) | np.isnan(y)))
    return Counts(labels, numbers[1:], int(numbers[0].sum()) - without, without)
