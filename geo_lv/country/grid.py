"""
A grid over areas that tells of most places at one look in which area they lie.

A cell that no border touches lies in one area as a whole, or in none. A cell with a border knows
the areas whose border may touch it. Which cell a place is in never decreases when the place moves
east or north, so this holds to the last bit, however coordinates are rounded.

Neither pandas nor geopandas is loaded here: every worker process starts with this module.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int32]
Shapes = npt.NDArray[np.object_]
Ragged = tuple[shapely.GeometryType, Floats, tuple[Ints, ...]]
"""The kind of the areas, all their corners, and where rings, parts and areas start in these."""

NOWHERE: Final = -1
"""Position that stands for no area: outside all of them, or without a place."""

_CELLS_PER_CORNER: Final = 2
"""More cells take longer to make, fewer leave more points in a cell with a border."""
_MOST_CELLS: Final = 16_000_000
"""Bounds the memory to 64 MB."""


@dataclass(frozen=True)
class Grid:
    """Cells over areas and one cell around them; made by `lay_grid`."""

    shapes: Shapes
    """The areas, shape (areas,); prepared, so for one thread only."""
    ragged: Ragged
    """The same areas as plain numbers."""
    corner: Floats
    """West and south of the grid, metres in RD New."""
    size: float
    """Side of a cell, metres."""
    columns: int
    rows: int
    cells: Positions
    """Shape (rows * columns,): the area in which a cell lies, or `NOWHERE`. Of a cell with a border
    -2 or lower, counting down: its number among those."""
    starts: Ints
    """Shape (cells with a border + 1,): where the areas of each start in `areas`."""
    areas: Positions
    """The areas whose border may touch a cell with a border, cell by cell, lowest first."""

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Return the areas by their boxes, for the few places that the cells do not settle."""
        return shapely.STRtree(self.shapes)

    def cell_of(self, x: Floats, y: Floats) -> tuple[Ints, Ints]:
        """Return row and column of places; one beyond the grid, or NaN, is in a cell at its rim."""
        column = np.fmin(np.fmax((x - self.corner[0]) / self.size, 0), self.columns - 1)
        row = np.fmin(np.fmax((y - self.corner[1]) / self.size, 0), self.rows - 1)
        return row.astype(np.intp), column.astype(np.intp)

    def __reduce__(self) -> tuple[Callable[..., "Grid"], tuple[Any, ...]]:
        """Return what a worker process needs to make the same grid: shapes as plain numbers."""
        size = (self.corner, self.size, self.columns, self.rows)
        return _again, (self.ragged, (*size, self.cells, self.starts, self.areas))


def _again(ragged: Ragged, others: tuple[Any, ...]) -> Grid:
    shapes = shapely.from_ragged_array(*ragged)
    shapely.prepare(shapes)
    return Grid(shapes, ragged, *others)


def lay_grid(shapes: Shapes) -> Grid:
    """
    Lay a grid over areas.

    Parameters
    ----------
    shapes
        (Multi)polygons of a valid coverage, metres in RD New, shape (areas,). They are prepared.

    Returns
    -------
    grid
        To be asked by `locate`, as often as is needed.
    """
    shapely.prepare(shapes)
    return _with_areas(_with_borders(_empty(shapes, _ragged(shapes))))


def _ragged(shapes: Shapes) -> Ragged:
    if not len(shapes):
        none = np.zeros(1, dtype=np.intp)
        return shapely.GeometryType.POLYGON, np.zeros((0, 2)), (none, none)
    ragged: Ragged = shapely.to_ragged_array(shapes, include_z=False)
    return ragged


def _empty(shapes: Shapes, ragged: Ragged) -> Grid:
    """Make a grid of cells that lie in no area."""
    _, corners, _ = ragged
    bounds = shapely.total_bounds(shapes) if len(corners) else np.zeros(4)
    low, (width, height) = bounds[:2], np.maximum(bounds[2:] - bounds[:2], 1.0)
    size = float(
        np.sqrt(width * height / np.clip(_CELLS_PER_CORNER * len(corners), 1, _MOST_CELLS))
    )
    # half a cell and one more on every side: no border comes near the rim
    columns, rows = int(width / size) + 4, int(height / size) + 4
    cells = np.full(rows * columns, NOWHERE, dtype=np.int32)
    none = np.zeros(0, dtype=np.int32)
    return Grid(
        shapes, ragged, low - 1.5 * size, size, columns, rows, cells, np.zeros(1, np.intp), none
    )


