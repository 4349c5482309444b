"""From wijken and buurten to plan areas: sums, right weights, or a reason why not."""

import math
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.areas import Areas
from geo_lv.indicators.aggregate import NO_WEIGHT, NOT_EVERYWHERE, aggregate_plan_areas
from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.figures import COLUMNS

X, Y = 100_000.0, 450_000.0
CODES = ("BU00010100", "BU00010101", "BU00010200", "BU00010300", "BU00010400", "BU00010401")
BOXES = {code: (X + 100 * n, Y, X + 100 * n + 100, Y + 100) for n, code in enumerate(CODES)}
PLANS = {
    "heel": ("BU00010100", "BU00010101"),  # the wijk WK000101
    "beide": ("BU00010200", "BU00010300"),  # the wijken WK000102 and WK000103
    "deel": ("BU00010401",),  # a part of WK000104
}


def indicator(name: str, aggregation: str, weight: str = "") -> Indicator:
    return Indicator.model_validate(
        {
            "id": name,
            "label": name,
            "unit": "x",
            "theme": "t",
            "decimals": 0,
            "direction": "neutral",
            "aggregation": aggregation,
            "weight": weight,
            "aggregation_note": "Kan niet." if aggregation == "none" else "",
            "explanation": "",
            "source": "",
        }
    )


CATALOGUE = (
    indicator("woningen", "sum"),
    indicator("woz", "weighted_mean", "woningen"),
    indicator("klasse", "none"),
)

Known = dict[tuple[str, str], float | str]
"""Area and indicator to a value, or to the reason why there is none."""


@pytest.fixture(scope="module")
def areas(make_areas: Callable[..., Areas]) -> Areas:
    """Return four wijken, of two, one, one and two buurten."""
    return make_areas(BOXES, plans=PLANS)


def aggregate(areas: Areas, known: Known) -> dict[tuple[str, str], tuple[float, str, str]]:
    """Return value, reason and note per plan area and indicator, for figures of one year."""
    rows = [
        (code, name, "2024", math.nan, value, "")
        if isinstance(value, str)
        else (code, name, "2024", value, "", "")
        for (code, name), value in known.items()
    ]
    figures = pd.DataFrame(rows, columns=list(COLUMNS))
    found = aggregate_plan_areas(figures, CATALOGUE, areas)
    assert list(found.columns) == list(COLUMNS)
    return {
        (row["code"], row["indicator"]): (row["value"], row["reason"], row["note"])
        for row in found.to_dict("records")
    }


def test_a_weighted_mean_is_not_the_mean_of_means(areas: Areas) -> None:
    """100 homes of 200 and 300 homes of 400: (20,000 + 120,000) / 400 = 350, and not 300."""
    found = aggregate(
        areas,
        {
            ("WK000102", "woningen"): 100,
            ("WK000103", "woningen"): 300,
            ("WK000102", "woz"): 200,
            ("WK000103", "woz"): 400,
        },
    )
    value, reason, note = found["beide", "woz"]
    assert (value, reason) == (350, "")
    assert "Gewogen gemiddelde" in note
    assert found["beide", "woningen"][:2] == (400, "")


def test_a_whole_wijk_is_taken_as_published_and_not_added_up(areas: Areas) -> None:
    """CBS rounds: the buurten give 45 + 40 = 85, the wijk says 90."""
    found = aggregate(
        areas,
        {
            ("WK000101", "woningen"): 90,
            ("BU00010100", "woningen"): 45,
            ("BU00010101", "woningen"): 40,
        },
    )
    assert found["heel", "woningen"] == (90, "", "")


def test_buurten_stand_in_for_a_wijk_without_a_figure(areas: Areas) -> None:
    found = aggregate(
        areas,
        {
            ("WK000101", "woningen"): "missing",
            ("BU00010100", "woningen"): 45,
            ("BU00010101", "woningen"): 40,
        },
    )
    assert found["heel", "woningen"][:2] == (85, "")


