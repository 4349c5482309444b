"""Where the marks of a bar chart stand; the templates only draw them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from geo_lv.maps.map_model import PhaseBar, PhasingChart
from geo_lv.maps.model import LabelBar, LabelPath
from geo_lv.properties import LABELS

_ROOM_BESIDE = 62.0
"""A text stands after its bar when the bar ends before this percentage of the axis."""
_LETTER_WIDTH = 2.3
"""Percentage of a bar that one letter takes."""


@dataclass(frozen=True)
class BarMark:
    """One row of the phasing chart; positions are percentages of the axis."""

    bar: PhaseBar
    shape: Literal["bar", "open", "beyond", "unknown"]
    """`open` goes on after the axis, `beyond` starts after it, `unknown` has no year."""
    x: float
    width: float
    text_x: float
    text_dx: int
    anchor: Literal["start", "end"]


@dataclass(frozen=True)
class Timeline:
    """A phasing chart ready to draw."""

    ticks: tuple[tuple[int, float], ...]
    """Year and where it begins."""
    areas: tuple[tuple[str, tuple[BarMark, ...]], ...]


@dataclass(frozen=True)
class Segment:
    """A part of a stacked bar; positions are percentages of the bar."""

    name: str
    text: str
    look: str
    """Class for its colour."""
    x: float
    width: float
    fits: bool
    """True when the name fits inside."""


@dataclass(frozen=True)
class PathMarks:
    """A mean label and its targets ready to draw; positions are percentages of the scale."""

    steps: tuple[tuple[str, float], ...]
    goals: tuple[tuple[str, float], ...]
    now: float


@dataclass(frozen=True)
class StackedBar:
    """A label bar ready to draw."""

    bar: LabelBar
    segments: tuple[Segment, ...]
    path: PathMarks | None


def timeline(chart: PhasingChart) -> Timeline:
    """Lay out the phases on the year axis, one row per phase, one group per plan area."""
    years = range(chart.axis_start, chart.axis_end + 1)
    ticks = tuple((year, _share(year - chart.axis_start, len(years))) for year in years)
    groups = groupby(chart.bars, key=lambda bar: bar.area)
    return Timeline(
        ticks,
        tuple((area, tuple(_mark(bar, chart) for bar in bars)) for area, bars in groups),
    )


def stacked(bar: LabelBar) -> StackedBar:
    """Lay out the energy labels of one bar from best to worst."""
    segments, at = [], 0.0
    for name, text, fraction in sorted(bar.parts, key=lambda part: _rank(part[0])):
        width = round(100 * fraction, 3)
        look = label_look(name)
        fits = width >= _LETTER_WIDTH * (len(name) + 1)
        segments.append(Segment(name, text, look, round(at, 3), width, fits))
        at += 100 * fraction
    return StackedBar(bar, tuple(segments), _path_marks(bar.path) if bar.path else None)


def _path_marks(path: LabelPath) -> PathMarks:
    def place(step: float) -> float:
        return round(100 * (step + 0.5) / len(path.steps), 2)

    years = {
        step: "/".join(str(y) for _, y, at in path.goals if at == step) for *_, step in path.goals
    }
    goals = tuple((text, place(step)) for step, text in sorted(years.items()))
    return PathMarks(
        steps=tuple((name, place(step)) for step, name in enumerate(path.steps)),
        goals=goals,
        now=place(path.now),
    )


def label_legend(bars: Iterable[LabelBar]) -> tuple[tuple[str, str], ...]:
    """Every label class in the bars with its look, from best to worst."""
    names = {name for bar in bars for name, _, _ in bar.parts}
    return tuple((name, label_look(name)) for name in sorted(names, key=_rank))


def label_look(name: str) -> str:
    """Class for the colour of a label; all that is better than A has one colour."""
    label = _leading_label(name)
    if not label:
        return "label-none"
    return "label-" + ("aa" if label.startswith("A+") else label.lower())


def phase_legend(chart: PhasingChart) -> tuple[tuple[str, str], ...]:
    """Each phase of the chart with the words that its bars use."""
    return tuple({bar.phase: bar.phase_label for bar in chart.bars}.items())


def _leading_label(name: str) -> str:
    """Best label of a class such as ``A+ en beter``; empty for dwellings without a label."""
    first = name.partition(" ")[0]
    return first if first in LABELS else ""


def _rank(name: str) -> tuple[int, str]:
    label = _leading_label(name)
    return (LABELS.index(label) if label else len(LABELS), name)


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 3)


def _mark(bar: PhaseBar, chart: PhasingChart) -> BarMark:
    length = chart.axis_end - chart.axis_start + 1
    if bar.look == "unknown" or bar.start is None:
        return BarMark(bar, "unknown", 0, 100, 0, 8, "start")
    if bar.start > chart.axis_end:
        return BarMark(bar, "beyond", 100, 0, 100, -26, "end")
    first = max(bar.start, chart.axis_start)
    is_open = bar.end is None or bar.end > chart.axis_end
    last = chart.axis_end if bar.end is None else min(bar.end, chart.axis_end)
    x = _share(first - chart.axis_start, length)
    width = _share(max(last - first, 0) + 1, length)
    return _with_text(bar, "open" if is_open else "bar", x, width)


def _with_text(bar: PhaseBar, shape: Literal["bar", "open"], x: float, width: float) -> BarMark:
    """Put the text after the bar if there is room, else before it, else inside."""
    end = round(x + width, 3)
    if end <= _ROOM_BESIDE:
        return BarMark(bar, shape, x, width, end, 8, "start")
    if x >= 100 - _ROOM_BESIDE:
        return BarMark(bar, shape, x, width, x, -8, "end")
    return BarMark(bar, shape, x, width, x, 8, "start")
