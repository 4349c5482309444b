"""The legend beside the map: classes with their counts, reasons for no figure, symbols, lines."""

from typing import Final

from geo_lv.maps.drawing import Drawing, start_indicator
from geo_lv.maps.map_model import MapIndicator, MapModel
from geo_lv.maps.payload import bar_widths, reasons_in
from geo_lv.maps.sheet import words
from geo_lv.maps.sheet.canvas import Box, Canvas, Look
from geo_lv.maps.sheet.flow import Piece, blank, kept, paragraph
from geo_lv.maps.sheet.fonts import fold
from geo_lv.maps.sheet.keys import (
    GAP,
    SWATCH,
    TEXT_AT,
    Key,
    Swatch,
    badge,
    filled,
    key_list,
    phase_keys,
)
from geo_lv.maps.sheet.looks import ATTENTION, RING, SITE, area_look, site_letter
from geo_lv.maps.sheet.tags import Element

_BARS_AT: Final = 0.62
"""Where the bars of the histogram begin, as a part of the width of the legend."""
_COUNT_ROOM: Final = 20.0
_CIRCLE: Final = 6.2


def legend(model: MapModel, drawn: Drawing, under: Element, room: float) -> list[Piece]:
    """
    Return the legend of a map.

    Parameters
    ----------
    model, drawn
        The map and its drawing.
    under
        Element that the legend belongs to.
    room
        Its width in points.

    Returns
    -------
    list[Piece]
        Classes first, then what lies over them.
    """
    start = start_indicator(model)
    pieces = paragraph(under.add("H2"), "Legenda", words.HEADING, room)
    pieces.append(blank(3))
    if start is not None:
        pieces += _figure(start, drawn, under, room)
    pieces += key_list(_overlays(model, drawn), under, room)
    if start is not None:
        pieces += _about(start, under, room)
    return pieces


def _figure(start: MapIndicator, drawn: Drawing, under: Element, room: float) -> list[Piece]:
    level = "wijken" if drawn.level == "wijk" else "buurten"
    pieces = badge(under) if start.fictitious else []
    pieces += [*paragraph(under.add("P"), words.heading_of(start), words.STRONG, room), blank(4)]
    parts = under.add("L")
    widths = bar_widths(start.counts)
    for n, text in enumerate(start.classes):
        pieces.append(_class(n, text, (start.counts[n], widths[n]), parts, room))
    counted = f"Rechts: hoeveel {level} van de gemeente in deze klasse vallen."
    pieces += [*paragraph(under.add("P"), counted, words.NOTE, room), blank(5)]
    reasons = (
        Key(words.REASON_KEYS[name], filled(area_look(name.replace("_", "-"))))
        for name in reasons_in(start)
    )
    return pieces + key_list(reasons, under, room)


def _class(n: int, text: str, counted: tuple[int, int], parts: Element, room: float) -> Piece:
    """Return a class with its bar of the histogram and its count."""
    body = parts.add("LI").add("LBody")
    count, share = counted
    lines = fold(text, words.BODY, room * _BARS_AT - TEXT_AT - GAP)

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.box(Box(x, y, *SWATCH), area_look(f"class-{n}"))
        for line, words_of_line in enumerate(lines):
            at = x + TEXT_AT, y + line * words.BODY.leading
            canvas.text(at, words_of_line, words.BODY, body)
        canvas.text((x + room, y), str(count), words.NOTE, body, "right")
        longest = room * (1 - _BARS_AT) - _COUNT_ROOM
        if share:
            bar = Box(x + room * _BARS_AT, y + 2.5, longest * share / 100, 6)
            canvas.box(bar, Look(fill="mark"))

    return Piece(max(SWATCH[1], len(lines) * words.BODY.leading) + GAP, draw)


def _overlays(model: MapModel, drawn: Drawing) -> list[Key]:
    keys: list[Key] = []
    lists = ", ".join(dict.fromkeys(entry.list_name for entry in model.attention))
    if lists:
        keys.append(Key(lists, filled(ATTENTION, area_look("class-1"))))
    if model.outlines:
        keys.append(Key(words.PLAN_KEY, filled(Look(line="plan", thickness=2.2))))
    if model.indicative_lines and drawn.level == "buurt":
        keys.append(Key(words.LINES_KEY, _dashed))
    kinds = {symbol.site.kind for symbol in drawn.symbols}
    keys += [Key(text, _site(kind)) for kind, text in words.SITE_KEYS.items() if kind in kinds]
    if any(symbol.site.approximate for symbol in drawn.symbols):
        keys.append(Key(words.RING_KEY, _ring))
    if model.phasing and start_indicator(model) is None:
        keys += phase_keys(model.phasing)
    return keys


def _dashed(canvas: Canvas, box: Box) -> None:
    canvas.box(box, area_look("class-4"))
    middle = box.y + box.height / 2
    line = Look(line="casing", thickness=1.2, dashes=(2.2, 2.2))
    canvas.lines([(box.x, middle), (box.right, middle)], line)


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2


def _site(kind: str) -> Swatch:
    def draw(canvas: Canvas, box: Box) -> None:
        canvas.circle(_middle(box), _CIRCLE, SITE[kind])
        site_letter(canvas, _middle(box), kind, None)

    return draw


def _ring(canvas: Canvas, box: Box) -> None:
    canvas.circle(_middle(box), _CIRCLE, RING)


def _about(start: MapIndicator, under: Element, room: float) -> list[Piece]:
    return [
        blank(8),
        *kept(paragraph(under.add("H3"), "Over dit cijfer", words.STRONG, room)),
        *paragraph(under.add("P"), start.explanation, words.BODY, room),
        blank(3),
        *paragraph(under.add("P"), f"Bron: {start.source}", words.NOTE, room),
    ]
