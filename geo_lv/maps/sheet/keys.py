"""Entries of a legend: a small drawing with its words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from geo_lv.maps.charts import phase_legend
from geo_lv.maps.map_model import PhasingChart
from geo_lv.maps.sheet import words
from geo_lv.maps.sheet.canvas import Box, Canvas, Look
from geo_lv.maps.sheet.flow import Piece, blank
from geo_lv.maps.sheet.fonts import fold, width
from geo_lv.maps.sheet.looks import phase
from geo_lv.maps.sheet.tags import Element

SWATCH: Final = (20.0, 11.0)
TEXT_AT: Final = 27.0
GAP: Final = 3.0
_SMALL: Final = (14.0, 9.0)
_BESIDE: Final = 4.0
_APART: Final = 12.0

Swatch = Callable[[Canvas, Box], None]


@dataclass(frozen=True)
class Key:
    """An entry of the legend."""

    words: str
    swatch: Swatch


def key_list(keys: Iterable[Key], under: Element, room: float) -> list[Piece]:
    """Return entries with a swatch in front, one under the other."""
    parts = under.add("L")
    return [piece for key in keys for piece in _entry(key, parts, room)]


def key_rows(keys: Iterable[Key], under: Element, room: float) -> list[Piece]:
    """Return small entries side by side, on as many lines as they need."""
    parts = under.add("L")
    beside = _SMALL[0] + _BESIDE
    rows: list[list[_Small]] = [[]]
    at = 0.0
    for key in keys:
        lines = fold(key.words, words.NOTE, room - beside)
        wide = beside + max(width(line, words.NOTE) for line in lines)
        if rows[-1] and at + wide > room:
            rows.append([])
            at = 0.0
        rows[-1].append(_Small(at, key.swatch, lines, parts.add("LI").add("LBody")))
        at += wide + _APART
    return [*(_row(row) for row in rows if row), blank(2)]


@dataclass(frozen=True)
class _Small:
    """A small entry and where it begins on its line."""

    at: float
    swatch: Swatch
    lines: list[str]
    body: Element


def _row(entries: list[_Small]) -> Piece:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        for each in entries:
            each.swatch(canvas, Box(x + each.at, y + 0.5, *_SMALL))
            for n, line in enumerate(each.lines):
                at = x + each.at + _SMALL[0] + _BESIDE, y + n * words.NOTE.leading
                canvas.text(at, line, words.NOTE, each.body)

    return Piece(max(len(each.lines) for each in entries) * words.NOTE.leading + GAP, draw)


def filled(look: Look, ground: Look | None = None) -> Swatch:
    """Return a swatch that is a filled rectangle."""

    def draw(canvas: Canvas, box: Box) -> None:
        for each in (ground, look):
            if each is not None:
                canvas.box(box, each)

    return draw


def phase_keys(chart: PhasingChart) -> list[Key]:
    """Return the entries for the phases of a chart."""
    return [
        *(Key(text, filled(phase(f"phase-{name}"))) for name, text in phase_legend(chart)),
        Key(words.INDICATIVE_KEY, filled(phase("phase-uitvoering-indicative"))),
        Key(words.UNKNOWN_KEY, filled(phase("phase-unknown"))),
    ]


def badge(under: Element) -> list[Piece]:
    """Return the mark of fictitious data."""
    part = under.add("P")

    def draw(canvas: Canvas, x: float, y: float) -> None:
        wide = width(words.FICTITIOUS, words.BADGE) + 10
        canvas.box(Box(x, y, wide, 13), Look(fill="warn-ground", line="warn"))
        canvas.text((x + 5, y + 2), words.FICTITIOUS, words.BADGE, part)

    return [Piece(17, draw, keep=True)]


def _entry(key: Key, parts: Element, room: float) -> list[Piece]:
    body = parts.add("LI").add("LBody")
    lines = fold(key.words, words.BODY, room - TEXT_AT)

    def draw(canvas: Canvas, x: float, y: float) -> None:
        key.swatch(canvas, Box(x, y, *SWATCH))
        for n, line in enumerate(lines):
            canvas.text((x + TEXT_AT, y + n * words.BODY.leading), line, words.BODY, body)

    return [Piece(max(len(lines) * words.BODY.leading, SWATCH[1]) + GAP, draw)]
