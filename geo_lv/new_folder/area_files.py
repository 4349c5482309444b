"""Wijken and buurten out of files that the user has: of CBS, of PDOK, or of another data folder."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import geopandas as gpd
import pyogrio
import shapely

from geo_lv.boundaries import READ_FAULTS, allowed_crs, geojson_areas
from geo_lv.codes import BU_CODE, GM_CODE, WK_CODE, wk_of
from geo_lv.crs import RD_NEW
from geo_lv.errors import InputError, Problem, refuse
from geo_lv.files import read_text
from geo_lv.new_folder.settings import Place

Kind = Literal["buurt", "wijk", "gemeente"]

SUFFIXES: Final = (".geojson", ".json", ".gpkg", ".shp")
_CODES: Final[dict[Kind, re.Pattern[str]]] = {
    "buurt": BU_CODE,
    "wijk": WK_CODE,
    "gemeente": GM_CODE,
}
_CODE_COLUMNS: Final[dict[Kind, tuple[str, ...]]] = {
    "buurt": ("bu_code", "buurtcode", "statcode"),
    "wijk": ("wk_code", "wijkcode", "statcode"),
    "gemeente": ("gm_code", "gemeentecode", "statcode"),
}
"""What the column of codes is called: by us, by CBS in its map of wijken and buurten (both ways it
had), and in its map of divisions; capitals make no difference."""
_NAME_COLUMNS: Final[dict[Kind, tuple[str, ...]]] = {
    "buurt": ("bu_name", "bu_naam", "buurtnaam", "statnaam"),
    "wijk": ("wk_name", "wk_naam", "wijknaam", "statnaam"),
    "gemeente": ("gm_naam", "gemeentenaam", "statnaam"),
}
_WATER, _YEAR = "water", "jaar"
_SHOWN: Final = 5
_COLUMNS: Final = tuple(
    dict.fromkeys(
        name
        for names in (*_CODE_COLUMNS.values(), *_NAME_COLUMNS.values(), (_WATER, _YEAR))
        for name in names
    )
)


@dataclass(frozen=True)
class GivenAreas:
    """The areas of one municipality, out of files."""

    place: Place
    shapes: Mapping[str, shapely.Geometry]
    """Buurt code to polygon in RD New, metres, as it came; sorted by code."""
    files: tuple[str, ...]
    """Names of the files that they come from."""
    unnamed: tuple[str, ...]
    """Codes of the municipality and wijken of which no file has the name."""


@dataclass(frozen=True)
class _Layer:
    file: str
    areas: gpd.GeoDataFrame
    """Columns in lower case, and ``geometry`` in RD New."""

    def codes_in(self, kind: Kind) -> str:
        """Return the column with the codes of this kind, ``""`` if there is none."""
        for column in _CODE_COLUMNS[kind]:
            if column in self.areas and self.areas[column].str.fullmatch(_CODES[kind]).any():
                return column
        return ""

    def names(self, kind: Kind, gm_code: str) -> dict[str, str]:
        """Return code to name of the areas of this kind in a municipality."""
        codes = self.codes_in(kind)
        column = next((name for name in _NAME_COLUMNS[kind] if name in self.areas), "")
        if not codes or not column or (column == "statnaam" and codes != "statcode"):
            return {}
        own = self.areas[self.areas[codes].str[2:6] == gm_code[2:]]
        pairs = zip(own[codes], own[column], strict=True)
        named = {str(code): str(name).strip() for code, name in pairs}
        # a name becomes a comment in a file of settings, where a line break would end it
        return {code: name for code, name in named.items() if name and name.isprintable()}


def read_areas(paths: Iterable[Path], gm_code: str, year: int | None) -> GivenAreas:
    """
    Find the wijken and buurten of a municipality in files.

    Parameters
    ----------
    paths
        GeoJSON, GeoPackage or Shapefile, in RD New or WGS 84; buurten in one of them, names of
        wijken and of the municipality in any. Other municipalities and water are left out.
    gm_code
        The municipality.
    year
        Of the division, if the files do not say so in a column ``jaar``.

    Returns
    -------
    areas
        At least one buurt.

    Raises
    ------
    InputError
        With every problem: a file that cannot be read, no buurten of the municipality, a buurt that
        is there twice, has no name or no polygon, or a year that nobody told.
    """
    layers = _layers(paths)
    small = [layer for layer in layers if layer.codes_in("buurt")]
    if len(small) != 1:
        _refuse_number(small, layers)
    buurten = _own(small[0], gm_code)
    problems = tuple(_problems(small[0].file, buurten))
    if problems:
        raise InputError(problems)
    codes = buurten["code"].tolist()
    large = {wk_of(code): f"Wijk {code[6:8]}" for code in codes}
    named = _names(layers, gm_code)
    wijken = {code: named.get(code, name) for code, name in large.items()}
    return GivenAreas(
        Place(
            gm_code,
            named.get(gm_code, gm_code),
            _year(small[0], buurten, year),
            wijken,
            dict(zip(codes, buurten["name"], strict=True)),
        ),
        dict(zip(codes, buurten.geometry, strict=True)),
        tuple(dict.fromkeys(layer.file for layer in layers)),
        tuple(code for code in (gm_code, *wijken) if code not in named),
    )


def _names(layers: list[_Layer], gm_code: str) -> dict[str, str]:
    """Return the names that any file has of the municipality and its wijken."""
    named: dict[str, str] = {}
    for layer in layers:
        named |= layer.names("wijk", gm_code) | layer.names("gemeente", gm_code)
    return named


def _layers(paths: Iterable[Path]) -> list[_Layer]:
    layers: list[_Layer] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            layers.extend(_layers_of(path))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(tuple(problems))
    return layers


def _layers_of(path: Path) -> Iterator[_Layer]:
    if path.suffix.lower() in {".geojson", ".json"}:
        yield _Layer(path.name, _plain(_from_geojson(path)))
        return
    if not path.is_file():
        refuse(path.name, "a readable file", "none", "correct the path")
    try:
        names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        frames = [_read(path, name) for name in names]
    except READ_FAULTS as error:
        problem = Problem(path.name, "a file of areas", "something else", "restore the file")
        raise InputError((problem,)) from error
    for frame in frames:
        allowed_crs(frame.crs, path.name)
        yield _Layer(path.name, _plain(frame))


def _read(path: Path, layer: str) -> gpd.GeoDataFrame:
    """Read a layer with no more of its columns than may matter: CBS has a hundred figures in it."""
    fields = pyogrio.read_info(path, layer=layer)["fields"]
    wanted = [str(name) for name in fields if str(name).lower() in _COLUMNS]
    return gpd.read_file(path, layer=layer, columns=wanted)


def _from_geojson(path: Path) -> gpd.GeoDataFrame:
    """Read the properties that may matter, whatever capitals they are written in."""
    text = read_text(path, path.name)
    written = {name for name in re.findall(r'"(\w{4,20})"\s*:', text) if name.lower() in _COLUMNS}
    return geojson_areas(text, path.name, tuple(sorted(written)))


def _plain(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the land: columns that may matter as text in lower case, polygons in RD New."""
    lower = frame.rename(columns={name: str(name).lower() for name in frame.columns})
    kept = [name for name in _COLUMNS if name in lower]
    drawn = frame.geometry.to_crs(RD_NEW)
    texts = lower[kept].astype(object).where(lower[kept].notna(), "").astype(str)
    areas = gpd.GeoDataFrame(texts, geometry=drawn.force_2d(), crs=RD_NEW)
    return areas[areas[_WATER].str.upper() != "JA"] if _WATER in areas else areas


