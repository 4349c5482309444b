"""What the benchmarks measure on is valid, in one piece, and the same on every run."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from benchmarks.generated import country, municipality
from benchmarks.winding import Grid, strips
from geo_lv.site import BuildOptions, build_site

LEVELS = {"buurten": 14_500, "wijken": 3_400, "gemeenten": 342}


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return country(tmp_path_factory.mktemp("land"), indicators=3)


def test_the_order_in_strips_goes_from_neighbour_to_neighbour() -> None:
    # three columns of four rows: up, down and up in the lower two rows, then back in the upper two
    order = strips(Grid(columns=3, rows=4, side=1, west=0, south=0), height=2)
    assert order.tolist() == [0, 3, 4, 1, 2, 5, 8, 11, 10, 7, 6, 9]


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_of_the_country_is_a_coverage_of_whole_areas(land: Path, level: str) -> None:
    areas = gpd.read_parquet(land / f"{level}.parquet")
    assert len(areas) == LEVELS[level]
    assert areas.crs == "EPSG:28992"
    assert set(areas.geom_type) == {"Polygon"}
    assert shapely.coverage_is_valid(areas.geometry.to_numpy())


def test_codes_and_names_of_the_country(land: Path) -> None:
    areas = gpd.read_parquet(land / "buurten.parquet")
    assert areas["bu_code"].is_unique
    assert areas["bu_code"].str.fullmatch("BU[0-9]{8}").all()
    assert (areas["wk_code"].str[2:] == areas["bu_code"].str[2:8]).all()
    assert (areas["gm_code"].str[2:] == areas["bu_code"].str[2:6]).all()
    names = "".join(areas["bu_name"])
    assert {"'", "ë", "Æ", "û", "/"} <= set(names)
    assert shapely.get_num_coordinates(areas.geometry.iloc[0]) == 4 * 32 + 1


def test_figures_of_the_country(land: Path) -> None:
    found = pd.read_parquet(land / "figures.parquet")
    shares = found[found["indicator"] == "cijfer_02"]["reason"].value_counts(normalize=True)
    # a draw of 14,500: three standard deviations are half a percent
    assert shares["missing"] == pytest.approx(0.04, abs=0.005)
    assert shares["suppressed"] == pytest.approx(0.02, abs=0.0035)
    assert (found["value"].isna() == (found["reason"] != "")).all()


def test_a_second_country_is_the_same(land: Path, tmp_path: Path) -> None:
    for path in country(tmp_path, indicators=3).iterdir():
        assert path.read_bytes() == (land / path.name).read_bytes()


def test_a_site_is_built_of_a_generated_municipality(tmp_path: Path) -> None:
    data = municipality(tmp_path / "data", areas=11, indicators=8, dwellings=300)
    report = build_site(BuildOptions(data=data, out=tmp_path / "site"))
    assert report.unplaced == 0
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert page.count('class="area') >= 11
    assert len(pd.read_csv(data / "properties" / "dwellings.csv")) == 300
    assert len(pd.read_csv(data / "statistics" / "kerncijfers.csv")) == 8 * (11 + 2 + 1)
