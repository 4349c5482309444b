"""Which year is shown: the newest that is filled, for wijken and for buurten apart."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.indicators.vintages import ENOUGH, shown_vintages


def figures(*rows: tuple[str, str, str, bool]) -> pd.DataFrame:
    """Return figures: code, indicator, year, and whether there is a value."""
    return pd.DataFrame(
        [
            (code, name, year, 1.0 if known else float("nan"), "" if known else "missing", "")
            for code, name, year, known in rows
        ],
        columns=["code", "indicator", "year", "value", "reason", "note"],
    )


def of(
    prefix: str, name: str, year: str, known: int, missing: int = 0
) -> list[tuple[str, str, str, bool]]:
    """Return rows of so many areas, the last ones without a value."""
    areas = range(known + missing)
    return [(f"{prefix}1{place:05}", name, year, place < known) for place in areas]


@pytest.mark.parametrize(("known", "year"), [(8, "2025"), (6, "2025"), (5, "2024"), (0, "2024")])
def test_a_year_with_three_quarters_of_the_values_is_full_enough(known: int, year: str) -> None:
    table = figures(*of("WK", "gas", "2024", 8), *of("WK", "gas", "2025", known, 8 - known))
    assert shown_vintages(table) == {("WK", "gas", year), ("", "gas", year)}


def test_wijken_and_buurten_have_a_year_of_their_own() -> None:
    table = figures(*of("WK", "gas", "2025", 3), *of("BU", "gas", "2016", 9))
    assert shown_vintages(table) == {
        ("WK", "gas", "2025"),
        ("BU", "gas", "2016"),
        ("", "gas", "2025"),
        ("", "gas", "2016"),
    }


def test_what_only_the_municipality_has_is_shown_in_its_newest_year() -> None:
    table = figures(
        ("GM0001", "veilig", "2021", True),
        ("GM0001", "veilig", "2023", True),
        ("GM0001", "veilig", "2025", False),
        ("plan", "veilig", "2022", True),
    )
    assert shown_vintages(table) == {("", "veilig", "2023")}


def test_a_figure_without_a_year_is_always_shown() -> None:
    assert shown_vintages(
        figures(*of("BU", "woningen", "", 2), ("plan", "woningen", "", True))
    ) == {
        ("BU", "woningen", ""),
        ("", "woningen", ""),
    }


def test_nothing_known_is_nothing_shown() -> None:
    assert shown_vintages(figures(*of("BU", "gas", "2025", 0, 4))) == frozenset()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["WK000001", "WK000002", "BU00000101", "GM0001", "plan"]),
            st.sampled_from(["a", "b"]),
            st.sampled_from(["2022", "2023", "2024"]),
            st.booleans(),
        ),
        unique_by=lambda row: row[:3],
    )
)
def test_no_later_year_is_as_full_as_the_shown_one(
    rows: list[tuple[str, str, str, bool]],
) -> None:
    shown = shown_vintages(figures(*rows))
    for kind in ("WK", "BU"):
        for name in ("a", "b"):
            counts = {
                year: sum(
                    known and code[:2] == kind and (indicator, of_year) == (name, year)
                    for code, indicator, of_year, known in rows
                )
                for year in ("2022", "2023", "2024")
            }
            full = [year for year, n in counts.items() if n and n >= ENOUGH * max(counts.values())]
            assert {year for k, i, year in shown if (k, i) == (kind, name)} == set(full[-1:])
