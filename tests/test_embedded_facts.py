"""Facts in the data folder against values written by hand, read with the standard library only."""

import csv
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent.parent / "data"
AGREEMENTS = (
    "attention",
    "new_build",
    "new_build_progress",
    "phasing",
    "metingen",
    "renovations",
)

PLACES: dict[str, tuple[str, str]] = {
    "dorpshuis-zustersdijk": ("BU19160400", "H"),
    "doctor-van-noortstraat": ("BU19160400", "H"),
    "kpp-2-entree": ("BU19160501", "H"),
    "de-bres-vidomes": ("BU19160500", "M"),
    "kpp-5-triadome": ("BU19160501", "H"),
    "van-santhorststraat": ("BU19160400", "H"),
    "diaconessenhuis": ("BU19161200", "H"),
    "overgoo": ("BU19160504", "M"),
    "westeinderweg-3": ("BU19160400", "M"),
    "de-bres-wooninvest": ("BU19160500", "M"),
    "de-star-51": ("BU19160502", "H"),
    "appelgaarde-2-4": ("BU19160800", "M"),
    "de-tol-32a": ("BU19160502", "H"),
    "transformatie-garages": ("", "?"),
    "de-tol-optopping": ("BU19160502", "H"),
    "prins-frederik-hendriklaan-optopping": ("", "?"),
}

PHASING = [
    ("de-heuvel-amstelwijk", "opstellen", "2022", "2023", "vertraagd", "M"),
    ("de-heuvel-amstelwijk", "uitvoering", "2024", "2031", "afgeleid", "L"),
    ("de-heuvel-amstelwijk", "gasvrij", "2032", "", "gepland", "M"),
    ("leidschendam-zuid", "opstellen", "", "", "onbekend", "?"),
    ("leidschendam-zuid", "uitvoering", "", "", "onbekend", "?"),
    ("leidschendam-zuid", "gasvrij", "", "", "onbekend", "?"),
    ("essesteijn", "opstellen", "", "", "onbekend", "?"),
    ("essesteijn", "uitvoering", "", "", "onbekend", "?"),
    ("essesteijn", "gasvrij", "", "", "onbekend", "?"),
    ("klein-plaspoelpolder", "opstellen", "2026", "2027", "gepland", "H"),
    ("klein-plaspoelpolder", "uitvoering", "2028", "2035", "gepland", "H"),
    ("klein-plaspoelpolder", "gasvrij", "2036", "", "gepland", "H"),
]

KERNCIJFERS = [
    ("GM1916", "inwoners", "2022", "76659"),
    ("GM1916", "inwoners", "2024", "78229"),
    ("GM1916", "woningen", "2022", "37202"),
    ("GM1916", "woningen", "2024", "37746"),
    ("GM1916", "oppervlakte_km2", "2022", "35.61"),
    ("GM1916", "oppervlakte_water_ha", "2024", "301"),
    ("GM1916", "inkomen_laag", "2022", "35.2"),
    ("GM1916", "woz_waarde", "2022", "339"),
    ("GM1916", "stedelijkheid", "2022", "1"),
    ("WK191602", "inwoners", "2022", "5610"),
    ("WK191602", "inkomen_laag", "2022", "47.7"),
    ("WK191602", "koopwoningen", "2022", "38"),
    ("WK191602", "bevolkingsdichtheid", "2024", "10434"),
    ("WK191604", "stedelijkheid", "2022", "5"),
    ("WK191604", "oppervlakte_km2", "2022", "21.43"),
    ("WK191604", "oppervlakte_land_ha", "2024", "1880"),
    ("WK191606", "woningen", "2022", "1794"),
    ("WK191606", "woningen", "2024", "1795"),
    ("WK191606", "woz_waarde", "2022", "192"),
    ("WK191606", "opleiding_hbo_wo", "2022", "18"),
    ("WK191606", "inwoners", "2024", "3250"),
    ("WK191612", "inkomen_hoog", "2022", "43.6"),
    ("WK191612", "leeftijd_0_14", "2022", "21"),
    ("WK191612", "arbeidsdeelname", "2022", "66"),
    ("WK191612", "mannen", "2024", "2570"),
    ("WK191612", "vrouwen", "2024", "2660"),
    ("BU19160501", "inwoners", "2016", "545"),
    ("BU19160501", "autos", "2016", "290"),
    ("BU19160200", "woningen", "2016", "2194"),
]


