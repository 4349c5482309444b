"""Official boundaries of CBS and Kadaster, from the OGC API of PDOK: complete, and one coverage."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely
import shapely.geometry

from geo_lv.codes import BU_CODE, WK_CODE, wk_of
from geo_lv.sources.coverage import Repaired, repaired, to_wgs84
from geo_lv.sources.divided import (
    DIVISIONS,
    Division,
    change_of,
    divisions_file,
    with_whole,
)
from geo_lv.sources.faults import (
    DuplicatePageError,
    EmptyAnswerError,
    FaultError,
    IncompleteError,
    RefusedError,
    SchemaDriftError,
    WrongValueError,
)
from geo_lv.sources.fetched import FetchedFile, FetchProgress, FetchRequest, Source
from geo_lv.sources.ogc import features_of, fetch_pages
from geo_lv.sources.transport import Transport

TITLE: Final = "PDOK"
COLLECTIONS: Final = ("gemeenten", "wijken", "buurten")
FIRST_YEAR: Final = 2021
YEARS_BACK: Final = 3
"""How many years before this one are tried when none is named."""
OUTSIDE_M: Final = 1.0
"""Metres by which a wijk may be off from its buurten together, and those from the municipality."""

BUURTEN: Final = "boundaries/buurten.geojson"
WIJKEN: Final = "boundaries/wijken.geojson"

_CHANGE: Final = "indelingswijziging_wijken_en_buurten"
"""May be missing: then nobody knows what changed, which is not the same as nothing."""
_NOT_FOUND: Final = 404
_LAND: Final = {"JA": False, "NEE": True, "B": False}
"""Values of ``water``: water, land, abroad."""
_RD_EXTENT: Final = shapely.box(-7_000, 289_000, 300_000, 629_000)
_PAGE_URL: Final = "https://www.pdok.nl/ogc-apis/-/article/cbs-wijken-en-buurten"


@dataclass(frozen=True)
class _Area:
    code: str
    name: str
    shape: shapely.Geometry
    """RD New, metres."""
    change: str
    """What changed since the year before, ``""`` if that is not known."""


def fetch(transport: Transport, request: FetchRequest, progress: FetchProgress) -> dict[str, bytes]:
    """
    Get the newest year whose boundaries are there and complete.

    Parameters
    ----------
    transport
        Asks.
    request
        Whose boundaries; its years are tried from the newest, or the last few if it has none.
    progress
        Called as pages come in.

    Returns
    -------
    documents
        ``{year}-{collection}-{page}.json``, of one year.

    Raises
    ------
    EmptyAnswerError
        If no year has anything of the municipality.
    IncompleteError
        If no year has all of it.
    RefusedError
        If none of the years is there; and the faults of `Transport.get` and `parse`.
    """
    first: FaultError | None = None
    for year in _years(request):
        try:
            documents = _fetch_year(transport, request, year, progress)
            parse(documents, request)
        except (RefusedError, IncompleteError, EmptyAnswerError) as fault:
            if isinstance(fault, RefusedError) and fault.status != _NOT_FOUND:
                raise
            # A year that is not there says less than one that is not complete.
            missing = isinstance(first, RefusedError) or first is None
            first = fault if missing else first
        else:
            return documents
    raise first or EmptyAnswerError(TITLE, f"a year from {FIRST_YEAR}")


def parse(documents: Mapping[str, bytes], request: FetchRequest) -> tuple[FetchedFile, ...]:
    """
    Make the boundary files of a data folder.

    Parameters
    ----------
    documents
        From `fetch`.
    request
        The municipality, and which areas there must be at least as many as.

    Returns
    -------
    files
        Buurten and wijken, WGS 84, as one valid coverage; official borders. And what changed in
        that year, beside what the folder has of other years.

    Raises
    ------
    FaultError
        If an area is missing, double, not in RD New, or does not fit with the others.
    """
    year, pages = _by_collection(documents)
    layers = {
        "gemeenten": _land(pages, "gemeenten", "gemeente", request.gm_code),
        "wijken": _land(pages, "wijken", "wijk", request.gm_code),
        "buurten": _land(pages, "buurten", "buurt", request.gm_code),
    }
    _require_complete(layers, request)
    codes = [area.code for area in layers["buurten"]]
    coverage = repaired(TITLE, [area.shape for area in layers["buurten"]])
    exact = dict(zip(codes, coverage.exact, strict=True))
    _require_same(layers["wijken"], _unions(exact))
    whole = shapely.coverage_union_all(coverage.exact)
    _require_same(layers["gemeenten"], {request.gm_code: whole})
    buurten = dict(zip(codes, coverage.shapes, strict=True))
    names = {area.code: area.name for area in (*layers["buurten"], *layers["wijken"])}
    division = [
        Division(area.code, int(year), area.name, area.change)
        for areas in layers.values()
        for area in areas
    ]
    return (
        *_files(year, buurten, _unions(buurten), names, coverage),
        divisions_file(with_whole(division), request.held, replaces=False),
    )


def _years(request: FetchRequest) -> tuple[int, ...]:
    if request.years:
        return tuple(sorted(set(request.years), reverse=True))
    now = dt.date.fromisoformat(request.day).year
    return tuple(range(now, max(FIRST_YEAR, now - YEARS_BACK) - 1, -1))


def _fetch_year(
    transport: Transport, request: FetchRequest, year: int, progress: FetchProgress
) -> dict[str, bytes]:
    documents: dict[str, bytes] = {}
    for done, name in enumerate(COLLECTIONS):
        step = f"{TITLE}: {name} {year}"
        progress(step, done, len(COLLECTIONS))
        base = f"{request.address}/wijken-en-buurten-{year}/ogc/v1/collections/{name}/items"
        pages = fetch_pages(
            transport,
            base,
            {"gemeentecode": request.gm_code},
            lambda count, step=step, done=done: progress(  # type: ignore[misc]
                f"{step}, page {count}", done, len(COLLECTIONS)
            ),
        )
        documents |= {f"{year}-{name}-{place}.json": page for place, page in enumerate(pages)}
    return documents


def _by_collection(documents: Mapping[str, bytes]) -> tuple[str, dict[str, tuple[bytes, ...]]]:
    pages: dict[str, dict[int, bytes]] = {name: {} for name in COLLECTIONS}
    years = set()
    for document, content in documents.items():
        year, name, place = document.removesuffix(".json").split("-")
        pages[name][int(place)] = content
        years.add(year)
    if len(years) != 1:
        raise EmptyAnswerError(TITLE, "boundaries of one year")
    return years.pop(), {
        name: tuple(content for _, content in sorted(found.items()))
        for name, found in pages.items()
    }


def _land(
    pages: Mapping[str, tuple[bytes, ...]], collection: str, kind: str, gm_code: str
) -> list[_Area]:
    """Return the areas of the municipality, without water, sorted by code."""
    needed = (f"{kind}code", f"{kind}naam", "gemeentecode", "water")
    areas: dict[str, _Area] = {}
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


def _area(held: Mapping[str, Any], kind: str, geometry: object, gm_code: str) -> _Area:
    code, name = held[f"{kind}code"], held[f"{kind}naam"]
    known = {"gemeente": gm_code, "wijk": WK_CODE.pattern, "buurt": BU_CODE.pattern}[kind]
    if not isinstance(code, str) or not _matches(code, kind, known) or code[2:6] != gm_code[2:]:
        raise WrongValueError(TITLE, f"a code of a {kind} of {gm_code}", f"{kind}code")
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        raise WrongValueError(TITLE, "a name", f"{kind}naam")
    change = change_of(TITLE, held.get(_CHANGE), _CHANGE)
    return _Area(code, name.strip(), _shape(geometry, kind), change)


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


def _require_complete(layers: Mapping[str, list[_Area]], request: FetchRequest) -> None:
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


def _unions(buurten: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    inside: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, shape in buurten.items():
        inside[wk_of(code)].append(shape)
    return {code: shapely.coverage_union_all(shapes) for code, shapes in inside.items()}


def _require_same(areas: Iterable[_Area], unions: Mapping[str, shapely.Geometry]) -> None:
    """Refuse an area that is not what its parts are together, but for a strip along its border."""
    for area in areas:
        union = unions[area.code]
        off = shapely.symmetric_difference(area.shape.buffer(0), union).area
        if off > OUTSIDE_M * shapely.length(union):
            expected = f"buurten that are together what {area.code} is"
            raise WrongValueError(TITLE, expected, "the geometry")


def _files(
    year: str,
    buurten: Mapping[str, shapely.Geometry],
    wijken: Mapping[str, shapely.Geometry],
    names: Mapping[str, str],
    coverage: Repaired,
) -> tuple[FetchedFile, ...]:
    gm_code = f"GM{next(iter(buurten))[2:6]}"
    small = [
        {
            "bu_code": code,
            "bu_name": names[code],
            "wk_code": wk_of(code),
            "gm_code": gm_code,
            "border": "official",
        }
        for code in buurten
    ]
    large = [{"wk_code": code, "wk_name": names[code], "gm_code": gm_code} for code in wijken]
    common = {
        "source": f"CBS en Kadaster, Wijken en buurten {year}, via PDOK",
        "licence": "CC BY 4.0",
        "vintage": f"indeling {year}",
        "url": _PAGE_URL,
    }
    return (
        FetchedFile(
            path=BUURTEN,
            content=_geojson(small, buurten.values()),
            rows=len(small),
            division=int(year),
            title=f"Grenzen van {len(small)} buurten, indeling {year}",
            table=f"wijken-en-buurten-{year}, buurten",
            transformed_by=f"geo-lv fetch: zonder water, {coverage.done}",
            note=coverage.words,
            **common,
        ),
        FetchedFile(
            path=WIJKEN,
            content=_geojson(large, wijken.values()),
            rows=len(large),
            division=int(year),
            title=f"Grenzen van {len(large)} wijken, indeling {year}",
            table=f"wijken-en-buurten-{year}, wijken",
            transformed_by="geo-lv fetch: de buurten per wijk samengevoegd",
            note="",
            **common,
        ),
    )


def _geojson(properties: list[dict[str, str]], shapes: Iterable[shapely.Geometry]) -> bytes:
    features = [
        {"type": "Feature", "properties": held, "geometry": shapely.geometry.mapping(shape)}
        for held, shape in zip(properties, to_wgs84(shapes), strict=True)
    ]
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


SOURCE: Final = Source(
    name="pdok",
    title=TITLE,
    address="https://api.pdok.nl/cbs",
    paths=(BUURTEN, WIJKEN, DIVISIONS),
    fetch=fetch,
    parse=parse,
)
