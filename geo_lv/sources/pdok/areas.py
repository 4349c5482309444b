"""Areas as PDOK has them: judged one by one, and whether they are complete and fit together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely
import shapely.geometry

from geo_lv.codes import BU_CODE, WK_CODE, wk_of
from geo_lv.sources.divided import change_of
from geo_lv.sources.faults import (
    DuplicatePageError,
    EmptyAnswerError,
    IncompleteError,
    SchemaDriftError,
    WrongValueError,
)
from geo_lv.sources.fetched import FetchRequest
from geo_lv.sources.ogc import features_of

TITLE: Final = "PDOK"
OUTSIDE_M: Final = 1.0
"""Metres by which a wijk may be off from its buurten together, and those from the municipality."""

_CHANGE: Final = "indelingswijziging_wijken_en_buurten"
"""May be missing: then nobody knows what changed, which is not the same as nothing."""
_LAND: Final = {"JA": False, "NEE": True, "B": False}
"""Values of ``water``: water, land, abroad."""
_RD_EXTENT: Final = shapely.box(-7_000, 289_000, 300_000, 629_000)


@dataclass(frozen=True)
class Area:
    """A municipality, wijk or buurt."""

    code: str
    name: str
    shape: shapely.Geometry
    """RD New, metres."""
    change: str
    """What changed since the year before, ``""`` if that is not known."""


def land_areas(
    pages: Mapping[str, tuple[bytes, ...]], collection: str, kind: str, gm_code: str
) -> list[Area]:
    """
    Read the areas of a municipality.

    Parameters
    ----------
    pages
        By collection.
    collection, kind
        Such as ``wijken`` and ``wijk``.
    gm_code
        The municipality; what lies elsewhere is left out, as a service may ignore the filter.

    Returns
    -------
    areas
        Without water, sorted by code.

    Raises
    ------
    SchemaDriftError
        If a property is not there.
    DuplicatePageError
        If an area comes twice.
    WrongValueError
        If a code, name, value or shape is not what it should be.
    """
    needed = (f"{kind}code", f"{kind}naam", "gemeentecode", "water")
    areas: dict[str, Area] = {}
    for feature in features_of(TITLE, pages[collection]):
        properties = feature["properties"]
        held = properties if isinstance(properties, dict) else {}
        missing = tuple(dict.fromkeys(key for key in needed if key not in held))
        if missing:
            raise SchemaDriftError(TITLE, missing, collection)
        if held["gemeentecode"] != gm_code or not _is_land(held["water"], collection):
            continue
        area = _area(held, kind, feature["geometry"], gm_code)
        if area.code in areas:
            raise DuplicatePageError(TITLE)
        areas[area.code] = area
    return [areas[code] for code in sorted(areas)]


def _is_land(water: object, where: str) -> bool:
    if not isinstance(water, str) or water not in _LAND:
        raise WrongValueError(TITLE, "JA, NEE or B as water", where)
    return _LAND[water]


def _area(held: Mapping[str, Any], kind: str, geometry: object, gm_code: str) -> Area:
    code, name = held[f"{kind}code"], held[f"{kind}naam"]
    known = {"gemeente": gm_code, "wijk": WK_CODE.pattern, "buurt": BU_CODE.pattern}[kind]
    if not isinstance(code, str) or not _matches(code, kind, known) or code[2:6] != gm_code[2:]:
        raise WrongValueError(TITLE, f"a code of a {kind} of {gm_code}", f"{kind}code")
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        raise WrongValueError(TITLE, "a name", f"{kind}naam")
    change = change_of(TITLE, held.get(_CHANGE), _CHANGE)
    return Area(code, name.strip(), _shape(geometry, kind), change)


def _matches(code: str, kind: str, known: str) -> bool:
    pattern = {"wijk": WK_CODE, "buurt": BU_CODE}.get(kind)
    return pattern.fullmatch(code) is not None if pattern else code == known


def _shape(geometry: object, kind: str) -> shapely.Geometry:
    try:
        shape = shapely.force_2d(shapely.geometry.shape(geometry))
    except (AttributeError, LookupError, TypeError, ValueError, shapely.errors.ShapelyError):
        shape = None
    if shape is None or shape.geom_type not in {"Polygon", "MultiPolygon"} or shape.is_empty:
        raise WrongValueError(TITLE, "a polygon", f"the geometry of a {kind}")
    if not _RD_EXTENT.contains(shapely.box(*shape.bounds)):
        raise WrongValueError(TITLE, "coordinates in RD New", f"the geometry of a {kind}")
    return shape


def require_complete(layers: Mapping[str, list[Area]], request: FetchRequest) -> None:
    """
    Refuse a division with fewer areas than there must be.

    Parameters
    ----------
    layers
        Areas by collection.
    request
        Knows how many there are at least.

    Raises
    ------
    EmptyAnswerError
        If there is nothing at all.
    IncompleteError
        If an area is missing, or a wijk has no buurten.
    """
    found = {name: len(areas) for name, areas in layers.items()}
    if not any(found.values()):
        raise EmptyAnswerError(TITLE, f"the areas of {request.gm_code}")
    at_least = {
        "gemeenten": 1,
        "wijken": max(1, len(request.expected.wk_codes)),
        "buurten": max(1, len(request.expected.bu_codes)),
    }
    for name, number in at_least.items():
        if found[name] < number:
            raise IncompleteError(TITLE, name, number, found[name])
    inside = {wk_of(area.code) for area in layers["buurten"]}
    wijken = {area.code for area in layers["wijken"]}
    if inside != wijken:
        raise IncompleteError(
            TITLE, "wijken with their buurten", len(inside | wijken), len(inside & wijken)
        )


def wijken_of(buurten: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Return the wijken that buurten are together, by code."""
    inside: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, shape in buurten.items():
        inside[wk_of(code)].append(shape)
    return {code: shapely.coverage_union_all(shapes) for code, shapes in inside.items()}


def require_same(areas: Iterable[Area], unions: Mapping[str, shapely.Geometry]) -> None:
    """
    Refuse an area that is not what its parts are together, but for a strip along its border.

    Parameters
    ----------
    areas
        As they came, RD New.
    unions
        Code to what its parts are together.

    Raises
    ------
    WrongValueError
        If one differs by more than `OUTSIDE_M` metres along its border.
    """
    for area in areas:
        union = unions[area.code]
        off = shapely.symmetric_difference(area.shape.buffer(0), union).area
        if off > OUTSIDE_M * shapely.length(union):
            expected = f"buurten that are together what {area.code} is"
            raise WrongValueError(TITLE, expected, "the geometry")