def read(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def features(name: str) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON file of the boundaries."""
    content = json.loads((DATA / "boundaries" / name).read_text(encoding="utf-8"))
    return list(content["features"])


def settings(name: str) -> dict[str, Any]:
    """Return a TOML file."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def kerncijfers() -> dict[tuple[str, str, str], dict[str, str]]:
    """Return the figures by code, indicator and year."""
    return {(row["code"], row["indicator"], row["year"]): row for row in figures_of_files()}


def figures_of_files() -> list[dict[str, str]]:
    """Return the figures of CBS, and those of the publisher that is not known."""
    return [*read("statistics/kerncijfers.csv"), *read("statistics/buurtcijfers_2016.csv")]


def sites() -> dict[str, dict[str, str]]:
    """Return the new-build sites by id."""
    return {row["site_id"]: row for row in read("agreements/new_build.csv")}


def test_there_are_43_buurten_of_which_18_official() -> None:
    borders = Counter(feature["properties"]["border"] for feature in features("buurten.geojson"))
    assert borders == {"official": 18, "indicative": 25}


def test_there_are_13_wijken_and_each_buurt_lies_in_one() -> None:
    wijken = [feature["properties"]["wk_code"] for feature in features("wijken.geojson")]
    assert wijken == [f"WK19160{n}" if n < 10 else f"WK1916{n}" for n in range(1, 14)]
    for feature in features("buurten.geojson"):
        assert feature["properties"]["wk_code"] == "WK" + feature["properties"]["bu_code"][2:8]


def test_boundaries_carry_only_what_is_promised() -> None:
    (buurt,) = {tuple(feature["properties"]) for feature in features("buurten.geojson")}
    (wijk,) = {tuple(feature["properties"]) for feature in features("wijken.geojson")}
    assert buurt == ("bu_code", "bu_name", "wk_code", "gm_code", "border")
    assert wijk == ("wk_code", "wk_name", "gm_code")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("BU19160200", "Prinsenhof hoog"),
        ("BU19160501", "Klein Plaspoelpolder"),
        ("BU19160502", "Leidschendam - Zuid De Tol / 't Hert"),
        ("BU19160901", "Voorburg Midden midden"),
    ],
)
def test_buurten_have_the_names_of_cbs(code: str, name: str) -> None:
    names = {
        f["properties"]["bu_code"]: f["properties"]["bu_name"] for f in features("buurten.geojson")
    }
    assert names[code] == name


@pytest.mark.parametrize(("code", "indicator", "year", "value"), KERNCIJFERS)
def test_figures_are_those_of_the_source(code: str, indicator: str, year: str, value: str) -> None:
    assert kerncijfers()[code, indicator, year]["value"] == value


def test_figures_are_complete() -> None:
    # 14 areas x 15 indicators in 2022 and x 8 in 2024, 43 buurten x 3 indicators in 2016
    years = Counter((row["year"], row["source_table"][:3]) for row in figures_of_files())
    assert years == {("2016", "buu"): 129, ("2022", "CBS"): 210, ("2024", "CBS"): 112}
    assert len(kerncijfers()) == 129 + 210 + 112


def test_a_figure_is_empty_exactly_when_a_reason_is_given() -> None:
    assert all((row["value"] == "") == (row["reason"] != "") for row in kerncijfers().values())


def test_figures_of_2016_are_only_there_for_unchanged_buurten() -> None:
    official = {
        feature["properties"]["bu_code"]
        for feature in features("buurten.geojson")
        if feature["properties"]["border"] == "official"
    }
    figures = kerncijfers()
    known = {
        code
        for (code, name, year), row in figures.items()
        if (name, year) == ("inwoners", "2016") and row["value"]
    }
    assert known == official
    assert figures["BU19160503", "autos", "2016"]["reason"] == "missing"


def test_figures_are_sorted() -> None:
    for name in ("kerncijfers", "buurtcijfers_2016"):
        rows = read(f"statistics/{name}.csv")
        order = [(row["indicator"], row["year"], row["code"]) for row in rows]
        assert order == sorted(order)


def test_each_indicator_is_explained_once() -> None:
    """Also those that come in with a fetch, of the Leefbaarometer, CBS and the police."""
    ids = [entry["id"] for entry in settings("statistics/indicators.toml")["indicator"]]
    parts = ("woningen", "omgeving", "voorzieningen", "samenhang", "veiligheid")
    scores = {"leefbaarheid", *(f"leefbaarheid_{part}" for part in parts)}
    fetched = {
        "bijstand",
        "corporatiebezit",
        "eenpersoonshuishoudens",
        "gasverbruik",
        "huishoudens",
        "jeugdzorg",
        "sociaal_minimum",
        "stadsverwarming",
        "wmo",
    }
    counts = {"misdrijven", "woninginbraak", "geweld", "vernieling", "overlast"}
    police = {*counts, *(f"{name}_per_1000" for name in counts), "winkeldiefstal"}
    held = {row["indicator"] for row in figures_of_files()}
    entered = {"verhuringen_aandachtsgroepen", "verhuringen_kwetsbare_groepen"}
    assert sorted(ids) == sorted(held | scores | fetched | police | entered)


