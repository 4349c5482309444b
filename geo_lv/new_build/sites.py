"""What is agreed and what is known of one site."""

from collections.abc import Iterable

from geo_lv.agreements import NewBuildSite, SiteProgress
from geo_lv.agreements.schemas import STEPS, Step
from geo_lv.new_build.bands import Band

Facts = dict[Step, SiteProgress]
"""What is known of a site, by step; nothing that is only indicative."""


def facts_of(site: NewBuildSite, progress: Iterable[SiteProgress]) -> Facts:
    """Return what is known of a site, in the order of the steps."""
    own = {row.step: row for row in progress if row.site_id == site.site_id}
    return {step: own[step] for step in STEPS if step in own and own[step].confidence.is_fact}


def band_of(row: SiteProgress) -> Band:
    """Return the homes of a step."""
    return Band(row.homes_low, row.homes_high)


def programme_band(site: NewBuildSite, progress: Iterable[SiteProgress]) -> Band:
    """
    Return the social rent homes that were agreed for a site.

    Parameters
    ----------
    site
        The site; only its programme counts, not its status.
    progress
        What is known since, of any site.

    Returns
    -------
    band
        A number is itself. ``Nnb`` and a percentage are anything from none to the highest number of
        the furthest step that is known; without such a number they have no upper limit. A number
        that is derived from a percentage is no fact, and gives no limit.
    """
    if site.programme.homes is not None:
        return Band(site.programme.homes, site.programme.homes)
    facts = facts_of(site, progress)
    return Band(0, _furthest(facts).homes_high if facts else None)


def status_band(site: NewBuildSite, progress: Iterable[SiteProgress]) -> Band:
    """
    Return the social rent homes that a site is about now.

    Parameters
    ----------
    site
        The site.
    progress
        What is known since the programme, of any site.

    Returns
    -------
    band
        That of the furthest step that is known, as what was built counts more than what was
        planned; of a site of which nothing is known, the programme.
    """
    progress = tuple(progress)
    facts = facts_of(site, progress)
    return band_of(_furthest(facts)) if facts else programme_band(site, progress)


def _furthest(facts: Facts) -> SiteProgress:
    return list(facts.values())[-1]
