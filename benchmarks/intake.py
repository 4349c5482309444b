"""
Time the import of a corporation's list: of one municipality, and of all corporation homes.

The lists are made up and have the columns, marks and mess of real ones. Each is also read by pandas
alone, as text, which is the least that anyone could do; all are fresh processes.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import Measured, machine, run

ROOT = Path(__file__).parent.parent
BLOCK = 100_000
HEADS = (
    "VHE-nummer;Complex;Straat;Huisnummer;Postcode;Plaats;BAG id;X;Y;Energielabel;EP2;Kale huur;"
    "Streefhuur;Oppervlakte;Bouwjaar;Woningtype;Kamers;DAEB;PV;Aardgasvrij;Leeftijdslabel\n"
)
LABELS = ("a++ ", "A", "b", "C", "D ", "E", "f", "G", "geen")
CORPORATION = "Vidomes"


@dataclass(frozen=True)
class Size:
    """A list of so many homes, and what its import may cost."""

    rows: int
    seconds: float
    megabytes: float


SIZES = (Size(9_223, 3.0, 2000.0), Size(2_400_000, 60.0, 2000.0))


def make(path: Path, rows: int) -> None:
    """Write a list: semicolons, decimal commas, thousands points, untidy labels and postcodes."""
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(HEADS)
        for start in range(0, rows, BLOCK):
            file.writelines(lines(range(start, min(rows, start + BLOCK))))


def lines(numbers: range) -> Iterator[str]:
    """Make the lines of some homes, each with a number and an id of its own."""
    for n in numbers:
        x, y = 20_000 + n % 240_000, 310_000 + n % 300_000
        yield (
            f"V{n:08};C{n // 60};Voorbeeldlaan;{1 + n % 900}{'abc '[n % 4].strip()};"
            f"{1000 + n % 9000} ss;Voorbeeldstad;000001{n:010};{x},5;{y},5;{LABELS[n % 9]};"
            f"{n % 400},5;€ {1 + n % 2}.{400 + n % 500},{n % 90 + 10};"
            f"1.{n % 900 + 100},00;{40 + n % 90};"
            f"{1900 + n % 120};portiek;{1 + n % 5};{'ja' if n % 3 else 'nee'};X;0;\n"
        )


def cases() -> Iterator[tuple[Size, Measured, Measured]]:
    """Import a list of each size, and read it by pandas alone."""
    with tempfile.TemporaryDirectory() as folder:
        data, path = Path(folder) / "data", Path(folder) / "lijst.csv"
        shutil.copytree(ROOT / "data", data)
        for size in SIZES:
            make(path, size.rows)
            command = ("-m", "geo_lv", "--data", str(data), "import", str(path))
            options = ("--corporatie", CORPORATION, "--peildatum", "2026-01-01")
            script = f"import pandas as pd; pd.read_csv({str(path)!r}, sep=';', dtype='str',"
            peer = run((sys.executable, "-c", f"{script} encoding='cp1252')"), ROOT)
            yield size, run((sys.executable, *command, *options), ROOT), peer


def report(found: list[tuple[Size, Measured, Measured]]) -> str:
    """Write the figures as a table."""
    rows = "\n".join(
        f"| {size.rows:,} | {ours.seconds:.1f} | {size.seconds:g} | {ours.peak_mb:.0f} | "
        f"{size.megabytes:g} | {peer.seconds:.1f} | {ours.seconds / peer.seconds:.1f} |"
        for size, ours, peer in found
    )
    return (
        "| rows | import, seconds | limit | peak MB | limit | pandas.read_csv, seconds | times |\n"
        f"|---|---|---|---|---|---|---|\n{rows}\n\n{machine(os.getloadavg()[0])}"
    )


def measure() -> tuple[str, list[str]]:
    """Import the lists; return the report, and what was not reached."""
    found = list(cases())
    missed = [
        f"{size.rows:,} rows"
        for size, ours, _ in found
        if ours.seconds > size.seconds or ours.peak_mb > size.megabytes
    ]
    return report(found), missed
