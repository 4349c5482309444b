"""Rows of a delimited file of any size, straight from its zip: only one block is in memory.

Values stay bytes. Most rows of a national file are about somewhere else, and decoding those would
cost more than reading them.
"""

import csv
import lzma
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import IO, Final

from geo_lv.errors import InputError, Problem, shorten

SEPARATOR: Final = b";"
BLOCK_BYTES: Final = 1 << 20
LONGEST_LINE: Final = 1 << 20
"""Bytes; a file without line ends would otherwise be read into memory as a whole."""
LONGEST_ROW: Final = 50
"""Lines; a quote that never closes would otherwise take the rest of the file."""

Row = tuple[int, list[bytes]]
"""The line on which a row starts, from 1, and its values; none if its quotes are not in order."""

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,  # a password, or a way of packing that is not known
    UnicodeDecodeError,  # in the name of a file in the zip
)


@contextmanager
def open_rows(path: Path, name: str) -> Iterator[Iterator[Row]]:
    """
    Open a file with ``;`` between its values, as it is or as the only CSV file in a zip.

    Parameters
    ----------
    path
        File to read; one that ends in ``.zip`` is read without unpacking it.
    name
        What the file is called in messages.

    Yields
    ------
    rows
        The rows that are not empty, in order. A value in quotes may hold separators and line ends.

    Raises
    ------
    InputError
        If the file cannot be read, its zip is damaged or does not hold exactly one CSV file, or a
        line is longer than `LONGEST_LINE`. What is found while reading is raised by `rows`.
    """
    with ExitStack() as stack:
        try:
            stream: IO[bytes] = stack.enter_context(path.open("rb"))
            if path.suffix.lower() == ".zip":
                archive = stack.enter_context(zipfile.ZipFile(stream))
                stream = stack.enter_context(archive.open(_only_csv(archive, name)))
        except _UNREADABLE as error:
            raise InputError((_unreadable(name, error),)) from error
        yield _rows(chain.from_iterable(_lines(stream, name)))


def _only_csv(archive: zipfile.ZipFile, name: str) -> str:
    found = [each for each in archive.namelist() if each.lower().endswith(".csv")]
    if len(found) != 1:
        held = ", ".join(archive.namelist()) or "nothing"
        advice = "download the file again, and do not repack it"
        raise InputError((Problem(name, "a zip with one CSV file", shorten(held), advice),))
    return found[0]


def _lines(stream: IO[bytes], name: str) -> Iterator[list[bytes]]:
    """Yield the lines of a stream a block at a time, without their ends."""
    rest = _read(stream, name).removeprefix(b"\xef\xbb\xbf")
    while block := _read(stream, name):
        *lines, rest = (rest + block).split(b"\n")
        if len(rest) > LONGEST_LINE:
            found = f"a line of more than {LONGEST_LINE:,} bytes"
            raise InputError((Problem(name, "lines of text", found, "download the file again"),))
        yield lines
    yield rest.split(b"\n")


def _read(stream: IO[bytes], name: str) -> bytes:
    try:
        return stream.read(BLOCK_BYTES)
    except _UNREADABLE as error:
        raise InputError((_unreadable(name, error),)) from error


def _unreadable(name: str, error: Exception) -> Problem:
    words = error.strerror if isinstance(error, OSError) else str(error)
    found = (words or "a file that ends too early").lower()
    return Problem(name, "a complete, readable file", found, "download it again")


def _rows(lines: Iterator[bytes]) -> Iterator[Row]:
    ahead: deque[bytes] = deque()  # what a quote that never closed had taken
    number = 0
    while (line := ahead.popleft() if ahead else next(lines, None)) is not None:
        number += 1
        if b'"' not in line:
            if line.strip():
                yield number, line.split(SEPARATOR)
            continue
        values, taken = _quoted(line, chain(_popped(ahead), lines))
        yield number, values
        if values:
            number += len(taken)
        else:
            ahead.extendleft(reversed(taken))


def _popped(ahead: deque[bytes]) -> Iterator[bytes]:
    while ahead:
        yield ahead.popleft()


def _quoted(first: bytes, following: Iterable[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Read a row with quotes; return its values and the lines it took beside the first."""
    taken: list[bytes] = []

    def feed() -> Iterator[str]:
        # Latin-1 gives every byte a character and back, so that csv can work on bytes.
        yield f"{first.decode('latin-1')}\n"
        for line in islice(following, LONGEST_ROW - 1):
            taken.append(line)
            yield f"{line.decode('latin-1')}\n"

    try:
        values = next(csv.reader(feed(), delimiter=SEPARATOR.decode(), strict=True))
    except csv.Error:
        return [], taken
    return [value.encode("latin-1") for value in values], taken
