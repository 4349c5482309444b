"""Dots of homes: apart within their square, written compactly, and none of them lost."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo_lv.crs import RD_NEW, WEB_MERCATOR
from geo_lv.editions import Released, release
from geo_lv.maps.geometry import projection_of
from geo_lv.maps.homes import spread
from geo_lv.maps.map_model import MapModel
from geo_lv.maps.model import Page
from geo_lv.maps.pages import make_pages
from geo_lv.pipeline import Results
from geo_lv.site import BuildOptions, make_files

X, Y = 86_000, 456_000
SQUARE = shapely.box(X, Y, X + 1000, Y + 1000)
PROJECTION = projection_of(gpd.GeoSeries([SQUARE], crs=RD_NEW), SQUARE)
BACK = Transformer.from_crs(WEB_MERCATOR, RD_NEW, always_xy=True)
NOT_PLACED = "Van de hele gemeente staan 52 woningen niet op de kaart, want de plek is niet zeker."


def dots(path: str) -> list[tuple[int, int]]:
    """Return where the dots of path data stand; refuse anything but dots."""
    assert re.fullmatch(r"M\d+ \d+h0(m-?\d+ -?\d+h0)*", path)
    steps = [(int(dx), int(dy)) for dx, dy in re.findall(r"(-?\d+) (-?\d+)h0", path)]
    return [(int(x), int(y)) for x, y in np.cumsum(steps, axis=0)]


def spots(places: Iterable[tuple[float, float]]) -> Counter[tuple[int, int]]:
    """Count places by the grid point that they round to."""
    return Counter((25 * round(x / 25), 25 * round(y / 25)) for x, y in places)


@pytest.fixture(scope="module")
def internal(results: Results) -> Released:
    return release(results, "intern")


@pytest.fixture(scope="module")
def pages(internal: Released) -> dict[str, Page]:
    made = make_pages(internal, peildatum="2025-08-31", basemap=True)
    return {page.path: page for page in made}


def map_of(pages: dict[str, Page], path: str) -> MapModel:
    model = pages[path].map
    assert model is not None
    return model


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1))
def test_path_data_hold_every_place_once(steps: list[tuple[int, int]]) -> None:
    places = np.array(steps, dtype="float64") + np.array([X, Y])
    expected = Counter(PROJECTION.point(shapely.Point(place)) for place in places)
    path = PROJECTION.dots(places)
    assert Counter(dots(path)) == expected
    assert PROJECTION.dots(places[::-1]) == path, "the order of the places must not show"


def test_no_places_are_no_path() -> None:
    assert PROJECTION.dots(np.empty((0, 2))) == ""


def table(*places: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(places, columns=["x", "y"]).assign(label="A", corporation="P")


def test_a_home_alone_stands_on_its_grid_point() -> None:
    assert spread(table((25, 50), (50, 50))).tolist() == [[25, 50], [50, 50]]


def test_homes_on_one_spot_stand_in_rows_of_equal_steps() -> None:
    """Three in a square of two by two, five in one of three by three."""
    assert spread(table((0, 0), (0, 0), (100, 0), (0, 0))).tolist() == [
        [-6.25, -6.25],
        [6.25, -6.25],
        [100, 0],
        [-6.25, 6.25],
    ]
    five = spread(table(*[(0, 0)] * 5))
    third = 25 / 3
    assert five == pytest.approx(
        np.array([[-third, -third], [0, -third], [third, -third], [-third, 0], [0, 0]])
    )


@given(st.integers(1, 200))
def test_spread_homes_are_apart_and_round_to_their_spot(homes: int) -> None:
    places = [(x, y) for x, y in spread(table(*[(X, Y)] * homes)).tolist()]
    assert len(set(places)) == homes
    assert set(spots(places)) == {(X, Y)}


@pytest.mark.parametrize("path", ["index.html", "thema/energielabels.html"])
def test_the_whole_map_shows_every_home_of_the_release(
    path: str, pages: dict[str, Page], internal: Released
) -> None:
    model = map_of(pages, path)
    frame, homes = model.frame, internal.homes
    assert [each.label for each in model.homes] == [
        "A+ en beter",
        "A",
        "B",
        "C",
        "D",
        "E",
        "F",
        "G",
        "geen",
    ]
    for each in model.homes:
        units = np.array(dots(each.path))
        x, y = BACK.transform(frame.west + units[:, 0], frame.north - units[:, 1])
        own = homes[homes["label"] == each.label]
        assert spots(zip(x, y, strict=True)) == spots(zip(own["x"], own["y"], strict=True))
        assert each.count == f"{len(own):,}".replace(",", ".")
    assert NOT_PLACED in model.homes_note


def test_a_plan_map_shows_the_homes_in_the_plan_area_only(
    pages: dict[str, Page], internal: Released
) -> None:
    for plan in internal.municipality.plan_areas:
        model = map_of(pages, f"wijkuitvoeringsplan/{plan.slug}.html")
        shape = internal.areas.plan_areas.geometry[plan.slug]
        inside = shapely.contains_xy(shape, internal.homes["x"], internal.homes["y"])
        assert sum(len(dots(each.path)) for each in model.homes) == inside.sum() > 0
        assert f"in {plan.name}. " in model.homes_note


def test_a_public_map_has_no_dots_and_no_words_about_them(released: Released) -> None:
    for page in make_pages(released, peildatum="2025-08-31", basemap=True):
        if page.map:
            assert (page.map.homes, page.map.homes_note) == ((), "")


def test_two_builds_are_equal_and_only_pages_hold_dots(results: Results, tmp_path: Path) -> None:
    options = BuildOptions(tmp_path, tmp_path, edition="intern")
    first, second = (
        make_files(release(results, "intern"), options, "2025-08-31")[0] for _ in range(2)
    )
    assert first == second
    holding = {name for name, content in first.items() if b"h0m" in content}
    assert holding == {name for name in first if name.endswith(".html")} - {
        "verantwoording.html",
        "monitor.html",
        "monitor-samenvatting.html",
        *(name for name in first if name.startswith("wijk/")),
    }
