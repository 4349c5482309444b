"""Borders on a grid, and as arcs that areas share."""

from collections import Counter
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo_lv.crs import RD_NEW, WEB_MERCATOR
from geo_lv.maps.country.arcs import Arcs, make_arcs, rings_of
from geo_lv.maps.country.borders import clean_borders, simplified
from geo_lv.maps.country.grid import UNIT, Rings, to_grid
from tests.conftest import DATA
from tests.country.small_country import AROUND, ENCLAVE, SCATTERED, small_country, square

Edge = tuple[tuple[int, int], ...]


def areas_of(owners: list[list[int]]) -> np.ndarray:
    """Join the cells of a grid by their owner: parts, holes, enclaves and corners that touch."""
    cells = {(x, y): owner for y, row in enumerate(owners) for x, owner in enumerate(row)}
    found = []
    for owner in sorted(set(cells.values())):
        mine = [square(1000.0 * x, 1000.0 * y) for (x, y), who in cells.items() if who == owner]
        found.append(shapely.coverage_union_all(np.array(mine)))
    shapes = np.empty(len(found), dtype=object)
    shapes[:] = found
    return shapes


def points_of(rings: Rings) -> list[list[tuple[int, int]]]:
    pieces = np.split(rings.points, rings.starts[1:-1])
    return [[(x, y) for x, y in piece.tolist()] for piece in pieces]


def edges(points: list[tuple[int, int]]) -> list[Edge]:
    return [tuple(sorted(pair)) for pair in pairwise(points)]


def turned(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Start a ring at its lowest point; one that passes there twice, the lowest way."""
    starts = [n for n, point in enumerate(points) if point == min(points)]
    return min(points[n:] + points[:n] for n in starts)


def arcs_by_ring(arcs: Arcs) -> list[set[int]]:
    numbers = np.where(arcs.references < 0, -1 - arcs.references, arcs.references)
    return [set(piece.tolist()) for piece in np.split(numbers, np.cumsum(arcs.ring_lengths)[:-1])]


owner_grids = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 4), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


@given(owner_grids)
def test_arcs_give_back_the_rings_that_they_are_made_of(owners: list[list[int]]) -> None:
    _, rings, dropped = to_grid(areas_of(owners))
    assert dropped == 0
    found = [[(x, y) for x, y in ring.tolist()] for ring in rings_of(make_arcs(rings))]
    assert all(ring[0] == ring[-1] for ring in found)
    assert [turned(ring[:-1]) for ring in found] == [turned(ring) for ring in points_of(rings)]


@given(owner_grids)
def test_each_piece_of_border_stands_once(owners: list[list[int]]) -> None:
    _, rings, _ = to_grid(areas_of(owners))
    arcs = make_arcs(rings)
    lines = np.split(arcs.points, np.cumsum(arcs.lengths)[:-1])
    pieces = Counter(edge for line in lines for edge in edges([(x, y) for x, y in line.tolist()]))
    assert set(pieces.values()) == {1}
    assert set(pieces) == {edge for ring in points_of(rings) for edge in edges([*ring, ring[0]])}


def test_two_squares_share_one_arc() -> None:
    _, rings, _ = to_grid(np.array([square(0, 0), square(1000, 0)], dtype=object))
    arcs = make_arcs(rings)
    first, second = arcs_by_ring(arcs)
    assert len(first & second) == 1
    assert len(first | second) == 3
    # the neighbour walks it the other way
    [shared] = first & second
    assert {shared, -1 - shared} <= set(arcs.references.tolist())


def test_an_enclave_is_the_hole_around_it() -> None:
    _, rings, _ = to_grid(small_country().geometry)
    by_ring = arcs_by_ring(make_arcs(rings))
    inside = [arcs for arcs, area in zip(by_ring, rings.area, strict=True) if area == ENCLAVE]
    around = [arcs for arcs, area in zip(by_ring, rings.area, strict=True) if area == AROUND]
    assert len(inside) == 1
    assert len(around) == 2
    assert around[1] == inside[0]


def test_an_island_stays_part_of_its_area() -> None:
    _, rings, _ = to_grid(small_country().geometry)
    assert (rings.area == SCATTERED).sum() == 2
    assert len(set(rings.part[rings.area == SCATTERED].tolist())) == 2


def test_the_grid_is_as_fine_as_agreed() -> None:
    frame, rings, _ = to_grid(small_country().geometry)
    # fifteen kilometres of ground, stretched by 1 / cos of 52 degrees, in steps of four metres
    assert frame.width == pytest.approx(15_000 / np.cos(np.radians(52.05)) / 4, rel=0.002)
    assert rings.points.min(axis=0).tolist() == [0, 0]
    assert rings.points.max(axis=0).tolist() == [frame.width, frame.height]


def test_real_buurten_are_hardly_changed() -> None:
    shapes = gpd.read_file(DATA / "boundaries" / "buurten.geojson").to_crs(RD_NEW).geometry
    real = clean_borders(shapes.to_numpy()).shapes
    frame, rings, dropped = to_grid(simplified(real))
    assert dropped == 0
    corners = rings.points * UNIT * (1, -1) + (frame.west, frame.north)
    back = Transformer.from_crs(WEB_MERCATOR, RD_NEW, always_xy=True)
    places = np.column_stack(back.transform(*corners.T))
    drawn = shapely.linearrings(places, indices=np.repeat(range(len(rings.area)), rings.lengths))
    surfaces = shapely.polygons(drawn)
    assert shapely.is_valid(surfaces).all()
    # whoever walks round a hole has it at the right hand
    signs = np.where(shapely.is_ccw(drawn), 1, -1)
    sizes = np.bincount(rings.area, signs * shapely.area(surfaces))
    assert np.abs(sizes / shapely.area(real) - 1).max() < 0.013


def test_only_the_smallest_parts_go_and_the_largest_part_stays() -> None:
    speck = 1e-5
    shapes = np.array(
        [
            square(0, 0),
            shapely.MultiPolygon([square(2000, 0), square(4000, 0, speck)]),
            square(6000, 0, speck),
            shapely.MultiPolygon(),
        ],
        dtype=object,
    )
    _, rings, dropped = to_grid(shapes)
    assert rings.area.tolist() == [0, 1, 2]
    assert dropped == 1


def test_an_area_lies_to_the_left_of_its_ring() -> None:
    for shape in (square(0, 0), square(0, 0).reverse()):
        _, rings, _ = to_grid(np.array([shape], dtype=object))
        [ring] = points_of(rings)
        # the grid runs down, so that a ring with its area to the left has a negative sum
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) < 0
