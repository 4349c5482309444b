"""Points sorted into the cells of a grid, so that a box finds its points without looking at all."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

CELLS_PER_POINT = 4
"""More cells cost memory, fewer cells give a box more points that lie beside it."""


@dataclass(frozen=True)
class Bins:
    """Points by the cell in which they lie; made by `bin_points`."""

    corner: Floats
    """West and south of the grid, metres in RD New."""
    cell: float
    """Side of a cell, metres."""
    columns: int
    rows: int
    starts: Ints
    """Where the points of each cell start in `points`, row after row; at the end their number."""
    points: Ints
    """Positions in the input, cell by cell."""

    def pairs(self, low: Floats, high: Floats) -> tuple[Ints, Ints]:
        """
        Find the points near the inside of some boxes.

        Parameters
        ----------
        low, high
            South-west and north-east corners, shape (boxes, 2), metres in RD New.

        Returns
        -------
        box, point
            Positions of a box and of a point, one pair for each point in a cell that the box
            touches: all points in the box or on its sides, and some beside it.
        """
        (left, bottom), (right, top) = self._cells(low), self._cells(high)
        box, row = spread(bottom, top - bottom + 1)
        # cells of one row lie after each other, so a box is one stretch of points in each row
        start = self.starts[row * self.columns + left[box]]
        end = self.starts[row * self.columns + right[box] + 1]
        stretch, place = spread(start, end - start)
        return box[stretch], self.points[place]

    def _cells(self, places: Floats) -> tuple[Ints, Ints]:
        column, row = _floor((places - self.corner) / self.cell).T
        return np.clip(column, 0, self.columns - 1), np.clip(row, 0, self.rows - 1)


def bin_points(x: Floats, y: Floats, bounds: Floats) -> Bins:
    """
    Sort points into cells.

    Parameters
    ----------
    x, y
        Metres in RD New, shape (points,).
    bounds
        West, south, east and north of the grid. A point outside, or without coordinates (NaN), is
        in no cell.

    Returns
    -------
    bins
        The points by cell.
    """
    corner, (width, height) = bounds[:2], bounds[2:] - bounds[:2]
    west, south, east, north = bounds
    points = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    cell = float(np.sqrt(width * height / (CELLS_PER_POINT * max(len(points), 1))))
    columns, rows = int(width / cell) + 1, int(height / cell) + 1
    column, row = _floor((x[points] - west) / cell), _floor((y[points] - south) / cell)
    number = row * columns + column
    order = np.argsort(number, kind="stable")
    counts = np.bincount(number[order], minlength=rows * columns)
    starts = np.concatenate(([0], np.cumsum(counts)))
    return Bins(corner, cell, columns, rows, starts, points[order])


def spread(start: Ints, count: Ints) -> tuple[Ints, Ints]:
    """
    Write out stretches of whole numbers.

    Parameters
    ----------
    start, count
        First number and length of each stretch.

    Returns
    -------
    stretch, number
        Each number of each stretch in order, with the position of its stretch.
    """
    stretch = np.repeat(np.arange(len(count)), count)
    before = np.cumsum(count) - count
    return stretch, np.arange(len(stretch)) + (start - before)[stretch]


def _floor(cells: Floats) -> Ints:
    return np.floor(cells).astype(np.intp)
