"""The join in a second way: a point at a time, by distances to whole polygons. Slow and plain."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
import shapely

from geo_lv.areas import Areas
from geo_lv.codes import wk_of
from geo_lv.join import (
    CONTRADICTION,
    FOREIGN,
    NEAR_BORDER,
    NO_PLACE,
    OUTSIDE,
    PLACED,
    UNKNOWN_CODE,
)
from geo_lv.municipality import Boundaries

Weighed = tuple[tuple[str, ...], str]
"""Candidates, the likeliest first, and the reason why they are not exactly one."""
Outcome = tuple[str, str]
"""What became of a row on one level, and its area or its reason."""


@dataclass(frozen=True)
class Reference:
    """The buurten and the edge of the municipality, with the accuracy of their borders."""

    shapes: Mapping[str, shapely.Geometry]
    indicative: frozenset[str]
    edge: shapely.Geometry
    accuracy: Boundaries

    def weigh(self, x: float, y: float, code: str) -> Weighed:
        """Weigh the registered code of one point against the buurten near its place."""
        if code and code not in self.shapes:
            return (), UNKNOWN_CODE
        if not (math.isfinite(x) and math.isfinite(y)):
            return ((code,), PLACED) if code else ((), NO_PLACE)
        near = tuple(self.near(shapely.Point(x, y)))
        if code and code in near:
            return (code,), PLACED
        if code:
            return (code, *(near[:1] or (OUTSIDE,))), CONTRADICTION
        if not near:
            return (), FOREIGN
        return near, PLACED if len(near) == 1 else NEAR_BORDER

    def near(self, place: shapely.Geometry) -> Iterator[str]:
        """Give the nearest buurt, then those within the accuracy of the border with it."""
        away = sorted((place.distance(shape), code) for code, shape in self.shapes.items())
        official = self.accuracy.official_accuracy_m
        distance, nearest = away[0]
        if distance > official:
            return
        yield nearest
        for distance, code in away[1:]:
            if distance <= self.limit(nearest, code):
                yield code
        if place.dwithin(self.edge, official):
            yield OUTSIDE

    def limit(self, one: str, other: str) -> float:
        """Return how far the border between two buurten may be off, metres."""
        if {one, other} <= self.indicative and wk_of(one) == wk_of(other):
            return self.accuracy.indicative_accuracy_m
        return self.accuracy.official_accuracy_m


def reference(areas: Areas, accuracy: Boundaries) -> Reference:
    """Prepare the reference for some areas."""
    buurten = areas.buurten
    return Reference(
        shapes=dict(buurten.geometry.items()),
        indicative=frozenset(buurten.index[buurten["border"] == "indicative"]),
        edge=shapely.union_all(buurten.geometry.to_numpy()).boundary,
        accuracy=accuracy,
    )


def outcome(weighed: Weighed, parents: Mapping[str, str]) -> Outcome:
    """Tell what becomes of one row on a level."""
    candidates, reason = weighed
    found = {parents.get(code, OUTSIDE) for code in candidates}
    if len(found) > 1:
        return "ambiguous", reason
    if found <= {OUTSIDE}:
        return "unmatched", reason
    return "matched", found.pop()


def weigh_all(points: pd.DataFrame, areas: Areas, accuracy: Boundaries) -> list[Weighed]:
    """Weigh every point, in order."""
    judge = reference(areas, accuracy)
    rows = zip(points["x_rd"], points["y_rd"], points["bu_code"], strict=True)
    return [judge.weigh(x, y, code) for x, y, code in rows]
