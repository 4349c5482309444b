"""From RD New to whole numbers on a grid in Web Mercator, in rings of places on that grid."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer

from geo_lv.crs import RD_NEW, WEB_MERCATOR
from geo_lv.maps.country.view import Floats, Ints, Shapes

UNIT: Final = 4.0
"""Web Mercator metres between two places of the grid: 2.4 m of Dutch ground, half of the bends
that are left out."""

_TO_MERCATOR: Final = Transformer.from_crs(RD_NEW, WEB_MERCATOR, always_xy=True)


@dataclass(frozen=True)
class Frame:
    """Where the grid lies: x to the right, y down, from the north-west corner."""

    west: float
    """Web Mercator metres."""
    north: float
    width: int
    height: int
    """Places; the largest numbers on the grid."""


@dataclass(frozen=True, eq=False)
class Rings:
    """
    Rings on the grid, in the order of their areas; the first of each part goes round it.

    Whoever walks a ring has its area at the left hand.
    """

    points: Ints
    """Shape (n, 2); the points of all rings, without the closing one."""
    starts: Ints
    """Shape (n rings + 1,); where each ring starts in `points`."""
    area: Ints
    """Shape (n rings,); place of the area."""
    part: Ints
    """Shape (n rings,); number of the part, over all areas."""

    @property
    def lengths(self) -> Ints:
        """Points of each ring, shape (n rings,)."""
        return np.diff(self.starts)


def to_grid(shapes: Shapes) -> tuple[Frame, Rings, int]:
    """
    Round the corners of areas to a grid.

    Parameters
    ----------
    shapes
        A valid coverage in RD New; an area may be empty.

    Returns
    -------
    frame
        The grid.
    rings
        What is left on it: a ring without a surface goes, but the largest part of an area stays.
    dropped
        How many rings went.
    """
    turned = shapely.orient_polygons(shapes)
    parts, part_area = shapely.get_parts(turned, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    x, y = _to_mercator(coordinates)
    frame = _frame(np.column_stack((x, y)))
    units = np.column_stack((x - frame.west, frame.north - y)) / UNIT
    points, starts = _distinct(units.round().astype("int64"), ring)
    keep = _largest_rings(parts, part_area, ring_part) | _has_surface(points, starts)
    # a hole goes with the part around it, which is the first ring with that number
    first = np.searchsorted(ring_part, ring_part)
    keep &= keep[first]
    chosen = Rings(*_taken(points, starts, keep), part_area[ring_part][keep], ring_part[keep])
    return frame, chosen, int((~keep).sum())


def _to_mercator(coordinates: Floats) -> tuple[Floats, Floats]:
    """Return x and y of corners; one that several areas have is worked out once."""
    place, distinct = pd.factorize(coordinates.view("complex128").ravel())
    x, y = _TO_MERCATOR.transform(distinct.real, distinct.imag)
    return x[place], y[place]


def _frame(mercator: Floats) -> Frame:
    if not len(mercator):
        return Frame(0.0, 0.0, 0, 0)
    west, south = map(float, mercator.min(axis=0))
    east, north = map(float, mercator.max(axis=0))
    return Frame(west, north, round((east - west) / UNIT), round((north - south) / UNIT))


def _distinct(points: Ints, ring: Ints) -> tuple[Ints, Ints]:
    """Leave out the closing point of each ring, and each point where the one before it is."""
    closing = np.append(ring[1:] != ring[:-1], True)[: len(ring)]
    points, ring = points[~closing], ring[~closing]
    first = np.flatnonzero(np.append(True, ring[1:] != ring[:-1])[: len(ring)])
    before = np.arange(len(ring)) - 1
    before[first] = np.append(first[1:], len(ring))[: len(first)] - 1
    fresh = (points != points[before]).any(axis=1)
    fresh[first[np.add.reduceat(fresh, first) == 0]] = True  # all of the ring is in one place
    counts = np.bincount(ring[fresh], minlength=len(first))
    return points[fresh], np.append(0, np.cumsum(counts))


def _has_surface(points: Ints, starts: Ints) -> npt.NDArray[np.bool_]:
    """Tell for each ring whether it goes round anything."""
    following = np.arange(len(points)) + 1
    following[starts[1:] - 1] = starts[:-1]
    x, y = points.T
    crossed = x * y[following] - x[following] * y
    return np.asarray(np.add.reduceat(crossed, starts[:-1]) != 0)


def _largest_rings(parts: Shapes, part_area: Ints, ring_part: Ints) -> npt.NDArray[np.bool_]:
    """Tell for each ring whether it goes round the largest part of its area."""
    order = np.lexsort((-shapely.area(parts), part_area))
    largest = np.zeros(len(parts), dtype=bool)
    largest[order[np.append(True, np.diff(part_area[order]) > 0)[: len(order)]]] = True
    outer = np.append(True, ring_part[1:] != ring_part[:-1])[: len(ring_part)]
    return np.asarray(largest[ring_part] & outer)


def _taken(points: Ints, starts: Ints, keep: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    lengths = np.diff(starts)
    return points[np.repeat(keep, lengths)], np.append(0, np.cumsum(lengths[keep]))
