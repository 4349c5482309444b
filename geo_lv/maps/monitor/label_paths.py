"""Energy labels on their way to the goals, per corporation, and where the rest of the work lies."""

import math
from collections.abc import Iterator
from typing import Final

from geo_lv.editions import Released
from geo_lv.internal import STOCK
from geo_lv.maps.map_model import Cell
from geo_lv.maps.model import Section, Table
from geo_lv.maps.monitor.chart import path_chart
from geo_lv.maps.monitor.lines import line_id
from geo_lv.maps.monitor.words import goal_text, value_text
from geo_lv.maps.nothing import NO_HOMES
from geo_lv.maps.text import dutch_date, number, percentage
from geo_lv.monitor.rows import PointRow
from geo_lv.properties import POOR_LABELS
from geo_lv.schema import Reason
from geo_lv.stock import overview

_FIGURES: Final[dict[str | None, str]] = {
    "label_mean": overview.MEAN_LABEL,
    "efg_share": overview.POOR_SHARE,
}
_NONE: Final = "–"
_INSIDE: Final = "in de interne editie"


def label_paths_section(released: Released) -> Section:
    """
    Return the mean label and the share of E, F and G through the years, beside their goals.

    Parameters
    ----------
    released
        The released view.

    Returns
    -------
    section
        A chart and a row per goal, and the plan areas with the most homes that are still to do.
    """
    rows = [row for row in released.monitor.points if row.point.computed in _FIGURES and row.goal]
    exact = released.edition == "intern"
    charts = ((_title(row), path_chart(row, exact=exact)) for row in rows)
    tables = (_paths_table(released, rows),) if rows else ()
    nothing = () if rows else ("Er is geen doel voor energielabels bekend.",)
    return Section(
        "monitor",
        "weg-naar-de-doelen",
        "De weg naar de doelen",
        intro=(
            *nothing,
            *((NO_HOMES,) if not released.has_dwellings else ()),
            "Elke lijst van woningen geeft één meting. Een eerdere lijst laat de weg zien.",
        ),
        paths=tuple((title, chart) for title, chart in charts if chart),
        tables=(*tables, *((_rest_table(released),) if released.has_dwellings else ())),
        fictitious=released.fictitious_dwellings,
    )


def _title(row: PointRow) -> str:
    goal = goal_text(row.goal, row.point) if row.goal else ""
    return f"{row.corporation}: {row.point.subject}, {goal}"


def _paths_table(released: Released, rows: list[PointRow]) -> Table:
    days = sorted({(value.end, value.date) for row in rows for value in row.series})
    return Table(
        id="label-paden",
        caption="Gemeten waarden naast het doel",
        columns=(
            "Corporatie",
            "Cijfer",
            *(dutch_date(date) for _, date in days),
            "Doel",
            "Stand",
            "Nodig per jaar",
        ),
        rows=tuple(
            (
                row.corporation,
                row.point.subject,
                *(_value_on(released, row, date) for _, date in days),
                goal_text(row.goal, row.point) if row.goal else _NONE,
                _state(row),
                _pace(released, row),
            )
            for row in rows
        ),
        numeric=(False,) * (len(days) + 5),
        sortable=False,
        row_ids=tuple(f"pad-{line_id(row)}" for row in rows),
    )


def _state(row: PointRow) -> str:
    """Return the state of a goal, with the mark of a value that is made up."""
    return f"{row.judgement.state} (fictief)" if row.fictitious else row.judgement.state


def _value_on(released: Released, row: PointRow, date: str) -> Cell | str:
    value = next((each for each in row.series if each.date == date), None)
    if value is None:
        return Cell("", reason=Reason.MISSING)
    if value.secret:
        return Cell("", reason=Reason.SUPPRESSED)
    return value_text(value, row.point, exact=released.edition == "intern")


def _pace(released: Released, row: PointRow) -> str:
    """Return what has to change in a year: homes where those may be told, else percent."""
    goal, value, years = row.goal, row.judgement.value, row.judgement.years_left
    if goal is None or value is None or row.judgement.state == "gehaald":
        return _NONE
    if released.tables:
        return _homes_a_year(released, row)
    if row.point.computed == "label_mean":
        return _INSIDE
    if value.secret or not years > 0:
        return _NONE
    points = abs(goal.number - value.value.low) / years
    return f"{number(points, 1)} procentpunt"


def _homes_a_year(released: Released, row: PointRow) -> str:
    stock = released.tables[STOCK]
    wanted = row.goal.value if row.goal and isinstance(row.goal.value, str) else None
    own = stock[
        (stock["corporation"] == row.corporation)
        & (stock["figure"] == _FIGURES[row.point.computed])
        & (stock["target_year"] == str(row.judgement.until.year if row.judgement.until else ""))
    ]
    own = own[own["target"] == wanted] if wanted else own
    pace = float(own["pace_asked"].iloc[0]) if len(own) else math.nan
    return _NONE if math.isnan(pace) else f"{number(math.ceil(pace))} woningen"


def _rest_table(released: Released) -> Table:
    """Return how many homes with the worst labels each plan area has, the most first."""
    gm_code = released.areas.gm_code
    counts = {plan.slug: _poor(released, plan.slug) for plan in released.municipality.plan_areas}
    total = _poor(released, gm_code)
    names = {plan.slug: plan.name for plan in released.municipality.plan_areas}
    order = sorted(counts, key=lambda slug: -1 if counts[slug] is None else counts[slug] or 0)
    return Table(
        id="label-opgave",
        caption="Waar de woningen met label E, F of G liggen",
        columns=("Plangebied", "Woningen met label E, F of G", "Deel van de gemeente"),
        rows=tuple((names[slug], *_rest_cells(counts[slug], total)) for slug in reversed(order)),
        numeric=(False, True, True),
        sortable=False,
        footers=((released.municipality.name, *_rest_cells(total, total)),),
        fictitious=released.fictitious_dwellings,
    )


def _rest_cells(count: int | None, total: int | None) -> Iterator[Cell | str]:
    yield Cell("", reason=Reason.SUPPRESSED) if count is None else number(count)
    yield _NONE if count is None or not total else percentage(100 * count / total)


def _poor(released: Released, area: str) -> int | None:
    """Return the homes with the worst labels in an area; None where a part of them is secret."""
    bars = [bar for bar in released.labels if bar.area == area]
    if any(not bar.groups for bar in bars):
        return None
    return sum(homes for bar in bars for label, homes in bar.groups if label in POOR_LABELS)
