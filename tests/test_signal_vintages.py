"""A signal holds in several years; what is absent makes none and hides none."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.figures import KEY
from geo_lv.pipeline import Results
from geo_lv.signals.rules import SignalRules
from geo_lv.signals.table import signal_table
from geo_lv.signals.themes import COLUMNS, theme_table
from geo_lv.signals.vintages import held

from .signal_figures import GM, HIGHEST, LOWEST, NINE, RULES, measure, rows_of, table

Rules = tuple[tuple[Indicator, ...], SignalRules, str]


def history(**years: Mapping[str, float | None]) -> pd.DataFrame:
    """Return figures of several years, in which areas may differ from `NINE`."""
    return pd.concat(
        [
            table(*rows_of({**NINE, **changes}), year=year.removeprefix("y"))
            for year, changes in years.items()
        ],
        ignore_index=True,
    )


def of(figures: pd.DataFrame, code: str) -> dict[str, tuple[str, int, int, str]]:
    """Return level, held, years and since of an area, by year."""
    rows = signal_table(figures, [measure()], RULES, GM)
    rows = rows[rows["code"] == code]
    return {
        row["year"]: (row["level"], row["held"], row["years"], row["since"])
        for row in rows.to_dict("records")
    }


# The highest area has z 2.25 at 60. At 53 it has none: then the deviations are -10 -6 -3 -1 0 1 3 3
# 6, their median is 0 and the distances 0 1 1 3 3 3 6 6 10, so z = 3 / 4.4478 = 0.67.


def test_one_year_is_enough_when_there_is_one() -> None:
    assert of(history(y2022={}), HIGHEST) == {"2022": ("strong", 1, 1, "2022")}


def test_with_two_years_both_must_have_it() -> None:
    assert of(history(y2021={}, y2022={}), HIGHEST)["2022"] == ("strong", 2, 2, "2021")
    assert of(history(y2021={HIGHEST: 53}, y2022={}), HIGHEST)["2022"] == ("", 1, 2, "2022")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((60, 60, 60), ("strong", 3, 3, "2020")),
        ((53, 60, 60), ("strong", 2, 3, "2021")),
        ((60, 53, 60), ("strong", 2, 3, "2022")),
        ((53, 53, 60), ("", 1, 3, "2022")),
        ((60, 60, 53), ("", 0, 3, "")),
        ((40, 40, 60), ("", 1, 3, "2022")),  # on the other side
        ((40, 60, 60), ("strong", 2, 3, "2021")),
    ],
)
def test_two_of_the_last_three_years_must_have_it_this_one_included(
    values: tuple[float, ...], expected: tuple[str, int, int, str]
) -> None:
    first, second, third = ({HIGHEST: value} for value in values)
    assert of(history(y2020=first, y2021=second, y2022=third), HIGHEST)["2022"] == expected


def test_a_signal_is_as_strong_as_enough_years_have_it() -> None:
    """57 is 1.57 spreads from the middle: watch. Strong in one year of two is watch."""
    figures = history(y2021={HIGHEST: 57}, y2022={})
    assert of(figures, HIGHEST)["2022"] == ("watch", 2, 2, "2021")
    figures = history(y2020={}, y2021={HIGHEST: 57}, y2022={})
    assert of(figures, HIGHEST)["2022"] == ("strong", 2, 3, "2020")


def test_a_year_without_a_figure_gives_its_place_to_the_year_before() -> None:
    figures = history(y2020={}, y2021={}, y2022={HIGHEST: None}, y2023={HIGHEST: 60})
    assert of(figures, HIGHEST) == {
        "2020": ("strong", 1, 1, "2020"),
        "2021": ("strong", 2, 2, "2020"),
        "2022": ("", 0, 0, ""),
        "2023": ("strong", 3, 3, "2020"),
    }


def test_only_the_last_years_count() -> None:
    figures = history(y2020={}, y2021={HIGHEST: 53}, y2022={HIGHEST: 53}, y2023={})
    assert of(figures, HIGHEST)["2023"] == ("", 1, 3, "2023")


EVIDENCE = st.lists(st.sampled_from([-2, -1, 0, 1, 2, None]), min_size=1, max_size=8)


def plain(row: list[int | None], vintages: int, needed: int) -> list[tuple[int, int, int, int]]:
    """Say the same for one area, a year at a time."""
    answers = []
    for place, now in enumerate(row):
        seen = [at for at in range(place + 1) if row[at] is not None]
        if now is None:
            answers.append((0, 0, 0, -1))
            continue
        window = [row[at] or 0 for at in seen[-vintages:]]
        sign = (now > 0) - (now < 0)
        counts = [sum(sign * other >= step for other in window) for step in (1, 2)]
        level = max(
            step if abs(now) >= step and counts[step - 1] >= min(len(window), needed) else 0
            for step in (1, 2)
        )
        since = -1
        for at in reversed(seen):
            if (row[at] or 0) * sign <= 0:
                break
            since = at
        answers.append((level, len(window), counts[max(level, 1) - 1], since))
    return answers


@given(EVIDENCE, st.integers(1, 4), st.data())
def test_vintages_are_those_of_a_plain_calculation(
    row: list[int | None], vintages: int, data: st.DataObject
) -> None:
    needed = data.draw(st.integers(1, vintages))
    evidence = np.array([[value or 0 for value in row]])
    judged = np.array([[value is not None for value in row]])
    found = zip(*(part[0] for part in held(evidence, judged, vintages, needed)), strict=True)
    assert list(found) == plain(row, vintages, needed)


@given(EVIDENCE, st.data())
def test_a_year_that_cannot_be_judged_is_as_if_it_was_not_there(
    row: list[int | None], data: st.DataObject
) -> None:
    row = [*row, data.draw(st.sampled_from([-2, 1, None]))]
    gone = data.draw(st.integers(0, len(row) - 1))
    evidence = np.array([[value or 0 for value in row]])
    judged = np.array([[value is not None for value in row]])
    judged[0, gone] = False
    with_gap = held(evidence, judged, 3, 2)
    without = held(np.delete(evidence, gone, 1), np.delete(judged, gone, 1), 3, 2)
    for here, there in zip(with_gap[:3], without[:3], strict=True):
        assert np.delete(here, gone, 1).tolist() == there.tolist()
    assert [part[0, gone] for part in with_gap] == [0, 0, 0, -1]


# Each value removed in turn, in three years of figures and in the embedded data

SHOWN = ["low", "high", "deviation", "deviation_low", "deviation_high"]
REASONS = ("missing", "suppressed", "not_applicable")


def some_years() -> pd.DataFrame:
    """Return three years of two indicators, in which areas come and go."""
    years = history(
        y2020={LOWEST: 49, "WK000010": 71},
        y2021={"WK000003": None, "WK000010": 75},
        y2022={HIGHEST: 54, "WK000010": 71},
    )
    other = years[years["indicator"] == "maat"].assign(indicator="twee")
    return pd.concat([years, other], ignore_index=True)


def check_without(figures: pd.DataFrame, row: int, rules: Rules, before: pd.DataFrame) -> None:
    """
    Check what changes when a value goes, and what does not.

    It is as if there was no such row, whatever the reason and whatever still stands under it. The
    area has no signal in that year and says that its figure is unknown. Other areas keep figure,
    interval and difference to the last digit; of their place among the areas only that of this
    year may change. Nothing at all changes for other indicators.
    """
    hidden = figures.copy()
    hidden.loc[row, "reason"] = REASONS[row % len(REASONS)]
    after, without = (
        signal_table(one, *rules).set_index(KEY) for one in (hidden, figures.drop(row))
    )
    pd.testing.assert_frame_equal(after, without)
    code, indicator, year = figures[KEY].to_numpy()[row]
    key = before.index.to_frame()
    here = (key["indicator"] == indicator) & (key["year"] == year)
    own = after[here & (key["code"] == code)]
    assert own[["level", "unjudged", "years"]].to_numpy().tolist() == [["", "unknown", 0]]
    assert own[[*SHOWN, "z"]].isna().to_numpy().all()
    others = key["code"] != code
    pd.testing.assert_frame_equal(after.loc[others, SHOWN], before.loc[others, SHOWN])
    pd.testing.assert_series_equal(after.loc[~here, "z"], before.loc[~here, "z"])
    other = key["indicator"] != indicator
    pd.testing.assert_frame_equal(after[other], before[other])


def test_each_value_in_turn_makes_and_hides_no_signal_when_it_goes(results: Results) -> None:
    inputs, figures = results.inputs, results.figures
    cases: list[tuple[pd.DataFrame, Rules]] = [
        (some_years(), ((measure(), measure(id="twee")), RULES, GM))
    ]
    held = frozenset(figures.loc[figures["reason"] == "", "indicator"])
    able = [item for item in results.catalogue if item.signal and item.id in held]
    assert len(able) == 7
    for item in able:
        read = figures["indicator"].isin([item.id, item.weight, inputs.signal_rules.size])
        embedded = ((item,), inputs.signal_rules, inputs.municipality.gm_code)
        cases.append((figures[read].reset_index(drop=True), embedded))
    for some, rules in cases:
        before = signal_table(some, *rules).set_index(KEY)
        chosen = (some["indicator"] == rules[0][0].id) & some["code"].str.match("WK|BU")
        rows = some.index[chosen & (some["reason"] == "")]
        assert len(rows) >= 13
        for row in rows:
            check_without(some, int(row), rules, before)


def test_an_area_without_a_size_keeps_its_figure_and_has_no_signal() -> None:
    figures = history(y2022={})
    gone = figures[~((figures["code"] == HIGHEST) & (figures["indicator"] == "mensen"))]
    before, after = (signal_table(one, [measure()], RULES, GM) for one in (figures, gone))
    pd.testing.assert_frame_equal(before[SHOWN], after[SHOWN])
    (row,) = after[after["code"] == HIGHEST].to_dict("records")
    assert (row["level"], row["unjudged"]) == ("", "small")


# Per theme


def test_signals_are_counted_per_theme_and_named() -> None:
    """In the newest year of each indicator; an older signal does not stand in for a gap."""
    first, second = measure(id="een", theme="a"), measure(id="twee", theme="b")
    third = measure(id="drie", theme="a")
    parts = [
        history(y2021={}, y2022={HIGHEST: 53, LOWEST: None}).replace(
            {"indicator": {"maat": "een"}}
        ),
        history(y2021={}).replace({"indicator": {"maat": "twee"}}),
        history(y2022={LOWEST: 49}).replace({"indicator": {"maat": "drie"}}),
    ]
    figures = pd.concat(parts).drop_duplicates(KEY)
    signals = signal_table(figures, [first, second, third], RULES, GM)
    themes = theme_table(signals, [first, second, third])
    assert list(themes.columns) == list(COLUMNS)
    counts = {(row[0], row[1]): tuple(row[2:]) for row in themes.itertuples(index=False)}
    assert counts[HIGHEST, "a"] == (1, 2, 2, ("drie",))
    assert counts[HIGHEST, "b"] == (1, 1, 1, ("twee",))
    assert counts[LOWEST, "a"] == (0, 1, 2, ())
    assert counts["WK000005", "b"] == (0, 1, 1, ())
    assert len(themes) == 2 * len(NINE)


def test_no_signals_are_no_themes() -> None:
    nothing = theme_table(signal_table(table(), [measure()], RULES, GM), [measure()])
    assert list(nothing.columns) == list(COLUMNS)
    assert nothing.empty
