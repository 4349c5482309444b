"""From a boundary file to polygons in RD New, or every reason why it is not one.

GeoJSON is read without GDAL, because that guesses types: a name that looks like a date would become
one, and a number in the place of a name would change the names of all other areas.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyogrio.errors
import pyproj.exceptions
import shapely
import shapely.geometry
from pyproj import CRS

from geo_lv.crs import RD_NEW, WGS84
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.files import CONTROL, read_text

_WANTED: Final = "coordinates in WGS 84 (EPSG:4326) or RD New (EPSG:28992)"
_EXPORT: Final = "export the boundaries in one of these and try again"
_ALLOWED: Final = (CRS(WGS84), CRS("OGC:CRS84"), CRS(RD_NEW))
_RD_EXTENT: Final = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)
"""West, south, east and north of where RD New is meant for, in metres."""
READ_FAULTS: Final = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    shapely.errors.ShapelyError,
    ValueError,
)
_NO_SHAPE: Final = (
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    shapely.errors.ShapelyError,
)


@dataclass(frozen=True)
class Layer:
    """The areas of one boundary file."""

    name: str
    """What the file is called in messages."""
    areas: gpd.GeoDataFrame
    """Text columns and ``geometry`` (RD New, metres), in the order of the file."""


def read_layer(data: Path, name: str, columns: tuple[str, ...]) -> Layer:
    """
    Read and validate a boundary file.

    Parameters
    ----------
    data
        The data folder.
    name
        Path of the GeoJSON file in it; a GeoPackage of that name is read when there is none.
    columns
        The properties that each area must have as text; others are left out.

    Returns
    -------
    layer
        Valid polygons.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    path = data / name
    if not path.exists() and path.with_suffix(".gpkg").exists():
        path, name = path.with_suffix(".gpkg"), str(PurePosixPath(name).with_suffix(".gpkg"))
        frame = _package(path, name)
    else:
        frame = geojson_areas(read_text(path, name), name, columns)
    missing = tuple(
        Problem(name, f"a property {want}", "no such property", "add it to each area", 1, want)
        for want in columns
        if want not in frame.columns
    )
    if missing:
        raise InputError(missing)
    drawn = frame.to_crs(RD_NEW)
    problems = (*_cells(frame, name, columns), *_shapes(frame, name), *_far(drawn, name))
    if problems:
        raise InputError(problems)
    return Layer(name, drawn[[*columns, "geometry"]])


def content_of(data: Path, name: str) -> bytes | None:
    """
    Return the bytes that `read_layer` reads.

    Parameters
    ----------
    data
        The data folder.
    name
        Path of the GeoJSON file in it.

    Returns
    -------
    content
        Of that file, or of the GeoPackage in its place; None if there is neither.
    """
    path = data / name
    for each in (path, path.with_suffix(".gpkg")):
        if each.is_file():
            return each.read_bytes()
    return None


def geojson_areas(content: str, name: str, columns: tuple[str, ...]) -> gpd.GeoDataFrame:
    """
    Read the areas of a GeoJSON text.

    Parameters
    ----------
    content, name
        The text, and what its file is called in messages.
    columns
        The properties to read; those that no area has are no columns.

    Returns
    -------
    areas
        Properties as they are, and geometry in the system of the file; None for what is no shape.

    Raises
    ------
    InputError
        If it is no GeoJSON, has no areas, or is in another system than WGS 84 and RD New.
    """
    tree = _parsed(content, name)
    features = tree.get("features") if isinstance(tree, dict) else None
    if not isinstance(features, list) or not features:
        raise InputError((_no_areas(name),))
    rows = [feature if isinstance(feature, dict) else {} for feature in features]
    given = [row.get("properties") for row in rows]
    properties = [item if isinstance(item, dict) else {} for item in given]
    present = [column for column in columns if any(column in item for item in properties)]
    cells = {column: [item.get(column) for item in properties] for column in present}
    return gpd.GeoDataFrame(
        pd.DataFrame(cells, index=range(len(rows)), dtype=object),
        geometry=[_shape(row.get("geometry")) for row in rows],
        crs=allowed_crs(_declared(tree), name),
    )


