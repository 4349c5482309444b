"""Homes leave in the internal edition only, at a rounded place, each of them accounted for."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from geo_lv.areas import Areas
from geo_lv.coarsening import HOME_COLUMNS, LABEL_GROUPS, coarse_homes, require_coarse_homes
from geo_lv.editions import Released, release
from geo_lv.errors import ReleaseError
from geo_lv.join import CONTRADICTION
from geo_lv.pipeline import Results, compute
from geo_lv.properties import LABEL_CLASSES

X, Y = 100_000, 450_000
DRAWN = 9_171
"""Of 9,223 homes: 30 without a place, 10 outside the municipality, 12 registered elsewhere."""


@pytest.fixture(scope="module")
def internal(results: Results) -> Released:
    return release(results, "intern")


@pytest.fixture(scope="module")
def buurten(make_areas: Callable[..., Areas]) -> Any:
    """Return two buurten of 100 m side by side and a sliver of 6 m with no grid point in it."""
    return make_areas(
        {
            "BU00010100": (X, Y, X + 100, Y + 100),
            "BU00010101": (X + 100, Y, X + 200, Y + 100),
            "BU00010200": (X + 203, Y + 3, X + 209, Y + 9),
        }
    ).buurten.geometry


def home(x: float, y: float, label: str = "A") -> dict[str, object]:
    return {"x_rd": x, "y_rd": y, "energy_label": label, "corporation": "P"}


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ((40, 60), (50, 50)),  # 10 m and 10 m away
        ((37.4, 62.6), (25, 75)),
        ((50, 75), (50, 75)),
        ((1, 50), (25, 50)),  # 0 is nearer, but on the border
        ((98, 40), (75, 50)),  # 100 is nearer, but on the border
        ((102, 40), (125, 50)),
        ((188, 99), (175, 75)),
        ((205, 5), (200, 0)),  # none of the four points is in its buurt
    ],
)
def test_a_home_goes_to_the_nearest_grid_point_in_its_buurt(
    buurten: Any, place: tuple[float, float], shown: tuple[int, int]
) -> None:
    rows = pd.DataFrame([home(X + place[0], Y + place[1])])
    homes = coarse_homes(rows, buurten)
    assert [(x - X, y - Y) for x, y in zip(homes["x"], homes["y"], strict=True)] == [shown]


def test_a_home_shows_its_label_group_and_nothing_of_its_row(buurten: Any) -> None:
    rows = pd.DataFrame(
        [home(X + 60, Y + 60, "geen"), home(X + 60, Y + 60, "A++"), home(X + 30, Y + 60, "G")],
        index=[7, 8, 9],
    ).assign(dwelling_id="id", street="Proefsingel", rent_eur=600.0)
    homes = coarse_homes(rows, buurten)
    assert homes.to_dict("split") == {
        "index": [0, 1, 2],
        "columns": ["x", "y", "label", "corporation"],
        "data": [
            [X + 25, Y + 50, "G", "P"],
            [X + 50, Y + 50, "A+ en beter", "P"],
            [X + 50, Y + 50, "geen", "P"],
        ],
    }


def test_no_homes_are_a_table_without_rows(buurten: Any) -> None:
    homes = coarse_homes(pd.DataFrame([home(0, 0)]).iloc[:0], buurten)
    assert homes.empty
    assert tuple(homes.columns) == HOME_COLUMNS


def test_the_public_edition_holds_no_home_and_cannot(
    released: Released, internal: Released
) -> None:
    assert released.homes.empty
    with pytest.raises(ReleaseError, match="homes in the public edition"):
        dataclasses.replace(released, homes=internal.homes)
    with pytest.raises(ReleaseError, match="homes in the public edition"):
        dataclasses.replace(internal, edition="publiek")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda homes: homes.assign(street="x"), "other columns than .*: street"),
        (lambda homes: homes.assign(postcode="x", rent=1), "other columns than .*: postcode, rent"),
        (lambda homes: homes.assign(x=homes["x"] + 1), "off the grid of 25 m"),
        (lambda homes: homes.assign(y=homes["y"] + 0.5), "off the grid of 25 m"),
        (lambda homes: homes.assign(label="A++"), "a label that is no group"),
        (lambda homes: homes.iloc[::-1].reset_index(drop=True), "an order or index of the file"),
        (lambda homes: homes.set_index(homes.index + 1), "an order or index of the file"),
    ],
)
def test_a_table_of_homes_that_tells_more_stops_the_release(
    internal: Released, change: Callable[[pd.DataFrame], pd.DataFrame], fault: str
) -> None:
    require_coarse_homes(internal.homes, "intern")
    with pytest.raises(ReleaseError, match=fault):
        dataclasses.replace(internal, homes=change(internal.homes))


def test_every_home_is_drawn_or_has_no_certain_place(results: Results, internal: Released) -> None:
    join, doubts = results.joins["gemeente"], results.joins["buurt"].ambiguous
    lost = len(join.unmatched) + len(join.ambiguous) + int((doubts == CONTRADICTION).sum())
    assert len(results.inputs.dwellings) == 9_223
    assert (len(internal.homes), lost) == (DRAWN, 9_223 - DRAWN)


def test_homes_per_label_are_those_of_the_label_table(results: Results, internal: Released) -> None:
    """The table counts twelve more: their buurt is contradicted, the municipality is not."""
    table: Counter[str] = Counter()
    for bar in internal.labels:
        for label, homes in bar.groups if bar.area == internal.municipality.gm_code else ():
            table[LABEL_GROUPS[label]] += homes
    doubts = results.joins["buurt"].ambiguous
    labels = results.inputs.dwellings["energy_label"]
    contradicted = Counter(labels[doubts.index[doubts == CONTRADICTION]].map(LABEL_GROUPS))
    assert contradicted.total() == 12
    assert Counter(internal.homes["label"]) == table - contradicted


def test_every_place_is_on_the_grid_and_in_the_municipality(internal: Released) -> None:
    homes = internal.homes
    assert not (homes[["x", "y"]] % 25).to_numpy().any()
    assert set(homes["label"]) <= set(LABEL_GROUPS.values()) <= {"A+ en beter", *LABEL_CLASSES}
    whole = shapely.union_all(internal.areas.buurten.geometry.to_numpy())
    assert shapely.contains_xy(whole, homes["x"], homes["y"]).all()


def test_a_place_is_never_further_off_than_the_far_corner_of_its_square(
    results: Results, internal: Released
) -> None:
    """25 m east and 25 m north: 35.4 m."""
    shown = shapely.STRtree(shapely.points(internal.homes["x"], internal.homes["y"]))
    certain = results.joins["buurt"].matched.index
    known = results.inputs.dwellings.loc[certain].dropna(subset=["x_rd"])
    places = shapely.points(known["x_rd"], known["y_rd"])
    _, metres = shown.query_nearest(places, return_distance=True, all_matches=False)
    assert metres.max() < 25 * np.sqrt(2)
    assert np.median(metres) > 5, "most places did move"


def test_the_order_of_the_file_changes_nothing(results: Results, internal: Released) -> None:
    dwellings = results.inputs.dwellings.sample(frac=1, random_state=1)
    inputs = dataclasses.replace(results.inputs, dwellings=dwellings)
    pd.testing.assert_frame_equal(release(compute(inputs), "intern").homes, internal.homes)


DOTS = re.compile(r"m-?\d+ -?\d+h0|h0")


def test_no_file_of_the_public_site_holds_a_dot(site: Path) -> None:
    texts = {path: path.read_text("utf-8") for path in site.rglob("*") if path.is_file()}
    pages = [text for path, text in texts.items() if path.suffix == ".html"]
    assert len(pages) == 34, "nine of which are maps by themselves"
    for path, text in texts.items():
        if path.suffix not in {".js", ".css"}:
            assert not DOTS.search(text), path
            assert "homes" not in text, path
