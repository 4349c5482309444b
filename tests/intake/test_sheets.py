"""Lists in every form in which they come, each with the same two homes."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely import Point

from geo_lv.errors import InputError
from geo_lv.intake.mapping import Mapping, read_mapping
from geo_lv.intake.rows import Intake, take_rows
from geo_lv.intake.sheet import read_sheet, text_of

X, Y = 86518.6, 456892.5
LON, LAT = 4.38782, 52.09604
"""The same place in degrees, to five decimals: about a metre."""


def take(path: Path, mapping: Mapping | None = None) -> Intake:
    known = mapping or Mapping()
    return take_rows(read_sheet(path, known), known, "Vidomes", "2026-01-01")


def require_two_homes(intake: Intake) -> None:
    assert intake.problems.empty
    homes = intake.homes[["dwelling_id", "street", "postcode", "rent_eur", "energy_label"]]
    assert homes.to_numpy().tolist() == [
        ["0001", "Caféstraat", "1001SS", "1234.50", "A+"],
        ["0002", "Caféstraat", "1001SS", "628.39", "geen"],
    ]


ENGLISH = """VHE,Straat,Postcode,Kale huur,Label
0001,Caféstraat,1001SS,1234.5,A+
0002,Caféstraat,1001SS,628.39,
"""
DUTCH = """VHE;Straat;Postcode;Kale huur;Label
0001;Caféstraat;1001 SS;1.234,50;a+
0002;"Caféstraat";1001ss;628,39;geen
""".replace("\n", "\r\n")


def mixed(text: str) -> bytes:
    lines = enumerate(text.split("\r\n"))
    return b"\r\n".join(line.encode("cp1252" if n % 2 else "utf-8") for n, line in lines)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lijst.csv", ENGLISH.encode()),
        ("lijst.csv", DUTCH.encode()),
        ("lijst.csv", DUTCH.encode("utf-8-sig")),
        ("lijst.csv", DUTCH.encode("cp1252")),
        ("lijst.csv", DUTCH.encode("utf-16")),
        ("lijst.csv", DUTCH.replace(";", "\t").encode()),
        ("LIJST.CSV", DUTCH.encode()),
        ("lijst.txt", DUTCH.replace("\r\n", "\n").encode()),
        ("lijst.tsv", DUTCH.replace(";", "\t").encode("cp1252")),
        ("lijst.csv", b"Overzicht\r\n;;;;\r\n" + DUTCH.encode()),
        # one line in each encoding
        ("lijst.csv", mixed(DUTCH)),
    ],
)  # fmt: skip
def test_csv_in_every_form(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    require_two_homes(take(path))


def book(path: Path, rows: list[Any], title: str = "Blad1") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def test_a_spreadsheet(tmp_path: Path) -> None:
    rows = [
        ["VHE", "Straat", "Postcode", "Kale huur", "Label"],
        ["0001", "Caféstraat", "1001 SS", 1234.5, "A+ "],
        ["0002", "Caféstraat", "1001ss", 628.39, None],
    ]
    intake = take(book(tmp_path / "lijst.xlsx", rows))
    require_two_homes(intake)
    assert (intake.sheet.name, intake.sheet.head_row) == ("lijst.xlsx", 1)


def test_a_house_number_that_became_a_date_is_set_aside(tmp_path: Path) -> None:
    rows = [["VHE", "Straat", "Huisnummer"], ["1", "Voorbeeldlaan", 12]]
    path = book(tmp_path / "lijst.xlsx", rows)
    made = openpyxl.load_workbook(path)
    made["Blad1"]["C2"] = dt.date(2014, 12, 12)
    made.save(path)
    [problem] = take(path).problems.to_dict("records")
    assert (problem["row"], problem["column"], problem["found"]) == (
        2,
        "Huisnummer",
        "'2014-12-12'",
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (True, "ja"),
        (False, "nee"),
        (12.0, "12"),
        (628.39, "628.39"),
        (1.234, "1.2340"),  # no thousands
        (1916010000000001.0, "1916010000000001"),
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (pd.NA, ""),
        (float("inf"), "inf"),
        ("a\x00b", "ab"),
    ],
)
def test_cells_of_a_spreadsheet(cell: object, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize("ending", ["gpkg", "geojson"])
def test_geographic_files(ending: str, tmp_path: Path) -> None:
    places = [Point(X, Y), Point(X + 5, Y)]
    frame = gpd.GeoDataFrame(
        {"VHE": ["0001", "0002"], "Postcode": "1001SS", "Label": ["A+", None]},
        geometry=places,
        crs="EPSG:28992",
    )
    path = tmp_path / f"lijst.{ending}"
    (frame if ending == "gpkg" else frame.to_crs("EPSG:4326")).to_file(path)
    homes = take(path).homes
    assert homes["dwelling_id"].tolist() == ["0001", "0002"]
    assert homes["energy_label"].tolist() == ["A+", "geen"]
    for place, x, y in zip(places, homes["x_rd"], homes["y_rd"], strict=True):
        assert (float(x), float(y)) == pytest.approx((place.x, place.y), abs=0.2)


def test_a_layer_without_reference_system_is_refused(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"VHE": ["1"], "Postcode": ["1001SS"]}, geometry=[Point(X, Y)])
    path = tmp_path / "lijst.gpkg"
    with pytest.warns(UserWarning, match="crs"):
        frame.to_file(path)
    with pytest.raises(InputError, match="a known reference system"):
        take(path)


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("X;Y", f"{X};{Y}"),
        ("X;Y", f"{Y};{X}"),
        ("X;Y", "86518,6;456892,5"),
        ("X;Y", f"{LON};{LAT}"),
        ("lon;lat", f"{LON};{LAT}"),
        ("lon;lat", f"{LAT};{LON}"),
        ("Lengtegraad;Breedtegraad", "4,38782;52,09604"),
    ],
)
def test_a_place_in_any_system_and_order(heads: str, cells: str, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(f"VHE;Postcode;{heads}\n1;1001SS;{cells}\n", encoding="utf-8")
    intake = take(path)
    [home] = intake.homes.to_dict("records")
    assert float(home["x_rd"]) == pytest.approx(X, abs=2)
    assert float(home["y_rd"]) == pytest.approx(Y, abs=2)
    changed = cells.startswith(("4,", "4.", "52"))
    assert bool([what for what in intake.mended if "degrees" in what]) == changed


def test_no_place_is_no_problem_and_zero_is_no_place(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("VHE;Postcode;X;Y\n1;1001SS;;\n2;1001SS;0;0\n", encoding="utf-8")
    intake = take(path)
    assert intake.homes[["x_rd", "y_rd"]].to_numpy().tolist() == [["", ""], ["", ""]]
    assert intake.mended == {"place 0, 0 read as no place": 1}


def mapped(tmp_path: Path, text: str) -> Mapping:
    path = tmp_path / "kolommen.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def test_a_mapping_says_what_columns_are(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Sleutel;VHE;PC\n1;anders;1001SS\n", encoding="utf-8")
    mapping = mapped(tmp_path, '[columns]\n"Sleutel" = "dwelling_id"\n"vhe" = ""\n')
    intake = take(path, mapping)
    assert intake.homes["dwelling_id"].tolist() == ["1"]
    assert intake.unused == ("VHE",)


def test_a_mapping_chooses_a_sheet(tmp_path: Path) -> None:
    path = book(tmp_path / "lijst.xlsx", [["VHE", "Postcode", "Label"], ["1", "1001SS", "A"]])
    made = openpyxl.load_workbook(path)
    made.create_sheet("Oud").append(["VHE", "Postcode"])
    made["Oud"].append(["2", "1001SS"])
    made.save(path)
    assert take(path).homes["dwelling_id"].tolist() == ["1"]
    mapping = mapped(tmp_path, 'sheet = "Oud"\n')
    assert take(path, mapping).homes["dwelling_id"].tolist() == ["2"]
    with pytest.raises(InputError, match="a sheet Nieuw"):
        take(path, Mapping("Nieuw"))


def test_a_mapping_to_nothing_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"kolommen\.toml, row 2, column Sleutel.*found 'vhe'"):
        mapped(tmp_path, '[columns]\n"Sleutel" = "vhe"\n')


def test_a_home_without_a_number_is_named_by_its_address(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Postcode;Huisnummer;BAG id\n1001SS;12a;\n1001SS;3;1916010000000001\n", "utf-8")
    assert take(path).homes["dwelling_id"].tolist() == ["1001SS 12A", "1916010000000001"]


def test_a_geojson_of_lines_gives_a_place_on_each(tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "properties": {"VHE": "1", "Postcode": "1001SS"},
        "geometry": {"type": "LineString", "coordinates": [[LON, LAT], [LON, LAT]]},
    }
    path = tmp_path / "lijst.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    [home] = take(path).homes.to_dict("records")
    assert float(home["x_rd"]) == pytest.approx(X, abs=2)
