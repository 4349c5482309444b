"""Wijken, buurten and plan areas as one valid coverage in RD New."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo_lv.boundaries import Layer, content_of, read_layer
from geo_lv.codes import BU_CODE, WK_CODE, gm_of, wk_of
from geo_lv.crs import RD_NEW
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.municipality import FILE, Municipality
from geo_lv.provenance import sha256
from geo_lv.remembered import remember

AreaLevel = Literal["buurt", "wijk", "plan", "gemeente"]
NO_PLAN_AREA = "geen plangebied"

BUURTEN_FILE = "boundaries/buurten.geojson"
_WIJKEN = "boundaries/wijken.geojson"
_CODES = {
    "bu_code": "a buurt code: BU and eight digits",
    "wk_code": "a wijk code: WK and six digits",
}
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

    @cached_property
    def without_names(self) -> str:
        """Return a checksum of all but the names, on which no figure depends."""
        codes = [
            *zip(self.buurten.index, self.buurten["wk_code"], self.buurten["border"], strict=True)
        ]
        plans = [*self.plan_areas["bu_codes"].items()]
        drawn = b"".join(shapely.to_wkb(self.buurten.geometry.to_numpy()))
        return sha256(repr((self.gm_code, codes, plans)).encode() + drawn)

    @property
    def all_codes(self) -> tuple[str, ...]:
        """Codes of the municipality, its wijken and its buurten."""
        return (self.gm_code, *self.wijken.index, *self.buurten.index)

    def is_indicative(
        self, one: npt.NDArray[np.intp], other: npt.NDArray[np.intp]
    ) -> npt.NDArray[np.bool_]:
        """
        Tell whether the border between two buurten is only approximately known.

        Parameters
        ----------
        one, other
            Positions in `buurten`, of equal shape; -1 is outside the municipality.

        Returns
        -------
        indicative
            For each pair; never for the outer border.
        """
        wijk = self._indicative_wijk
        indicative: npt.NDArray[np.bool_] = (wijk[one] == wijk[other]) & (wijk[one] >= 0)
        return indicative

    @cached_property
    def _indicative_wijk(self) -> npt.NDArray[np.intp]:
        """Number of the wijk of each buurt, -1 if its borders are official; at the end -1."""
        wijk, _ = pd.factorize(self.buurten.index.str[2:8])
        official = (self.buurten["border"] != "indicative").to_numpy()
        return np.append(np.where(official, -1, wijk), -1)


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
    named = (municipality.gm_code, municipality.plan_areas, municipality.meeting_areas)
    question = (*boundary_contents(data), *named)
    return remember("areas", question, lambda: _areas(data, municipality))


def boundary_contents(data: Path) -> tuple[bytes | None, ...]:
    """Return the bytes of the boundary files of a data folder; None for one that is not there."""
    return tuple(content_of(data, name) for name in (BUURTEN_FILE, _WIJKEN))


def _areas(data: Path, municipality: Municipality) -> Areas:
    buurten, wijken = read_boundaries(data, municipality)
    return _assemble(buurten, wijken, municipality)


def read_boundaries(
    data: Path, municipality: Municipality | None
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """
    Read and check the boundary files.

    Parameters
    ----------
    data
        The data folder.
    municipality
        Whose areas they must be; None when that could not be read and is not checked.

    Returns
    -------
    buurten, wijken
        In RD New, in the order of the files.

    Raises
    ------
    InputError
        With every problem of both files.
    """
    problems: list[Problem] = []
    buurten = _read(data, BUURTEN_FILE, ("bu_code", "bu_name", "wk_code", "border"), problems)
    wijken = _read(data, _WIJKEN, ("wk_code", "wk_name"), problems)
    gm_code = municipality.gm_code if municipality else None
    if buurten:
        problems.extend(_code_problems(buurten, "bu_code", BU_CODE, gm_code))
        problems.extend(_border_problems(buurten))
        problems.extend(_overlaps(buurten))
        known = set(buurten.areas["bu_code"])
        problems.extend(_unknown_codes(municipality, known) if municipality else ())
    if wijken:
        problems.extend(_code_problems(wijken, "wk_code", WK_CODE, gm_code))
    if buurten and wijken:
        problems.extend(_parent_problems(buurten, wijken))
    if problems or buurten is None or wijken is None:
        raise InputError(tuple(problems))
    return buurten.areas, wijken.areas


def _read(data: Path, name: str, columns: tuple[str, ...], problems: list[Problem]) -> Layer | None:
    try:
        return read_layer(data, name, columns)
    except InputError as error:
        problems.extend(error.problems)
        return None


def _code_problems(
    layer: Layer, column: str, regex: re.Pattern[str], gm_code: str | None
) -> Iterator[Problem]:
    codes = layer.areas[column]
    for row, (code, again) in enumerate(zip(codes, codes.duplicated(), strict=True), 1):
        problem = partial(Problem, layer.name, row=row, column=column)
        if not regex.fullmatch(code):
            yield problem(_CODES[column], shorten(code), "correct the code")
        elif gm_code and gm_of(code) != gm_code:
            yield problem(f"an area of {gm_code}", code, "remove the area or correct it")
        elif again:
            yield problem(f"each {column} once", f"{code} again", "remove one")


def _border_problems(buurten: Layer) -> Iterator[Problem]:
    for row, border in enumerate(buurten.areas["border"], 1):
        if border not in {"official", "indicative"}:
            expected = "official or indicative"
            yield Problem(buurten.name, expected, shorten(border), "correct it", row, "border")


def _parent_problems(buurten: Layer, wijken: Layer) -> Iterator[Problem]:
    """Check that each buurt lies in a wijk that exists, and that each wijk has a buurt."""
    known = set(wijken.areas["wk_code"])
    codes = zip(buurten.areas["bu_code"], buurten.areas["wk_code"], strict=True)
    for row, (bu_code, wk_code) in enumerate(codes, 1):
        if BU_CODE.fullmatch(bu_code) and (wk_code != wk_of(bu_code) or wk_code not in known):
            expected = f"{wk_of(bu_code)}, which {wijken.name} must hold"
            found = shorten(wk_code)
            yield Problem(buurten.name, expected, found, "correct the code", row, "wk_code")
    used = set(buurten.areas["wk_code"])
    for row, wk_code in enumerate(wijken.areas["wk_code"], 1):
        if wk_code not in used:
            expected, advice = "a wijk with a buurt in it", "remove the wijk or add its buurten"
            yield Problem(wijken.name, expected, shorten(wk_code), advice, row, "wk_code")


def _overlaps(buurten: Layer) -> Iterator[Problem]:
    shapes, codes = buurten.areas.geometry.to_numpy(), buurten.areas["bu_code"].to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = left < right
    overlap = shapely.area(shapely.intersection(shapes[left[pairs]], shapes[right[pairs]]))
    for one, other, area in zip(left[pairs], right[pairs], overlap, strict=True):
        if area > _OVERLAP_M2:
            expected, advice = "areas that only touch", "let each place lie in one buurt"
            names = f"{shorten(codes[one])} and {shorten(codes[other])}"
            found = f"{names} overlapping by {area:,.0f} m2"
            yield Problem(buurten.name, expected, found, advice, int(other) + 1, "geometry")


def _unknown_codes(municipality: Municipality, known: set[str]) -> Iterator[Problem]:
    for kind in ("plan_areas", "meeting_areas"):
        for position, area in enumerate(getattr(municipality, kind)):
            for code in sorted(set(area.bu_codes) - known):
                column = f"{kind}.{position}.bu_codes"
                expected = f"buurt codes of {BUURTEN_FILE}"
                yield Problem(FILE, expected, code, "correct the code", column=column)


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
