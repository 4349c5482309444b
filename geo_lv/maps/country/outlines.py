"""The drawing of the municipalities, for paper and for who has no scripts."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from geo_lv.maps.country.view import CountryView, Floats, Shapes

_LONGEST: Final = 2000
"""Units along the longest side of the drawing."""
_BENDS: Final = 1.5
"""Units: smaller bends are left out."""
_SCREEN: Final = 600
"""Pixels along that side at which hatches and lines look right."""
_SCALE_SHARE: Final = 0.25
"""The scale bar is at most this part of the longest side."""


@dataclass(frozen=True)
class Outlines:
    """Path data per municipality, in units of its own, y down."""

    paths: tuple[str, ...]
    """In the order of the municipalities; empty for one without a shape."""
    width: int
    height: int
    pixel: float
    """Units per pixel."""
    scale_bar: int
    """Length in units."""
    scale_text: str


def outlines(view: CountryView, shapes: Shapes) -> Outlines:
    """
    Draw each municipality as the sum of its buurten.

    Parameters
    ----------
    view
        Says which buurt is where.
    shapes
        A valid coverage in RD New, one area per buurt.

    Returns
    -------
    outlines
        Empty paths where there is nothing to draw.
    """
    whole = _gemeenten(view, shapes)
    west, south, east, north = shapely.total_bounds(whole) if len(whole) else (0, 0, 1, 1)
    if math.isnan(west):
        west, south, east, north = 0.0, 0.0, 1.0, 1.0
    unit = max(east - west, north - south) / _LONGEST
    simple = shapely.coverage_simplify(whole, _BENDS * unit)
    corner = np.array((west, north))
    metres, text = _scale(_LONGEST * unit)
    return Outlines(
        tuple(_path(shape, corner, unit) for shape in simple),
        width=math.ceil((east - west) / unit),
        height=math.ceil((north - south) / unit),
        pixel=round(_LONGEST / _SCREEN, 2),
        scale_bar=round(metres / unit),
        scale_text=text,
    )


def _gemeenten(view: CountryView, shapes: Shapes) -> Shapes:
    places = np.asarray(view.gemeente_of)
    whole = np.empty(len(view.gemeenten), dtype=object)
    whole[:] = [
        shapely.coverage_union_all(shapes[places == place]) for place in range(len(view.gemeenten))
    ]
    # a municipality without buurten has no polygon either
    empty = shapely.is_empty(whole)
    whole[empty] = shapely.MultiPolygon()
    return whole


def _path(shape: shapely.Geometry, corner: Floats, unit: float) -> str:
    rings = shapely.get_rings(shapely.get_parts(shape))
    return "".join(_ring(shapely.get_coordinates(ring), corner, unit) for ring in rings)


def _ring(points: Floats, corner: Floats, unit: float) -> str:
    """Write a ring that is left after rounding as a start and steps from there."""
    units = ((points - corner) / unit * (1, -1)).round().astype("int64")
    steps = np.diff(units[:-1], axis=0)
    steps = steps[steps.any(axis=1)]
    if len(steps) < 2:  # noqa: PLR2004 - a line has no surface
        return ""
    walked = "".join(f"{x} {y} " for x, y in steps.tolist()).replace(" -", "-").rstrip()
    return f"M{units[0, 0]} {units[0, 1]}l{walked}z"


def _scale(span: float) -> tuple[float, str]:
    """Return the longest round length that fits, in metres and in words."""
    room = _SCALE_SHARE * span
    power = 10 ** math.floor(math.log10(room))
    metres = max(step * power for step in (1, 2, 5) if step * power <= room)
    kilometre = 1000
    text = f"{metres / kilometre:g} km" if metres >= kilometre else f"{metres:g} m"
    return metres, text.replace(".", ",")
