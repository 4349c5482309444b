"""What the parties measured: values of points, and how processes are going, as they entered it.

A row is never changed: a value that was wrong gets a second row of a later day of entry, and the
first one stays to be seen.
"""

import calendar
import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pandas as pd

from geo_lv.agreements.points import HALF_A_CLASS, LABEL_UNIT, Monitored, Point
from geo_lv.errors import Problem, shorten
from geo_lv.properties import LABELS, label_rank
from geo_lv.schema import Confidence, Edition
from geo_lv.tables import TableSchema, choice, date, day, text

FILE: Final = "agreements/metingen.csv"
PROCESS_STATES: Final = ("niet begonnen", "loopt", "gereed", "vervallen")
"""How a process is going, in the words of the file."""
SCHEMA: Final = TableSchema(
    (
        text("code"),
        date("date"),
        text("value"),
        text("corporation", optional=True),
        text("area", optional=True),
        text("source"),
        text("entered_by"),
        day("entered_on"),
        choice("edition", ("publiek", "intern")),
        choice("fictitious", ("ja", "nee")),
        choice("confidence", (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)),
        text("note", optional=True),
    )
)
"""`code` is a point, or the agreement of a process. `date` is a day, or the month or year that a
value is about. `entered_by` is an organisation or a role; `edition` says who may see the row."""

_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


class Interval(NamedTuple):
    """What is known of a number: it lies between these two, both included."""

    low: float
    high: float
    """Infinite when there is no upper limit."""

    @property
    def is_exact(self) -> bool:
        """Whether the number itself is known."""
        return self.low == self.high


@dataclass(frozen=True)
class Measurement:
    """A value of a point, or the state of a process."""

    code: str
    date: str
    """Year, month or day, as it was entered."""
    value: Interval
    """Of a point, in its unit; a mean label as a rank. Without meaning for a process."""
    state: str
    """Of a process; empty for a point."""
    corporation: str
    """Empty for all together."""
    area: str
    """Code of a wijk; empty for the whole."""
    source: str
    entered_by: str
    entered_on: str
    edition: Edition
    fictitious: bool
    confidence: Confidence
    note: str

    @property
    def end(self) -> dt.date:
        """Last day that the value is about."""
        return last_day(self.date)

    @property
    def key(self) -> tuple[str, str, str, dt.date]:
        """What a corrected value has in common with the wrong one."""
        return (self.code, self.corporation, self.area, self.end)


def last_day(value: str) -> dt.date:
    """Return the last day of an ISO year, month or day."""
    if len(value) == len("2024-03-16"):
        return dt.date.fromisoformat(value)
    year, month = (int(part) for part in f"{value}-12"[: len("2024-03")].split("-"))
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def measurement_of(row: dict[str, Any], monitored: Monitored) -> Measurement:
    """Return a measurement of the cells of its row."""
    point = next((point for point in monitored.points if point.code == row["code"]), None)
    return Measurement(
        **{
            **row,
            "value": _value(row["value"], point) if point else Interval(math.nan, math.nan),
            "state": "" if point else row["value"],
            "fictitious": row["fictitious"] == "ja",
            "confidence": Confidence(row["confidence"]),
        }
    )


def _value(written: str, point: Point) -> Interval:
    """Return a number as it is; a mean that is told as a label lies somewhere in its class."""
    if point.unit == LABEL_UNIT and written in LABELS:
        rank = label_rank(written)
        # a half belongs to the worse class, so the lower end is not a part of this one
        return Interval(math.nextafter(rank - HALF_A_CLASS, math.inf), rank + HALF_A_CLASS)
    return Interval(float(written), float(written))


