"""The monitor as CSV: every goal with its state, and every measurement."""

import math
from collections.abc import Iterator, Mapping
from typing import Final

from geo_lv.agreements.points import LABEL_UNIT, Goal, Point
from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.cells import plain_value
from geo_lv.maps.downloads import FICTITIOUS, csv_file, safe_text
from geo_lv.maps.monitor.lines import line_id, make_board
from geo_lv.maps.monitor.model import Board, Line, ProcessLine, ThemePart
from geo_lv.maps.text import CERTAINTY
from geo_lv.monitor.rows import PointRow
from geo_lv.monitor.series import Value
from geo_lv.properties import label_of

_YES: Final = "ja"
_BOUNDS: Final = {"at_least": "ten minste", "at_most": "ten hoogste"}


def monitor_files(released: Released) -> Mapping[str, bytes]:
    """
    Make the downloads of the monitor.

    Parameters
    ----------
    released
        The released view.

    Returns
    -------
    files
        Path from the site root to content, as `geo_lv.maps.downloads` makes it.
    """
    board = make_board(released)
    return {
        "data/monitor.csv": _monitor_csv(released, board),
        "data/metingen.csv": _values_csv(released),
    }


def _monitor_csv(released: Released, board: Board) -> bytes:
    header = (
        "regel;soort;code;deel;onderwerp;van_wie;afspraak;grens;doel;doel_tot;eenheid;"
        "geldt_vanaf;geldt_tot_en_met;waarde;waarde_tot;label;datum;herkomst;had_moeten_zijn;"
        "stand;zekerheid;volgende_meting;te_laat;fictief;uitleg"
    )
    lines = {line.id: line for line in board.lines}
    goals = (_goal_row(row, lines[line_id(row)]) for row in released.monitor.points)
    processes = (_process_row(theme, line) for theme in board.themes for line in theme.processes)
    return csv_file(header, (*goals, *processes))


def _goal_row(row: PointRow, line: Line) -> tuple[str, ...]:
    judgement = row.judgement
    return (
        line.id,
        "doel",
        safe_text(line.code),
        line.theme,
        safe_text(line.subject),
        safe_text(line.owner),
        safe_text(line.goal),
        *_goal_cells(row.goal),
        safe_text(row.point.unit),
        str(judgement.since or ""),
        str(judgement.until or ""),
        *_value_cells(judgement.value, row.point),
        line.value_day,
        safe_text(line.value_when),
        plain_value(_path_value(row)),
        line.state,
        line.remark,
        str(judgement.next_date or ""),
        _YES if line.late else "",
        FICTITIOUS if line.fictitious else "",
        safe_text(" ".join(line.explanation)),
    )


def _goal_cells(goal: Goal | None) -> tuple[str, str, str]:
    if goal is None:
        return "", "", ""
    wanted = goal.value if isinstance(goal.value, str) else plain_value(goal.number)
    return _BOUNDS[goal.bound], wanted, "" if goal.up_to is None else plain_value(goal.up_to)


def _path_value(row: PointRow) -> float:
    """Return what a value should have been; a mean label has no number that a reader knows."""
    return math.nan if row.point.unit == LABEL_UNIT else row.judgement.on_path


def _value_cells(value: Value | None, point: Point) -> tuple[str, str, str]:
    """Return a value as two numbers, and as a label; all empty when there is none to show."""
    if value is None or value.secret:
        return "", "", ""
    low, high = value.value
    label = label_of(low) if point.unit == LABEL_UNIT else ""
    return plain_value(low), "" if math.isinf(high) else plain_value(high), label


def _process_row(theme: ThemePart, line: ProcessLine) -> tuple[str, ...]:
    told = line.state if line.when else ""
    part = theme.id.removeprefix("thema-").upper()
    known = (line.id, "proces", safe_text(line.code), part, safe_text(line.subject))
    empty = ("",) * 10
    return (
        *known,
        safe_text(line.owner),
        *empty,
        "",
        safe_text(line.when),
        "",
        told,
        "",
        "",
        "",
        FICTITIOUS if line.fictitious else "",
        safe_text(line.note),
    )


def _values_csv(released: Released) -> bytes:
    header = (
        "meetpunt;onderwerp;corporatie;datum;waarde;waarde_tot;label;eenheid;herkomst;bron;"
        "ingevuld_door;zekerheid;eerder_ingevuld;fictief;toelichting"
    )
    return csv_file(header, _value_rows(released))


def _value_rows(released: Released) -> Iterator[tuple[str, ...]]:
    told: set[tuple[str, str]] = set()
    for row in released.monitor.points:
        key = (row.point.code, row.corporation)
        if key not in told:  # goals of one point share its values
            yield from (_value_row(released, row, value) for value in row.series)
        told.add(key)


def _value_row(released: Released, row: PointRow, value: Value) -> tuple[str, ...]:
    before = () if value.secret else value.corrected
    return (
        row.point.code,
        safe_text(row.point.subject),
        safe_text(row.corporation),
        value.date,
        *_value_cells(value, row.point),
        safe_text(row.point.unit),
        "ingevuld" if value.entered_by else "berekend",
        safe_text(facts.cite(released, value.source)),
        safe_text(value.entered_by),
        _certainty(value),
        ", ".join(plain_value(each.low) for each in before),
        FICTITIOUS if value.fictitious else "",
        safe_text(value.note),
    )


def _certainty(value: Value) -> str:
    if value.entered_by:
        return CERTAINTY[value.confidence]
    return "verzonnen voorbeeld" if value.fictitious else "berekend"
