"""The file that says what changed in the division of a municipality, which two sources write.

CBS tells it of every year that it has figures of, PDOK of the year of the map. Each keeps what the
other wrote.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo_lv.errors import refuse, shorten
from geo_lv.schema import Change
from geo_lv.sources.faults import WrongValueError
from geo_lv.sources.fetched import FetchedFile

DIVISIONS: Final = "boundaries/divisions.csv"
HEAD: Final = ("code", "year", "name", "change")

_YEAR: Final = re.compile(r"[0-9]{4}")
_CHANGES: Final = {"1": Change.UNCHANGED, "2": Change.RECODED, "3": Change.REDRAWN}
_UNKNOWN: Final = {"", ".", "-99997", "-99995", "-99991"}


@dataclass(frozen=True)
class Division:
    """An area in a year, and what changed about it since the year before."""

    code: str
    year: int
    name: str
    change: str
    """A `Change`, ``""`` if that is not known."""


def change_of(source: str, value: Any, where: str) -> str:  # noqa: ANN401 - JSON may be anything
    """
    Read the sign for what changed.

    Parameters
    ----------
    source, where
        What they are called in messages.
    value
        1, 2 or 3, as a number or as text; anything that stands for nothing.

    Returns
    -------
    change
        A `Change`, ``""`` if it is not known.

    Raises
    ------
    WrongValueError
        If it is another sign.
    """
    text = str(value).strip().removesuffix(".0") if value is not None else ""
    if text not in _CHANGES and text not in _UNKNOWN:
        raise WrongValueError(source, "1, 2 or 3", where)
    return _CHANGES.get(text, "")


def with_whole(rows: Iterable[Division]) -> list[Division]:
    """Say of the municipality that nothing changed where that holds for all that is in it."""
    listed = list(rows)
    parts = [row for row in listed if not row.code.startswith("GM")]
    same = bool(parts) and all(row.change == Change.UNCHANGED for row in parts)
    return [
        Division(row.code, row.year, row.name, Change.UNCHANGED)
        if same and not row.change and row.code.startswith("GM")
        else row
        for row in listed
    ]


def divisions_file(
    rows: Iterable[Division],
    held: Mapping[str, bytes],
    *,
    replaces: bool,
) -> FetchedFile:
    """
    Make the file of divisions out of what it holds and what came in.

    Parameters
    ----------
    rows
        What came in.
    held
        Path to content of the files in the data folder.
    replaces
        Whether the years that came in take the place of those that are held; else only areas that
        are not held are added.

    Returns
    -------
    file
        For the data folder; rows of other years are as they were.

    Raises
    ------
    InputError
        If the file that is held has other columns.
    """
    new = {(row.code, row.year): row for row in rows}
    years = {year for _, year in new}
    old = {(row.code, row.year): row for row in _held(held)}
    kept = {key: row for key, row in old.items() if not replaces or key[1] not in years}
    both = new | kept
    content = _csv([both[key] for key in sorted(both, key=lambda key: (key[1], key[0]))])
    first, last = min(year for _, year in both), max(year for _, year in both)
    span = f"{first}" if first == last else f"{first} tot en met {last}"
    return FetchedFile(
        path=DIVISIONS,
        content=content,
        rows=len(both),
        title=f"Indelingen van wijken en buurten, {span}",
        source="CBS, indelingswijzigingen van wijken en buurten",
        licence="CC BY 4.0",
        vintage=span,
        url="https://www.cbs.nl/nl-nl/dossier/nederland-regionaal/geografische-data",
        transformed_by="geo-lv fetch: een rij per gebied en jaar",
        table="Indelingswijziging wijken en buurten",
        note="Zegt per jaar welke gebieden er waren en wat er sinds het jaar ervoor is veranderd.",
    )


def divisions_in(content: bytes) -> list[Division]:
    """Read what a file of divisions holds; raises InputError for other columns and no years."""
    return _held({DIVISIONS: content})


def _held(held: Mapping[str, bytes]) -> list[Division]:
    rows = held_rows(held, DIVISIONS, HEAD)
    for number, row in enumerate(rows, start=2):
        if not _YEAR.fullmatch(row["year"]):
            refuse(DIVISIONS, "a year", shorten(row["year"]), "correct it", number)
    return [Division(row["code"], int(row["year"]), row["name"], row["change"]) for row in rows]


def held_rows(held: Mapping[str, bytes], path: str, head: tuple[str, ...]) -> list[dict[str, str]]:
    """
    Read the rows of a table in the data folder as text.

    Parameters
    ----------
    held
        Path to content of the files in the data folder.
    path
        Which one; it may not be there.
    head
        Its columns.

    Returns
    -------
    rows
        Column to text. A row that is wrong is refused when the whole folder is checked.

    Raises
    ------
    InputError
        If it has other columns or is no such table.
    """
    if path not in held:
        return []
    try:
        found = list(
            csv.reader(io.StringIO(held[path].decode("utf-8-sig"), newline=""), strict=True)
        )
    except (UnicodeDecodeError, csv.Error):
        found = []
    wide = all(len(cells) == len(head) for cells in found if cells)
    if not found or tuple(found[0]) != head or not wide:
        refuse(path, f"a table with {', '.join(head)}", "another", "correct it, then fetch again")
    return [dict(zip(head, cells, strict=True)) for cells in found[1:] if cells]


def _csv(rows: Iterable[Division]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows((row.code, row.year, row.name, row.change) for row in rows)
    return buffer.getvalue().encode()
