"""Tables on paper: folded cells, a header that returns in every column, notes under the table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from geo_lv.maps.drawing import REASON_WORDS
from geo_lv.maps.map_model import Cell
from geo_lv.maps.model import Table
from geo_lv.maps.sheet import words
from geo_lv.maps.sheet.canvas import Align, Canvas, Look
from geo_lv.maps.sheet.flow import Piece, blank, paragraph
from geo_lv.maps.sheet.fonts import Style, fold, widest_word, width
from geo_lv.maps.sheet.tags import Element

_CELL: Final = Style(6.9)
_HEAD: Final = Style(6.3, "bold")
_NO_VALUE: Final = Style(6.9, colour="muted")
_BETWEEN: Final = 7.0
_ABOVE: Final = 1.6
_ROUNDING: Final = 0.01
"""So that a word of exactly the width of its column is not broken."""
_MOST_LINES: Final = 60
"""So many lines of one cell fit in a column of an empty sheet."""
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HAIR: Final = Look(line="line", thickness=0.5)
_RULE: Final = Look(line="ink", thickness=0.8)


@dataclass(frozen=True)
class Grid:
    """A table of texts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, Style], ...], ...]
    numeric: tuple[bool, ...]


def grid_of(table: Table, notes: Sequence[str]) -> Grid:
    """
    Return a table of the page as texts.

    Parameters
    ----------
    table
        The table.
    notes
        The notes under the table; a cell gets the number of its own.

    Returns
    -------
    Grid
        The same texts as on the page.
    """
    rows = (*table.rows, *table.footers)
    texts = tuple(tuple(_text(value, notes) for value in row) for row in rows)
    return Grid(table.columns, texts, table.numeric)


def plain_rows(rows: Sequence[Sequence[str]]) -> tuple[tuple[tuple[str, Style], ...], ...]:
    """Return rows of texts in the look of a cell."""
    return tuple(tuple((text, _CELL) for text in row) for row in rows)


def table_pieces(grid: Grid, under: Element, room: float) -> list[Piece]:
    """
    Return a table as a header and a piece per row.

    Parameters
    ----------
    grid
        The table.
    under
        Element that it belongs to.
    room
        Its width in points.

    Returns
    -------
    list[Piece]
        The header stands again at the top of each column that the table goes on in.
    """
    table = under.add("Table")
    widths = column_widths(grid, room)
    head = _head(grid, widths, table.add("TR"))
    again = _head(grid, widths, None)
    rows = [_row(row, grid, widths, table.add("TR")) for row in grid.rows]
    return [replace(head, keep=True), *(replace(row, head=again) for row in rows), blank(3)]


def column_widths(grid: Grid, room: float) -> list[float]:
    """
    Share out the room of a table over its columns.

    Parameters
    ----------
    grid
        The table.
    room
        Its width in points.

    Returns
    -------
    list[float]
        Points per column, without the blanks between; words stay whole if that is possible.
    """
    columns = [
        [(head, _HEAD), *cells] for head, *cells in zip(grid.columns, *grid.rows, strict=True)
    ]
    free = room - _BETWEEN * (len(columns) - 1)
    least = [max(widest_word(*cell) for cell in column) for column in columns]
    more = [
        math.sqrt(max(width(text, style) for text, style in column) - narrow)
        for column, narrow in zip(columns, least, strict=True)
    ]
    spare = free - sum(least)
    if spare < 0:
        return [free * narrow / sum(least) for narrow in least]
    whole = sum(more) or 1.0
    return [narrow + spare * part / whole for narrow, part in zip(least, more, strict=True)]


def note_pieces(notes: Sequence[str], under: Element, room: float) -> list[Piece]:
    """Return the numbered notes of a table."""
    return [
        piece
        for n, note in enumerate(notes, 1)
        for piece in paragraph(under.add("P"), f"{_number(n)} {note}", words.NOTE, room)
    ]


def _number(n: int) -> str:
    return str(n).translate(_SUPERSCRIPT)


def _text(value: Cell | str, notes: Sequence[str]) -> tuple[str, Style]:
    if isinstance(value, str):
        return value, _CELL
    mark = _number(notes.index(value.note) + 1) if value.note else ""
    if value.reason is not None:
        return REASON_WORDS[value.reason.value] + mark, _NO_VALUE
    return value.text + mark, _CELL


def _head(grid: Grid, widths: Sequence[float], row: Element | None) -> Piece:
    texts = [(name, _HEAD) for name in grid.columns]
    under = [row.add("TH", scope="Column") if row else None for _ in texts]
    return _ruled(_Cells(texts, widths, grid.numeric, under), _RULE)


def _row(
    texts: Sequence[tuple[str, Style]], grid: Grid, widths: Sequence[float], row: Element
) -> Piece:
    under = [row.add("TH", scope="Row"), *(row.add("TD") for _ in texts[1:])]
    return _ruled(_Cells(texts, widths, grid.numeric, under), _HAIR)


def _ruled(cells: "_Cells", rule: Look) -> Piece:
    """Return a row with a line under it."""
    high, wide = cells.height, sum(cells.widths) + _BETWEEN * (len(cells.widths) - 1)

    def draw(canvas: Canvas, x: float, y: float) -> None:
        cells.draw(canvas, x, y)
        canvas.lines([(x, y + high), (x + wide, y + high)], rule)

    return Piece(high, draw)


@dataclass(frozen=True)
class _Cells:
    """The cells of a row."""

    texts: Sequence[tuple[str, Style]]
    widths: Sequence[float]
    numeric: Sequence[bool]
    under: Sequence[Element | None]

    @cached_property
    def folded(self) -> list[list[str]]:
        return [
            fold(text, style, wide + _ROUNDING)[:_MOST_LINES]
            for (text, style), wide in zip(self.texts, self.widths, strict=True)
        ]

    @property
    def height(self) -> float:
        return max(map(len, self.folded)) * _CELL.leading + 2 * _ABOVE

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        left = x
        for n, wide in enumerate(self.widths):
            align: Align = "right" if self.numeric[n] else "left"
            at = left + wide if self.numeric[n] else left
            for row, line in enumerate(self.folded[n]):
                top = y + _ABOVE + row * _CELL.leading
                canvas.text((at, top), line, self.texts[n][1], self.under[n], align)
            left += wide + _BETWEEN
