"""
Time the energy labels of the homes of a municipality out of a national file of EP-Online.

The file is made up and has the size, the columns and the layout of the real one: 5.1 million rows,
all of other VBOs, in a zip. The same zip is also read by pandas as a whole, which is what a person
would write; both are fresh processes, one after the other.
"""

import datetime as dt
import os
import re
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.processes import Measured, machine, run_step
from geo_lv.sources.ep_online import join_labels

ROWS, HOMES = 5_100_000, 9_223
BLOCK = 50_000
LIMIT_SECONDS, LIMIT_MB = 60.0, 500.0
PEILDATUM = dt.date(2030, 1, 1)
BY_ADDRESS = 5
"""One in so many homes has no VBO id, and is sought by address."""

HEADER = (
    "Registratiedatum;Opnamedatum;GeldigTot;Certificaathouder;SoortOpname;Status;Berekeningstype;"
    "Energieklasse;OpBasisVanReferentiegebouw;Gebouwklasse;Gebouwtype;Gebouwsubtype;SBICode;"
    "Postcode;Huisnummer;Huisletter;Huisnummertoevoeging;Detailaanduiding;BAGVerblijfsobjectID;"
    "BAGLigplaatsID;BAGStandplaatsID;BAGPandIDs;Projectnaam;Projectobject;Bouwjaar;"
    "GebruiksoppervlakteThermischeZone;Compactheid;Energiebehoefte;Warmtebehoefte;"
    "PrimaireFossieleEnergie;PrimaireFossieleEnergieEMGForfaitair;AandeelHernieuwbareEnergie;"
    "AandeelHernieuwbareEnergieEMGForfaitair;Temperatuuroverschrijding;EnergieIndex;"
    "EnergieIndexEMGForfaitair;EisEnergiebehoefte;EisPrimaireFossieleEnergie;"
    "EisAandeelHernieuwbareEnergie;EisTemperatuuroverschrijding;BerekendeCO2Emissie;"
    "BerekendeEnergieverbruik"
)
PREAMBLE = "PublicatieDatum;01-01-2026\nLaatstVerwerkteMutatievolgnummer;1\n"
ROW = (
    b"202@-10-1@;202@-11-2@;203@-11-2@;Voorbeeldbureau @@;Basisopname;Bestaand;NTA 8800:2023 "
    b"(basisopname woningbouw);~;Nee;W;Rijwoning;Rijwoning tussen;;####^&;$$;;;;000001000%%%%%%%;;;"
    b"000010000%%%%%%%;;;19@@;@@,@@;1,@@;1@@,@@;@@,@@;2@@,@@;2@@,@@;1@,@;1@,@;;;;;;;;3@,@@;1@@,@@\n"
)
"""``~^&`` become a letter, a run of another sign the digits of a number."""
VBO_ID = "000001000{:07}"
"""No municipality has the number 0000."""
AT_POSTCODE = 17
FIRST_NUMBER = 10
SHUFFLE = 1_000_003
"""Has no factor in common with `ROWS`: the rows come in no order of address, as the real ones."""

Numbers = npt.NDArray[np.int64]


def make(path: Path) -> None:
    """Write the file, block by block."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("v20260101_v4_csv.csv", "w", force_zip64=True) as file,
    ):
        file.write(f"{PREAMBLE}{HEADER}\n".encode())
        for start in range(0, ROWS, BLOCK):
            file.write(rows(np.arange(start, start + BLOCK) * SHUFFLE % ROWS))


def rows(numbers: Numbers) -> bytes:
    """Make the rows of some dwellings; each has its own VBO id, and neighbours at its postcode."""
    made = np.frombuffer(ROW * len(numbers), np.uint8).reshape(-1, len(ROW)).copy()
    area, rank = numbers // AT_POSTCODE, numbers // AT_POSTCODE // 9000
    for sign, values in ((b"~", numbers % 7), (b"^", rank // 26), (b"&", rank % 26)):
        made[:, ROW.index(sign)] = ord("A") + values
    parts = {b"%": numbers, b"#": 1000 + area % 9000, b"$": FIRST_NUMBER + numbers % AT_POSTCODE}
    for signs in re.finditer(rb"(%|#|\$|@)\1*", ROW):
        # figures that do not repeat, or the zip would be much smaller than a real one
        values = parts.get(signs[1], numbers * (7919 + 2 * signs.start()) // 64)
        for place, column in enumerate(reversed(range(*signs.span()))):
            made[:, column] = ord("0") + values // 10**place % 10
    return made.tobytes()


def homes() -> pd.DataFrame:
    """Make the homes: every second row of a stretch of the file, like those of one municipality."""
    numbers = ROWS // 3 + 2 * np.arange(HOMES)
    listed = [row.split(";") for row in rows(numbers).decode().splitlines()]
    known = numbers % BY_ADDRESS > 0
    return pd.DataFrame(
        {
            "dwelling_id": [f"FICTIEF-{number}" for number in numbers],
            "vbo_id": [VBO_ID.format(n) if k else "" for n, k in zip(numbers, known, strict=True)],
            "postcode": [row[13] for row in listed],
            "house_number": [row[14] for row in listed],
            "house_letter": "",
            "addition": "",
        }
    )


def ours(path: Path) -> None:
    """Join the labels to the homes and print the account."""
    print(join_labels(path, homes(), peildatum=PEILDATUM).account)


def peer(path: Path) -> None:
    """Read the whole file and print the number of rows."""
    print(len(pd.read_csv(path, sep=";", decimal=",", skiprows=2)), "rows")


STEPS = {"make": make, "ours": ours, "peer": peer}


def report(found: Measured, other: Measured, size: int) -> str:
    """Write the figures as a table."""
    return (
        "| what | seconds | limit | peak MB | limit |\n|---|---|---|---|---|\n"
        f"| geo_lv, labels of {HOMES:,} homes | {found.seconds:.1f} | {LIMIT_SECONDS:g} | "
        f"{found.peak_mb:.0f} | {LIMIT_MB:g} |\n"
        f"| pandas.read_csv, the whole file | {other.seconds:.1f} | | {other.peak_mb:.0f} | |\n"
        f"| pandas' by ours, times | {other.seconds / found.seconds:.1f} | | "
        f"{other.peak_mb / found.peak_mb:.1f} | |\n\n"
        f"{ROWS:,} rows of {len(ROW)} bytes, {size / 1e6:.0f} MB as a zip; "
        f"{machine(os.getloadavg()[0])}"
    )


def conclude() -> tuple[str, list[str]]:
    """Measure; return the report, and what was not reached."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "v20260101_v4_csv.zip"
        run_step(__name__, "make", path)
        found, other = run_step(__name__, "ours", path), run_step(__name__, "peer", path)
        size = path.stat().st_size
    missed = [
        name
        for name, reached in (
            (f"labels in {LIMIT_SECONDS:g} s", found.seconds <= LIMIT_SECONDS),
            (f"labels in {LIMIT_MB:g} MB", found.peak_mb <= LIMIT_MB),
            ("a label for every home", f"matched={HOMES}," in found.said),
        )
        if not reached
    ]
    return report(found, other, size), missed


if __name__ == "__main__":
    STEPS[sys.argv[1]](Path(sys.argv[2]))
