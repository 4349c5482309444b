"""Wijken, buurten and plan areas as one valid coverage in RD New."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio.errors
import shapely
from pyproj import CRS

from geo_lv.codes import BU_CODE, WK_CODE, gm_of, wk_of
from geo_lv.crs import RD_NEW, WGS84
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.municipality import Municipality

AreaLevel = Literal["buurt", "wijk", "plan", "gemeente"]
NO_PLAN_AREA = "geen plangebied"

_BUURTEN = "boundaries/buurten.geojson"
_WIJKEN = "boundaries/wijken.geojson"
_GLOBE = shapely.box(-180, -90, 180, 90)
_OVERLAP_M2 = 1.0
"""Smaller overlaps are rounding of coordinates, not a disagreement about a border."""


@dataclass(frozen=True)
class Areas:
    """
    The areas of one municipality; geometry in RD New (EPSG:28992), metres.

    `buurten` is indexed by bu_code (``bu_name, wk_code, border, geometry``), `wijken` by wk_code
    (``wk_name, geometry``), `plan_areas` by slug (``name, bu_codes, geometry``). A wijk is the
    union of its buurten and a plan area the union of the buurten it names, so borders are shared.
    """

    gm_code: str
    buurten: gpd.GeoDataFrame
    wijken: gpd.GeoDataFrame
    plan_areas: gpd.GeoDataFrame
    indicative_borders: shapely.MultiLineString
    """Lines between two buurten of one wijk whose split is only approximately known."""

    def parents(self, level: AreaLevel) -> Mapping[str, str]:
        """Return, for each buurt code, the code of the area of `level` in which it lies."""
        codes = self.buurten.index
        if level == "wijk":
            return {code: wk_of(code) for code in codes}
        if level == "gemeente":
            return dict.fromkeys(codes, self.gm_code)
        if level == "plan":
            named = self.plan_areas["bu_codes"].items()
            inside = {code: slug for slug, bu_codes in named for code in bu_codes}
            return {code: inside.get(code, NO_PLAN_AREA) for code in codes}
        return {code: code for code in codes}

    def is_indicative(self, one: str, other: str) -> bool:
        """Return whether the border between two buurten is only approximately known."""
        border = self.buurten["border"]
        drawn = border[one] == border[other] == "indicative"
        return bool(drawn and wk_of(one) == wk_of(other))


def load_areas(data: Path, municipality: Municipality) -> Areas:
    """
    Read the boundaries of a data folder.

    Parameters
    ----------
    data
        The data folder; boundaries are GeoJSON (WGS 84) or GeoPackage (WGS 84 or RD New).
    municipality
        Whose areas they must be, and which plan areas to make.

    Returns
    -------
    areas
        A valid coverage in RD New.

    Raises
    ------
    InputError
        With every problem: unreadable file, other CRS, missing column, foreign, double or unknown
        code, invalid or overlapping polygon.
    """
    buurten, problems = _read(data, _BUURTEN, ("bu_code", "bu_name", "wk_code", "border"))
    wijken, wijk_problems = _read(data, _WIJKEN, ("wk_code", "wk_name"))
    if buurten is None or wijken is None:
        raise InputError((*problems, *wijk_problems))
    found = (
        *problems,
        *wijk_problems,
        *_code_problems(buurten, "bu_code", BU_CODE.pattern, _BUURTEN, municipality.gm_code),
        *_code_problems(wijken, "wk_code", WK_CODE.pattern, _WIJKEN, municipality.gm_code),
        *_buurt_problems(buurten, wijken),
        *_overlaps(buurten),
        *_unknown_codes(municipality, set(buurten["bu_code"])),
    )
    if found:
        raise InputError(found)
    return _assemble(buurten, wijken, municipality)


def _read(
    data: Path, name: str, columns: tuple[str, ...]
) -> tuple[gpd.GeoDataFrame | None, tuple[Problem, ...]]:
    """Return a boundary file in RD New, or the problems that keep it from being one."""
    path = data / name
    if not path.exists() and path.with_suffix(".gpkg").exists():
        path, name = path.with_suffix(".gpkg"), name.replace(".geojson", ".gpkg")
    if path.exists() and not path.stat().st_size:
        return None, (Problem(name, "boundaries", "an empty file", "restore the file", row=1),)
    try:
        frame = gpd.read_file(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        found = "no such file" if not path.exists() else shorten(_reason(error))
        return None, (Problem(name, "GeoJSON or GeoPackage", found, "restore the file"),)
    missing = tuple(
        Problem(name, f"a property {want}", "no such property", "add it to each area", 1, want)
        for want in columns
        if want not in frame.columns
    )
    problem = _geometry_problem(frame, name)
    if missing or problem:
        return None, missing + ((problem,) if problem else ())
    shape_problems = (*_empty_cells(frame, name, columns), *_shape_problems(frame, name))
    if shape_problems:
        return None, shape_problems
    return frame[[*columns, "geometry"]].to_crs(RD_NEW), ()


def _reason(error: Exception) -> str:
    """Return what a reader says of a file, without the path of the machine in front of it."""
    return str(error).rsplit(": ", 1)[-1].split(" /", 1)[0]


def _geometry_problem(frame: pd.DataFrame, name: str) -> Problem | None:
    expected = "coordinates in WGS 84 (EPSG:4326) or RD New (EPSG:28992)"
    advice = "export the boundaries in one of these and try again"
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        return Problem(name, "one polygon per area", "no areas", "restore the file", 1, "geometry")
    if frame.crs is None or frame.crs not in {CRS(WGS84), CRS(RD_NEW)}:
        found = "no coordinate system" if frame.crs is None else frame.crs.to_string()
        return Problem(name, expected, found, advice, 1, "crs")
    if frame.crs == WGS84 and not _GLOBE.covers(shapely.box(*frame.total_bounds)):
        west, south = frame.total_bounds[:2]
        found = f"WGS 84 with coordinates such as {west:.0f} {south:.0f}"
        return Problem(name, expected, found, advice, 1, "geometry")
    return None


def _empty_cells(frame: gpd.GeoDataFrame, name: str, columns: tuple[str, ...]) -> Iterator[Problem]:
    for column in columns:
        for row, value in enumerate(frame[column], 1):
            if not isinstance(value, str) or not value.strip():
                found = "nothing" if pd.isna(value) else shorten(str(value))
                yield Problem(name, "text", found, "fill it in", row, column)


def _shape_problems(frame: gpd.GeoDataFrame, name: str) -> Iterator[Problem]:
    for row, shape in enumerate(frame.geometry, 1):
        if shape is None or shape.geom_type not in {"Polygon", "MultiPolygon"} or shape.is_empty:
            found = "nothing" if shape is None else shape.geom_type
            yield Problem(name, "a polygon", found, "draw the area again", row, "geometry")
        elif not shape.is_valid:
            found = shapely.is_valid_reason(shape)
            yield Problem(name, "a valid polygon", found, "repair the area", row, "geometry")


def _code_problems(
    frame: gpd.GeoDataFrame, column: str, regex: str, name: str, gm_code: str
) -> Iterator[Problem]:
    codes = frame[column]
    formed = codes.str.fullmatch(regex)
    for row, (code, good, again) in enumerate(
        zip(codes, formed, codes.duplicated(), strict=True), 1
    ):
        if not good:
            yield Problem(name, f"a code {regex}", shorten(code), "correct the code", row, column)
        elif gm_of(code) != gm_code:
            expected = f"an area of {gm_code}"
            yield Problem(name, expected, code, "remove the area or correct it", row, column)
        elif again:
            yield Problem(name, f"each {column} once", f"{code} again", "remove one", row, column)


def _buurt_problems(buurten: gpd.GeoDataFrame, wijken: gpd.GeoDataFrame) -> Iterator[Problem]:
    known = set(wijken["wk_code"])
    rows = zip(buurten["bu_code"], buurten["wk_code"], buurten["border"], strict=True)
    for row, (bu_code, wk_code, border) in enumerate(rows, 1):
        if wk_code != wk_of(bu_code) or wk_code not in known:
            expected = f"{wk_of(bu_code)}, which {_WIJKEN} must hold"
            yield Problem(_BUURTEN, expected, wk_code, "correct the code", row, "wk_code")
        if border not in {"official", "indicative"}:
            expected = "official or indicative"
            yield Problem(_BUURTEN, expected, shorten(border), "correct it", row, "border")


def _overlaps(buurten: gpd.GeoDataFrame) -> Iterator[Problem]:
    shapes = buurten.geometry.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = left < right
    overlap = shapely.area(shapely.intersection(shapes[left[pairs]], shapes[right[pairs]]))
    for one, other, area in zip(left[pairs], right[pairs], overlap, strict=True):
        if area > _OVERLAP_M2:
            codes = buurten["bu_code"]
            found = f"{codes.iloc[one]} and {codes.iloc[other]} overlapping by {area:,.0f} m2"
            advice = "let each place lie in one buurt"
            yield Problem(
                _BUURTEN, "areas that only touch", found, advice, int(other) + 1, "geometry"
            )


def _unknown_codes(municipality: Municipality, known: set[str]) -> Iterator[Problem]:
    for position, area in enumerate(municipality.plan_areas):
        for code in sorted(set(area.bu_codes) - known):
            yield Problem(
                "municipality.toml",
                f"buurt codes of {_BUURTEN}",
                code,
                "correct the code",
                column=f"plan_areas.{position}.bu_codes",
            )


def _assemble(
    buurten: gpd.GeoDataFrame, wijken: gpd.GeoDataFrame, municipality: Municipality
) -> Areas:
    buurten = _as_coverage(buurten.set_index("bu_code").sort_index())
    names = wijken.set_index("wk_code")["wk_name"]
    dissolved = buurten[["wk_code", "geometry"]].dissolve("wk_code", method="coverage")
    dissolved.insert(0, "wk_name", names.reindex(dissolved.index))
    plans = gpd.GeoDataFrame(
        {
            "name": [area.name for area in municipality.plan_areas],
            "bu_codes": [area.bu_codes for area in municipality.plan_areas],
        },
        index=pd.Index([area.slug for area in municipality.plan_areas], name="slug"),
        geometry=[_union(buurten, area.bu_codes) for area in municipality.plan_areas],
        crs=RD_NEW,
    )
    return Areas(municipality.gm_code, buurten, dissolved, plans, _indicative_lines(buurten))


def _as_coverage(buurten: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the buurten with shared borders exactly shared; clean only what needs it."""
    shapes = buurten.geometry.to_numpy()
    if not shapely.coverage_is_valid(shapes):
        # Overlaps were refused before, so what is left is rounding below a metre.
        shapes = shapely.coverage_clean(shapes, snapping_distance=0.1)
    return buurten.set_geometry(gpd.GeoSeries(shapes, index=buurten.index, crs=RD_NEW))


def _union(buurten: gpd.GeoDataFrame, bu_codes: tuple[str, ...]) -> shapely.Geometry:
    return shapely.coverage_union_all(buurten.geometry.loc[list(bu_codes)].to_numpy())


def _indicative_lines(buurten: gpd.GeoDataFrame) -> shapely.MultiLineString:
    drawn = buurten[buurten["border"] == "indicative"]
    lines: list[shapely.Geometry] = []
    for _, group in drawn.groupby("wk_code"):
        shapes = group.geometry.to_numpy()
        left, right = np.triu_indices(len(shapes), 1)
        lines.extend(shapely.intersection(shapes[left], shapes[right]))
    parts = shapely.get_parts(np.array(lines, dtype=object))
    straight = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    merged = shapely.line_merge(shapely.multilinestrings(straight))
    return shapely.multilinestrings(shapely.get_parts(merged))
