"""From agreement to delivery: the part of a page about new homes, year by year."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.map_model import Cell
from geo_lv.maps.model import ProgressChart, ProgressLine, Section, Table
from geo_lv.maps.nothing import NO_PROGRAMME
from geo_lv.maps.progress_words import (
    NO_GOAL,
    SERIES_WORDS,
    UNKNOWN,
    UNKNOWN_PLACE,
    counting_words,
    goal_sentences,
    known_words,
    site_names,
    span,
    step_text,
    total_cell,
)
from geo_lv.maps.text import CERTAINTY, number
from geo_lv.new_build import SERIES, Group, Outlook, Series, Task, Total, capacity, outlook

PART: Final = "pijplijn"
_TITLE: Final = "Van afspraak naar oplevering"
_DONE: Final[frozenset[Series]] = frozenset({"started", "delivered"})
"""Series of what has happened: they end with this year."""


def progress_section(released: Released, today: int, task: Task | None) -> Section:
    """
    Return what was agreed beside what is planned, started and delivered.

    Parameters
    ----------
    released
        The released view.
    today
        The year of the page.
    task
        How many homes are asked for; None leaves out the goal.

    Returns
    -------
    section
        A chart, the same numbers in tables, and what is known of each site.
    """
    view = outlook(released.agreements.sites, released.agreements.progress, today)
    if not view.years:
        return Section("progress", PART, _TITLE, (NO_PROGRAMME, *([] if task else [NO_GOAL])))
    reached = capacity((*view.entries, *view.later), task) if task else None
    rows = released.agreements.progress
    return Section(
        "progress",
        PART,
        _TITLE,
        intro=(
            *goal_sentences(released, task, reached, view.years[0]),
            counting_words(view),
            *known_words(released, view, today),
        ),
        progress=_chart(view, today, task),
        tables=(
            _years_table(view, today),
            _groups_table("corporatie", view, view.corporations, {}),
            _groups_table("wijk", view, view.wijken, _wijk_names(released)),
            *((_facts_table(released),) if rows else ()),
        ),
    )


def ends(view: Outlook, series: Series, today: int) -> int:
    """Return the last year of a series: nobody knows what will have happened later."""
    if series not in _DONE:
        return view.years[-1]
    known = [entry.year for entry in view.entries if entry.series == series]
    return max([today, *known])


def _chart(view: Outlook, today: int, task: Task | None) -> ProgressChart:
    return ProgressChart(
        years=view.years,
        lines=tuple(_line(view, series, today) for series in SERIES),
        goal=task.homes if task else None,
        indicative=tuple(sorted(_indicative(view).items())),
    )


def _indicative(view: Outlook) -> Counter[int]:
    """Return per year the highest known number of what is only indicative."""
    homes = Counter[int]()
    for row in view.indicative:
        if row.year is not None:
            homes[row.year] += row.homes_low if row.homes_high is None else row.homes_high
    return homes


def _line(view: Outlook, series: Series, today: int) -> ProgressLine:
    last = ends(view, series, today)
    return ProgressLine(
        series,
        SERIES_WORDS[series],
        tuple(
            (year, total.low, total.known_high, bool(total.open_sites))
            for year, total in zip(view.years, view.by_year[series], strict=True)
            if series not in _DONE or (total.sites and year <= last)
        ),
    )


def _years_table(view: Outlook, today: int) -> Table:
    return Table(
        id="voortgang-per-jaar",
        caption="Sociale huurwoningen tot en met elk jaar, opgeteld",
        columns=("Tot en met", *(SERIES_WORDS[series] for series in SERIES)),
        rows=tuple(
            (str(year), *(_year_cell(view, series, place, today) for series in SERIES))
            for place, year in enumerate(view.years)
        ),
        numeric=(False, *(True for _ in SERIES)),
        sortable=False,
    )


def _year_cell(view: Outlook, series: Series, place: int, today: int) -> Cell:
    if view.years[place] > ends(view, series, today):
        return Cell("–")
    return total_cell(view.by_year[series][place], series)


def _groups_table(
    kind: str, view: Outlook, groups: tuple[Group, ...], names: Mapping[str, str]
) -> Table:
    whole = {series: view.by_year[series][-1] for series in SERIES}
    return Table(
        id=f"voortgang-per-{kind}",
        caption=f"Sociale huurwoningen tot en met {view.years[-1]}, per {kind}",
        columns=(
            kind.capitalize(),
            "Locaties",
            *(SERIES_WORDS[series] for series in SERIES),
        ),
        rows=tuple(
            _totals(names.get(group.key, group.key), group.sites, group.totals) for group in groups
        ),
        numeric=(False, True, *(True for _ in SERIES)),
        sortable=False,
        footers=(_totals("Samen", sum(group.sites for group in groups), whole),),
    )


def _totals(name: str, sites: int, totals: Mapping[Series, Total]) -> tuple[Cell | str, ...]:
    return (name, number(sites), *(total_cell(totals[series], series) for series in SERIES))


def _wijk_names(released: Released) -> dict[str, str]:
    names = released.areas.wijken["wk_name"].items()
    return {"": UNKNOWN_PLACE} | {str(code): str(name) for code, name in names}


def _facts_table(released: Released) -> Table:
    names = site_names(released)
    return Table(
        id="voortgang-per-locatie",
        caption="Wat er sinds de afspraak bekend is, per locatie",
        columns=("Locatie", "Stap", "Jaar", "Sociale huur", "Zekerheid", "Bron", "Opmerking"),
        rows=tuple(
            (
                names[row.site_id],
                step_text(row),
                str(row.year) if row.year else UNKNOWN,
                span(row.homes_low, row.homes_high),
                CERTAINTY[row.confidence],
                facts.cite(released, row.source),
                row.note,
            )
            for row in released.agreements.progress
        ),
        numeric=(False, False, True, True, False, False, False),
    )
