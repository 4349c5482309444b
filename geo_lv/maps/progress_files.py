"""The download of new homes year by year: the numbers of the chart."""

from collections.abc import Iterator, Mapping
from typing import Final

from geo_lv.editions import Released
from geo_lv.maps.downloads import csv_file, safe_text
from geo_lv.maps.progress_sections import ends
from geo_lv.maps.progress_words import SERIES_WORDS, sources_of
from geo_lv.new_build import SERIES, Outlook, Series, outlook

FILE: Final = "data/nieuwbouw_voortgang.csv"
_HEADER: Final = "jaar;reeks;laag;hoog;hoog_voor_zover_bekend;zonder_bovengrens;bron"


def progress_downloads(released: Released, today: int) -> Mapping[str, bytes]:
    """
    Make the download of new homes.

    Parameters
    ----------
    released
        The released view.
    today
        The year of the site.

    Returns
    -------
    files
        Path from the site root to content, as `geo_lv.maps.downloads` has it. A series has rows for
        the years in which it is known; ``hoog`` is empty when a site has no upper limit.
    """
    view = outlook(released.agreements.sites, released.agreements.progress, today)
    return {FILE: csv_file(_HEADER, _rows(released, view, today))}


def _rows(released: Released, view: Outlook, today: int) -> Iterator[tuple[str | int, ...]]:
    for series in SERIES:
        source = safe_text(_source(released, view, series))
        for year, total in zip(view.years, view.by_year[series], strict=True):
            unknown = series in {"started", "delivered"} and not total.sites
            if unknown or year > ends(view, series, today):
                continue
            yield (
                year,
                SERIES_WORDS[series].lower(),
                total.low,
                "" if total.high is None else total.high,
                total.known_high,
                safe_text(", ".join(total.open_sites)),
                source,
            )


def _source(released: Released, view: Outlook, series: Series) -> str:
    """Return where a series comes from: the programme, and what is known since."""
    own = {entry.site.site_id for entry in view.entries if entry.series == series}
    agreed = [site.source for site in released.agreements.sites if site.site_id in own]
    since = [
        row.source
        for row in released.agreements.progress
        if row.site_id in own and row.confidence.is_fact
    ]
    return sources_of(released, since if series in {"started", "delivered"} else agreed + since)