def test_indicators_say_how_they_may_be_aggregated() -> None:
    weights = {}
    for entry in settings("statistics/indicators.toml")["indicator"]:
        assert ("weight" in entry) == (entry["aggregation"] == "weighted_mean")
        assert ("aggregation_note" in entry) == (entry["aggregation"] == "none")
        if "weight" in entry:
            weights[entry["id"]] = entry["weight"]
    ages = ("0_14", "15_24", "25_44", "45_64", "65_plus")
    assert weights == {f"leeftijd_{age}": "inwoners" for age in ages} | {
        "woz_waarde": "woningen",
        "koopwoningen": "woningen",
        "corporatiebezit": "woningen",
        "eenpersoonshuishoudens": "huishoudens",
        "bijstand": "inwoners",
        "wmo": "inwoners",
        "bevolkingsdichtheid": "oppervlakte_land_ha",
        "misdrijven_per_1000": "inwoners",
        "woninginbraak_per_1000": "woningen",
        "geweld_per_1000": "inwoners",
        "vernieling_per_1000": "inwoners",
        "overlast_per_1000": "inwoners",
    }


def test_a_weight_is_known_for_the_same_areas_and_years() -> None:
    figures = kerncijfers()
    for entry in settings("statistics/indicators.toml")["indicator"]:
        for code, name, year in figures:
            if name == entry["id"] and "weight" in entry:
                assert figures[code, entry["weight"], year]["value"]


def test_plan_areas_are_made_of_the_right_buurten() -> None:
    areas = {area["slug"]: area["bu_codes"] for area in settings("municipality.toml")["plan_areas"]}
    assert areas == {
        "de-heuvel-amstelwijk": ["BU19160600", "BU19160601", "BU19160602"],
        "leidschendam-zuid": ["BU19160502", "BU19160504"],
        "essesteijn": ["BU19160800", "BU19160801", "BU19160802", "BU19160803", "BU19160804"],
        "klein-plaspoelpolder": ["BU19160501"],
    }


def test_municipality_and_stock() -> None:
    municipality = settings("municipality.toml")
    assert (municipality["gm_code"], municipality["name"]) == ("GM1916", "Leidschendam-Voorburg")
    stock = {entry["name"]: entry["stock"] for entry in municipality["corporations"]}
    assert stock == {"Vidomes": 3520, "WoonInvest": 5703}
    axis = (municipality["phasing"]["axis_start"], municipality["phasing"]["axis_end"])
    assert axis == (2022, 2035)


def test_attention_lists_have_their_areas_and_years() -> None:
    found = [
        (row["list_id"], row["area_name"], row["first_year"], row["last_year"], row["confidence"])
        for row in read("agreements/attention.csv")
    ]
    assert found == [
        ("bijlage-iii-c1", "Bovenveen", "2022", "2025", "H"),
        ("bijlage-iii-c1", "De Heuvel", "2022", "2025", "H"),
        ("bijlage-iii-c1", "Prinsenhof", "2022", "2025", "M"),
        ("bijlage-iii-c1", "Voorburg-Noord", "2022", "2025", "H"),
        ("jaarschijf-2024-c1", "Leidschendam-Zuid", "2024", "2024", "M"),
        ("sterk-voor-noord", "Prinsenhof", "2024", "2024", "M"),
        ("sterk-voor-noord", "De Heuvel/Amstelwijk", "2024", "2024", "H"),
    ]


def test_only_leidschendam_zuid_has_a_focus_which_is_de_tol() -> None:
    focus = {r["area_name"]: r["focus_bu_codes"] for r in read("agreements/attention.csv")}
    assert {name: code for name, code in focus.items() if code} == {
        "Leidschendam-Zuid": "BU19160502"
    }


def test_years_of_a_list_agree_with_its_areas() -> None:
    years = {e["id"]: e["years"] for e in settings("municipality.toml")["attention_lists"]}
    for row in read("agreements/attention.csv"):
        assert years[row["list_id"]] == list(
            range(int(row["first_year"]), int(row["last_year"]) + 1)
        )


def test_programme_of_vidomes_is_281_social_homes() -> None:
    social = [
        row["programme_social"] for row in sites().values() if row["corporation"] == "Vidomes"
    ]
    assert social == ["20", "8", "15", "18", "37", "15", "60", "100", "8"]
    assert sum(map(int, social)) == 281


