"""The tables of the police: which there are, and what their columns hold. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from geo_lv.codes import REGION_CODE, gm_of
from geo_lv.schema import Reason
from geo_lv.sources.faults import SchemaDriftError, WrongValueError
from geo_lv.sources.odata import (
    Wanted,
    cell_of,
    columns_of,
    dimensions_of,
    require_column,
    resolved,
    rows_of,
    titles_of,
)
from geo_lv.sources.politie.definitions import TITLE, TOTAL, PoliceFigure, Subject, words_of
from geo_lv.sources.politie.periods import Total, is_period

_REGIONS: Final = ("WijkenEnBuurten", "RegioS")
_PERIODS: Final = "Perioden"
_UNITS: Final = ("aantal", "")


@dataclass(frozen=True)
class PoliceTable:
    """A table of registered crime or nuisance per area."""

    identifier: str
    subject: Subject
    kinds: str
    """Key of the dimension with the kinds."""
    topic: str
    """Title of the column with the numbers."""
    monthly: bool
    """Whether it has months; a table of months has rows of whole years too."""


TABLES: Final = (
    PoliceTable(
        "47022NED", "misdrijven", "SoortMisdrijf", "Geregistreerde misdrijven", monthly=True
    ),
    PoliceTable(
        "47018NED", "misdrijven", "SoortMisdrijf", "Geregistreerde misdrijven", monthly=False
    ),
    PoliceTable("47024NED", "overlast", "Overlast", "Geregistreerde overlast", monthly=True),
)


@dataclass(frozen=True)
class Layout:
    """Keys of the columns of one table."""

    kind: str
    region: str
    period: str
    count: str

    @property
    def dimensions(self) -> tuple[str, str, str]:
        """Return the keys of all dimensions."""
        return self.kind, self.region, self.period

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the keys of all columns that are needed."""
        return (*self.dimensions, self.count)


@dataclass(frozen=True)
class Row:
    """One published number, or why it is not."""

    kind: str
    area: str
    period: str
    count: Total


def layout_of(document: bytes, table: PoliceTable) -> Layout:
    """
    Find the columns of a table.

    Parameters
    ----------
    document
        The entity DataProperties.
    table
        What it should be.

    Returns
    -------
    layout
        Their keys.

    Raises
    ------
    SchemaDriftError
        If a column is not there, or there is a dimension more: its rows would be added up.
    """
    name = table.identifier
    columns = columns_of(TITLE, document, name)
    dimensions = {column.key for column in dimensions_of(columns)}
    region = next((key for key in _REGIONS if key in dimensions), _REGIONS[0])
    for key in (table.kinds, region, _PERIODS):
        require_column(TITLE, columns, key, name)
    if len(dimensions) > len({table.kinds, region, _PERIODS}):
        raise SchemaDriftError(TITLE, ("three dimensions",), f"the columns of {name}")
    topics = resolved(columns, Wanted(titles=(table.topic,), units=_UNITS))
    if len(topics) != 1:
        raise SchemaDriftError(TITLE, (f"one {table.topic}",), f"the columns of {name}")
    return Layout(table.kinds, region, _PERIODS, topics[0].key)


def kinds_of(document: bytes, table: PoliceTable, figure: PoliceFigure) -> tuple[str, ...]:
    """
    Find the kinds that make a figure in the dimension of a table.

    Parameters
    ----------
    document
        The entity with the kinds.
    table
        Which table it is of.
    figure
        The kinds, by code and title.

    Returns
    -------
    codes
        Without padding, one for each kind.

    Raises
    ------
    SchemaDriftError
        Naming each kind that is not there, that may be one of several, or that the table calls a
        total while it is not the only one.
    """
    titles = titles_of(TITLE, document, table.identifier)
    fitting = figure.found_in(titles.items())
    wrong = [
        kind
        for kind, codes in zip(figure.kinds, fitting, strict=True)
        if len(codes) != 1 or (len(fitting) > 1 and TOTAL in words_of(titles[codes[0]]))
    ]
    if wrong:
        missing = tuple(f"one kind {kind!r}" for kind in wrong)
        raise SchemaDriftError(TITLE, missing, f"the kinds of {table.identifier}")
    return tuple(code for codes in fitting for code in codes)


def counts_of(document: bytes, table: PoliceTable, layout: Layout, gm_code: str) -> Iterator[Row]:
    """
    Read the numbers of a municipality, its wijken and its buurten.

    Parameters
    ----------
    document
        The entity with the rows.
    table, layout
        What it is, and where its columns are.
    gm_code
        Of other areas nothing is read; the source may ignore a filter.

    Yields
    ------
    row
        With nothing for a number that the police withholds: never zero.

    Raises
    ------
    WrongValueError
        If a number is not a count or a period not one; and the faults of `rows_of`.
    """
    rows = rows_of(
        TITLE,
        document,
        dimensions=layout.dimensions,
        columns=(layout.count,),
        table=table.identifier,
    )
    for row in rows:
        area, period = row[layout.region], row[layout.period]
        if not is_period(period):
            raise WrongValueError(TITLE, "a month or a year", layout.period)
        if REGION_CODE.fullmatch(area) and gm_of(area) == gm_code:
            yield Row(row[layout.kind], area, period, _count(row[layout.count], layout.count))


def tables_for(subjects: Iterable[Subject]) -> tuple[PoliceTable, ...]:
    """Return the tables of these subjects."""
    wanted = set(subjects)
    return tuple(table for table in TABLES if table.subject in wanted)


def _count(value: object, column: str) -> Total:
    if value is None:
        return None, Reason.SUPPRESSED
    number, reason = cell_of(TITLE, value, column)
    if number is None:
        return None, reason
    if number < 0 or number != int(number):
        raise WrongValueError(TITLE, "a count", column)
    return int(number), None
