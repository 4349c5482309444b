"""Published figures that are about too few people or homes, or would give such a figure away.

CBS keeps limits of its own; they are checked again here, whatever file a figure came from. Of the
parts of an area one hidden figure alone would follow from the area and the other parts, so then a
second part is hidden; and a plan area, which is added up from parts, hides with them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import pandas as pd

from geo_lv.areas import Areas
from geo_lv.codes import wk_of
from geo_lv.indicators.catalogue import Indicator
from geo_lv.privacy import PublishedRule

_PER: Final = {"%": 100, "per 1.000 inwoners": 1000}
"""Unit of a share or rate to how many of the base it is of."""


class Moment(NamedTuple):
    """One figure: of which area, what, and when."""

    code: str
    indicator: str
    year: str


class Withheld(NamedTuple):
    """Why a figure is secret."""

    reason: str
    """Dutch: the rule, empty when it is hidden for another's sake."""
    gives_away: str
    """Code of the area of which the figure would follow from this one; empty if there is none."""


def too_few(
    figures: pd.DataFrame,
    rules: Iterable[PublishedRule],
    catalogue: Iterable[Indicator],
    areas: Areas,
) -> dict[Moment, Withheld]:
    """
    Find the published figures that stay secret.

    Parameters
    ----------
    figures
        Table of figures, of areas of every level.
    rules
        From how many of something each may be shown.
    catalogue
        For the units of the figures.
    areas
        How the areas add up.

    Returns
    -------
    withheld
        Every figure of an area about which the base of the same year, or of the nearest earlier
        year, says that it is too small; and those that would give one away. An area of which no
        base is known keeps its figure: then the limits of its source are the only ones.
    """
    present = figures[figures["reason"] == ""]
    known = {
        Moment(*key): value
        for *key, value in present[["code", "indicator", "year", "value"]].itertuples(index=False)
    }
    bases = _Bases(known)
    units = {item.id: item.unit for item in catalogue}
    found: dict[Moment, Withheld] = {}
    for rule in rules:
        for moment, value in known.items():
            if moment.indicator in rule.indicators:
                base = bases.of(moment, rule.of) if rule.of else value
                if base is not None and _is_small(value, base, rule, units[moment.indicator]):
                    found[moment] = Withheld(rule.reason, "")
    waiting = list(found)
    while waiting:
        moment = waiting.pop()
        more = _second(moment, _beside(moment, areas), found, known)
        more |= _second(moment, _within(moment, areas), found, known)
        found |= more
        waiting.extend(more)
    return {**_plans(found, known, areas), **found}


class _Bases:
    """How many people or homes there are in an area, by year."""

    def __init__(self, known: Mapping[Moment, float]) -> None:
        self._years: dict[tuple[str, str], dict[str, float]] = {}
        for moment, value in known.items():
            self._years.setdefault((moment.code, moment.indicator), {})[moment.year] = value

    def of(self, moment: Moment, base: str) -> float | None:
        """Return the base of the same year, or of the nearest earlier one; None if not known."""
        years = self._years.get((moment.code, base), {})
        earlier = [year for year in years if year <= moment.year]
        return years[max(earlier)] if earlier else None


def _is_small(value: float, base: float, rule: PublishedRule, unit: str) -> bool:
    if base < rule.minimum:
        return True
    return rule.fewest > 0 and value * base / _PER.get(unit, 1) < rule.fewest


def _second(
    moment: Moment,
    parts: Iterable[Moment],
    found: Mapping[Moment, Withheld],
    known: Mapping[Moment, float],
) -> dict[Moment, Withheld]:
    """Return a part to hide as well, if a hidden figure would follow from parts that are shown."""
    there = [part for part in parts if part in known]
    if not there or any(part in found for part in there):
        return {}
    least = min(there, key=lambda part: (abs(known[part]), part.code))
    return {least: Withheld("", moment.code)}


def _beside(moment: Moment, areas: Areas) -> Iterator[Moment]:
    """Yield the same figure of the other parts of the wijk or municipality around an area."""
    buurt = moment.code in areas.buurten.index
    if buurt or moment.code in areas.wijken.index:
        for code in areas.buurten.index if buurt else areas.wijken.index:
            if code != moment.code and (not buurt or wk_of(code) == wk_of(moment.code)):
                yield moment._replace(code=code)


def _within(moment: Moment, areas: Areas) -> Iterator[Moment]:
    """Yield the same figure of the buurten of a wijk."""
    if moment.code in areas.wijken.index:
        for code in areas.buurten.index:
            if wk_of(code) == moment.code:
                yield moment._replace(code=code)


def _plans(
    found: Mapping[Moment, Withheld], known: Mapping[Moment, float], areas: Areas
) -> dict[Moment, Withheld]:
    """Return the figures of plan areas that are added up from a hidden one."""
    of_plan: dict[Moment, Withheld] = {}
    for slug, bu_codes in areas.plan_areas["bu_codes"].items():
        inside = {*bu_codes, *map(wk_of, bu_codes)}
        for moment in found:
            own = moment._replace(code=str(slug))
            if moment.code in inside and own in known:
                of_plan.setdefault(own, Withheld("", moment.code))
    return of_plan
