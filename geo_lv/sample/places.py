"""
Drawn places: in a buurt, far from one, on a border, outside the municipality.

Only `random.Random.random` is drawn from and buurten are put back on their metre grid first, so
that the same recipe gives the same places with every version of the geometry libraries.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, repeat
from math import sqrt
from typing import Final

import geopandas as gpd
import shapely

Dice = Callable[[], float]
"""Gives numbers from 0 up to 1."""
Place = tuple[float, float]
"""Easting and northing in RD New, in decimetres precise."""

_INSIDE_M: Final = 2.0
_CONTRADICTS_M: Final = 300.0
_OUTSIDE_M: Final = 150.0
_BORDER_M: Final = 4.0
_SIDE_M: Final = 20.0
_TRIES: Final = 500

_Side = tuple[Place, Place]


@dataclass(frozen=True)
class Buurten:
    """The buurten of a municipality, to draw places in."""

    shapes: dict[str, shapely.Geometry]

    def inside(self, code: str, dice: Dice) -> Place:
        """Return a place anywhere in a buurt."""
        bounds = shapely.bounds(self.shapes[code]).tolist()
        return next(place for place in _anywhere(bounds, dice) if self._holds(code, place))

    def near(self, code: str, centre: Place, spread: float, dice: Dice) -> Place:
        """Return a place in a buurt within `spread` metres east or north of a centre in it."""
        x, y = centre
        tries = (_place(x + spread * swing(dice), y + spread * swing(dice)) for _ in range(_TRIES))
        return next((place for place in tries if self._holds(code, place)), centre)

    def far_from(self, code: str, others: list[str], dice: Dice) -> Place:
        """Return a place in one of `others`, more than 300 m from a buurt."""
        picks = (others[int(len(others) * dice())] for _ in repeat(None))
        places = (self.inside(other, dice) for other in picks)
        return next(place for place in places if self._distance(code, place) > _CONTRADICTS_M)

    def outside(self, dice: Dice) -> Place:
        """Return a place outside all buurten, at least 150 m and at most some kilometres."""
        margin = 10 * _OUTSIDE_M
        west, south, east, north = shapely.total_bounds(list(self.shapes.values())).tolist()
        bounds = [west - margin, south - margin, east + margin, north + margin]
        return next(
            place
            for place in _anywhere(bounds, dice)
            if all(self._distance(code, place) > _OUTSIDE_M for code in self.shapes)
        )

    def at_border(self, code: str, dice: Dice) -> Place:
        """Return a place within 4 m of the border of a buurt with another one."""
        sides = self._borders[code]
        (ax, ay), (bx, by) = sides[int(len(sides) * dice())]
        along, dx, dy = 0.25 + 0.5 * dice(), bx - ax, by - ay
        across = _BORDER_M * swing(dice) / sqrt(dx * dx + dy * dy)
        return _place(ax + along * dx - across * dy, ay + along * dy + across * dx)

    def _holds(self, code: str, place: Place) -> bool:
        shape = self.shapes[code]
        if not shapely.contains_xy(shape, *place):
            return False
        return bool(shapely.distance(shape.boundary, shapely.Point(place)) > _INSIDE_M)

    def _distance(self, code: str, place: Place) -> float:
        return float(shapely.distance(self.shapes[code], shapely.Point(place)))

    @cached_property
    def _borders(self) -> dict[str, list[_Side]]:
        """Per buurt the longer straight pieces of border that it shares with another."""
        owners: dict[_Side, list[str]] = {}
        for code, shape in self.shapes.items():
            for side in _sides(shape):
                owners.setdefault(side, []).append(code)
        shared = [side for side, codes in owners.items() if len(codes) > 1]
        return {code: [side for side in shared if code in owners[side]] for code in self.shapes}


def on_grid(buurten: gpd.GeoDataFrame, grid_m: float) -> Buurten:
    """Return buurten in RD New on the grid they were drawn on."""
    # Reprojecting from WGS 84 differs by centimetres between machines; the grid undoes it.
    ordered = buurten.sort_values("bu_code")
    shapes = shapely.transform(
        ordered.geometry.to_numpy(), lambda xy: (xy / grid_m).round() * grid_m
    )
    shapely.prepare(shapes)
    return Buurten(dict(zip(ordered["bu_code"], shapes, strict=True)))


def swing(dice: Dice) -> float:
    """Return a number between -1 and 1, most often near 0."""
    return dice() + dice() - 1


def _anywhere(bounds: list[float], dice: Dice) -> Iterator[Place]:
    west, south, east, north = bounds
    while True:
        yield _place(west + (east - west) * dice(), south + (north - south) * dice())


def _place(x: float, y: float) -> Place:
    return round(x, 1), round(y, 1)


def _sides(shape: shapely.Geometry) -> Iterator[_Side]:
    """Yield the straight pieces of an outline that are long enough to stand beside."""
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        corners = [(x, y) for x, y in shapely.get_coordinates(ring).tolist()]
        for a, b in pairwise(corners):
            if sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) >= _SIDE_M:
                yield min(a, b), max(a, b)
