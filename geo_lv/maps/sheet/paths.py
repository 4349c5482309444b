"""From the path data of the model to polygons and lines."""

import re
from functools import reduce
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

_STEPS: Final = re.compile(r"([Mlz])([^Mlz]*)")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_CLOSED_TRIANGLE: Final = 4

Array = npt.NDArray[np.float64]


def rings(path: str) -> list[Array]:
    """Read path data of the model: absolute ``M``, relative ``l``, ``z``.

    Parameters
    ----------
    path
        SVG path data in drawing units.

    Returns
    -------
    list[Array]
        Absolute points of each ring or line, shape (n, 2); a closed ring ends where it began.
    """
    found: list[Array] = []
    for letter, numbers in _STEPS.findall(path):
        values = np.array([float(n) for n in _NUMBER.findall(numbers)]).reshape(-1, 2)
        if letter == "M":
            found.append(values)
        elif letter == "l":
            found[-1] = np.cumsum(np.vstack([found[-1][:1], values]), axis=0)
        else:
            found[-1] = np.vstack([found[-1], found[-1][:1]])
    return [ring for ring in found if len(ring) > 1]


def shape_of(path: str) -> shapely.Geometry:
    """Return the polygons of path data; what lies inside an odd number of rings belongs to it."""
    polygons = [
        shapely.make_valid(shapely.Polygon(ring))
        for ring in rings(path)
        if len(ring) >= _CLOSED_TRIANGLE
    ]
    return reduce(shapely.symmetric_difference, polygons, shapely.Polygon())
