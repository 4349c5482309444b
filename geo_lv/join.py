"""Points to areas, with every row accounted for.

A point is first given *candidates*: the buurten it may lie in, seen the inaccuracy of the drawn
borders and the code under which it is registered. Each level (buurt, wijk, plan area, gemeente)
then asks whether its candidates agree, so a dwelling near an uncertain line between two buurten
still counts for the wijk around both. matched + unmatched + ambiguous = input, on every level.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo_lv.areas import Areas
from geo_lv.errors import GeoLvError
from geo_lv.municipality import Boundaries

OUTSIDE = ""
"""Candidate that stands for any place outside the municipality."""

NO_PLACE = "no coordinates and no buurt code"
FOREIGN = "outside the municipality"
UNKNOWN_CODE = "registered under a buurt code that is not in the boundaries"
CONTRADICTION = "registered under another buurt than where it lies"
NEAR_BORDER = "so near a border that its buurt is uncertain"
PLACED = ""


@dataclass(frozen=True)
class Candidates:
    """The buurten in which each row may lie, and why that is not exactly one."""

    codes: tuple[tuple[str, ...], ...]
    """Buurt codes (or `OUTSIDE`) per input row, in the order of `reason`."""
    reason: "pd.Series[str]"
    """`PLACED`, or one of the reasons of this module; the index of the input."""


@dataclass(frozen=True)
class JoinResult:
    """What became of every row on one level."""

    matched: "pd.Series[str]"
    """Row to area code."""
    unmatched: "pd.Series[str]"
    """Row to reason."""
    ambiguous: "pd.Series[str]"
    """Row to reason."""

    @property
    def total(self) -> int:
        """Number of rows, equal to the number that came in."""
        return len(self.matched) + len(self.unmatched) + len(self.ambiguous)


def find_candidates(points: pd.DataFrame, areas: Areas, accuracy: Boundaries) -> Candidates:
    """
    Find the buurten in which each point may lie.

    Parameters
    ----------
    points
        Columns ``x_rd, y_rd`` (RD New, metres, NaN if unknown) and ``bu_code`` (as registered,
        ``""`` if unknown). Any index.
    areas
        The buurten.
    accuracy
        How far drawn borders may lie from the real ones.

    Returns
    -------
    candidates
        One entry per row of `points`, same index. A registered code decides as long as the place
        does not contradict it by more than the inaccuracy of the border.
    """
    near = _nearby(points, areas, accuracy)
    known = set(areas.buurten.index)
    judged = [_judge(code, near.get(row), known) for row, code in enumerate(points["bu_code"])]
    reason = pd.Series([reason for _, reason in judged], index=points.index, dtype="str")
    return Candidates(tuple(codes for codes, _ in judged), reason)


def _judge(code: str, near: tuple[str, ...] | None, known: set[str]) -> tuple[tuple[str, ...], str]:
    """Weigh the registered code of one row against the buurten near its place."""
    if code and code not in known:
        return (), UNKNOWN_CODE
    if near is None:
        return ((code,), PLACED) if code else ((), NO_PLACE)
    if code and code in near:
        return (code,), PLACED
    if code:
        return (code, *(near[:1] or (OUTSIDE,))), CONTRADICTION
    if all(candidate == OUTSIDE for candidate in near):
        return (), FOREIGN
    return near, PLACED if len(near) == 1 else NEAR_BORDER


def _nearby(points: pd.DataFrame, areas: Areas, accuracy: Boundaries) -> dict[int, tuple[str, ...]]:
    """Return, by position, the buurt that holds the point first, then those within inaccuracy."""
    # A row without coordinates gets no entry; a place outside the municipality an empty one.
    x, y = points["x_rd"].to_numpy("float64"), points["y_rd"].to_numpy("float64")
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    places = shapely.points(x[placed], y[placed])
    shapes = areas.buurten.geometry.to_numpy()
    reach = max(accuracy.official_accuracy_m, accuracy.indicative_accuracy_m)
    rows, hits = shapely.STRtree(shapes).query(places, predicate="dwithin", distance=reach)
    distance = shapely.distance(places[rows], shapes[hits])
    order = np.lexsort((hits, distance, rows))
    groups = _grouped(rows[order], areas.buurten.index.to_numpy()[hits[order]], distance[order])
    edge = shapely.boundary(shapely.coverage_union_all(shapes))
    near_edge = shapely.dwithin(places, edge, accuracy.official_accuracy_m)
    return {
        int(row): _within_accuracy(
            groups.get(place, ()),
            near_edge=bool(near_edge[place]),
            areas=areas,
            accuracy=accuracy,
        )
        for place, row in enumerate(placed)
    }


def _grouped(
    rows: npt.NDArray[np.intp], codes: npt.NDArray[np.object_], distance: npt.NDArray[np.float64]
) -> dict[int, tuple[tuple[str, float], ...]]:
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    return {
        int(rows[start]): tuple(zip(codes[start:end], distance[start:end].tolist(), strict=True))
        for start, end in pairwise([*starts, len(rows)])
    }


def _within_accuracy(
    hits: tuple[tuple[str, float], ...], *, near_edge: bool, areas: Areas, accuracy: Boundaries
) -> tuple[str, ...]:
    if not hits or hits[0][1] > accuracy.official_accuracy_m:
        return ()
    inside = hits[0][0]
    candidates = [inside]
    for code, distance in hits[1:]:
        indicative = areas.is_indicative(inside, code)
        limit = accuracy.indicative_accuracy_m if indicative else accuracy.official_accuracy_m
        if distance <= limit:
            candidates.append(code)
    return (*candidates, OUTSIDE) if near_edge else tuple(candidates)


def account(candidates: Candidates, parents: Mapping[str, str]) -> JoinResult:
    """
    Account for every row on one level.

    Parameters
    ----------
    candidates
        From `find_candidates`.
    parents
        Buurt code to area code of the level, from `Areas.parents`.

    Returns
    -------
    result
        matched + unmatched + ambiguous = input.

    Raises
    ------
    GeoLvError
        If the three do not add up; that would be a fault in this function.
    """
    sets = [{parents.get(code, OUTSIDE) for code in codes} for codes in candidates.codes]
    reason, index = candidates.reason, candidates.reason.index
    found = pd.Series([min(s) if len(s) == 1 else OUTSIDE for s in sets], index=index, dtype="str")
    several = pd.Series([len(s) > 1 for s in sets], index=index, dtype=bool)
    result = JoinResult(
        matched=found[found != OUTSIDE],
        unmatched=reason[(found == OUTSIDE) & ~several],
        ambiguous=reason[several],
    )
    if result.total != len(index):
        msg = f"join: expected {len(index)} rows, found {result.total}"
        raise GeoLvError(msg)
    return result
