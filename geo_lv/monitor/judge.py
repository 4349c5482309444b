"""Whether a goal is on course: a few rules that are stated on the page, and nothing by feel.

A value that is only known to lie between two limits decides when both of them say the same.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from geo_lv.agreements.measurements import Interval
from geo_lv.agreements.points import Goal, Point
from geo_lv.monitor.series import Value, added_up, next_moment
from geo_lv.stock.pace import DAYS_A_YEAR

State = Literal[
    "niet gehaald", "loopt achter", "op koers", "gehaald", "geen meting", "niet meetbaar"
]
Why = Literal[
    "not measurable",
    "no measurement",
    "ended without",
    "one measurement",
    "undecided",
    "secret",
    "reached",
    "reached early",
    "missed",
    "over the limit",
    "on path",
    "behind path",
    "norm met",
    "norm not met",
]
"""Which rule gave the state."""
STATES: Final[dict[Why, State]] = {
    "not measurable": "niet meetbaar",
    "no measurement": "geen meting",
    "ended without": "geen meting",
    "one measurement": "geen meting",
    "undecided": "geen meting",
    "secret": "geen meting",
    "reached": "gehaald",
    "reached early": "gehaald",
    "missed": "niet gehaald",
    "over the limit": "niet gehaald",
    "on path": "op koers",
    "behind path": "loopt achter",
    "norm met": "op koers",
    "norm not met": "loopt achter",
}
DEVIATIONS: Final[tuple[State, ...]] = ("niet gehaald", "loopt achter")
"""States that ask for talk, the worst first."""
_FINAL: Final = frozenset({"reached", "reached early", "missed", "over the limit"})


@dataclass(frozen=True)
class Judgement:
    """The state of a goal, with all that a reader needs to check it."""

    why: Why
    value: Value | None
    """The value that decides, else the last one that is known."""
    since: dt.date | None
    until: dt.date | None
    """Of a goal of each year: of the year that is judged."""
    on_path: float = math.nan
    """What the value should have been on its day; NaN without a path."""
    start: tuple[dt.date, float] | None = None
    """Where the path begins."""
    next_date: dt.date | None = None
    """When the next measurement is due; none when there is nothing more to measure."""
    late: bool = False
    """Whether that day is past."""
    indicative: bool = False
    """Whether goal, rule, value or path is not a fact."""

    @property
    def years_left(self) -> float:
        """Years from the value to the last day; NaN without one of them."""
        if self.value is None or self.until is None:
            return math.nan
        return (self.until - self.value.end).days / DAYS_A_YEAR

    @property
    def state(self) -> State:
        """The state, in the words of the page."""
        return STATES[self.why]


def judge(
    goal: Goal, point: Point, values: Sequence[Value], now: dt.date, tolerance_percent: float
) -> Judgement:
    """
    Judge a goal.

    Parameters
    ----------
    goal
        What should be reached; of several versions the one that holds.
    point
        How it is measured.
    values
        Of the point, for the corporation of the goal, none of them later than `now`, oldest
        first; where periods add up one per period.
    now
        The peildatum.
    tolerance_percent
        Percent of the whole way by which a value may lie behind the path.

    Returns
    -------
    judgement
        From the first value on or after the last day, else from the last value before it.
    """
    case = _case(goal, point, values, now, tolerance_percent)
    why = _why(case)
    due = _next_date(case, why)
    return Judgement(
        why=why,
        value=case.value,
        since=case.since,
        until=case.until,
        on_path=case.on_path,
        start=case.start,
        next_date=due,
        late=due is not None and due < now,
        indicative=_is_indicative(case, why),
    )


@dataclass(frozen=True)
class _Case:
    """All that the rules look at."""

    goal: Goal
    point: Point
    now: dt.date
    since: dt.date | None
    until: dt.date | None
    value: Value | None
    """The one that decides."""
    start: tuple[dt.date, float] | None
    tolerance_percent: float

    @property
    def is_final(self) -> bool:
        """Whether the value is of the last day, or later."""
        return bool(self.value and self.until and self.value.end >= self.until)

    @property
    def on_path(self) -> float:
        """What the value should have been on its day; NaN without a path."""
        if self.value is None or self.start is None or self.until is None:
            return math.nan
        begin, first = self.start
        part = (min(self.value.end, self.until) - begin) / (self.until - begin)
        return first + (self.goal.number - first) * part


def _case(
    goal: Goal, point: Point, values: Sequence[Value], now: dt.date, tolerance_percent: float
) -> _Case:
    since, until = _window(goal, values, now)
    if point.adds_up and since:
        inside = [value for value in values if until is None or value.end <= until]
        values = added_up(inside, since, point.every_months)
    own = [value for value in values if since is None or value.end >= since]
    last = own[-1] if own else None
    value = next((value for value in own if until and value.end >= until), last)
    own_tolerance = goal.tolerance_percent
    return _Case(
        goal=goal,
        point=point,
        now=now,
        since=since,
        until=until,
        value=value,
        start=_start(goal, until, values, value),
        tolerance_percent=tolerance_percent if own_tolerance is None else own_tolerance,
    )


def _window(
    goal: Goal, values: Sequence[Value], now: dt.date
) -> tuple[dt.date | None, dt.date | None]:
    """Return first and last day that count; of a goal of each year those of the last year told."""
    if not goal.each_year or goal.since is None:
        return goal.since, goal.until
    days = [v.end for v in values if goal.since <= v.end <= (goal.until or v.end)]
    year = max(days[-1] if days else min(now, goal.until or now), goal.since).year
    return max(goal.since, dt.date(year, 1, 1)), dt.date(year, 12, 31)


def _start(
    goal: Goal, until: dt.date | None, values: Sequence[Value], value: Value | None
) -> tuple[dt.date, float] | None:
    """Return where the path begins: where it was agreed to, else at the first value."""
    if goal.path == "flat" or until is None:
        return None
    if goal.start is not None and goal.since is not None:
        return goal.since, goal.start
    first = next((each for each in values if not math.isinf(each.value.high)), None)
    if first is None or value is None or not first.end < min(value.end, until):
        return None
    return first.end, (first.value.low + first.value.high) / 2


def _why(case: _Case) -> Why:
    if case.point.not_measurable:
        return "not measurable"
    if case.value is None:
        return "no measurement"
    met = is_met(case.goal, case.value.value)
    if case.is_final:
        return _decided("reached", "missed", met=met)
    return _why_before_the_end(case, case.value.value, met=met)


def _why_before_the_end(case: _Case, value: Interval, *, met: bool | None) -> Why:
    if met and case.goal.path == "linear":
        return "reached early"
    if met is False and case.point.adds_up and case.goal.bound == "at_most":
        return "over the limit"
    if case.until and case.now > case.until:
        return "ended without"
    if case.goal.path == "flat":
        return _decided("norm met", "norm not met", met=met)
    return _beside_path(case, value)


def _decided(yes: Why, no: Why, *, met: bool | None) -> Why:
    if met is None:
        return "undecided"
    return yes if met else no


def _beside_path(case: _Case, value: Interval) -> Why:
    if case.start is None:
        return "one measurement"
    room = abs(case.goal.number - case.start[1]) * case.tolerance_percent / 100
    wanted = case.on_path + (room if case.goal.bound == "at_most" else -room)
    return _decided("on path", "behind path", met=_is_as_good(case.goal.bound, value, wanted))


def _is_as_good(bound: str, value: Interval, wanted: float) -> bool | None:
    """Return whether a value surely is, or surely is not, on the right side of a number."""
    good, bad = value.low >= wanted, value.high < wanted
    if bound == "at_most":
        good, bad = value.high <= wanted, value.low > wanted
    return good if good or bad else None


def is_met(goal: Goal, value: Interval) -> bool | None:
    """Return whether a value is as good as a goal asks; None when that is not known."""
    wanted = goal.number
    if isinstance(goal.value, str):
        wanted = math.nextafter(wanted, math.inf)
    return _is_as_good(goal.bound, value, wanted)


def _next_date(case: _Case, why: Why) -> dt.date | None:
    """Return when the next measurement is due, never after the last day of a goal."""
    goal, months = case.goal, case.point.every_months
    if why == "not measurable" or (why in _FINAL and not goal.each_year):
        return None
    last = goal.until
    if why in {"no measurement", "ended without"} and last and last < case.now:
        return last  # only a measurement of that day still decides
    known = case.value.end if case.value else (goal.since or case.now) - dt.timedelta(days=1)
    due = next_moment(known, months)
    if last and known >= last:
        return None
    return min(due, last) if last else due


def _is_indicative(case: _Case, why: Why) -> bool:
    sure = [case.goal.confidence, case.point.definition_confidence]
    if case.value:
        sure.append(case.value.confidence)
    if why in {"on path", "behind path"}:
        sure.append(case.goal.path_confidence)
    return not all(each.is_fact for each in sure)
