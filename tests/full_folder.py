"""A data folder in which a sheet is as full as it gets: every figure, every year, long names."""

import csv
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

YEARS: Final = tuple(str(year) for year in range(2015, 2025))
LONG: Final = "Verspreide huizen Oostelijk Buitengebied en Bedrijventerrein"
"""Sixty letters; the longest name of a Dutch wijk or buurt has fewer than that."""
ACTIONS: Final = 9
_BASES: Final = {"inwoners": 5000, "woningen": 2400, "huishoudens": 2300}
_POLICE: Final = "statistics/politie.csv"
_ORIGIN: Final = f"""
[[file]]
path = "{_POLICE}"
title = "Verzonnen cijfers"
source = "verzonnen"
licence = "geen"
vintage = "2024"
retrieved = "2025-01-31"
"""


def fill(data: Path) -> None:
    """
    Fill a copy of the embedded data.

    Parameters
    ----------
    data
        The copy; it is changed.
    """
    for level in ("wijk", "buurt"):
        _rename(
            data / "boundaries" / f"{level}en.geojson", "wk_name" if level == "wijk" else "bu_name"
        )
    codes = [f"WK1916{number:02}" for number in range(1, 14)]
    _add_figures(data, ["GM1916", *codes])
    _add_actions(data, codes)
    _lengthen_meetings(data)


def _rename(path: Path, name: str) -> None:
    layer = json.loads(path.read_text("utf-8"))
    for number, feature in enumerate(layer["features"], 1):
        feature["properties"][name] = f"{LONG[:-3]} {number:02}"
    path.write_text(json.dumps(layer), "utf-8")


def _add_figures(data: Path, codes: list[str]) -> None:
    catalogue = tomllib.loads((data / "statistics/indicators.toml").read_text("utf-8"))
    known = {item["id"]: item for item in catalogue["indicator"]}
    wanted = dict.fromkeys(
        name
        for item in catalogue["indicator"]
        if item.get("sheet")
        for name in (item.get("rate_of", item["id"]), item.get("weight", ""))
        if name
    )
    path = data / "statistics/kerncijfers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    rows = [row for row in rows if row[1] not in wanted]
    police = [name for name in wanted if known[name].get("edition") == "intern"]
    rows += [row for name in wanted if name not in police for row in _figures(name, codes, known)]
    _write(path, head, rows)
    if police:
        _write(
            data / _POLICE, head, [row for name in police for row in _figures(name, codes, known)]
        )
        with (data / "provenance.toml").open("a", encoding="utf-8") as file:
            file.write(_ORIGIN)


def _figures(
    name: str, codes: list[str], known: dict[str, dict[str, object]]
) -> Iterator[list[str]]:
    """Yield a figure of every area in every year: different, and going somewhere."""
    unit, decimals = str(known[name]["unit"]), int(str(known[name]["decimals"]))
    base = 300.0 if unit == "× € 1.000" else 1000.0 if unit == "m³" else 24.0
    for place, code in enumerate(codes):
        for step, year in enumerate(YEARS):
            value = base + base / 40 * ((place * 5) % 13) + base / 60 * step
            if name in _BASES:
                value = _BASES[name] * (13 if code.startswith("GM") else 1)
            elif known[name]["aggregation"] == "sum":
                value = round(value) * (15 if code.startswith("GM") else 1)
            yield [code, name, year, f"{value:.{decimals}f}", "", "CBS verzonnen"]


def _write(path: Path, head: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def _add_actions(data: Path, codes: list[str]) -> None:
    path = data / "agreements/acties.csv"
    head = path.read_text("utf-8").splitlines()[0].split(",")
    rows = [
        [
            f"actie-{code[-2:]}-{number}",
            code,
            "Met de partners in de wijk een avondronde lopen langs de plekken die worden genoemd",
            "Gemeente, team openbare orde en veiligheid",
            f"2025-0{number}-15",
            "in uitvoering",
            "2025-01-31",
            "publiek",
            "SEED",
        ]
        for code in codes
        for number in range(1, ACTIONS + 1)
    ]
    _write(path, head, rows)


def _lengthen_meetings(data: Path) -> None:
    path = data / "municipality.toml"
    text = path.read_text("utf-8")
    for name in ("Leidschendam-Noord", "Bovenveen", "Voorburg-Noord", "Leidschendam-Zuid"):
        text = text.replace(
            f'[[meeting_areas]]\nname = "{name}"',
            f'[[meeting_areas]]\nname = "{name} {LONG[-41:]}"',
        )
    path.write_text(text, "utf-8")
