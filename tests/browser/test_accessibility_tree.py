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
    """Return the whole accessibility tree by the ids of its nodes, without what is left out."""
    session = reader.page.context.new_cdp_session(reader.page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    return {
        node["nodeId"]: Node(
            role=node.get("role", {}).get("value", ""),
            name=node.get("name", {}).get("value", ""),
            focusable=any(
                each["name"] == "focusable" and each["value"]["value"]
                for each in node.get("properties", ())
            ),
            parent=node.get("parentId", ""),
        )
        for node in nodes
        if not node.get("ignored")
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
        rows = min((set(table.rows) for table in tables(reader).values()), key=len)
        assert rows <= names
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
  rows: [...table.tBodies, table.tFoot].filter(Boolean).flatMap((part) => [...part.rows]).length,
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
    assert found == expected


def is_inside(key: str, outer: str, nodes: dict[str, Node]) -> bool:
    while key in nodes:
        key = nodes[key].parent
        if key == outer:
            return True
    return False


_CELLS: Final = """(frame) => [...frame.querySelectorAll("td, th")].map((cell) => {
  const box = cell.getBoundingClientRect(), room = frame.getBoundingClientRect();
  const x = box.left + Math.min(box.width, 80) / 2, y = box.top + Math.min(box.height, 24) / 2;
  return x > room.left && x < room.right && y > room.top && y < room.bottom
    && x > 0 && x < innerWidth && y > 0 && y < innerHeight;
})"""
"""Whether the start of each cell is in its frame and in the window now."""

_PLACE: Final = "(frame) => [frame.scrollLeft, frame.scrollTop, scrollY]"


@pytest.mark.parametrize("viewport", [(320, 640), (1280, 800)])
@pytest.mark.parametrize("path", ["thema/energielabels.html", "verantwoording.html"])
def test_the_keyboard_brings_every_cell_in_view(
    path: str, viewport: tuple[int, int], address: Address, visit: NewVisit
) -> None:
    """By the keys of the browser itself, on every frame of these pages."""
    width, height = viewport
    reader = visit(address(path, "file"), viewport={"width": width, "height": height})
    for frame in reader.page.query_selector_all(TABLE_FRAME):
        frame.focus()
        shown = frame.evaluate(_CELLS)
        down, turn = "PageDown", "PageUp"
        while True:
            shown = sweep(reader, frame, down, shown)
            down, turn = turn, down
            if not pressed(reader, frame, "ArrowRight", times=4):
                break
        assert shown.count(False) == 0, frame.inner_text()[:80]


def sweep(reader: Visit, frame: Any, key: str, shown: list[bool]) -> list[bool]:
    """Press a key to the end of the frame and the page; return which cells have been in view."""
    while True:
        shown = [a or b for a, b in zip(shown, frame.evaluate(_CELLS), strict=True)]
        if all(shown) or not pressed(reader, frame, key):
            return shown


def pressed(reader: Visit, frame: Any, key: str, times: int = 1) -> bool:
    """Press a key and wait for what it moves; return whether anything moved."""
    before = frame.evaluate(_PLACE)
    for _ in range(times):
        reader.page.keyboard.press(key)
    reader.page.wait_for_timeout(60)
    place = frame.evaluate(_PLACE)
    while place != (place := frame.evaluate(_PLACE)):
        reader.page.wait_for_timeout(60)
    return bool(place != before)