def test_programme_of_wooninvest_keeps_numbers_unknowns_and_shares_apart() -> None:
    rows = [row for row in sites().values() if row["corporation"] == "WoonInvest"]
    social = [row["programme_social"] for row in rows]
    assert social == ["72", "Nnb", "30%", "10", "Nnb", "36", "0"]
    assert sum(int(value) for value in social if value.isdigit()) == 118
    assert sum(int(row["programme_mid"]) for row in rows) == 16


def test_sites_stand_in_the_expected_buurt() -> None:
    found = {name: (row["bu_code"], row["place_confidence"]) for name, row in sites().items()}
    assert found == PLACES
    for row in sites().values():
        assert row["place_accuracy"] == ("buurt" if row["bu_code"] else "onbekend")
        assert (row["period_start"], row["period_end"]) == ("2023", "2030")


def test_a_status_is_empty_exactly_when_it_is_unknown() -> None:
    unknown = {name for name, row in sites().items() if row["status_confidence"] == "?"}
    assert unknown == {
        "de-bres-vidomes",
        "de-bres-wooninvest",
        "de-tol-32a",
        "de-tol-optopping",
        "prins-frederik-hendriklaan-optopping",
        "transformatie-garages",
    }
    for name, row in sites().items():
        assert (row["status"] == "") == (row["status_source"] == "") == (name in unknown)


def test_zustersdijk_contradicts_the_programme_and_says_so() -> None:
    row = sites()["dorpshuis-zustersdijk"]
    assert row["programme_social"] == "20"
    assert row["status"].startswith("Wijkt af van het programma")
    assert "zonder sociale huur" in row["status"]


def test_phasing_has_only_years_with_a_source() -> None:
    names = ("plan_area", "phase", "start", "end", "status", "confidence")
    found = [tuple(row[name] for name in names) for row in read("agreements/phasing.csv")]
    assert found == PHASING


def test_an_undated_page_gives_no_peildatum() -> None:
    rows = read("agreements/phasing.csv")
    undated = [row for row in rows if row["source"] in {"LV-KPP", "GESPREK-LZ", "SEED"}]
    assert len(undated) == 9
    assert all(row["peildatum"] == "" for row in undated)
    assert {row["text"] for row in rows if row["start"] == "2036"} == {"richting 2036"}


def goals() -> list[tuple[str, str, str, Any, str]]:
    """Return point, corporation, bound, value and last day of every goal."""
    return [
        (
            goal["point"],
            goal.get("corporation", ""),
            goal["bound"],
            goal["value"],
            str(goal.get("until", "")),
        )
        for goal in settings("agreements/afspraken.toml")["goals"]
    ]


GOALS = [
    ("J-A3.1-klein", "", "at_most", 30, "2024-12-31"),
    ("J-A3.1-groot", "", "at_most", 30, "2024-12-31"),
    ("J-A3.1-55plus", "", "at_most", 30, "2024-12-31"),
    ("M-A10-aandeel", "", "at_most", 10, "2025-12-31"),
    ("M-A13-2022", "", "at_least", 54, "2022-12-31"),
    ("M-A15-noodwoningen", "", "at_least", 2, ""),
    ("J-A3.5-flexwoning", "WoonInvest", "at_least", 1, "2024-12-31"),
    ("J-B9-groei", "", "at_least", 750, "2030-12-31"),
    ("I-opgeleverd", "Vidomes", "at_least", 281, "2030-12-31"),
    ("I-opgeleverd", "WoonInvest", "at_least", 118, "2030-12-31"),
    ("J-B14-capaciteit", "", "at_least", 130, ""),
    ("M-B4-verhuizingen", "", "at_least", 12, "2022-12-31"),
    ("M-B4-verhuizingen", "", "at_least", 24, "2023-12-31"),
    ("M-B4-verhuizingen", "", "at_least", 180, "2030-12-31"),
    ("M-B8-klein", "Vidomes", "at_least", 81, ""),
    ("M-B8-klein", "WoonInvest", "at_least", 89, ""),
    ("M-B8-groot", "Vidomes", "at_least", 75, ""),
    ("M-B8-groot", "WoonInvest", "at_least", 56, ""),
    ("M-B9-passend", "", "at_least", 85, "2025-12-31"),
    ("M-B1-verkoop", "Vidomes", "at_most", 5, "2022-12-31"),
    ("M-B1-verkoop", "WoonInvest", "at_most", 0, "2022-12-31"),
    ("M-D6-label", "Vidomes", "at_least", "B", "2027-12-31"),
    ("M-D6-label", "Vidomes", "at_least", "A", "2030-12-31"),
    ("M-D6-label", "WoonInvest", "at_least", "B", "2027-12-31"),
    ("M-D6-zuiniger", "Vidomes", "at_least", 380, "2026-12-31"),
    ("J-D-efg", "Vidomes", "at_most", 0, "2028-12-31"),
    ("J-D-efg", "WoonInvest", "at_most", 0, "2028-12-31"),
    ("M-D3-renovatie", "", "at_least", 730, "2024-12-31"),
    ("M-D3-label", "", "at_least", 100, ""),
    ("M-D4-zon", "Vidomes", "at_least", 350, "2025-12-31"),
    ("M-D4-zon", "WoonInvest", "at_least", 350, "2025-12-31"),
    ("M-D8-toestellen", "", "at_most", 0, "2022-12-31"),
    ("M-D11-co2", "", "at_most", 110401.2, "2021-12-31"),
]
MEASURED = {
    "J-A3.1", "J-A3.5", "J-B9", "J-B14", "J-D", "M-A3", "M-A10", "M-A13", "M-A15", "M-B1", "M-B4",
    "M-B8", "M-B9", "M-B11", "M-D3", "M-D4", "M-D6", "M-D8", "M-D11", "Bijlage I", "Tabel 5",
}  # fmt: skip
"""Codes of the agreements of which something can be measured, or of which it is said why not."""


