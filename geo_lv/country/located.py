"""In which area each of many points lies."""

from typing import Final

import numpy as np
import shapely

from geo_lv.country.grid import (
    NOWHERE,
    Floats,
    Grid,
    Positions,
    Shapes,
    among_all,
    among_borders,
    lay_grid,
)

_BLOCK: Final = 1 << 16
"""Points that are looked up together: what stays near the processor."""
_CORNERS_PER_POINT: Final = 16
"""With more corners than this to a point, the points are sooner tested than a grid is laid."""


def locate(x: Floats, y: Floats, shapes: Shapes) -> Positions:
    """
    Find the area of each point.

    Parameters
    ----------
    x, y
        Metres in RD New, shape (points,); a point with NaN has no place.
    shapes
        (Multi)polygons of a valid coverage, metres in RD New, shape (areas,), in the order of
        their codes.

    Returns
    -------
    positions
        Shape (points,): the position in `shapes`, or `NOWHERE`. A point exactly on a border belongs
        to the first of the areas that touch there, also where there is only one.
    """
    if len(x) * _CORNERS_PER_POINT >= shapely.get_num_coordinates(shapes).sum():
        return look_up(x, y, lay_grid(shapes))
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    positions = np.full(len(x), NOWHERE, dtype=np.int32)
    positions[placed] = among_all(shapely.STRtree(shapes), x[placed], y[placed])
    return positions


def look_up(x: Floats, y: Floats, grid: Grid) -> Positions:
    """
    Find the area of each point, as `locate` does, on a grid that is there already.

    Parameters
    ----------
    x, y
        Metres in RD New, shape (points,); a point with NaN has no place.
    grid
        From `lay_grid`.

    Returns
    -------
    positions
        Shape (points,): the position in `grid.shapes`, or `NOWHERE`.
    """
    positions = np.empty(len(x), dtype=np.int32)
    for start in range(0, len(x), _BLOCK):
        block = slice(start, start + _BLOCK)
        row, column = grid.cell_of(x[block], y[block])
        positions[block] = grid.cells[row * grid.columns + column]
    doubt = np.flatnonzero(positions < NOWHERE)
    cell = NOWHERE - 1 - positions[doubt].astype(np.intp)
    positions[doubt] = among_borders(grid, cell, x[doubt], y[doubt])
    return positions
