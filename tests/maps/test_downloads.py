"""Downloads hold the same figures as the pages, open well in a Dutch spreadsheet, run nothing."""

import csv
import dataclasses
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.editions import Released
from geo_lv.maps.downloads import FICTITIOUS, downloads, safe_text

CSV_FILES = (
    "cijfers",
    "andere_jaren",
    "energielabels",
    "nieuwbouw",
    "fasering",
    "aandachtslijsten",
    "koppeling",
)
LAYERS = {"wijken": 13, "buurten": 43, "plangebieden": 4}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture(scope="module")
def files(released: Released) -> Mapping[str, bytes]:
    """Return every download of the embedded default."""
    return downloads(released)


def rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a download, read as a Dutch spreadsheet does."""
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


@given(st.text() | st.sampled_from(FORMULA).flatmap(lambda c: st.text().map(lambda t: c + t)))
def test_no_text_is_a_formula(text: str) -> None:
    safe = safe_text(text)
    assert not safe.startswith(FORMULA)
    assert safe in {text, f"'{text}"}


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2", "'-2"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_formula_becomes_text(text: str, safe: str) -> None:
    assert safe_text(text) == safe


def test_every_download_is_there(files: Mapping[str, bytes]) -> None:
    expected = {f"data/{name}.csv" for name in CSV_FILES}
    assert set(files) == expected | {f"data/{name}.geojson" for name in LAYERS}


@pytest.mark.parametrize("name", CSV_FILES)
def test_a_table_opens_in_a_dutch_spreadsheet(files: Mapping[str, bytes], name: str) -> None:
    content = files[f"data/{name}.csv"]
    assert content.startswith("\ufeff".encode())
    assert content.endswith(b"\r\n")
    table = rows(content)
    assert table
    assert all(None not in row and None not in row.values() for row in table)


@pytest.mark.parametrize(
    ("code", "name", "year", "expected"),
    [
        ("GM1916", "inwoners", "2024", {"waarde": "78229", "niveau": "gemeente", "reden": ""}),
        ("WK191606", "inkomen_laag", "2022", {"eenheid": "%", "niveau": "wijk"}),
        ("essesteijn", "inwoners", "2024", {"waarde": "5820", "niveau": "plangebied"}),
        ("leidschendam-zuid", "inwoners", "2024", {"waarde": "", "reden": "ontbreekt"}),
        ("BU19160401", "corporatiewoningen", "", {"waarde": "", "reden": "geheim"}),
        ("BU19160501", "corporatiewoningen", "", {"waarde": "60", "fictief": FICTITIOUS}),
        ("BU19160501", "label_gemiddeld", "", {"waarde": "6", "label": "A"}),
        ("essesteijn", "nieuwbouw_sociaal", "", {"waarde": "", "reden": "ontbreekt"}),
        ("WK191604", "nieuwbouw_sociaal", "", {"waarde": "51", "fictief": ""}),
    ],
)
def test_a_figure_in_the_table(
    files: Mapping[str, bytes], code: str, name: str, year: str, expected: dict[str, str]
) -> None:
    (row,) = [
        row
        for row in rows(files["data/cijfers.csv"])
        if (row["gebied_code"], row["cijfer"], row["jaar"]) == (code, name, year)
    ]
    assert {key: row[key] for key in expected} == expected


def test_the_table_of_figures_is_the_released_table(
    files: Mapping[str, bytes], released: Released
) -> None:
    other = (released.figures["year"] == "2022") & released.figures["indicator"].isin(
        ["inwoners", "woningen"]
    )
    shown = [*released.figures[~other].itertuples(index=False)]
    later = [*released.figures[other].itertuples(index=False)]
    for name, figures in (("cijfers", shown), ("andere_jaren", later)):
        _expect_the_same(rows(files[f"data/{name}.csv"]), figures)
    assert set(released.figures.loc[other, "code"].str[:2]) >= {"GM", "WK"}


def _expect_the_same(table: list[dict[str, str]], figures: list[Any]) -> None:
    for row, figure in zip(table, figures, strict=True):
        assert (row["gebied_code"], row["cijfer"], row["jaar"]) == (
            figure.code,
            figure.indicator,
            figure.year,
        )
        assert (row["waarde"] == "") == (figure.reason != "") == (row["reden"] != "")
        if row["waarde"]:
            assert float(row["waarde"].replace(",", ".")) == pytest.approx(figure.value, abs=1e-8)


def test_only_figures_of_the_sample_are_marked_fictitious(files: Mapping[str, bytes]) -> None:
    marked = {
        row["cijfer"] for row in rows(files["data/cijfers.csv"]) if row["fictief"] == FICTITIOUS
    }
    assert marked == {
        "corporatiewoningen",
        "aandeel_vidomes",
        "aandeel_wooninvest",
        "label_gemiddeld",
        "label_efg",
    }
    for name in ("energielabels", "koppeling"):
        assert {row["fictief"] for row in rows(files[f"data/{name}.csv"])} == {FICTITIOUS}


def test_with_real_dwellings_nothing_is_marked(released: Released) -> None:
    real = downloads(dataclasses.replace(released, fictitious_dwellings=False))
    assert all(b"ictie" not in content.replace(b"fictief", b"") for content in real.values())
    assert all(not row["fictief"] for row in rows(real["data/cijfers.csv"]))


def test_label_counts_of_a_secret_bar_are_left_out(files: Mapping[str, bytes]) -> None:
    table = rows(files["data/energielabels.csv"])
    secret = [row for row in table if row["gebied_code"] in {"BU19160400", "BU19160401"}]
    assert [
        (row["label"], row["woningen"], row["gemiddeld_rangnummer"], row["procent_efg"])
        for row in secret
    ] == [("geheim", "", "", "")] * 2


def test_new_build_keeps_programme_and_state_apart(files: Mapping[str, bytes]) -> None:
    table = {row["id"]: row for row in rows(files["data/nieuwbouw.csv"])}
    assert len(table) == 16
    star = table["de-star-51"]
    assert star["programma_sociaal"] == "Nnb: aantal nog niet bekend"
    assert star["stand_van_zaken"].startswith("Ongeveer 108 sociale huurwoningen")
    assert table["transformatie-garages"]["plek"] == "locatie onbekend"
    assert table["de-tol-32a"]["stand_van_zaken"] == "onbekend"


def test_phasing_marks_what_is_indicative_or_unknown(files: Mapping[str, bytes]) -> None:
    found = [
        (row["plangebied"], row["fase"], row["van"], row["tot"], row["weergave"])
        for row in rows(files["data/fasering.csv"])
    ]
    assert found == [
        ("De Heuvel & Amstelwijk", "opstellen", "2022", "2023", "indicatief"),
        ("De Heuvel & Amstelwijk", "uitvoering", "", "", "onbekend"),
        ("De Heuvel & Amstelwijk", "gasvrij", "", "", "onbekend"),
        ("Leidschendam-Zuid", "opstellen", "", "", "onbekend"),
        ("Leidschendam-Zuid", "uitvoering", "", "", "onbekend"),
        ("Leidschendam-Zuid", "gasvrij", "", "", "onbekend"),
        ("Essesteijn", "opstellen", "", "", "onbekend"),
        ("Essesteijn", "uitvoering", "", "", "onbekend"),
        ("Essesteijn", "gasvrij", "", "", "onbekend"),
        ("Klein Plaspoelpolder", "opstellen", "2026", "2027", "volgens bron"),
        ("Klein Plaspoelpolder", "uitvoering", "2028", "2035", "volgens bron"),
        ("Klein Plaspoelpolder", "gasvrij", "2036", "", "volgens bron"),
    ]


def test_the_join_report_adds_up_on_every_level(files: Mapping[str, bytes]) -> None:
    totals: dict[str, int] = {}
    for row in rows(files["data/koppeling.csv"]):
        totals[row["niveau"]] = totals.get(row["niveau"], 0) + int(row["woningen"])
        assert (row["uitkomst"] == "geplaatst") == (row["reden"] == "")
    plan = "binnen of buiten een plangebied"
    assert totals == {"buurt": 9223, "wijk": 9223, plan: 9223, "gemeente": 9223}


def layer(files: Mapping[str, bytes], name: str) -> dict[str, dict[str, Any]]:
    """Return the features of a layer by code."""
    content = json.loads(files[f"data/{name}.geojson"])
    return {feature["properties"]["code"]: feature for feature in content["features"]}


@pytest.mark.parametrize(("name", "number"), LAYERS.items())
def test_a_layer_has_valid_areas_in_wgs84(
    files: Mapping[str, bytes], name: str, number: int
) -> None:
    features = layer(files, name)
    assert len(features) == number
    for feature in features.values():
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert shapely.box(4.3, 52.0, 4.6, 52.2).contains(shape)
        assert shapely.get_coordinates(shape) == pytest.approx(
            shapely.get_coordinates(shape).round(6), abs=1e-12
        )


def test_a_layer_carries_value_or_reason_under_the_name_of_the_figure(
    files: Mapping[str, bytes],
) -> None:
    wijk = layer(files, "wijken")["WK191606"]["properties"]
    assert (wijk["naam"], wijk["inwoners-2024"]) == ("De Heuvel / Amstelwijk", 3250)
    plan = layer(files, "plangebieden")["leidschendam-zuid"]["properties"]
    assert (plan["inwoners-2024"], plan["inwoners-2024-reden"]) == (None, "ontbreekt")
    small = layer(files, "buurten")["BU19160401"]["properties"]
    assert small["corporatiewoningen-fictief"] is None
    assert small["corporatiewoningen-fictief-reden"] == "geheim"
    assert (small["grens"], "grens" in wijk) == ("officieel", False)
    assert layer(files, "buurten")["BU19160602"]["properties"]["grens"] == "indicatief"
    whole = json.loads(files["data/buurten.geojson"])
    assert whole["fictief"] == FICTITIOUS
    assert len(whole["bronnen"]) == 15


def test_a_hostile_name_stays_text_in_every_download(released: Released) -> None:
    name = '=HYPERLINK("x");\r\n</script>${alert(1)}\u202e' + "x" * 10_000
    areas = released.areas
    hostile = dataclasses.replace(
        released, areas=dataclasses.replace(areas, buurten=areas.buurten.assign(bu_name=name))
    )
    files = downloads(hostile)
    table = rows(files["data/cijfers.csv"])
    named = {row["gebied"] for row in table if row["gebied_code"].startswith("BU")}
    assert named == {f"'{name}"}
    assert {feature["properties"]["naam"] for feature in layer(files, "buurten").values()} == {name}
