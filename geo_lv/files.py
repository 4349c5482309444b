"""From a file to text: UTF-8, not empty, without control characters."""

import re
from pathlib import Path
from typing import Final

from geo_lv.errors import InputError, Problem, refuse

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no text file holds: a page, a spreadsheet or a terminal would choke on them."""


def read_text(path: Path, name: str) -> str:
    """
    Read a UTF-8 file.

    Parameters
    ----------
    path
        File to read; a byte-order mark is dropped.
    name
        What the file is called in messages.

    Returns
    -------
    text
        Its text, never empty.

    Raises
    ------
    InputError
        If the file is not there, is empty, is not UTF-8, or holds control characters.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        refuse(name, "a readable file", "a pipe or device, which may never end", "put a file there")
    try:
        content = path.read_bytes()
    except OSError as error:
        found = error.strerror or "an error"
        raise InputError(
            (Problem(name, "a readable file", found.lower(), "put it there"),)
        ) from error
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError((_not_utf8(name, content, error.start),)) from error
    if not decoded.strip():
        raise InputError((Problem(name, "content", "an empty file", "restore the file", row=1),))
    wrong = CONTROL.search(decoded)
    if wrong:
        found = f"control character 0x{ord(wrong[0]):02X}"
        row, column = _place(decoded[: wrong.start()], name)
        raise InputError((Problem(name, "text", found, "remove the character", row, column),))
    return decoded


def _not_utf8(name: str, content: bytes, position: int) -> Problem:
    found = f"byte 0x{content[position]:02X}, which looks like Windows-1252"
    row, column = _place(content[:position].decode("latin-1"), name)
    return Problem(name, "UTF-8 text", found, "save the file as UTF-8", row, column)


def _place(before: str, name: str) -> tuple[int, str]:
    """Return the row and the number of the column, or of the character, that follows `before`."""
    *_, line = lines = before.split("\n")
    commas = re.sub('"[^"]*"?', "", line).count(",")
    return len(lines), str(commas + 1 if name.endswith(".csv") else len(line) + 1)
