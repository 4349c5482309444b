"""Which table has the figures of a year, and asking for what is needed of it."""

import datetime as dt
import json
import re
from collections.abc import Callable
from functools import cache
from typing import Final

from geo_lv.codes import NL_CODE
from geo_lv.sources.cbs.definitions import Definition, change_column, found_in, keys_of
from geo_lv.sources.faults import EmptyAnswerError, RefusedError, SchemaDriftError
from geo_lv.sources.fetched import FetchProgress, FetchRequest
from geo_lv.sources.odata import (
    ROWS,
    columns_of,
    dimensions_of,
    fetch_entity,
    fetch_tables,
    normal,
    require_column,
    starts_with,
    tables_of,
    title_of,
    titles_of,
)
from geo_lv.sources.transport import Transport

TITLE: Final = "CBS"
FIRST_YEAR: Final = 2015
AREAS: Final = "WijkenEnBuurten"
"""Key of the dimension of areas."""
INFOS: Final = "TableInfos"
PROPERTIES: Final = "DataProperties"

HINTS: Final = {
    2015: "83220NED",
    2016: "83487NED",
    2017: "83765NED",
    2018: "84286NED",
    2019: "84583NED",
    2020: "84799NED",
    2021: "85039NED",
    2022: "85318NED",
    2023: "85618NED",
    2024: "85984NED",
    2025: "86165NED",
}
"""Where to look first: taken from public lists that contradict each other for some years, so the
table itself must say that it is of the year."""

_NOT_FOUND: Final = 404
_FAMILY: Final = re.compile(r"kerncijfers wijken en buurten ((?:19|20)[0-9]{2})\b")


def fetch(transport: Transport, request: FetchRequest, progress: FetchProgress) -> dict[str, bytes]:
    """
    Get what is needed of the table of every year.

    The tables of all years are asked for, also when only some are wanted: what changed in the
    division since the year before is of use only without gaps.

    Parameters
    ----------
    transport
        Asks.
    request
        The municipality, the definitions of figures, and the years that must be there; without
        years those that CBS has.
    progress
        Called as tables come in.

    Returns
    -------
    documents
        ``{year}-{table}-{entity}.json``.

    Raises
    ------
    EmptyAnswerError
        If a year that is asked for has no table, or no year has.
    SchemaDriftError
        If a table does not have what it must have; and the faults of `Transport.get`.
    """
    tables = cache(lambda: _catalogue(transport, request.address))
    last = dt.date.fromisoformat(request.day).year
    years = sorted({*range(FIRST_YEAR, last + 1), *request.years})
    documents: dict[str, bytes] = {}
    for done, year in enumerate(years):
        progress(f"{TITLE}: {year}", done, len(years))
        found = _table(transport, request.address, year, tables)
        if found is None and year in request.years:
            raise EmptyAnswerError(TITLE, f"a table of kerncijfers of {year}")
        if found is not None:
            table, infos = found
            held = {INFOS: infos, **_contents(transport, request, table)}
            documents |= {f"{year}-{table}-{name}.json": held[name] for name in held}
    if not documents:
        raise EmptyAnswerError(TITLE, "a table of kerncijfers")
    return documents


def year_of(title: str) -> int | None:
    """Return the year that a table is about by its title, None if it is no such table."""
    found = _FAMILY.match(normal(title))
    return int(found[1]) if found else None


def definitions_of(request: FetchRequest) -> tuple[Definition, ...]:
    """Return the figures that are asked for."""
    return tuple(each for each in request.definitions if isinstance(each, Definition))


def _table(
    transport: Transport, address: str, year: int, tables: Callable[[], dict[int, str]]
) -> tuple[str, bytes] | None:
    """Return the table of a year with its description, None if there is none."""
    if year in HINTS:
        infos = _infos(transport, address, HINTS[year])
        if infos is not None and year_of(title_of(TITLE, infos, HINTS[year])) == year:
            return HINTS[year], infos
    table = tables().get(year)
    infos = None if table is None else _infos(transport, address, table)
    if table is None or infos is None:
        return None
    if year_of(title_of(TITLE, infos, table)) != year:
        raise SchemaDriftError(TITLE, (str(year),), f"the title of {table}")
    return table, infos


def _infos(transport: Transport, address: str, table: str) -> bytes | None:
    try:
        return fetch_entity(transport, address, table, INFOS)
    except RefusedError as fault:
        if fault.status != _NOT_FOUND:
            raise
        return None


def _catalogue(transport: Transport, address: str) -> dict[int, str]:
    """Return the table of each year by the catalogue; of several the one that came last."""
    titles = tables_of(TITLE, fetch_tables(transport, address))
    found = {
        year: table
        for table, title in sorted(titles.items())
        if (year := year_of(title)) is not None
    }
    if not found:
        raise EmptyAnswerError(TITLE, "tables of kerncijfers in the catalogue")
    return found


def _contents(transport: Transport, request: FetchRequest, table: str) -> dict[str, bytes]:
    """Return the columns of a table, the rows of the municipality, and the names of its areas."""
    address = request.address
    properties = fetch_entity(transport, address, table, PROPERTIES)
    columns = columns_of(TITLE, properties, table)
    require_column(TITLE, columns, AREAS, table)
    found = found_in(TITLE, columns, definitions_of(request), table)
    change = change_column(TITLE, columns, table)
    wanted = (
        *(column.key for column in dimensions_of(columns)),
        *keys_of(found),
        *((change.key,) if change else ()),
    )
    digits = request.gm_code[2:]
    ours = (NL_CODE, *(f"{kind}{digits}" for kind in ("GM", "WK", "BU")))
    rows = fetch_entity(
        transport, address, table, ROWS, columns=wanted, where=starts_with(AREAS, ours)
    )
    names = titles_of(TITLE, fetch_entity(transport, address, table, AREAS, columns=_NAMED), table)
    few = [{"Key": code, "Title": names[code]} for code in sorted(names) if code.startswith(ours)]
    return {
        PROPERTIES: properties,
        ROWS: rows,
        AREAS: json.dumps(few, ensure_ascii=False).encode(),
    }


_NAMED: Final = ("Key", "Title")
