"""Tab leads through every type of page and out again; the focus can always be seen."""

from itertools import pairwise
from typing import Any, Final

import pytest

from .conftest import Address, NewVisit
from .controls import FEWEST_PAGES
from .reader import Visit

MANY: Final = 250
"""More stops than any page has; a walk that takes them all is trapped."""

_STOP: Final = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const all = [...document.querySelectorAll("*")];
  const box = at.getBoundingClientRect();
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const steps = [.05, .25, .5, .75, .95];
  const free = steps.some((x) => steps.some((y) => {
    const hit = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
    return hit && at.contains(hit);
  }));
  const style = getComputedStyle(at);
  const line = document.querySelector(".highlight");
  const column = (at.closest(".map-frame") || at).getBoundingClientRect();
  return {
    place: all.indexOf(at), text: at.outerHTML.slice(0, 90), top: column.top + scrollY,
    bottom: column.bottom + scrollY, fixed: at.matches(".skip"),
    inside: right > left && bottom > top, free,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    traced: at.matches(".area") && line !== null && line.getBoundingClientRect().width > 0,
  };
}"""
"""An area of the map has no outline of its own: a thick line is drawn along its border. What
stands on the map counts as one thing in the order down the page."""


def walk(reader: Visit) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page; return where it has been."""
    stops: list[dict[str, Any]] = []
    for _ in range(MANY):
        reader.page.keyboard.press("Tab")
        stop = reader.evaluate(_STOP)
        if stop is None:
            return stops
        stops.append(stop)
    pytest.fail(f"Tab never leaves the page: {[stop['text'] for stop in stops[-3:]]}")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", FEWEST_PAGES)
def test_tab_leads_through_the_page(
    path: str, width: int, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "file"), viewport={"width": width, "height": 640})
    stops = walk(reader)
    assert len(stops) >= 5
    places = [stop["place"] for stop in stops]
    assert places == sorted(set(places)), "in the order of the page, nothing twice"
    for fault in ("inside", "free"):
        assert [stop["text"] for stop in stops if not stop[fault]] == [], fault
    unseen = [stop["text"] for stop in stops if not (stop["outlined"] or stop["traced"])]
    assert unseen == []
    if width == 320:
        assert jumps(stops) == [], "in one column, down the page"


def jumps(stops: list[dict[str, Any]]) -> list[str]:
    """Return the stops that lie above the one before them."""
    flow = [stop for stop in stops if not stop["fixed"]]
    return [after["text"] for before, after in pairwise(flow) if after["bottom"] <= before["top"]]


@pytest.mark.parametrize("path", FEWEST_PAGES[:2])
def test_back_is_the_same_way(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "file"))
    forth = [stop["place"] for stop in walk(reader)]
    back = []
    for _ in forth:
        reader.page.keyboard.press("Shift+Tab")
        back.append(reader.evaluate(_STOP)["place"])
    assert back == forth[::-1]
