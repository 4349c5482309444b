"""CSV, JSON and GeoJSON: names against the list, texts, and places as exact as a home."""

import csv
import io
import json
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from geo_lv.check.findings import Finding, Kind
from geo_lv.check.scan import Piece, Site, lines_of, scan
from geo_lv.check.veils import unveil
from geo_lv.columns import BETWEEN, is_listed
from geo_lv.maps.downloads import FORMULA
from geo_lv.persons import is_about_persons
from geo_lv.traces import TraceKind, traces_in

_AREAS: Final = ("Polygon", "MultiPolygon")
_SHAPE: Final = tuple(f"features{BETWEEN}geometry{BETWEEN}{key}" for key in ("type", "coordinates"))
"""What an outline has in every GeoJSON file."""
_SMALLEST: Final = 0.0005
"""Degrees: an outline within a square of this side is as small as a building."""


class _Pairs(list[tuple[str, object]]):
    """An object of JSON with every key, also one that stands twice."""


def indicators_in(content: bytes) -> frozenset[str]:
    """Return which indicators the file with all figures is about; none if it cannot be read."""
    text = io.StringIO(content.decode("utf-8-sig", errors="replace"), newline="")
    return frozenset(row.get("cijfer") or "" for row in csv.DictReader(text, delimiter=";")) - {""}


