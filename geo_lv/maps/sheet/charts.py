"""The bars of the phasing and of the energy labels."""

from typing import Final

from geo_lv.maps.charts import (
    BarMark,
    PathMarks,
    StackedBar,
    Timeline,
    label_legend,
    stacked,
    timeline,
)
from geo_lv.maps.drawing import REASON_WORDS
from geo_lv.maps.map_model import PhasingChart
from geo_lv.maps.model import LabelBar
from geo_lv.maps.sheet import words
from geo_lv.maps.sheet.canvas import Box, Canvas, Look
from geo_lv.maps.sheet.flow import Piece, blank, kept, paragraph
from geo_lv.maps.sheet.fonts import Style, fold, width
from geo_lv.maps.sheet.keys import Key, filled, key_rows, phase_keys
from geo_lv.maps.sheet.looks import area_look, label_fill, phase
from geo_lv.maps.sheet.tags import Element

_BAR: Final = 10.0
_STACK: Final = 15.0
_PATH: Final = 34.0
_TICK: Final = Style(6.6, colour="muted")
_LETTER: Final = Style(7.4, "bold")
_LIGHT_LETTER: Final = Style(7.4, "bold", "panel")
_ON_DARK: Final = frozenset({"label-aa", "label-a", "label-g"})
_TICK_EVERY: Final = 3
"""A year in so many is written."""


def phasing(chart: PhasingChart, under: Element, room: float) -> list[Piece]:
    """
    Return the phases of one or more plan areas on a year axis.

    Parameters
    ----------
    chart
        The phasing.
    under
        Element that it belongs to.
    room
        Its width in points.

    Returns
    -------
    list[Piece]
        Keys, axis, a row per phase, and the note.
    """
    lines = timeline(chart)
    pieces = [*kept(key_rows(phase_keys(chart), under, room)), _axis(lines, room)]
    for area, marks in lines.areas:
        if len(lines.areas) > 1:
            pieces += kept(paragraph(under.add("H3"), area, words.STRONG, room))
        for mark in marks:
            pieces += _phase(mark, lines, under, room)
    if chart.note:
        pieces += [blank(2), *paragraph(under.add("P"), chart.note, words.NOTE, room)]
    return pieces


def labels(bars: tuple[LabelBar, ...], under: Element, room: float) -> list[Piece]:
    """
    Return a stacked bar of energy labels per corporation, with its mean and targets.

    Parameters
    ----------
    bars
        The bars.
    under
        Element that they belong to.
    room
        Their width in points.

    Returns
    -------
    list[Piece]
        Keys, then each bar.
    """
    keys = [Key(name, filled(label_fill(look))) for name, look in label_legend(bars)]
    pieces = kept(key_rows(keys, under, room)) if keys else []
    for bar in bars:
        pieces += _label_bar(stacked(bar), under, room)
    return pieces


def _phase(mark: BarMark, lines: Timeline, under: Element, room: float) -> list[Piece]:
    """Return a phase: what it is and when in words, its bar under that."""
    part = under.add("P")
    label = Style(words.BODY.size, "bold")
    beside = room - width(mark.bar.phase_label, label) - 10
    told = fold(mark.bar.text, words.BODY, room)
    one_line = len(told) == 1 and width(told[0], words.BODY) <= beside
    name = fold(mark.bar.phase_label, label, room)
    high = (len(name) + (0 if one_line else len(told))) * words.BODY.leading

    def draw(canvas: Canvas, x: float, y: float) -> None:
        for n, line in enumerate(name):
            canvas.text((x, y + n * label.leading), line, label, part)
        if one_line:
            canvas.text((x + room, y), told[0], words.BODY, part, "right")
        else:
            for n, line in enumerate(told, len(name)):
                canvas.text((x, y + n * label.leading), line, words.BODY, part)
        _bar(canvas, Box(x, y + high + 1, room, _BAR), mark, lines)

    return [Piece(high + _BAR + 6, draw)]


def _bar(canvas: Canvas, room: Box, mark: BarMark, lines: Timeline) -> None:
    for _, share in lines.ticks:
        x = room.x + room.width * share / 100
        canvas.lines([(x, room.y - 1), (x, room.bottom + 1)], Look(line="line", thickness=0.5))
    name = mark.bar.phase
    if mark.shape == "unknown":
        canvas.box(room, phase("phase-unknown"))
    elif mark.shape != "beyond":
        look = f"phase-{name}-indicative" if mark.bar.look == "indicative" else f"phase-{name}"
        wide = room.width * mark.width / 100
        canvas.box(Box(room.x + room.width * mark.x / 100, room.y, wide, _BAR), phase(look))
    if mark.shape in {"beyond", "open"}:
        _arrow(canvas, room, name)


