"""From inputs to figures: areas, join, indicators, in one go and without any output."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from geo_lv.areas import NO_PLAN_AREA, AreaLevel
from geo_lv.indicators.aggregate import aggregate_plan_areas
from geo_lv.indicators.catalogue import Indicator
from geo_lv.indicators.computed import computed_catalogue
from geo_lv.indicators.counted import (
    dwelling_figures,
    label_table,
    new_build_figures,
    no_dwelling_figures,
)
from geo_lv.indicators.figures import COLUMNS
from geo_lv.indicators.rates import rate_figures
from geo_lv.inputs import Inputs
from geo_lv.join import JoinResult, account, find_candidates
from geo_lv.properties import FILE, PREVIOUS_FILE
from geo_lv.remembered import remember
from geo_lv.rents import levels_of
from geo_lv.stock.complexes import complex_table
from geo_lv.stock.means import label_means
from geo_lv.stock.overview import COLUMNS as COLUMNS_OF_STOCK
from geo_lv.stock.overview import StockInputs, stock_table
from geo_lv.stock.pace import DatedHomes

_ISO_LENGTH: Final = len("2024-12-31")
LEVELS: Final[tuple[AreaLevel, ...]] = ("buurt", "wijk", "plan", "gemeente")

_PLACE: Final = ("x_rd", "y_rd", "bu_code")
"""Columns of a dwelling that say where it is."""
_FACTS: Final = ("corporation", "energy_label", "ep2_kwh_m2", "floor_area_m2")
"""What of a home is counted per area."""


@dataclass(frozen=True)
class Results:
    """All that can be known from the inputs. Nothing of it may leave before `editions.release`."""

    inputs: Inputs
    catalogue: tuple[Indicator, ...]
    """Published and counted indicators, in page order."""
    joins: dict[AreaLevel, JoinResult]
    """What became of every dwelling, per level; rows are rows of the dwellings file."""
    figures: pd.DataFrame
    """Table of figures for the municipality, wijken, buurten and plan areas."""
    labels: pd.DataFrame
    """Dwellings per ``area``, ``corporation`` and label class."""
    means: pd.DataFrame
    """Mean label per ``level`` and ``area``, from `geo_lv.stock.means`."""

    @cached_property
    def stock(self) -> pd.DataFrame:
        """The whole stock of each corporation, from `geo_lv.stock.overview`; for the parties."""
        return _stock(self.inputs)

    @cached_property
    def complexes(self) -> pd.DataFrame:
        """From `geo_lv.stock.complexes`; for the parties."""
        return complex_table(self.inputs.dwellings, self.inputs.agreements.renovations)


def compute(inputs: Inputs) -> Results:
    """
    Join the dwellings and work out every figure.

    Parameters
    ----------
    inputs
        A validated data folder.

    Returns
    -------
    results
        Figures on every level, with the account of the join.
    """
    counted = computed_catalogue(inputs.municipality.corporations, inputs.counted_places)
    homes = _homes_in_areas(inputs)
    published = pd.concat(
        [
            inputs.statistics[list(COLUMNS)],
            aggregate_plan_areas(inputs.statistics, inputs.catalogue, inputs.areas),
        ],
        ignore_index=True,
    )
    figures = [
        published,
        rate_figures(published, inputs.catalogue),
        *(_with_sites(inputs, level, homes.figures[level]) for level in LEVELS),
    ]
    return Results(
        inputs=inputs,
        catalogue=(*inputs.catalogue, *counted),
        joins=homes.joins,
        figures=pd.concat(figures, ignore_index=True),
        labels=homes.labels,
        means=homes.means,
    )


@dataclass(frozen=True)
class _Homes:
    """What depends on nothing but the dwellings and the areas; the fields of `Results`."""

    joins: dict[AreaLevel, JoinResult]
    figures: dict[AreaLevel, pd.DataFrame]
    labels: pd.DataFrame
    means: pd.DataFrame


def _homes_in_areas(inputs: Inputs) -> _Homes:
    names = tuple(corporation.name for corporation in inputs.municipality.corporations)
    accuracy = inputs.municipality.boundaries
    question = (inputs.dwellings, inputs.areas.without_names, accuracy, names)
    return remember("homes in areas", question, lambda: _join_homes(inputs, names))


def _join_homes(inputs: Inputs, names: tuple[str, ...]) -> _Homes:
    dwellings, joins = inputs.dwellings, _joins(inputs)
    counted = dwellings[list(_FACTS)]
    placed = {level: _placed(counted, joins[level]) for level in LEVELS}
    return _Homes(
        joins=joins,
        figures={
            level: _counted(dwellings, placed[level], codes_of(inputs, level), names)
            for level in LEVELS
        },
        labels=pd.concat([label_table(placed[level]) for level in LEVELS], ignore_index=True),
        means=pd.concat([_means(level, placed[level]) for level in LEVELS], ignore_index=True),
    )


def _joins(inputs: Inputs) -> dict[AreaLevel, JoinResult]:
    """Find where each dwelling lies, which depends on nothing of it but its place."""
    places, areas = inputs.dwellings[list(_PLACE)], inputs.areas
    accuracy = inputs.municipality.boundaries

    def joined() -> dict[AreaLevel, JoinResult]:
        candidates = find_candidates(places, areas, accuracy)
        return {level: account(candidates, areas.parents(level)) for level in LEVELS}

    return remember("joins", (places, areas.without_names, accuracy), joined)


def _counted(
    dwellings: pd.DataFrame, placed: pd.DataFrame, codes: list[str], names: tuple[str, ...]
) -> pd.DataFrame:
    if dwellings.empty:
        return no_dwelling_figures(codes, names)
    return dwelling_figures(placed, codes, names)


def _means(level: AreaLevel, placed: pd.DataFrame) -> pd.DataFrame:
    return label_means(placed, ["area"]).reset_index().assign(level=level)


def _stock(inputs: Inputs) -> pd.DataFrame:
    names = [corporation.name for corporation in inputs.municipality.corporations]
    stocks = [_stock_of(inputs, name) for name in names]
    return pd.concat(stocks or [pd.DataFrame(columns=list(COLUMNS_OF_STOCK))], ignore_index=True)


def _stock_of(inputs: Inputs, corporation: str) -> pd.DataFrame:
    """Return the stock of one corporation: each has a list of a day of its own."""
    homes = dated_homes(inputs, inputs.dwellings, FILE, corporation)
    previous, before = inputs.previous_dwellings, None
    if previous is not None:
        before = dated_homes(inputs, previous, PREVIOUS_FILE, corporation)
    levels = levels_of(inputs.rent_levels, homes.day.year) if inputs.rent_levels else None
    return stock_table(StockInputs(homes, (corporation,), inputs.agreements, levels, before))


def dated_homes(inputs: Inputs, dwellings: pd.DataFrame, file: str, corporation: str) -> DatedHomes:
    """Return the homes of a corporation with the day of its list, or of the file if unknown."""
    own = dwellings[dwellings["corporation"] == corporation]
    known = own.loc[own["list_date"].str.len() == len("2026-01-01"), "list_date"]
    day = dt.date.fromisoformat(known.max()) if len(known) else inputs.day_of(file)
    return DatedHomes(own, day)


def newest_date(results: Results) -> str:
    """
    Return the newest date in the data.

    Parameters
    ----------
    results
        All that the edition may know.

    Returns
    -------
    date
        ISO date. A year or month counts from its first day, but a measurement is of the last day
        that it is about, and the homes are of the day of their list.
    """
    inputs = results.inputs
    agreements = inputs.agreements
    dates = [
        inputs.municipality.phasing.peildatum,
        *(row.peildatum for row in agreements.phasing),
        *(site.status_date for site in agreements.sites),
        *(each.end.isoformat() for each in agreements.measurements),
        *(str(year) for year in results.figures["year"].unique()),
    ]
    if len(inputs.dwellings):
        dates += [str(inputs.dwellings["list_date"].max())]
    if not any(dates):
        dates = [item.retrieved for item in inputs.provenance]
    return max(date + "-01-01"[: _ISO_LENGTH - len(date)] for date in dates if date)


def codes_of(inputs: Inputs, level: AreaLevel) -> list[str]:
    """Return the codes of all areas of a level, in order."""
    areas = inputs.areas
    return {
        "buurt": list(areas.buurten.index),
        "wijk": list(areas.wijken.index),
        "plan": list(areas.plan_areas.index),
        "gemeente": [areas.gm_code],
    }[level]


def _placed(dwellings: pd.DataFrame, join: JoinResult) -> pd.DataFrame:
    """Return the dwellings that are matched to one area of the level, with that area's code."""
    placed = dwellings.loc[join.matched.index].assign(area=join.matched)
    return placed[placed["area"] != NO_PLAN_AREA]


def _with_sites(inputs: Inputs, level: AreaLevel, homes: pd.DataFrame) -> pd.DataFrame:
    """Put the figures of new homes behind those of the dwellings."""
    parents = dict(inputs.areas.parents(level))
    if level == "gemeente":
        parents[""] = inputs.areas.gm_code  # a site without a known buurt still lies in it
    sites = new_build_figures(inputs.agreements.sites, parents, codes_of(inputs, level))
    return pd.concat([homes, sites], ignore_index=True)
