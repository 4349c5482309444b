"""From rows of a table to figures of areas: one unit, or a reason why there is none. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo_lv.codes import NL_CODE, REGION_CODE, gm_of
from geo_lv.schema import Reason
from geo_lv.sources.cbs.definitions import Found
from geo_lv.sources.cbs.tables import AREAS, TITLE
from geo_lv.sources.faults import DuplicatePageError, EmptyAnswerError, IncompleteError
from geo_lv.sources.odata import Cell, cell_of

PREFIX: Final = "CBS "
"""How the name of a source table starts that is of CBS."""

_LEVELS: Final = {"GM": "municipality", "WK": "wijken", "BU": "buurten"}


@dataclass(frozen=True)
class Figure:
    """A figure as the data folder has it, all text but for nothing."""

    code: str
    indicator: str
    year: str
    value: str
    reason: str
    source_table: str


def our_rows(
    rows: tuple[dict[str, Any], ...], gm_code: str, table: str
) -> dict[str, dict[str, Any]]:
    """
    Return the rows of a municipality, its wijken, its buurten and the Netherlands.

    Parameters
    ----------
    rows
        Of a table, with codes without padding; a source may have ignored what was asked.
    gm_code
        Of the municipality.
    table
        What it is called in messages.

    Returns
    -------
    rows
        By code.

    Raises
    ------
    EmptyAnswerError
        If there is none: that is what comes of a code that is padded in another way.
    IncompleteError
        If one of the three levels has no row.
    DuplicatePageError
        If an area has several rows.
    """
    ours = [row for row in rows if _is_ours(row[AREAS], gm_code)]
    by_code = {row[AREAS]: row for row in ours}
    if len(by_code) != len(ours):
        raise DuplicatePageError(TITLE)
    if not ours:
        raise EmptyAnswerError(TITLE, f"rows of {gm_code} in {table}")
    for prefix, level in _LEVELS.items():
        if not any(code.startswith(prefix) for code in by_code):
            raise IncompleteError(TITLE, f"{level} of {gm_code} in {table}", 1, 0)
    return by_code


def figures_of(
    rows: Mapping[str, Mapping[str, Any]], found: Mapping[str, Found], year: int, table: str
) -> Iterator[Figure]:
    """
    Make figures of the rows of a table.

    Parameters
    ----------
    rows
        By code.
    found
        The columns of each indicator.
    year, table
        What the figures are of.

    Yields
    ------
    figure
        One for each row and indicator; rounded to the decimals of the indicator.

    Raises
    ------
    WrongValueError
        If a value is neither a number nor a known sign.
    """
    for code, row in rows.items():
        for indicator, each in found.items():
            value, reason = _computed(row, each)
            shown = "" if value is None else f"{value:.{each.definition.decimals}f}"
            yield Figure(
                code, indicator, f"{year}", _positive(shown), reason or "", f"{PREFIX}{table}"
            )


def _is_ours(code: str, gm_code: str) -> bool:
    ours = REGION_CODE.fullmatch(code) is not None and gm_of(code) == gm_code
    return ours or code == NL_CODE


def _computed(row: Mapping[str, Any], found: Found) -> Cell:
    """Return a figure in the unit of the indicator; without its whole a part is no percentage."""
    value, reason = cell_of(TITLE, row[found.column.key], found.column.key)
    parts = [cell_of(TITLE, row[column.key], column.key) for column in found.of]
    absent = [why for _, why in parts if why is not None]
    if value is None:
        return None, reason
    if absent:
        return None, absent[0]
    if not parts:
        return value * found.way.factor, None
    whole = sum(number for number, _ in parts if number is not None)
    # Of nobody no part can be told.
    return (value * found.way.per / whole, None) if whole > 0 else (None, Reason.NOT_APPLICABLE)


def _positive(text: str) -> str:
    """Return a number as text, without the sign of a zero."""
    return text.removeprefix("-") if text and float(text) == 0 else text