def measurement_problems(
    table: pd.DataFrame, monitored: Monitored, wijken: frozenset[str] | None
) -> Iterator[Problem]:
    """
    Check what each measurement says about its point or process.

    Parameters
    ----------
    table
        Rows of `SCHEMA`.
    monitored
        What can be measured.
    wijken
        Codes that exist; None leaves them unchecked.

    Yields
    ------
    problem
        With row and column.
    """
    points = {point.code: point for point in monitored.points}
    processes = {
        agreement.code
        for agreement in monitored.agreements
        if not monitored.points_of(agreement.code)
    }
    for line, row in table.iterrows():
        for column, expected in _faults(row, points, processes, wijken, monitored):
            found = shorten(str(row[column]) or "nothing")
            yield Problem(FILE, expected, found, "correct it", int(str(line)), column)
    yield from _twice(table)


def _faults(
    row: "pd.Series[Any]",
    points: dict[str, Point],
    processes: set[str],
    wijken: frozenset[str] | None,
    monitored: Monitored,
) -> Iterator[tuple[str, str]]:
    """Yield column and what was expected there."""
    point = points.get(row["code"])
    if point is None and row["code"] not in processes:
        yield "code", "a point of afspraken.toml, or an agreement without points"
        return
    if point is None:
        if row["value"] not in PROCESS_STATES:
            yield "value", f"one of {', '.join(PROCESS_STATES)}"
        yield from (
            (column, "nothing, for a process") for column in ("corporation", "area") if row[column]
        )
        return
    if not (_NUMBER.fullmatch(row["value"]) or _is_label(row["value"], point)):
        yield "value", "a number with a decimal point" + _or_label(point)
    elif point.adds_up and row["value"].startswith("-"):
        yield "value", "no less than 0, for what is added up"
    if last_day(row["date"]).isoformat() > row["entered_on"]:
        yield "entered_on", "a day no earlier than the end of what the value is about"
    if point.adds_up and not _ends_period(row["date"], point.every_months):
        yield "date", f"the end of a period of {point.every_months} months, or a year"
    yield from _place_faults(row, point, wijken, monitored)


def _place_faults(
    row: "pd.Series[Any]", point: Point, wijken: frozenset[str] | None, monitored: Monitored
) -> Iterator[tuple[str, str]]:
    if row["area"]:
        yield from _area_faults(row, point, wijken)
        return
    owners = {goal.corporation for goal in monitored.goals_of(point.code)}
    if owners and row["corporation"] not in owners:
        named = ", ".join(sorted(owners - {""}))
        yield "corporation", f"one of {named}" if named else "nothing: the goal is for all together"


def _area_faults(
    row: "pd.Series[Any]", point: Point, wijken: frozenset[str] | None
) -> Iterator[tuple[str, str]]:
    if not point.indicator:
        yield "area", "nothing: this point is not measured per wijk"
    elif wijken is not None and row["area"] not in wijken:
        yield "area", "the code of a wijk"
    if "-" in row["date"]:
        yield "date", "a year, for a value per wijk"
    if row["value"].startswith("-"):
        yield "value", "no less than 0, for a value per wijk"
    if row["edition"] != "publiek":
        yield "edition", "publiek: privacy.toml says which values per wijk stay inside"
    if row["fictitious"] != "nee":
        yield "fictitious", "nee: no map can show which value is made up"


def _twice(table: pd.DataFrame) -> Iterator[Problem]:
    """Find values that were entered on one day for one moment: which corrects which is unknown."""
    keys = table[["code", "corporation", "area", "entered_on"]].assign(
        end=[last_day(value) for value in table["date"]]
    )
    for line in table.index[keys.duplicated()]:
        expected = "a later day of entry than that of the row that this one corrects"
        found = shorten(table["entered_on"][line])
        yield Problem(FILE, expected, found, "correct it", int(line), "entered_on")


def _is_label(value: str, point: Point) -> bool:
    return point.unit == LABEL_UNIT and value in LABELS


def _or_label(point: Point) -> str:
    return ", or a label" if point.unit == LABEL_UNIT else ""


def _ends_period(value: str, months: int) -> bool:
    end = last_day(value)
    if "-" not in value and months != 12:  # noqa: PLR2004 - a year is a period by itself
        return False
    last = calendar.monthrange(end.year, end.month)[1]
    return end.month % months == 0 and end.day == last
