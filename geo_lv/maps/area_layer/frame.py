"""From anybody's frame to areas and figures that can be drawn, or to all that is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from geo_lv.crs import WGS84
from geo_lv.errors import CrsError, InputError, Problem, shorten
from geo_lv.maps.area_layer.measure import Measure
from geo_lv.schema import Reason

NAME: Final = "AreaLayer"
"""What messages call the frame."""
_NAMED: Final = 3
"""How many codes a message names."""
_LARGEST: Final = np.array([180.0, 90.0])
"""Degrees of longitude and latitude."""

_problem = partial(Problem, NAME)


@dataclass(frozen=True)
class Measured:
    """The figures of one measure, in the order of the areas."""

    measure: Measure
    values: npt.NDArray[np.float64]
    """NaN exactly where there is a reason."""
    reasons: tuple[str, ...]
    """A `Reason`, or empty."""


@dataclass(frozen=True)
class LayerFrame:
    """Areas with their figures, ready to be drawn."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: npt.NDArray[np.object_]
    """Polygons and multipolygons in WGS 84, degrees."""
    measured: tuple[Measured, ...]


def read_frame(frame: gpd.GeoDataFrame, measures: Mapping[str, Measure], names: str) -> LayerFrame:
    """
    Check a frame and take from it what a layer shows.

    Parameters
    ----------
    frame
        One row per area, indexed by its code; polygons in any declared reference system.
    measures
        Columns of figures, with how each is shown.
    names
        Column with the names of the areas.

    Returns
    -------
    areas
        With the geometry in WGS 84.

    Raises
    ------
    CrsError
        If the frame has no reference system.
    InputError
        With everything else that is wrong with the frame.
    """
    _require_areas(frame)
    shapes = frame.geometry.to_crs(WGS84).to_numpy()
    problems = [
        *_code_problems(frame.index),
        *_measure_problems(measures),
        *_name_problems(frame, names),
        *_shape_problems(frame.index, shapes),
        *(found for item in measures.items() for found in _column_problems(frame, *item)),
    ]
    if problems:
        raise InputError(tuple(problems))
    return LayerFrame(
        codes=tuple(map(str, frame.index)),
        names=tuple(map(str, frame[names])),
        shapes=shapes,
        measured=tuple(_measured(frame, *item) for item in measures.items()),
    )


def _require_areas(frame: object) -> None:
    """Refuse what is no frame of areas at all: nothing more can be said about it."""
    kind = type(frame).__name__
    if not isinstance(frame, gpd.GeoDataFrame):
        raise InputError((_problem("a GeoDataFrame", kind, "make one with a geometry"),))
    if frame.active_geometry_name is None:
        advice = "choose the column with set_geometry()"
        raise InputError((_problem("a column with the geometry", "none", advice),))
    if not len(frame):
        raise InputError((_problem("at least one area", "none", "look at what was selected"),))
    if frame.crs is None:
        msg = f"{NAME}: expected a reference system, found none; say which with set_crs()"
        raise CrsError(msg)


def _listed(codes: Iterable[object]) -> str:
    """Return the first codes, and how many more there are."""
    texts = [shorten(str(code)) for code in codes]
    more = len(texts) - _NAMED
    return ", ".join(texts[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _code_problems(index: pd.Index) -> Iterator[Problem]:
    codes = index.map(str)
    again = codes[codes.duplicated()].unique()
    if len(again):
        advice = "set the codes as index, and select one level and one year"
        yield _problem("each code once in the index", f"{_listed(again)} again", advice)


def _measure_problems(measures: Mapping[str, Measure]) -> Iterator[Problem]:
    if not measures:
        advice = 'say what to show, such as columns={"inwoners": "Inwoners"}'
        yield _problem("at least one column of figures", "none", advice)


def _unknown(frame: gpd.GeoDataFrame, column: str, expected: str) -> Problem:
    found = f"none; it has {_listed(frame.columns)}"
    return _problem(expected, found, "correct the name of the column", column=column)


def _name_problems(frame: gpd.GeoDataFrame, names: str) -> Iterator[Problem]:
    if names not in frame.columns:
        yield _unknown(frame, names, "a column with the names of areas")
        return
    absent = frame[names].isna() | (frame[names].astype("str").str.strip() == "")
    if absent.any():
        found = f"none for {_listed(frame.index[absent])}"
        yield _problem("a name for each area", found, "fill it in", column=names)


def _shape_problems(index: pd.Index, shapes: npt.NDArray[np.object_]) -> Iterator[Problem]:
    kinds = shapely.get_type_id(shapes)
    polygons = np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    wrong = ~polygons | shapely.is_empty(shapes)
    if wrong.any():
        found = f"another or none for {_listed(index[wrong])}"
        yield _problem("a polygon for each area", found, "remove or mend these", column="geometry")
    bounds = shapely.bounds(shapes[~wrong]).reshape(-1, 2, 2)
    outside = ~(np.abs(bounds) <= _LARGEST).all(axis=(1, 2))
    if outside.any():
        found = f"others for {_listed(index[~wrong][outside])}"
        advice = "the frame says it is in another reference system than it is: correct its crs"
        yield _problem("places on the earth", found, advice, column="geometry")


def _column_problems(frame: gpd.GeoDataFrame, column: str, measure: Measure) -> Iterator[Problem]:
    if column not in frame.columns:
        yield _unknown(frame, column, "a column of figures")
    elif not is_numeric_dtype(frame[column]) or is_bool_dtype(frame[column]):
        found = str(frame[column].dtype)
        yield _problem("numbers", found, "convert it with pandas.to_numeric()", column=column)
    else:
        yield from _value_problems(frame, column, measure)


def _value_problems(frame: gpd.GeoDataFrame, column: str, measure: Measure) -> Iterator[Problem]:
    values = _numbers(frame[column])
    infinite = np.isinf(values)
    if infinite.any():
        found, advice = f"inf for {_listed(frame.index[infinite])}", "make it NaN: it is no figure"
        yield _problem("finite numbers", found, advice, column=column)
    if not measure.reasons:
        return
    if measure.reasons not in frame.columns:
        yield _unknown(frame, measure.reasons, "a column of reasons")
        return
    reasons = _texts(frame[measure.reasons])
    unknown = sorted({*reasons} - {*Reason, ""})
    if unknown:
        expected = f"{', '.join(Reason)} or nothing"
        yield _problem(expected, _listed(unknown), "correct them", column=measure.reasons)
    both = (reasons != "") & ~np.isnan(values)
    if both.any():
        found = f"one for {_listed(frame.index[both])}"
        expected, advice = "no reason where there is a figure", "remove either"
        yield _problem(expected, found, advice, column=measure.reasons)


def _numbers(values: "pd.Series[float]") -> npt.NDArray[np.float64]:
    return np.asarray(values.to_numpy("float64", na_value=np.nan), dtype=np.float64)


def _texts(values: "pd.Series[str]") -> npt.NDArray[np.object_]:
    return values.astype("object").where(values.notna(), "").astype("str").to_numpy("object")


def _measured(frame: gpd.GeoDataFrame, column: str, measure: Measure) -> Measured:
    values = _numbers(frame[column])
    given = _texts(frame[measure.reasons]) if measure.reasons else np.full(len(values), "")
    reasons = np.where(np.isnan(values) & (given == ""), Reason.MISSING.value, given)
    return Measured(measure, values, tuple(map(str, reasons)))
