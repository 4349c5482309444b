"""The sheets of a plan page: title and map on the first, the rest in columns beside and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from geo_lv.maps.map_model import MapModel
from geo_lv.maps.model import Page
from geo_lv.maps.sheet import words
from geo_lv.maps.sheet.canvas import HEIGHT, Box, Canvas
from geo_lv.maps.sheet.fit import Fitted, fit, in_words
from geo_lv.maps.sheet.flow import Column, Piece, Placed, blank, paragraph, place
from geo_lv.maps.sheet.frame import (
    BOTTOM,
    COLUMNS,
    GUTTER,
    MARGIN,
    ROOM,
    foot,
    later_top,
    left,
    opening,
    put,
    running_head,
)
from geo_lv.maps.sheet.legend import legend
from geo_lv.maps.sheet.names import Names, names_of
from geo_lv.maps.sheet.parts import map_table, parts
from geo_lv.maps.sheet.plan_map import draw_map
from geo_lv.maps.sheet.tags import Element

_LEGEND: Final = 176.0
_MAP: Final = 2 * ROOM - _LEGEND
"""Width of the map in points: two columns, but for the legend and the gutter before it."""
_LOWEST_MAP: Final = 160.0
"""Points in height that a map gets at least, however long the text above it is."""
_SHORTEST: Final = 120.0
_SHORTER: Final = 12.0
"""Columns are made shorter step by step, until the parts would need another sheet."""


@dataclass(frozen=True)
class Document:
    """Sheets ready to write."""

    canvases: tuple[Canvas, ...]
    root: Element
    title: str


def document(page: Page) -> Document:
    """
    Lay out a plan page on A3 sheets.

    Parameters
    ----------
    page
        The page; every number on paper is one of its texts.

    Returns
    -------
    Document
        One sheet, or more when the tables do not fit on it.
    """
    root = Element("Document")
    first = Canvas(0)
    top = opening(first, page, root)
    beside, untold = _map(first, page.map, root, top) if page.map else ([], None)
    placed = _placed(beside, parts(page, untold, root, ROOM), page, top)
    canvases = [first, *(Canvas(n) for n in range(1, _last(placed) + 1))]
    for canvas in canvases[1:]:
        running_head(canvas, page)
    for each in placed:
        if each.piece.draw is not None:
            each.piece.draw(canvases[each.sheet], each.x, each.y)
    for canvas in canvases:
        foot(canvas, page, len(canvases))
    return Document(tuple(canvases), root, f"{page.title} – {page.kicker} – {page.municipality}")


def _last(placed: list[Placed]) -> int:
    return max((each.sheet for each in placed), default=0)


def _placed(beside: list[Piece], pieces: list[Piece], page: Page, top: float) -> list[Placed]:
    """Place everything; the columns after the first sheet are as short as they can be."""

    def trial(height: float) -> list[Placed]:
        columns = _columns(top, later, height)
        return [*place(beside, columns), *place(pieces, columns)]

    later = later_top(page)
    height = BOTTOM - later
    best = trial(height)
    while height > _SHORTEST:
        height -= _SHORTER
        shorter = trial(height)
        if _last(shorter) > _last(best):
            break
        best = shorter
    return best


def _columns(top: float, later: float, height: float) -> Iterator[Column]:
    """Give the columns beside the map, then those of as many sheets as it takes."""
    yield Column(0, left(2) - GUTTER - _LEGEND, top, BOTTOM - top)
    yield Column(0, left(2), top, BOTTOM - top)
    for n in count():
        sheet, column = divmod(n, COLUMNS)
        yield Column(sheet + 1, left(column), later, height)


def _map(
    canvas: Canvas, model: MapModel, root: Element, top: float
) -> tuple[list[Piece], MapModel | None]:
    """Draw the map; return its legend, and the map if its figures still need a table."""
    section = root.add("Sect")
    heading = paragraph(section.add("H2"), model.title, words.HEADING, _MAP)
    y = put(canvas, heading, Column(0, MARGIN, top, HEIGHT)) + 4
    credit = paragraph(section.add("P"), model.attribution, words.NOTE, _MAP)
    high = BOTTOM - y - 4 - len(credit) * words.NOTE.leading
    fitted = fit(model, Box(MARGIN, y, _MAP, max(high, _LOWEST_MAP)))
    names = names_of(fitted)
    draw_map(canvas, fitted, names, section.add("Figure", alt=in_words(fitted)))
    put(canvas, credit, Column(0, MARGIN, fitted.frame.bottom + 4, HEIGHT))
    return _beside(fitted, names, section, BOTTOM - top)


def _beside(
    fitted: Fitted, names: Names, section: Element, room: float
) -> tuple[list[Piece], MapModel | None]:
    """Return the legend, with the figures of the map under it if there is room."""
    pieces = legend(fitted.model, fitted.drawn, section, _LEGEND)
    for text in _left_out(fitted.model, names):
        pieces += [blank(4), *paragraph(section.add("P"), text, words.NOTE, _LEGEND)]
    pieces.append(blank(16))
    table = Element("Sect")
    more = map_table(fitted.model, table, _LEGEND)
    if sum(piece.height for piece in (*pieces, *more)) > room:
        return pieces, fitted.model
    section.children.append(table)
    return [*pieces, *more], None


def _left_out(model: MapModel, names: Names) -> Iterator[str]:
    """Say what is not on the map, or not by its name."""
    unplaced = [site.name for site in model.sites if site.at is None]
    if unplaced:
        yield f"Niet op de kaart, want de plaats is niet bekend: {', '.join(unplaced)}."
    if names.left_out:
        yield f"Zonder naam op de kaart: {', '.join(names.left_out)}."
