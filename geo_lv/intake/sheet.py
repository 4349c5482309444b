"""From a file to rows of texts: CSV in every usual form, spreadsheets, GeoPackage and GeoJSON."""

import csv
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import python_calamine

from geo_lv.crs import RD_NEW
from geo_lv.errors import refuse, shorten
from geo_lv.files import CONTROL
from geo_lv.intake.cells import numbered
from geo_lv.intake.lines import first_lines, read_lines
from geo_lv.intake.mapping import Mapping

DELIMITERS: Final = ";,\t"
HEAD_ROWS: Final = 30
"""How far down the heads of the columns may stand."""
ENOUGH_HEADS: Final = 2
"""Heads of columns that must be known before a row counts as the head of the list."""


@dataclass(frozen=True)
class Sheet:
    """The rows of one list under its head, all as text."""

    name: str
    """The file, and the sheet in it if it has several; for messages."""
    rows: pd.DataFrame
    """One column per head, each head once, categories of text; ``""`` for an empty cell. The index
    is the row in the file, as a spreadsheet numbers it."""
    head_row: int
    """Row in which the heads stand; 0 where a file has them apart."""


def read_sheet(path: Path, mapping: Mapping) -> Sheet:
    """
    Read a list in any of the known formats.

    Parameters
    ----------
    path
        A file whose name ends in one of the keys of `READERS`.
    mapping
        What the columns are called, and which sheet or layer to read. Default: the one whose
        heads are best known.

    Returns
    -------
    sheet
        Its rows below the head. Points of a GeoPackage or GeoJSON come as columns ``x`` and ``y``
        in RD New.

    Raises
    ------
    InputError
        If the file cannot be read as such, or no row of it looks like the head of a list.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        expected = f"a file that ends in {', '.join(READERS)}"
        refuse(path.name, expected, path.suffix or "no ending", "save it as one of these")
    if not path.is_file():
        refuse(path.name, "a file", "nothing of that name", "check the name")
    return reader(path, mapping)


# CSV


def _read_csv(path: Path, mapping: Mapping) -> Sheet:
    top = first_lines(path, HEAD_ROWS)
    delimiter = max(
        DELIMITERS, key=lambda mark: _best_row(csv.reader(top, delimiter=mark), mapping)
    )
    return _under_head(numbered(read_lines(path, delimiter)), path.name, mapping)


# spreadsheets


def _read_spreadsheet(path: Path, mapping: Mapping) -> Sheet:
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        names = [mapping.sheet] if mapping.sheet else book.sheet_names
        tables = {name: _cells(book.get_sheet_by_name(name).to_python()) for name in names}
    except python_calamine.WorksheetNotFound:
        known = ", ".join(map(shorten, book.sheet_names))
        refuse(path.name, f"a sheet {mapping.sheet}", "none", f"it has {known}")
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        refuse(path.name, "a spreadsheet", shorten(str(error)), "save it again")
    best = max(tables, key=lambda name: _best_row(_top(tables[name]), mapping))
    name = f"{path.name}, sheet {best}" if len(tables) > 1 else path.name
    return _under_head(tables[best], name, mapping)


def _cells(rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    return numbered(pd.DataFrame([[text_of(cell) for cell in row] for row in rows], dtype="object"))


def text_of(cell: object) -> str:
    """Return a cell as it would stand in a CSV; a number keeps its decimal point."""
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return ""
    match cell:
        case bool():
            return "ja" if cell else "nee"
        case float() if math.isnan(cell):
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case float():
            # one digit more than three, or it would read as thousands
            plain = f"{cell:.10f}".rstrip("0")
            return f"{plain}0" if re.fullmatch(r"-?\d+\.\d{3}", plain) else plain
        case _:
            return CONTROL.sub("", str(cell))


# geographic files


def _read_places(path: Path, mapping: Mapping) -> Sheet:
    try:
        frame = gpd.read_file(path, **({"layer": mapping.sheet} if mapping.sheet else {}))
    except (RuntimeError, ValueError, TypeError, OSError, KeyError) as error:  # all about the file
        found = shorten(str(error))
        refuse(path.name, "a geographic file", found, "export it again")
    if getattr(frame, "crs", None) is None:  # also a layer without places
        advice = "give the layer points and their reference system"
        refuse(path.name, "places in a known reference system", "none", advice)
    places = frame.geometry.to_crs(RD_NEW).representative_point()
    known = ~(places.is_empty | places.isna()).to_numpy()
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name)).map(text_of)
    for axis, values in (("x", places.x), ("y", places.y)):
        if axis not in table:
            table[axis] = [
                text_of(value) if at else "" for value, at in zip(values, known, strict=True)
            ]
    table = table.set_axis(_unique(map(str, table.columns)), axis="columns")
    return Sheet(path.name, numbered(table.astype("object")), 0)


# the head of the list


def _best_row(rows: Iterable[Sequence[str]], mapping: Mapping) -> int:
    """Return how many heads are known in the row that has most of them."""
    return max((_known(row, mapping) for row in rows), default=0)


def _known(row: Sequence[str], mapping: Mapping) -> int:
    return len({field.name for cell in row if (field := mapping.field_of(cell))})


def _top(table: pd.DataFrame) -> list[list[str]]:
    top: list[list[str]] = table.head(HEAD_ROWS).to_numpy().tolist()
    return top


def _under_head(table: pd.DataFrame, name: str, mapping: Mapping) -> Sheet:
    top = _top(table)
    known = [_known(row, mapping) for row in top]
    if max(known, default=0) < ENOUGH_HEADS:
        expected = (
            f"names of columns such as VHE, postcode, huisnummer in the first {HEAD_ROWS} rows"
        )
        advice = "give the columns their usual names, or say with --mapping what they are"
        refuse(name, expected, "none", advice, 1)
    place = known.index(max(known))
    above = top[place - 1] if place else [""] * len(top[place])
    # of a head over two rows the lower part, or the upper where that is all there is
    heads = _unique(cell.strip() or upper for cell, upper in zip(top[place], above, strict=True))
    rows = table.iloc[place + 1 :].set_axis(heads, axis="columns")
    used = [
        head
        for head, cell in zip(heads, top[place], strict=True)
        if cell.strip() or mapping.field_of(head) or (rows[head] != "").any()
    ]
    return Sheet(name, rows[used], place + 1)


def _unique(heads: Iterable[str]) -> list[str]:
    unique: list[str] = []
    for number, head in enumerate(heads, 1):
        plain = " ".join(head.split()) or f"kolom {number}"
        unique.append(f"{plain} ({number})" if plain in unique else plain)
    return unique


READERS: Final[dict[str, Callable[[Path, Mapping], Sheet]]] = {
    **dict.fromkeys((".csv", ".txt", ".tsv"), _read_csv),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), _read_spreadsheet),
    **dict.fromkeys((".gpkg", ".geojson", ".json"), _read_places),
}
"""Endings of file names, with who reads them."""
