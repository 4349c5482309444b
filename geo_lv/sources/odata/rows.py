"""Rows of a table: codes without padding, each row once, a reason where no number is. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from geo_lv.schema import Reason
from geo_lv.sources.answers import read_json, require_keys
from geo_lv.sources.faults import DuplicatePageError, SchemaDriftError, WrongValueError

Cell = tuple[float | None, Reason | None]
"""A number, or why there is none: exactly one of the two."""

SPECIAL: Final = {
    -99997: Reason.SUPPRESSED,
    -99995: Reason.MISSING,
    -99991: Reason.NOT_APPLICABLE,
}
"""Secret; not yet published; no longer published. Never numbers."""

_ABSENT: Final = {"", "."}
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_RESERVED: Final = range(-99_999, -99_989)
"""Where those are: another one there is a state that nobody told us of."""


def rows_of(
    source: str, document: bytes, *, dimensions: Sequence[str], columns: Sequence[str], table: str
) -> tuple[dict[str, Any], ...]:
    """
    Read the rows of a table.

    Parameters
    ----------
    source, table
        What they are called in messages.
    document
        The entity ``TypedDataSet``, or ``UntypedDataSet``.
    dimensions
        Keys of all dimensions, which together tell rows apart.
    columns
        Keys of other columns that are needed; further ones are kept too.

    Returns
    -------
    rows
        With the codes of dimensions stripped of their padding, in the order of the document.

    Raises
    ------
    SchemaDriftError
        If a row lacks a column.
    WrongValueError
        If a code is not text.
    DuplicatePageError
        If a row is there twice.
    """
    where = f"a row of {table}"
    found = read_json(source, document)
    if not isinstance(found, list):
        raise SchemaDriftError(source, ("a list of rows",), where)
    seen: set[tuple[str, ...]] = set()
    rows = []
    for item in found:
        row = require_keys(source, item, (*dimensions, *columns), where)
        codes = tuple(_code(source, row[key], key) for key in dimensions)
        if codes in seen:
            raise DuplicatePageError(source)
        seen.add(codes)
        rows.append({**row, **dict(zip(dimensions, codes, strict=True))})
    return tuple(rows)


def cell_of(source: str, value: object, column: str) -> Cell:
    """
    Read a number, or why there is none.

    Parameters
    ----------
    source, column
        What they are called in messages.
    value
        A number, text with a number, nothing, ``.`` or one of `SPECIAL`.

    Returns
    -------
    cell
        A number or a reason.

    Raises
    ------
    WrongValueError
        If it is none of those.
    """
    if value is None or (isinstance(value, str) and value.strip() in _ABSENT):
        return None, Reason.MISSING
    number = _number(value)
    if number is None or (number in _RESERVED and number not in SPECIAL):
        raise WrongValueError(source, "a number or a known sign that there is none", column)
    reason = SPECIAL.get(int(number)) if number == int(number) else None
    return (None, reason) if reason else (number, None)


def tables_of(source: str, document: bytes) -> dict[str, str]:
    """
    Read a list of tables.

    Parameters
    ----------
    source
        What it is called in messages.
    document
        From `geo_lv.sources.odata.fetch_tables`.

    Returns
    -------
    titles
        Identifier to title, with single spaces.

    Raises
    ------
    SchemaDriftError
        If it is put together in another way.
    DuplicatePageError
        If one is there twice.
    """
    found = read_json(source, document)
    if not isinstance(found, list):
        raise SchemaDriftError(source, ("a list of tables",), "the catalogue")
    items = [require_keys(source, item, ("Identifier", "Title"), "the catalogue") for item in found]
    return _named(source, items, "Identifier", "the catalogue")


def titles_of(source: str, document: bytes, table: str) -> dict[str, str]:
    """
    Read what the codes of a dimension stand for.

    Parameters
    ----------
    source, table
        What they are called in messages.
    document
        The entity of a dimension.

    Returns
    -------
    titles
        Code without padding to title, with single spaces.

    Raises
    ------
    SchemaDriftError
        If it is put together in another way.
    DuplicatePageError
        If a code is there twice.
    """
    where = f"a dimension of {table}"
    found = read_json(source, document)
    if not isinstance(found, list):
        raise SchemaDriftError(source, ("a list of codes",), where)
    items = [require_keys(source, item, ("Key", "Title"), where) for item in found]
    return _named(source, items, "Key", where)


def _named(source: str, items: Sequence[Mapping[str, Any]], key: str, where: str) -> dict[str, str]:
    named = {}
    for item in items:
        title = item["Title"] or ""
        if not isinstance(title, str):
            raise WrongValueError(source, "a title", where)
        named[_code(source, item[key], key)] = " ".join(title.split())
    if len(named) != len(items):
        raise DuplicatePageError(source)
    return named


def _code(source: str, value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongValueError(source, "a code", key)
    return value.strip()


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value.strip().replace(",", "."))
    return None
