"""Asking for the rows of the kinds, areas and months that the figures need."""

import datetime as dt

from geo_lv.sources.fetched import FetchProgress, FetchRequest
from geo_lv.sources.odata import ROWS, fetch_entity, starts_with
from geo_lv.sources.politie.definitions import TITLE, definitions_in, years_in
from geo_lv.sources.politie.periods import Month
from geo_lv.sources.politie.tables import Layout, PoliceTable, kinds_of, layout_of, tables_for
from geo_lv.sources.transport import Transport


def fetch(transport: Transport, request: FetchRequest, progress: FetchProgress) -> dict[str, bytes]:
    """
    Get what the figures need of each table.

    Parameters
    ----------
    transport
        Asks.
    request
        The municipality, the years, and the figures as `PoliceDefinition`.
    progress
        Called as tables come in.

    Returns
    -------
    documents
        ``{table}-columns.json``, ``{table}-kinds.json`` and ``{table}-rows.json``.

    Raises
    ------
    EmptyAnswerError
        If there is no figure to make.
    SchemaDriftError
        If a column or kind is not there; and the faults of `fetch_entity`.
    """
    tables = tables_for(one.figure.subject for one in definitions_in(request))
    documents: dict[str, bytes] = {}
    for done, table in enumerate(tables):
        name, address = table.identifier, request.address
        progress(f"{TITLE} {name}", done, len(tables))
        columns = fetch_entity(transport, address, name, "DataProperties")
        layout = layout_of(columns, table)
        kinds = fetch_entity(transport, address, name, table.kinds)
        where = _where(layout, table, _codes(kinds, table, request), request)
        rows = fetch_entity(transport, address, name, ROWS, columns=layout.columns, where=where)
        documents |= {
            f"{name}-columns.json": columns,
            f"{name}-kinds.json": kinds,
            f"{name}-rows.json": rows,
        }
    return documents


def _codes(kinds: bytes, table: PoliceTable, request: FetchRequest) -> list[str]:
    of_subject = [
        one.figure for one in definitions_in(request) if one.figure.subject == table.subject
    ]
    return sorted({code for figure in of_subject for code in kinds_of(kinds, table, figure)})


def _where(layout: Layout, table: PoliceTable, codes: list[str], request: FetchRequest) -> str:
    """Return a filter that padding does not change, up to the last month that is over."""
    number = request.gm_code.removeprefix("GM")
    areas = starts_with(layout.region, [f"{level}{number}" for level in ("GM", "WK", "BU")])
    first, last = min(years_in(request)), max(years_in(request))
    span = (f"{first}JJ00", f"{last}JJ00")
    if table.monthly:
        # twelve months that end in a year begin in the year before it
        span = (Month(first - 1, 1).code, min(Month(last, 12), _last_over(request.day)).code)
    period = layout.period
    return (
        f"({areas}) and ({starts_with(layout.kind, codes)}) "
        f"and {period} ge '{span[0]}' and {period} le '{span[1]}'"
    )


def _last_over(day: str) -> Month:
    today = dt.date.fromisoformat(day)
    return Month(today.year, today.month).back(1)
