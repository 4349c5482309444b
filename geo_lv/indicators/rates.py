"""Rates: so many events per so many people or homes, worked out anew for every area."""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.figures import COLUMNS
from geo_lv.schema import Reason

TOO_LITTLE: Final = "Te weinig {unit} voor dit cijfer: minder dan {least}."
UNKNOWN_BASE: Final = "Het aantal {unit} is van dit jaar en van eerdere jaren niet bekend."
BASE: Final = "Gerekend met de {unit} van {year}."

_Figure = tuple[float, str, str]
"""Value (NaN if absent), reason (empty if present), note."""
_Base = tuple[str, float]
"""Year and weight of an area."""


def rate_figures(figures: pd.DataFrame, catalogue: Iterable[Indicator]) -> pd.DataFrame:
    """
    Divide counts of events by how many people or homes there are.

    Parameters
    ----------
    figures
        Table of figures with the counts and their weights, for areas of every level.
    catalogue
        Those with a ``rate_of`` are worked out.

    Returns
    -------
    figures
        One row for each count. The weight is that of the same year or of the nearest earlier year
        that is known, and the note says which. *Not applicable* where the weight is less than the
        least, *missing* where it is not known, else for the same reason as the count.
    """
    known = {item.id: item for item in catalogue}
    rates = [item for item in known.values() if item.rate_of]
    rows = [row for item in rates for row in _rates(figures, item, known[item.weight].unit)]
    types = {"value": "float64", "reason": "str", "note": "str"}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)


def _rates(figures: pd.DataFrame, rate: Indicator, unit: str) -> Iterator[tuple[str | float, ...]]:
    bases = _bases(figures, rate.weight)
    counts = figures[figures["indicator"] == rate.rate_of]
    for count in counts.to_dict("records"):
        code, year = count["code"], count["year"]
        of_year, weight = _nearest(bases.get(code, []), year)
        yield code, rate.id, year, *_rate(rate, count, unit, of_year, weight)


def _rate(
    rate: Indicator, count: Mapping[Hashable, Any], unit: str, of_year: str, weight: float
) -> _Figure:
    least = max(rate.minimum_weight, 1)
    if not of_year:
        return math.nan, Reason.MISSING.value, UNKNOWN_BASE.format(unit=unit)
    if weight < least:
        note = TOO_LITTLE.format(unit=unit, least=f"{least:,}".replace(",", "."))
        return math.nan, Reason.NOT_APPLICABLE.value, note
    if count["reason"]:
        return math.nan, count["reason"], count["note"]
    note = f"{count['note']} {BASE.format(unit=unit, year=of_year)}".strip()
    return rate.per * count["value"] / weight, "", note


def _bases(figures: pd.DataFrame, indicator: str) -> Mapping[str, list[_Base]]:
    """Return the known weights of each area, earliest year first."""
    known = figures[(figures["indicator"] == indicator) & (figures["reason"] == "")]
    found: dict[str, list[_Base]] = {}
    for code, year, weight in known.sort_values("year")[["code", "year", "value"]].itertuples(
        index=False
    ):
        found.setdefault(code, []).append((year, weight))
    return found


def _nearest(bases: list[_Base], year: str) -> _Base:
    """Return the weight of a year, or of the nearest before it; without a year if there is none."""
    return max((base for base in bases if base[0] <= year), default=("", math.nan))
