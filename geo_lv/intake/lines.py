"""The lines of a CSV in any encoding, split; a block at a time, as it may be of any size."""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from geo_lv.errors import refuse
from geo_lv.files import CONTROL

MOST_COLUMNS: Final = 300
_TOP_BYTES: Final = 100_000
_BLOCK_BYTES: Final = 8_000_000
_UTF8_LETTER: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
"""How a letter in UTF-8 starts that is not ASCII."""
_IS_CONTROL: Final = np.array([CONTROL.match(chr(sign)) is not None for sign in range(256)])


def first_lines(path: Path, count: int) -> list[str]:
    """
    Read the first lines of a list.

    Parameters
    ----------
    path
        A file with text.
    count
        How many lines, at most.

    Returns
    -------
    lines
        Without their ends.

    Raises
    ------
    InputError
        If there are none.
    """
    first = next(_blocks(path), b"")
    if not first.strip():
        refuse(path.name, "a list", "an empty file", "export the list again", 1)
    return in_utf8(first[:_TOP_BYTES]).decode("utf-8").splitlines()[:count]


def read_lines(path: Path, delimiter: str) -> pd.DataFrame:
    """
    Read all lines of a list.

    Parameters
    ----------
    path
        A file with text.
    delimiter
        What stands between two cells.

    Returns
    -------
    table
        A row per line, also for an empty one, and a column per cell of the longest; a cell that
        is not there is missing. A cell in quotes may hold line ends.

    Raises
    ------
    InputError
        If it holds something else than text, more than `MOST_COLUMNS` columns, or a quote that
        never ends.
    """
    width = _width(_blocks(path), path.name, delimiter)
    try:
        return pd.read_csv(
            io.BufferedReader(_Stream(map(in_utf8, _blocks(path)))),
            sep=delimiter,
            header=None,
            names=range(width),
            dtype="object",
            keep_default_na=False,
            skip_blank_lines=False,
            index_col=False,
        )
    except pd.errors.ParserError as error:
        found = str(error).strip().splitlines()[-1]
        refuse(path.name, "a table in CSV", found, "mend the quotes in that row")


def _blocks(path: Path) -> Iterator[bytes]:
    """Read whole lines, some at a time: a list of millions of homes takes much room."""
    with path.open("rb") as file:
        block = file.read(_BLOCK_BYTES) + file.readline()
        if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            block = (block + file.read()).decode("utf-16", "replace").encode("utf-8", "replace")
        block = block.removeprefix(codecs.BOM_UTF8)
        while block:
            yield block
            block = file.read(_BLOCK_BYTES) + file.readline()


def in_utf8(block: bytes) -> bytes:
    """Return a block in UTF-8; bytes that are not are Windows-1252, also in the midst of others."""
    if block.isascii():
        return block
    # as a whole where that is the same: a sign in each row would take long, one at a time
    mixed = _UTF8_LETTER.search(block) is not None
    text = block.decode("utf-8", "geo_lv_cp1252") if mixed else block.decode("cp1252", "replace")
    return text.encode("utf-8")


def _from_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("geo_lv_cp1252", _from_cp1252)


def _width(blocks: Iterator[bytes], name: str, delimiter: str) -> int:
    """Return how many columns a list has at most, if it holds nothing but text."""
    most, rows = 0, 0
    for block in blocks:
        signs = np.frombuffer(block, dtype="uint8")
        ends = np.append(np.flatnonzero(signs == ord("\n")), len(signs))
        if len(wrong := np.flatnonzero(_IS_CONTROL[signs])):
            row = rows + int(np.searchsorted(ends, wrong[0])) + 1
            found = f"control character 0x{signs[wrong[0]]:02X}"
            refuse(name, "text", found, "save it again as CSV", row)
        marks = np.searchsorted(np.flatnonzero(signs == ord(delimiter)), ends)
        most = max(most, int(np.diff(marks, prepend=0).max()))
        rows += len(ends) - 1
    if most >= MOST_COLUMNS:
        found = f"{most + 1} columns"
        refuse(name, f"at most {MOST_COLUMNS} columns", found, "export the list again")
    return most + 1


class _Stream(io.RawIOBase):
    """Blocks of bytes as a file."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer
        self._rest = self._rest or memoryview(next(self._blocks, b""))
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count
