"""What the browser tells a screen reader, and whether the keyboard brings every cell in view."""

from dataclasses import dataclass
from typing import Any, Final

import pytest

from .conftest import Address, NewVisit
from .controls import FEWEST_PAGES, TABLE_FRAME
from .reader import MAP_PAGES, SITES, Visit, chosen, headings, tables

NO_STOP: Final = {"RootWebArea", "main"}
"""The page, and the part that the skip link jumps to: no reader comes there by Tab."""
CELLS: Final = {"cell", "gridcell", "columnheader", "rowheader"}


@dataclass(frozen=True)
class Node:
    """A part of the page as a screen reader meets it."""

    role: str
    name: str
    focusable: bool
    parent: str


def tree(reader: Visit) -> dict[str, Node]:
    """Return the whole accessibility tree by the ids of its nodes; what is left out has no role."""
    session = reader.page.context.new_cdp_session(reader.page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    return {
        node["nodeId"]: Node(
            role="" if node.get("ignored") else node.get("role", {}).get("value", ""),
            name=node.get("name", {}).get("value", ""),
            focusable=any(
                each["name"] == "focusable" and each["value"]["value"]
                for each in node.get("properties", ())
            ),
            parent=node.get("parentId", ""),
        )
        for node in nodes
    }


@pytest.mark.parametrize("path", FEWEST_PAGES)
def test_whatever_takes_the_focus_has_a_name_and_a_role(
    path: str, address: Address, visit: NewVisit
) -> None:
    nodes = tree(visit(address(path, "policy"))).values()
    stops = [node for node in nodes if node.focusable and node.role not in NO_STOP]
    assert len(stops) >= 5
    assert [node for node in stops if not node.name or node.role in {"", "generic"}] == []


@pytest.mark.parametrize("path", MAP_PAGES)
def test_every_area_is_a_button_with_its_figure(
    path: str, site: Any, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    option = chosen(reader)
    names = {node.name for node in tree(reader).values() if node.role in {"button", "ToggleButton"}}
    if not option:
        assert set(tables(reader)["buurt"].rows) <= names
        return
    heading = headings(site)[option]
    [cells] = [t.column(heading) for t in tables(reader).values() if heading in t.columns]
    assert [
        area
        for area, cell in cells.items()
        if not any(name.startswith(f"{area}: {cell}") for name in names)
    ] == []


@pytest.mark.parametrize("path", ["index.html", "thema/nieuwbouw.html", FEWEST_PAGES[1]])
def test_every_site_is_a_button_with_its_programme(
    path: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    sites: list[dict[str, str]] = reader.evaluate(
        "() => geoLv.data.sites.map(({ name, programme }) => ({ name, programme }))"
    )
    assert len(sites) == reader.page.locator(SITES).count() > 0
    names = [node.name for node in tree(reader).values() if node.role == "button"]
    assert [each for each in sites if f"{each['name']}: {each['programme']}" not in names] == []


_TABLES: Final = """() => [...document.querySelectorAll("table")].map((table) => ({
  name: table.caption.textContent.trim().replace(/\\s+/g, " "),
  heads: table.tHead.rows[0].cells.length,
  // the reasons of a goal stand in a row of their own, under the row that has their header
  rows: [...table.tBodies, table.tFoot].filter(Boolean).flatMap((part) => [...part.rows])
    .filter((row) => !row.matches(".reasons-row")).length,
  cells: table.querySelectorAll("td, th").length }))"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", FEWEST_PAGES)
def test_every_cell_is_there_with_its_headers(
    path: str, width: int, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"), viewport={"width": width, "height": 800})
    expected: list[dict[str, Any]] = reader.evaluate(_TABLES)
    nodes = tree(reader)
    found = []
    for key, node in nodes.items():
        if node.role in {"table", "grid"}:
            inside = [each for at, each in nodes.items() if is_inside(at, key, nodes)]
            roles = [each.role for each in inside]
            assert all(each.name for each in inside if each.role == "columnheader")
            assert all(each.name for each in inside if each.role == "rowheader")
            found.append(
                {
                    "name": " ".join(node.name.split()),
                    "heads": roles.count("columnheader"),
                    "rows": roles.count("rowheader"),
                    "cells": sum(roles.count(role) for role in CELLS),
                }
            )

    def by_name(table: dict[str, Any]) -> str:
        return str(table["name"])

    assert sorted(found, key=by_name) == sorted(expected, key=by_name), "nodes come by depth"


def is_inside(key: str, outer: str, nodes: dict[str, Node]) -> bool:
    while key in nodes:
        key = nodes[key].parent
        if key == outer:
            return True
    return False


_SEEN: Final = """([frame, selector, across]) => {
  const room = frame.getBoundingClientRect();
  return [...frame.querySelectorAll(selector)].map((cell) => {
    const box = cell.getBoundingClientRect();
    if (across) {
      const x = box.left + Math.min(box.width, 60) / 2;
      return x > Math.max(room.left, 0) && x < Math.min(room.right, innerWidth);
    }
    const y = box.top + Math.min(box.height, 24) / 2;
    return y > Math.max(room.top, 0) && y < Math.min(room.bottom, innerHeight);
  });
}"""
"""Which columns (across) or rows can be seen now, by the start of their first cell."""

_PLACE: Final = "(frame) => [frame.scrollLeft, frame.scrollTop, scrollY]"


@pytest.mark.parametrize("viewport", [(320, 640), (1280, 800)])
def test_the_keyboard_brings_every_cell_in_view(
    viewport: tuple[int, int], address: Address, visit: NewVisit
) -> None:
    """Every column and every row; they scroll apart from each other, so that makes every cell."""
    width, height = viewport
    reader = visit(
        address("thema/energielabels.html", "file"), viewport={"width": width, "height": height}
    )
    frames = [each for each in reader.page.query_selector_all(TABLE_FRAME) if each.is_visible()]
    assert len(frames) >= 2
    for frame in frames:
        frame.focus()
        settled(reader, frame)
        frame.evaluate("(frame) => frame.scrollIntoView()")
        settled(reader, frame)
        assert unseen(reader, frame, "ArrowRight", "thead th") == []
        assert unseen(reader, frame, "ArrowDown", "tr > :first-child") == []


def unseen(reader: Visit, frame: Any, key: str, selector: str) -> list[int]:
    """Press an arrow as long as it helps; return the places of what never came in view."""
    question = [frame, selector, key == "ArrowRight"]
    seen: list[bool] = reader.evaluate(_SEEN, question)
    assert seen
    while not all(seen) and pressed(reader, frame, key):
        seen = [a or b for a, b in zip(seen, reader.evaluate(_SEEN, question), strict=True)]
    return [place for place, was_seen in enumerate(seen) if not was_seen]


def pressed(reader: Visit, frame: Any, key: str) -> bool:
    """Press a key some times and wait for what it moves; return whether anything moved."""
    before = frame.evaluate(_PLACE)
    for _ in range(5):
        reader.page.keyboard.press(key)
    for _ in range(100):  # a busy browser begins late
        if frame.evaluate(_PLACE) != before:
            settled(reader, frame)
            return True
        reader.page.wait_for_timeout(50)
    return False


def settled(reader: Visit, frame: Any) -> None:
    """Wait until nothing scrolls any more."""
    places = [frame.evaluate(_PLACE)]
    while len(places) < 3 or places[-3:] != [places[-1]] * 3:
        reader.page.wait_for_timeout(50)
        places.append(frame.evaluate(_PLACE))
