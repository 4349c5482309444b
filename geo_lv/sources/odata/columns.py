"""Which column holds what: found by title, topic and unit, never by a key with a number. Pure."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo_lv.sources.answers import read_json, require_keys
from geo_lv.sources.faults import DuplicatePageError, SchemaDriftError

GROUP: Final = "TopicGroup"
TOPIC: Final = "Topic"

_NEEDED: Final = ("ID", "ParentID", "Type", "Key", "Title")
_SHOWN: Final = 4
_LONGEST: Final = 60
_MOST_LEVELS: Final = 20


@dataclass(frozen=True)
class Column:
    """A column of a table, as its DataProperties say."""

    key: str
    title: str
    path: tuple[str, ...]
    """Titles of the groups of topics that it is in, from the widest to the narrowest."""
    unit: str
    kind: str
    """`TOPIC`, or some kind of dimension: Dimension, GeoDetail, GeoDimension, TimeDimension."""


@dataclass(frozen=True)
class Wanted:
    """What identifies a column through the years; signs and cases that look alike are the same."""

    titles: tuple[str, ...]
    """Any of them: titles change now and then."""
    units: tuple[str, ...]
    """Any of them."""
    path: tuple[str, ...] = ()
    """Each must be among the groups it is in, where the title alone may stand for several."""
    not_in: tuple[str, ...] = ()
    """And none of these."""


def normal(text: str) -> str:
    """Return text as it is compared: one form of each sign, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def columns_of(source: str, document: bytes, table: str) -> tuple[Column, ...]:
    """
    Read the columns of a table.

    Parameters
    ----------
    source, table
        What they are called in messages.
    document
        The entity DataProperties.

    Returns
    -------
    columns
        Topics and dimensions, in order; no groups.

    Raises
    ------
    SchemaDriftError
        If a property is put together in another way.
    DuplicatePageError
        If one is there twice.
    """
    where = f"the columns of {table}"
    found = read_json(source, document)
    if not isinstance(found, list):
        raise SchemaDriftError(source, ("a list",), where)
    items = [require_keys(source, item, _NEEDED, where) for item in found]
    by_id = {item["ID"]: item for item in items if _is_id(item["ID"])}
    if len(by_id) != len(items):
        raise DuplicatePageError(source)
    return tuple(_column(item, by_id) for item in items if item["Type"] != GROUP)


def dimensions_of(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return the columns that say what a row is about, whatever kind of dimension they are."""
    return tuple(column for column in columns if column.kind != TOPIC)


def require_column(source: str, columns: Iterable[Column], key: str, table: str) -> Column:
    """
    Return the dimension with a key.

    Parameters
    ----------
    source, table
        What they are called in messages.
    columns
        From `columns_of`.
    key
        Dimensions have no number in theirs.

    Returns
    -------
    column
        That dimension.

    Raises
    ------
    SchemaDriftError
        If there is none, with those that there are.
    """
    dimensions = {column.key: column for column in dimensions_of(columns)}
    if key not in dimensions:
        raise SchemaDriftError(source, (key,), f"the dimensions of {table}", tuple(dimensions))
    return dimensions[key]


def resolved(columns: Iterable[Column], wanted: Wanted) -> tuple[Column, ...]:
    """
    Find the topics that are what is wanted.

    Parameters
    ----------
    columns
        From `columns_of`.
    wanted
        What identifies it.

    Returns
    -------
    found
        None if the table does not have it, one if it does; several if `wanted` is not precise.
    """
    titles, units = set(map(normal, wanted.titles)), set(map(normal, wanted.units))
    inside, outside = set(map(normal, wanted.path)), set(map(normal, wanted.not_in))
    return tuple(
        column
        for column in columns
        if column.kind == TOPIC
        and normal(column.title) in titles
        and normal(column.unit) in units
        and inside <= (groups := set(map(normal, column.path)))
        and not outside & groups
    )


def similar(columns: Iterable[Column], wanted: Wanted) -> tuple[str, ...]:
    """Return the titles, with units, that look most like what is wanted: for a message."""
    shown = {
        normal(column.title): f"{column.title[:_LONGEST]} ({column.unit[:_LONGEST]})"
        for column in columns
        if column.kind == TOPIC
    }
    near = dict.fromkeys(
        match
        for title in wanted.titles
        for match in difflib.get_close_matches(normal(title), shown, n=_SHOWN, cutoff=0.4)
    )
    return tuple(shown[match] for match in list(near)[:_SHOWN])


def title_of(source: str, document: bytes, table: str) -> str:
    """
    Read the title of a table.

    Parameters
    ----------
    source, table
        What they are called in messages.
    document
        The entity TableInfos.

    Returns
    -------
    title
        With single spaces.

    Raises
    ------
    SchemaDriftError
        If there is none.
    DuplicatePageError
        If there are several.
    """
    where = f"the description of {table}"
    found = read_json(source, document)
    if not isinstance(found, list) or not found:
        raise SchemaDriftError(source, ("a description",), where)
    if len(found) > 1:
        raise DuplicatePageError(source)
    title = require_keys(source, found[0], ("Title",), where)["Title"]
    if not isinstance(title, str) or not title.strip():
        raise SchemaDriftError(source, ("a title",), where)
    return " ".join(title.split())


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _column(item: Mapping[str, Any], by_id: Mapping[int, Mapping[str, Any]]) -> Column:
    return Column(
        key=_text(item["Key"]),
        title=_text(item["Title"]),
        path=_path(item, by_id),
        unit=_text(item.get("Unit")),
        kind=_text(item["Type"]),
    )


def _path(item: Mapping[str, Any], by_id: Mapping[int, Mapping[str, Any]]) -> tuple[str, ...]:
    titles: list[str] = []
    parent = item["ParentID"]
    # A group that is inside itself ends too.
    while parent in by_id and len(titles) < _MOST_LEVELS:
        titles.append(_text(by_id[parent]["Title"]))
        parent = by_id[parent]["ParentID"]
    return tuple(reversed(titles))


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
