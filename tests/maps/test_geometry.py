"""Drawn geometry: whole units, shared borders shared, and back to the earth within a unit."""

import math
import re

import geopandas as gpd
import pytest
import shapely
from pyproj import Transformer

from geo_lv.crs import RD_NEW, WEB_MERCATOR
from geo_lv.maps.geometry import Projection, projection_of
from geo_lv.pipeline import Results

X, Y = 86_000.0, 456_000.0
SQUARE = shapely.box(X, Y, X + 1000, Y + 1000)
NEXT = shapely.box(X + 1000, Y, X + 2000, Y + 1000)


def points(path: str) -> list[list[tuple[int, int]]]:
    """Return the absolute points of each part of path data."""
    parts = []
    for part in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)(z?)", path):
        x, y, steps = int(part[0]), int(part[1]), [int(step) for step in part[2].split()]
        ring = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        parts.append(ring)
    return parts


@pytest.fixture
def projection() -> Projection:
    return projection_of(gpd.GeoSeries([SQUARE, NEXT], crs=RD_NEW), SQUARE)


def test_a_drawing_starts_north_west_and_counts_down(projection: Projection) -> None:
    frame = projection.frame
    (ring,) = points(projection.path(SQUARE))
    assert min(x for x, _ in ring) in {0, 1}
    assert max(y for _, y in ring) <= frame.height
    north_west = projection.point(shapely.Point(X, Y + 1000))
    south_east = projection.point(shapely.Point(X + 2000, Y))
    assert north_west[0] < south_east[0]
    assert north_west[1] < south_east[1]


def test_a_unit_is_a_metre_of_the_web_and_less_on_the_ground(projection: Projection) -> None:
    """At 52.09 degrees north the map is stretched by 1 / cos(52.09) = 1.628."""
    assert projection.frame.unit == 1
    assert projection.frame.metres_per_unit == pytest.approx(1 / 1.628, abs=0.001)
    width = max(x for x, _ in points(projection.path(SQUARE))[0])
    assert width * projection.frame.metres_per_unit == pytest.approx(1000, rel=0.02)


def test_neighbours_share_their_corners_exactly(projection: Projection) -> None:
    (left,), (right,) = points(projection.path(SQUARE)), points(projection.path(NEXT))
    assert len(set(left) & set(right)) == 2


def test_a_hole_and_a_second_part_are_drawn(projection: Projection) -> None:
    hole = SQUARE.difference(shapely.box(X + 200, Y + 200, X + 400, Y + 400))
    assert len(points(projection.path(hole))) == 2
    assert len(points(projection.path(shapely.MultiPolygon([SQUARE, NEXT.buffer(-10)])))) == 2


def test_a_polygon_is_closed_and_a_line_is_not(projection: Projection) -> None:
    assert projection.path(SQUARE).endswith("z")
    line = projection.path(shapely.LineString([(X, Y), (X + 100, Y + 100)]))
    assert re.fullmatch(r"M\d+ \d+l\d+ -\d+", line)


def test_what_is_smaller_than_a_unit_is_not_drawn(projection: Projection) -> None:
    assert projection.path(shapely.box(X, Y, X + 0.01, Y + 0.01)) == ""
    assert projection.path(shapely.MultiLineString()) == ""


def test_the_focus_lies_with_a_margin_around_what_the_map_is_about(projection: Projection) -> None:
    x, y, width, height = projection.frame.focus
    (ring,) = points(projection.path(SQUARE))
    assert x < min(px for px, _ in ring)
    assert x + width > max(px for px, _ in ring)
    assert y < min(py for _, py in ring)
    assert y + height > max(py for _, py in ring)
    assert width < projection.frame.width


def test_drawing_units_lead_back_to_the_place_within_half_a_unit(results: Results) -> None:
    areas = results.inputs.areas
    whole = shapely.union_all(areas.wijken.geometry.to_numpy())
    projection = projection_of(areas.buurten.geometry, whole)
    frame = projection.frame
    back = Transformer.from_crs(WEB_MERCATOR, RD_NEW, always_xy=True)
    for shape in areas.buurten.geometry:
        place = shape.representative_point()
        x, y = projection.point(place)
        found = back.transform(frame.west + x * frame.unit, frame.north - y * frame.unit)
        # half a unit, askew, on the ground: 0.5 x 1.41 x 0.614 m
        assert math.dist(found, (place.x, place.y)) < 0.44


def test_every_shared_border_of_the_municipality_is_drawn_twice(results: Results) -> None:
    """Each step between two units is drawn by two buurten, or lies on the outer border."""
    areas = results.inputs.areas
    whole = shapely.union_all(areas.wijken.geometry.to_numpy())
    projection = projection_of(areas.buurten.geometry, whole)

    def steps(shape: shapely.Geometry) -> list[frozenset[tuple[int, int]]]:
        return [
            frozenset(pair)
            for ring in points(projection.path(shape))
            for pair in zip(ring, [*ring[1:], ring[0]], strict=True)
        ]

    drawn: dict[frozenset[tuple[int, int]], int] = {}
    for shape in areas.buurten.geometry:
        for step in steps(shape):
            drawn[step] = drawn.get(step, 0) + 1
    once = {step for step, times in drawn.items() if times == 1}
    assert set(drawn.values()) == {1, 2}
    assert once == set(steps(shapely.coverage_union_all(areas.buurten.geometry.to_numpy())))


def test_outer_rings_and_holes_turn_opposite_ways(projection: Projection) -> None:
    hole = [(X + 100, Y + 100), (X + 200, Y + 100), (X + 200, Y + 200), (X + 100, Y + 200)]
    shape = shapely.Polygon(list(SQUARE.exterior.coords), [hole])
    island = shapely.box(X + 1500, Y, X + 1600, Y + 100)
    for turned in (shape, shapely.reverse(shape)):
        rings = points(projection.path(shapely.MultiPolygon([turned, island])))
        # y counts down in a drawing, so what turns left on the earth turns right here
        turns_left = [shapely.is_ccw(shapely.linearrings([(x, -y) for x, y in r])) for r in rings]
        assert turns_left == [True, False, True]
