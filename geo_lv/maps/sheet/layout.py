"""The sheets of a plan page: title and map on the first, the rest in columns beside and after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from geo_lv.maps.model import MapModel, Page
from geo_lv.maps.sheet import words
from geo_lv.maps.sheet.canvas import HEIGHT, WIDTH, Box, Canvas, Look
from geo_lv.maps.sheet.fit import Fitted, fit, in_words
from geo_lv.maps.sheet.flow import Column, Piece, Placed, blank, paragraph, place
from geo_lv.maps.sheet.fonts import Style, fold, width
from geo_lv.maps.sheet.legend import legend
from geo_lv.maps.sheet.names import Names, names_of
from geo_lv.maps.sheet.parts import map_table, parts
from geo_lv.maps.sheet.plan_map import draw_map
from geo_lv.maps.sheet.tags import Element

_MARGIN: Final = 34.0
_GUTTER: Final = 22.0
_COLUMNS: Final = 3
ROOM: Final = (WIDTH - 2 * _MARGIN - (_COLUMNS - 1) * _GUTTER) / _COLUMNS
"""Width of a column in points."""
_LEGEND: Final = 176.0
_BANNER: Final = 17.0
_FOOT: Final = HEIGHT - 26.0
_BOTTOM: Final = HEIGHT - 38.0
_LATER_TOP: Final = 30.0
"""Room for the running head of a later sheet."""
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
    top = _banners(first, page, root)
    top = _opening(first, page, root, top)
    untold = page.map
    if page.map is not None and _map_and_legend(first, page.map, root, top):
        untold = None
    placed = _placed(parts(page, untold, root, ROOM), page, top)
    canvases = [first, *(Canvas(n) for n in range(1, _last(placed) + 1))]
    for canvas in canvases[1:]:
        _running_head(canvas, page)
    for each in placed:
        if each.piece.draw is not None:
            each.piece.draw(canvases[each.sheet], each.x, each.y)
    for canvas in canvases:
        _foot(canvas, page, len(canvases))
    return Document(tuple(canvases), root, f"{page.title} – {page.kicker} – {page.municipality}")


def _last(placed: list[Placed]) -> int:
    return max((each.sheet for each in placed), default=0)


def _placed(pieces: list[Piece], page: Page, top: float) -> list[Placed]:
    """Place the parts; the columns after the first sheet are as short as they can be."""
    later = _top(page) + _LATER_TOP
    height = _BOTTOM - later
    best = place(pieces, _room(top, later, height))
    while height > _SHORTEST:
        height -= _SHORTER
        trial = place(pieces, _room(top, later, height))
        if _last(trial) > _last(best):
            break
        best = trial
    return best


def _room(top: float, later: float, height: float) -> Iterator[Column]:
    """Give the column beside the map, then those of as many sheets as it takes."""
    yield Column(0, _left(2), top, _BOTTOM - top)
    for n in count():
        sheet, column = divmod(n, _COLUMNS)
        yield Column(sheet + 1, _left(column), later, height)


def _left(column: int) -> float:
    return _MARGIN + column * (ROOM + _GUTTER)


def _top(page: Page) -> float:
    """Return where a sheet begins, under its banners."""
    return _MARGIN - 8 + _BANNER * (page.intern + page.fictitious)


def _banners(canvas: Canvas, page: Page, root: Element | None) -> float:
    y = _MARGIN - 12
    for shown, strong, more, look in (
        (page.intern, words.INTERN, "", "alarm"),
        (page.fictitious, words.FICTITIOUS, words.FICTITIOUS_NOTE, "warn"),
    ):
        if shown:
            under = root.add("P") if root else None
            style = Style(7.6, "bold", look)
            canvas.box(Box(_MARGIN, y, WIDTH - 2 * _MARGIN, 14), Look(fill=f"{look}-ground"))
            box = canvas.text((_MARGIN + 8, y + 1.6), strong, style, under)
            plain = Style(7.6, colour=look)
            canvas.text((box.right + 8, y + 1.6), more, plain, under)
            y += _BANNER
    return _top(page)


def _opening(canvas: Canvas, page: Page, root: Element, top: float) -> float:
    """Write what the page is about; return where the map begins."""
    wide = 2 * ROOM + _GUTTER
    column = Column(0, _MARGIN, top, HEIGHT)
    pieces = [
        *paragraph(root.add("P"), page.kicker[:1].upper() + page.kicker[1:], words.KICKER, wide),
        *paragraph(root.add("H1"), page.title, words.TITLE, wide),
        blank(2),
        *paragraph(root.add("P"), page.lead, words.LEAD, wide),
    ]
    bottom = _put(canvas, pieces, column)
    facts = f"{page.municipality} · peildatum {page.peildatum} · editie {page.edition}"
    beside = [
        *paragraph(root.add("P"), facts, words.STRONG, ROOM),
        blank(4),
        *(paragraph(root.add("P"), page.disclaimer, words.NOTE, ROOM) if page.disclaimer else ()),
    ]
    beside_bottom = _put(canvas, beside, Column(0, _left(2), top, HEIGHT))
    bottom = max(bottom, beside_bottom) + 8
    canvas.lines([(_MARGIN, bottom), (WIDTH - _MARGIN, bottom)], Look(line="ink", thickness=0.8))
    return bottom + 10


def _put(canvas: Canvas, pieces: list[Piece], column: Column) -> float:
    """Draw pieces in one column and return where they end."""
    placed = place(pieces, iter([column]))
    for each in placed:
        if each.piece.draw is not None:
            each.piece.draw(canvas, each.x, each.y)
    return max((each.y + each.piece.height for each in placed), default=column.y)


def _map_and_legend(canvas: Canvas, model: MapModel, root: Element, top: float) -> bool:
    """Draw the map; return whether its figures found room beside it, under the legend."""
    wide = 2 * ROOM + _GUTTER
    map_wide = wide - _LEGEND - _GUTTER
    section = root.add("Sect")
    heading = paragraph(section.add("H2"), model.title, words.HEADING, map_wide)
    y = _put(canvas, heading, Column(0, _MARGIN, top, HEIGHT)) + 4
    caption_room = 3 * words.NOTE.leading + 4
    fitted = fit(model, Box(_MARGIN, y, map_wide, _BOTTOM - y - caption_room))
    figure = section.add("Figure", alt=in_words(fitted))
    names = names_of(fitted)
    draw_map(canvas, fitted, names, figure)
    for n, line in enumerate(_caption(model, names, map_wide)):
        at = _MARGIN, fitted.frame.bottom + 4 + n * words.NOTE.leading
        canvas.text(at, line, words.NOTE, section.add("P"))
    beside = Column(0, _left(2) - _GUTTER - _LEGEND, top, _BOTTOM - top)
    return _side(canvas, fitted, section, beside)


def _side(canvas: Canvas, fitted: Fitted, section: Element, column: Column) -> bool:
    """Draw the legend, and the figures of the map under it if there is room."""
    pieces = [*legend(fitted.model, fitted.drawn, section, _LEGEND), blank(16)]
    table = Element("Sect")
    more = map_table(fitted.model, table, _LEGEND)
    fits = sum(piece.height for piece in (*pieces, *more)) <= column.height
    if fits:
        section.children.append(table)
        pieces += more
    _put(canvas, pieces, replace(column, height=HEIGHT))
    return fits


def _caption(model: MapModel, names: Names, room: float) -> list[str]:
    unplaced = [site.name for site in model.sites if site.at is None]
    sentences = [
        model.attribution,
        f"Zonder naam op de kaart: {', '.join(names.left_out)}." if names.left_out else "",
        f"Niet op de kaart, want de plaats is niet bekend: {', '.join(unplaced)}."
        if unplaced
        else "",
    ]
    return [line for text in sentences if text for line in fold(text, words.NOTE, room)]


def _running_head(canvas: Canvas, page: Page) -> None:
    """Repeat on a later sheet what it belongs to; a listener heard it on the first."""
    y = _banners(canvas, page, None)
    facts = f"{page.municipality} · peildatum {page.peildatum} · editie {page.edition}"
    aside = width(facts, words.NOTE)
    room = WIDTH - 2 * _MARGIN - aside - 20
    title = fold(f"{page.title} (vervolg)", words.HEADING, room)[0]
    canvas.text((_MARGIN, y), title, words.HEADING)
    canvas.text((WIDTH - _MARGIN, y + 3), facts, words.NOTE, None, "right")
    canvas.lines([(_MARGIN, y + 18), (WIDTH - _MARGIN, y + 18)], Look(line="ink", thickness=0.8))


def _foot(canvas: Canvas, page: Page, sheets: int) -> None:
    canvas.lines([(_MARGIN, _FOOT - 3), (WIDTH - _MARGIN, _FOOT - 3)], Look(line="line"))
    foot = f"geo_lv · {page.municipality} · editie {page.edition} · peildatum {page.peildatum}"
    canvas.text((_MARGIN, _FOOT), fold(foot, words.NOTE, WIDTH / 2)[0], words.NOTE)
    number = f"blad {canvas.number + 1} van {sheets}"
    canvas.text((WIDTH - _MARGIN, _FOOT), number, words.NOTE, None, "right")
