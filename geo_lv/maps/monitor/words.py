"""What the monitor says of a goal: its target, its value, its state and why, in plain Dutch."""

import datetime as dt
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from geo_lv.agreements.measurements import Interval
from geo_lv.agreements.points import LABEL_UNIT, Goal, Point
from geo_lv.maps.text import dutch_date, enumeration, number, percentage, with_unit
from geo_lv.monitor.judge import Judgement, Why
from geo_lv.monitor.rows import PointRow
from geo_lv.monitor.series import Value
from geo_lv.properties import label_of

_BOUNDS: Final = {"at_least": "ten minste", "at_most": "ten hoogste"}
_YEAR_END: Final = (12, 31)
PERCENT: Final = "%"
_ALL_MOMENTS: Final = 4
"""With more missing periods than this only their number is told."""

WHY: Final[dict[Why, str]] = {
    "not measurable": "",
    "no measurement": "Er is nog geen meting.",
    "ended without": (
        "De einddatum is voorbij en van die dag of later is er geen meting. De laatste meting is "
        "van daarvoor en zegt dus niet of het doel is gehaald."
    ),
    "one measurement": (
        "Er is één meting en geen bekend begin. Pas met een tweede meting is te zien of het snel "
        "genoeg gaat."
    ),
    "undecided": "Wat er bekend is, laat nog beide uitkomsten open.",
    "secret": "Er is een meting, maar die gaat over te weinig woningen om openbaar te zijn.",
    "reached": "Het doel is gehaald.",
    "reached early": "Het doel is al gehaald, nog voor de einddatum.",
    "missed": "Het doel is niet gehaald.",
    "over the limit": "De grens is al overschreden. Dat kan niet meer worden ingehaald.",
    "on path": "Dat is snel genoeg om het doel op tijd te halen.",
    "behind path": "Dat is niet snel genoeg om het doel op tijd te halen.",
    "norm met": "De waarde voldoet aan de afspraak.",
    "norm not met": "De waarde voldoet niet aan de afspraak.",
}


def amount(value: float, point: Point) -> str:
    """Return a number of a point with its unit, as the page shows it."""
    if point.unit == LABEL_UNIT:
        return label_of(value)
    decimals = 0 if point.computed or value == int(value) else 1
    if point.unit == PERCENT:
        return percentage(value, decimals)
    return with_unit(number(value, decimals), point.unit)


def value_text(value: Value, point: Point, *, exact: bool) -> str:
    """Return a value with its unit; ``exact`` also tells the rank of a mean label."""
    if value.secret:
        return "geheim"
    return interval_text(value.value, point, exact=exact)


def interval_text(value: Interval, point: Point, *, exact: bool) -> str:
    """Return what is known of a number: the number, or between which it lies."""
    if value.is_exact and point.unit == LABEL_UNIT and exact:
        return f"{label_of(value.low)} (rangnummer {number(value.low, 2)})"
    if value.is_exact or point.unit == LABEL_UNIT:
        return amount(value.low, point)
    if math.isinf(value.high):
        return f"ten minste {amount(value.low, point)}"
    low = number(value.low)
    return f"{low} tot {amount(value.high, point)}"


def goal_text(goal: Goal, point: Point) -> str:
    """Return a goal with its last day: ``ten minste 750 woningen, tot en met 2030``."""
    if isinstance(goal.value, str):
        wanted = goal.value
    elif goal.up_to is not None:
        wanted = f"{number(goal.value)} tot {amount(goal.up_to, point)}"
    else:
        wanted = f"{_BOUNDS[goal.bound]} {amount(goal.value, point)}"
    return f"{wanted}{_span(goal)}"


def _span(goal: Goal) -> str:
    if goal.each_year and goal.since:
        last = f" tot en met {goal.until.year}" if goal.until else ""
        return f", elk jaar vanaf {goal.since.year}{last}"
    if goal.until is None:
        return ""
    if isinstance(goal.value, str):
        return f" in {goal.until.year}" if _ends_year(goal.until) else f" {until_text(goal.until)}"
    if goal.since and goal.since.year == goal.until.year and _ends_year(goal.until):
        return f" in {goal.until.year}"
    return f", {until_text(goal.until)}"


def until_text(day: dt.date) -> str:
    """Return a last day: ``tot en met 2030``, or with the day when it is not the end of a year."""
    return f"tot en met {day.year if _ends_year(day) else dutch_date(day.isoformat())}"


