"""The list beside the signals: who stands where, worked out by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from geo_lv.agreements import Attention
from geo_lv.editions import Released
from geo_lv.maps.attention_sections import (
    against_section,
    areas_of,
    decisions_table,
)
from geo_lv.maps.cells import Figures
from geo_lv.maps.why import why, why_section
from geo_lv.municipality import AttentionList
from geo_lv.schema import Confidence
from geo_lv.signals.agreed import AreaInYear, areas_in_year
from geo_lv.signals.table import COLUMNS

WIJKEN = {
    "WK000101": frozenset({"BU00010100", "BU00010101"}),
    "WK000102": frozenset({"BU00010200"}),
    "WK000103": frozenset({"BU00010300"}),
}
LISTS = (
    AttentionList(id="lang", name="Lang", years=(2022, 2023, 2024)),
    AttentionList(id="kort", name="Kort", years=(2023,)),
)


def listing(list_id: str, first: int, last: int, *codes: str) -> Attention:
    """Return an area of a list."""
    return Attention(list_id, "gebied", codes, (), first, last, "BRON", Confidence.HIGH, "")


def signal(code: str, name: str, year: str, z: float, *marks: str) -> dict[str, object]:
    """Return a row of the table of signals: level, side, and why it is not judged."""
    level, side, unjudged = (*marks, "", "", "")[:3]
    return dict.fromkeys(COLUMNS, "") | {
        "code": code,
        "indicator": name,
        "year": year,
        "level": level,
        "side": side,
        "unjudged": unjudged,
        "z": z,
    }


def table(*rows: dict[str, object]) -> pd.DataFrame:
    """Return a table of signals."""
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def areas(year: int, signals: pd.DataFrame, *entries: Attention) -> dict[str, AreaInYear]:
    """Return the wijken of a year by code."""
    found = areas_in_year(signals, entries, LISTS, WIJKEN, year)
    assert [area.code for area in found] == list(WIJKEN)
    return {area.code: area for area in found}


def test_a_part_of_a_wijk_puts_it_on_the_list() -> None:
    found = areas(2022, table(), listing("lang", 2022, 2024, "BU00010100", "BU00010200"))
    assert [(a.standing, a.is_whole, a.lists) for a in found.values()] == [
        ("listed", False, ("lang",)),
        ("listed", True, ("lang",)),
        ("unlisted", False, ()),
    ]


@pytest.mark.parametrize(
    ("year", "standings"),
    [
        (2022, ["unlisted", "unlisted", "unlisted"]),
        (2023, ["unlisted", "listed", "unlisted"]),
        (2024, ["unlisted", "lapsed", "unlisted"]),
    ],
)
def test_after_the_last_agreed_year_nobody_knows(year: int, standings: list[str]) -> None:
    found = areas(year, table(), listing("kort", 2023, 2023, "BU00010200"))
    assert [area.standing for area in found.values()] == standings


def test_an_area_that_its_list_leaves_out_later_is_off_it() -> None:
    entry = listing("lang", 2022, 2023, "BU00010200")
    assert areas(2023, table(), entry)["WK000102"].standing == "listed"
    assert areas(2024, table(), entry)["WK000102"].standing == "unlisted"


def test_only_an_unfavourable_signal_counts_beside_the_list() -> None:
    signals = table(
        signal("WK000101", "werk", "2022", -1.5, "watch", "unfavourable"),
        signal("WK000102", "werk", "2022", 1.5, "watch", "favourable"),
        signal("WK000103", "werk", "2022", -3.0, "", "unfavourable", "small"),
        signal("WK000101", "woz", "2022", -2.5, "strong", "neutral"),
        signal("WK000102", "woz", "2022", 0.1, "", "neutral"),
        signal("WK000103", "woz", "2022", float("nan"), "", "", "unknown"),
    )
    found = areas(2022, signals)
    assert [area.has_signal for area in found.values()] == [True, False, False]
    assert found["WK000101"].signals == {
        "unfavourable": (("werk", "2022"),),
        "favourable": (),
        "neutral": (("woz", "2022"),),
    }
    assert [(area.judged, area.able) for area in found.values()] == [(2, 2), (2, 2), (0, 2)]


def test_the_newest_year_until_then_counts_and_the_clearest_comes_first() -> None:
    signals = table(
        signal("WK000101", "werk", "2022", -3.0, "strong", "unfavourable"),
        signal("WK000101", "werk", "2023", -1.1, "watch", "unfavourable"),
        signal("WK000101", "armoede", "2021", 1.9, "watch", "unfavourable"),
        signal("WK000102", "werk", "2022", -3.0, "strong", "unfavourable"),
    )
    (first, second, _) = areas(2022, signals).values()
    assert first.signals["unfavourable"] == (("werk", "2022"), ("armoede", "2021"))
    assert first.vintages == ("2021", "2022")
    assert second.has_signal
    (first, second, _) = areas(2023, signals).values()
    assert first.signals["unfavourable"] == (("armoede", "2021"), ("werk", "2023"))
    assert not second.has_signal, "it has no figure in the newest year"


def test_the_real_lists_beside_the_figures_of_2022(released: Released) -> None:
    names = released.areas.wijken["wk_name"]
    for year in (2022, 2023, 2025):
        found = areas_of(released, year)
        both = {names[a.code] for a in found if a.standing == "listed" and a.has_signal}
        alone = {names[a.code] for a in found if a.standing == "listed" and not a.has_signal}
        others = {names[a.code] for a in found if a.standing == "unlisted" and a.has_signal}
        assert both == {"Prinsenhof", "De Heuvel / Amstelwijk"}
        assert alone == {"Bovenveen", "Voorburg Noord"}
        assert others == {"De Zijde / Duivenvoorde / Park Veursehout", "Stompwijk"}


def test_the_years_say_what_changed(released: Released) -> None:
    _, by_year = against_section(released, "2025-08-31").tables
    assert {row[0]: row[-1] for row in by_year.rows} == {
        "2022": "–",
        "2023": "geen",
        "2024": (
            "op een lijst meer: Prinsenhof, De Heuvel / Amstelwijk; "
            "erbij op de lijst: Leidschendam - Zuid en omgeving"
        ),
        "2025": "niet bekend of de lijst nog geldt: Leidschendam - Zuid en omgeving",
    }


@pytest.mark.parametrize(("peildatum", "year"), [("2022-03-01", 2022), ("2031-01-01", 2025)])
def test_the_two_by_two_is_of_the_last_list(released: Released, peildatum: str, year: int) -> None:
    two_by_two, _ = against_section(released, peildatum).tables
    assert f"de lijst van {year} " in two_by_two.caption
    assert sum(len(str(cell).split(", ")) for row in two_by_two.rows for cell in row[1:]) >= 13


def test_why_is_a_sentence_with_numbers(released: Released) -> None:
    (table,) = why_section(released, Figures(released), "2025-08-31").tables
    rows = {str(row[0]): row[1:] for row in table.rows}
    assert len(rows) == 13
    assert rows["Prinsenhof"] == (
        (
            "Drie cijfers zijn ongunstiger dan in de gemeente: mensen met een laag inkomen 47,7% "
            "tegen 35,2% (2022), mensen met werk 55% tegen 62% (2022) en opleiding op hbo- of "
            "wo-niveau 22% tegen 43% (2022); ook anders: mensen met een hoog inkomen 11,5% tegen "
            "27,6% (2022), koopwoningen 38% tegen 58% (2022) en gemiddelde WOZ-waarde € 211.000 "
            "tegen € 339.000 (2022)."
        ),
        "2022, 2023, 2024, 2025",
        "3",
        "0",
        "3",
        "7 van 7",
    )
    assert rows["Bovenveen"][1] == "2022, 2023, 2024, 2025"
    assert str(rows["Voorburg Midden"][0]) == (
        "Geen van de 7 cijfers is duidelijk ongunstiger dan in de gemeente."
    )
    why_there = str(rows["De Heuvel / Amstelwijk"][0])
    assert "mensen met een laag inkomen 42,2% tegen 35,2% (2022)" in why_there
    assert "gemiddelde WOZ-waarde € 192.000 tegen € 339.000 (2022)" in why_there


def test_buurten_are_told_of_as_soon_as_they_have_figures(released: Released) -> None:
    section = why_section(released, Figures(released), "2025-08-31")
    assert section.intro[1].startswith("Voor buurten zijn er nu geen cijfers")
    wijk = released.signals[released.signals["code"] == "WK191602"]
    buurt = wijk.assign(code="BU19160200")
    figures = released.figures[released.figures["code"] == "WK191602"].assign(code="BU19160200")
    # the figures of the wijk stand in for those of one of its buurten
    lent = replace(
        released,
        signals=pd.concat([released.signals, buurt]),
        figures=pd.concat([released.figures, figures[figures["year"] == "2022"]]),
    )
    section = why_section(lent, Figures(lent), "2025-08-31")
    assert len(section.intro) == 1
    wijken, buurten = ({str(row[0]): row[1:] for row in table.rows} for table in section.tables)
    assert len(buurten) == 43
    assert buurten["Prinsenhof hoog"] == wijken["Prinsenhof"]
    assert buurten["Amstelwijk"][1] == "2024"
    assert str(buurten["Amstelwijk"][0]).startswith("Niet te beoordelen")


def test_many_signals_are_counted_and_none_is_said_so(released: Released) -> None:
    names = ["inkomen_laag", "arbeidsdeelname", "opleiding_hbo_wo", "koopwoningen"]
    four = AreaInYear(
        code="WK191602",
        year=2022,
        lists=(),
        lapsed=(),
        is_whole=False,
        signals={
            "unfavourable": tuple((name, "2022") for name in names),
            "favourable": (),
            "neutral": (),
        },
        judged=4,
        able=4,
        vintages=("2022",),
    )
    assert why(Figures(released), four).endswith(" en nog 1 ander.")
    unjudged = replace(four, judged=0, signals={"unfavourable": (), "neutral": ()})
    assert why(Figures(released), unjudged).startswith("Niet te beoordelen")


def test_the_decisions_say_what_is_not_known(released: Released) -> None:
    rows = {str(row[0]): row[1:] for row in decisions_table(released).rows}
    assert rows["Leidschendam-Zuid"][2:6] == (
        "13 december 2023",
        "de partijen bij de prestatieafspraken",
        "onbekend",
        "2024",
    )
    assert rows["Bovenveen"][2] == "onbekend"
