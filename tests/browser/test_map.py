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


@pytest.mark.parametrize("line", [".highlight", ".highlight-casing"])
def test_the_outline_of_a_pinned_area_is_closed(
    line: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(f"{address('index.html', 'file')}#gebied=WK191605")
    drawn_line = reader.page.locator(f".leaflet-overlay-pane path{line}").get_attribute("d") or ""
    assert drawn_line.endswith("z")
    above = reader.evaluate(
        """(line) => { const all = [...document.querySelectorAll(".leaflet-overlay-pane path")];
             const at = all.findIndex((each) => each.matches(line));
             const later = all.slice(at + 1);
             return later.filter((each) => !each.matches("[class*=highlight]")).length; }""",
        line,
    )
    assert above == 0, "nothing lies over it"


def test_signals_are_closed_and_leave_the_plan_line_to_be_seen(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(address("wijkuitvoeringsplan/de-heuvel-amstelwijk.html", "file"))
    choose(reader, WIJK_FIGURE)
    for line in (".signal.watch", ".signal-casing.watch"):
        path = reader.page.locator(f".leaflet-overlay-pane path{line}")
        assert (path.get_attribute("d") or "").endswith("z")
        dash = path.evaluate("(path) => getComputedStyle(path).strokeDasharray")
        dot, gap = (float(part.removesuffix("px")) for part in dash.split(","))
        assert dot + gap > 1.3 * float(
            path.evaluate("(path) => parseFloat(getComputedStyle(path).strokeWidth)")
        ), "beads with room between them"


def test_no_name_is_cut_off_at_the_edge(address: Address, visit: NewVisit) -> None:
    for width in (390, 1280):
        reader = visit(
            address("wijkuitvoeringsplan/leidschendam-zuid.html", "file"),
            viewport={"width": width, "height": 800},
        )
        choose(reader, BUURT_FIGURE)
        frame = reader.page.locator(FRAME).bounding_box()
        assert frame is not None
        names = reader.page.locator(".map-label:not(.crowded) > span:visible").all()
        boxes = [box for name in names if (box := name.bounding_box())]
        assert len(boxes) > 1
        for box in boxes:
            assert frame["x"] <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"]


LAYERS = {
    "index.html": {"attention", "signals", "sites", "plan"},
    "thema/aandachtswijken.html": {"attention", "signals"},
    "thema/nieuwbouw.html": {"sites", "plan"},
    "thema/energielabels.html": {"plan"},
    "thema/warmtetransitie.html": {"plan", "phasing"},
}


@pytest.mark.parametrize("path", LAYERS)
def test_a_page_opens_with_the_layers_of_its_subject(
    path: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "file"))
    on = reader.evaluate(
        "() => [...document.querySelectorAll('.layers input:checked')].map((box) => box.name)"
    )
    assert set(on) == LAYERS[path]


def test_the_legend_names_only_what_is_on_the_map(address: Address, visit: NewVisit) -> None:
    """All 13 wijken have a WOZ value; approximate borders lie between buurten only."""
    reader = visit(address("index.html", "file"))
    choose(reader, WIJK_FIGURE)
    words = [item["words"] for item in legend(reader)]
    assert "cijfer ontbreekt" not in words
    assert not reader.page.get_by_text("grens is bij benadering").is_visible()
    choose(reader, BUURT_FIGURE)
    assert "cijfer ontbreekt" in [item["words"] for item in legend(reader)]
    assert reader.page.get_by_text("grens is bij benadering").is_visible()


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
