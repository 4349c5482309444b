"""Where the marks of a path stand: values through the years, the way to the goal, the goal."""

import datetime as dt
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from geo_lv.agreements.points import LABEL_UNIT, Goal, Point
from geo_lv.maps.monitor.model import ChartPoint, PathChart
from geo_lv.maps.monitor.words import PERCENT, amount, value_text
from geo_lv.maps.text import dutch_date, number, percentage
from geo_lv.monitor.rows import PointRow
from geo_lv.monitor.series import Value, added_up
from geo_lv.properties import LABELS, label_rank

_TOP, _BOTTOM = 12.0, 84.0
"""Percent of the height between which values stand; the years stand under it."""
_LEFT, _RIGHT = 12.0, 94.0
_WITHOUT_WAY: Final = "De cirkel is het doel. Een jaartal staat bij het einde van dat jaar."
_WITH_WAY: Final = f"De streeplijn is de weg naar het doel. {_WITHOUT_WAY}"
_MOST_YEARS: Final = 6
_ROOM: Final = 0.5
"""Label classes above and below what is drawn."""


def path_chart(row: PointRow, *, exact: bool) -> PathChart | None:
    """
    Lay out the values of a goal on a year axis.

    Parameters
    ----------
    row
        A goal with its values.
    exact
        Whether texts may tell the rank of a mean label.

    Returns
    -------
    chart
        None where there is no goal, no value, or no span of time to draw it in.
    """
    goal, until = row.goal, row.judgement.until
    values = [value for value in _drawn(row) if not value.secret]
    if goal is None or until is None or not values:
        return None
    axes = _Axes(row, goal, values, until)
    if axes.first >= axes.last:
        return None
    return PathChart(
        years=axes.years(),
        levels=axes.levels(),
        path=axes.path(),
        points=tuple(axes.point(value, exact=exact) for value in values),
        segments=tuple(axes.segment(one, two) for one, two in pairwise(values) if not two.missing),
        goal=(axes.x(until), axes.y(axes.goal), amount_of_goal(goal, row.point)),
        text=_WITH_WAY if axes.path() else _WITHOUT_WAY,
    )


def _drawn(row: PointRow) -> Sequence[Value]:
    since = row.judgement.since
    if row.point.adds_up and since:
        inside = [v for v in row.series if v.end <= (row.judgement.until or v.end)]
        return added_up(inside, since, row.point.every_months)
    return row.series


def amount_of_goal(goal: Goal, point: Point) -> str:
    """Return what stands beside the mark of a goal."""
    return goal.value if isinstance(goal.value, str) else amount(goal.value, point)


class _Axes:
    """Years from left to right, values from low to high."""

    def __init__(self, row: PointRow, goal: Goal, values: Sequence[Value], until: dt.date) -> None:
        self._point, self._start = row.point, row.judgement.start
        self.goal = goal.number  # of a mean label the edge of its class: above it is reached
        days = [value.end for value in values] + [until]
        heights = [side for value in values for side in value.value if not math.isinf(side)]
        if self._start:
            days.append(self._start[0])
            heights.append(self._start[1])
        self.first, self.last = min(days), max(days)
        self._until = until
        self._low, self._high = self._span([*heights, self.goal])

    def _span(self, heights: Sequence[float]) -> tuple[float, float]:
        if self._point.unit == LABEL_UNIT:
            return min(heights) - _ROOM, max(heights) + _ROOM
        low, high = min(0.0, *heights), max(heights)
        return (low, high) if high > low else (low, low + 1)

    def x(self, day: dt.date) -> float:
        part = (day - self.first) / (self.last - self.first)
        return round(_LEFT + part * (_RIGHT - _LEFT), 2)

    def y(self, height: float) -> float:
        part = (min(height, self._high) - self._low) / (self._high - self._low)
        return round(_BOTTOM - part * (_BOTTOM - _TOP), 2)

    def years(self) -> tuple[tuple[str, float], ...]:
        """Return the ends of years, few enough to be read."""
        ends = [dt.date(year, 12, 31) for year in range(self.first.year, self.last.year + 1)]
        shown = [day for day in ends if self.first <= day <= self.last]
        step = -(-len(shown) // _MOST_YEARS)
        return tuple((str(day.year), self.x(day)) for day in shown[::-1][::step][::-1])

    def levels(self) -> tuple[tuple[str, float], ...]:
        if self._point.unit != LABEL_UNIT:
            return tuple(
                (self._short(height), self.y(height)) for height in (self._low, self._high)
            )
        inside = [label for label in LABELS if self._low <= label_rank(label) <= self._high]
        return tuple((label, self.y(label_rank(label))) for label in inside)

    def _short(self, height: float) -> str:
        """Return a number as short as it can be: the texts around the chart have its unit."""
        return percentage(height) if self._point.unit == PERCENT else number(height)

    def path(self) -> tuple[float, float, float, float] | None:
        if self._start is None:
            return None
        day, height = self._start
        return self.x(day), self.y(height), self.x(self._until), self.y(self.goal)

    def point(self, value: Value, *, exact: bool) -> ChartPoint:
        low, high = value.value
        text = f"{dutch_date(value.date)}: {value_text(value, self._point, exact=exact)}"
        return ChartPoint(self.x(value.end), self.y(low), self.y(high), text)

    def segment(self, one: Value, two: Value) -> tuple[float, float, float, float]:
        return (self.x(one.end), self.y(one.value.low), self.x(two.end), self.y(two.value.low))
