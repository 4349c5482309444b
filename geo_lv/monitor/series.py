"""The values of a measuring point through the years: corrected, added up, and what is missing."""

import calendar
import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from geo_lv.agreements.measurements import Interval, Measurement
from geo_lv.schema import Confidence

_YEAR: Final = 12


class Counts(NamedTuple):
    """Homes that a value is about."""

    part: int
    """Those that have what is asked; for a mean the same as `whole`."""
    whole: int
    """Those of which it is known."""
    unknown: int
    """Those of which it is not."""


@dataclass(frozen=True)
class Value:
    """What a point was at a moment, or over the period that ends there."""

    date: str
    """Year, month or day, as it is known."""
    end: dt.date
    value: Interval
    """In the unit of the point; a mean label as a rank."""
    source: str = ""
    """Keys of sources; empty for what geo_lv worked out."""
    entered_by: str = ""
    """Empty for what geo_lv worked out."""
    fictitious: bool = False
    confidence: Confidence = Confidence.HIGH
    note: str = ""
    corrected: tuple[Interval, ...] = ()
    """What was entered before for the same moment, oldest first."""
    missing: tuple[dt.date, ...] = ()
    """Ends of the periods before this one of which nothing is known, where periods add up."""
    counts: Counts | None = None
    """Of what geo_lv counted in a list of homes: never shown, for the gate to round by."""
    secret: bool = False
    """Whether the edition may not show it; `value` is then NaN."""


def series_of(
    measurements: Iterable[Measurement], computed: Iterable[Value], now: dt.date
) -> tuple[Value, ...]:
    """
    Put the values of one point, corporation and area in order.

    Parameters
    ----------
    measurements
        As they were entered, with their corrections.
    computed
        What geo_lv worked out; on the same day it goes before what was entered.
    now
        What is of a later day is not known yet.

    Returns
    -------
    values
        One per moment, oldest first.
    """
    entered: dict[dt.date, list[Measurement]] = {}
    for measurement in sorted(measurements, key=lambda each: each.entered_on):
        entered.setdefault(measurement.end, []).append(measurement)
    found = {end: _entered(versions) for end, versions in entered.items()}
    found |= {value.end: value for value in computed}
    return tuple(found[end] for end in sorted(found) if end <= now)


def _entered(versions: list[Measurement]) -> Value:
    last = versions[-1]
    return Value(
        date=last.date,
        end=last.end,
        value=last.value,
        source=last.source,
        entered_by=last.entered_by,
        fictitious=last.fictitious,
        confidence=last.confidence,
        note=last.note,
        corrected=tuple(version.value for version in versions[:-1]),
    )


def added_up(values: Iterable[Value], since: dt.date, months: int) -> tuple[Value, ...]:
    """
    Add up what happened in periods.

    Parameters
    ----------
    values
        One per period, oldest first; never negative.
    since
        First day of the first period that counts.
    months
        Length of a period.

    Returns
    -------
    totals
        From `since` up to the end of each period. A period that is missing makes a total a lower
        limit, and nothing more: what happened in it is not known, and not zero. A total is as sure
        as the least sure part of it, and fictitious with any part of it.
    """
    counted = [value for value in values if value.end >= since]
    known = {value.end for value in counted}
    return tuple(
        _total(counted[: place + 1], _missing(since, value.end, months, known))
        for place, value in enumerate(counted)
    )


def _total(parts: list[Value], missing: tuple[dt.date, ...]) -> Value:
    low, high = (sum(part.value[side] for part in parts) for side in (0, 1))
    sources = dict.fromkeys(key for part in parts for key in part.source.split())
    return replace(
        parts[-1],
        value=Interval(low, math.inf if missing else high),
        source=" ".join(sources),
        fictitious=any(part.fictitious for part in parts),
        confidence=max((part.confidence for part in parts), key=list(Confidence).index),
        missing=missing,
    )


def _missing(since: dt.date, end: dt.date, months: int, known: set[dt.date]) -> tuple[dt.date, ...]:
    return tuple(moment for moment in moments(since, end, months) if moment not in known)


def moments(since: dt.date, until: dt.date, months: int) -> Iterator[dt.date]:
    """Yield the last day of each measuring period that ends in a span of days."""
    moment = next_moment(since - dt.timedelta(days=1), months)
    while moment <= until:
        yield moment
        moment = next_moment(moment, months)


def next_moment(after: dt.date, months: int) -> dt.date:
    """Return the first end of a measuring period after a day; periods fill up a year."""
    first = -(-after.month // months) * months
    year, month = after.year, first
    if _end_of(year, month) <= after:
        year, month = (year, month + months) if month + months <= _YEAR else (year + 1, months)
    return _end_of(year, month)


def _end_of(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
