"""Large letters, small screens, wide spacing, small targets, no motion: nothing is lost."""

from itertools import chain
from typing import Any, Final

import pytest

from .conftest import Address, NewVisit
from .controls import CONTROLS, FEWEST_PAGES, TABLE_FRAME, found, use, uses
from .reader import MAP_PAGES, PAGES, Visit

NARROW: Final = {"width": 320, "height": 640}
"""What is left of a screen of 1280 pixels at 400% (WCAG 1.4.10)."""
WIDE: Final = {"width": 1280, "height": 800}
TARGET: Final = 24
"""Least size of a control in CSS pixels (WCAG 2.5.8)."""

_TOO_WIDE: Final = """(frame) => {
  const room = document.documentElement.clientWidth;
  const clipped = (element) => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") return true;
    }
    return false;
  };
  const scrolls = document.documentElement.scrollWidth > room ? ["the page itself"] : [];
  const outside = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && box.right > room + 1 && !element.closest("svg, " + frame)
      && !clipped(element);
  });
  const sideways = [...document.querySelectorAll("body *")].filter((element) =>
    element.scrollWidth > element.clientWidth + 1 && !element.matches(frame)
    && ["auto", "scroll"].includes(getComputedStyle(element).overflowX));
  const parts = [...outside, ...sideways].map((element) => element.outerHTML.slice(0, 90));
  return [...scrolls, ...parts];
}"""

_SPACING: Final = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
"""What a reader may set (WCAG 1.4.12)."""

_CLIPPED: Final = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element);
  const hides = (way) => ["hidden", "clip"].includes(style[way]);
  return element.checkVisibility() && element.textContent.trim() && element.clientHeight > 1
    && !element.matches(".map-frame, .leaflet-container") && !element.closest("svg")
    && ((hides("overflowY") && element.scrollHeight > element.clientHeight + 1)
      || (hides("overflowX") && element.scrollWidth > element.clientWidth + 1));
}).map((element) => element.outerHTML.slice(0, 90))"""
"""The map frame cuts off what lies outside of it on purpose; the map can be moved."""

_BOXES: Final = """([controls, places]) => {
  const all = document.querySelectorAll(controls);
  const inline = (element) => element.localName === "a" && !element.matches("[role]")
    && getComputedStyle(element).display.startsWith("inline")
    && [...element.parentElement.childNodes].some((node) => node !== element
      && node.textContent.trim());
  return places.map((at) => all[at]).filter((element) => !inline(element)).map((element) => {
    const boxes = [element, ...(element.labels || [])].map((one) => one.getBoundingClientRect());
    return { text: element.outerHTML.slice(0, 80), boxes: boxes.map((box) =>
      [box.left + scrollX, box.top + scrollY, box.width, box.height]) };
  });
}"""
"""A link in a line of text may be as small as the text; a label is a part of its control."""


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "file"), viewport=NARROW)
    assert too_wide(reader) == []


@pytest.mark.parametrize("path", FEWEST_PAGES)
def test_no_control_makes_a_page_wide(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "file"), viewport=NARROW)
    for used in uses(reader, set()):
        assert too_wide(reader) == [], used


@pytest.mark.parametrize("path", MAP_PAGES)
def test_a_presentation_fits_a_small_screen(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(f"{address(path, 'file')}#weergave=presentatie", viewport=NARROW)
    assert too_wide(reader) == []


def too_wide(reader: Visit) -> list[str]:
    """Return what makes the page scroll sideways; the frames of tables may.

    Leaving a full screen takes the browser a moment in which old and new sizes meet: what is too
    wide only then is not.
    """
    for _ in range(20):
        parts: list[str] = reader.evaluate(_TOO_WIDE, TABLE_FRAME)
        if not parts:
            break
        reader.page.wait_for_timeout(100)
    return parts


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("path", FEWEST_PAGES)
def test_wider_spacing_loses_no_text(
    path: str, viewport: dict[str, int], address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "file"), viewport=viewport)
    reader.page.add_style_tag(content=_SPACING)
    for _ in uses(reader, {"sort"}):
        pass
    assert reader.evaluate(_CLIPPED) == []
    assert too_wide(reader) == []


def centre(box: list[float]) -> tuple[float, float]:
    left, top, width, height = box
    return left + width / 2, top + height / 2


def is_free(box: list[float], others: list[list[float]]) -> bool:
    """Return whether a circle of 24 pixels on a small control meets no other control."""
    x, y = centre(box)
    for left, top, width, height in others:
        right, bottom = left + width, top + height
        across = max(left - x, 0, x - right)
        down = max(top - y, 0, y - bottom)
        if (across**2 + down**2) ** 0.5 < TARGET / 2:
            return False
    return True


def is_large(box: list[float]) -> bool:
    return min(box[2:]) >= TARGET - 0.01


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("path", PAGES)
def test_controls_are_large_enough_or_apart(
    path: str, viewport: dict[str, int], address: Address, visit: NewVisit
) -> None:
    """Areas of the map are left out: their size is that of the land (essential in WCAG 2.5.8)."""
    reader = visit(address(path, "file"), viewport=viewport)
    for menu in [each for each in found(reader) if each.kind == "summary"]:
        use(reader, menu)  # what is in it must be seen to be measured
    places = [each.at for each in found(reader) if each.kind not in {"area", "site"}]
    controls: list[dict[str, Any]] = reader.evaluate(_BOXES, [CONTROLS, places])
    assert len(controls) >= 3
    small = [each for each in controls if not any(map(is_large, each["boxes"]))]
    crowded = [
        each["text"]
        for each in small
        if not is_free(
            each["boxes"][0],
            [box for other in controls if other is not each for box in other["boxes"]],
        )
    ]
    assert crowded == []


def test_nothing_moves_for_who_asked_for_that(address: Address, visit: NewVisit) -> None:
    """The visits of these tests ask for less motion; without that, an area fades to its colour."""
    seen = set[str]()
    for path in FEWEST_PAGES:
        reader = visit(address(path, "file"))
        for used in chain(("opening",), uses(reader, seen)):
            assert reader.evaluate("() => document.getAnimations().length") == 0, used
        assert moving(reader) == []


def test_something_moves_for_others(address: Address, visit: NewVisit) -> None:
    reader = visit(address(FEWEST_PAGES[0], "file"), reduced_motion="no-preference")
    assert moving(reader) != []
    assert reader.page.locator(".leaflet-fade-anim").count() == 1


def moving(reader: Visit) -> list[str]:
    """Return what would take its time to change; Leaflet marks its map when it animates."""
    parts: list[str] = reader.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
             const style = getComputedStyle(element);
             return style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0)
               || (style.animationName !== "none" && parseFloat(style.animationDuration) > 0)
               || element.matches(".leaflet-fade-anim, .leaflet-zoom-anim")
               || style.scrollBehavior === "smooth";
           }).map((element) => element.outerHTML.slice(0, 90))"""
    )
    return parts
