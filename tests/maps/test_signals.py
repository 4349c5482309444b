"""Signals as a reader meets them: in the card, in tables, in sentences and in downloads."""

import csv
import dataclasses
import io
import json
from typing import Any

import pytest

from geo_lv.editions import Released
from geo_lv.maps.account import methods_section
from geo_lv.maps.cells import Figures, map_indicators
from geo_lv.maps.downloads import downloads
from geo_lv.maps.map_model import MapIndicator
from geo_lv.maps.model import Page
from geo_lv.maps.pages import make_pages
from geo_lv.maps.signal_sections import plan_sentences, rules_section, signals_section


@pytest.fixture(scope="module")
def indicators(released: Released) -> dict[str, MapIndicator]:
    """Return the choices of a map with all wijken, by id."""
    codes = [str(code) for code in released.areas.wijken.index]
    chosen = map_indicators(Figures(released), codes, prefer="wijk", slugs=["essesteijn"])
    return {indicator.id: indicator for indicator in chosen}


@pytest.mark.parametrize(
    ("indicator", "code", "signal", "text"),
    [
        (
            "inkomen_laag-2022",
            "WK191602",
            "strong",
            (
                "Sterk signaal: hoger dan de gemeente. Het verschil is groter dan de "
                "onzekerheid door afronding en, naar schatting, toeval. Eén meetjaar (2022)."
            ),
        ),
        (
            "koopwoningen-2022",
            "WK191606",
            "watch",
            (
                "Let op: lager dan de gemeente. Het verschil is groter dan de onzekerheid door "
                "afronding en toeval. Eén meetjaar (2022)."
            ),
        ),
        (
            "opleiding_hbo_wo-2022",
            "WK191612",
            "watch",
            (
                "Let op: hoger dan de gemeente. Het verschil is groter dan de onzekerheid door "
                "afronding en, naar schatting, toeval. Eén meetjaar (2022)."
            ),
        ),
        ("inkomen_laag-2022", "WK191604", "", ""),
        ("inwoners-2024", "WK191602", "", ""),
        ("leeftijd_65_plus-2022", "essesteijn", "", ""),
    ],
)
def test_a_card_says_what_stands_out(
    indicators: dict[str, MapIndicator], indicator: str, code: str, signal: str, text: str
) -> None:
    cell = indicators[indicator].cells[code]
    assert (cell.signal, cell.signal_text) == (signal, text)


def test_a_signal_of_several_years_says_in_how_many_it_was_there(released: Released) -> None:
    signals = released.signals.copy()
    here = (signals["code"] == "WK191602") & (signals["indicator"] == "woz_waarde")
    signals.loc[here, ["held", "years"]] = (2, 3)
    view = dataclasses.replace(released, signals=signals)
    (moment,) = [one for one in Figures(view).moments() if one.id == "woz_waarde-2022"]
    assert Figures(view).signal("WK191602", moment).text == (
        "Let op: lager dan de gemeente. Het verschil is groter dan de onzekerheid door afronding. "
        "Dit was zo in 2 van de laatste 3 meetjaren, tot en met 2022."
    )


@pytest.mark.parametrize(
    ("indicator", "certainty"),
    [
        ("inkomen_laag-2022", "gepubliceerd cijfer van het CBS, afgerond"),
        ("inwoners-2024", "gepubliceerd cijfer van het CBS, afgerond"),
        ("inwoners-2016", "uitgever niet bekend: minder zeker"),
        ("stedelijkheid-2022", "gepubliceerde klasse van het CBS"),
        ("label_efg", "verzonnen voorbeeld"),
        ("nieuwbouw_sociaal", "afspraak, geen voorspelling"),
    ],
)
def test_a_card_says_how_sure_a_figure_is(
    indicators: dict[str, MapIndicator], indicator: str, certainty: str
) -> None:
    assert indicators[indicator].certainty == certainty


def test_the_account_says_how_sure_a_figure_is_in_each_year(released: Released) -> None:
    (table,) = methods_section(Figures(released), released).tables
    column = table.columns.index("Zekerheid")
    sure = {row[0]: row[column] for row in table.rows}
    assert sure["Inwoners"] == (
        "2024: gepubliceerd cijfer van het CBS, afgerond; 2016: uitgever niet bekend: minder zeker"
    )
    assert sure["Koopwoningen"] == "gepubliceerd cijfer van het CBS, afgerond"


def test_real_dwellings_are_counted_and_not_invented(released: Released) -> None:
    real = dataclasses.replace(released, fictitious_dwellings=False)
    found = {item.id: item.certainty for item in map_indicators(Figures(real), [], prefer="wijk")}
    assert found["label_efg"] == "geteld uit de lijsten van de corporaties"


def test_signals_are_counted_per_theme_and_named(released: Released) -> None:
    _, themes = signals_section(released, Figures(released)).tables
    rows = [row[2:] for row in themes.rows if row[:2] == ("De Heuvel / Amstelwijk", "wijk")]
    assert rows == [
        ("Bevolking", "1", "2 van 2", "Opleiding op hbo- of wo-niveau"),
        ("Wonen", "2", "2 van 2", "Koopwoningen en Gemiddelde WOZ-waarde"),
        ("Inkomen", "2", "3 van 3", "Mensen met een laag inkomen en Mensen met een hoog inkomen"),
    ]
    assert sum(int(str(row[3])) for row in themes.rows) == 31


