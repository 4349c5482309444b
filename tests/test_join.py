"""Every point is accounted for, on every level, as an oracle without geometry library says."""

import math
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.areas import NO_PLAN_AREA, AreaLevel, Areas
from geo_lv.join import (
    CONTRADICTION,
    FOREIGN,
    NEAR_BORDER,
    NO_PLACE,
    UNKNOWN_CODE,
    account,
    find_candidates,
)
from geo_lv.municipality import Boundaries

# Two rows of three squares of a kilometre, as on a map:
#   WK000102: BU00010201  BU00010202  BU00010203
#   WK000101: BU00010101  BU00010102  WK000103: BU00010301
# The borders of 0101, 0102, 0201 and 0202 are indicative: inside a wijk 200 m, elsewhere 10 m.
WEST, SOUTH, SIDE = 100_000.0, 450_000.0, 1_000.0
PLACES = {
    "BU00010101": (0, 0),
    "BU00010102": (1, 0),
    "BU00010301": (2, 0),
    "BU00010201": (0, 1),
    "BU00010202": (1, 1),
    "BU00010203": (2, 1),
}
BOXES = {
    code: (
        WEST + column * SIDE,
        SOUTH + row * SIDE,
        WEST + (column + 1) * SIDE,
        SOUTH + (row + 1) * SIDE,
    )
    for code, (column, row) in PLACES.items()
}
INDICATIVE = ("BU00010101", "BU00010102", "BU00010201", "BU00010202")
PLANS = {"west": ("BU00010101", "BU00010201"), "klein": ("BU00010102",)}
ACCURACY = Boundaries(official_accuracy_m=10, indicative_accuracy_m=200)
LEVELS: tuple[AreaLevel, ...] = ("buurt", "wijk", "plan", "gemeente")

Row = tuple[float, float, str]
Outcome = tuple[str, str]
"""Area code, or ``""`` and the reason."""


@pytest.fixture(scope="module")
def areas(make_areas: Callable[..., Areas]) -> Areas:
    """Return the squares."""
    return make_areas(BOXES, indicative=INDICATIVE, plans=PLANS)


def join(rows: list[Row], areas: Areas, level: AreaLevel) -> list[Outcome]:
    """Return what the code makes of some points, in order."""
    points = pd.DataFrame(rows, columns=["x_rd", "y_rd", "bu_code"]).set_index(
        pd.Index([7 * row + 3 for row in range(len(rows))])
    )
    points["bu_code"] = points["bu_code"].astype("str")
    result = account(find_candidates(points, areas, ACCURACY), areas.parents(level))
    assert result.total == len(rows)
    found: dict[int, Outcome] = {}
    for row, code in result.matched.items():
        found[int(str(row))] = (code, "")
    for lost in (result.unmatched, result.ambiguous):
        for row, reason in lost.items():
            found[int(str(row))] = ("", reason)
    assert len(found) == len(rows)
    return [found[row] for row in points.index]


def distance(x: float, y: float, code: str) -> float:
    """Return the distance to a square, 0 inside and on its border."""
    west, south, east, north = BOXES[code]
    return math.hypot(max(west - x, 0, x - east), max(south - y, 0, y - north))


def near_edge(x: float, y: float) -> bool:
    """Tell whether a point lies within 10 m of the outer border, inside or outside."""
    west, south, east, north = WEST, SOUTH, WEST + 3 * SIDE, SOUTH + 2 * SIDE
    if west <= x <= east and south <= y <= north:
        return min(x - west, east - x, y - south, north - y) <= 10
    return math.hypot(max(west - x, 0, x - east), max(south - y, 0, y - north)) <= 10


def possible(x: float, y: float) -> list[str]:
    """Return the buurten in which a place may lie, the likeliest first; ``outside`` if it may."""
    order = sorted((distance(x, y, code), code) for code in BOXES)
    nearest_distance, nearest = order[0]
    if nearest_distance > 10:
        return []
    codes = [nearest]
    for away, code in order[1:]:
        inner = code[:8] == nearest[:8] and {code, nearest} <= set(INDICATIVE)
        if away <= (200 if inner else 10):
            codes.append(code)
    return [*codes, "outside"] if near_edge(x, y) else codes


def expected(row: Row, level: AreaLevel) -> Outcome:
    """Return what must become of a point, in the words of the rules."""
    x, y, code = row
    if code and code not in BOXES:
        return "", UNKNOWN_CODE
    if math.isnan(x) or math.isnan(y):
        return (parent(code, level), "") if code else ("", NO_PLACE)
    near = possible(x, y)
    if code in near:
        return parent(code, level), ""
    if code:
        candidates, reason = [code, *(near[:1] or ["outside"])], CONTRADICTION
    elif near:
        candidates, reason = near, NEAR_BORDER
    else:
        return "", FOREIGN
    parents = {parent(candidate, level) for candidate in candidates}
    return ("", reason) if len(parents) > 1 else (parents.pop(), "")