def find_in_csv(file: str, text: str, site: Site) -> Iterator[Finding]:
    """Yield what is wrong in a CSV file."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    except csv.Error as error:
        yield Finding(file, Kind.UNREADABLE, "", f"CSV: {error}")
        yield from scan(file, lines_of(text), site)
        return
    head = rows[0] if rows else []
    for column in dict.fromkeys(head):
        yield from _name(Finding(file, Kind.NAME, "row 1", column), file, column, site)
    pieces = [
        Piece(f"row {row}, column {_column(head, place)}", cell)
        for row, cells in enumerate(rows, 1)
        for place, cell in enumerate(cells)
        if cell
    ]
    yield from scan(file, pieces, site)
    for piece in pieces:
        if piece.text.startswith(FORMULA) and not _is_number(piece.text):
            yield Finding(file, Kind.FORMULA, piece.place, piece.text)
    for row, cells in enumerate(rows, 1):
        yield from _pairs_of_cells(file, row, cells)


def _pairs_of_cells(file: str, row: int, cells: list[str]) -> Iterator[Finding]:
    """Yield a place of which each half stands in a cell of its own."""
    numbers = [(cell, number) for cell in cells if (number := _number(cell)) is not None]
    for (one, x), (other, y) in pairwise(numbers):
        if _is_rd(x, y):  # a mean label beside a percentage looks like degrees
            yield Finding(file, TraceKind.COORDINATES, f"row {row}", f"{one};{other}")


def _column(head: list[str], place: int) -> str:
    return head[place] if place < len(head) and head[place] else str(place + 1)


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None


def _is_number(cell: str) -> bool:
    return _number(cell) is not None


def find_in_json(
    file: str, text: str, called: str, site: Site, before: str = ""
) -> Iterator[Finding]:
    """
    Yield what is wrong in JSON.

    Parameters
    ----------
    file
        Whose it is.
    text
        The JSON.
    called
        What `columns.toml` calls the file.
    site
        The site.
    before
        Where in the file it stands, if it is a part.

    Yields
    ------
    finding
        Each name that is not let out, trace of a home or person, and place of a home.
    """
    try:
        value = json.loads(text, object_pairs_hook=_Pairs)
        leaves = list(_leaves(value, "$"))
        names = list(_names(value))
    except (ValueError, RecursionError) as error:
        words = "too deep" if isinstance(error, RecursionError) else str(error)
        yield Finding(file, Kind.UNREADABLE, before.rstrip(", "), f"JSON: {words}")
        yield from () if before else scan(file, lines_of(text), site)
        return
    for name, path in names:
        key = name.rpartition(BETWEEN)[2]
        yield from _name(Finding(file, Kind.NAME, f"{before}{path}", key), called, name, site)
    texts = [Piece(f"{before}{path}", leaf) for path, leaf in leaves if isinstance(leaf, str)]
    yield from scan(file, texts, site)
    yield from _places(file, value, "$", before)


def _name(finding: Finding, where: str, name: str, site: Site) -> Iterator[Finding]:
    """Yield a finding if the name it is about is not let out, and what else that name tells."""
    if name in _SHAPE or is_listed(name, where, site.edition, site.indicators):
        return
    yield finding
    if is_about_persons(finding.found):
        yield finding._replace(kind=Kind.PERSON_COLUMN)
    for trace in traces_in(unveil(finding.found)):
        yield finding._replace(kind=trace.kind, found=trace.text)


def _names(value: object) -> Iterator[tuple[str, str]]:
    """Yield every key with all keys above it, and its path in the file, once for each name."""
    seen: set[str] = set()
    todo: list[tuple[object, str, str]] = [(value, "", "$")]
    while todo:
        inner, above, path = todo.pop()
        if isinstance(inner, _Pairs):
            for key, item in inner:
                name = f"{above}{BETWEEN}{key}" if above else key
                if name not in seen:
                    seen.add(name)
                    yield name, f"{path}.{key}"
                todo.append((item, name, f"{path}.{key}"))
        elif isinstance(inner, list):
            todo += [(item, above, f"{path}[{n}]") for n, item in enumerate(inner)]


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, _Pairs):
        for key, inner in value:
            yield from _leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{place}]")
    else:
        yield path, value


def _places(file: str, value: object, path: str, before: str) -> Iterator[Finding]:
    """Yield every two numbers side by side that are a place, but for the outlines of areas."""
    if isinstance(value, _Pairs):
        kind = dict(value).get("type")
        if kind in _AREAS:
            yield from _small_outline(file, dict(value).get("coordinates"), path, before)
            return
        inner, holds = [(f"{path}.{key}", item) for key, item in value], _is_rd
    elif isinstance(value, list):
        inner, holds = [(f"{path}[{place}]", item) for place, item in enumerate(value)], _is_place
    else:
        return
    for (where, x), (_, y) in pairwise(inner):
        if isinstance(x, int | float) and isinstance(y, int | float) and holds(x, y):
            yield Finding(file, TraceKind.COORDINATES, f"{before}{where}", f"{x}, {y}")
    for where, item in inner:
        yield from _places(file, item, where, before)


def _is_place(x: float, y: float) -> bool:
    """Return whether two numbers are a place in the country, in any order."""
    return any(_is_rd(a, b) or _is_wgs84(a, b) for a, b in ((x, y), (y, x)))


def _is_rd(x: float, y: float) -> bool:
    return 10_000 <= x < 300_000 and 300_000 <= y < 620_000  # noqa: PLR2004 - metres, the country


def _is_wgs84(longitude: float, latitude: float) -> bool:
    within = 3 <= longitude <= 7.5 and 50.5 <= latitude <= 54  # noqa: PLR2004 - degrees, the country
    return within and not (_is_short(longitude) and _is_short(latitude))


def _is_short(number: float) -> bool:
    """Return whether a number has so few decimals that as degrees it is as coarse as a village."""
    return number == round(number, 2)


def _small_outline(file: str, rings: object, path: str, before: str) -> Iterator[Finding]:
    """Yield an outline that is as small as a building."""
    leaves = [leaf for _, leaf in _leaves(rings, "")]
    numbers = [float(leaf) for leaf in leaves if isinstance(leaf, int | float)]
    x, y = numbers[::2], numbers[1::2]
    if not y or not all(map(math.isfinite, numbers)):
        yield Finding(file, Kind.UNREADABLE, f"{before}{path}", "an outline without places")
    elif max(max(x) - min(x), max(y) - min(y)) < _SMALLEST:
        yield Finding(file, TraceKind.COORDINATES, f"{before}{path}", "an outline of a building")
