"""From wijken and buurten to plan areas, with the right weights or not at all.

A plan area takes whole wijken where it holds them and buurten elsewhere. A sum adds up, a mean is
weighted by what it is a mean of, and what cannot be aggregated says so. A mean of means is an
error.
"""

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from geo_lv.areas import Areas
from geo_lv.codes import wk_of
from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.figures import COLUMNS, KEY
from geo_lv.schema import Reason

OWN = "Eigen optelling van de cijfers van de delen."
NOT_EVERYWHERE = "Dit cijfer is niet voor alle delen van dit plangebied bekend."
NO_WEIGHT = "Het gewicht voor een gemiddelde ontbreekt."

_FIGURE = ("value", "reason", "note")
_Figure = tuple[float, str, str]
"""Value (NaN if absent), reason (empty if present), note."""
_Published = tuple[float, Reason | None, str]


def aggregate_plan_areas(
    figures: pd.DataFrame, catalogue: Iterable[Indicator], areas: Areas
) -> pd.DataFrame:
    """
    Work out the published figures of each plan area.

    Parameters
    ----------
    figures
        Published figures of wijken and buurten.
    catalogue
        How each indicator may be aggregated.
    areas
        The plan areas and the buurten they are made of.

    Returns
    -------
    figures
        One row per plan area, indicator and year that `figures` holds. A note that all parts have
        is kept.
    """
    known = {indicator.id: indicator for indicator in catalogue}
    values = {
        tuple(key): (value, Reason(reason) if reason else None, note)
        for *key, value, reason, note in figures[[*KEY, *_FIGURE]].itertuples(index=False)
    }
    moments = figures[["indicator", "year"]].drop_duplicates().itertuples(index=False)
    rows = [
        (slug, name, year, *_plan_figure(_Units(values, name, year), known[name], bu_codes, areas))
        for name, year in moments
        for slug, bu_codes in areas.plan_areas["bu_codes"].items()
    ]
    types = {"value": "float64", "reason": "str", "note": "str"}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)


class _Units:
    """The published figures of one indicator and year, and of its weight in the same year."""

    def __init__(
        self,
        values: Mapping[tuple[str, ...], _Published],
        indicator: str,
        year: str,
    ) -> None:
        self._values, self._indicator, self._year = values, indicator, year

    def get(self, code: str, indicator: str = "") -> _Published | None:
        return self._values.get((code, indicator or self._indicator, self._year))

    def speaks(self, code: str) -> bool:
        """Tell whether an area was published: with a value, or as secret or not applicable."""
        found = self.get(code)
        return found is not None and found[1] is not Reason.MISSING


def _plan_figure(
    units: _Units, indicator: Indicator, bu_codes: tuple[str, ...], areas: Areas
) -> _Figure:
    codes = _cover(units, bu_codes, areas)
    found = [units.get(code) for code in codes]
    if any(item is None or item[1] is not None for item in found):
        hidden = any(item is not None and item[1] is Reason.SUPPRESSED for item in found)
        return math.nan, (Reason.SUPPRESSED if hidden else Reason.MISSING).value, NOT_EVERYWHERE
    published = [item for item in found if item is not None]
    values = [value for value, _, _ in published]
    shared = _shared(note for _, _, note in published)
    if len(values) == 1:
        return values[0], "", shared
    if indicator.aggregation == "none":
        return math.nan, Reason.NOT_APPLICABLE.value, indicator.aggregation_note
    if indicator.aggregation == "sum":
        return sum(values), "", f"{shared} {OWN}".strip()
    weights = [units.get(code, indicator.weight) for code in codes]
    return _weighted(values, [item[0] for item in weights if item and item[1] is None])


def _shared(notes: Iterable[str]) -> str:
    different = set(notes)
    return different.pop() if len(different) == 1 else ""


def _cover(units: _Units, bu_codes: tuple[str, ...], areas: Areas) -> list[str]:
    """Return the wijken wholly in the plan area that were published, and buurten elsewhere."""
    codes: list[str] = []
    for wk_code in sorted({wk_of(code) for code in bu_codes}):
        wijk = set(areas.buurten.index[areas.buurten["wk_code"] == wk_code])
        own = wijk & set(bu_codes)
        codes.extend([wk_code] if own == wijk and units.speaks(wk_code) else sorted(own))
    return codes


def _weighted(values: list[float], weights: list[float]) -> _Figure:
    if len(weights) != len(values) or sum(weights) <= 0:
        return math.nan, Reason.MISSING.value, NO_WEIGHT
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    return total / sum(weights), "", f"{OWN} Gewogen gemiddelde."
