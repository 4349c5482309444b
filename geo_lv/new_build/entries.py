"""Each site in each series: in which year it counts, and with how many homes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo_lv.agreements import NewBuildSite, SiteProgress
from geo_lv.new_build.bands import Band
from geo_lv.new_build.sites import Facts, band_of, facts_of, programme_band, status_band

Series = Literal["programme", "planned", "started", "delivered"]
"""What was agreed; what is planned now, or further; of that, what was started and delivered."""
SERIES: Final[tuple[Series, ...]] = get_args(Series)


@dataclass(frozen=True)
class Entry:
    """A site in a series."""

    site: NewBuildSite
    series: Series
    year: int
    """From this year on it counts."""
    band: Band


def entries_of(
    sites: Iterable[NewBuildSite], progress: Iterable[SiteProgress], today: int
) -> tuple[Entry, ...]:
    """
    Put every site in the series that it belongs to.

    Parameters
    ----------
    sites
        The new-build sites.
    progress
        What is known of them since the programme; what is only indicative counts nowhere.
    today
        This year. A start or delivery of which the year is not known was this year at the latest.

    Returns
    -------
    entries
        Every site in *programme* and in *planned*; in *started* and *delivered* only if known.
    """
    rows = tuple(progress)
    return tuple(entry for site in sites for entry in _entries(site, rows, today))


def _entries(site: NewBuildSite, rows: tuple[SiteProgress, ...], today: int) -> Iterator[Entry]:
    facts = facts_of(site, rows)
    ready = _ready(site, facts, today)
    # what was agreed for a period is not later than that period
    agreed = min(ready, site.period[1])
    yield Entry(site, "programme", agreed, programme_band(site, rows))
    yield Entry(site, "planned", ready, status_band(site, rows))
    delivered = facts.get("opgeleverd")
    started = facts.get("gestart") or delivered  # what is delivered was started
    if started:
        year = started.year or min(ready, today)
        yield Entry(site, "started", year, band_of(started))
    if delivered:
        yield Entry(site, "delivered", ready, band_of(delivered))


def _ready(site: NewBuildSite, facts: Facts, today: int) -> int:
    """Return the year in which the homes are or will be ready: at the latest, if not known."""
    planned = facts["gepland"].year if "gepland" in facts else None
    expected = planned or site.period[1]
    if "opgeleverd" in facts:
        return facts["opgeleverd"].year or min(expected, today)
    return expected
