"""Lines through the years: which way a figure goes, how fast, and how certain that is."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo_lv.indicators.catalogue import Indicator
from geo_lv.signals.columns import Columns, by_sign, first_of, sides, table_of, texts
from geo_lv.signals.evidence import median
from geo_lv.signals.kendall import chance_of_order
from geo_lv.signals.measured import LEVELS, Grid, Measured
from geo_lv.signals.noise import Array, Interval
from geo_lv.signals.rules import SignalRules

_TYPES: Final = {
    "code": "str",
    "indicator": "str",
    "direction": "str",
    "side": "str",
    "certainty": "str",
    "unjudged": "str",
    "years": "int64",
    "first": "str",
    "last": "str",
    "slope": "float64",
    "slope_low": "float64",
    "slope_high": "float64",
    "chance": "float64",
}
COLUMNS: Final = tuple(_TYPES)
"""``direction``: ``rising``, ``falling`` or ``level``. ``side``: what that is called in the
catalogue, as in the table of signals. ``certainty``: ``certain`` or ``uncertain``. ``unjudged``:
why there is no trend, ``few_years`` or ``small``; then what comes before and the slope are empty.
``years`` have a figure, from ``first`` to ``last``. ``slope`` is per year; it lies between
``slope_low`` and ``slope_high`` whatever the figures were before rounding. ``chance``: how
likely an order of years as clear as this one is by chance alone."""

_DIGITS: Final = 9


def trend_table(
    figures: pd.DataFrame, catalogue: Iterable[Indicator], rules: SignalRules
) -> pd.DataFrame:
    """
    Draw a robust line through the figures of each area.

    Parameters
    ----------
    figures
        Table of figures as in `geo_lv.indicators.figures`, with codes of the areas of now: a year
        in which a code stood for another area has no value, so no line goes over that border.
    catalogue
        Only an indicator that can signal has trends.
    rules
        The thresholds.

    Returns
    -------
    trends
        With `COLUMNS`, a row for the municipality and every wijk and buurt that has a figure of a
        year; in the order of the catalogue, then by code.
    """
    grid = Grid(figures)
    codes = grid.codes("GM", *LEVELS)
    parts = (
        _trends(grid, codes, indicator, rules)
        for indicator in catalogue
        if indicator.signal and any(grid.years(codes, indicator.id))
    )
    return table_of(parts, _TYPES)


def theil_sen(values: Interval, years: Array) -> Interval:
    """
    Least and greatest slope of Theil and Sen: the median of the slopes of all pairs of years.

    Parameters
    ----------
    values
        Between which each figure lies, of areas by years; NaN where there is none.
    years
        The years.

    Returns
    -------
    slopes
        Per year, one per area. The median never falls when a slope rises, so no figures within
        `values` give a slope beyond these. NaN with fewer than two figures.
    """
    first, second = np.triu_indices(len(years), 1)
    if not first.size:
        nothing = np.full(len(values.low), np.nan)
        return Interval(nothing, nothing)
    apart = years[second] - years[first]
    low = (values.low[:, second] - values.high[:, first]) / apart
    high = (values.high[:, second] - values.low[:, first]) / apart
    return Interval(*(median(slopes, axis=1)[:, 0].round(_DIGITS) for slopes in (low, high)))


def _trends(grid: Grid, codes: list[str], indicator: Indicator, rules: SignalRules) -> Columns:
    """Return the columns for an indicator of the areas that have a figure of a year."""
    years = [year for year in grid.years(codes, indicator.id) if year]
    measured = Measured(grid, codes, years, indicator, rules)
    known = np.isfinite(measured.interval(0).low)
    first, last = np.argmax(known, axis=1), len(years) - 1 - np.argmax(known[:, ::-1], axis=1)
    some = known.any(axis=1)
    size = measured.sizes[np.arange(len(codes)), last]
    few, small = known.sum(axis=1) < rules.trend_vintages, ~(size >= rules.minimum_size)
    line = _line(measured, np.array(years, dtype="float64"), rules.trend_chance)
    line["side"] = sides(line["slope"], indicator)
    table = {
        "code": texts(codes, np.arange(len(codes))),
        "indicator": np.full(len(codes), indicator.id, dtype="object"),
        "unjudged": first_of([("few_years", few), ("small", small)]),
        "years": known.sum(axis=1),
        "first": texts(years, first),
        "last": texts(years, last),
        **{name: np.where(few | small, _nothing(column), column) for name, column in line.items()},
    }
    return {name: column[some] for name, column in table.items()}


def _line(measured: Measured, years: Array, greatest_chance: float) -> dict[str, npt.NDArray[Any]]:
    """Return what the line through the figures of each area is like."""
    rounding = measured.interval(0)
    values = np.where(np.isfinite(rounding.low), measured.values, np.nan)
    slope = theil_sen(Interval(values, values), years).low
    bounds = theil_sen(rounding, years)
    clear = (bounds.low > 0) | (bounds.high < 0)
    chance = chance_of_order(values)
    certain = clear & (chance <= greatest_chance)
    return {
        "direction": by_sign(slope, "falling", "rising", default="level"),
        "certainty": first_of([("certain", certain)], "uncertain"),
        "slope": slope,
        "slope_low": bounds.low,
        "slope_high": bounds.high,
        "chance": chance,
    }


def _nothing(column: npt.NDArray[Any]) -> str | float:
    """Return what stands in a column where there is no trend."""
    return np.nan if column.dtype.kind == "f" else ""
