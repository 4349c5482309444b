"""Small maps: they show what the large map shows, and lead to it."""

from typing import Any, Final

import pytest

from .conftest import Address, NewVisit
from .reader import (
    CHOOSER,
    Visit,
    choose,
    chosen,
    count_colours,
    options,
    plain_name,
    visible_areas,
)

INDEX: Final = "index.html"
PART: Final = "#klein"
LINKS: Final = "#klein .multiples a"
MAP_FRAME: Final = ".map-frame"
SHEET: Final = (688, 1001)
"""Width and height in pixels that an A4 leaves inside its margins."""

_TILES: Final = """(links) => [...document.querySelectorAll(links)].map((link) => ({
  option: decodeURIComponent(link.hash.replace("#indicator=", "")),
  text: link.innerText,
  words: link.querySelector("svg").getAttribute("aria-label"),
  fills: Object.fromEntries([...link.querySelectorAll("use")].map((use) => [
    document.querySelector(use.getAttribute("href")).dataset.code, getComputedStyle(use).fill])),
}))"""

_NAMES: Final = """() => Object.fromEntries(Object.entries(geoLv.data.areas)
  .map(([code, area]) => [code, area.name]))"""

_IN_VIEW: Final = """(frame) => {
  const box = document.querySelector(frame).getBoundingClientRect();
  return box.top < innerHeight / 2 && box.bottom > innerHeight / 2;
}"""


def tiles(reader: Visit) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = reader.evaluate(_TILES, LINKS)
    return found


def same_hatch(fill: str) -> str:
    """Return a fill without the ending that says at which size its hatch is drawn."""
    return fill.replace('-s")', '")')


def test_every_area_of_every_small_map_looks_as_on_the_large_one(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(address(INDEX, "policy"))
    names = reader.evaluate(_NAMES)
    shown = tiles(reader)
    assert len(shown) > 20
    for tile in shown:
        choose(reader, tile["option"])
        large = {plain_name(area["label"]): area["fill"] for area in visible_areas(reader)}
        small = {names[code]: same_hatch(fill) for code, fill in tile["fills"].items()}
        assert small == large, tile["option"]
    assert reader.complaints() == {}


def test_each_measure_has_one_small_map_of_its_newest_year(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(address(INDEX, "file"))
    newest: dict[str, str] = {}
    for option in options(reader):
        measure, _, year = option.partition("-")
        newest[measure] = max(newest.get(measure, ""), year)
    wanted = [f"{measure}-{year}" if year else measure for measure, year in newest.items()]
    assert [tile["option"] for tile in tiles(reader)] == wanted


def test_words_count_every_area(address: Address, visit: NewVisit) -> None:
    reader = visit(address(INDEX, "file"))
    for tile in tiles(reader):
        counts = [int(part.split()[0]) for part in tile["words"].split("; ")]
        assert sum(counts) == len(tile["fills"]), tile["words"]


@pytest.mark.parametrize("size", [(1280, 800), (390, 800), (320, 640)])
def test_a_small_map_leads_to_its_figure_on_the_large_map(
    size: tuple[int, int], address: Address, visit: NewVisit
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    reader = visit(address(INDEX, "policy"), viewport=viewport)
    first = chosen(reader)
    for place, key in ((1, ""), (4, "Enter")):
        tile = reader.page.locator(LINKS).nth(place)
        option = tiles(reader)[place]["option"]
        tile.press(key) if key else tile.click()
        assert reader.page.locator(CHOOSER).input_value() == option
        assert reader.evaluate("(frame) => document.activeElement.matches(frame)", MAP_FRAME)
        assert reader.evaluate(_IN_VIEW, MAP_FRAME)
        assert f"indicator={option}" in reader.page.url
    reader.page.go_back()
    reader.page.go_back()
    assert reader.page.locator(CHOOSER).input_value() == first
    assert reader.complaints() == {}


def test_the_frame_is_called_after_the_figure_it_shows(address: Address, visit: NewVisit) -> None:
    reader = visit(address(INDEX, "policy"))
    reader.page.locator(LINKS).filter(has_text="Koopwoningen").click()
    frame = reader.page.get_by_role("region", name="Koopwoningen, % (2022)", exact=True)
    assert frame.is_visible()


def test_what_was_pinned_stays(address: Address, visit: NewVisit) -> None:
    reader = visit(address(INDEX, "policy") + "#gebied=WK191606")
    reader.page.locator(LINKS).filter(has_text="Koopwoningen").click()
    assert "gebied=WK191606" in reader.page.url


def test_the_link_in_another_tab_shows_the_figure_and_lets_the_reader_go_back(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(address(INDEX, "policy"))
    link = reader.page.locator(LINKS).nth(3).get_attribute("href")
    assert link is not None
    reader.page.goto(f"{reader.page.url.split('#')[0]}{link}")
    assert reader.page.locator(CHOOSER).input_value() == link.removeprefix("#indicator=")
    choose(reader, tiles(reader)[5]["option"])
    for _ in range(2):
        reader.page.go_back()
    assert "#" not in reader.page.url, "each step back goes back"


def test_without_script_they_are_drawn_and_lead_to_the_map(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(address(INDEX, "policy"), java_script_enabled=False)
    fills = {fill for fill in tiles(reader)[0]["fills"].values() if fill.startswith("rgb")}
    assert len(fills) >= 4
    assert all(count > 20 for count in count_colours(reader, LINKS, sorted(fills)))
    link = reader.page.locator(LINKS).last
    link.click()
    frame = reader.page.locator(MAP_FRAME).bounding_box()
    assert frame is not None
    assert -1 <= frame["y"] < 400
    assert reader.complaints() == {}


@pytest.mark.parametrize("width", [390, 320])
def test_two_in_a_row_on_a_phone(width: int, address: Address, visit: NewVisit) -> None:
    reader = visit(address(INDEX, "policy"), viewport={"width": width, "height": 800})
    boxes = [link.bounding_box() for link in reader.page.locator(LINKS).all()[:4]]
    lefts = [round(box["x"]) for box in boxes if box]
    assert lefts == [lefts[0], lefts[1], lefts[0], lefts[1]]
    assert lefts[0] < lefts[1]
    assert reader.evaluate("() => document.documentElement.scrollWidth") == width


def test_on_paper_they_stand_together_on_one_sheet(address: Address, visit: NewVisit) -> None:
    width, height = SHEET
    reader = visit(address(INDEX, "policy"), viewport={"width": width, "height": height})
    reader.page.emulate_media(media="print")
    part = reader.page.locator(PART)
    box = part.bounding_box()
    assert box is not None
    assert box["height"] <= height
    assert part.evaluate("(part) => getComputedStyle(part).breakInside") == "avoid"
    boxes = [link.bounding_box() for link in reader.page.locator(LINKS).all()]
    assert [box for box in boxes if box is None or box["x"] + box["width"] > width] == []
