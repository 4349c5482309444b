"""The file with what was agreed, and all that can be wrong in it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from geo_lv.agreements.points import FILE, LABEL_UNIT, Goal, Monitored, Point
from geo_lv.errors import InputError, Problem, shorten
from geo_lv.properties import LABELS
from geo_lv.settings import read_toml


def load_monitored(data: Path) -> Monitored:
    """
    Read what the monitor follows.

    Parameters
    ----------
    data
        The data folder.

    Returns
    -------
    monitored
        Agreements, points and goals, in the order of the file. A folder without agreements has an
        empty file.

    Raises
    ------
    InputError
        With every problem of the file by itself: what it names in other files is checked with
        those.
    """
    monitored = read_toml(data / FILE, FILE, Monitored)
    problems = tuple(_problems(monitored))
    if problems:
        raise InputError(problems)
    return monitored


def _problems(monitored: Monitored) -> Iterator[Problem]:
    themes = {theme.id for theme in monitored.themes}
    codes = {agreement.code for agreement in monitored.agreements}
    points = {point.code: point for point in monitored.points}
    for place, agreement in enumerate(monitored.agreements):
        yield from _unknown(f"agreements.{place}.theme", agreement.theme, themes, "theme")
        for party in agreement.parties:
            own = set(monitored.parties)
            yield from _unknown(f"agreements.{place}.parties", party, own, "party of this file")
    for place, point in enumerate(monitored.points):
        yield from _unknown(f"points.{place}.agreement", point.agreement, codes, "agreement")
        yield from _incomplete(monitored, place, point)
    for place, goal in enumerate(monitored.goals):
        yield from _unknown(f"goals.{place}.point", goal.point, set(points), "point")
        if goal.point in points:
            yield from _misfits(place, goal, points[goal.point])
    yield from _twice("agreements", [agreement.code for agreement in monitored.agreements])
    yield from _twice("points", [point.code.lower() for point in monitored.points])
    yield from _twice("themes", [theme.id for theme in monitored.themes])
    yield from _versions(monitored)
    yield from _two_limits(monitored)
    if monitored.goals and monitored.rules is None:
        yield _problem("rules", "rules, to judge the goals by", "nothing")


def _incomplete(monitored: Monitored, place: int, point: Point) -> Iterator[Problem]:
    """Check that a point has what it is judged by."""
    if point.task and not any(_is_task(goal) for goal in monitored.goals_of(point.task)):
        expected = "a point with a goal for all together, in a number, with since and until"
        yield _problem(f"points.{place}.task", expected, point.task)
    if not point.not_measurable and not monitored.goals_of(point.code):
        expected = "a goal of this point, or why it is not_measurable"
        yield _problem(f"points.{place}.code", expected, point.code)


def _is_task(goal: Goal) -> bool:
    """Return whether plans can be held against a goal."""
    return bool(
        isinstance(goal.value, float)
        and goal.value >= 1
        and not goal.corporation
        and goal.since
        and goal.until
    )


def _misfits(place: int, goal: Goal, point: Point) -> Iterator[Problem]:
    """Check that a goal is of the kind that its point asks for."""
    is_label = isinstance(goal.value, str)
    if is_label != (point.unit == LABEL_UNIT):
        expected = f"one of {', '.join(LABELS)}" if not is_label else "a number"
        yield _problem(f"goals.{place}.value", expected, str(goal.value))
    if point.computed == "efg_share" and goal.value not in range(101):
        yield _problem(f"goals.{place}.value", "a whole percentage from 0 to 100", str(goal.value))
    if is_label and goal.bound == "at_most":
        yield _problem(f"goals.{place}.bound", "at_least, for a label", goal.bound)
    if point.adds_up and not _begins_period(goal.since, point.every_months):
        expected = "the first day of a measuring period, for what is added up"
        yield _problem(f"goals.{place}.since", expected, str(goal.since or "nothing"))


def _begins_period(day: dt.date | None, months: int) -> bool:
    return day is not None and day.day == 1 and (day.month - 1) % months == 0


def _unknown(column: str, value: str, allowed: set[str], what: str) -> Iterator[Problem]:
    if value not in allowed:
        yield _problem(column, f"a {what}", value)


def _twice(table: str, names: list[str]) -> Iterator[Problem]:
    for place, name in enumerate(names):
        if name in names[:place]:
            yield _problem(f"{table}.{place}", "each once", name)


def _versions(monitored: Monitored) -> Iterator[Problem]:
    """Check that of two goals with one name it is known which holds when."""
    counts = Counter((goal.key, goal.agreed) for goal in monitored.goals)
    for place, goal in enumerate(monitored.goals):
        if counts[goal.key, goal.agreed] > 1:
            expected = "a name of its own, or the day on which this version was agreed"
            yield _problem(f"goals.{place}.name", expected, goal.name or "nothing")


def _two_limits(monitored: Monitored) -> Iterator[Problem]:
    """Check that what is small ends where large begins, or homes count twice or not at all."""
    limits = [point.floor_area_limit_m2 for point in monitored.points if point.rent_class]
    for place, point in enumerate(monitored.points):
        if point.rent_class and point.floor_area_limit_m2 != limits[0]:
            expected = f"{limits[0]:g}, as for the other homes"
            yield _problem(
                f"points.{place}.floor_area_limit_m2", expected, f"{point.floor_area_limit_m2:g}"
            )


def _problem(column: str, expected: str, found: str) -> Problem:
    return Problem(FILE, expected, shorten(found), "correct it", column=column)
