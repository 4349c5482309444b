"""Buurten, wijken and plan areas are one coverage in RD New; what is not, is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo_lv.areas import NO_PLAN_AREA, Areas, load_areas
from geo_lv.crs import RD_NEW, WGS84, require_crs
from geo_lv.errors import CrsError, InputError
from geo_lv.municipality import load_municipality
from geo_lv.pipeline import Results

BUURTEN = "boundaries/buurten.geojson"
X, Y = 100_000.0, 450_000.0
FOUR = {
    "BU00010100": (X, Y, X + 100, Y + 100),
    "BU00010101": (X + 100, Y, X + 200, Y + 100),
    "BU00010102": (X + 200, Y, X + 300, Y + 100),
    "BU00010200": (X, Y + 100, X + 300, Y + 200),
}


def change(data: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Change the buurten of a data folder."""
    path = data / BUURTEN
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def load(data: Path) -> Areas:
    return load_areas(data, load_municipality(data))


def test_the_embedded_areas_are_one_valid_coverage_in_rd_new(results: Results) -> None:
    areas = results.inputs.areas
    assert (len(areas.buurten), len(areas.wijken), len(areas.plan_areas)) == (43, 13, 4)
    for frame in (areas.buurten, areas.wijken, areas.plan_areas):
        assert frame.crs == RD_NEW
        assert frame.geometry.is_valid.all()
    assert shapely.coverage_is_valid(areas.buurten.geometry.to_numpy())
    assert shapely.coverage_is_valid(areas.wijken.geometry.to_numpy())
    # CBS publishes 35.61 km2
    assert areas.wijken.geometry.area.sum() / 1e6 == pytest.approx(35.61, rel=0.01)


def test_a_wijk_and_a_plan_area_are_as_large_as_their_buurten(results: Results) -> None:
    areas = results.inputs.areas
    size = areas.buurten.geometry.area
    for code, wijk in areas.wijken.geometry.items():
        assert wijk.area == pytest.approx(size[areas.buurten["wk_code"] == code].sum())
    for slug, codes in areas.plan_areas["bu_codes"].items():
        plan = areas.plan_areas.geometry[slug]
        assert plan.area == pytest.approx(sum(size[code] for code in codes))


def test_each_buurt_has_its_parent_on_every_level(make_areas: Callable[..., Areas]) -> None:
    areas = make_areas(FOUR, plans={"plan": ("BU00010101", "BU00010200")})
    expected = {
        "buurt": list(FOUR),
        "wijk": ["WK000101", "WK000101", "WK000101", "WK000102"],
        "plan": [NO_PLAN_AREA, "plan", NO_PLAN_AREA, "plan"],
        "gemeente": ["GM0001"] * 4,
    }
    for level in ("buurt", "wijk", "plan", "gemeente"):
        assert areas.parents(level) == dict(zip(FOUR, expected[level], strict=True))


def test_only_lines_between_indicative_buurten_of_one_wijk_are_indicative(
    make_areas: Callable[..., Areas],
) -> None:
    areas = make_areas(FOUR, indicative=("BU00010100", "BU00010101", "BU00010200"))
    assert areas.indicative_borders.equals(shapely.LineString([(X + 100, Y), (X + 100, Y + 100)]))
    codes = areas.buurten.index
    every = [(one, other) for one in range(-1, 4) for other in range(-1, 4) if one != other]
    indicative = areas.is_indicative(*np.array(every).T)
    pairs = [{codes[one], codes[other]} for one, other in np.array(every)[indicative]]
    assert pairs == [{"BU00010100", "BU00010101"}] * 2


def test_without_indicative_borders_there_are_no_such_lines(
    make_areas: Callable[..., Areas],
) -> None:
    assert make_areas(FOUR).indicative_borders.is_empty


def test_a_geopackage_in_rd_new_gives_the_same_areas(data: Path) -> None:
    expected = load(data)
    path = data / BUURTEN
    frame = gpd.read_file(path).to_crs(RD_NEW)
    frame.to_file(path.with_suffix(".gpkg"), driver="GPKG")
    path.unlink()
    found = load(data)
    assert list(found.buurten["bu_name"]) == list(expected.buurten["bu_name"])
    apart = shapely.hausdorff_distance(
        found.buurten.geometry.to_numpy(), expected.buurten.geometry.to_numpy()
    )
    assert apart.max() < 0.01


def test_rounding_below_a_metre_is_cleaned_and_not_refused(data: Path) -> None:
    def move(content: dict[str, Any]) -> None:
        first, second = (
            feature["geometry"]["coordinates"][0] for feature in content["features"][:2]
        )
        shared = next(place for place in first[1:-1] if place in second)
        shared[0] += 0.0000005  # a few centimetres

    change(data, move)
    raw = gpd.read_file(data / BUURTEN).to_crs(RD_NEW)
    assert not shapely.coverage_is_valid(raw.geometry.to_numpy())
    areas = load(data)
    assert shapely.coverage_is_valid(areas.buurten.geometry.to_numpy())


def test_a_name_that_looks_like_a_date_or_a_number_stays_as_it_is(data: Path) -> None:
    def rename(content: dict[str, Any]) -> None:
        for position, feature in enumerate(content["features"]):
            feature["properties"]["bu_name"] = "2024-01-01" if position % 2 else "0518"

    change(data, rename)
    assert set(load(data).buurten["bu_name"]) == {"2024-01-01", "0518"}


def test_heights_and_other_properties_are_left_out(data: Path) -> None:
    def decorate(content: dict[str, Any]) -> None:
        feature = content["features"][0]
        feature["properties"]["geheim"] = "x"
        feature["geometry"]["coordinates"] = [
            [[*place, 3.0] for place in ring] for ring in feature["geometry"]["coordinates"]
        ]

    change(data, decorate)
    buurten = load(data).buurten
    assert sorted(buurten.columns) == ["border", "bu_name", "geometry", "wk_code"]
    assert not buurten.geometry.has_z.any()


def test_both_boundary_files_are_judged_in_one_run(data: Path) -> None:
    change(data, lambda content: content["features"][2]["properties"].pop("border"))
    wijken = data / "boundaries" / "wijken.geojson"
    wijken.write_text(
        wijken.read_text(encoding="utf-8").replace("WK191613", "WK191313"), encoding="utf-8"
    )
    with pytest.raises(InputError) as raised:
        load(data)
    found = [(problem.file, problem.row, problem.column) for problem in raised.value.problems]
    assert found == [(BUURTEN, 3, "border"), ("boundaries/wijken.geojson", 13, "wk_code")]


@pytest.mark.parametrize("crs", [None, "EPSG:4326"])
def test_work_in_another_reference_system_is_an_error(crs: str | None) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(4.4, 52.1)], crs=crs)
    with pytest.raises(CrsError, match=r"expected EPSG:28992, found (none|EPSG:4326)"):
        require_crs(frame, RD_NEW, "points")
    require_crs(frame.set_crs(WGS84), WGS84, "points")
