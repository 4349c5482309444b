"""Files that are there as a whole, the old one or the new one, whenever somebody looks."""

import os
from pathlib import Path
from typing import Final

UNFINISHED: Final = ".geo-lv-new"
"""Ending of a file that is being written."""


def write_file(path: Path, content: bytes) -> None:
    """
    Write a file and the folders above it, in one step.

    Parameters
    ----------
    path
        The file; only one writer at a time.
    content
        All of it.

    Raises
    ------
    OSError
        If it cannot be written; what was there stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + UNFINISHED)
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
