"""Homes on the map of the internal edition: a switch, a legend, and dots where they belong."""

from pathlib import Path

import pytest

from .conftest import NewVisit
from .reader import FRAME, PAGES, Visit, count_colours, layer_keys

LABELS = "thema/energielabels.html"
PLAN = "wijkuitvoeringsplan/de-heuvel-amstelwijk.html"
SWITCH = "input[name=homes]"
POOREST = "rgb(125, 74, 23)"
"""Colour of a home with label G; nothing else on a map has it."""
FEW, MANY = 5, 100
"""Pixels: of letters that happen to have a colour, and of the dots of dozens of homes."""


def dots(reader: Visit) -> int:
    return count_colours(reader, FRAME, [POOREST])[0]


def label_keys(reader: Visit) -> list[str]:
    """Return the lines of the legend that name a label and a number."""
    words = [key["words"] for key in layer_keys(reader)]
    return [
        text.split(": ")[0] for text in words if text.split(": ")[-1].replace(".", "").isdigit()
    ]


def test_the_switch_shows_and_hides_dots_and_legend(internal_site: Path, visit: NewVisit) -> None:
    reader = visit((internal_site / PLAN).as_uri())
    assert (dots(reader) <= FEW, label_keys(reader)) == (True, [])
    reader.page.locator(SWITCH).check()
    assert dots(reader) > MANY
    assert label_keys(reader) == ["A+ en beter", *"ABCDEFG", "geen label"]
    assert reader.page.get_by_text("De plek is afgerond op 25 meter").is_visible()
    reader.page.locator(SWITCH).uncheck()
    assert (dots(reader) <= FEW, label_keys(reader)) == (True, [])
    assert not reader.page.get_by_text("De plek is afgerond op 25 meter").is_visible()
    assert reader.complaints() == {}


def test_a_drawing_without_scripts_has_no_dots_and_no_key_of_them(
    internal_site: Path, visit: NewVisit
) -> None:
    reader = visit((internal_site / PLAN).as_uri(), java_script_enabled=False)
    assert (dots(reader) <= FEW, label_keys(reader)) == (True, [])


def test_paper_has_the_dots_that_are_switched_on(internal_site: Path, visit: NewVisit) -> None:
    reader = visit((internal_site / PLAN).as_uri())
    reader.page.emulate_media(media="print")
    assert dots(reader) <= FEW
    reader.page.emulate_media(media="screen")
    reader.page.locator(SWITCH).check()
    reader.page.emulate_media(media="print")
    assert dots(reader) > MANY


_BOXES = """() => [".home-layer .homes", ".leaflet-container path.plan.current"].map((part) => {
  const box = document.querySelector(part).getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
})"""


def test_the_dots_move_with_the_map(internal_site: Path, visit: NewVisit) -> None:
    """They fill most of the plan area and lie inside it, also after zooming out."""
    reader = visit((internal_site / PLAN).as_uri())
    reader.page.locator(SWITCH).check()
    widths = []
    for _ in range(2):
        (left, top, right, bottom), outline = reader.evaluate(_BOXES)
        slack = 0.02 * (outline[2] - outline[0])  # dots spread 12.5 m around a place inside
        assert outline[0] - slack < left < right < outline[2] + slack
        assert outline[1] - slack < top < bottom < outline[3] + slack
        assert right - left > (outline[2] - outline[0]) / 2
        widths.append(right - left)
        reader.page.get_by_role("button", name="Uitzoomen").click()
        reader.page.wait_for_timeout(100)
    assert widths[1] < 0.95 * widths[0]


def test_dots_are_small_until_the_map_is_near(internal_site: Path, visit: NewVisit) -> None:
    reader = visit((internal_site / LABELS).as_uri())
    reader.page.locator(SWITCH).check()
    width = "() => getComputedStyle(document.querySelector('.home-layer .label-g')).strokeWidth"
    far = reader.evaluate(width)
    for _ in range(4):
        reader.page.get_by_role("button", name="Inzoomen").click()
        reader.page.wait_for_timeout(100)
    assert (far, reader.evaluate(width)) == ("2.2px", "4px")


@pytest.mark.parametrize("path", PAGES)
def test_no_public_page_offers_homes(path: str, site: Path, visit: NewVisit) -> None:
    reader = visit((site / path).as_uri())
    assert reader.page.locator(f"{SWITCH}, .homes, .home-layer, .key-homes").count() == 0
