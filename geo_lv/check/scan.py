"""Looks at pieces of text for what points to a home or a person, also when it is wrapped up."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

from geo_lv.check.findings import Finding, Kind
from geo_lv.check.veils import encoded_in, kind_of, text_of, unpacked, unveil
from geo_lv.schema import Edition
from geo_lv.traces import Trace, TraceKind, traces_in

_DEEPEST: Final = 4
"""How many wrappings in each other are opened."""
_MAP_FRAME: Final = re.compile(
    r"^\[?\[[0-9., ]+\](?:, \[[0-9., ]+\]\])?,$|^center: \[[0-9., ]+\],$"
)
"""A line of the script of a map that says what it shows first, as folium writes it."""
_PATH_DATA: Final = re.compile(r'(?<= d="M)[0-9 .,a-zA-Z-]*[lhvLHV][0-9 .,a-zA-Z-]*(?=")')
"""Steps of a line that is drawn: some of them one after another have the digits of a telephone."""


class Piece(NamedTuple):
    """A text that stands at one place of a file."""

    place: str
    text: str
    columns: bool = False
    """Whether the report counts its letters, as for a line of a file."""


@dataclass(frozen=True)
class Site:
    """What a check must know about the site as a whole."""

    edition: Edition
    places: tuple[str, ...]
    """Texts with an address that were let out on purpose."""
    indicators: frozenset[str]
    """Ids of those that the figures of the site are about."""
    files: frozenset[str]


def lines_of(text: str, before: str = "") -> list[Piece]:
    """Return the lines of a text as pieces; `before` says what text it is."""
    lines = text.replace("\r\n", "\n").split("\n")
    return [Piece(f"{before}line {row}", line, columns=True) for row, line in enumerate(lines, 1)]


def scan(file: str, pieces: Iterable[Piece], site: Site, depth: int = 0) -> Iterator[Finding]:
    """
    Look for what points to a home or a person.

    Parameters
    ----------
    file
        Whose text it is.
    pieces
        The text, each part with its place.
    site
        What was let out on purpose.
    depth
        In how many wrappings it was found.

    Yields
    ------
    finding
        Each trace of a home or person, at its place.
    """
    parts = list(pieces)
    lines = [unveil(part.text.replace("\n", " ")) for part in parts]
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    text = "\n".join(lines)
    for trace in traces_in(text):
        row = bisect_right(starts, trace.start) - 1
        column = trace.start - starts[row]
        if not _was_let_out(trace, column, lines[row], site):
            yield Finding(file, trace.kind, _place(parts[row], lines[row], column), trace.text)
    for start, content in encoded_in(text):
        row = bisect_right(starts, start) - 1
        place = _place(parts[row], lines[row], start - starts[row])
        yield from scan_bytes(file, f"{place}, in base64", content, site, depth + 1)


def _place(piece: Piece, line: str, column: int) -> str:
    exact = piece.columns and line == piece.text
    return f"{piece.place}, column {column + 1}" if exact else piece.place


def _was_let_out(trace: Trace, column: int, line: str, site: Site) -> bool:
    """Return whether a trace lies within a text that the build let out, or in a drawing."""
    if trace.kind is TraceKind.COORDINATES:
        return bool(_MAP_FRAME.match(line))
    if trace.kind is TraceKind.PHONE:
        return _lies_in(trace, column, _PATH_DATA.finditer(line))
    if trace.kind not in {TraceKind.ADDRESS, TraceKind.POSTCODE}:
        return False
    places = (re.finditer(re.escape(place), line) for place in site.places)
    return any(_lies_in(trace, column, found) for found in places)


def _lies_in(trace: Trace, column: int, found: Iterable[re.Match[str]]) -> bool:
    end = column + len(trace.text)
    return any(match.start() <= column and end <= match.end() for match in found)


def scan_bytes(file: str, place: str, content: bytes, site: Site, depth: int) -> Iterator[Finding]:
    """Look into bytes that were wrapped up in a file."""
    if depth > _DEEPEST:
        return
    kind = kind_of(content)
    if kind in {"zip", "pdf"}:
        yield Finding(file, Kind.WRAPPED, place, kind)
    elif kind == "gzip" and (inside := unpacked(content)):
        yield from scan_bytes(file, f"{place}, in gzip", inside, site, depth + 1)
    else:
        yield from scan(file, _pieces(place, content), site, depth)


def _pieces(place: str, content: bytes) -> list[Piece]:
    before = f"{place}, " if place else ""
    text = text_of(content)
    if text is not None and not kind_of(content):
        return lines_of(text, before)
    return [Piece(f"{before}{part.place}", part.text) for part in words_in(content)]


def words_in(content: bytes) -> list[Piece]:
    """Return what can be read in bytes that are no text."""
    narrow = re.finditer(rb"[\x20-\x7e]{6,}", content)
    wide = re.finditer(rb"(?:[\x20-\x7e]\x00){6,}", content)
    return [Piece(f"byte {match.start()}", match[0].decode("latin-1")) for match in narrow] + [
        Piece(f"byte {match.start()}", match[0].decode("utf-16-le")) for match in wide
    ]
