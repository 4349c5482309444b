"""The map is really drawn: polygons, colours on the screen, the plan area in view."""

from pathlib import Path

import pytest

from .conftest import Address, NewVisit
from .reader import (
    BUURT_FIGURE,
    FRAME,
    MAP_PAGES,
    PLANS,
    WIJK_FIGURE,
    Visit,
    buurten_of_plans,
    choose,
    count_colours,
    legend,
    options,
    plain_name,
    visible_areas,
)

SCREEN = 400
"""Pixels of one colour that no letter or line adds up to."""


def class_fills(reader: Visit) -> list[str]:
    return [item["fill"] for item in legend(reader) if item["fill"].startswith("rgb")]


def drawn(reader: Visit) -> list[int]:
    fills = [area["fill"] for area in visible_areas(reader) if area["fill"].startswith("rgb")]
    return count_colours(reader, FRAME, sorted(set(fills)))


@pytest.mark.parametrize("path", MAP_PAGES)
def test_polygons_are_on_the_screen_in_several_colours(
    path: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    choose(reader, WIJK_FIGURE)
    assert len(visible_areas(reader)) > 1
    assert sum(count > SCREEN for count in drawn(reader)) >= 2
    fills = class_fills(reader)
    assert len(set(fills)) == len(fills) == 5
    assert {area["fill"] for area in visible_areas(reader)} <= set(fills)


def test_an_empty_map_would_be_noticed(address: Address, visit: NewVisit) -> None:
    reader = visit(address("index.html", "file"))
    choose(reader, WIJK_FIGURE)
    fills = class_fills(reader)
    reader.evaluate("(frame) => { document.querySelector(frame).replaceChildren(); }", FRAME)
    assert max(count_colours(reader, FRAME, fills)) <= SCREEN
    assert visible_areas(reader) == []


@pytest.mark.parametrize("slug", PLANS)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_plan_area_lies_in_view(
    slug: str, width: int, site: Path, address: Address, visit: NewVisit
) -> None:
    reader = visit(
        address(f"wijkuitvoeringsplan/{slug}.html", "file"),
        viewport={"width": width, "height": 800},
    )
    choose(reader, BUURT_FIGURE)
    frame = reader.page.locator(FRAME).bounding_box()
    assert frame is not None
    left, top = frame["x"] - 1, frame["y"] - 1
    right, bottom = frame["x"] + frame["width"] + 1, frame["y"] + frame["height"] + 1
    own = buurten_of_plans(site / "data")[slug]
    boxes = {plain_name(area["label"]): area["box"] for area in visible_areas(reader)}
    assert own <= set(boxes)
    outside = [
        name
        for name in own
        if not (
            left <= boxes[name][0]
            and top <= boxes[name][1]
            and boxes[name][2] <= right
            and boxes[name][3] <= bottom
        )
    ]
    assert outside == []


@pytest.mark.parametrize("path", ["index.html", "wijkuitvoeringsplan/de-heuvel-amstelwijk.html"])
def test_the_map_opens_where_it_stays(path: str, address: Address, visit: NewVisit) -> None:
    """Also for who did not ask for less motion: nothing jumps while the page opens."""
    reader = visit(address(path, "file"), reduced_motion="no-preference")
    at_first = visible_areas(reader)
    reader.page.wait_for_timeout(600)
    assert visible_areas(reader) == at_first


def test_neighbours_are_drawn_too(site: Path, address: Address, visit: NewVisit) -> None:
    own = buurten_of_plans(site / "data")
    reader = visit()
    for slug in PLANS:
        reader.open(address(f"wijkuitvoeringsplan/{slug}.html", "file"))
        choose(reader, BUURT_FIGURE)
        names = {plain_name(area["label"]) for area in visible_areas(reader)}
        assert names > own[slug], slug


def test_the_chooser_offers_every_kind_of_figure(address: Address, visit: NewVisit) -> None:
    offered = options(visit(address("index.html", "file")))
    published = {name for name in offered if name.endswith(("-2022", "-2024", "-2016"))}
    assert len(published) >= 20
    assert {"label_efg", "label_gemiddeld", "nieuwbouw_sociaal"} <= set(offered)