def _with_borders(grid: Grid) -> Grid:
    """Note in which cells the border of each area may lie."""
    _, corners, (ring_starts, *levels) = grid.ragged
    area_starts = reduce(lambda starts, level: starts[level], levels)
    ring, owners = _numbered(ring_starts), _numbered(area_starts)
    row, column = grid.cell_of(*corners.T)
    cell = row * grid.columns + column
    # most corners lie in the cell of the one before
    moves = np.flatnonzero(_changes(cell) | _changes(ring))
    row, column, ring = row[moves], column[moves], ring[moves]
    side, between = _crossed(grid, row, column, ring)
    cell = np.concatenate((cell[moves], between))
    areas = len(grid.shapes)
    pairs = np.sort(cell * areas + owners[np.concatenate((ring, ring[side]))])
    cell, area = np.divmod(pairs[_changes(pairs)], areas)
    starts = np.flatnonzero(_changes(cell))
    grid.cells[cell[starts]] = NOWHERE - 1 - np.arange(len(starts))
    return replace(grid, starts=np.append(starts, len(cell)), areas=area.astype(np.int32))


def _crossed(grid: Grid, row: Ints, column: Ints, ring: Ints) -> tuple[Ints, Ints]:
    """Give the cells around a straight line that leaps over some: its position, and the cell."""
    down, along = np.abs(np.diff(row)), np.abs(np.diff(column))
    leaps = np.flatnonzero((down + along > 1) & (ring[1:] == ring[:-1]))
    low = np.minimum(row[leaps], row[leaps + 1])
    left = np.minimum(column[leaps], column[leaps + 1])
    width = along[leaps] + 1
    count = width * (down[leaps] + 1)
    line = np.repeat(np.arange(len(leaps)), count)
    number = np.arange(len(line)) - (np.cumsum(count) - count)[line]
    up, right = np.divmod(number, width[line])
    return leaps[line], (low[line] + up) * grid.columns + left[line] + right


def _with_areas(grid: Grid) -> Grid:
    """Note in which area each stretch of cells without a border lies."""
    bordered = grid.cells < NOWHERE
    changes = np.flatnonzero(bordered[1:] != bordered[:-1]) + 1
    # the first stretch is the rim; each later one begins and ends beside a cell with a border
    firsts, ends = changes[1::2], np.append(changes[2::2], len(bordered))
    row, column = np.divmod(firsts, grid.columns)
    x, y = (grid.corner[axis] + (at + 0.5) * grid.size for axis, at in enumerate((column, row)))
    found = among_borders(grid, NOWHERE - 1 - grid.cells[firsts - 1].astype(np.intp), x, y)
    rim = changes[0] if len(changes) else len(bordered)
    lengths = np.append(rim, ends[: len(firsts)] - firsts)
    grid.cells[~bordered] = np.repeat(np.append(np.int32(NOWHERE), found), lengths)
    return grid


def among_borders(grid: Grid, cell: Ints, x: Floats, y: Floats) -> Positions:
    """
    Find the area of places by a test.

    Parameters
    ----------
    grid
        From `lay_grid`.
    cell
        Numbers of the cells with a border in or beside which the places are, shape (places,).
    x, y
        Metres in RD New, shape (places,).

    Returns
    -------
    areas
        Shape (places,): the first of the areas in which, or on whose border, a place is; `NOWHERE`
        if there is none.
    """
    found = np.full(len(x), NOWHERE, dtype=np.int32)
    turn, end = grid.starts[cell], grid.starts[cell + 1]
    left = np.arange(len(x))
    while len(left):
        area = grid.areas[turn[left]]
        # area by area, so that its prepared shape is near
        order = np.argsort(area, kind="stable")
        left, area = left[order], area[order]
        hit = shapely.intersects_xy(grid.shapes[area], x[left], y[left])
        found[left[hit]] = area[hit]
        left = left[~hit]
        turn[left] += 1
        left = left[turn[left] < end[left]]
    lost = np.flatnonzero(found == NOWHERE)
    found[lost] = among_all(grid.tree, x[lost], y[lost])
    return found


def among_all(tree: shapely.STRtree, x: Floats, y: Floats) -> Positions:
    """Find the area of places as `among_borders` does, but by a test of all areas near them."""
    place, area = tree.query(shapely.points(x, y), predicate="intersects")
    found = np.full(len(x), len(tree), dtype=np.int32)
    np.minimum.at(found, place, area.astype(np.int32))
    found[found == len(tree)] = NOWHERE
    return found


def _numbered(starts: Ints) -> Ints:
    """Give each thing the number of the group that it is in, by where the groups start."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def _changes(values: Ints) -> Bools:
    """Tell of each value whether it differs from the one before; of the first that it does."""
    changes = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes
