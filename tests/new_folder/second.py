"""
A second municipality, invented: three wijken of four, one and three buurten, in one file of CBS.

Names have diacritics, apostrophes and signs of HTML and TOML. One buurt lies inside another, one
has an island, and in the midst lies a piece of another municipality. Drawn in RD New, metres::

    0      1000   2000   3000   4000   5000      wijk 00: the west, with "'t Eiland" as two parts
    +------+------+------+------+------+         wijk 01: one buurt with a hole for its enclave
    | 0000 | 0001 |             | 0200 |         wijk 02: three buurten without a home
    +------+------+   0100      +------+
    | 0002 | 0003 | [0004][gat] | 0201 |   [0202]
    +------+------+-------------+------+
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import shapely

GM: Final = "GM9901"
NAME: Final = "Sint-Éloy aan de 's-Gravenvliet"
WEST, SOUTH, SIDE = 150_000, 460_000, 1000
WIJKEN: Final = {
    "WK990100": "De Brûlée 'Oost' & <West>",
    "WK990101": "Con",
    "WK990102": 'Het "Zilte" \\ Kwartier',
}
BUURTEN: Final = {
    "BU99010000": "Ænéas' Hof",
    "BU99010001": "Curaçaopark",
    "BU99010002": "Façade/Ïnsel",
    "BU99010003": "'t Eiland",
    "BU99010004": "<b>Enclave</b>",
    "BU99010100": "{{ 7 * 7 }} ${plein}",
    "BU99010200": "Jagersveld",
    "BU99010201": "Ŝmalle Streek",
    "BU99010202": "Los Eind",
}
HECTARES: Final = {
    "BU99010000": 100,
    "BU99010001": 100,
    "BU99010002": 100,
    "BU99010003": 104,
    "BU99010004": 4,
    "BU99010100": 392,
    "BU99010200": 100,
    "BU99010201": 100,
    "BU99010202": 25,
}
"""By hand: squares of a kilometre; the enclave and the foreign piece of 4 are not in 0100."""


def box(x: float, y: float, width: float = 1, height: float = 1) -> shapely.Geometry:
    """Return a rectangle; measures are in kilometres from the south-west corner."""
    west, south = WEST + SIDE * x, SOUTH + SIDE * y
    return shapely.box(west, south, west + SIDE * width, south + SIDE * height)


INNER: Final = box(2.4, 0.4, 0.2, 0.2)
FOREIGN: Final = box(3.2, 0.4, 0.2, 0.2)
SHAPES: Final = {
    "BU99010000": box(0, 1),
    "BU99010001": box(1, 1),
    "BU99010002": box(0, 0),
    "BU99010003": shapely.union_all([box(1, 0), box(1.4, -0.5, 0.2, 0.2)]),
    "BU99010004": INNER,
    "BU99010100": box(2, 0, 2, 2) - INNER - FOREIGN,
    "BU99010200": box(4, 1),
    "BU99010201": box(4, 0),
    "BU99010202": box(5.5, 0, 0.5, 0.5),
}


@dataclass(frozen=True)
class Cbs:
    """The map of wijken and buurten of CBS as a GeoPackage, with a neighbour and water."""

    year: int | None = 2024

    def write(self, path: Path) -> Path:
        """Write it; the buurten last, as a file may have them in any order."""
        buurten = [
            *(self._row("buurt", code, BUURTEN[code], shape) for code, shape in SHAPES.items()),
            self._row("buurt", "BU99020000", "Buiten", FOREIGN),
            self._row("buurt", "BU99010001", "Curaçaopark", box(1, 2), water="JA"),
        ]
        wijken = [
            self._row("wijk", code, name, shapely.union_all(self._inside(code)))
            for code, name in WIJKEN.items()
        ]
        whole = [self._row("gemeente", GM, NAME, shapely.union_all(list(SHAPES.values())))]
        for layer, rows in (("gemeenten", whole), ("wijken", wijken), ("buurten", buurten)):
            frame = gpd.GeoDataFrame(rows, crs="EPSG:28992")
            frame.to_file(path, layer=layer, driver="GPKG")
        return path

    def _inside(self, wk_code: str) -> list[shapely.Geometry]:
        return [shape for code, shape in SHAPES.items() if code[2:8] == wk_code[2:]]

    def _row(
        self, kind: str, code: str, name: str, shape: shapely.Geometry, water: str = "NEE"
    ) -> dict[str, object]:
        return {
            f"{kind}code": code,
            f"{kind}naam": name,
            "gemeentecode": f"GM{code[2:6]}",
            "water": water,
            **({} if self.year is None else {"jaar": self.year}),
            "aantal_inwoners": -99997,
            "geometry": shape,
        }
