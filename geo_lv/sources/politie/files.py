"""The file of figures that a data folder gets from the tables of the police. Pure."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from geo_lv.schema import MONTHS
from geo_lv.sources.faults import EmptyAnswerError, NothingKeptError, SchemaDriftError
from geo_lv.sources.fetched import FetchedFile, FetchRequest
from geo_lv.sources.politie.definitions import (
    TITLE,
    PoliceDefinition,
    Subject,
    definitions_in,
    years_in,
)
from geo_lv.sources.politie.figures import (
    PoliceCount,
    Registered,
    counts_in,
    periods_of,
    registered,
)
from geo_lv.sources.politie.tables import PoliceTable, counts_of, kinds_of, layout_of, tables_for

FILE: Final = "statistics/politie.csv"

_HEAD: Final = ("code", "indicator", "year", "value", "reason", "source_table", "note")
_NOTE: Final = (
    "Geregistreerd door de politie, op de plek van het voorval. De politie geeft waarschijnlijk "
    "alle jaren op de indeling van nu; zo staan ze hier ook. Een getal dat de politie niet geeft, "
    "is geheim en niet nul."
)


def parse(documents: Mapping[str, bytes], request: FetchRequest) -> tuple[FetchedFile, ...]:
    """
    Make a file of figures of twelve months.

    Parameters
    ----------
    documents
        From `geo_lv.sources.politie.ask.fetch`.
    request
        The municipality, which areas it has, the years, and the figures.

    Returns
    -------
    files
        One, in the layout of the other published figures, with a note.

    Raises
    ------
    EmptyAnswerError
        If there are no twelve whole months, or nothing of a kind or of the buurten.
    NothingKeptError
        If a figure needs a table that was not fetched.
    FaultError
        If a column, kind or number is not as agreed.
    """
    definitions = definitions_in(request)
    counts: dict[str, list[PoliceCount]] = {}
    areas: set[str] = set()
    for subject in sorted({one.figure.subject for one in definitions}):
        found = _registered(documents, subject, request)
        areas |= found.areas
        for one in definitions:
            if one.figure.subject == subject:
                counts[one.indicator] = list(_counts(documents, found, one, request))
    known = {code for code in areas if _is_known(code, request)}
    if not any(code.startswith("BU") for code in known):
        raise EmptyAnswerError(TITLE, f"numbers of the buurten of {request.gm_code}")
    rows = [
        _row(indicator, count)
        for indicator, of_figure in counts.items()
        for count in of_figure
        if count.code in known
    ]
    every = [count for of_figure in counts.values() for count in of_figure]
    return (_file(rows, every, _left_out(areas, known, request)),)


def _registered(
    documents: Mapping[str, bytes], subject: Subject, request: FetchRequest
) -> Registered:
    return registered(
        {
            table: counts_of(
                _kept(documents, table, "rows"),
                table,
                layout_of(_kept(documents, table, "columns"), table),
                request.gm_code,
            )
            for table in tables_for([subject])
        }
    )


def _kept(documents: Mapping[str, bytes], table: PoliceTable, what: str) -> bytes:
    name = f"{table.identifier}-{what}.json"
    if name not in documents:
        raise NothingKeptError(TITLE)
    return documents[name]


def _counts(
    documents: Mapping[str, bytes],
    found: Registered,
    definition: PoliceDefinition,
    request: FetchRequest,
) -> Iterator[PoliceCount]:
    tables = tables_for([definition.figure.subject])
    kinds = {
        kinds_of(_kept(documents, table, "kinds"), table, definition.figure) for table in tables
    }
    if len(kinds) > 1:
        where = " and ".join(table.identifier for table in tables)
        raise SchemaDriftError(TITLE, (f"the same kinds for {definition.indicator}",), where)
    codes = kinds.pop()
    for table in tables:
        told = found.has(request.gm_code, codes, monthly=table.monthly)
        if not told and (table.monthly or _asks_for_the_past(request)):
            what = f"numbers of each kind of {definition.indicator} in {table.identifier}"
            raise EmptyAnswerError(TITLE, what)
    periods = periods_of(found, request.gm_code, request.day, years_in(request))
    if not periods:
        raise EmptyAnswerError(TITLE, f"twelve whole months of {request.gm_code}")
    for period in periods:
        yield from counts_in(found, codes, period, request.gm_code)


def _asks_for_the_past(request: FetchRequest) -> bool:
    """Tell whether a year is asked for that must be in a table of years by now."""
    return min(years_in(request)) < dt.date.fromisoformat(request.day).year - 1


def _is_known(code: str, request: FetchRequest) -> bool:
    """Tell whether the data folder has an area of this code."""
    expected = request.expected
    known = {"BU": expected.bu_codes, "WK": expected.wk_codes}.get(code[:2])
    return not known or code in known


def _left_out(areas: set[str], known: set[str], request: FetchRequest) -> str:
    """Say in Dutch how far the division of the police is another than that of the map."""
    absent = (request.expected.bu_codes | request.expected.wk_codes) - areas
    words = []
    if areas - known:
        words.append(
            f"Gebieden die niet op de kaart staan en zijn weggelaten: {len(areas - known)}."
        )
    if absent:
        words.append(f"Gebieden op de kaart waarvan de politie niets geeft: {len(absent)}.")
    return " ".join(words)


def _row(indicator: str, count: PoliceCount) -> tuple[str, ...]:
    number, reason = count.count
    return (
        count.code,
        indicator,
        str(count.period.last.year),
        "" if number is None else str(number),
        reason.value if reason else "",
        f"{TITLE} {count.table}",
        count.note,
    )


def _file(rows: list[tuple[str, ...]], counts: Iterable[PoliceCount], left_out: str) -> FetchedFile:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows(rows)
    tables = ", ".join(sorted({count.table for count in counts}))
    periods = sorted({count.period.last for count in counts})
    until = f"{MONTHS[periods[-1].number - 1]} {periods[-1].year}"
    return FetchedFile(
        path=FILE,
        content=buffer.getvalue().encode(),
        rows=len(rows),
        title="Geregistreerde misdrijven en overlast",
        source=f"Politie, Geregistreerde misdrijven en overlast, via CBS ({tables})",
        licence="CC BY 4.0, volgens openbare code, niet bevestigd",
        vintage=f"{periods[0].year} tot en met {until}",
        url="https://data.politie.nl",
        transformed_by="geo-lv fetch: opgeteld tot twaalf maanden per gebied en cijfer",
        table=tables,
        note=f"{_NOTE} {left_out}".strip(),
    )
