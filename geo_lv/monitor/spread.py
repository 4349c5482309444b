"""How evenly something is spread over the wijken, beside the homes of the corporations."""

import datetime as dt
import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from geo_lv.agreements.measurements import Interval
from geo_lv.agreements.points import Point
from geo_lv.indicators.catalogue import DWELLINGS
from geo_lv.minimums import Moment
from geo_lv.monitor.series import Value
from geo_lv.pipeline import Results

_ALL: Final = 100.0


def unevenness(counts: Mapping[str, float], homes: Mapping[str, float]) -> float:
    """
    Return which part would have to be elsewhere for everything to be spread as the homes are.

    Parameters
    ----------
    counts
        What is spread, per area; the sum is above zero.
    homes
        Homes per area of the same areas; the sum is above zero.

    Returns
    -------
    share
        Percent 0–100: half the sum of the differences between both shares of each area (the
        index of dissimilarity). 0 is spread as the homes are, 100 is all where no homes are.
    """
    all_counts, all_homes = sum(counts.values()), sum(homes.values())
    apart = [abs(counts[area] / all_counts - homes[area] / all_homes) for area in counts]
    return _ALL * sum(apart) / 2


def spread_values(
    results: Results, point: Point, withheld: Collection[Moment]
) -> tuple[Value, ...]:
    """
    Work out the spread over the wijken, per year.

    Parameters
    ----------
    results
        All figures.
    point
        With the indicator that has the counts per wijk.
    withheld
        Figures that the edition hides: a spread that rests on one of them is secret.

    Returns
    -------
    values
        Oldest first. None for a year of which a wijk with homes has no count: it may have many.
    """
    wijken = set(results.inputs.areas.wijken.index)
    figures = results.figures[results.figures["code"].isin(wijken)]
    present = figures[figures["reason"] == ""]
    homes = _by_code(present[present["indicator"] == DWELLINGS])
    own = present[present["indicator"] == point.indicator]
    found = []
    for year, rows in own.groupby("year"):
        counts = _by_code(rows)
        complete = all(code in counts for code, many in homes.items() if many)
        if complete and any(counts.values()) and any(homes.values()):
            share = unevenness({code: counts.get(code, 0.0) for code in homes}, homes)
            value = _value(point, str(year), share, withheld)
            found.append(replace(value, fictitious=results.inputs.fictitious_dwellings))
    return tuple(found)


def _value(point: Point, year: str, share: float, withheld: Collection[Moment]) -> Value:
    secret = any((each.indicator, each.year) == (point.indicator, year) for each in withheld)
    return Value(
        date=year,
        end=dt.date(int(year), 12, 31),
        value=Interval(math.nan, math.nan) if secret else Interval(share, share),
        secret=secret,
    )


def _by_code(figures: pd.DataFrame) -> dict[str, float]:
    return dict(zip(figures["code"], figures["value"], strict=True))
