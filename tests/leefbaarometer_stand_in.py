"""A web server on this machine that has the zip of the Leefbaarometer, with invented scores."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from tests.ogc_stand_in import Buurt
from tests.stand_in import Asked, Reply, Service

DIMENSIONS: Final = ("afw", "fys", "onv", "soc", "vrz", "won")


@dataclass
class Scores(Service):
    """Scores of buurten, their wijken and municipality, and of one elsewhere."""

    own_moods: ClassVar[tuple[str, ...]] = ("renamed", "no wijken", "twice", "words", "not a zip")

    buurten: tuple[Buurt, ...] = ()
    years: tuple[int, ...] = (2024,)
    separator: str = ","
    unscored: frozenset[str] = frozenset()
    """Areas without a score."""

    def answer(self, asked: Asked, mood: str) -> Reply:
        """Return the zip of a year."""
        found = re.fullmatch(r"/open-data-leefbaarometer-meting-([0-9]{4})\.zip", asked.path)
        if found is None or int(found[1]) not in self.years:
            return Reply(b"not found", 404)
        body = b"PK no zip" if mood == "not a zip" else self.zip(int(found[1]), mood)
        return Reply(body, 200, {"ETag": f'"{found[1]}"', "Content-Type": "application/zip"})

    def zip(self, year: int, mood: str = "well") -> bytes:
        """Return a zip with a file for each level."""
        buurten = [buurt.code for buurt in self.buurten] + ["BU99980000"]
        levels = {
            "buurten": ("bu_code", buurten),
            "wijken": ("wk_code", _unique(f"WK{code[2:8]}" for code in buurten)),
            "gemeenten": ("gm_code", _unique(f"GM{code[2:6]}" for code in buurten)),
        }
        if mood == "no wijken":
            del levels["wijken"]
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            folder = f"Leefbaarometer 3.0 - Meting {year} - open data"
            for level, (column, codes) in levels.items():
                name = f"{folder}/Leefbaarometer-scores {level} 2002-{year}.csv"
                archive.writestr(name, self.table(column, codes, year, mood))
        return buffer.getvalue()

    def table(self, column: str, codes: list[str], year: int, mood: str) -> str:
        """Return a table of scores: 4 and a hundredth for each place in the list."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=self.separator, lineterminator="\r\n")
        score = "score" if mood == "renamed" else "lbm"
        writer.writerow([column, column.replace("code", "naam"), "jaar", score, *DIMENSIONS])
        if mood == "twice":
            codes = [*codes, codes[0]]
        for of_year in (year - 2, year):
            for place, code in enumerate(codes):
                known = "" if code in self.unscored else f"{4 + place / 100:.6f}"
                value = "goed" if mood == "words" else known
                rest = [f"{place / 1000 - 0.02:.6f}" if known else "NA" for _ in DIMENSIONS]
                writer.writerow([code, "Naam, met komma", of_year, value, *rest])
        return buffer.getvalue()


def _unique(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))
