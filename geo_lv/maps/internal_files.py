"""The downloads of the internal edition only: stock, mean labels, complexes, homes not placed."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from geo_lv.editions import Released
from geo_lv.internal import COMPLEXES, MEAN_LABELS, SECRETS, STOCK, UNPLACED
from geo_lv.maps.account import LEVELS, OUTCOMES, REASONS, SECRETS_FILE, TOGETHER
from geo_lv.maps.cells import plain_value
from geo_lv.maps.downloads import FICTITIOUS, area_names, csv_file, safe_text
from geo_lv.maps.text import CERTAINTY
from geo_lv.properties import LABELS, NO_LABEL, label_of
from geo_lv.schema import Confidence
from geo_lv.stock import overview
from geo_lv.stock.complexes import SENIOR_AGE, SENIOR_SHARE

_Row = Mapping[Any, Any]

FIGURES: Final[dict[str, tuple[str, str]]] = {
    overview.HOMES: ("woningen", "woningen"),
    overview.MEAN_LABEL: ("gemiddeld label", "rangnummer"),
    overview.POOR_SHARE: ("aandeel met label E, F of G", "%"),
    overview.POOR: ("woningen met label E, F of G", "woningen"),
    overview.MEAN_EP2: ("gemiddelde EP2", "kWh/m² per jaar"),
    overview.AFFORDABLE_SMALL: ("aandeel betaalbaar van de kleine woningen", "%"),
    overview.AFFORDABLE_LARGE: ("aandeel betaalbaar van de grote woningen", "%"),
}
"""Figures of the stock in Dutch, with their unit."""

METHODS: Final = {
    overview.MEAN_LABEL: (
        "Het gemiddelde gaat over de hele voorraad, ook buiten de gemeente, zonder woningen zonder "
        "label. G is 0, A is 6, A+++++ is 11. Het doel is gehaald als het gemiddelde dichter bij "
        "het doel ligt dan bij het label daaronder. Geteld is hoeveel woningen dat ten minste "
        "vraagt: steeds de slechtste, in één keer naar het doel."
    ),
    overview.POOR_SHARE: (
        "Van de woningen met een label. Geteld is hoeveel woningen naar ten minste label D moeten."
    ),
    overview.MEAN_EP2: "Een grote woning telt zwaarder: gewogen naar vierkante meters.",
}
PACE: Final = "Bij het gevraagde tempo tellen het jaar van de lijst en het doeljaar allebei mee."
SENIORS: Final = (
    f"De regel van {SENIOR_SHARE} procent gaat hier over het leeftijdslabel van woningen en niet "
    "over de leeftijd van bewoners."
)
SECRET_FIGURES: Final = {"homes": "aantal woningen", "labels": "energielabels"}
"""What the public edition hides of dwellings, in Dutch."""
WHY_SECRET: Final = {
    "few homes": "te weinig woningen",
    "few labels": "te weinig woningen met een label",
    "one label": "bijna alle labels zijn hetzelfde",
    "gives away": "",
}
"""Why a figure about dwellings is secret by itself, in Dutch."""
_ONE_HOME: Final = "Eén woning: daarover staat hier niets."
_NAMELESS: Final = "Woningen zonder complexnummer in de lijst."
_LOOSE: Final = "Deze renovatie is aan geen complex van de lijst te koppelen."


def internal_downloads(released: Released) -> Mapping[str, bytes]:
    """
    Make the downloads that only the internal edition has.

    Parameters
    ----------
    released
        The released view; nothing else reaches a download.

    Returns
    -------
    files
        Path from the site root to content, in the form of `geo_lv.maps.downloads`; none when the
        view has no tables, as in the public edition.
    """
    makers: dict[str, tuple[str, Callable[[pd.DataFrame, Released], bytes]]] = {
        "data/complexen.csv": (COMPLEXES, _complexes_csv),
        "data/voorraad.csv": (STOCK, _stock_csv),
        "data/gemiddeld_label.csv": (MEAN_LABELS, _means_csv),
        "data/niet_gekoppeld.csv": (UNPLACED, _unplaced_csv),
        SECRETS_FILE: (SECRETS, _secrets_csv),
    }
    tables = released.tables
    return {
        path: make(tables[name], released)
        for path, (name, make) in makers.items()
        if name in tables
    }


def _mark(released: Released) -> str:
    return FICTITIOUS if released.fictitious_dwellings else ""


def _label(mean: float) -> str:
    return "" if math.isnan(mean) else label_of(mean)


def _sentences(*texts: str) -> str:
    return safe_text(" ".join(text for text in texts if text))


def _stock_csv(stock: pd.DataFrame, released: Released) -> bytes:
    header = (
        "corporatie;cijfer;waarde;eenheid;label;woningen_meegeteld;woningen_onbekend;doel;doeljaar;"
        "woningen_te_verbeteren;labelstappen_tekort;tempo_gevraagd_per_jaar;"
        "tempo_tot_nu_toe_per_jaar;zekerheid;toelichting;fictief"
    )
    rows = ((*_stock_cells(row), _mark(released)) for row in stock.to_dict("records"))
    return csv_file(header, rows)


def _stock_cells(row: _Row) -> tuple[str | int, ...]:
    figure = row["figure"]
    name, unit = FIGURES[figure]
    assumed = figure in {overview.AFFORDABLE_SMALL, overview.AFFORDABLE_LARGE}
    paced = not math.isnan(row["homes_to_improve"])
    return (
        safe_text(row["corporation"]),
        name,
        plain_value(row["value"]),
        unit,
        _label(row["value"]) if figure == overview.MEAN_LABEL else "",
        row["counted"],
        row["unknown"],
        row["target"],
        row["target_year"],
        plain_value(row["homes_to_improve"]),
        plain_value(row["points_short"]),
        plain_value(row["pace_asked"]),
        plain_value(row["pace_so_far"]),
        CERTAINTY[Confidence.LOW] if assumed else "",
        _sentences(row["note"], METHODS.get(figure, ""), PACE if paced else ""),
    )


def _means_csv(means: pd.DataFrame, released: Released) -> bytes:
    names = area_names(released)
    rows = [
        (
            row["area"],
            safe_text(names[row["area"]]),
            "plangebied" if row["level"] == "plan" else row["level"],
            row["homes"],
            row["unlabelled"],
            plain_value(row["mean_label"]),
            _label(row["mean_label"]),
            row["ep2_homes"],
            plain_value(row["ep2_mean"]),
            _mark(released),
        )
        for row in means.to_dict("records")
    ]
    header = (
        "gebied_code;gebied;niveau;woningen;zonder_label;gemiddeld_rangnummer;label;"
        "woningen_met_ep2;gemiddelde_ep2_kwh_m2;fictief"
    )
    return csv_file(header, rows)


def _complexes_csv(complexes: pd.DataFrame, released: Released) -> bytes:
    header = (
        f"corporatie;complex;woningen;{';'.join(LABELS)};geen_label;gemiddeld_rangnummer;label;"
        "woningen_met_ep2;gemiddelde_ep2_kwh_m2;bouwjaar_eerste;bouwjaar_laatste;"
        f"procent_leeftijdslabel_{SENIOR_AGE}plus;leeftijdslabel_{SENIOR_SHARE}_procent_of_meer;"
        "procent_zonnepanelen;procent_gasvrij;renovatie;renovatie_woningen;renovatie_van;"
        "renovatie_tot;renovatie_doel;renovatie_stand;toelichting;fictief"
    )
    rows = (
        (
            *_complex_cells(row),
            *_renovation_cells(row),
            _complex_note(row),
            _complex_mark(row, mark),
        )
        for mark in [_mark(released)]
        for row in complexes.to_dict("records")
    )
    return csv_file(header, rows)


def _complex_mark(row: _Row, mark: str) -> str:
    """Return the mark of invented homes; a row with only a renovation has none of them."""
    return "" if math.isnan(row["homes"]) else mark


def _complex_cells(row: _Row) -> tuple[str, ...]:
    return (
        safe_text(row["corporation"]),
        safe_text(row["complex_id"]),
        plain_value(row["homes"]),
        *(plain_value(row[label]) for label in (*LABELS, NO_LABEL)),
        plain_value(row["mean_label"]),
        _label(row["mean_label"]),
        plain_value(row["ep2_homes"]),
        plain_value(row["ep2_mean"]),
        plain_value(row["first_build_year"]),
        plain_value(row["last_build_year"]),
        plain_value(row["senior_share"]),
        senior_rule(row["senior_share"]),
        plain_value(row["solar_share"]),
        plain_value(row["gas_free_share"]),
    )


def senior_rule(share: float) -> str:
    """Return whether the rule about age labels holds; empty where the share is not known."""
    if math.isnan(share):
        return ""
    return "ja" if share >= SENIOR_SHARE else "nee"


def _renovation_cells(row: _Row) -> tuple[str, ...]:
    planned = not math.isnan(row["renovation_homes"])
    return (
        safe_text(row["renovation"]) or ("niet genoemd" if planned else ""),
        plain_value(row["renovation_homes"]),
        plain_value(row["renovation_start"]),
        plain_value(row["renovation_end"]),
        f"ten minste {row['renovation_target']}" if planned else "",
        row["renovation_state"],
    )


def _complex_note(row: _Row) -> str:
    if math.isnan(row["homes"]):
        return _sentences(_LOOSE, row["renovation_note"])
    told = "" if math.isnan(row["senior_share"]) else SENIORS
    if not row["complex_id"]:
        told = _NAMELESS
    elif row["homes"] == 1:
        told = _ONE_HOME
    return _sentences(told, row["renovation_note"])


def _unplaced_csv(unplaced: pd.DataFrame, released: Released) -> bytes:
    rows = (
        (
            row["row"],
            safe_text(row["corporation"]),
            LEVELS[row["level"]],
            OUTCOMES[row["outcome"]],
            REASONS[row["reason"]],
            _mark(released),
        )
        for row in unplaced.to_dict("records")
    )
    return csv_file("rij_in_de_lijst;corporatie;niveau;uitkomst;reden;fictief", rows)


def _secrets_csv(secrets: pd.DataFrame, released: Released) -> bytes:
    names = area_names(released)
    labels = {item.id: item.label for item in released.catalogue}
    rows = (
        (
            row["area"],
            safe_text(names[row["area"]]),
            safe_text(row["corporation"] or TOGETHER) if row["what"] != "figure" else "",
            safe_text(
                labels[row["indicator"]] if row["indicator"] else SECRET_FIGURES[row["what"]]
            ),
            row["year"],
            safe_text(WHY_SECRET.get(row["why"], row["why"])),
            row["gives_away_area"],
            safe_text(_given_away(row)),
            "" if row["what"] == "figure" else _mark(released),
        )
        for row in secrets.to_dict("records")
    )
    header = (
        "gebied_code;gebied;corporatie;cijfer;jaar;waarom;verraadt_gebied;verraadt_corporatie;"
        "fictief"
    )
    return csv_file(header, rows)


def _given_away(row: _Row) -> str:
    """Return whose small number a figure about dwellings would tell; empty if it tells none."""
    if row["what"] == "figure" or not row["gives_away_area"]:
        return ""
    return row["gives_away_corporation"] or TOGETHER