def test_the_table_of_areas_names_every_signal(released: Released) -> None:
    section = signals_section(released, Figures(released))
    table, _ = section.tables
    rows = {str(row[0]): row[1:] for row in table.rows}
    assert sum(int(str(row[1])) for row in rows.values()) == (released.signals["level"] != "").sum()
    assert rows["De Heuvel / Amstelwijk"] == (
        "wijk",
        "5",
        "–",
        (
            "Opleiding op hbo- of wo-niveau (lager, 2022); Koopwoningen (lager, 2022); "
            "Gemiddelde WOZ-waarde (lager, 2022); Mensen met een laag inkomen (hoger, 2022); "
            "Mensen met een hoog inkomen (lager, 2022)"
        ),
    )
    assert rows["Prinsenhof"][2] == "Mensen met een laag inkomen (hoger, 2022)"
    assert "Bovenveen" in rows
    assert "Voorburg Midden" not in rows


def without_signals(released: Released) -> Released:
    return dataclasses.replace(released, signals=released.signals.iloc[:0])


def test_a_place_without_signals_says_so(released: Released) -> None:
    bare = without_signals(released)
    section = signals_section(bare, Figures(bare))
    assert section.tables == ()
    assert section.intro[-1] == "Er zijn nu geen signalen."


def test_a_plan_area_has_a_sentence_about_its_wijk(released: Released) -> None:
    figures = Figures(released)
    plans = {plan.slug: plan for plan in released.municipality.plan_areas}
    assert plan_sentences(released, figures, plans["essesteijn"]) == (
        (
            "Signalen uit de cijfers van de hele wijk Essesteijn: let op bij inwoners van 65 jaar "
            "en ouder (hoger)."
        ),
    )
    assert plan_sentences(released, figures, plans["leidschendam-zuid"]) == ()


def test_the_sentence_names_strong_signals_first(released: Released) -> None:
    """As if De Heuvel / Amstelwijk differed more on low incomes."""
    signals = released.signals.copy()
    here = (signals["code"] == "WK191606") & (signals["indicator"] == "inkomen_laag")
    signals.loc[here, "level"] = "strong"
    view = dataclasses.replace(released, signals=signals)
    (plan,) = [one for one in view.municipality.plan_areas if "BU19160600" in one.bu_codes]
    (sentence,) = plan_sentences(view, Figures(view), plan)
    assert ": sterk bij mensen met een laag inkomen (hoger); let op bij opl" in sentence


def test_the_account_has_the_thresholds_of_the_data_and_their_owner(released: Released) -> None:
    changed = released.signal_rules.model_copy(
        update={
            "owner": "de raad",
            "watch": 1.5,
            "strong": 2.5,
            "minimum_size": 1234,
            "minimum_areas": 9,
            "confidence_percent": 98,
            "strong_confidence_percent": 99.5,
            "assumed_base_percent": 45,
            "vintages": 5,
            "vintages_needed": 4,
        }
    )
    section = rules_section(dataclasses.replace(released, signal_rules=changed))
    text = " ".join(section.intro)
    for words in (
        "minstens 1,5 keer de spreiding",
        "vanaf 2,5 keer",
        "minder dan 1.234 inwoners",
        "minder dan 9 gebieden",
        "met 98% zekerheid, voor “sterk” met 99,5%",
        "45% van het aantal inwoners",
        "in 4 van de laatste 5 meetjaren",
        "Deze regels en getallen komen van de raad.",
    ):
        assert words in text
    (table,) = section.tables
    assert {str(row[0]): row[1:] for row in table.rows}.items() >= {
        "Koopwoningen": ("niet vastgelegd", "de onzekerheid door afronding en toeval"),
        "Gemiddelde WOZ-waarde": ("niet vastgelegd", "de onzekerheid door afronding"),
        "Mensen met een laag inkomen": (
            "lager is gunstiger",
            "de onzekerheid door afronding en, naar schatting, toeval",
        ),
    }.items()


def test_pages_have_their_part(released: Released) -> None:
    pages = {
        page.path: page for page in make_pages(released, peildatum="2025-08-31", basemap=False)
    }

    def titles(page: Page) -> list[str]:
        return [section.title for section in page.sections]

    assert "Signalen" in titles(pages["verantwoording.html"])
    assert "Signalen uit de cijfers" in titles(pages["thema/aandachtswijken.html"])
    plan = pages["wijkuitvoeringsplan/essesteijn.html"]
    (figures,) = [section for section in plan.sections if section.id == "cijfers"]
    assert figures.intro[-1].startswith("Signalen uit de cijfers van de hele wijk Essesteijn")


def test_downloads_carry_the_signals(released: Released) -> None:
    files = downloads(released)
    content = files["data/cijfers.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    found = {
        (row["gebied_code"], row["cijfer"], row["jaar"]): (row["signaal"], row["signaal_richting"])
        for row in rows
        if row["signaal"] or row["signaal_richting"]
    }
    assert len(found) == (released.signals["level"] != "").sum() == 31
    assert found["WK191602", "inkomen_laag", "2022"] == ("sterk", "hoger")
    assert found["WK191606", "woz_waarde", "2022"] == ("let op", "lager")
    sure = {row["cijfer"]: row["zekerheid"] for row in rows}
    assert sure["label_efg"] == "verzonnen voorbeeld"
    layer = json.loads(files["data/wijken.geojson"])
    wijken: dict[str, dict[str, Any]] = {
        feature["properties"]["code"]: feature["properties"] for feature in layer["features"]
    }
    assert wijken["WK191602"]["inkomen_laag-2022-signaal"] == "sterk"
    assert wijken["WK191602"]["inkomen_laag-2022-signaal-richting"] == "hoger"
    assert "inkomen_laag-2022-signaal" not in wijken["WK191604"]
    marked = [key for area in wijken.values() for key in area if key.endswith("-signaal")]
    assert len(marked) == len(found)
