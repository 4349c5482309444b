"""Kerncijfers of CBS: columns found by what they are, figures in one unit, other years kept."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.editions import release
from geo_lv.errors import InputError
from geo_lv.inputs import load_inputs
from geo_lv.maps.downloads import downloads
from geo_lv.maps.pages import make_pages
from geo_lv.pipeline import compute
from geo_lv.refresh.definitions import definitions_for
from geo_lv.sources import cbs, faults
from geo_lv.sources.cbs.definitions import Definition, change_column, found_in
from geo_lv.sources.cbs.figures import figures_of
from geo_lv.sources.cbs.tables import HINTS
from geo_lv.sources.fetched import FetchedFile, FetchRequest
from geo_lv.sources.odata import Column, Wanted
from tests.kwb_stand_in import (
    CHANGE,
    HERE,
    OLDER,
    areas_of,
    kerncijfers,
    numbered,
    plain,
    real_topics,
    table_of,
)
from tests.odata_stand_in import Statline, Topic
from tests.ogc_stand_in import from_folder, grid
from tests.refresh.conftest import DATA, DAY, Run, quick
from tests.stand_in import serving

PLACE = "GM0518"
AREAS = {
    "NL00": "Nederland",
    "GM9998": "Elders",
    PLACE: "Hier",
    "WK051801": "Wijk 01 Noord",
    "BU05180100": "Kade",
    "BU05180101": "Haven",
}
DEFINITIONS: tuple[Definition, ...] = definitions_for(cbs.SOURCE, DATA)  # type: ignore[assignment]
FEW = ("inwoners", "leeftijd_65_plus", "bijstand", "oppervlakte_km2", "sociaal_minimum")
VALUES: dict[str, dict[str, Any]] = {
    # code: inhabitants, of 65 and older, with bijstand, hectares, social minimum
    "NL00": {"n": 17_942_942, "old": 3_680_000, "help": 404_000, "ha": 4_154_302, "low": 5.3},
    PLACE: {"n": 1_000, "old": 150, "help": 25, "ha": 3563, "low": 7.05},
    "WK051801": {"n": 1_000, "old": 150, "help": None, "ha": 3563, "low": -99997},
    "BU05180100": {"n": 995, "old": 145, "help": 0, "ha": 3, "low": "."},
    "BU05180101": {"n": 0, "old": 0, "help": -99995, "ha": -99991, "low": None},
    "GM9998": {"n": 5, "old": 5, "help": 5, "ha": 5, "low": 5},
}
KEYS = {
    "AantalInwoners_5": "n",
    "k_65JaarOfOuder_12": "old",
    "PersonenPerSoortUitkeringBijstand_94": "help",
    "OppervlakteTotaal_122": "ha",
    "HuishOnderOfRondSociaalMinimum_90": "low",
}
EXPECTED = """\
NL00,bijstand,2024,23,,CBS 85984NED
GM0518,bijstand,2024,25,,CBS 85984NED
WK051801,bijstand,2024,,missing,CBS 85984NED
BU05180100,bijstand,2024,0,,CBS 85984NED
BU05180101,bijstand,2024,,missing,CBS 85984NED
NL00,inwoners,2024,17942942,,CBS 85984NED
GM0518,inwoners,2024,1000,,CBS 85984NED
WK051801,inwoners,2024,1000,,CBS 85984NED
BU05180100,inwoners,2024,995,,CBS 85984NED
BU05180101,inwoners,2024,0,,CBS 85984NED
NL00,leeftijd_65_plus,2024,21,,CBS 85984NED
GM0518,leeftijd_65_plus,2024,15,,CBS 85984NED
WK051801,leeftijd_65_plus,2024,15,,CBS 85984NED
BU05180100,leeftijd_65_plus,2024,15,,CBS 85984NED
BU05180101,leeftijd_65_plus,2024,,not_applicable,CBS 85984NED
NL00,oppervlakte_km2,2024,41543.02,,CBS 85984NED
GM0518,oppervlakte_km2,2024,35.63,,CBS 85984NED
WK051801,oppervlakte_km2,2024,35.63,,CBS 85984NED
BU05180100,oppervlakte_km2,2024,0.03,,CBS 85984NED
BU05180101,oppervlakte_km2,2024,,not_applicable,CBS 85984NED
NL00,sociaal_minimum,2024,5.3,,CBS 85984NED
GM0518,sociaal_minimum,2024,7.0,,CBS 85984NED
WK051801,sociaal_minimum,2024,,suppressed,CBS 85984NED
BU05180100,sociaal_minimum,2024,,missing,CBS 85984NED
BU05180101,sociaal_minimum,2024,,missing,CBS 85984NED
"""
"""Worked out by hand: 404,000 in 17,942,942 is 22.5 per 1,000; 145 of 995 is 14.6 %; of nobody no
part can be told."""


def by_hand(code: str, topic: Topic) -> object:
    return VALUES[code][KEYS[topic.key]] if topic.key in KEYS else plain(code, topic)


def request(base: str = "", **settings: Any) -> FetchRequest:
    given = {"definitions": DEFINITIONS, "day": DAY, **settings}
    return FetchRequest(PLACE, base, **given)


def fetched(service: Statline, **settings: Any) -> tuple[FetchedFile, FetchedFile]:
    """Fetch and parse everything of a stand-in."""
    with serving(service) as base, quick("CBS") as transport:
        asked = request(base, **settings)
        figures, divisions = cbs.parse(cbs.fetch(transport, asked, lambda *_: None), asked)
        return figures, divisions


def rows(file: FetchedFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode())))


def columns(topics: tuple[Topic, ...]) -> tuple[Column, ...]:
    return tuple(Column(each.key, each.title, each.path, each.unit, "Topic") for each in topics)


def test_figures_row_by_row() -> None:
    few = tuple(each for each in DEFINITIONS if each.indicator in FEW)
    service = Statline(tables=(table_of(2024, AREAS, by_hand),))
    figures, divisions = fetched(service, definitions=few)
    head, *found = figures.content.decode().splitlines()
    assert head == "code,indicator,year,value,reason,source_table"
    assert sorted(found) == sorted(EXPECTED.splitlines())
    assert figures.rows == 25
    assert (figures.vintage, figures.table) == ("2024", "85984NED (2024)")
    assert divisions.content.decode().splitlines() == [
        "code,year,name,change",
        "BU05180100,2024,Kade,ongewijzigd",
        "BU05180101,2024,Haven,ongewijzigd",
        "GM0518,2024,Hier,ongewijzigd",
        "WK051801,2024,Wijk 01 Noord,ongewijzigd",
    ]


PINNED_2024 = {
    "inwoners": ("AantalInwoners_5",),
    "mannen": ("Mannen_6",),
    "vrouwen": ("Vrouwen_7",),
    "leeftijd_0_14": ("k_0Tot15Jaar_8", "AantalInwoners_5"),
    "leeftijd_15_24": ("k_15Tot25Jaar_9", "AantalInwoners_5"),
    "leeftijd_25_44": ("k_25Tot45Jaar_10", "AantalInwoners_5"),
    "leeftijd_45_64": ("k_45Tot65Jaar_11", "AantalInwoners_5"),
    "leeftijd_65_plus": ("k_65JaarOfOuder_12", "AantalInwoners_5"),
    "huishoudens": ("HuishoudensTotaal_29",),
    "eenpersoonshuishoudens": ("Eenpersoonshuishoudens_30", "HuishoudensTotaal_29"),
    "bevolkingsdichtheid": ("Bevolkingsdichtheid_34",),
    "woningen": ("Woningvoorraad_35",),
    "woz_waarde": ("GemiddeldeWOZWaardeVanWoningen_39",),
    "koopwoningen": ("Koopwoningen_47",),
    "corporatiebezit": ("InBezitWoningcorporatie_49",),
    "gasverbruik": ("GemiddeldAardgasverbruikTotaal_61",),
    "stadsverwarming": ("PercentageWoningenMetStadsverwarming_69",),
    "opleiding_hbo_wo": (
        "HboWo_77",
        "BasisonderwijsVmboMbo1_75",
        "HavoVwoMbo24_76",
        "HboWo_77",
    ),
    "arbeidsdeelname": ("Nettoarbeidsparticipatie_78",),
    "inkomen_laag": ("k_40PersonenMetLaagsteInkomen_84",),
    "inkomen_hoog": ("k_20PersonenMetHoogsteInkomen_85",),
    "sociaal_minimum": ("HuishOnderOfRondSociaalMinimum_90",),
    "bijstand": ("PersonenPerSoortUitkeringBijstand_94", "AantalInwoners_5"),
    "jeugdzorg": ("PercentageJongerenMetJeugdzorg_99",),
    "wmo": ("WmoClientenRelatief_101",),
    "oppervlakte_km2": ("OppervlakteTotaal_122",),
    "oppervlakte_totaal_ha": ("OppervlakteTotaal_122",),
    "oppervlakte_land_ha": ("OppervlakteLand_123",),
    "oppervlakte_water_ha": ("OppervlakteWater_124",),
    "stedelijkheid": ("MateVanStedelijkheid_127",),
}
"""The keys of table 85984NED."""


def test_the_columns_of_2024_are_pinned() -> None:
    found = found_in("CBS", columns(real_topics()), DEFINITIONS, HINTS[2024])
    assert {name: each.keys for name, each in found.items()} == PINNED_2024
    assert {each.indicator for each in DEFINITIONS} == set(PINNED_2024)
    change = change_column("CBS", columns(real_topics()), HINTS[2024])
    assert change is not None
    assert change.key == CHANGE


def pinned_by_year() -> dict[str, dict[str, str]]:
    """Return, by the name of a table, its keys by their stem: as others report them."""
    with (HERE / "key_suffix_by_year.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return {
        table: {line["stem"]: line[table] for line in lines} for table in lines[0] if "_" in table
    }


@pytest.mark.parametrize("table", sorted(pinned_by_year()))
def test_columns_with_other_numbers_are_found(table: str) -> None:
    keys = pinned_by_year()[table]
    assert HINTS[int(table[:4])] == table[5:]
    found = found_in("CBS", columns(numbered(keys)), DEFINITIONS, table)
    stems = {name: [key.rsplit("_", 1)[0] for key in of] for name, of in PINNED_2024.items()}
    expected = {
        name: tuple(keys[stem] for stem in of)
        for name, of in stems.items()
        if all(stem in keys for stem in of)
    }
    assert len(expected) == 9
    assert {name: each.keys for name, each in found.items()} == expected


def test_columns_of_older_tables_are_found_by_their_older_titles() -> None:
    found = found_in("CBS", columns(OLDER), DEFINITIONS, HINTS[2017])
    assert {name: each.keys for name, each in found.items()} == {
        "inwoners": ("AantalInwoners_5",),
        "woningen": ("Woningvoorraad_34",),
        "woz_waarde": ("GemiddeldeWoningwaarde_35",),
        "koopwoningen": ("Koopwoningen_40",),
        "gasverbruik": ("GemiddeldAardgasverbruikTotaal_55",),
    }
    figures, _ = fetched(Statline(tables=(table_of(2017, AREAS, plain, OLDER),)))
    assert "Gasverbruik per woning" not in figures.note
    assert "Mensen met werk (2017)" in figures.note
    assert {row["indicator"] for row in rows(figures)} == set(found)


def test_a_column_that_is_gone_is_named_with_those_that_are_like_it() -> None:
    topics = [
        replace(each, title="Inwoners, aantal") if each.key == "AantalInwoners_5" else each
        for each in real_topics()
    ]
    with pytest.raises(faults.SchemaDriftError) as raised:
        found_in("CBS", columns(tuple(topics)), DEFINITIONS, "85984NED")
    assert str(raised.value).startswith(
        "CBS: expected Aantal inwoners in the columns of 85984NED, found nothing of that name, but "
    )
    assert "Inwoners, aantal (aantal)" in str(raised.value)
    twice = (*real_topics(), replace(real_topics()[4], key="AantalInwoners_6"))
    with pytest.raises(faults.SchemaDriftError, match="one column Aantal inwoners in the columns"):
        found_in("CBS", columns(twice), DEFINITIONS, "85984NED")


def test_the_table_of_a_year_is_the_one_that_says_so() -> None:
    """A list that others keep is wrong for a year: the catalogue is searched."""
    wrong = table_of(2024, AREAS, plain, title="Kerncijfers wijken en buurten 2022")
    right = table_of(2024, AREAS, plain, identifier="99999NED")
    figures, _ = fetched(Statline(tables=(wrong, right)))
    assert {(row["year"], row["source_table"]) for row in rows(figures)} == {
        ("2022", "CBS 85984NED"),
        ("2024", "CBS 99999NED"),
    }
    with pytest.raises(faults.EmptyAnswerError, match="a table of kerncijfers of 2023"):
        fetched(Statline(tables=(right,)), years=(2023,))


def test_years_that_were_not_asked_for_and_other_publishers_stay() -> None:
    head = b"code,indicator,year,value,reason,source_table\n"
    held = (
        b"GM0518,inwoners,2023,7,,CBS 85618NED\nGM0518,inwoners,2024,8,,CBS 85984NED\n"
        b"GM0518,bomen,2024,9,,eigen telling\nGM0518,bomen,2022,9,,CBS 1\n"
    )
    service = kerncijfers(AREAS, (2023, 2024))
    figures, divisions = fetched(service, years=(2024,), held={cbs.FIGURES: head + held})
    found = {(row["code"], row["indicator"], row["year"]): row["value"] for row in rows(figures)}
    assert found["GM0518", "inwoners", "2023"] == "7"
    assert found["GM0518", "inwoners", "2024"] == "10000"
    assert found["GM0518", "bomen", "2024"] == found["GM0518", "bomen", "2022"] == "9"
    assert len(found) == 2 + 1 + 5 * len(PINNED_2024)
    # what changed is of use only without gaps, so that of all years is new
    assert {row["year"] for row in rows(divisions)} == {"2023", "2024"}
    with pytest.raises(InputError, match="a table with code, indicator"):
        fetched(service, held={cbs.FIGURES: b"code;value\n"})


def test_the_division_of_another_source_stays() -> None:
    held = b"code,year,name,change\nBU05180100,2026,Kade,ongewijzigd\nBU05180109,2024,Weg,\n"
    _, divisions = fetched(kerncijfers(AREAS, (2024,)), held={"boundaries/divisions.csv": held})
    found = [(row["code"], row["year"]) for row in rows(divisions)]
    assert ("BU05180100", "2026") in found
    assert ("BU05180109", "2024") not in found
    assert len(found) == 5


@pytest.mark.parametrize(
    ("sign", "buurt", "whole"),
    [
        ("1", "ongewijzigd", "ongewijzigd"),
        (" 3 ", "andere grens", ""),
        (2, "andere code", ""),
        (None, "", ""),
        (".", "", ""),
    ],
)
def test_what_changed_is_said_in_words(sign: object, buurt: str, whole: str) -> None:
    def value(code: str, topic: Topic) -> object:
        if topic.key != CHANGE:
            return plain(code, topic)
        return {"BU05180100": sign, PLACE: None}.get(code, "1")

    _, divisions = fetched(Statline(tables=(table_of(2024, AREAS, value),)))
    found = {row["code"]: row["change"] for row in rows(divisions)}
    assert (found["BU05180100"], found["BU05180101"]) == (buurt, "ongewijzigd")
    assert found[PLACE] == whole


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"n": "veel"}, faults.WrongValueError, "a number or a known sign .* AantalInwoners_5"),
        ({"n": -99996}, faults.WrongValueError, "a number or a known sign"),
    ],
)
def test_a_value_that_cannot_be_is_a_fault(
    change: dict[str, Any], error: type[Exception], message: str
) -> None:
    def value(code: str, topic: Topic) -> object:
        return change["n"] if topic.key == "AantalInwoners_5" else plain(code, topic)

    with pytest.raises(error, match=message):
        fetched(Statline(tables=(table_of(2024, AREAS, value),)))


def test_an_area_that_is_missing_is_a_fault() -> None:
    for gone, level in ((PLACE, "municipality"), ("WK051801", "wijken")):
        some = {code: name for code, name in AREAS.items() if code != gone}
        with pytest.raises(faults.IncompleteError, match=f"1 {level} of GM0518 in 85984NED"):
            fetched(Statline(tables=(table_of(2024, some, plain),)))
    figures, _ = fetched(
        Statline(tables=(table_of(2024, {k: v for k, v in AREAS.items() if k != "NL00"}, plain),))
    )
    assert figures.note.endswith("Niet in de tabellen: Nederland (2024).")
    nothing = {code: name for code, name in AREAS.items() if "0518" not in code}
    with pytest.raises(faults.IncompleteError, match="municipality of GM0518"):
        fetched(Statline(tables=(table_of(2024, nothing, plain),)))
    service = Statline(tables=(table_of(2024, AREAS, plain),))
    with pytest.raises(faults.EmptyAnswerError, match="rows of GM0518 in 85984NED"):
        fetched(replace(service, tables=(replace(service.tables[0], rows=()),)))


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from([0.01, 1.0, 10.0]))
def test_a_part_is_a_percentage_and_a_factor_a_unit(part: int, whole: int, factor: float) -> None:
    one, all_of = Wanted(("a",), ("n",)), Wanted(("b",), ("n",))
    definitions = (
        Definition("deel", "Deel", 3, (cbs.Way(one, of=(all_of,)),)),
        Definition("maat", "Maat", 2, (cbs.Way(one, factor=factor),)),
    )
    topics = (Column("a_1", "A", (), "n", "Topic"), Column("b_2", "B", (), "n", "Topic"))
    found = found_in("CBS", topics, definitions, "t")
    share, size = figures_of({"NL00": {"a_1": part, "b_2": whole}}, found, 2024, "t")
    assert size.value == f"{part * factor:.2f}"
    expected = (f"{100 * part / whole:.3f}", "") if whole else ("", "not_applicable")
    assert (share.value, share.reason) == expected


def test_the_folder_of_another_municipality_gets_its_figures() -> None:
    service = grid(PLACE)
    areas = areas_of(service.buurten, service.wijk_names)
    figures, divisions = fetched(kerncijfers(areas, (2023, 2024, 2025), page=4))
    assert figures.rows == 3 * (1 + 1 + 2 + 6) * len(PINNED_2024)
    assert divisions.rows == 3 * (1 + 2 + 6)
    assert figures.vintage == "2023 tot en met 2025"
    assert not [row for row in rows(figures) if "9998" in row["code"]]


def test_the_pages_show_the_figures_and_the_country_beside_the_municipality(
    small: Path, run: Run
) -> None:
    place = from_folder(DATA)
    service = kerncijfers(areas_of(place.buurten, place.wijk_names), (2022, 2023, 2024))
    with serving(service) as base:
        (outcome,) = run("cbs", base).outcomes
    assert outcome.problem == ""
    inputs = load_inputs(small)
    assert inputs.gave_way == {}
    found = inputs.statistics.set_index(["code", "indicator", "year"])["value"]
    assert found["NL00", "inwoners", "2023"] == 10_000
    released = release(compute(inputs), "publiek")
    figures = downloads(released)["data/cijfers.csv"].decode("utf-8-sig")
    assert "NL00;Nederland;land;inwoners;Inwoners;2024;10000;inwoners" in figures
    pages = make_pages(released, peildatum=DAY, basemap=False)
    index = next(page for page in pages if page.path == "index.html")
    (table, *_) = next(section.tables for section in index.sections if section.id == "tabel")
    assert [row[0] for row in table.footers] == ["Leidschendam-Voorburg", "Nederland"]
    assert set(inputs.areas.all_codes) & {"NL00"} == set()


def test_the_embedded_default_has_no_country(small: Path) -> None:
    released = release(compute(load_inputs(small)), "publiek")
    assert b"NL00" not in downloads(released)["data/cijfers.csv"]
    index = next(
        page
        for page in make_pages(released, peildatum=DAY, basemap=False)
        if page.path == "index.html"
    )
    (table, *_) = next(section.tables for section in index.sections if section.id == "tabel")
    assert [row[0] for row in table.footers] == ["Leidschendam-Voorburg"]


def sections_of(data: Path) -> dict[str, Any]:
    """Return the parts of the account of a data folder."""
    released = release(compute(load_inputs(data)), "publiek")
    pages = make_pages(released, peildatum=DAY, basemap=False)
    account = next(page for page in pages if page.path == "verantwoording.html")
    return {section.id: section for section in account.sections}


def test_what_another_file_has_too_is_counted_in_the_account(small: Path, run: Run) -> None:
    place = from_folder(DATA)
    areas = areas_of(place.buurten, place.wijk_names)
    assert "vervangen" not in sections_of(small)
    with serving(kerncijfers(areas, range(2016, 2023))) as base:
        (outcome,) = run("cbs", base).outcomes
    assert outcome.problem == ""
    inputs = load_inputs(small)
    # CBS has inhabitants and homes of the 43 buurten, and no cars
    assert inputs.gave_way == {"statistics/buurtcijfers_2016.csv": 2 * 43}
    (table,) = sections_of(small)["vervangen"].tables
    assert table.rows == (("Buurtcijfers van 2016", "86"),)
    found = inputs.statistics.set_index(["code", "indicator", "year"])
    assert found["source_table"]["BU19160501", "inwoners", "2016"] == "CBS 83487NED"
    assert found["source_table"]["BU19160501", "autos", "2016"] == "buurtcijfers 2016"


def test_a_line_breaks_where_a_code_became_another_place(small: Path, run: Run) -> None:
    """BU19160901 was Voorburg Oud, and is Voorburg Midden midden since 2019."""
    place = from_folder(DATA)
    now = areas_of(place.buurten, place.wijk_names)
    before = {**now, "BU19160901": "Voorburg Oud", "BU19160999": "Vroeger"}

    def value(code: str, topic: Topic) -> object:
        moved = topic.key == CHANGE and code == "BU19160901"
        return "3" if moved else plain(code, topic)

    tables = (
        table_of(2018, before, plain),
        table_of(2019, now, value),
        *(table_of(year, now, plain) for year in range(2020, 2023)),
    )
    with serving(Statline(tables=tables)) as base:
        (outcome,) = run("cbs", base).outcomes
    assert outcome.problem == ""
    inputs = load_inputs(small)
    of_2018 = inputs.statistics[
        (inputs.statistics["indicator"] == "inwoners") & (inputs.statistics["year"] == "2018")
    ].set_index("code")
    assert of_2018["value"]["BU19160900"] == 10_000
    assert of_2018["reason"]["BU19160901"] == "missing"
    assert of_2018["note"]["BU19160901"] == "In 2018 gold hier een andere indeling."
    of_others = inputs.figures_of_others
    assert set(of_others["code"][of_others["year"] == "2018"]) == {"BU19160999"}
    names = {
        (row["code"], row["year"]): row["name"]
        for row in csv.DictReader(
            io.StringIO((small / "boundaries/divisions.csv").read_text(encoding="utf-8"))
        )
    }
    assert names["BU19160901", "2018"] == "Voorburg Oud"
    assert names["BU19160901", "2019"] == "Voorburg Midden midden"


def test_offline_reads_the_kept_answers_again_for_another_year(small: Path, run: Run) -> None:
    place = from_folder(DATA)
    areas = areas_of(place.buurten, place.wijk_names)
    with serving(kerncijfers(areas, (2021, 2022))) as base:
        assert not run("cbs", base).failed
    path = small / cbs.FIGURES
    new = path.read_bytes()
    changed = new.replace(b"2021,10000,", b"2021,77777,").replace(b"2022,10000,", b"2022,88888,")
    path.write_bytes(changed)
    nowhere = "http://127.0.0.1:1"
    assert not run("cbs", nowhere, offline=True, years=(2021,)).failed
    assert path.read_bytes() == changed.replace(b"2021,77777,", b"2021,10000,")
    assert not run("cbs", nowhere, offline=True).failed
    assert path.read_bytes() == new
    (outcome,) = run("cbs", nowhere, offline=True, years=(2020,)).outcomes
    assert "CBS: expected a table of 2020, found an empty answer" in outcome.problem


def test_boundaries_of_a_later_year_and_the_years_of_cbs_fit_together(
    small: Path, run: Run
) -> None:
    place = from_folder(DATA, years=(2026,))
    areas = areas_of(place.buurten, place.wijk_names)
    with serving(place) as maps, serving(kerncijfers(areas, range(2022, 2026))) as base:
        assert not run("pdok", maps).failed
        (outcome,) = run("cbs", base).outcomes
        assert outcome.problem == ""
        first = (small / "boundaries/divisions.csv").read_bytes()
        assert not run("pdok", maps).failed
    assert (small / "boundaries/divisions.csv").read_bytes() == first
    inputs = load_inputs(small)
    known = inputs.statistics.dropna(subset=["value"])
    assert {"2022", "2025"} <= set(known["year"][known["code"] == "BU19160501"])
    assert inputs.figures_of_others.empty
