"""What every command that changes a data folder asks of it first."""

import os
from pathlib import Path

from geo_lv.errors import InputError, Problem
from geo_lv.inputs import embedded_data
from geo_lv.municipality import FILE as MUNICIPALITY_FILE


def require_own_data(data: Path, command: str) -> None:
    """
    Refuse to change what is not a data folder of the user's own.

    Parameters
    ----------
    data
        The data folder.
    command
        Which command wants to change it.

    Raises
    ------
    InputError
        If it is no data folder, comes with the installed geo_lv, or cannot be written.
    """
    expected, found = "a data folder of your own", _fault(data)
    if found:
        advice = f"copy {embedded_data()} to data, or name one: geo-lv --data DIR {command} …"
        raise InputError((Problem(str(data), expected, found, advice),))


def _fault(data: Path) -> str:
    if not (data / MUNICIPALITY_FILE).is_file():
        return "none here"
    if data.resolve().is_relative_to(Path(__file__).parent.resolve()):
        return "the example that is installed with geo_lv"
    if not os.access(data, os.W_OK | os.X_OK):
        return "one that may only be read"
    return ""