def _arrow(canvas: Canvas, room: Box, name: str) -> None:
    """Draw an arrow at the right end: it goes on after the axis."""
    x, middle = room.right, room.y + room.height / 2
    head = [(x - 8, room.y), (x, middle), (x - 8, room.bottom)]
    for line in (Look(line="panel", thickness=3.4), Look(line=name, thickness=1.8)):
        canvas.lines(head, line)
        canvas.lines([(x - 20, middle), (x - 1, middle)], line)


def _axis(lines: Timeline, room: float) -> Piece:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        for year, share in lines.ticks[::_TICK_EVERY]:
            canvas.text((x + room * share / 100, y), str(year), _TICK)

    return Piece(_TICK.leading + 3, draw, keep=True)


def _label_bar(drawn: StackedBar, under: Element, room: float) -> list[Piece]:
    bar = drawn.bar
    facts = [f"{bar.total} woningen"] if bar.total else []
    facts += [f"gemiddeld label {bar.mean}"] if bar.mean else []
    facts += [f"{bar.efg} E, F of G"] if bar.efg else []
    facts += [REASON_WORDS[bar.reason.value]] if bar.reason else []
    pieces = [
        *kept(paragraph(under.add("P"), bar.name, words.STRONG, room)),
        *kept(paragraph(under.add("P"), " · ".join(facts), words.BODY, room)),
        _stack(drawn, under, room),
    ]
    if drawn.path is not None:
        pieces.append(_path(drawn.path, under, room))
    for target in bar.targets:
        pieces += paragraph(under.add("P"), f"doel: {target}", words.NOTE, room)
    return [*pieces, blank(7)]


def _stack(drawn: StackedBar, under: Element, room: float) -> Piece:
    bar = drawn.bar
    told = ", ".join(f"{name}: {count}" for name, count, _ in bar.parts)
    hidden = REASON_WORDS[bar.reason.value] if bar.reason else ""
    figure = under.add("Figure", alt=f"Woningen per energielabel. {bar.name}: {told or hidden}.")

    def draw(canvas: Canvas, x: float, y: float) -> None:
        if bar.reason is not None:
            look = area_look(bar.reason.value.replace("_", "-"))
            canvas.box(Box(x, y + 1, room, _STACK), look, figure)
            return
        for part in drawn.segments:
            left, wide = x + room * part.x / 100, room * part.width / 100
            canvas.box(Box(left, y + 1, wide, _STACK), label_fill(part.look), figure)
            style = _LIGHT_LETTER if part.look in _ON_DARK else _LETTER
            if wide > width(part.name, style) + 3:
                canvas.text((left + wide / 2, y + 3.2), part.name, style, figure, "center")

    return Piece(_STACK + 4, draw, keep=True)


def _path(path: PathMarks, under: Element, room: float) -> Piece:
    """Return the scale of labels with the mean now and a circle at each target."""
    goals = ", ".join(f"doel in {text}" for text, _ in path.goals)
    figure = under.add("Figure", alt=f"Het gemiddelde label nu op de schaal van labels; {goals}.")
    y_line = 16.0

    def draw(canvas: Canvas, x: float, y: float) -> None:
        def at(share: float) -> tuple[float, float]:
            return x + room * share / 100, y + y_line

        first, last = path.steps[0][1], path.steps[-1][1]
        canvas.lines([at(first), at(last)], Look(line="line", thickness=1.4), figure)
        for name, share in path.steps:
            canvas.circle(at(share), 1.9, Look(fill="mark"), figure)
            if width(name, _TICK) < room / len(path.steps):
                canvas.text((at(share)[0], y + y_line + 7), name, _TICK, figure, "center")
        for text, share in path.goals:
            canvas.circle(at(share), 6, Look(line="ink", thickness=1.3), figure)
            canvas.text((at(share)[0], y), text, Style(6.6, "bold"), figure, "center")
        canvas.circle(at(path.now), 4, Look(fill="accent"), figure)
        canvas.text(
            (at(path.now)[0] - 8, y + y_line - 5), "nu", Style(6.6, "bold"), figure, "right"
        )

    return Piece(_PATH, draw)
