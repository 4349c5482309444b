"""In which area a point lies: as geopandas says, and on a border in the first that touches."""

import math
import pickle
from unittest.mock import patch

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.country import grid as grid_module
from geo_lv.country.grid import NOWHERE, Grid, lay_grid
from geo_lv.country.located import locate, look_up

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]

CELL = 10.0
"""Side of the squares of which areas are made, metres."""


def as_geopandas(x: Floats, y: Floats, shapes: Shapes) -> list[int]:
    """Join with another library: the lowest position of all that a point lies in or on."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y))
    pairs = points.sjoin(gpd.GeoDataFrame(geometry=shapes), predicate="intersects")
    lowest = pairs["index_right"].groupby(level=0).min()
    found: list[int] = lowest.reindex(points.index, fill_value=NOWHERE).tolist()
    return found


def grid_of(shapes: Shapes, cells_per_corner: int) -> Grid:
    with patch.object(grid_module, "_CELLS_PER_CORNER", cells_per_corner):
        return lay_grid(shapes)


def squares(pattern: list[str], west: float = 0.0, south: float = 0.0) -> Shapes:
    """Make one area of all squares with the same letter, by letter; a blank is in none."""
    boxes: dict[str, list[shapely.Polygon]] = {}
    for row, line in enumerate(reversed(pattern)):
        for column, letter in enumerate(line):
            low_x, low_y = west + CELL * column, south + CELL * row
            box = shapely.box(low_x, low_y, low_x + CELL, low_y + CELL)
            boxes.setdefault(letter, []).append(box)
    boxes.pop(" ", None)
    return np.array([shapely.union_all(boxes[letter]) for letter in sorted(boxes)], dtype=object)


patterns = st.lists(st.text("ABCD ", min_size=4, max_size=4), min_size=1, max_size=5).filter(
    lambda lines: any(line.strip() for line in lines)
)
# a quarter of a square is on a border one time in four; far beyond, and no number, happen too
steps = st.integers(min_value=-6, max_value=26).map(lambda step: step * CELL / 4)
odd = st.sampled_from((math.nan, math.inf, -math.inf, -1e9, 1e9, CELL - 1e-9, CELL + 1e-9))
metres = st.one_of(steps, steps, steps, odd)
shifts = st.sampled_from((0.0, -15.0, 100_000.3, -7_000.7))


@given(
    pattern=patterns,
    places=st.lists(st.tuples(metres, metres), max_size=30),
    shift=shifts,
    cells_per_corner=st.sampled_from((1, 2, 50, 500)),
)
def test_the_grid_finds_what_geopandas_finds(
    pattern: list[str], places: list[tuple[float, float]], shift: float, cells_per_corner: int
) -> None:
    shapes = squares(pattern, shift, shift)
    x, y = np.array(places, dtype=float).reshape(-1, 2).T + shift
    finite = np.isfinite(x) & np.isfinite(y)
    expected = np.full(len(x), NOWHERE)
    expected[finite] = as_geopandas(x[finite], y[finite], shapes)
    assert look_up(x, y, grid_of(shapes, cells_per_corner)).tolist() == expected.tolist()
    assert locate(x, y, shapes).tolist() == expected.tolist()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("cells_per_corner", [1, 2, 40])
def test_slanting_borders_and_the_corners_of_the_cells(seed: int, cells_per_corner: int) -> None:
    rng = np.random.default_rng(seed)
    seeds = shapely.MultiPoint(rng.uniform(-500, 500, (60, 2)))
    shapes = np.array(shapely.get_parts(shapely.voronoi_polygons(seeds)), dtype=object)
    grid = grid_of(shapes, cells_per_corner)
    column, row = np.meshgrid(np.arange(grid.columns + 1), np.arange(grid.rows + 1))
    on_cells = grid.corner + np.stack((column, row), axis=-1).reshape(-1, 2) * grid.size
    on_corners = shapely.get_coordinates(shapes)
    anywhere = rng.uniform(-1500, 1500, (2000, 2))
    x, y = np.concatenate((on_cells, on_corners, anywhere)).T
    found = look_up(x, y, grid)
    assert found.tolist() == as_geopandas(x, y, shapes)
    assert np.count_nonzero(found == NOWHERE) > 100
    assert len(set(found.tolist())) > 50


def test_holes_enclaves_and_islands() -> None:
    # A has an enclave B and a hole; C has an island of its own; worked out by hand
    shapes = squares(["AAAA  C", "AB A   ", "AAAA CC"])
    places = {
        (5, 5): 0,
        (15, 15): 1,
        (25, 15): NOWHERE,  # the hole
        (20, 15): 1,  # between B and the hole: the border of B and of A's hole is B's
        (10, 15): 0,  # between A and B: the first
        (10, 10): 0,
        (30, 15): 0,  # between the hole and A
        (55, 5): 2,
        (65, 25): 2,  # the island
        (60, 20): 2,  # its corner
        (60, 15): NOWHERE,
        (45, 15): NOWHERE,
        (0, 0): 0,  # the outer corner
        (-0.001, 0): NOWHERE,
        (70, 30): 2,  # the farthest corner
    }
    x, y = np.array([*places], dtype=float).T
    assert look_up(x, y, lay_grid(shapes)).tolist() == [*places.values()]


def test_the_order_of_the_areas_decides_on_a_border() -> None:
    shapes = squares(["AB"])
    x, y = np.array([CELL]), np.array([CELL / 2])
    for each in (shapes, shapes[::-1]):
        assert look_up(x, y, lay_grid(each)).tolist() == [0]
        assert locate(x, y, each).tolist() == [0]


def test_the_same_place_twice_is_the_same_area_twice() -> None:
    shapes = squares(["AB", "CD"])
    x, y = np.array([5.0, 15.0, 5.0, 10.0, 10.0]), np.array([5.0, 5.0, 5.0, 10.0, 10.0])
    assert look_up(x, y, lay_grid(shapes)).tolist() == [2, 3, 2, 0, 0]


def test_nothing_to_look_up_and_nowhere_to_be() -> None:
    none, one = np.zeros(0), np.ones(1)
    nothing = np.zeros(0, dtype=object)
    assert locate(none, none, squares(["A"])).tolist() == []
    assert look_up(none, none, lay_grid(squares(["A"]))).tolist() == []
    assert locate(one, one, nothing).tolist() == [NOWHERE]
    assert look_up(one, one, lay_grid(nothing)).tolist() == [NOWHERE]


def test_many_points_are_looked_up_in_blocks() -> None:
    shapes = squares(["AB", " C"])
    rng = np.random.default_rng(5)
    x, y = rng.integers(-4, 25, (2, 200_000)).astype(float)
    found = locate(x, y, shapes)
    assert found.tolist() == as_geopandas(x, y, shapes)
    assert len(x) > (1 << 16) * 3


def test_a_grid_is_the_same_in_another_process() -> None:
    shapes = squares(["AABB", "ACCB", "A  B"], -20.0, -20.0)
    grid = lay_grid(shapes)
    again = pickle.loads(pickle.dumps(grid))  # noqa: S301  what was just written
    x, y = np.random.default_rng(3).integers(-25, 25, (2, 500)).astype(float)
    assert look_up(x, y, again).tolist() == look_up(x, y, grid).tolist()
    assert shapely.is_prepared(again.shapes).all()
