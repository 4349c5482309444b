"""Buurten as one coverage without gaps, simple enough for a page."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo_lv.maps.country.border_cache import cached, key_of
from geo_lv.maps.country.view import Shapes

SNAP_M: Final = 0.1
"""Metres: borders that are this near to each other become one."""
SIMPLIFIED_M: Final = 5.0
"""Metres: the size of the bends that are left out of a map of the country."""


@dataclass(frozen=True)
class Repair:
    """What was done to make the areas fit together."""

    mended: int = 0
    """Areas whose shape changed."""
    largest_change: float = 0.0
    """Largest change of the size of an area that is left, fraction 0-1."""
    lost: tuple[int, ...] = ()
    """Places of the areas that have no shape: none came in, or another area covers them whole."""


@dataclass(frozen=True, eq=False)
class Borders:
    """A valid coverage, and what was done to get there."""

    shapes: Shapes
    """RD New; as many as came in, in the same order; an area that is lost is empty."""
    repair: Repair


def clean_borders(geometry: Shapes) -> Borders:
    """
    Make areas fit together: valid polygons without overlaps, with borders that neighbours share.

    Parameters
    ----------
    geometry
        Polygons and multipolygons in RD New; may be invalid, missing, or not quite fitting.

    Returns
    -------
    borders
        The same areas when nothing was wrong; each that cannot keep a shape is named as lost.
    """
    given = _without_nothing(geometry)
    valid = _valid(given)
    shapes = valid
    if not shapely.coverage_is_valid(valid):
        shapes = np.asarray(shapely.coverage_clean(valid, snapping_distance=SNAP_M), dtype=object)
    lost = tuple(np.flatnonzero(shapely.is_empty(shapes)).tolist())
    return Borders(shapes, Repair(*_changes(given, shapes), lost))


def simplified(shapes: Shapes, tolerance_m: float = SIMPLIFIED_M) -> Shapes:
    """
    Leave small bends out of a coverage; neighbours keep sharing their borders.

    Parameters
    ----------
    shapes
        A valid coverage in RD New, without empty areas or with.
    tolerance_m
        Metres; bends whose triangle is smaller than its square go.

    Returns
    -------
    shapes
        As many, in the same order; no area loses its last part.
    """
    simple = np.asarray(shapely.coverage_simplify(shapes, tolerance_m), dtype=object)
    vanished = shapely.is_empty(simple) & ~shapely.is_empty(shapes)
    return np.where(vanished, shapes, simple)


def page_borders(geometry: Shapes, cache: Path, tolerance_m: float = SIMPLIFIED_M) -> Borders:
    """
    Clean and simplify, or take what was made before of the same geometry.

    Parameters
    ----------
    geometry
        Polygons and multipolygons in RD New.
    cache
        Folder for what is made; it is made when it is not there.
    tolerance_m
        As of `simplified`.

    Returns
    -------
    borders
        A valid coverage.
    """
    given = _without_nothing(geometry)
    key = key_of(given, f"snap {SNAP_M}, simplify {tolerance_m}")

    def make() -> tuple[Shapes, dict[str, object]]:
        clean = clean_borders(given)
        return simplified(clean.shapes, tolerance_m), asdict(clean.repair)

    shapes, said = cached(cache / f"{key}.borders", make)
    lost = tuple(np.flatnonzero(shapely.is_empty(shapes)).tolist())
    repair = Repair(int(str(said["mended"])), float(str(said["largest_change"])), lost)
    return Borders(shapes, repair)


def _without_nothing(geometry: Shapes) -> Shapes:
    """Return the shapes, with an empty one where there is none."""
    return np.where(shapely.is_missing(geometry), shapely.MultiPolygon(), geometry)


def _valid(given: Shapes) -> Shapes:
    if shapely.is_valid(given).all():
        return given
    made = shapely.make_valid(given, method="structure", keep_collapsed=False)
    return np.asarray(made, dtype=object)


def _changes(before: Shapes, after: Shapes) -> tuple[int, float]:
    """Return how many areas changed shape, and by which fraction the size changed at most."""
    same = shapely.equals_exact(shapely.normalize(before), shapely.normalize(after), 1e-9)
    left = ~shapely.is_empty(after)
    sizes: npt.NDArray[np.float64] = shapely.area(before)[left]
    changed = np.abs(shapely.area(after)[left] - sizes) / np.where(sizes > 0, sizes, np.inf)
    # the sizes of equal shapes may differ in the last digit
    largest = float(np.where(same[left], 0.0, changed).max(initial=0.0))
    return int((~same).sum()), largest
