"""Official boundaries of CBS and Kadaster, from the OGC API of PDOK: complete, and one coverage."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import shapely

from geo_lv.sources.coverage import repaired
from geo_lv.sources.divided import DIVISIONS, Division, divisions_file, with_whole
from geo_lv.sources.faults import EmptyAnswerError, FaultError, IncompleteError, RefusedError
from geo_lv.sources.fetched import FetchedFile, FetchProgress, FetchRequest, Source
from geo_lv.sources.ogc import fetch_pages
from geo_lv.sources.pdok.areas import (
    TITLE,
    land_areas,
    require_complete,
    require_same,
    wijken_of,
)
from geo_lv.sources.pdok.files import BUURTEN, WIJKEN, boundary_files
from geo_lv.sources.transport import Transport

COLLECTIONS: Final = ("gemeenten", "wijken", "buurten")
FIRST_YEAR: Final = 2021
YEARS_BACK: Final = 3
"""How many years before this one are tried when none is named."""

_NOT_FOUND: Final = 404


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
        "gemeenten": land_areas(pages, "gemeenten", "gemeente", request.gm_code),
        "wijken": land_areas(pages, "wijken", "wijk", request.gm_code),
        "buurten": land_areas(pages, "buurten", "buurt", request.gm_code),
    }
    require_complete(layers, request)
    codes = [area.code for area in layers["buurten"]]
    coverage = repaired(TITLE, [area.shape for area in layers["buurten"]])
    exact = dict(zip(codes, coverage.exact, strict=True))
    require_same(layers["wijken"], wijken_of(exact))
    whole = shapely.coverage_union_all(coverage.exact)
    require_same(layers["gemeenten"], {request.gm_code: whole})
    buurten = dict(zip(codes, coverage.shapes, strict=True))
    names = {area.code: area.name for area in (*layers["buurten"], *layers["wijken"])}
    division = [
        Division(area.code, int(year), area.name, area.change)
        for areas in layers.values()
        for area in areas
    ]
    return (
        *boundary_files(year, buurten, wijken_of(buurten), names, coverage),
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


SOURCE: Final = Source(
    name="pdok",
    title=TITLE,
    address="https://api.pdok.nl/cbs",
    paths=(BUURTEN, WIJKEN, DIVISIONS),
    fetch=fetch,
    parse=parse,
)
