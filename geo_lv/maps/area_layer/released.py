"""From the frames of a data folder to the frame and the measures of a layer."""

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

import geopandas as gpd
import pandas as pd

from geo_lv.errors import InputError, Problem, shorten
from geo_lv.maps.area_layer.measure import Measure
from geo_lv.maps.downloads import FICTITIOUS
from geo_lv.schema import INTERN, Edition, Reason

_NAME: Final = "AreaLayer.of"


class ReleasedFrames(Protocol):
    """What a layer needs of a data folder; `geo_lv.load` gives it."""

    @property
    def edition(self) -> Edition:
        """Who may see the figures."""

    @property
    def areas(self) -> gpd.GeoDataFrame:
        """Areas, indexed by code, with ``level`` and ``name``."""

    @property
    def indicators(self) -> pd.DataFrame:
        """Released figures, one per row."""

    @property
    def catalogue(self) -> pd.DataFrame:
        """What each indicator is, indexed by its id."""


def frame_of(
    folder: ReleasedFrames, indicators: Iterable[str], level: str, year: int | None
) -> tuple[gpd.GeoDataFrame, dict[str, Measure]]:
    """
    Put the figures of one level beside their areas, a column per indicator.

    Parameters
    ----------
    folder
        The frames.
    indicators
        Ids of the catalogue.
    level
        ``wijk``, ``buurt``, ``plan`` or ``gemeente``.
    year
        Of the figures; None takes the newest year in which the level has any value, or else the
        newest in which it has reasons.

    Returns
    -------
    frame
        The areas of the level, with a column of values and one of reasons for each indicator. An
        area without a row has the reason ``missing``.
    measures
        How each of the columns of values is shown.

    Raises
    ------
    InputError
        If there is no such level or indicator, or no row of it on that level or in that year.
    """
    asked = list(indicators)
    problems = [*_unknown(folder, asked, level)]
    if problems:
        raise InputError(tuple(problems))
    areas = folder.areas[folder.areas["level"] == level]
    chosen = {name: _newest(folder.indicators, name, level, year) for name in asked}
    empty = [name for name, rows in chosen.items() if rows.empty]
    if empty:
        raise InputError(tuple(_no_rows(name, level, year) for name in empty))
    columns = {}
    for name, rows in chosen.items():
        figures = rows.set_index("code")[["value", "reason"]].reindex(areas.index)
        columns[name] = figures["value"]
        columns[f"{name}:reason"] = figures["reason"].fillna(Reason.MISSING.value)
    measures = {name: _measure(folder, name, rows) for name, rows in chosen.items()}
    return areas.assign(**columns), measures


def _unknown(folder: ReleasedFrames, asked: list[str], level: str) -> Iterator[Problem]:
    levels = folder.areas["level"].unique()
    if level not in levels:
        expected, advice = f"one of the levels {', '.join(levels)}", "choose one of those"
        yield Problem(_NAME, expected, shorten(str(level)), advice)
    for name in asked:
        if name not in folder.catalogue.index:
            expected = f"an indicator of the edition {folder.edition}"
            yield Problem(_NAME, expected, shorten(str(name)), "look in folder.catalogue")


def _no_rows(name: str, level: str, year: int | None) -> Problem:
    moment = "in any year" if year is None else f"in {year}"
    expected = f"figures of {name} for the level {level} {moment}"
    return Problem(_NAME, expected, "none", "choose another level or year: see folder.indicators")


def _newest(figures: pd.DataFrame, name: str, level: str, year: int | None) -> pd.DataFrame:
    """Return the rows of the year that is asked for, or of the newest with a value if any has."""
    own = figures[(figures["indicator"] == name) & (figures["level"] == level)]
    if year is not None:
        return own[(own["year"] == year).fillna(value=False)]
    known = own[own["value"].notna()]
    newest = (own if known.empty else known)["year"].max()
    return own[own["year"].isna() if pd.isna(newest) else own["year"] == newest]


def _measure(folder: ReleasedFrames, name: str, rows: pd.DataFrame) -> Measure:
    (about,) = folder.catalogue.loc[[name]].to_dict("records")
    year = rows["year"].iloc[0]
    marks = (
        FICTITIOUS if about["fictitious"] else "",
        INTERN if folder.edition == "intern" else "",
    )
    return Measure(
        label=about["label"],
        unit=about["unit"],
        decimals=about["decimals"],
        year="" if pd.isna(year) else str(year),
        reasons=f"{name}:reason",
        source=about["source"],
        note=" · ".join(filter(None, marks)),
    )
