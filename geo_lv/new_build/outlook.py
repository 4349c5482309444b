"""All sites together: year by year, per corporation and per wijk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from geo_lv.agreements import NewBuildSite, SiteProgress
from geo_lv.codes import wk_of
from geo_lv.new_build.bands import Total, add_up
from geo_lv.new_build.entries import SERIES, Entry, Series, entries_of


@dataclass(frozen=True)
class Group:
    """The sites of one corporation, or in one wijk."""

    key: str
    """Name or code; empty where it is unknown in which wijk a site lies."""
    sites: int
    totals: Mapping[Series, Total]


@dataclass(frozen=True)
class Outlook:
    """What is agreed, planned, started and delivered in the years of the programme."""

    years: tuple[int, ...]
    """From the first to the last year of the periods of the sites."""
    entries: tuple[Entry, ...]
    """Those that count in these years."""
    later: tuple[Entry, ...]
    """Those that count after these years, and so in no total."""
    by_year: Mapping[Series, tuple[Total, ...]]
    """Cumulative, one total per year."""
    corporations: tuple[Group, ...]
    wijken: tuple[Group, ...]
    """By code; the sites of which the place is unknown come last."""
    indicative: tuple[SiteProgress, ...]
    """What is only indicative, and so in no total."""


def outlook(sites: Iterable[NewBuildSite], progress: Iterable[SiteProgress], today: int) -> Outlook:
    """
    Add up the sites of a programme.

    Parameters
    ----------
    sites
        The new-build sites; without any there are no years.
    progress
        What is known of them since the programme.
    today
        This year.

    Returns
    -------
    outlook
        The totals per corporation and those per wijk add up to those of the last year.
    """
    sites, progress = tuple(sites), tuple(progress)
    years = years_of(sites)
    entries = entries_of(sites, progress, today)
    inside = tuple(entry for entry in entries if entry.year <= years[-1])
    return Outlook(
        years=years,
        entries=inside,
        later=tuple(entry for entry in entries if entry.year > years[-1]),
        by_year={series: cumulative(inside, series, years) for series in SERIES},
        corporations=per_corporation(inside),
        wijken=per_wijk(inside),
        indicative=tuple(row for row in progress if not row.confidence.is_fact),
    )


def years_of(sites: Iterable[NewBuildSite]) -> tuple[int, ...]:
    """Return every year from the first to the last of the periods of some sites."""
    periods = [site.period for site in sites]
    if not periods:
        return ()
    return tuple(range(min(first for first, _ in periods), max(last for _, last in periods) + 1))


def cumulative(entries: Iterable[Entry], series: Series, years: Iterable[int]) -> tuple[Total, ...]:
    """Return the total of a series up to and including each year; what was before, counts."""
    own = [entry for entry in entries if entry.series == series]
    return tuple(total_of(entry for entry in own if entry.year <= year) for year in years)


def total_of(entries: Iterable[Entry]) -> Total:
    """Return the homes of some entries together."""
    return add_up((entry.site.site, entry.band) for entry in entries)


def per_corporation(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Return the totals of each corporation, in the order in which the sites name them."""
    return _groups(entries, lambda site: site.corporation)


def per_wijk(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Return the totals in each wijk by code, with last those of which the place is unknown."""
    groups = _groups(entries, lambda site: wk_of(site.bu_code) if site.bu_code else "")
    return tuple(sorted(groups, key=lambda group: (not group.key, group.key)))


def _groups(entries: Iterable[Entry], key: Callable[[NewBuildSite], str]) -> tuple[Group, ...]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(key(entry.site), []).append(entry)
    return tuple(
        Group(
            name,
            len({entry.site.site_id for entry in own}),
            {
                series: total_of(entry for entry in own if entry.series == series)
                for series in SERIES
            },
        )
        for name, own in found.items()
    )
