"""What a figure is called in a table of CBS, and how it is counted there. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from geo_lv.sources.faults import SchemaDriftError
from geo_lv.sources.odata import TOPIC, Column, Wanted, normal, resolved, similar

CHANGE: Final = "indelingswijziging"
"""How the title of the column starts that says what changed since the year before."""


@dataclass(frozen=True)
class Way:
    """A way in which tables have a figure."""

    wanted: Wanted
    factor: float = 1.0
    """What the value is multiplied by, to get the unit of the indicator."""
    of: tuple[Wanted, ...] = ()
    """Columns that together are the whole of which the figure is a part, in the same row."""
    per: float = 100.0
    """So many of that whole."""


@dataclass(frozen=True)
class Definition:
    """An indicator, and every way in which tables have had it."""

    indicator: str
    label: str
    decimals: int
    ways: tuple[Way, ...]
    """The first that a table has counts."""
    always: bool = False
    """Whether every table must have it."""


@dataclass(frozen=True)
class Found:
    """The columns of a table that an indicator is made from."""

    definition: Definition
    way: Way
    column: Column
    of: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all those columns."""
        return (self.column.key, *(column.key for column in self.of))


def found_in(
    source: str, columns: tuple[Column, ...], definitions: Iterable[Definition], table: str
) -> dict[str, Found]:
    """
    Find the columns of every indicator that a table has.

    Parameters
    ----------
    source, table
        What they are called in messages.
    columns
        Of the table.
    definitions
        What to find.

    Returns
    -------
    found
        By indicator. One that the table does not have is not there: tables get new figures and
        lose old ones, and a year has no row then.

    Raises
    ------
    SchemaDriftError
        If one that every table must have is not there, if none at all is, or if several columns
        are what is wanted: then nobody knows which.
    """
    wanted = tuple(definitions)
    found = {
        each.indicator: way
        for each in wanted
        if (way := _first(source, columns, each, table)) is not None
    }
    gone = [each for each in wanted if each.always and each.indicator not in found]
    if gone or not found:
        missing = gone or wanted
        raise SchemaDriftError(
            source,
            tuple(each.ways[0].wanted.titles[0] for each in missing),
            f"the columns of {table}",
            similar(columns, missing[0].ways[0].wanted) if missing else (),
        )
    return found


def change_column(source: str, columns: Iterable[Column], table: str) -> Column | None:
    """
    Find the column that says whether an area changed since the year before.

    Parameters
    ----------
    source, table
        What they are called in messages.
    columns
        Of the table.

    Returns
    -------
    column
        None if the table does not have it.

    Raises
    ------
    SchemaDriftError
        If there are several.
    """
    found = [
        column
        for column in columns
        if column.kind == TOPIC and normal(column.title).startswith(CHANGE)
    ]
    if len(found) > 1:
        titles = tuple(column.title for column in found)
        raise SchemaDriftError(source, (f"one {CHANGE}",), f"the columns of {table}", titles)
    return found[0] if found else None


def keys_of(found: Mapping[str, Found]) -> tuple[str, ...]:
    """Return the keys of all columns that are needed, each once."""
    return tuple(dict.fromkeys(key for each in found.values() for key in each.keys))


def _first(
    source: str, columns: tuple[Column, ...], definition: Definition, table: str
) -> Found | None:
    for way in definition.ways:
        column = _only(source, columns, way.wanted, table)
        whole = [_only(source, columns, part, table) for part in way.of]
        parts = tuple(part for part in whole if part is not None)
        if column is not None and len(parts) == len(whole):
            return Found(definition, way, column, parts)
    return None


def _only(source: str, columns: tuple[Column, ...], wanted: Wanted, table: str) -> Column | None:
    found = resolved(columns, wanted)
    if len(found) > 1:
        titles = tuple(" > ".join((*column.path, column.title)) for column in found)
        one = f"one column {wanted.titles[0]}"
        raise SchemaDriftError(source, (one,), f"the columns of {table}", titles)
    return found[0] if found else None
