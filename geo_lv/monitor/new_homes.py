"""Values about new homes: what was delivered, and how far the plans go."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from geo_lv.agreements import Agreements
from geo_lv.agreements.measurements import Interval, last_day
from geo_lv.monitor.series import Value
from geo_lv.new_build import Entry, Task, capacity, entries_of, task_of
from geo_lv.new_build.outlook import total_of


def delivered(agreements: Agreements, corporation: str, day: str) -> Iterator[Value]:
    """
    Yield the social rent homes that were delivered, up to each year in which any was.

    Parameters
    ----------
    agreements
        With sites and what is known of them.
    corporation
        Whose sites; empty for all.
    day
        ISO date of the peildatum.

    Yields
    ------
    value
        None when no delivery is known, which is not the same as no homes.
    """
    own = [
        entry
        for entry in _entries(agreements, day)
        if entry.series == "delivered" and corporation in {"", entry.site.corporation}
    ]
    for year in sorted({entry.year for entry in own}):
        total = total_of(entry for entry in own if entry.year <= year)
        # in the year of the peildatum it is known on that day, and not at the end of the year
        date = day if str(year) == day[:4] else str(year)
        yield Value(date, last_day(date), _interval(total.low, total.high))


def plan_capacity(agreements: Agreements, day: str) -> Iterator[Value]:
    """
    Yield the plans for social rent homes in percent of the task, as they are known now.

    Parameters
    ----------
    agreements
        With sites, what is known of them, and the task.
    day
        ISO date of the peildatum.

    Yields
    ------
    value
        Without an upper limit when a site has none. None without a task or without a site.
    """
    task = task_of(agreements)
    dates = [site.status_date for site in agreements.sites if site.status_date]
    if task is None or not dates:
        return
    date = max(dates, key=last_day)
    found = _capacity(_entries(agreements, day), task)
    yield Value(date, min(last_day(date), dt.date.fromisoformat(day)), found)


def _capacity(entries: Iterable[Entry], task: Task) -> Interval:
    found = capacity(entries, task)
    return _interval(found.low, found.high)


def _interval(low: float, high: float | None) -> Interval:
    return Interval(low, math.inf if high is None else high)


def _entries(agreements: Agreements, day: str) -> tuple[Entry, ...]:
    return entries_of(agreements.sites, agreements.progress, int(day[:4]))
