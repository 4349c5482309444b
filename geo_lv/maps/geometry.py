"""From RD New to drawing units: whole numbers on a Web Mercator grid, as SVG path data.

The paths are the only geometry on a page. Shared vertices stay shared, because a vertex is rounded
by itself and the same everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from geo_lv.crs import RD_NEW, WEB_MERCATOR
from geo_lv.maps.map_model import Frame

_UNIT: Final = 1.0
"""Web Mercator metres per drawing unit; about 0.6 m on Dutch ground."""
_MARGIN: Final = 0.03
_KEPT: Final = 2048
"""Paths to remember: maps of one build, and of the next, draw the same areas again."""
_STRIP: Final = 256
"""Width in units of the strips in which dots are walked, so that each step is short."""

_TO_MERCATOR: Final = Transformer.from_crs(RD_NEW, WEB_MERCATOR, always_xy=True)


@dataclass(frozen=True)
class Projection:
    """Places geometry in drawing units: x to the right, y down, from the north-west corner."""

    frame: Frame

    @lru_cache(maxsize=_KEPT)  # noqa: B019 - a projection is a few numbers; maps share the areas
    def path(self, geometry: shapely.Geometry) -> str:
        """
        Return the path data of polygons or lines.

        Parameters
        ----------
        geometry
            RD New.

        Returns
        -------
        path
            Outer rings turn anticlockwise on the earth and holes clockwise, so that a script that
            reads the path can tell them apart.
        """
        turned = shapely.orient_polygons(geometry)
        return "".join(self._part(ring) for ring in _rings(turned))

    def point(self, geometry: shapely.Point) -> tuple[int, int]:
        """Return a point in RD New as drawing units."""
        x, y = self._units(np.array([[geometry.x, geometry.y]]))[0]
        return int(x), int(y)

    def dots(self, places: npt.NDArray[np.float64]) -> str:
        """
        Return path data with a dot per place: a step from the one before and a line of no length.

        Parameters
        ----------
        places
            RD New metres, shape (n, 2).

        Returns
        -------
        path
            One absolute ``M``, then relative ``m``, each with ``h0``; round ends make it a dot.
            Empty without places. The order tells nothing but the places themselves.
        """
        if not len(places):
            return ""
        units = self._units(places)
        x, y = units.T
        units = units[np.lexsort((x, y, x // _STRIP))]
        steps = "".join(f"m{dx} {dy}h0" for dx, dy in np.diff(units, axis=0).tolist())
        return f"M{units[0, 0]} {units[0, 1]}h0{steps}"

    def _units(self, coordinates: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        x, y = _TO_MERCATOR.transform(coordinates[:, 0], coordinates[:, 1])
        frame = self.frame
        columns = ((x - frame.west) / frame.unit, (frame.north - y) / frame.unit)
        return np.column_stack(columns).round().astype("int64")

    def _part(self, ring: shapely.Geometry) -> str:
        points = [(int(x), int(y)) for x, y in self._units(shapely.get_coordinates(ring))]
        closed = points[0] == points[-1]
        steps = [
            f"{x - from_x} {y - from_y}"
            for (from_x, from_y), (x, y) in pairwise(points[:-1] if closed else points)
            if (x, y) != (from_x, from_y)
        ]
        start = f"M{points[0][0]} {points[0][1]}"
        return f"{start}l{' '.join(steps)}{'z' if closed else ''}" if steps else ""


def _rings(geometry: shapely.Geometry) -> Iterable[shapely.Geometry]:
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            yield part.exterior
            yield from part.interiors
        else:
            yield part


def projection_of(drawn: gpd.GeoSeries, focus: shapely.Geometry) -> Projection:
    """
    Make the frame for a map.

    Parameters
    ----------
    drawn
        Everything on the map, RD New.
    focus
        What the map shows first, RD New.

    Returns
    -------
    projection
        With the north-west corner of `drawn` as origin.
    """
    west, south, east, north = _mercator_bounds(drawn.to_numpy())
    left, bottom, right, top = _mercator_bounds(focus)
    pad = _MARGIN * max(right - left, top - bottom)
    middle_y = (south + north) / 2
    latitude = np.arctan(np.sinh(middle_y / 6378137.0))
    return Projection(
        Frame(
            width=round((east - west) / _UNIT),
            height=round((north - south) / _UNIT),
            west=float(round(west)),
            north=float(round(north)),
            unit=_UNIT,
            metres_per_unit=float(round(_UNIT * np.cos(latitude), 6)),
            focus=(
                round((left - pad - west) / _UNIT),
                round((north - top - pad) / _UNIT),
                round((right - left + 2 * pad) / _UNIT),
                round((top - bottom + 2 * pad) / _UNIT),
            ),
        )
    )


def _mercator_bounds(
    drawn: shapely.Geometry | npt.NDArray[np.object_],
) -> tuple[float, float, float, float]:
    x, y = _TO_MERCATOR.transform(*shapely.get_coordinates(drawn).T)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
