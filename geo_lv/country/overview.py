"""From the parts of the municipalities to what the page of the country shows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from geo_lv.country.folder import CountrySettings
from geo_lv.country.parts import Figure, Part
from geo_lv.maps.country.view import REASONS, CountryGemeente, CountryIndicator, CountryView
from geo_lv.schema import Reason

SITES: Final = "gemeente"
"""Folder with the site of each municipality, of the name of its code."""
NOT_YET: Final = "nog niet gebouwd"
FAILED: Final = "bouwen is niet gelukt"
_BORDERS: Final = "Grenzen van de buurten: uit de gegevens van elke gemeente."


@dataclass(frozen=True)
class Unbuilt:
    """A municipality without a site."""

    gm_code: str
    name: str
    problem: str
    """Dutch: why."""
    buurten: Mapping[str, tuple[str, str]]
    """As those of a `Part`; none when its borders cannot be read."""


def country_view(
    settings: CountrySettings,
    parts: Sequence[Part],
    unbuilt: Sequence[Unbuilt],
    kept: Iterable[str],
) -> CountryView:
    """
    Put the municipalities together.

    Parameters
    ----------
    settings
        What the page is called, and which indicators it has.
    parts
        Of the municipalities that have a site.
    unbuilt
        The other municipalities.
    kept
        Names of municipalities of which an earlier site stands there, as a new one failed.

    Returns
    -------
    view
        Every buurt of both. Of each indicator the year that most municipalities have, the newest
        of those.
    """
    every: list[Part | Unbuilt] = [*parts, *unbuilt]
    both = sorted(every, key=lambda each: each.gm_code)
    buurten = sorted(
        (code, name, shape, place)
        for place, gemeente in enumerate(both)
        for code, (name, shape) in gemeente.buurten.items()
    )
    codes = tuple(code for code, *_ in buurten)
    return CountryView(
        title=settings.title,
        peildatum=max((part.peildatum for part in parts), default=""),
        gemeenten=tuple(map(_gemeente, both)),
        codes=codes,
        names=tuple(name for _, name, *_ in buurten),
        gemeente_of=np.array([place for *_, place in buurten], dtype=np.int64),
        geometry=np.asarray(shapely.from_wkb([shape for _, _, shape, _ in buurten]), dtype=object),
        indicators=tuple(_indicators(settings.indicators, parts, codes)),
        fictitious=any(each.fictitious for part in parts for each in part.figures.values()),
        sources=tuple(_sources(settings, kept)),
    )


def _gemeente(each: Part | Unbuilt) -> CountryGemeente:
    if isinstance(each, Unbuilt):
        return CountryGemeente(each.gm_code, each.name, "", each.problem)
    return CountryGemeente(each.gm_code, each.name, f"{SITES}/{each.gm_code}/index.html", "")


def _indicators(
    wanted: Iterable[str], parts: Sequence[Part], codes: tuple[str, ...]
) -> Iterable[CountryIndicator]:
    for name in wanted:
        having = [part.figures[name] for part in parts if name in part.figures]
        if having:
            yield _indicator(name, having, codes)


def _indicator(name: str, having: list[Figure], codes: tuple[str, ...]) -> CountryIndicator:
    year = _year(having)
    of_year = [figure for figure in having if year in figure.years]
    values = {code: value for figure in of_year for code, value in figure.years[year].items()}
    found = [values.get(code, Reason.MISSING.value) for code in codes]
    first = of_year[0]
    return CountryIndicator(
        id=name,
        label=first.label,
        unit=first.unit,
        decimals=first.decimals,
        year=year,
        source=first.source,
        values=np.array([np.nan if isinstance(each, str) else each for each in found]),
        reasons=np.array(
            [REASONS.index(Reason(each)) if isinstance(each, str) else -1 for each in found],
            dtype=np.int8,
        ),
    )


def _year(having: list[Figure]) -> str:
    """Return the year that most municipalities have; of several the newest."""
    times = Counter(
        year
        for figure in having
        for year, values in figure.years.items()
        if any(not isinstance(value, str) for value in values.values())
    )
    return max(times, key=lambda year: (times[year], year), default=max(having[0].years))


def _sources(settings: CountrySettings, kept: Iterable[str]) -> Iterable[str]:
    yield _BORDERS
    if settings.dwellings:
        yield f"Woningen: {settings.dwellings.title} ({settings.dwellings.source})."
    for name in sorted(kept):
        yield f"Van {name} staat hier de vorige versie: de nieuwe kon niet worden gebouwd."
