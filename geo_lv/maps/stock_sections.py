"""The stock of corporations beside the agreements, and their complexes: only for the parties."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from geo_lv.editions import Released
from geo_lv.internal import COMPLEXES, STOCK
from geo_lv.maps.internal_files import FIGURES, METHODS, PACE, SENIORS, senior_rule
from geo_lv.maps.map_model import Cell
from geo_lv.maps.model import Section, Table
from geo_lv.maps.text import number, percentage
from geo_lv.properties import NO_LABEL, POOR_LABELS, label_of
from geo_lv.schema import Reason
from geo_lv.stock import overview
from geo_lv.stock.complexes import SENIOR_AGE, SENIOR_SHARE

_Row = Mapping[Any, Any]

_UNKNOWN: Final = "–"
_PERCENTAGES: Final = frozenset(
    {overview.POOR_SHARE, overview.AFFORDABLE_SMALL, overview.AFFORDABLE_LARGE}
)
_EARLIER: Final = (
    "Het tempo tot nu toe is het aantal woningen per jaar dat een beter label kreeg sinds de "
    "vorige lijst. Zonder vorige lijst is het niet bekend."
)


def stock_sections(released: Released) -> tuple[Section, ...]:
    """
    Return the stock beside its targets, and the complexes.

    Parameters
    ----------
    released
        The released view.

    Returns
    -------
    sections
        None in the public edition, which has no such tables.
    """
    if not released.tables:
        return ()
    marked = released.fictitious_dwellings
    return (
        Section(
            "figures",
            "voorraad",
            "De voorraad naast de afspraken",
            intro=("Het gaat om alle woningen van een corporatie.", PACE, _EARLIER),
            tables=(_stock_table(released),),
            fictitious=marked,
        ),
        Section(
            "figures",
            "complexen",
            "Complexen en renovaties",
            intro=(SENIORS, "Over een complex van één woning staat hier niets."),
            # the renovations are from the agreements, whatever the homes are
            tables=(_complex_table(released), _renovation_table(released)),
        ),
    )


def _stock_table(released: Released) -> Table:
    return Table(
        id="voorraad-doelen",
        caption="Voorraad per corporatie, met de doelen en het tempo daarheen",
        columns=(
            "Corporatie",
            "Cijfer",
            "Nu",
            "Doel",
            "Woningen zonder dit gegeven",
            "Nog te verbeteren woningen",
            "Nodig per jaar",
            "Tot nu toe per jaar",
        ),
        rows=tuple(_stock_row(row) for row in released.tables[STOCK].to_dict("records")),
        numeric=(False, False, False, False, True, True, True, True),
        sortable=False,
    )


def _stock_row(row: _Row) -> tuple[Cell | str, ...]:
    figure = row["figure"]
    note = " ".join(text for text in (row["note"], METHODS.get(figure, "")) if text)
    shown = _shown(figure, row["value"])
    missing = None if shown else Reason.MISSING
    return (
        row["corporation"],
        FIGURES[figure][0],
        Cell(shown, reason=missing, note=note),
        _target(row),
        number(row["unknown"]),
        _rounded(row["homes_to_improve"]),
        # upwards: with half a home less a year the target is not reached
        _rounded(math.ceil(row["pace_asked"]) if row["pace_asked"] >= 0 else math.nan),
        _rounded(row["pace_so_far"]),
    )


def _shown(figure: str, value: float) -> str:
    if math.isnan(value):
        return ""
    if figure in _PERCENTAGES:
        return percentage(value)
    if figure == overview.MEAN_LABEL:
        return f"{label_of(value)} (rangnummer {number(value, 2)})"
    return f"{number(value)} {FIGURES[figure][1]}"


def _target(row: _Row) -> str:
    goal = f"{row['target']}%" if row["figure"] in _PERCENTAGES else str(row["target"])
    if not row["target"]:
        return _UNKNOWN
    return f"{goal} in {row['target_year']}" if row["target_year"] else goal


def _rounded(value: float) -> str:
    return _UNKNOWN if math.isnan(value) else number(value)


def _complex_table(released: Released) -> Table:
    complexes = released.tables[COMPLEXES]
    named = complexes[complexes["homes"].notna()]
    return Table(
        id="complexen-lijst",
        caption="Complexen",
        columns=(
            "Complex",
            "Corporatie",
            "Woningen",
            "Gemiddeld label",
            "Label E, F of G",
            "Zonder label",
            "Gemiddelde EP2 (kWh/m² per jaar)",
            "Bouwjaar",
            f"Leeftijdslabel {SENIOR_AGE}+ (%)",
            f"{SENIOR_SHARE}% of meer",
            "Zonnepanelen (%)",
            "Aardgasvrij (%)",
        ),
        rows=tuple(_complex_row(row) for row in named.to_dict("records")),
        numeric=(False, False, True, False, True, True, True, False, True, False, True, True),
        fictitious=released.fictitious_dwellings,
    )


def _complex_row(row: _Row) -> tuple[str, ...]:
    mean = row["mean_label"]
    return (
        row["complex_id"] or "zonder complexnummer",
        row["corporation"],
        number(row["homes"]),
        _UNKNOWN if math.isnan(mean) else label_of(mean),
        _rounded(sum(row[label] for label in POOR_LABELS)),
        _rounded(row[NO_LABEL]),
        _rounded(row["ep2_mean"]),
        _built(row["first_build_year"], row["last_build_year"]),
        _rounded(row["senior_share"]),
        senior_rule(row["senior_share"]) or _UNKNOWN,
        _rounded(row["solar_share"]),
        _rounded(row["gas_free_share"]),
    )


def _built(first: float, last: float) -> str:
    if math.isnan(first):
        return _UNKNOWN
    return f"{first:.0f}" if first == last else f"{first:.0f}–{last:.0f}"


def _renovation_table(released: Released) -> Table:
    complexes = released.tables[COMPLEXES]
    planned = complexes[complexes["renovation_homes"].notna()]
    return Table(
        id="renovaties",
        caption="Renovaties uit de afspraken",
        columns=("Renovatie", "Corporatie", "Woningen", "Jaren", "Doel", "Stand"),
        rows=tuple(_renovation_rows(planned.to_dict("records"))),
        numeric=(False, False, True, False, False, False),
        sortable=False,
    )


def _renovation_rows(planned: list[dict[Any, Any]]) -> Iterator[tuple[Cell | str, ...]]:
    for row in planned:
        yield (
            row["renovation"] or "niet genoemd",
            row["corporation"] or "niet bekend",
            number(row["renovation_homes"]),
            _built(row["renovation_start"], row["renovation_end"]),
            f"ten minste {row['renovation_target']}",
            Cell(row["renovation_state"], note=row["renovation_note"]),
        )