def _ends_year(day: dt.date) -> bool:
    return (day.month, day.day) == _YEAR_END


def path_text(judgement: Judgement, point: Point) -> str:
    """Return what the value should have been on its day; empty where nothing says so."""
    if math.isnan(judgement.on_path) or judgement.value is None:
        return ""
    wanted = judgement.on_path
    if point.unit not in {PERCENT, LABEL_UNIT}:
        wanted = round(wanted)  # a path runs between whole homes
    return f"{amount(wanted, point)} op {dutch_date(judgement.value.end.isoformat())}"


def due_text(judgement: Judgement) -> str:
    """Return when the next measurement is due."""
    if judgement.next_date is None:
        return ""
    day = dutch_date(judgement.next_date.isoformat())
    return f"had er moeten zijn op {day}" if judgement.late else day


def reasons(row: PointRow, tolerance_percent: float) -> Iterator[str]:
    """
    Say how a state came about.

    Parameters
    ----------
    row
        A goal and its judgement.
    tolerance_percent
        Of the rules.

    Yields
    ------
    sentence
        Dutch, in the order in which a reader asks.
    """
    point, goal, judgement = row.point, row.goal, row.judgement
    yield point.rule
    if point.not_measurable:
        yield point.not_measurable
    if goal is not None:
        yield from _course(goal, row, tolerance_percent)
        yield from _versions(row)
    yield from _history(row)
    told = judgement.value.note if judgement.value else ""
    notes = (row.agreement.note, point.note, goal.note if goal else "", told)
    yield from (note for note in dict.fromkeys(notes) if note)


def _course(goal: Goal, row: PointRow, tolerance_percent: float) -> Iterator[str]:
    judgement, point = row.judgement, row.point
    if judgement.start and not math.isnan(judgement.on_path):
        day, first = judgement.start
        yield (
            f"De weg naar het doel is een rechte lijn van {amount(first, point)} op "
            f"{dutch_date(day.isoformat())} naar het doel. Volgens die lijn had het "
            f"{path_text(judgement, point)} moeten zijn."
        )
    if judgement.why == "behind path":
        allowed = goal.tolerance_percent
        yield (
            f"{WHY['behind path']} De achterstand is meer dan "
            f"{number(tolerance_percent if allowed is None else allowed)}% van de hele weg."
        )
    elif WHY[judgement.why]:
        yield WHY[judgement.why]
    yield from _pace(goal, row)


def _pace(goal: Goal, row: PointRow) -> Iterator[str]:
    """Yield how much a year it takes from here, where that can be counted."""
    value, years = row.judgement.value, row.judgement.years_left
    counted = row.judgement.why in {"on path", "behind path"} and row.point.unit != LABEL_UNIT
    if not counted or value is None:
        return
    short = abs(goal.number - value.value.low)
    if short and years > 0:
        yield (
            f"Nog nodig: {amount(short, row.point)} in {number(years, 1)} jaar, dus "
            f"{amount(math.ceil(short / years), row.point)} per jaar."
        )


def _versions(row: PointRow) -> Iterator[str]:
    """Yield what the goal was before it was changed."""
    for before, after in pairwise((*row.earlier, row.goal) if row.goal else ()):
        if after.agreed:
            day = dutch_date(after.agreed.isoformat())
            yield f"Tot {day} was het doel: {goal_text(before, row.point)}."


def _history(row: PointRow) -> Iterator[str]:
    for value in row.series:
        if value.corrected and not value.secret:
            was = ", daarna ".join(
                interval_text(each, row.point, exact=False) for each in value.corrected
            )
            now = value_text(value, row.point, exact=False)
            yield f"De meting van {dutch_date(value.date)} is verbeterd: eerst {was}, nu {now}."
    missing = row.judgement.value.missing if row.judgement.value else ()
    if missing:
        which = enumeration([_period(day, row.point) for day in missing])
        if len(missing) > _ALL_MOMENTS:
            which = f"{number(len(missing))} perioden"
        yield (
            f"Er is geen meting over {which}. "
            "Wat er toen gebeurde, telt niet als nul: het is niet bekend."
        )


def _period(day: dt.date, point: Point) -> str:
    if point.every_months == _YEAR_END[0]:
        return str(day.year)
    return f"de {point.every_months} maanden tot en met {dutch_date(day.isoformat())}"
