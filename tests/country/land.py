"""A country of some municipalities: the small folder again and again, each farther to the east."""

import csv
import io
import re
from pathlib import Path
from typing import Final

from tests.small_folder import GM, SIDE_M, WEST_M, make

WIDTH_M: Final = 2 * SIDE_M
SETTINGS: Final = 'title = "Het land"\nindicators = ["inwoners", "huurwoningen"]\n'
_EAST: Final = re.compile(rf"\b(?:{WEST_M}|{WEST_M + SIDE_M}|{WEST_M + 2 * SIDE_M})\b")


def make_land(folder: Path, count: int) -> Path:
    """
    Write the folder of a country of GM0001, GM0002 and so on, side by side.

    Parameters
    ----------
    folder
        The folder; it does not exist yet.
    count
        How many municipalities.

    Returns
    -------
    folder
        Named Stad 1, Stad 2 and so on; each has the figures of the small folder.
    """
    for number in range(1, count + 1):
        data = folder / "gemeenten" / f"GM{number:04}"
        make(data)
        for path in data.rglob("*.*"):
            text = path.read_text(encoding="utf-8")
            path.write_text(_other(path.name, text, number), encoding="utf-8")
    (folder / "land.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


def _other(name: str, text: str, number: int) -> str:
    """Give a file the codes, the name and the place of another municipality."""
    east = WIDTH_M * (number - 1)
    text = re.sub(r"\b(GM|BU|WK)0001", rf"\g<1>{number:04}", text)
    text = text.replace("Voorbeeldstad", f"Stad {number}")
    if name.endswith(".geojson"):
        text = _EAST.sub(lambda found: str(int(found[0]) + east), text)
    return _moved(text, east) if name == "dwellings.csv" else text


def _moved(homes: str, east: int) -> str:
    rows = list(csv.DictReader(io.StringIO(homes, newline="")))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "x_rd": str(int(row["x_rd"]) + east)} for row in rows)
    return out.getvalue()


def data_of(land: Path, number: int) -> Path:
    """Return the data folder of a municipality."""
    return land / "gemeenten" / GM.replace("1", str(number))
