"""Figures per wijk that the parties entered as measurements of an agreement."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

import pandas as pd

from geo_lv.agreements import Agreements
from geo_lv.agreements.measurements import FILE, Measurement
from geo_lv.agreements.points import FILE as MONITORED_FILE
from geo_lv.agreements.points import Monitored
from geo_lv.errors import Problem, shorten
from geo_lv.indicators.figures import COLUMNS

_COLUMNS: Final = [*COLUMNS, "source_table", "file"]


def entered_figures(agreements: Agreements) -> pd.DataFrame:
    """
    Return the measurements per wijk as figures.

    Parameters
    ----------
    agreements
        With measurements; of one that was corrected the last counts.

    Returns
    -------
    figures
        Table of figures with ``source_table`` and ``file``, as `geo_lv.indicators.published` has
        them. What several corporations had is added up per wijk and year.
    """
    indicators = {point.code: point.indicator for point in agreements.monitored.points}
    shorts = {source.key: source.short for source in agreements.sources}
    rows = [
        (each.area, indicators[each.code], each.date, each.value.low, _cited(each.source, shorts))
        for each in _last_versions(agreements.measurements)
        if each.area
    ]
    entered = pd.DataFrame(rows, columns=["code", "indicator", "year", "value", "source_table"])
    added = entered.groupby(["indicator", "year", "code"], as_index=False).agg(
        value=("value", "sum"),
        source_table=("source_table", lambda keys: " ".join(sorted({*keys}))),
    )
    return added.assign(reason="", note="", file=FILE)[_COLUMNS].astype({"value": "float64"})


def _cited(keys: str, shorts: Mapping[str, str]) -> str:
    return "; ".join(shorts[key] for key in keys.split())


def _last_versions(measurements: Collection[Measurement]) -> Iterator[Measurement]:
    by_entry = sorted(measurements, key=lambda each: each.entered_on)
    yield from {each.key: each for each in by_entry}.values()


def indicator_problems(
    monitored: Monitored, public: Collection[str], protected: Collection[str]
) -> Iterator[Problem]:
    """
    Check that figures per wijk have an indicator, and a minimum from which they are public.

    Parameters
    ----------
    monitored
        What is measured.
    public
        Ids of the published indicators of the public edition.
    protected
        Ids of those that a privacy rule holds.

    Yields
    ------
    problem
        For each point without one of them.
    """
    for place, point in enumerate(monitored.points):
        if point.indicator and point.indicator not in public:
            expected = "the id of a public indicator in indicators.toml"
        elif point.indicator and point.indicator not in protected:
            expected = "an indicator with a minimum in privacy.toml"
        else:
            continue
        column, found = f"points.{place}.indicator", shorten(point.indicator)
        yield Problem(MONITORED_FILE, expected, found, "correct it or add it there", column=column)
