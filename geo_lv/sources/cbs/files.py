"""From documents to the files of a data folder, in which other years stay as they are. Pure."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from typing import Final

from geo_lv.codes import NL_CODE
from geo_lv.sources.cbs.definitions import Definition, Found, change_column, found_in, keys_of
from geo_lv.sources.cbs.figures import PREFIX, Figure, figures_of, our_rows
from geo_lv.sources.cbs.tables import (
    AREAS,
    INFOS,
    PROPERTIES,
    TITLE,
    definitions_of,
    year_of,
)
from geo_lv.sources.divided import Division, change_of, divisions_file, held_rows, with_whole
from geo_lv.sources.faults import EmptyAnswerError, SchemaDriftError
from geo_lv.sources.fetched import FetchedFile, FetchRequest
from geo_lv.sources.odata import ROWS, columns_of, dimensions_of, rows_of, title_of, titles_of

FIGURES: Final = "statistics/kerncijfers.csv"
HEAD: Final = tuple(field.name for field in fields(Figure))


@dataclass(frozen=True)
class _Year:
    """What the table of a year says."""

    year: int
    table: str
    found: Mapping[str, Found]
    figures: tuple[Figure, ...]
    divisions: tuple[Division, ...]


def parse(documents: Mapping[str, bytes], request: FetchRequest) -> tuple[FetchedFile, ...]:
    """
    Make the files of figures and of divisions of a data folder.

    Parameters
    ----------
    documents
        From `geo_lv.sources.cbs.tables.fetch`.
    request
        The municipality, the definitions, the years that are wanted (none means all), and what the
        folder holds now.

    Returns
    -------
    files
        Figures, in which those of CBS of these years are new, and divisions. What the folder holds
        of other years, or from others, is kept.

    Raises
    ------
    EmptyAnswerError
        If there is no table of a year that is wanted.
    IncompleteError
        If a table has no row of the municipality, its wijken or its buurten.
    SchemaDriftError
        If a table lacks a column that it must have.
    WrongValueError
        If a value is neither a number nor a known sign.
    DuplicatePageError
        If a row is there twice.
    InputError
        If a file that is held cannot be read.
    """
    years = tuple(_years(documents, request))
    wanted = tuple(each for each in years if not request.years or each.year in request.years)
    absent = set(request.years) - {each.year for each in wanted}
    if absent or not wanted:
        raise EmptyAnswerError(TITLE, f"a table of {min(absent, default='a year')}")
    divisions = [division for each in years for division in each.divisions]
    return (
        _figures_file(wanted, request),
        divisions_file(divisions, request.held, replaces=True),
    )


def _years(documents: Mapping[str, bytes], request: FetchRequest) -> Iterator[_Year]:
    tables: dict[tuple[str, str], dict[str, bytes]] = {}
    for name, content in documents.items():
        year, table, entity = name.removesuffix(".json").split("-")
        tables.setdefault((year, table), {})[entity] = content
    for (year, table), held in sorted(tables.items()):
        yield _year(int(year), table, held, request)


def _year(year: int, table: str, held: Mapping[str, bytes], request: FetchRequest) -> _Year:
    if year_of(title_of(TITLE, held[INFOS], table)) != year:
        raise SchemaDriftError(TITLE, (str(year),), f"the title of {table}")
    columns = columns_of(TITLE, held[PROPERTIES], table)
    found = found_in(TITLE, columns, definitions_of(request), table)
    change = change_column(TITLE, columns, table)
    rows = our_rows(
        rows_of(
            TITLE,
            held[ROWS],
            dimensions=[column.key for column in dimensions_of(columns)],
            columns=(*keys_of(found), *((change.key,) if change else ())),
            table=table,
        ),
        request.gm_code,
        table,
    )
    names = titles_of(TITLE, held[AREAS], table)
    unnamed = tuple(code for code in rows if not names.get(code))
    if unnamed:
        raise SchemaDriftError(TITLE, unnamed, f"the names of the areas of {table}")
    divisions = [
        Division(
            code,
            year,
            names[code],
            change_of(TITLE, row[change.key], change.key) if change else "",
        )
        for code, row in rows.items()
        if code != NL_CODE
    ]
    return _Year(
        year,
        table,
        found,
        tuple(figures_of(rows, found, year, table)),
        tuple(with_whole(divisions)),
    )


def _figures_file(years: tuple[_Year, ...], request: FetchRequest) -> FetchedFile:
    new = {(each.indicator, each.year, each.code): each for year in years for each in year.figures}
    asked = {str(each.year) for each in years}
    kept = {
        (each.indicator, each.year, each.code): each
        for each in (Figure(**row) for row in held_rows(request.held, FIGURES, HEAD))
        if each.year not in asked or not each.source_table.startswith(PREFIX)
    }
    both = kept | new
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(astuple(both[key]) for key in sorted(both))
    span = _span(sorted({each.year for each in both.values()}))
    tables = ", ".join(f"{each.table} ({each.year})" for each in years)
    return FetchedFile(
        path=FIGURES,
        content=buffer.getvalue().encode(),
        rows=len(both),
        title="Kerncijfers van Nederland, gemeente, wijken en buurten",
        source=f"CBS, Kerncijfers wijken en buurten {span}",
        licence="CC BY 4.0",
        vintage=span,
        url="https://www.cbs.nl/nl-nl/reeksen/publicatie/kerncijfers-wijken-en-buurten",
        transformed_by=(
            "geo-lv fetch: een rij per gebied, cijfer en jaar; aantallen omgerekend naar een deel "
            "van het geheel in dezelfde rij waar het cijfer een percentage is"
        ),
        table=tables,
        note=_note(years, definitions_of(request)),
    )


def _span(years: list[str]) -> str:
    """Return years as text: a row of them as its ends."""
    whole = [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]
    if len(years) > 1 and years == whole:
        return f"{years[0]} tot en met {years[-1]}"
    return ", ".join(years)


def _note(years: tuple[_Year, ...], definitions: tuple[Definition, ...]) -> str:
    """Return what a reader must know, with the figures that a year does not have."""
    rounded = (
        "Het CBS rondt aantallen per wijk en buurt af op vijftallen. Delen tellen dus niet altijd "
        "op tot het geheel."
    )
    absent = {
        each.label: [str(year.year) for year in years if each.indicator not in year.found]
        for each in definitions
    }
    absent["Nederland"] = [
        str(year.year) for year in years if all(each.code != NL_CODE for each in year.figures)
    ]
    words = [f"{label} ({_span(of)})" for label, of in absent.items() if of]
    return f"{rounded} Niet in de tabellen: {'; '.join(words)}." if words else rounded
