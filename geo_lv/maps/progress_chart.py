"""Where the marks of the chart of new homes stand; the template only draws them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from geo_lv.maps.model import ProgressChart, ProgressLine
from geo_lv.maps.text import number

HEIGHT: Final = 260
"""Of the plot in pixels; the width is a percentage, so that it stretches with the page."""
_TOP: Final = 28
"""Room above for an arrow and for the words of the goal."""
_STEPS: Final = 4
"""At most so many lines over the ground line."""
_MANY: Final = 12
"""With more years than this, not all are written."""


@dataclass(frozen=True)
class Run:
    """Years in a row with the same numbers; x is a percentage, y is in pixels."""

    x: float
    end: float
    y: float
    top: float
    """Of the band: `y` when lowest and highest are the same."""


@dataclass(frozen=True)
class DrawnLine:
    """A series ready to draw."""

    look: str
    runs: tuple[Run, ...]
    risers: tuple[tuple[float, float, float], ...]
    """x, and from which y to which, between two runs."""
    arrow: tuple[float, float] | None
    """Where an arrow says that it may be more."""


@dataclass(frozen=True)
class ProgressMarks:
    """The chart ready to draw."""

    height: int
    ticks: tuple[tuple[int, float], ...]
    """Year and the middle of it."""
    many: bool
    levels: tuple[tuple[str, float], ...]
    lines: tuple[DrawnLine, ...]
    goal: tuple[str, float] | None
    indicative: tuple[tuple[float, float, float], ...]
    """x, width and y of what is only indicative."""
    beyond: bool
    """Whether some of that is after the last year."""


@dataclass(frozen=True)
class _Scale:
    """From years and homes to where they stand."""

    first: int
    width: float
    """Percentage of the plot that a year takes."""
    top: int
    """Homes at the highest line."""

    def x(self, year: float) -> float:
        return round(self.width * (year - self.first), 3)

    def y(self, homes: int) -> float:
        return round(HEIGHT - (HEIGHT - _TOP) * homes / self.top, 1)


def progress_marks(chart: ProgressChart) -> ProgressMarks:
    """Lay out the series over the years, from nothing to the most that is known or asked."""
    step = _step(_most(chart))
    top = step * math.ceil(_most(chart) / step)
    scale = _Scale(chart.years[0], 100 / len(chart.years), top)
    return ProgressMarks(
        height=HEIGHT,
        ticks=tuple((year, scale.x(year + 0.5)) for year in chart.years),
        many=len(chart.years) > _MANY,
        levels=tuple((number(homes), scale.y(homes)) for homes in range(0, top + 1, step)),
        lines=tuple(
            _drawn(line, scale, _aside(line, chart)) for line in chart.lines if line.points
        ),
        goal=None if chart.goal is None else (number(chart.goal), scale.y(chart.goal)),
        indicative=tuple(
            (scale.x(year + 0.25), round(scale.width / 2, 3), scale.y(homes))
            for year, homes in chart.indicative
            if year in chart.years
        ),
        beyond=any(year > chart.years[-1] for year, _ in chart.indicative),
    )


def _most(chart: ProgressChart) -> int:
    """Return the highest number that the chart must have room for; never none at all."""
    known = (high for line in chart.lines for _, _, high, _ in line.points)
    return max(1, chart.goal or 0, *known, *(homes for _, homes in chart.indicative))


def _step(most: int) -> int:
    """Return a round number of which a few make up the most: 1, 2 or 5 with zeros."""
    unit = 1
    while True:
        for factor in (1, 2, 5):
            if factor * unit * _STEPS >= most:
                return factor * unit
        unit *= 10


def _aside(line: ProgressLine, chart: ProgressChart) -> float:
    """Return where in its year an arrow stands, from 0 to 1, so that none hides another."""
    is_open = [other for other in chart.lines if any(more for *_, more in other.points)]
    return (is_open.index(line) + 0.5) / len(is_open) if line in is_open else 0


def _drawn(line: ProgressLine, scale: _Scale, aside: float) -> DrawnLine:
    runs = tuple(_runs(line, scale))
    is_open = [(year, high) for year, _, high, more in line.points if more]
    return DrawnLine(
        look=line.look,
        runs=runs,
        risers=tuple((run.x, before.y, run.y) for before, run in pairwise(runs)),
        arrow=(scale.x(is_open[-1][0] + aside), scale.y(is_open[-1][1])) if is_open else None,
    )


def _runs(line: ProgressLine, scale: _Scale) -> Iterator[Run]:
    for (low, high), points in groupby(line.points, key=lambda point: point[1:3]):
        years = [point[0] for point in points]
        yield Run(scale.x(years[0]), scale.x(years[-1] + 1), scale.y(low), scale.y(high))
