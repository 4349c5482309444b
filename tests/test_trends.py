"""A trend is a robust line through comparable years, certain only beyond rounding and chance."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from geo_lv.divisions import Divisions, to_areas_of_now
from geo_lv.indicators.catalogue import Indicator
from geo_lv.schema import Change
from geo_lv.signals.kendall import chance_of_order
from geo_lv.signals.noise import Interval
from geo_lv.signals.rules import SignalRules
from geo_lv.signals.trend import COLUMNS, theil_sen, trend_table

from .signal_figures import GM, RULES, measure, table, weighted

AREA = "WK000001"


def line(*values: float | None, people: float | None = 1000, first: int = 2019) -> pd.DataFrame:
    """Return figures of one area in years after each other."""
    return pd.concat(
        [
            table((AREA, "maat", value), (AREA, "mensen", people), year=str(year))
            for year, value in enumerate(values, first)
        ],
        ignore_index=True,
    )


def trend(
    figures: pd.DataFrame, indicator: Indicator | None = None, rules: SignalRules = RULES
) -> dict[str, object]:
    """Return the trend of the one area that has one."""
    rows = trend_table(figures, [indicator or measure()], rules)
    assert list(rows.columns) == list(COLUMNS)
    (row,) = rows.to_dict("records")
    return {str(name): value for name, value in row.items()}


# Slopes of 40 43 44 49 50 by pairs: 3 2 3 2.5, 1 3 2.33, 5 3, 1; sorted 1 1 2 2.33 2.5 3 3 3 3 5,
# so 2.75. Each figure is half a point off at most, so a slope over n years 1/n at most.
# All ten pairs rise: of the 120 orders one does, and one falls throughout, so 2 / 120.


def test_a_line_by_hand() -> None:
    found = trend(line(40, 43, 44, 49, 50), measure(direction="lower_better"))
    assert found["slope"] == 2.75
    assert found["chance"] == pytest.approx(2 / 120)
    assert (found["direction"], found["side"]) == ("rising", "unfavourable")
    assert found["certainty"] == "certain"
    assert (found["years"], found["first"], found["last"]) == (5, "2019", "2023")
    # less 1, 1/2, 1/3 or 1/4: 2 1.5 2.67 2.25, 0 2.5 2, 4 2.5, 0, of which the median is 2.125
    assert found["slope_low"] == 2.125
    # more: 4 2.5 3.33 2.75, 2 3.5 2.67, 6 3.5, 2, of which the median is (2.75 + 3.33) / 2
    assert found["slope_high"] == pytest.approx((2.75 + 10 / 3) / 2)


def test_a_fall_is_the_mirror_of_a_rise() -> None:
    found = trend(line(50, 49, 44, 43, 40), measure(direction="lower_better"))
    assert (found["slope"], found["slope_high"]) == (-2.75, -2.125)
    assert (found["direction"], found["side"]) == ("falling", "favourable")
    assert found["certainty"] == "certain"


def test_three_years_are_never_certain() -> None:
    """Of the six orders of three figures two are as clear as can be."""
    found = trend(line(10, 50, 90))
    assert (found["slope"], found["certainty"]) == (40, "uncertain")
    assert found["chance"] == pytest.approx(1 / 3)


def test_a_line_within_rounding_is_not_certain() -> None:
    """Half a point in all could be none at all, however clear the order is."""
    values = (40.1, 40.2, 40.3, 40.4, 40.5, 40.6)
    assert trend(line(*values), measure(decimals=0))["certainty"] == "uncertain"
    assert trend(line(*values), measure(decimals=2))["certainty"] == "certain"


def test_the_rounding_of_counts_makes_a_line_uncertain() -> None:
    """One point a year of 200 people is two people, and CBS rounds to fives."""
    figures = pd.concat(
        [line(40, 41, 42, 43, 44, people=200)]
        + [table((AREA, "basis", 200), year=str(year)) for year in range(2019, 2024)]
    )
    fives = RULES.model_copy(update={"count_step": 5})
    exact = trend(figures, weighted("share", decimals=1))
    assert exact["certainty"] == "certain"
    assert trend(figures, weighted("share", decimals=1), fives)["certainty"] == "uncertain"


def test_figures_that_stay_the_same_are_level() -> None:
    found = trend(line(40, 40, 40, 40, 40), measure(direction="higher_better"))
    assert (found["direction"], found["side"], found["slope"]) == ("level", "", 0)
    assert (found["certainty"], found["chance"]) == ("uncertain", 1)


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        (line(40, 45), "few_years"),
        (line(40, None, None, 45), "few_years"),
        (line(40, 45, 50, people=199), "small"),
        (line(40, 45, 50, people=None), "small"),
    ],
)
def test_why_there_is_no_trend(figures: pd.DataFrame, why: str) -> None:
    found = trend(figures)
    assert found["unjudged"] == why
    assert {found[name] for name in ("direction", "side", "certainty")} == {""}
    assert all(math.isnan(float(str(found[name]))) for name in ("slope", "slope_low", "chance"))


def test_a_year_without_a_figure_is_not_used_and_breaks_nothing() -> None:
    found = trend(line(40, None, 44, 46, None, 50))
    assert (found["years"], found["slope"], found["last"]) == (4, 2, "2024")
    gap = line(40, None, 44, 46, None, 50)
    hidden = gap.copy()
    hidden.loc[hidden["value"].isna(), "value"] = 99.0
    pd.testing.assert_frame_equal(
        trend_table(gap, [measure()], RULES), trend_table(hidden, [measure()], RULES)
    )


def test_no_line_goes_over_a_border_that_was_drawn_anew() -> None:
    """Redrawn in 2021: the figures of 2019 and 2020 are of another area under the same code."""
    changes = {(AREA, year): Change.UNCHANGED for year in range(2019, 2026)}
    divisions = Divisions(2025, changes | {(AREA, 2021): Change.REDRAWN}, {})
    now, others = to_areas_of_now(line(90, 80, 40, 41, 42, 43, 44), divisions)
    found = trend(now)
    assert others.empty
    assert (found["first"], found["years"], found["slope"]) == ("2021", 5, 1)
    assert (found["direction"], found["certainty"]) == ("rising", "certain")


def test_the_municipality_has_a_trend_and_a_plan_area_has_none() -> None:
    years = [
        table((GM, "maat", year), ("een-plan", "maat", year), (GM, "mensen", 9000), year=str(year))
        for year in (2020, 2021, 2022)
    ]
    rows = trend_table(pd.concat(years), [measure()], RULES)
    assert rows["code"].tolist() == [GM]


def test_without_years_or_figures_there_are_no_trends() -> None:
    nothing = table((AREA, "maat", 40), (AREA, "mensen", 1000), year="")
    for figures in (nothing, table(), table((AREA, "maat", None))):
        assert trend_table(figures, [measure()], RULES).empty


# As scipy computes it


@given(st.lists(st.integers(0, 400), min_size=2, max_size=9, unique=True))
def test_chance_is_that_of_scipy(values: list[int]) -> None:
    expected = kendalltau(range(len(values)), values, method="exact").pvalue
    assert chance_of_order(np.array([values], dtype="float64"))[0] == pytest.approx(
        expected, abs=1e-9
    )


@pytest.mark.parametrize(
    "values",
    [
        (1, 1, 2),
        (1, 2, 2, 3),
        (3, 3, 1, 1, 2),
        (1, 1, 1, 2, 2, 3),
        (2, 1, 2, 1, 2, 3, 3),
        (5, 5, 5),
    ],
)
def test_chance_with_equal_figures_is_that_of_all_orders(values: tuple[int, ...]) -> None:
    """Each order of the figures, one by one."""

    def score(row: tuple[int, ...]) -> int:
        pairs = itertools.combinations(row, 2)
        return abs(sum((later > earlier) - (later < earlier) for earlier, later in pairs))

    scores = [score(row) for row in itertools.permutations(values)]
    expected = sum(one >= score(values) for one in scores) / len(scores)
    gaps = np.array([[math.nan, *values, math.nan]])
    assert chance_of_order(gaps)[0] == pytest.approx(expected, abs=1e-12)


@given(
    st.lists(st.none() | st.integers(0, 400), min_size=2, max_size=9).filter(
        lambda row: sum(value is not None for value in row) >= 2
    )
)
def test_a_slope_is_that_of_scipy(row: list[int | None]) -> None:
    years = np.arange(2015.0, 2015 + len(row))
    values = np.array([row], dtype="float64")
    known = np.isfinite(values[0])
    expected = theilslopes(values[0, known], years[known]).slope
    assert theil_sen(Interval(values, values), years).low[0] == pytest.approx(expected, abs=1e-9)


@given(
    st.lists(st.floats(0, 100), min_size=3, max_size=8),
    st.lists(st.floats(-1, 1), min_size=8, max_size=8),
)
def test_no_figures_within_rounding_have_a_slope_beyond_the_bounds(
    row: list[float], off: list[float]
) -> None:
    years, values = np.arange(len(row), dtype="float64"), np.array([row])
    moved = values + np.array([off[: len(row)]])
    bounds = theil_sen(Interval(values - 1, values + 1), years)
    slope = theil_sen(Interval(moved, moved), years).low
    assert bounds.low[0] - 1e-9 <= slope[0] <= bounds.high[0] + 1e-9
