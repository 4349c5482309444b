"""The fast join says the same as a slow one, on random coverages and where borders matter."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo_lv.areas import AreaLevel, Areas
from geo_lv.codes import wk_of
from geo_lv.crs import RD_NEW
from geo_lv.join import OUTSIDE, Candidates, JoinResult, account, find_candidates
from geo_lv.municipality import Boundaries

from .reference_join import Outcome, Weighed, outcome, weigh_all

WEST, SOUTH, SIDE = 100_000.0, 450_000.0, 300.0
CODES = ("BU00010101", "BU00010102", "BU00010103", "BU00010201", "BU00010202", "BU00010301")
FREE = ""
"""Ground of the grid that is in no buurt."""
EXAMPLES = 300
LEVELS: tuple[AreaLevel, ...] = ("buurt", "wijk", "plan", "gemeente")

EXACT = ((0, 0), (10, 0), (0, -10), (6, 8), (-8, 6), (-7, -24), (200, 0), (-120, 160), (0, -5))
"""Steps from a corner of a border that are just as long as a border may be off, metres."""
ALMOST = ((9, 9), (-9, 9), (9, -9), (-9, -9), (3, 1), (-2, 4), (11, 0), (0, 201), (150, 150))
BESIDE = (0.0, 0.001, 5.0, 9.999, 10.001, 199.999, 200.001)
"""Steps aside from a border, metres."""


@dataclass(frozen=True)
class Case:
    """Areas, points, and how far borders may be off."""

    areas: Areas
    points: pd.DataFrame
    accuracy: Boundaries


@st.composite
def coverages(draw: st.DrawFn) -> Areas:
    """Draw a grid with moved corners, and give each of its cells to a buurt or to none."""
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    count = columns * rows
    # several cells of one buurt make parts, holes and parts that touch in a corner
    owners = draw(st.lists(st.sampled_from((*CODES, FREE)), min_size=count, max_size=count))
    codes = sorted(set(owners) - {FREE})
    assume(codes)
    cells = draw_cells(draw, columns, rows)
    shapes = [
        shapely.coverage_union_all(
            [c for c, owner in zip(cells, owners, strict=True) if owner == code]
        )
        for code in codes
    ]
    borders = draw(
        st.lists(
            st.sampled_from(("official", "indicative")), min_size=len(codes), max_size=len(codes)
        )
    )
    return as_areas(codes, shapes, borders)


def draw_cells(draw: st.DrawFn, columns: int, rows: int) -> list[shapely.Geometry]:
    moved = st.integers(-60, 60)
    corners = {
        (column, row): (WEST + SIDE * column + draw(moved), SOUTH + SIDE * row + draw(moved))
        for column in range(columns + 1)
        for row in range(rows + 1)
    }
    around = ((0, 0), (1, 0), (1, 1), (0, 1))
    return [
        shapely.Polygon([corners[column + right, row + up] for right, up in around])
        for row in range(rows)
        for column in range(columns)
    ]


def as_areas(codes: list[str], shapes: list[shapely.Geometry], borders: list[str]) -> Areas:
    assert shapely.coverage_is_valid(shapes)
    buurten = gpd.GeoDataFrame(
        {"bu_name": codes, "wk_code": [wk_of(code) for code in codes], "border": borders},
        index=pd.Index(codes, name="bu_code", dtype="str"),
        geometry=shapes,
        crs=RD_NEW,
    )
    wijken = buurten.dissolve("wk_code", method="coverage")
    plan = {"name": ["plan"], "bu_codes": [tuple(codes[::2])]}
    plans = gpd.GeoDataFrame(plan, index=["plan"], geometry=[shapes[0]], crs=RD_NEW)
    return Areas("GM0001", buurten, wijken, plans, shapely.MultiLineString())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw areas with points on, near and far from their borders, and codes right and wrong."""
    areas = draw(coverages())
    corners = shapely.get_coordinates(areas.buurten.geometry.to_numpy())
    place = st.one_of(
        st.builds(step_from, st.sampled_from(corners.tolist()), st.sampled_from(EXACT + ALMOST)),
        st.builds(
            beside,
            st.sampled_from([*zip(corners[:-1].tolist(), corners[1:].tolist(), strict=True)]),
            st.floats(0, 1),
            st.sampled_from(BESIDE),
        ),
        st.tuples(st.floats(WEST - 500, WEST + 1700), st.floats(SOUTH - 500, SOUTH + 1700)),
        st.sampled_from(((math.nan, math.nan), (WEST, math.nan), (math.inf, SOUTH), (0.0, 0.0))),
    )
    code = st.just("") | st.sampled_from((*CODES, "BU99999999"))
    rows = draw(st.lists(st.tuples(place, code), min_size=draw(st.integers(0, 15)), max_size=40))
    points = pd.DataFrame(
        {
            "x_rd": np.array([x for (x, _), _ in rows], dtype="float64"),
            "y_rd": np.array([y for (_, y), _ in rows], dtype="float64"),
            "bu_code": pd.Series([code for _, code in rows], dtype="str"),
        }
    ).set_index(pd.Index([7 * row + 3 for row in range(len(rows))]))
    official, indicative = draw(st.sampled_from(((10, 200), (0, 0), (0, 200), (10, 5), (25, 25))))
    accuracy = Boundaries(official_accuracy_m=official, indicative_accuracy_m=indicative)
    return Case(areas, points, accuracy)


def step_from(corner: list[float], step: tuple[int, int]) -> tuple[float, float]:
    return corner[0] + step[0], corner[1] + step[1]


def beside(
    line: tuple[list[float], list[float]], share: float, aside: float
) -> tuple[float, float]:
    (x, y), (to_x, to_y) = line
    length = math.hypot(to_x - x, to_y - y) or 1.0
    right, up = (to_y - y) / length, (x - to_x) / length
    return x + share * (to_x - x) + aside * right, y + share * (to_y - y) + aside * up


def unpacked(found: Candidates) -> Iterator[Weighed]:
    """Give the candidates of each row as codes, the others in the order of the alphabet."""
    others: dict[int, list[str]] = {}
    for row, other in zip(found.rows.tolist(), found.others.tolist(), strict=True):
        others.setdefault(row, []).append(found.codes[other] if other >= 0 else OUTSIDE)
    for row, (first, reason) in enumerate(zip(found.first.tolist(), found.reason, strict=True)):
        likeliest = (found.codes[first],) if first >= 0 else ()
        yield (*likeliest, *sorted(others.get(row, []))), reason


def in_one_order(weighed: Weighed) -> Weighed:
    candidates, reason = weighed
    return (*candidates[:1], *sorted(candidates[1:])), reason


def outcomes(result: JoinResult) -> dict[object, Outcome]:
    """Give what became of each row."""
    parts = {
        "matched": result.matched,
        "unmatched": result.unmatched,
        "ambiguous": result.ambiguous,
    }
    return {row: (name, value) for name, part in parts.items() for row, value in part.items()}


@settings(max_examples=EXAMPLES)
@given(case=cases())
def test_the_fast_join_says_the_same_as_the_slow_one(case: Case) -> None:
    found = find_candidates(case.points, case.areas, case.accuracy)
    expected = weigh_all(case.points, case.areas, case.accuracy)
    assert list(unpacked(found)) == [in_one_order(weighed) for weighed in expected]
    assert list(found.reason.index) == list(case.points.index)
    for level in LEVELS:
        parents = case.areas.parents(level)
        result = account(found, parents)
        assert result.total == len(case.points)
        rows = zip(case.points.index, expected, strict=True)
        assert outcomes(result) == {row: outcome(weighed, parents) for row, weighed in rows}
