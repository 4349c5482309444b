"""From judged goals to the lines of the monitor, with the tallies per theme."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from geo_lv.agreements.points import Agreement, Monitored, Point, Theme
from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.model import Link
from geo_lv.maps.monitor.chart import path_chart
from geo_lv.maps.monitor.model import (
    STATE_ORDER,
    Board,
    Line,
    ProcessLine,
    Tally,
    ThemePart,
)
from geo_lv.maps.monitor.words import due_text, goal_text, path_text, reasons, value_text
from geo_lv.maps.text import CERTAINTY, dutch_date, enumeration, number, plural, sentence_case
from geo_lv.monitor.judge import DEVIATIONS, State
from geo_lv.monitor.rows import PointRow, ProcessRow
from geo_lv.monitor.series import Value
from geo_lv.remembered import remember
from geo_lv.schema import Confidence

EVERYBODY: Final = "alle partijen"
_UNTOLD: Final = "niet opgegeven"
_NO_GOAL: Final = "geen doel in een getal"
_FEW: Final[dict[State, tuple[str, str]]] = {
    "niet gehaald": ("is niet gehaald", "zijn niet gehaald"),
    "loopt achter": ("loopt achter", "lopen achter"),
    "op koers": ("is op koers", "zijn op koers"),
    "gehaald": ("is gehaald", "zijn gehaald"),
    "geen meting": ("is nog niet gemeten", "zijn nog niet gemeten"),
    "niet meetbaar": ("is niet meetbaar", "zijn niet meetbaar"),
}
_PAGES: Final = {
    "label_mean": Link("Energielabels", "thema/energielabels.html#weg-naar-de-doelen"),
    "efg_share": Link("Energielabels", "thema/energielabels.html#weg-naar-de-doelen"),
    "delivered": Link("Nieuwbouw", "thema/nieuwbouw.html#pijplijn"),
    "plan_capacity": Link("Nieuwbouw", "thema/nieuwbouw.html#pijplijn"),
}
"""Measures with a page that shows more."""
_HOMES: Final = "de lijst van woningen"
_MADE_FROM: Final = {
    "delivered": "de stand per locatie",
    "plan_capacity": "de stand per locatie",
    "renovated": "de stand per complex",
    "spread": "de opgave per wijk",
}
"""What a value was worked out from, where that is not the list of homes."""
SPREAD_PAGE: Final = "thema/spreiding.html"


def make_board(released: Released) -> Board:
    """
    Make the monitor of a released view.

    Parameters
    ----------
    released
        The released view.

    Returns
    -------
    board
        Every goal and process, by theme; deviations apart, the worst first. The pages and the
        downloads of a build share it.
    """
    return remember("board of a view", (released,), lambda: _board(released))


def _board(released: Released) -> Board:
    monitored, monitor = released.agreements.monitored, released.monitor
    lines = [_line(released, row) for row in monitor.points]
    processes = [_process(released, row) for row in monitor.processes]
    themes = tuple(
        ThemePart(
            id=f"thema-{theme.id.lower()}",
            title=f"{theme.id}. {theme.name}",
            lines=tuple(line for line in lines if line.theme == theme.id),
            processes=tuple(
                process
                for process, row in zip(processes, monitor.processes, strict=True)
                if row.agreement.theme == theme.id
            ),
            tally=_tally_of(theme, lines, monitor.processes),
        )
        for theme in monitored.themes
    )
    late = [line for line in lines if line.state in DEVIATIONS]
    return Board(
        themes=themes,
        deviations=tuple(sorted(late, key=lambda line: DEVIATIONS.index(line.state))),
        tallies=(*(theme.tally for theme in themes), tally("Samen", lines)),
        parties=monitored.parties,
        states=tuple(state for state in STATE_ORDER if any(line.state == state for line in lines)),
    )


def _tally_of(theme: Theme, lines: list[Line], processes: Iterable[ProcessRow]) -> Tally:
    """Return the states of a theme; one without goals says what it has instead."""
    found = tally(f"{theme.id}. {theme.name}", (line for line in lines if line.theme == theme.id))
    others = sum(row.agreement.theme == theme.id for row in processes)
    if found.total or not others:
        return found
    words = plural(others, "afspraak", "afspraken")
    return replace(found, sentence=f"Geen meetpunten, wel {words} om samen iets te doen.")


def line_id(row: PointRow) -> str:
    """Return where a link to a goal leads: its code, and what tells it from the next one."""
    name = row.goal.name if row.goal else ""
    return _slug(f"{row.point.code} {row.corporation} {name}")


def part_of(point: Point) -> str:
    """Return where the spread of a point stands on its page."""
    return _slug(f"spreiding {point.code}")


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def _line(released: Released, row: PointRow) -> Line:
    judgement, point, exact = row.judgement, row.point, released.edition == "intern"
    monitored, value = released.agreements.monitored, row.judgement.value
    rules = monitored.rules
    line = Line(
        id=line_id(row),
        code=_codes(row.agreement),
        subject=point.subject,
        owner=row.corporation or _owner(row.agreement),
        parties=_parties(row, monitored),
        theme=row.agreement.theme,
        goal=goal_text(row.goal, point) if row.goal else _NO_GOAL,
        value=value_text(value, point, exact=exact) if value else "",
        value_day=dutch_date(value.date) if value else "",
        value_when=_when(released, value, point) if value else "",
        path=path_text(judgement, point),
        state=judgement.state,
        remark="",
        due=due_text(judgement),
        late=judgement.late,
        fictitious=row.fictitious,
        explanation=(
            *reasons(row, rules.tolerance_percent if rules else 0.0),
            f"Bron van de afspraak: {facts.cite(released, row.agreement.source)}.",
        ),
        chart=path_chart(row, exact=exact),
        link=_more(released, point),
    )
    indicative = line.is_judged and judgement.indicative
    return replace(line, remark="indicatief") if indicative else line


def _more(released: Released, point: Point) -> Link | None:
    """Return the page that shows more of a point; the one about the spread is not always there."""
    if point.indicator:
        shown = (released.figures["indicator"] == point.indicator).any()
        words = "Spreiding over de wijken"
        return Link(words, f"{SPREAD_PAGE}#{part_of(point)}") if shown else None
    return _PAGES.get(point.computed or "")


def _codes(agreement: Agreement) -> str:
    return ", ".join((agreement.code, *agreement.also))


def _owner(agreement: Agreement) -> str:
    return enumeration(list(agreement.parties)) or EVERYBODY


def _parties(row: PointRow, monitored: Monitored) -> tuple[str, ...]:
    """Return who has to do with a goal: of the corporations only the one whose goal it is."""
    named = row.agreement.parties or monitored.parties
    owners = {goal.corporation for goal in monitored.goals} - {""}
    if not row.corporation:
        return named
    return tuple(party for party in named if party == row.corporation or party not in owners)


def _when(released: Released, value: Value, point: Point) -> str:
    """Return the date of a value, where it comes from, and who entered it."""
    day = dutch_date(value.date)
    source = facts.cite(released, value.source)
    if not value.entered_by:
        return f"{day}; berekend uit {_MADE_FROM.get(point.computed or '', _HOMES)}"
    sure = "" if value.confidence is Confidence.HIGH else f"; {CERTAINTY[value.confidence]}"
    return f"{day}; bron: {source}; ingevuld door {value.entered_by}{sure}"


def _process(released: Released, row: ProcessRow) -> ProcessLine:
    last, agreement = row.last, row.agreement
    when = ""
    if last:
        source = facts.cite(released, last.source)
        when = f"{dutch_date(last.date)}; bron: {source}; ingevuld door {last.entered_by}"
    return ProcessLine(
        id=_slug(agreement.code),
        code=_codes(agreement),
        subject=agreement.subject,
        owner=_owner(agreement),
        parties=agreement.parties or released.agreements.monitored.parties,
        state=last.state if last else _UNTOLD,
        when=when,
        fictitious=bool(last and last.fictitious),
        note=" ".join(text for text in (agreement.note, last.note if last else "") if text),
    )


def tally(name: str, lines: Iterable[Line]) -> Tally:
    """Return how many goals have each state."""
    own = list(lines)
    counts = Counter(line.state for line in own)
    made_up = sum(line.fictitious for line in own if line.is_judged)
    found = [(state, counts[state]) for state in STATE_ORDER if counts[state]]
    return Tally(
        name=name,
        counts=tuple((state, many, round(100 * many / len(own), 3)) for state, many in found),
        total=len(own),
        fictitious=made_up,
        sentence=_sentence(found, made_up),
    )


def _sentence(found: Sequence[tuple[State, int]], made_up: int) -> str:
    if not found:
        return "Geen meetpunten."
    parts = [f"{number(many)} {_FEW[state][many > 1]}" for state, many in found]
    told = sentence_case(enumeration(parts))
    rest = f" Bij {made_up} is de waarde verzonnen." if made_up else ""
    return f"{told}.{rest}"