def test_what_is_secret_for_a_wijk_is_not_worked_out_from_its_buurten(areas: Areas) -> None:
    found = aggregate(
        areas,
        {
            ("WK000101", "woningen"): "suppressed",
            ("BU00010100", "woningen"): 45,
            ("BU00010101", "woningen"): 40,
        },
    )
    value, reason, _ = found["heel", "woningen"]
    assert (math.isnan(value), reason) == (True, "suppressed")


@pytest.mark.parametrize(
    ("known", "plan", "name", "reason", "note"),
    [
        # the wijk is known, the part of it is not
        ({("WK000104", "woningen"): 100}, "deel", "woningen", "missing", NOT_EVERYWHERE),
        # one of two parts has no row, or a reason
        ({("WK000102", "woningen"): 100}, "beide", "woningen", "missing", NOT_EVERYWHERE),
        (
            {("WK000102", "woningen"): 100, ("WK000103", "woningen"): "missing"},
            "beide",
            "woningen",
            "missing",
            NOT_EVERYWHERE,
        ),
        (
            {("WK000104", "woningen"): 100, ("BU00010401", "woningen"): "suppressed"},
            "deel",
            "woningen",
            "suppressed",
            NOT_EVERYWHERE,
        ),
        (
            {("WK000102", "woningen"): 100, ("BU00010300", "woningen"): "suppressed"},
            "beide",
            "woningen",
            "suppressed",
            NOT_EVERYWHERE,
        ),
        # classes cannot be averaged
        (
            {("WK000102", "klasse"): 1, ("WK000103", "klasse"): 5},
            "beide",
            "klasse",
            "not_applicable",
            "Kan niet.",
        ),
        # the weight of a part is not known, or all weights are zero
        (
            {("WK000102", "woz"): 1, ("WK000103", "woz"): 2, ("WK000102", "woningen"): 1},
            "beide",
            "woz",
            "missing",
            NO_WEIGHT,
        ),
        (
            {
                ("WK000102", "woz"): 1,
                ("WK000103", "woz"): 2,
                ("WK000102", "woningen"): 0,
                ("WK000103", "woningen"): 0,
            },
            "beide",
            "woz",
            "missing",
            NO_WEIGHT,
        ),
    ],
)
def test_what_cannot_be_aggregated_says_why(
    areas: Areas, known: Known, plan: str, name: str, reason: str, note: str
) -> None:
    value, *why = aggregate(areas, known)[plan, name]
    assert math.isnan(value)
    assert why == [reason, note]


def test_one_whole_area_keeps_a_figure_that_cannot_be_aggregated(areas: Areas) -> None:
    assert aggregate(areas, {("WK000101", "klasse"): 3})["heel", "klasse"] == (3, "", "")


sizes = st.none() | st.integers(min_value=0, max_value=10_000)
means = st.none() | st.integers(min_value=-50, max_value=1_000)


@given(
    homes=st.tuples(*[sizes] * len(CODES)),
    values=st.tuples(*[means] * len(CODES)),
)
def test_sums_add_up_means_stay_within_their_parts_and_nothing_is_made_up(
    areas: Areas, homes: tuple[int | None, ...], values: tuple[int | None, ...]
) -> None:
    """Only buurten have figures here, so each plan area has exactly the parts that it names."""
    known: Known = {}
    for code, size, woz in zip(CODES, homes, values, strict=True):
        known[code, "woningen"] = "missing" if size is None else size
        known[code, "woz"] = "missing" if woz is None else woz
    found = aggregate(areas, known)
    for slug, parts in PLANS.items():
        sizes_of_parts = [homes[CODES.index(code)] for code in parts]
        present = [size for size in sizes_of_parts if size is not None]
        total, reason, _ = found[slug, "woningen"]
        if len(present) == len(parts):
            assert (total, reason) == (sum(present), "")
        else:
            assert math.isnan(total)
            assert reason == "missing"
        means_of_parts = [values[CODES.index(code)] for code in parts]
        there = [value for value in means_of_parts if value is not None]
        mean, reason, _ = found[slug, "woz"]
        weighed = len(parts) == 1 or (len(present) == len(parts) and sum(present) > 0)
        if len(there) == len(parts) and weighed:
            assert reason == ""
            assert min(there) - 1e-9 <= mean <= max(there) + 1e-9
        else:
            assert math.isnan(mean)
            assert reason == "missing"
