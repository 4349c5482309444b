"""The fictitious dwellings: repeatable to the byte, and awkward exactly as often as promised."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pydantic import ValidationError

from geo_lv.crs import RD_NEW
from geo_lv.errors import CrsError, InputError
from geo_lv.sample import (
    LABELS,
    NO_LABEL,
    SampleRecipe,
    allocate,
    generate,
    main,
    read_recipe,
    write,
)

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
DWELLINGS = DATA / "properties" / "dwellings.csv"


@pytest.fixture(scope="module")
def recipe() -> SampleRecipe:
    return read_recipe(DATA / "properties" / "sample.toml")


@pytest.fixture(scope="module")
def buurten() -> gpd.GeoDataFrame:
    """Return the embedded buurten in RD New."""
    return gpd.read_file(DATA / "boundaries" / "buurten.geojson").to_crs(RD_NEW)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Return the rows of the file as text, read by the standard library only."""
    with DWELLINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with all that the sample is made from, and no dwellings."""
    for name in ("boundaries/buurten.geojson", "properties/sample.toml"):
        target = tmp_path / name
        target.parent.mkdir(parents=True)
        shutil.copyfile(DATA / name, target)
    return tmp_path


def awkward(rows: list[dict[str, str]], buurten: gpd.GeoDataFrame) -> Counter[str]:
    """Count the kinds of rows per corporation, judged from the file and the borders alone."""
    shapes = buurten.set_index("bu_code").geometry
    return Counter(f"{row['corporation']} {kind_of(row, shapes)}" for row in rows)


def kind_of(row: dict[str, str], shapes: gpd.GeoSeries) -> str:
    """Say what is awkward about a row."""
    if not row["x_rd"]:
        return "without location" if not row["bu_code"] + row["y_rd"] else "wrong"
    point = shapely.Point(float(row["x_rd"]), float(row["y_rd"]))
    if row["bu_code"]:
        away = shapely.distance(shapes[row["bu_code"]], point)
        return "plain" if away == 0 else "contradicting" if away > 300 else "wrong"
    nearest, second = sorted(shapely.distance(shapes.to_numpy(), point))[:2]
    return "outside" if nearest > 0 else "near border" if second <= 5 else "wrong"


def test_same_recipe_gives_the_committed_bytes(folder: Path) -> None:
    assert main([str(folder)]) == 0
    assert (folder / "properties" / "dwellings.csv").read_bytes() == DWELLINGS.read_bytes()


def test_bytes_do_not_depend_on_the_hash_seed(folder: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    command = [sys.executable, "-m", "geo_lv.sample", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    assert (folder / "properties" / "dwellings.csv").read_bytes() == DWELLINGS.read_bytes()


def test_centimetres_of_reprojection_do_not_change_the_sample(
    buurten: gpd.GeoDataFrame, recipe: SampleRecipe, tmp_path: Path
) -> None:
    shifted = buurten.assign(geometry=buurten.translate(0.4, -0.4))
    write(generate(shifted, recipe), tmp_path / "dwellings.csv")
    assert (tmp_path / "dwellings.csv").read_bytes() == DWELLINGS.read_bytes()


def test_another_seed_gives_other_homes_in_the_same_numbers(
    buurten: gpd.GeoDataFrame, recipe: SampleRecipe
) -> None:
    first = generate(buurten, recipe)
    other = generate(buurten, recipe.model_copy(update={"seed": recipe.seed + 100}))
    assert not other["x_rd"].equals(first["x_rd"])
    pd.testing.assert_series_equal(
        other["energy_label"].value_counts().sort_index(),
        first["energy_label"].value_counts().sort_index(),
    )


def test_totals_are_those_of_the_agreements(rows: list[dict[str, str]]) -> None:
    assert len(rows) == 9223
    assert Counter(row["corporation"] for row in rows) == {"Vidomes": 3520, "WoonInvest": 5703}


def test_awkward_rows_come_in_the_promised_numbers(
    rows: list[dict[str, str]], buurten: gpd.GeoDataFrame
) -> None:
    assert awkward(rows, buurten) == {
        "Vidomes without location": 12,
        "Vidomes outside": 4,
        "Vidomes contradicting": 5,
        "Vidomes near border": 6,
        "Vidomes plain": 3493,
        "WoonInvest without location": 18,
        "WoonInvest outside": 6,
        "WoonInvest contradicting": 7,
        "WoonInvest near border": 9,
        "WoonInvest plain": 5663,
    }


def test_every_home_says_that_it_is_fictitious(rows: list[dict[str, str]]) -> None:
    assert all(row["dwelling_id"].startswith("FICTIEF-") for row in rows)
    assert all(row["complex_id"].startswith("FICTIEF-") for row in rows)


def test_ids_and_addresses_are_unique(rows: list[dict[str, str]]) -> None:
    assert len({row["dwelling_id"] for row in rows}) == 9223
    assert len({(row["street"], row["house_number"]) for row in rows}) == 9223
    assert all(re.fullmatch("[1-9][0-9]{3}SS", row["postcode"]) for row in rows), (
        "SS is no postcode"
    )


def test_values_are_plausible(rows: list[dict[str, str]]) -> None:
    assert {row["energy_label"] for row in rows} == {*LABELS, NO_LABEL}
    assert all(430 <= float(row["rent_eur"]) <= 1100 for row in rows)
    assert all(38 <= int(row["floor_area_m2"]) <= 112 for row in rows)
    assert all(1922 <= int(row["build_year"]) <= 2022 for row in rows)


def test_label_shares_follow_the_recipe(rows: list[dict[str, str]]) -> None:
    labels = Counter(row["energy_label"] for row in rows if row["corporation"] == "Vidomes")
    # 3,520 homes: 21% is 739.2, 6% is 211.2, 2% is 70.4
    assert (labels["A"], labels["E"], labels["geen"]) == (739, 211, 70)


def test_a_complex_is_one_building_project(rows: list[dict[str, str]]) -> None:
    years: dict[str, set[str]] = {}
    for row in rows:
        years.setdefault(row["complex_id"], set()).add(row["build_year"])
    assert all(len(found) == 1 for found in years.values())
    sizes = Counter(row["complex_id"] for row in rows)
    small = {row["complex_id"] for row in rows if row["bu_code"] == "BU19160401"}
    assert {sizes.pop(name) for name in small} == {6}
    assert all(8 <= size <= 140 for size in sizes.values())


def test_some_buurten_have_none_and_one_has_too_few(rows: list[dict[str, str]]) -> None:
    counts = Counter(row["bu_code"] for row in rows if row["bu_code"])
    assert len(counts) == 38
    assert {code: count for code, count in counts.items() if count < 10} == {"BU19160401": 6}


def test_file_stays_small() -> None:
    assert DWELLINGS.stat().st_size < 1_700_000


def test_largest_remainder_adds_up_and_favours_the_first() -> None:
    assert allocate(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert allocate(7, {"a": 50, "b": 30, "c": 20}) == {"a": 4, "b": 2, "c": 1}
    assert allocate(0, {"a": 3}) == {"a": 0}


def test_another_reference_system_is_refused(
    buurten: gpd.GeoDataFrame, recipe: SampleRecipe
) -> None:
    with pytest.raises(CrsError, match="buurten: expected EPSG:28992"):
        generate(buurten.to_crs("EPSG:4326"), recipe)


def test_unknown_buurten_are_all_named(buurten: gpd.GeoDataFrame, recipe: SampleRecipe) -> None:
    without = buurten[~buurten["bu_code"].isin(["BU19160100", "BU19160101"])]
    with pytest.raises(InputError) as raised:
        generate(without, recipe)
    found = [problem.found for problem in raised.value.problems]
    assert found == ["BU19160100", "BU19160101", "BU19160100", "BU19160101"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"labels": {"A": 999}}, "add up to 1000"),
        ({"labels": {"H": 1000}}, "labels of Vidomes must be known"),
        ({"weights": {"BU19160100": 0}}, "weight above 0"),
        ({"colour": "red"}, "Extra inputs"),
        ({"count": -1}, "greater than or equal to 0"),
    ],
)
def test_a_recipe_that_makes_no_sense_is_refused(
    recipe: SampleRecipe, change: dict[str, object], message: str
) -> None:
    raw = recipe.model_dump()
    raw["corporations"][0].update(change)
    with pytest.raises(ValidationError, match=message):
        SampleRecipe.model_validate(raw)
