"""How many homes are asked for, and how far the plans go."""

from collections.abc import Iterable
from dataclasses import dataclass

from geo_lv.agreements import Agreements
from geo_lv.agreements.targets import newest_goals, source_of
from geo_lv.new_build.bands import Total
from geo_lv.new_build.entries import Entry
from geo_lv.new_build.outlook import total_of


@dataclass(frozen=True)
class Task:
    """How many social rent homes are to be added, and in which years."""

    homes: int
    """More than none."""
    first_year: int
    last_year: int
    """To and including."""
    capacity_percent: int
    """How large the plans are to be, in percent of `homes`: some plans fail."""
    source: str
    """Keys of sources."""


@dataclass(frozen=True)
class Capacity:
    """The plans that count for a task."""

    total: Total
    low: float
    """Percent of the task."""
    known_high: float
    """Percent if each site without an upper limit has its lowest number."""
    high: float | None
    """Percent; None when a site has no upper limit."""


def task_of(agreements: Agreements) -> Task | None:
    """Return the task that the plan capacity is held against; None if none was agreed."""
    monitored = agreements.monitored
    for point in monitored.points:
        for asked in newest_goals(monitored, point.task):
            wanted = next(iter(newest_goals(monitored, point.code)), None)
            if wanted and asked.since and asked.until and not asked.corporation:
                return Task(
                    homes=int(asked.number),
                    first_year=asked.since.year,
                    last_year=asked.until.year,
                    capacity_percent=int(wanted.number),
                    source=source_of(monitored, monitored.point(point.task)),
                )
    return None


def capacity(entries: Iterable[Entry], task: Task) -> Capacity:
    """
    Return how far the plans of now go, in percent of a task.

    Parameters
    ----------
    entries
        Sites in their series, of which *planned* counts.
    task
        Only what is ready in its years counts.

    Returns
    -------
    capacity
        Not rounded.
    """
    years = range(task.first_year, task.last_year + 1)
    total = total_of(
        entry for entry in entries if entry.series == "planned" and entry.year in years
    )
    known_high = 100 * total.known_high / task.homes
    return Capacity(
        total=total,
        low=100 * total.low / task.homes,
        known_high=known_high,
        high=None if total.open_sites else known_high,
    )
