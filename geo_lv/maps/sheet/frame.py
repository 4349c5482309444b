"""What stands around the content of a sheet: banners, title, running head, foot."""

from typing import Final

from geo_lv.maps.model import Page
from geo_lv.maps.sheet import words
from geo_lv.maps.sheet.canvas import HEIGHT, WIDTH, Box, Canvas, Look
from geo_lv.maps.sheet.flow import Column, Piece, blank, paragraph, place
from geo_lv.maps.sheet.fonts import Style, fold
from geo_lv.maps.sheet.tags import Element
from geo_lv.maps.text import sentence_case
from geo_lv.schema import INTERN

MARGIN: Final = 34.0
GUTTER: Final = 22.0
COLUMNS: Final = 3
ROOM: Final = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GUTTER) / COLUMNS
"""Width of a column in points."""
BOTTOM: Final = HEIGHT - 38.0
"""Content of a sheet ends here."""
_BANNER: Final = 17.0
_FOOT: Final = HEIGHT - 26.0
_HEAD: Final = 30.0
"""Room for the running head of a later sheet."""
_TITLE_LINES: Final = 2


def left(column: int) -> float:
    """Return where a column begins."""
    return MARGIN + column * (ROOM + GUTTER)


def later_top(page: Page) -> float:
    """Return where the content of a sheet after the first begins."""
    return _top(page) + _HEAD


def opening(canvas: Canvas, page: Page, root: Element) -> float:
    """Write what the page is about; return where the content of the first sheet begins."""
    top = _banners(canvas, page, root)
    wide = 2 * ROOM + GUTTER
    column = Column(0, MARGIN, top, HEIGHT)
    short = len(fold(page.title, words.TITLE, wide)) <= _TITLE_LINES
    title = words.TITLE if short else words.LONG_TITLE
    pieces = [
        *paragraph(root.add("P"), sentence_case(page.kicker), words.KICKER, wide),
        *paragraph(root.add("H1"), page.title, title, wide),
        blank(2),
        *paragraph(root.add("P"), page.lead, words.LEAD, wide),
    ]
    bottom = put(canvas, pieces, column)
    beside = [
        *paragraph(root.add("P"), _facts(page), words.STRONG, ROOM),
        blank(4),
        *(paragraph(root.add("P"), page.disclaimer, words.NOTE, ROOM) if page.disclaimer else ()),
    ]
    beside_bottom = put(canvas, beside, Column(0, left(2), top, HEIGHT))
    bottom = max(bottom, beside_bottom) + 8
    canvas.lines([(MARGIN, bottom), (WIDTH - MARGIN, bottom)], Look(line="ink", thickness=0.8))
    return bottom + 10


def put(canvas: Canvas, pieces: list[Piece], column: Column) -> float:
    """Draw pieces in one column and return where they end."""
    placed = place(pieces, iter([column]))
    for each in placed:
        if each.piece.draw is not None:
            each.piece.draw(canvas, each.x, each.y)
    return max((each.y + each.piece.height for each in placed), default=column.y)


def running_head(canvas: Canvas, page: Page) -> None:
    """Repeat on a later sheet what it belongs to; a listener heard it on the first."""
    y = _banners(canvas, page, None)
    half = (WIDTH - 2 * MARGIN - GUTTER) / 2
    title = fold(f"{page.title} (vervolg)", words.HEADING, half)[0]
    canvas.text((MARGIN, y), title, words.HEADING)
    facts = fold(_facts(page), words.NOTE, half)[0]
    canvas.text((WIDTH - MARGIN, y + 3), facts, words.NOTE, None, "right")
    canvas.lines([(MARGIN, y + 18), (WIDTH - MARGIN, y + 18)], Look(line="ink", thickness=0.8))


def foot(canvas: Canvas, page: Page, sheets: int) -> None:
    """Say under a sheet what it is and which of how many."""
    canvas.lines([(MARGIN, _FOOT - 3), (WIDTH - MARGIN, _FOOT - 3)], Look(line="line"))
    name = fold(f"geo_lv · {_facts(page)}", words.NOTE, WIDTH / 2)[0]
    canvas.text((MARGIN, _FOOT), name, words.NOTE)
    number = f"blad {canvas.number + 1} van {sheets}"
    canvas.text((WIDTH - MARGIN, _FOOT), number, words.NOTE, None, "right")


def _top(page: Page) -> float:
    """Return where a sheet begins, under its banners."""
    return MARGIN - 8 + _BANNER * (page.intern + page.fictitious)


def _banners(canvas: Canvas, page: Page, root: Element | None) -> float:
    y = MARGIN - 12
    for shown, strong, more, look in (
        (page.intern, INTERN, page.inside, "alarm"),
        (page.fictitious, words.FICTITIOUS, words.FICTITIOUS_NOTE, "warn"),
    ):
        if shown:
            under = root.add("P") if root else None
            style = Style(7.6, "bold", look)
            canvas.box(Box(MARGIN, y, WIDTH - 2 * MARGIN, 14), Look(fill=f"{look}-ground"))
            box = canvas.text((MARGIN + 8, y + 1.6), strong, style, under)
            plain = Style(7.6, colour=look)
            canvas.text((box.right + 8, y + 1.6), more, plain, under)
            y += _BANNER
    return _top(page)


def _facts(page: Page) -> str:
    return f"{page.municipality} · peildatum {page.peildatum} · editie {page.edition}"
