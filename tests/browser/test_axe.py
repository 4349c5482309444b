"""axe-core finds nothing, before and after each control of the pages was used.

Every run costs seconds, so not every page is checked in every way. One page of each type is checked
at all three widths, in light and dark by turns, and the next type the other way round; every other
page in one of these ways; and each control once, on the first page that has it, the ways by turns.

Three quarters of a run go to the contrast of every single text. After a control that is judged only
when it brought two colours together that axe has not judged on that page yet.
"""

from itertools import cycle
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe

from .colours import texts
from .conftest import Address, NewVisit
from .controls import FEWEST_PAGES, uses
from .reader import AREAS, PAGES, Visit

WIDTHS: Final = (320, 768, 1920)
LOOKS: Final = (
    *zip(("light", "dark", "light"), WIDTHS, strict=True),
    *zip(("dark", "light", "dark"), WIDTHS, strict=True),
)
OTHERS: Final = tuple(zip((page for page in PAGES if page not in FEWEST_PAGES), cycle(LOOKS)))
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

_RUN: Final = """([tags, areas, contrast]) => {
  const isArea = (other) => document.querySelector(other.target[0]).matches(areas);
  const coveredByAreas = (node) => node.any.every((check) => check.relatedNodes.length
    && check.relatedNodes.every(isArea));
  const counts = (rule, node) => rule.id !== "target-size" || !coveredByAreas(node);
  const rules = { "color-contrast": { enabled: contrast } };
  const how = { preload: false, resultTypes: ["violations"], runOnly: tags, rules };
  return axe.run(how).then((result) =>
    result.violations.flatMap((rule) => rule.nodes.filter((node) => counts(rule, node))
      .map((node) => rule.id + ": " + node.target.join(" ") + ": " + node.failureSummary)));
}"""
"""A control that only areas of the map cover is left out: axe counts the part of an area that the
frame of the map cuts off. tests/browser/test_zoom.py measures the controls themselves."""


def with_axe(reader: Visit) -> Visit:
    reader.evaluate(Axe().axe_script)
    return reader


def look(reader: Visit, scheme: Any, width: int) -> None:
    reader.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    # not by the size of the window, which cannot change while the page fills the screen
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Emulation.setDeviceMetricsOverride", size)
    assert reader.evaluate("() => [innerWidth, innerHeight]") == [width, 900]


def violations(reader: Visit, *, contrast: bool = True) -> list[str]:
    found: list[str] = reader.evaluate(_RUN, [TAGS, AREAS, contrast])
    return found


@pytest.mark.parametrize(("path", "looks"), tuple(zip(FEWEST_PAGES, cycle((LOOKS[:3], LOOKS[3:])))))
def test_a_page_as_it_opens(
    path: str, looks: tuple[tuple[str, int], ...], address: Address, visit: NewVisit
) -> None:
    reader = with_axe(visit(address(path, "file")))
    for scheme, width in looks:
        look(reader, scheme, width)
        assert violations(reader) == [], (scheme, width)


@pytest.mark.parametrize(("path", "way"), OTHERS)
def test_other_pages(path: str, way: tuple[str, int], address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "file"))
    look(reader, *way)
    assert violations(with_axe(reader)) == []


def test_after_each_control(address: Address, visit: NewVisit) -> None:
    seen: set[str] = set()
    looks = cycle(LOOKS)
    for path in FEWEST_PAGES:
        reader = with_axe(visit(address(path, "file")))
        judged: set[str] = set()
        for used in uses(reader, seen):
            scheme, width = next(looks)
            look(reader, scheme, width)
            pairs = set(texts(reader))
            found = violations(reader, contrast=not pairs <= judged)
            assert found == [], (path, used, scheme, width)
            judged |= pairs
        assert reader.errors == []
    kinds = {key.split()[0] for key in seen}
    assert kinds >= {"area", "site", "sort", "select", "checkbox", "range", "summary", "a", "term"}


def test_axe_finds_a_fault(visit: NewVisit) -> None:
    reader = visit("about:blank")
    reader.page.set_content("<title>x</title><main><h1>x</h1><img src=data:,></main>")
    found = violations(with_axe(reader))
    assert any(line.startswith("image-alt") for line in found)