def _parsed(content: str, name: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        row, column = error.lineno, str(error.colno)
        problem = Problem(name, "GeoJSON", error.msg.lower(), "mend the file", row, column)
        raise InputError((problem,)) from error
    except (RecursionError, ValueError) as error:
        found = "brackets or numbers without end"
        raise InputError((Problem(name, "GeoJSON", found, "restore the file", 1),)) from error


def _declared(tree: dict[str, Any]) -> CRS | None:
    """Return the system that an older GeoJSON file names; without a name it is WGS 84."""
    if tree.get("crs") is None:
        return CRS(WGS84)
    try:
        return CRS(str(tree["crs"]["properties"]["name"]))
    except (KeyError, TypeError, pyproj.exceptions.CRSError):
        return None


def _shape(geometry: object) -> shapely.Geometry | None:
    try:
        with np.errstate(invalid="ignore"):  # NaN makes an invalid polygon, which is reported
            return shapely.force_2d(shapely.geometry.shape(geometry))
    except _NO_SHAPE:
        return None


def _package(path: Path, name: str) -> gpd.GeoDataFrame:
    try:
        layers = pyogrio.list_layers(path)
        if len(layers) != 1:
            found = f"{len(layers)} layers"
            raise InputError((Problem(name, "one layer", found, "keep the layer of the areas"),))
        frame = gpd.read_file(path)
    except READ_FAULTS as error:
        found = "something else"
        raise InputError((Problem(name, "a GeoPackage", found, "restore the file"),)) from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise InputError((_no_areas(name),))
    allowed_crs(frame.crs, name)
    return frame.set_geometry(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)


def _no_areas(name: str) -> Problem:
    return Problem(name, "one polygon per area", "no areas", "restore the file", 1, "geometry")


def allowed_crs(crs: CRS | None, name: str) -> CRS:
    """
    Return a coordinate system if boundaries may be in it.

    Parameters
    ----------
    crs, name
        The system, and what its file is called in messages.

    Returns
    -------
    crs
        WGS 84 or RD New.

    Raises
    ------
    InputError
        If it is another or none.
    """
    if crs is None or crs not in _ALLOWED:
        found = "no known coordinate system" if crs is None else crs.to_string()
        raise InputError((Problem(name, _WANTED, shorten(found), _EXPORT, 1, "crs"),))
    return crs


def _cells(frame: pd.DataFrame, name: str, columns: tuple[str, ...]) -> Iterator[Problem]:
    for column in columns:
        for row, value in enumerate(frame[column], 1):
            if not isinstance(value, str) or not value.strip() or CONTROL.search(value):
                empty = value is None or isinstance(value, float)
                found = "nothing" if empty else shorten(str(value))
                yield Problem(name, "text", found, "correct the property", row, column)


def _shapes(frame: gpd.GeoDataFrame, name: str) -> Iterator[Problem]:
    for row, shape in enumerate(frame.geometry, 1):
        if shape is None or shape.geom_type not in {"Polygon", "MultiPolygon"} or shape.is_empty:
            found = "nothing that can be drawn" if shape is None else shape.geom_type
            yield Problem(name, "a polygon", found, "draw the area again", row, "geometry")
        elif not shape.is_valid:
            found = shapely.is_valid_reason(shape)
            yield Problem(name, "a valid polygon", found, "repair the area", row, "geometry")


def _far(drawn: gpd.GeoDataFrame, name: str) -> Iterator[Problem]:
    """Report the first area that lies outside the Netherlands: others will have the same cause."""
    west, south, east, north = drawn.bounds.to_numpy("float64").T
    low_x, low_y, high_x, high_y = _RD_EXTENT
    outside = (west < low_x) | (south < low_y) | (east > high_x) | (north > high_y)
    for position in np.flatnonzero(outside)[:1]:
        found = "an area outside the Netherlands"
        yield Problem(name, _WANTED, found, _EXPORT, int(position) + 1, "geometry")
