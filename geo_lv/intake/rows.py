"""From the rows of a list to rows of the list of homes; every row ends up somewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from geo_lv.errors import InputError, Problem, shorten
from geo_lv.intake import values
from geo_lv.intake.cells import Cells, Flags, alike, each, filled_up, replaced, where
from geo_lv.intake.fields import Field
from geo_lv.intake.mapping import Mapping
from geo_lv.intake.places import LONE, rd_places
from geo_lv.intake.sheet import Sheet
from geo_lv.persons import is_about_persons
from geo_lv.properties import NO_LABEL, SCHEMA
from geo_lv.tables import wrong_cells

COLUMNS: Final = tuple(column.name for column in SCHEMA.columns)
PROBLEM_COLUMNS: Final = ("row", "column", "expected", "found", "advice")

BLANK: Final = "blank row"
TOTALS: Final = "row of totals"
HEAD_AGAIN: Final = "heads of the columns again"
_TOTALS: Final = re.compile(r"\W*(sub|eind|gen)?\W*(totaal|totalen|total|som)\b", re.IGNORECASE)
_IDENTIFYING: Final = ("dwelling_id", "vbo_id", "postcode", "house_number")


@dataclass(frozen=True)
class Intake:
    """What became of every row of a list."""

    sheet: Sheet
    fields: dict[str, str]
    """Head in the list to column of the list of homes."""
    homes: pd.DataFrame
    """The rows taken in, categories of text, with the columns of the list of homes."""
    problems: pd.DataFrame
    """Everything that is wrong: `PROBLEM_COLUMNS`; ``column`` is the head in the list."""
    skipped: "pd.Series[str]"
    """Row to why it holds no home: blank, totals, heads again."""
    mended: dict[str, int]
    """What was put right without asking, and in how many rows."""

    @property
    def set_aside(self) -> pd.DataFrame:
        """The rows with a problem, as they were."""
        return self.sheet.rows.loc[self.sheet.rows.index.isin(set(self.problems["row"]))]

    @property
    def unused(self) -> tuple[str, ...]:
        """Heads of columns that nothing was done with."""
        return tuple(head for head in self.sheet.rows.columns if head not in self.fields)


def take_rows(sheet: Sheet, mapping: Mapping, corporation: str, peildatum: str) -> Intake:
    """
    Read, mend and judge every row of a list.

    Parameters
    ----------
    sheet
        The list.
    mapping
        What its columns are called.
    corporation
        Whose list it is.
    peildatum
        Day the list is of, YYYY-MM-DD.

    Returns
    -------
    intake
        Rows taken in, set aside and skipped; together they are all rows of the list.

    Raises
    ------
    InputError
        If two columns mean the same, a column is about persons, or nothing in the list says which
        home a row is about.
    """
    fields = _fields(sheet, mapping)
    skipped = _skipped(sheet, fields)
    raw = sheet.rows.drop(index=skipped.index)
    mended: dict[str, int] = {}
    read = pd.DataFrame(
        {field.name: each(raw[head], field.read) for head, field in fields.items()},
        index=raw.index,
    )
    same = {"corporation": corporation, "energy_label": NO_LABEL, "list_date": peildatum}
    homes = _completed(read, same, mended)
    heads = {field.name: head for head, field in fields.items()}
    problems = _problems(homes, sheet, heads)
    good = homes.loc[~homes.index.isin(set(problems["row"]))]
    names = {head: field.name for head, field in fields.items()}
    return Intake(sheet, names, good, problems, skipped, mended)


def _fields(sheet: Sheet, mapping: Mapping) -> dict[str, Field]:
    """Return the field of each head that has one."""
    known = {head: field for head in sheet.rows.columns if (field := mapping.field_of(head))}
    names = [field.name for field in known.values()]
    twice = [head for head, field in known.items() if names.count(field.name) > 1]
    problems = [
        Problem(
            sheet.name,
            f"one column for {known[head].name}",
            f"also {', '.join(shorten(o) for o in twice if o != head and known[o] == known[head])}",
            "say with --mapping which one to read",
            sheet.head_row,
            head,
        )
        for head in twice
    ]
    problems.extend(_about_persons(sheet))
    if not {"dwelling_id", "vbo_id", "postcode", "address"} & set(names):
        expected, found = "a column with a VHE number, a VBO id or an address", "none"
        advice = "say with --mapping which column it is"
        problems.append(Problem(sheet.name, expected, found, advice, sheet.head_row))
    if problems:
        raise InputError(tuple(problems))
    return known


def _about_persons(sheet: Sheet) -> Iterator[Problem]:
    """Find columns about persons: also one that would not be read has no place in such a file."""
    expected, advice = "no column about persons, groups or cases", "remove it from the list"
    for head in sheet.rows.columns:
        if is_about_persons(head):
            yield Problem(sheet.name, expected, shorten(head), advice, sheet.head_row, head[:60])


# rows without a home


def _skipped(sheet: Sheet, fields: dict[str, Field]) -> "pd.Series[str]":
    rows = sheet.rows
    filled = {head: where(rows[head], lambda cell: bool(cell.strip())) for head in rows}
    blank = ~np.logical_or.reduce(list(filled.values()))
    same = [where(rows[head], partial(_says, head)) for head in fields]
    again = np.add.reduce(same, dtype="int64") > max(1, len(fields) // 2)
    known = [filled[head] for head, field in fields.items() if field.name in _IDENTIFYING]
    few = np.add.reduce([np.zeros(len(rows)), *known]) <= 1
    totals = _starts_with_total(rows, few & ~blank & ~again)
    reason = np.select([blank, again, totals], [BLANK, HEAD_AGAIN, TOTALS], "")
    places = np.flatnonzero(reason != "")
    return pd.Series(reason[places], index=rows.index[places], dtype="str")


def _says(head: str, cell: str) -> bool:
    return cell.strip() == head


def _starts_with_total(rows: pd.DataFrame, look: Flags) -> Flags:
    """Return where the first filled cell of a row says that it is a total."""
    found = np.zeros(len(rows), dtype=bool)
    for place in np.flatnonzero(look):
        first = next((cell for cell in rows.iloc[place] if cell.strip()), "")
        found[place] = _TOTALS.match(first) is not None
    return found


# from what the list says to the columns of the list of homes


def _completed(read: pd.DataFrame, same: dict[str, str], mended: dict[str, int]) -> pd.DataFrame:
    """Return the columns of the list of homes; those that a list does not have are `same`."""
    homes = pd.DataFrame(
        {
            name: read[name] if name in read else alike(same.get(name, ""), read.index)
            for name in COLUMNS
        },
        index=read.index,
    )
    if "address" in read:
        _split_address(homes, read["address"])
    _split_house(homes, mended)
    homes["x_rd"], homes["y_rd"] = rd_places(read, mended)
    _name_homes(homes, mended)
    return homes


def _split_address(homes: pd.DataFrame, address: Cells) -> None:
    """Fill street and house number from one cell, where the list does not have them apart."""
    streets = each(address, lambda cell: values.split_street(cell)[0])
    numbers = each(address, lambda cell: values.split_street(cell)[1])
    homes["street"] = filled_up(homes["street"], streets)
    homes["house_number"] = filled_up(homes["house_number"], numbers)


def _split_house(homes: pd.DataFrame, mended: dict[str, int]) -> None:
    """Take letter and addition out of a house number, where the list does not have them apart."""
    numbers = homes["house_number"]
    joined = where(numbers, lambda cell: any(values.split_house(cell)[1:]))
    joined &= (homes["house_letter"] == "").to_numpy() & (homes["addition"] == "").to_numpy()
    if joined.any():
        for place, name in enumerate(("house_number", "house_letter", "addition")):
            homes[name] = replaced(homes[name], joined, each(numbers, partial(_house_part, place)))
    _count(mended, "house number taken apart in number, letter and addition", joined)


def _house_part(place: int, cell: str) -> str:
    return values.split_house(cell)[place]


def _name_homes(homes: pd.DataFrame, mended: dict[str, int]) -> None:
    """Give a home without a VHE number its VBO id or its address as a name."""
    nameless = (homes["dwelling_id"] == "").to_numpy()
    if not nameless.any():
        return
    texts = homes[["vbo_id", "postcode", "house_number", "house_letter", "addition"]].astype("str")
    names = [
        vbo
        or (
            f"{postcode} {number}{letter}{'-' if more else ''}{more}" if postcode and number else ""
        )
        for vbo, postcode, number, letter, more in texts.itertuples(index=False)
    ]
    found = pd.Series(pd.Categorical(names), index=homes.index)
    homes["dwelling_id"] = replaced(homes["dwelling_id"], nameless, found)
    named = nameless & (homes["dwelling_id"] != "").to_numpy()
    _count(mended, "home without a VHE number named by VBO id or address", named)


def _count(mended: dict[str, int], what: str, rows: Flags) -> None:
    if number := int(rows.sum()):
        mended[what] = number


# what is wrong


def _problems(homes: pd.DataFrame, sheet: Sheet, heads: dict[str, str]) -> pd.DataFrame:
    tables = [_wrong_values(homes, heads), *_repeated(homes, heads), *_cells_beyond(sheet, homes)]
    problems = pd.concat([table for table in tables if len(table)] or [tables[0]])
    problems = problems[list(PROBLEM_COLUMNS)]
    return problems.sort_values(["row", "column"], kind="stable").reset_index(drop=True)


_SOURCES: Final = {
    "x_rd": ("x", "lon"),
    "y_rd": ("y", "lat"),
    "house_number": ("house_number", "address"),
    "street": ("street", "address"),
}
"""The fields of a list that a column of the list of homes is made from, where the name differs."""


def _head_of(column: str, heads: dict[str, str]) -> str:
    """Return the head in the list of what became a column of the list of homes."""
    made_from = _SOURCES.get(column, (column,))
    return next((heads[name] for name in made_from if name in heads), column)


def _wrong_values(homes: pd.DataFrame, heads: dict[str, str]) -> pd.DataFrame:
    wrong = wrong_cells(homes, SCHEMA)
    no_name = (wrong["column"] == "dwelling_id") & (wrong["found"] == "")
    return wrong.assign(
        expected=wrong["expected"].mask(no_name, "a VHE number, a VBO id or an address"),
        found=wrong["found"].map(shorten).mask(wrong["found"].isin(["", LONE]), "nothing"),
        advice="correct the cell",
        column=wrong["column"].map(lambda column: _head_of(column, heads)),
    )


def _repeated(homes: pd.DataFrame, heads: dict[str, str]) -> Iterator[pd.DataFrame]:
    """Set aside the second of two equal rows, and all rows of a home that contradict each other."""
    ids = homes["dwelling_id"]
    again = homes[ids.duplicated(keep=False) & (ids != "")].astype("str")
    by_id = again.index.to_series().groupby(again["dwelling_id"])
    first = by_id.transform("min")
    same = again.duplicated(keep=False).groupby(again["dwelling_id"]).transform("all").astype(bool)
    copies, differing = again[same & again.duplicated(keep="first")], again[~same]
    head = _head_of("dwelling_id", heads)
    for rows, expected, advice in (
        (copies, "each home once", "remove the repeat"),
        (differing, "one row per home", "keep the right row: they do not say the same"),
    ):
        yield pd.DataFrame(
            {
                "row": rows.index,
                "column": head,
                "expected": expected,
                "found": [
                    f"{shorten(name)}, first in row {row}"
                    for name, row in zip(rows["dwelling_id"], first[rows.index], strict=True)
                ],
                "advice": advice,
            }
        )


def _cells_beyond(sheet: Sheet, homes: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Find cells under no head: a row that has one has moved, or its quotes are wrong."""
    for head in sheet.rows.columns:
        if re.fullmatch(r"kolom \d+", head):
            cells = sheet.rows.loc[homes.index, head]
            filled = cells[where(cells, lambda cell: bool(cell.strip()))]
            yield pd.DataFrame(
                {
                    "row": filled.index,
                    "column": head,
                    "expected": "no cell, as there is no head above",
                    "found": [shorten(cell) for cell in filled],
                    "advice": "move the cells of this row back, or give the column a name",
                }
            )
