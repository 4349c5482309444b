"""
The buurten in which a point may lie, seen how far drawn borders may be off.

Whether a point lies in a buurt is asked for the points in its box, how far it is from a border for
the points in the box of a piece of border, and the wide reach of an indicative border only within
its own wijk. So the many points far from every border cost one test, however fine it is drawn.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo_lv.areas import Areas
from geo_lv.join.bins import Bins, Bools, Floats, Ints, bin_points
from geo_lv.municipality import Boundaries

NOWHERE: Final = -1
"""Position that stands for no buurt: outside the municipality."""

_AREAS, _PIECES = 500, 20_000
"""Areas and pieces of border that are looked at together; bounds the memory."""
_SLACK_M = 0.001
"""Boxes are larger by this, or rounding could cut off a point at just the distance that counts."""

_Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Nearby:
    """Per point the likeliest buurt, and the others that are possible; positions in `buurten`."""

    nearest: Ints
    """Shape (points,): the buurt around the point, or a neighbour within the accuracy of an
    official border; `NOWHERE` if none. The first of several at the same distance."""
    points: Ints
    """Shape (pairs,): positions of the points that may lie elsewhere too."""
    others: Ints
    """Shape (pairs,): where else; `NOWHERE` is outside the municipality."""


@dataclass(frozen=True)
class _Pairs:
    """Points with an area near them; equal shapes, distance in metres, 0 inside."""

    point: Ints
    area: Ints
    distance: Floats

    def __getitem__(self, chosen: Ints | Bools) -> "_Pairs":
        return _Pairs(self.point[chosen], self.area[chosen], self.distance[chosen])


def find_nearby(x: Floats, y: Floats, areas: Areas, accuracy: Boundaries) -> Nearby:
    """
    Find the buurten in which points may lie.

    Parameters
    ----------
    x, y
        Metres in RD New, shape (points,); a point with NaN lies nowhere.
    areas
        The buurten, a valid coverage.
    accuracy
        How far drawn borders may lie from the real ones.

    Returns
    -------
    nearby
        A buurt is possible when it is no farther than the border between it and the nearest one may
        be off; outside is possible within the accuracy of an official border from the outer border.
    """
    official, indicative = accuracy.official_accuracy_m, accuracy.indicative_accuracy_m
    shapes = areas.buurten.geometry.to_numpy()
    margin = max(official, indicative) + 2 * _SLACK_M
    bins = bin_points(x, y, shapely.total_bounds(shapes) + np.repeat([-margin, margin], 2))
    inside = _join(_inside(bins, x, y, shapes))
    nearest, pairs = _weigh(len(x), inside, _join(_near_border(bins, x, y, shapes, official)))
    home = nearest[pairs.point]
    other = (home != NOWHERE) & (home != pairs.area) & ~areas.is_indicative(home, pairs.area)
    wide = [*_over_indicative(bins, x, y, areas=areas, nearest=nearest, reach=indicative)]
    points = np.concatenate([pairs.point[other], *(point for point, _ in wide)])
    return Nearby(nearest, points, np.concatenate([pairs.area[other], *(area for _, area in wide)]))


def _blocks(values: Ints, size: int) -> Iterator[Ints]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _join(parts: Iterable[_Pairs]) -> _Pairs:
    every = [*parts]
    return _Pairs(
        np.concatenate([part.point for part in every]),
        np.concatenate([part.area for part in every]),
        np.concatenate([part.distance for part in every]),
    )


def _inside(bins: Bins, x: Floats, y: Floats, shapes: _Shapes) -> Iterator[_Pairs]:
    """Give the points in each area or on its border."""
    for block in _blocks(np.arange(len(shapes)), _AREAS):
        bounds = shapely.bounds(shapes[block])
        box, point = bins.pairs(bounds[:, :2], bounds[:, 2:])
        area = block[box]
        shapely.prepare(shapes[block])
        hit = shapely.intersects_xy(shapes[area], x[point], y[point])
        shapely.destroy_prepared(shapes[block])
        yield _Pairs(point[hit], area[hit], np.zeros(np.count_nonzero(hit)))


def _near_border(
    bins: Bins, x: Floats, y: Floats, shapes: _Shapes, reach: float
) -> Iterator[_Pairs]:
    """Give the points within reach of each straight piece of the border of an area."""
    # What lies outside is one more area: its border is that of all buurten together.
    outlines = np.append(shapes, shapely.coverage_union_all(shapes))
    rings, owners = shapely.get_parts(shapely.boundary(outlines), return_index=True)
    owners[owners == len(shapes)] = NOWHERE
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    # A corner may be drawn twice; between the two there is no line to measure from.
    starts = np.flatnonzero((ring[1:] == ring[:-1]) & np.diff(corners, axis=0).any(axis=1))
    margin = reach + _SLACK_M
    for block in _blocks(starts, _PIECES):
        start, end = corners[block], corners[block + 1]
        piece, point = bins.pairs(np.minimum(start, end) - margin, np.maximum(start, end) + margin)
        place = np.column_stack((x[point], y[point]))
        distance = _distance(place, start[piece], end[piece])
        near = distance <= reach
        yield _Pairs(point[near], owners[ring[block[piece[near]]]], distance[near])


def _distance(place: Floats, start: Floats, end: Floats) -> Floats:
    """Measure from each place to a straight line; all of shape (pairs, 2)."""
    # The same steps as in GEOS, so that at the limit both say the same to the last bit.
    (dx, dy), (px, py) = (end - start).T, (place - start).T
    square = dx * dx + dy * dy
    along = (px * dx + py * dy) / square
    across = np.abs((py * dx - px * dy) / square) * np.sqrt(square)
    nearest = np.where((along <= 0)[:, np.newaxis], start, end)
    to_end = np.sqrt(((place - nearest) ** 2).sum(axis=1))
    distance: Floats = np.where((along > 0) & (along < 1), across, to_end)
    return distance


def _weigh(count: int, inside: _Pairs, border: _Pairs) -> tuple[Ints, _Pairs]:
    """Give the nearest buurt of each point, and all areas near the points that have several."""
    nearest = np.full(count, NOWHERE)
    nearest[inside.point] = inside.area
    # Most points lie in one area and far from its border: there is nothing to weigh.
    several = np.zeros(count, dtype=bool)
    several[border.point] = True
    pairs = _closest(_join((inside[several[inside.point]], border)))
    buurten = pairs[pairs.area != NOWHERE]
    ordered = buurten[np.lexsort((buurten.area, buurten.distance, buurten.point))]
    likeliest = ordered[_changes(ordered.point)]
    nearest[likeliest.point] = likeliest.area
    return nearest, pairs


def _closest(pairs: _Pairs) -> _Pairs:
    """Keep the smallest distance of each point and area."""
    ordered = pairs[np.lexsort((pairs.distance, pairs.area, pairs.point))]
    return ordered[_changes(ordered.point) | _changes(ordered.area)]


def _changes(values: Ints) -> Bools:
    """Tell of each value whether it differs from the one before; of the first that it does."""
    changes = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _over_indicative(
    bins: Bins, x: Floats, y: Floats, *, areas: Areas, nearest: Ints, reach: float
) -> Iterator[tuple[Ints, Ints]]:
    """Give the points, and the buurten within reach of them over an indicative border."""
    shapes = areas.buurten.geometry.to_numpy()
    margin = reach + _SLACK_M
    for block in _blocks(np.flatnonzero(areas.buurten["border"] == "indicative"), _AREAS):
        bounds = shapely.bounds(shapes[block])
        box, point = bins.pairs(bounds[:, :2] - margin, bounds[:, 2:] + margin)
        area, home = block[box], nearest[point]
        other = (home != area) & areas.is_indicative(home, area)
        area, point = area[other], point[other]
        shapely.prepare(shapes[block])
        near = shapely.dwithin(shapes[area], shapely.points(x[point], y[point]), reach)
        shapely.destroy_prepared(shapes[block])
        yield point[near], area[near]