def test_goals_of_the_agreements() -> None:
    assert goals() == GOALS
    (range_of_moves,) = [
        goal["up_to"] for goal in settings("agreements/afspraken.toml")["goals"] if "up_to" in goal
    ]
    assert range_of_moves == 200
    assert pytest.approx(0.78 * 141540) == 110401.2


def test_every_measuring_point_of_the_agreements_is_there() -> None:
    monitored = settings("agreements/afspraken.toml")
    owners = {point["agreement"] for point in monitored["points"]}
    agreements = {each["code"]: each for each in monitored["agreements"]}
    assert {
        code for owner in owners for code in (owner, *agreements[owner].get("also", []))
    } == MEASURED
    of_goals = {goal[0] for goal in goals()}
    for point in monitored["points"]:
        assert point["code"] in of_goals or point["not_measurable"]


def test_nothing_was_measured_that_no_source_says() -> None:
    assert [
        (row["code"], row["date"], row["value"], row["confidence"])
        for row in read("agreements/metingen.csv")
    ] == [("J-B9-groei", "2023-04", "189", "L")]


def used_sources() -> set[str]:
    """Return every source key in the agreements and in the municipality file."""
    cells = [
        row[column]
        for name in AGREEMENTS
        for row in read(f"agreements/{name}.csv")
        for column in ("source", "status_source")
        if column in row
    ]
    municipality = settings("municipality.toml")
    groups = ("corporations", "plan_areas", "meeting_areas", "attention_lists")
    entries = [entry for group in groups for entry in municipality[group]]
    entries.append(municipality["phasing"])
    entries += settings("agreements/afspraken.toml")["agreements"]
    return {key for cell in cells for key in cell.split()} | {
        key for entry in entries for key in entry["source"].split()
    }


def test_source_keys_that_are_used_are_those_that_are_listed() -> None:
    listed = [row["key"] for row in read("agreements/sources.csv")]
    assert listed == sorted(set(listed))
    assert used_sources() == set(listed)


def test_every_row_of_the_agreements_has_a_source() -> None:
    for name in AGREEMENTS:
        assert all(row["source"] for row in read(f"agreements/{name}.csv"))


def test_every_data_file_has_provenance() -> None:
    entries = settings("provenance.toml")["file"]
    present = {
        path.relative_to(DATA).as_posix()
        for path in DATA.rglob("*")
        if path.suffix in {".csv", ".geojson"}
    }
    assert {entry["path"] for entry in entries} == present
    assert len(entries) == len(present)
    fictitious = [entry["path"] for entry in entries if entry["fictitious"]]
    assert fictitious == ["properties/dwellings.csv"]


def test_the_provenance_counts_the_rows_of_each_file() -> None:
    for entry in settings("provenance.toml")["file"]:
        path = DATA / entry["path"]
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                rows = len(list(csv.DictReader(file)))
        else:
            rows = len(json.loads(path.read_text("utf-8"))["features"])
        assert entry["rows"] == rows, entry["path"]


def test_text_files_are_utf8_with_unix_line_ends() -> None:
    for path in DATA.rglob("*.*"):
        content = path.read_bytes()
        assert content.decode("utf-8").endswith("\n")
        assert b"\r" not in content
