"""New homes in plain Dutch: bands, steps, and what is to be known of the totals."""

from collections.abc import Iterable
from typing import Final

from geo_lv.agreements import NewBuildSite, SiteProgress
from geo_lv.agreements.schemas import Step
from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.map_model import Cell
from geo_lv.maps.text import enumeration, number, percentage, plural
from geo_lv.new_build import Capacity, Outlook, Series, Task, Total
from geo_lv.new_build.sites import facts_of

SERIES_WORDS: Final[dict[Series, str]] = {
    "programme": "Afgesproken",
    "planned": "Nu bekend",
    "started": "Begonnen",
    "delivered": "Opgeleverd",
}
STEP_WORDS: Final[dict[Step, str]] = {
    "gepland": "oplevering gepland",
    "gestart": "bouw begonnen",
    "opgeleverd": "opgeleverd",
}
UNKNOWN: Final = "niet bekend"
UNKNOWN_PLACE: Final = "locatie onbekend"
NO_GOAL: Final = "Er is geen doel bekend."
_BEGUN: Final = (
    "Een begin telt mee vanaf het jaar waarin de bouw begon, en dus eerder dan de oplevering. "
)
_HOMES: Final = ("sociale huurwoning", "sociale huurwoningen")


def span(low: int, high: int | None) -> str:
    """Return numbers from the lowest to the highest: ``8``, ``10 tot 15``, ``10 of meer``."""
    if high is None:
        return f"{number(low)} of meer"
    return number(low) if low == high else f"{number(low)} tot {number(high)}"


def total_text(total: Total) -> str:
    """Return a total: ``482 tot 487``, with ``of meer`` if a site has no upper limit."""
    known = span(total.low, total.known_high)
    return f"{known} of meer" if total.open_sites else known


def total_cell(total: Total, series: Series) -> Cell:
    """Return a total with a note on what has no upper limit; unknown if nothing is known."""
    if series in {"started", "delivered"} and not total.sites:
        return Cell(UNKNOWN)
    return Cell(total_text(total), note=open_note(total))


def open_note(total: Total) -> str:
    """Return which sites have no upper limit; empty if all have."""
    if not total.open_sites:
        return ""
    return (
        f"Van {enumeration(list(total.open_sites))} is geen bovengrens bekend. "
        "Het kunnen er dus meer worden."
    )


def site_names(released: Released) -> dict[str, str]:
    """Return the name of each site by its id."""
    return {site.site_id: site.site for site in released.agreements.sites}


def counting_words(view: Outlook) -> str:
    """Return how a reader must understand the totals."""
    return (
        f"De grafiek telt sociale huurwoningen op van {view.years[0]} tot en met {view.years[-1]}. "
        "De afspraak en wat er nu bekend is, staan apart. Een locatie telt mee vanaf het jaar "
        "waarin de oplevering gepland is of was. Is dat jaar niet bekend, dan telt zij pas mee in "
        f"het laatste jaar van het programma. {_BEGUN if _any(view, 'started') else ''}Tussen het "
        "laagste en het hoogste aantal is de grafiek gevuld."
    )


def known_words(released: Released, view: Outlook, today: int) -> tuple[str, ...]:
    """Return what is not known, late, or not in the totals, as one paragraph if anything."""
    found = (
        open_note(view.by_year["planned"][-1]),
        _not_known(view),
        _late(released, today),
        _after(view),
        _indicative(released, view),
    )
    words = " ".join(filter(None, found))
    return (words,) if words else ()


def _not_known(view: Outlook) -> str:
    unknown = [word for series, word in _ACTS if not _any(view, series)]
    if not unknown:
        return ""
    return (
        f"Van geen enkele locatie is zeker dat er is {' of '.join(unknown)}. Dat is onbekend, en "
        "dus geen nul."
    )


def _late(released: Released, today: int) -> str:
    late = [site.site for site in released.agreements.sites if _is_late(released, site, today)]
    if not late:
        return ""
    return (
        f"De geplande oplevering is voorbij bij {enumeration(late)}. Of er is opgeleverd, is "
        "onbekend."
    )


def _after(view: Outlook) -> str:
    after = [entry.site.site for entry in view.later if entry.series == "planned"]
    if not after:
        return ""
    return f"Pas na {view.years[-1]} gepland, en niet meegeteld: {enumeration(after)}."


def _indicative(released: Released, view: Outlook) -> str:
    names = site_names(released)
    doubtful = list(dict.fromkeys(names[row.site_id] for row in view.indicative))
    if not doubtful:
        return ""
    return (
        f"Voor {enumeration(doubtful)} is er een indicatief aantal. Dat telt niet mee; het staat "
        "wel in de laatste tabel."
    )


_ACTS: Final[tuple[tuple[Series, str], ...]] = (
    ("started", "begonnen met bouwen"),
    ("delivered", "opgeleverd"),
)


def _any(view: Outlook, series: Series) -> bool:
    return any(entry.series == series for entry in (*view.entries, *view.later))


def _is_late(released: Released, site: NewBuildSite, today: int) -> bool:
    known = facts_of(site, released.agreements.progress)
    planned = known.get("gepland")
    return (
        planned is not None
        and planned.year is not None
        and planned.year < today
        and "opgeleverd" not in known
    )


def goal_sentences(
    released: Released, task: Task | None, reached: Capacity | None, first_year: int
) -> list[str]:
    """Return the goal and how far the plans go; that there is none if so."""
    if task is None or reached is None:
        return [NO_GOAL]
    source = facts.cite(released, task.source)
    low, high = percentage(reached.low), percentage(reached.known_high)
    share = low if low == high else f"{low} tot {high}"
    more = " of meer" if reached.total.open_sites else ""
    return [
        (
            f"Het doel is {plural(task.homes, *_HOMES)} erbij tot en met {task.last_year}"
            f"{f' (bron: {source})' if source else ''}. Sloop en verkoop zijn hier niet "
            f"afgetrokken.{_before(task, first_year)}"
        ),
        (
            f"De plannen die nu bekend zijn, gaan over {total_text(reached.total)} sociale "
            f"huurwoningen. Dat is {share}{more} van het doel. Het streven is plannen voor "
            f"{percentage(task.capacity_percent)} van het doel. {_verdict(task, reached)}"
        ),
    ]


def _before(task: Task, first_year: int) -> str:
    """Return that the goal counts years of which the sites here say nothing."""
    if task.first_year >= first_year:
        return ""
    return (
        f" Het doel telt vanaf {task.first_year}. Wat er voor {first_year} is gebouwd, staat niet "
        "in dit programma en telt hier niet mee."
    )


def _verdict(task: Task, reached: Capacity) -> str:
    if reached.low >= task.capacity_percent:
        return "Dat is gehaald."
    if reached.high is not None and reached.high < task.capacity_percent:
        return "Dat is niet gehaald."
    return "Of dat is gehaald, is niet te zeggen."


def step_text(row: SiteProgress) -> str:
    """Return the step of a site in words."""
    return STEP_WORDS[row.step]


def sources_of(released: Released, keys: Iterable[str]) -> str:
    """Return the sources of several facts, each once."""
    return facts.cite(released, " ".join(dict.fromkeys(" ".join(keys).split())))
