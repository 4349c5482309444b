"""The list of homes in a data folder: read, replaced file by file in one step each, put back."""

import csv
import io
import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pandas as pd

from geo_lv.codes import slug_of
from geo_lv.errors import OutputError
from geo_lv.intake.rows import COLUMNS
from geo_lv.origins import FILE as PROVENANCE
from geo_lv.properties import FILE, PREVIOUS_FILE
from geo_lv.tables import coded

FOLDER: Final = "properties/import"
"""What imports leave for the officer; never a part of a site."""
LISTS: Final = f"{FOLDER}/lists.csv"
"""Which lists the list of homes is made of."""
KEPT: Final = (FILE, PREVIOUS_FILE, PROVENANCE, LISTS)
"""What an import changes, and can put back; the list of homes first: a real list that is still
called invented does no harm, an invented one that is called real does."""

_PREVIOUS: Final = f"{FOLDER}/previous"
KEPT_PROVENANCE: Final = f"{_PREVIOUS}/{PROVENANCE}"
"""What is put back of the provenance; a refresh keeps it up to date about other files."""
_LIST_COLUMNS: Final = ("corporation", "file", "peildatum", "homes", "fictitious")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MARKS: Final = re.compile('[",\r\n]')
"""What a cell of a CSV can only hold in quotes."""
_ROWS_AT_ONCE: Final = 100_000


def report_folder(data: Path, corporation: str) -> Path:
    """Return where the reports about the list of a corporation stand."""
    return data / FOLDER / slug_of(corporation)


def read_homes(data: Path, name: str = FILE) -> pd.DataFrame:
    """Return a list of homes as texts; empty if there is none yet."""
    path = data / name
    if not path.is_file():
        return pd.DataFrame(columns=list(COLUMNS), dtype="str")
    homes = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    return homes.reindex(columns=list(COLUMNS), fill_value="")


def write_table(path: Path, table: pd.DataFrame) -> None:
    """
    Write a table as CSV for a Dutch spreadsheet, in one step.

    Parameters
    ----------
    path
        Where to; what stood there is replaced when all is written.
    table
        Any cells; what a spreadsheet would run as a formula gets a mark in front.
    """
    safe = table.map(lambda cell: f"'{cell}" if str(cell).startswith(_FORMULA) else cell)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(safe.columns)
    writer.writerows(safe.itertuples(index=False))
    replace_file(path, b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8"))


def write_homes(path: Path, homes: pd.DataFrame) -> None:
    """
    Write a table the way the data folder has them, in one step.

    Parameters
    ----------
    path
        Where to; what stood there is replaced when all is written.
    homes
        Texts; of categories each is put in quotes once, which millions of homes are better for.
    """
    columns = [coded(homes[name]) for name in homes]
    quoted = [np.array([*map(_quoted, texts)], dtype="object") for _, texts in columns]
    with replacing(path) as file:
        file.write(f"{','.join(homes.columns)}\n".encode())
        for start in range(0, len(homes), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            cells = (
                texts[codes[rows]].tolist()
                for (codes, _), texts in zip(columns, quoted, strict=True)
            )
            lines = map(",".join, zip(*cells, strict=True))
            file.write("".join(f"{line}\n" for line in lines).encode())


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if _MARKS.search(text) else text


def replace_file(path: Path, content: bytes) -> None:
    """Let a file hold something else, in one step."""
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """
    Write a file beside the old one, and then let it take its place.

    Parameters
    ----------
    path
        The file; its folder is made if needed.

    Yields
    ------
    file
        To write to.

    Raises
    ------
    OutputError
        If that cannot be done; the old file is then as it was.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        msg = f"{path.name}: {(error.strerror or 'an error').lower()}; the old file is as it was"
        raise OutputError(msg) from error


def read_lists(data: Path, homes: pd.DataFrame) -> pd.DataFrame:
    """
    Return which lists the list of homes is made of.

    Parameters
    ----------
    data
        The data folder.
    homes
        Its list of homes. Where nothing was imported yet, each corporation in it has one list.

    Returns
    -------
    lists
        One row per corporation: ``corporation, file, peildatum, homes, fictitious``, as texts.
    """
    path = data / LISTS
    if path.is_file():
        return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    entries = tomllib.loads((data / PROVENANCE).read_text(encoding="utf-8"))["file"]
    entry: dict[str, Any] = next((each for each in entries if each["path"] == FILE), {})
    counts = homes["corporation"].value_counts().sort_index()
    return pd.DataFrame(
        {
            "corporation": counts.index,
            "file": Path(FILE).name,
            "peildatum": entry.get("retrieved", ""),
            "homes": counts.astype("str").to_numpy(),
            "fictitious": "ja" if entry.get("fictitious") else "nee",
        },
        columns=list(_LIST_COLUMNS),
    ).astype("str")


def keep_previous(data: Path) -> None:
    """Keep what an import is about to change, so that it can be put back."""
    for name in KEPT:
        kept = data / _PREVIOUS / Path(name).name
        if (data / name).is_file():
            replace_file(kept, (data / name).read_bytes())
        else:
            kept.unlink(missing_ok=True)


def put_back(data: Path) -> bool:
    """
    Put back what was there before the last import.

    Parameters
    ----------
    data
        The data folder.

    Returns
    -------
    done
        False if nothing was kept, or it was put back already.

    Raises
    ------
    OutputError
        If a file cannot be replaced.
    """
    kept = {name: data / _PREVIOUS / Path(name).name for name in KEPT}
    if not kept[FILE].is_file():
        return False
    for name, path in kept.items():
        if path.is_file():
            replace_file(data / name, path.read_bytes())
        else:
            (data / name).unlink(missing_ok=True)
    for path in kept.values():
        path.unlink(missing_ok=True)
    return True
