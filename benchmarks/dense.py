"""A copy of the data folder with borders as detailed as official ones, and any number of homes.

The embedded borders are drawn coarsely. Official ones of CBS have some 130 points per buurt, which
is what weighs in a page that repeats them. Points are put into every border at equal distances and
moved aside a little, by an amount that follows from their place: both neighbours of a border move
alike, and a second run gives the same folder.
"""

import csv
import json
import math
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

STEP = 0.00033
"""Longest distance between two points, in degrees: about 30 metres."""
SHARE = 0.04
"""How far a point is moved aside, as part of the length of its piece of border."""

Point = list[float]


def dense_copy(source: Path, target: Path, homes: int | None = None) -> Path:
    """Copy a data folder with detailed borders and, if asked, with so many homes."""
    shutil.copytree(source, target)
    for name in ("buurten", "wijken"):
        path = target / "boundaries" / f"{name}.geojson"
        path.write_text(json.dumps(dense(json.loads(path.read_text("utf-8")))), "utf-8")
    if homes:
        repeat_homes(target / "properties" / "dwellings.csv", homes)
    return target


def dense(areas: dict[str, Any]) -> dict[str, Any]:
    """Put points into every border of a collection of areas."""
    for feature in areas["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        for part in parts:
            part[:] = [list(ring_points(ring)) for ring in part]
    return areas


def ring_points(ring: list[Point]) -> Iterator[Point]:
    """Yield the points of a ring with new ones between them."""
    for start, end in pairwise(ring):
        yield start
        pieces = math.ceil(math.dist(start, end) / STEP)
        low, high = sorted((start, end))
        between = [aside(low, high, n / pieces) for n in range(1, pieces)]
        yield from between if low == start else between[::-1]
    yield ring[-1]


def aside(low: Point, high: Point, part: float) -> Point:
    """Return a point between two others, a little beside the straight line."""
    dx, dy = high[0] - low[0], high[1] - low[1]
    swing = SHARE * part * (1 - part) * math.sin(1e5 * (low[0] + high[1]) + 40 * part)
    return [
        round(low[0] + part * dx - swing * dy, 6),
        round(low[1] + part * dy + swing * dx, 6),
    ]


def repeat_homes(path: Path, wanted: int) -> None:
    """Make the list of homes as long as asked, with the first ones again under other numbers."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    more = [
        {**row, "dwelling_id": f"{row['dwelling_id']}-{turn}"}
        for turn in range(wanted // len(rows))
        for row in rows
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows((rows + more)[:wanted])
