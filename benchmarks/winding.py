"""Made-up areas: quadrilaterals with winding sides that neighbours share exactly."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

CORNERS_PER_SIDE = 32

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """Where the areas lie: so many next to and above each other, about so many metres wide."""

    columns: int
    rows: int
    side: float
    west: float
    south: float


def coverage(grid: Grid, rng: np.random.Generator) -> npt.NDArray[np.object_]:
    """
    Draw a valid coverage.

    Parameters
    ----------
    grid
        How many areas, and where; metres in RD New.
    rng
        Decides the form of every side.

    Returns
    -------
    areas
        Polygons of ``4 * CORNERS_PER_SIDE`` corners, row by row from the south-west,
        shape (rows * columns,); coordinates in centimetres.
    """
    column, row = np.meshgrid(np.arange(grid.columns + 1), np.arange(grid.rows + 1))
    nodes = np.stack((grid.west + grid.side * column, grid.south + grid.side * row), axis=-1)
    nodes = np.round(nodes + rng.uniform(-0.2, 0.2, nodes.shape) * grid.side, 2)
    across = winding(nodes[:, :-1], nodes[:, 1:], rng)
    along = winding(nodes[:-1], nodes[1:], rng)
    # counter-clockwise; each side but its last corner, with which the next side starts
    sides = (across[:-1], along[:, 1:], across[1:, :, ::-1], along[:, :-1, ::-1])
    rings = np.concatenate([side[..., :-1, :] for side in sides], axis=-2)
    areas: npt.NDArray[np.object_] = shapely.polygons(
        rings.reshape(grid.columns * grid.rows, -1, 2)
    )
    return areas


def winding(start: Floats, end: Floats, rng: np.random.Generator) -> Floats:
    """Draw winding lines of shape (..., corners, 2) between points of shape (..., 2)."""
    share = np.linspace(0, 1, CORNERS_PER_SIDE + 1)
    waves = np.array((1, 2, 3, 5, 8, 13))
    height = rng.uniform(-0.03, 0.03, (*start.shape[:-1], len(waves))) / waves
    off = height @ np.sin(np.pi * waves[:, np.newaxis] * share)
    way = (end - start)[..., np.newaxis, :]
    aside = way[..., ::-1] * (-1, 1)
    line: Floats = (
        start[..., np.newaxis, :] + way * share[:, np.newaxis] + aside * off[..., np.newaxis]
    )
    return line.round(2)


def strips(grid: Grid, height: int) -> npt.NDArray[np.intp]:
    """
    Order the areas so that each touches the next one, if the number of columns is odd.

    Parameters
    ----------
    grid
        Of how many areas.
    height
        Rows of a strip: the order goes up and down in it, column after column, and back in the
        strip above.

    Returns
    -------
    order
        Positions in `coverage`, shape (rows * columns,).
    """
    places = np.arange(grid.rows * grid.columns).reshape(grid.rows, grid.columns)
    found = []
    for number, start in enumerate(range(0, grid.rows, height)):
        strip = places[start : start + height, :: -1 if number % 2 else 1].T.copy()
        strip[1::2] = strip[1::2, ::-1]
        found.append(strip.ravel())
    return np.concatenate(found)
