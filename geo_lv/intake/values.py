"""Cells of a list as the list of homes writes them. What cannot be read stays as it was.

Every function takes the text of a cell and returns a text. None refuses: that is for the schema.
"""

import re
from decimal import Decimal
from typing import Final

from geo_lv.properties import LABELS, NO_LABEL

_NO_LABEL_WORDS: Final = frozenset(
    {"", "-", "geen", "geenlabel", "onbekend", "nvt", "n.v.t.", "niet", "zonder"}
)
_YES: Final = frozenset({"ja", "j", "y", "yes", "true", "waar", "1", "x"})
_NO: Final = frozenset({"nee", "n", "no", "false", "onwaar", "0"})

_SCRAMBLED: Final = re.compile("[\u00c3-\u00df][\u0080-\u00bf\u20ac-\u2122]|\u00e2[\u2020-\u2122]")
_DUTCH: Final = re.compile(r"-?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?", re.ASCII)
"""``1.234,56`` and ``1234,56``; also ``1.234``, which is never meant as a little more than one."""
_ENGLISH: Final = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)\.\d+", re.ASCII)
_PLAIN: Final = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_DECIMAL: Final = re.compile(r"-?\d+[.,]\d+", re.ASCII)
_BAG_DIGITS: Final = 16
_ADDRESS: Final = re.compile(r"(?P<street>\D.*?)\s+(?P<number>\d.*)", re.ASCII)
_HOUSE: Final = re.compile(
    r"(?P<number>\d{1,5})(?!\d)\s*(?:(?P<letter>[A-Za-z])(?![A-Za-z]))?\s*[-/ ]?\s*"
    r"(?P<addition>[A-Za-z0-9]{1,4})?",
    re.ASCII,
)


def words(cell: str) -> str:
    """Return free text without double blanks, with letters that were saved wrongly put right."""
    return " ".join(_unscrambled(cell).split())


def _unscrambled(text: str) -> str:
    """Undo UTF-8 that was once read as Windows-1252: ``Ã©`` is ``é``."""
    if not _SCRAMBLED.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def code(cell: str) -> str:
    """Return a number or code that identifies something, without blanks around it."""
    return words(cell)


def letter(cell: str) -> str:
    """Return a house letter as a capital."""
    return words(cell).upper()


def postcode(cell: str) -> str:
    """Return ``2264 ab`` as ``2264AB``."""
    return "".join(cell.split()).upper()


def bag_id(cell: str) -> str:
    """Return an id of the BAG with the zeros that a spreadsheet takes off at the front."""
    digits = "".join(cell.split())
    short = digits.isascii() and digits.isdecimal() and len(digits) == _BAG_DIGITS - 1
    return f"0{digits}" if short else digits


def label(cell: str) -> str:
    """Return ``a++ `` as ``A++``, and every way to say that there is none as ``geen``."""
    plain = "".join(cell.split()).upper()
    if plain.lower() in _NO_LABEL_WORDS:
        return NO_LABEL
    return plain if plain in LABELS else cell


def number(cell: str) -> str:
    """Return an amount with a decimal point: ``€ 1.234,56`` and ``1,234.56`` as ``1234.56``."""
    plain = re.sub(r"[\s€]|,-$", "", cell)
    if _DUTCH.fullmatch(plain):
        return plain.replace(".", "").replace(",", ".")
    if _ENGLISH.fullmatch(plain):
        return plain.replace(",", "")
    return cell if plain else ""


def money(cell: str) -> str:
    """Return an amount in cents, ``700`` as ``700.00``."""
    plain = number(cell)
    return f"{Decimal(plain):.2f}" if _PLAIN.fullmatch(plain) else plain


def coordinate(cell: str) -> str:
    """Return a coordinate with a decimal point; ``52.091`` has no thousands."""
    if _DECIMAL.fullmatch(cell):
        return cell.replace(",", ".")
    plain = "".join(cell.split())
    return number(cell) if plain == cell else coordinate(plain)


def whole(cell: str) -> str:
    """Return a whole number without the zeros behind its comma."""
    return re.sub(r"\.0+$", "", number(cell))


def year(cell: str) -> str:
    """Return a year; of a day or time that a spreadsheet made of it, the year."""
    plain = whole(cell)
    made_date = re.fullmatch(r"(\d{4})-01-01( 00:00:00)?", plain, re.ASCII)
    return made_date[1] if made_date else plain


def yes_or_no(cell: str) -> str:
    """Return ``ja`` or ``nee`` for the many ways to say so; nothing for nothing."""
    plain = words(cell).lower()
    return "ja" if plain in _YES else "nee" if plain in _NO else words(cell)


def daeb(cell: str) -> str:
    """Return whether a home is DAEB; many lists say ``DAEB`` or ``niet-DAEB`` instead of yes."""
    plain = re.sub(r"[\s-]", "", cell.lower())
    return {"daeb": "ja", "nietdaeb": "nee"}.get(plain) or yes_or_no(cell)


def split_street(cell: str) -> tuple[str, str]:
    """Return ``Voorbeeldlaan 12a`` as street and house number; the number is empty if none is."""
    found = _ADDRESS.fullmatch(cell)
    return (found["street"], found["number"]) if found else (cell, "")


def split_house(cell: str) -> tuple[str, str, str]:
    """Return ``12a-3`` as house number, letter and addition; what is no such thing stays whole."""
    found = _HOUSE.fullmatch(cell)
    if not found:
        return cell, "", ""
    return found["number"], (found["letter"] or "").upper(), (found["addition"] or "").upper()
