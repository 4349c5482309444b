"""Every agreement with its points and goals, judged on one day."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from geo_lv.agreements.measurements import Measurement
from geo_lv.agreements.points import Agreement, Goal, Monitored, Point
from geo_lv.monitor.judge import Judgement, judge
from geo_lv.monitor.series import Value, series_of

Computed = Mapping[tuple[str, str], tuple[Value, ...]]
"""Code of a point and corporation to what geo_lv worked out, oldest first."""


@dataclass(frozen=True)
class PointRow:
    """A goal of a measuring point, or a point without one, judged."""

    agreement: Agreement
    point: Point
    goal: Goal | None
    earlier: tuple[Goal, ...]
    """Versions of the goal that held before, oldest first."""
    corporation: str
    """Whose value it is; empty for all together."""
    judgement: Judgement
    series: tuple[Value, ...]
    """Of the point, oldest first: for each moment, not added up."""

    @property
    def fictitious(self) -> bool:
        """Whether the value is made up, or the first value, from which the path runs."""
        judgement = self.judgement
        told = judgement.value is not None and judgement.value.fictitious
        begin = judgement.start[0] if judgement.start else None
        return told or any(value.fictitious for value in self.series if value.end == begin)


@dataclass(frozen=True)
class ProcessRow:
    """An agreement to do something together, and how people say it is going."""

    agreement: Agreement
    last: Measurement | None


@dataclass(frozen=True)
class Monitor:
    """All that the monitor says on one day."""

    day: str
    """ISO date."""
    points: tuple[PointRow, ...]
    processes: tuple[ProcessRow, ...]


def make_monitor(
    monitored: Monitored, measurements: Iterable[Measurement], computed: Computed, day: str
) -> Monitor:
    """
    Judge everything that was agreed.

    Parameters
    ----------
    monitored
        What was agreed.
    measurements
        What was entered, as far as may be known.
    computed
        What geo_lv worked out.
    day
        ISO date of the peildatum.

    Returns
    -------
    monitor
        A row per goal that holds on that day, or per point without one, and a row per process; in
        the order of themes and then of the file.
    """
    entered = tuple(measurements)
    now = dt.date.fromisoformat(day)
    order = [theme.id for theme in monitored.themes]
    agreements = sorted(monitored.agreements, key=lambda each: order.index(each.theme))
    return Monitor(
        day=day,
        points=tuple(
            row
            for agreement in agreements
            for point in monitored.points_of(agreement.code)
            for row in _rows_of(_Subject(agreement, point, monitored, entered, computed, now))
        ),
        processes=tuple(
            ProcessRow(agreement, _last(agreement.code, entered, now))
            for agreement in agreements
            if not monitored.points_of(agreement.code)
        ),
    )


@dataclass(frozen=True)
class _Subject:
    agreement: Agreement
    point: Point
    monitored: Monitored
    entered: tuple[Measurement, ...]
    computed: Computed
    now: dt.date

    def values(self, corporation: str) -> tuple[Value, ...]:
        """Return the values of the point for a corporation, or for all together."""
        own = (
            each
            for each in self.entered
            if (each.code, each.corporation, each.area) == (self.point.code, corporation, "")
        )
        found = self.computed.get((self.point.code, corporation), ())
        return series_of(own, found, self.now)


def _rows_of(subject: _Subject) -> Iterator[PointRow]:
    versions = _versions(subject.monitored.goals_of(subject.point.code), subject.now)
    for goals in versions:
        yield _row(subject, goals[-1], goals[:-1])
    if not versions:
        values = subject.values("")
        last = values[-1] if values else None
        judgement = Judgement("not measurable", last, None, None)
        yield PointRow(subject.agreement, subject.point, None, (), "", judgement, values)


def _row(subject: _Subject, goal: Goal, earlier: tuple[Goal, ...]) -> PointRow:
    values = subject.values(goal.corporation)
    rules = subject.monitored.rules
    tolerance = rules.tolerance_percent if rules else 0.0
    judgement = judge(goal, subject.point, values, subject.now, tolerance)
    return PointRow(
        subject.agreement, subject.point, goal, earlier, goal.corporation, judgement, values
    )


def _versions(goals: Iterable[Goal], now: dt.date) -> list[tuple[Goal, ...]]:
    """Return the versions of each goal that hold or held on a day, oldest first."""
    found: dict[tuple[str, str, str], list[Goal]] = {}
    for goal in sorted(goals, key=lambda each: each.agreed or dt.date.min):
        if goal.agreed is None or goal.agreed <= now:
            found.setdefault(goal.key, []).append(goal)
    return [tuple(versions) for versions in found.values()]


def _last(code: str, entered: Iterable[Measurement], now: dt.date) -> Measurement | None:
    """Return what was last said about a process; of one day what was entered last."""
    own = [each for each in entered if each.code == code and each.end <= now]
    return max(own, key=lambda each: (each.end, each.entered_on), default=None)
