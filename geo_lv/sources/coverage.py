"""Polygons of a source made one coverage: repaired within a stated tolerance, and said how far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from pyproj import Transformer

from geo_lv.crs import RD_NEW, WGS84
from geo_lv.sources.faults import WrongValueError

SNAP_M: Final = 0.1
"""Metres: borders that are this near to each other become one."""
TOLERANCE_M: Final = 1.0
"""Metres by which a border may move to become shared; more is an error in the source. Also the
width of a gap that is closed."""
SIMPLIFIED_M: Final = 5.0
"""Metres: the size of the bends that are left out, so that a page stays small. The borders of CBS
are 10 to 50 m accurate."""
DECIMALS: Final = 7
"""Of degrees: about a centimetre."""

_TO_DEGREES: Final = Transformer.from_crs(RD_NEW, WGS84, always_xy=True)


@dataclass(frozen=True)
class Repaired:
    """A valid coverage, and what was done to get there."""

    shapes: tuple[shapely.Geometry, ...]
    """RD New, metres; as many as came in, in the same order."""
    exact: tuple[shapely.Geometry, ...]
    """The same before small bends were left out."""
    mended: int
    """How many did not fit and were mended."""
    moved_m: float
    """How far a border moved at most in that."""
    simplified_m: float
    """And how far at most by leaving out small bends."""

    @property
    def done(self) -> str:
        """What was done, in Dutch, for the provenance."""
        return (
            f"sluitend gemaakt (hooguit {TOLERANCE_M:.0f} m verschoven), bochten kleiner dan "
            f"{SIMPLIFIED_M:.0f} m weggelaten"
        )

    @property
    def words(self) -> str:
        """What that came to, in Dutch."""
        mended = "De grenzen sloten op elkaar aan."
        if self.mended:
            mended = (
                f"Van {self.mended} buurten sloten de grenzen niet helemaal aan: die zijn hooguit "
                f"{_dutch(self.moved_m)} m verschoven."
            )
        most = _dutch(self.simplified_m)
        return f"{mended} Door bochten weg te laten wijkt een lijn hooguit {most} m af."


def _dutch(value: float) -> str:
    # up, so that it is never more than is said
    return f"{np.ceil(value * 100) / 100:.2f}".replace(".", ",")


def repaired(source: str, shapes: Sequence[shapely.Geometry]) -> Repaired:
    """
    Make polygons fit together.

    Parameters
    ----------
    source
        What the source is called in messages.
    shapes
        RD New, metres; polygons that may be invalid, overlap a little, or leave slivers.

    Returns
    -------
    repaired
        A valid coverage.

    Raises
    ------
    WrongValueError
        If a border would have to move by more than `TOLERANCE_M`, or an area would be lost.
    """
    given = np.array([shapely.remove_repeated_points(shape) for shape in shapes], dtype=object)
    mended = _mended(given)
    if any(not _is_area(shape) for shape in mended) or not shapely.coverage_is_valid(mended):
        raise WrongValueError(source, "areas that fit together", "the geometry")
    moved = _moved(given, mended)
    if moved.max(initial=0.0) > TOLERANCE_M:
        expected = f"borders that are less than {TOLERANCE_M:.0f} m from each other"
        raise WrongValueError(source, expected, "the geometry")
    simple = shapely.coverage_simplify(mended, SIMPLIFIED_M)
    if any(not _is_area(shape) for shape in simple) or not shapely.coverage_is_valid(simple):
        simple = mended
    return Repaired(
        shapes=tuple(shapely.normalize(simple)),
        exact=tuple(mended),
        mended=int((moved > 0).sum()),
        moved_m=float(moved.max(initial=0.0)),
        simplified_m=float(_moved(mended, simple).max(initial=0.0)),
    )


def to_wgs84(shapes: Iterable[shapely.Geometry]) -> list[shapely.Geometry]:
    """
    Put polygons in WGS 84, as a GeoJSON file has them.

    Parameters
    ----------
    shapes
        RD New, metres.

    Returns
    -------
    shapes
        Degrees with `DECIMALS`, outer rings anticlockwise; a point that two share they still share.
    """
    degrees = shapely.transform(np.array([*shapes], dtype=object), _degrees)
    return [*shapely.orient_polygons(shapely.remove_repeated_points(degrees))]


def _degrees(points: np.ndarray) -> np.ndarray:
    east, north = _TO_DEGREES.transform(points[:, 0], points[:, 1])
    return np.column_stack([np.round(east, DECIMALS), np.round(north, DECIMALS)])


def _mended(given: np.ndarray) -> np.ndarray:
    if shapely.is_valid(given).all() and shapely.coverage_is_valid(given):
        return given
    valid = shapely.make_valid(given, method="structure", keep_collapsed=False)
    return np.asarray(
        shapely.coverage_clean(valid, gap_width=TOLERANCE_M, snapping_distance=SNAP_M)
    )


def _is_area(shape: shapely.Geometry | None) -> bool:
    return (
        shape is not None
        and shape.geom_type in {"Polygon", "MultiPolygon"}
        and not shape.is_empty
        and shape.is_valid
    )


def _moved(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return for each polygon how far its border moved, in metres."""
    same = shapely.equals_exact(shapely.normalize(before), shapely.normalize(after), 1e-9)
    distance = shapely.hausdorff_distance(shapely.boundary(before), shapely.boundary(after))
    return np.where(same, 0.0, distance)
