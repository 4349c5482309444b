"""From pieces to columns: what stands where, over as many sheets as it takes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from geo_lv.maps.sheet.canvas import Canvas
from geo_lv.maps.sheet.fonts import Style, fold
from geo_lv.maps.sheet.tags import Element

Draw = Callable[[Canvas, float, float], None]
"""Draws on a sheet, at the left and the top of the room it got, in points."""


@dataclass(frozen=True)
class Piece:
    """Something that is not broken over columns."""

    height: float
    """Points."""
    draw: Draw | None = None
    """None for a blank, which never stands at the top of a column."""
    keep: bool = False
    """True when the next piece must stand in the same column."""
    head: "Piece | None" = None
    """Stands once more above this piece when a column begins with it."""


@dataclass(frozen=True)
class Column:
    """Room for pieces."""

    sheet: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Placed:
    """A piece and where it stands."""

    piece: Piece
    sheet: int
    x: float
    y: float


def blank(height: float) -> Piece:
    """Return room between two pieces."""
    return Piece(height)


def paragraph(under: Element, text: str, style: Style, room: float) -> list[Piece]:
    """Return the lines of a paragraph; the first two and the last two stay together."""
    lines = fold(text, style, room)
    return [
        Piece(style.leading, _line(line, style, under), keep=n in {0, len(lines) - 2})
        for n, line in enumerate(lines[:-1])
    ] + [Piece(style.leading, _line(lines[-1], style, under))]


def _line(line: str, style: Style, under: Element) -> Draw:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.text((x, y), line, style, under)

    return draw


def kept(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces that stay together and with what follows."""
    return [replace(piece, keep=True) for piece in pieces]


def place(pieces: Iterable[Piece], columns: Iterator[Column]) -> list[Placed]:
    """Put pieces in columns, in their order.

    Parameters
    ----------
    pieces
        What to place.
    columns
        Where; must not end before the pieces do.

    Returns
    -------
    list[Placed]
        Every piece but the blanks, and the repeated heads.
    """
    pen = _Pen(columns)
    for group in _groups(pieces):
        pen.make_room(sum(piece.height for piece in group))
        for piece in group:
            pen.make_room(piece.height)  # for a group that is higher than a column
            pen.put(piece)
    return pen.placed


class _Pen:
    """Goes down a column and on to the next."""

    def __init__(self, columns: Iterator[Column]) -> None:
        self._columns = columns
        self._column = next(columns)
        self._y = self._column.y
        self.placed: list[Placed] = []

    def make_room(self, height: float) -> None:
        """Go to the next column, unless there is room here or nothing stands here yet."""
        if not self._at_top and self._y + height > self._column.y + self._column.height:
            self._column = next(self._columns)
            self._y = self._column.y

    def put(self, piece: Piece) -> None:
        """Place a piece, under its head when it is the first of its column."""
        if self._at_top and piece.draw is None:
            return
        for each in (piece.head, piece) if piece.head and self._at_top else (piece,):
            if each.draw is not None:
                self.placed.append(Placed(each, self._column.sheet, self._column.x, self._y))
            self._y += each.height

    @property
    def _at_top(self) -> bool:
        return self._y == self._column.y


def _groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keep:
            yield group
            group = []
    if group:
        yield group