def _refuse_number(small: list[_Layer], layers: list[_Layer]) -> None:
    expected = "one layer of buurten, with a column bu_code or buurtcode"
    if small:
        names = ", ".join(layer.file for layer in small)
        refuse(names, expected, f"{len(small)}", "give one file with buurten")
    names = ", ".join(dict.fromkeys(layer.file for layer in layers)) or "--from"
    refuse(names, expected, "none", "give the map of wijken and buurten of CBS, or a file like it")


def _own(layer: _Layer, gm_code: str) -> gpd.GeoDataFrame:
    """Return code, name, year and shape of the buurten of a municipality."""
    names = layer.names("buurt", gm_code)
    areas = layer.areas.assign(code=layer.areas[layer.codes_in("buurt")])
    held = sorted(set(areas["code"].str[2:6]))[:_SHOWN]
    areas = areas[areas["code"].str.fullmatch(BU_CODE) & (areas["code"].str[2:6] == gm_code[2:])]
    if areas.empty:
        found = f"those of {', '.join(f'GM{digits}' for digits in held)}"
        refuse(layer.file, f"buurten of {gm_code}", found, "correct the code or give another file")
    return areas.assign(name=areas["code"].map(names).fillna("")).sort_values("code")


def _problems(file: str, buurten: gpd.GeoDataFrame) -> Iterator[Problem]:
    again = buurten["code"].duplicated()
    for row, area in buurten.iterrows():
        number, shape = int(str(row)) + 1, area["geometry"]
        if again[row]:
            found = f"{area['code']} again"
            yield Problem(file, "each buurt once", found, "remove one", number, "code")
        if not area["name"]:
            found = "none that can be read"
            yield Problem(file, "a name", found, f"name {area['code']}", number, "name")
        if shape is None or shape.is_empty or shape.geom_type not in {"Polygon", "MultiPolygon"}:
            found = "nothing" if shape is None else shape.geom_type
            yield Problem(file, "a polygon", found, "draw the area again", number, "geometry")


def _year(layer: _Layer, buurten: gpd.GeoDataFrame, year: int | None) -> int:
    told = set(buurten[_YEAR]) if _YEAR in buurten else set()
    if year is not None:
        return year
    if len(told) == 1 and re.fullmatch(r"20[0-9]{2}", min(told)):
        return int(min(told))
    expected = "a column jaar with the year of the division"
    found = f"{len(told)} values" if told else "none"
    return refuse(layer.file, expected, found, "say which year it is with --jaar YYYY")