def parent(code: str, level: AreaLevel) -> str:
    if code == "outside":
        return "outside"
    inside = [slug for slug, codes in PLANS.items() if code in codes]
    plan = inside[0] if inside else NO_PLAN_AREA
    return {"buurt": code, "wijk": f"WK{code[2:8]}", "plan": plan, "gemeente": "GM0001"}[level]


whole_metres = st.integers(min_value=-300, max_value=3300).map(float)
awkward_metres = st.just(math.nan) | st.sampled_from(
    (-11, -10, 0, 10, 11, 199.5, 500, 800, 989.5, 990, 1000, 1010, 1200, 1201, 1800, 1989, 2000)
)
metres = st.one_of(whole_metres, awkward_metres)
codes = st.one_of(st.just(""), st.sampled_from(sorted(BOXES)), st.just("BU00019999"))
rows = st.tuples(metres.map(lambda x: WEST + x), metres.map(lambda y: SOUTH + y), codes)


@given(rows=st.lists(rows, max_size=12))
def test_every_row_becomes_what_the_rules_say_and_none_is_lost(
    areas: Areas, rows: list[Row]
) -> None:
    for level in LEVELS:
        assert join(rows, areas, level) == [expected(row, level) for row in rows]


@pytest.mark.parametrize(
    ("x", "y", "code", "buurt", "wijk", "plan"),
    [
        # well inside, with and without a code
        (500, 500, "", ("BU00010101", ""), ("WK000101", ""), ("west", "")),
        (500, 500, "BU00010101", ("BU00010101", ""), ("WK000101", ""), ("west", "")),
        # exactly on an indicative line, and 150 m from it: the wijk is certain, the buurt is not
        (1000, 500, "", ("", NEAR_BORDER), ("WK000101", ""), ("", NEAR_BORDER)),
        (850, 500, "", ("", NEAR_BORDER), ("WK000101", ""), ("", NEAR_BORDER)),
        (799, 500, "", ("BU00010101", ""), ("WK000101", ""), ("west", "")),
        # there a registered code decides
        (850, 500, "BU00010102", ("BU00010102", ""), ("WK000101", ""), ("klein", "")),
        # a line between wijken is official: 10 m, however indicative both buurten are inside
        (500, 1010, "", ("", NEAR_BORDER), ("", NEAR_BORDER), ("west", "")),
        (500, 1011, "", ("BU00010201", ""), ("WK000102", ""), ("west", "")),
        # where four meet
        (1000, 1000, "", ("", NEAR_BORDER), ("", NEAR_BORDER), ("", NEAR_BORDER)),
        # an official line inside a wijk, and a home outside every plan area
        (1995, 1500, "", ("", NEAR_BORDER), ("WK000102", ""), (NO_PLAN_AREA, "")),
        (2500, 1500, "", ("BU00010203", ""), ("WK000102", ""), (NO_PLAN_AREA, "")),
        # the outer border: 10 m is uncertain on both sides, farther out is outside
        (-10, 500, "", ("", NEAR_BORDER), ("", NEAR_BORDER), ("", NEAR_BORDER)),
        (10, 500, "", ("", NEAR_BORDER), ("", NEAR_BORDER), ("", NEAR_BORDER)),
        (-10, 500, "BU00010101", ("BU00010101", ""), ("WK000101", ""), ("west", "")),
        (-11, 500, "", ("", FOREIGN), ("", FOREIGN), ("", FOREIGN)),
        (-11, 500, "BU00010101", ("", CONTRADICTION), ("", CONTRADICTION), ("", CONTRADICTION)),
        # a code that the place contradicts, in the same wijk and in another
        (500, 500, "BU00010102", ("", CONTRADICTION), ("WK000101", ""), ("", CONTRADICTION)),
        (500, 500, "BU00010203", ("", CONTRADICTION), ("", CONTRADICTION), ("", CONTRADICTION)),
        # only a code, neither, half a place, a code that does not exist
        (math.nan, math.nan, "BU00010301", ("BU00010301", ""), ("WK000103", ""), None),
        (math.nan, math.nan, "", ("", NO_PLACE), ("", NO_PLACE), ("", NO_PLACE)),
        (500, math.nan, "", ("", NO_PLACE), ("", NO_PLACE), ("", NO_PLACE)),
        (500, 500, "BU00019999", ("", UNKNOWN_CODE), ("", UNKNOWN_CODE), ("", UNKNOWN_CODE)),
    ],
)
def test_outcome_of_a_point(  # noqa: PLR0913 - a table of cases
    *,
    areas: Areas,
    x: float,
    y: float,
    code: str,
    buurt: Outcome,
    wijk: Outcome,
    plan: Outcome | None,
) -> None:
    row = (WEST + x, SOUTH + y, code)
    assert join([row], areas, "buurt") == [buurt]
    assert join([row], areas, "wijk") == [wijk]
    assert join([row], areas, "plan") == [plan or (NO_PLAN_AREA, "")]


def test_no_rows_give_no_outcomes(areas: Areas) -> None:
    for level in LEVELS:
        assert join([], areas, level) == []
