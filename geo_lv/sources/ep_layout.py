"""The layouts of the public file of EP-Online: which column is what.

The register has had several. A column is recognised by its name without capitals, spaces and
underscores; the names that are known stand in `COLUMNS`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from geo_lv.errors import InputError, Problem, shorten
from geo_lv.sources.delimited import Row

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "vbo_id": ("BAGVerblijfsobjectID", "Pand_bagverblijfsobjectid"),
    "postcode": ("Postcode", "Pand_postcode"),
    "house_number": ("Huisnummer", "Pand_huisnummer"),
    "house_letter": ("Huisletter", "Pand_huisletter"),
    "addition": ("Huisnummertoevoeging", "Pand_huisnummertoevoeging", "Pand_huisnummer_toev"),
    "registered": ("Registratiedatum", "Pand_registratiedatum"),
    "valid_until": ("GeldigTot", "Meting_geldig_tot"),
    "label": ("Energieklasse", "Pand_energieklasse"),
    "method": ("Berekeningstype", "Pand_berekeningstype"),
    "ep2_kwh_m2": ("PrimaireFossieleEnergie", "Pand_primaire_fossiele_energie"),
    "energy_index_mj": ("BerekendeEnergieverbruik", "Pand_berekende_energieverbruik"),
}
"""What is read, and how each layout calls it: the fourth version of the file first."""
OPTIONAL: Final = frozenset({"house_letter", "energy_index_mj"})
"""Layouts before the fourth have the letter in the addition, and no energy use."""

PREAMBLE_ROWS: Final = 2
"""Rows before the names of the columns: when it was published, and the last change in it."""
PUBLISHED: Final = "publicatiedatum"

_DATE = re.compile(r"((?:19|20)[0-9]{2})(-?)([0-9]{2})\2([0-9]{2})(?:[T ][0-9:.]+)?")
_DUTCH_DATE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-((?:19|20)[0-9]{2})")


@dataclass(frozen=True)
class Layout:
    """Where the columns stand in one file."""

    row: int
    """The row with the names of the columns, from 1."""
    width: int
    """Number of columns, those that are not read among them."""
    places: Mapping[str, int]
    """Key of `COLUMNS` to place from 0; an optional column that is not there is left out."""
    names: Mapping[str, str]
    """Key of `COLUMNS` to the name in this file."""
    published: str
    """ISO date on which the file was published, ``""`` if it does not say."""


def find_layout(rows: Iterable[Row], name: str) -> Layout:
    """
    Find the names of the columns, after a preamble of at most `PREAMBLE_ROWS` rows.

    Parameters
    ----------
    rows
        The rows of the file from the first; no more are taken than needed.
    name
        What the file is called in messages.

    Returns
    -------
    layout
        Where each column stands.

    Raises
    ------
    InputError
        If the file is empty, or a column is missing or there twice.
    """
    seen: list[tuple[int, list[str]]] = []
    for number, values in rows:
        seen.append((number, [text_of(value) for value in values]))
        if len(seen) > PREAMBLE_ROWS or not _missing(seen[-1][1]):
            break
    if not seen:
        advice = "download the file again"
        raise InputError((Problem(name, "content", "an empty file", advice, row=1),))
    row, header = max(seen, key=lambda each: -len(_missing(each[1])))
    problems = _header_problems(header, name, row)
    if problems:
        raise InputError(problems)
    folded = [_fold(column) for column in header]
    places = {
        key: folded.index(_fold(column))
        for key, columns in COLUMNS.items()
        for column in columns
        if _fold(column) in folded
    }
    names = {key: header[place] for key, place in places.items()}
    published = next((v[1] for _, v in seen if len(v) > 1 and _fold(v[0]) == PUBLISHED), "")
    return Layout(row, len(header), places, names, iso_date(published))


def _fold(name: str) -> str:
    return re.sub("[ _]", "", name.lower())


def _found_names(header: list[str], key: str) -> list[str]:
    known = {_fold(name) for name in COLUMNS[key]}
    return [name for name in header if _fold(name) in known]


def _missing(header: list[str]) -> list[str]:
    return [key for key in COLUMNS if key not in OPTIONAL and not _found_names(header, key)]


def _header_problems(header: list[str], name: str, row: int) -> tuple[Problem, ...]:
    found = shorten(";".join(header))
    advice = "download the file again: a CSV of EP-Online, not another list"
    missing = [
        Problem(name, f"a column {' or '.join(COLUMNS[key])}", found, advice, row, COLUMNS[key][0])
        for key in _missing(header)
    ]
    double = [
        Problem(name, "each column once", ", ".join(names), "remove one", row, names[0])
        for names in (_found_names(header, key) for key in COLUMNS)
        if len(names) > 1
    ]
    return (*missing, *double)


def iso_date(text: str) -> str:
    """Return a date such as 20240316, 2024-03-16 or 16-3-2024 as ISO text, ``""`` if it is none."""
    if found := _DATE.fullmatch(text):
        year, month, day = found[1], found[3], found[4]
    elif found := _DUTCH_DATE.fullmatch(text):
        day, month, year = found.groups()
    else:
        return ""
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def text_of(value: bytes) -> str:
    """Return a value as text without outer blanks; a byte that is not UTF-8 as U+FFFD."""
    return value.decode("utf-8", "replace").strip()
