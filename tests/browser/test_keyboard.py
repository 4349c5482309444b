"""The map by keyboard alone: every area and every site is reached, named, pinned and let go."""

from pathlib import Path
from typing import Any

import pytest

from .conftest import Address, NewVisit
from .reader import (
    BUURT_FIGURE,
    CARD,
    PLAN_PAGES,
    SITES,
    WIJK_FIGURE,
    Visit,
    choose,
    every_table,
    headings,
    plain_name,
    tables,
)

MANY = 120
"""More key presses than any walk needs; a walk that takes them all is trapped."""


def focused(reader: Visit) -> dict[str, Any]:
    found: dict[str, Any] = reader.evaluate(
        """() => {
          const at = document.activeElement;
          return {
            label: at.getAttribute("aria-label") || at.textContent.trim(),
            role: at.getAttribute("role"), pressed: at.getAttribute("aria-pressed"),
            area: at.matches(".leaflet-overlay-pane [role=button]"),
            site: at.matches(".leaflet-marker-pane *"),
          };
        }"""
    )
    return found


def tab_to(reader: Visit, kind: str, key: str = "Tab") -> dict[str, Any]:
    """Press Tab until the focus is on an area or a site."""
    for _ in range(MANY):
        reader.page.keyboard.press(key)
        at = focused(reader)
        if at[kind]:
            return at
    pytest.fail(f"Tab never reached a {kind}")


def walk(reader: Visit, key: str) -> list[str]:
    """Press an arrow until it leads no further; return the names on the way."""
    names = [focused(reader)["label"]]
    for _ in range(MANY):
        reader.page.keyboard.press(key)
        name = focused(reader)["label"]
        if name == names[-1]:
            return names
        names.append(name)
    pytest.fail(f"{key} walks in circles")


def expected_names(reader: Visit, site: Path, level: str, option: str) -> dict[str, str]:
    """Return what the table of a level says of each area: name to cell."""
    return tables(reader)[level].column(headings(site)[option])


@pytest.mark.parametrize("path", ["index.html", *PLAN_PAGES])
@pytest.mark.parametrize(("level", "option"), [("wijk", WIJK_FIGURE), ("buurt", BUURT_FIGURE)])
def test_arrows_visit_every_area_of_the_table(
    path: str, level: str, option: str, site: Path, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    choose(reader, option)
    cells = expected_names(reader, site, level, option)
    reader.page.locator("h1").click()
    tab_to(reader, "area")
    reader.page.keyboard.press("Home")
    names = walk(reader, "ArrowRight")
    assert sorted(map(plain_name, names)) == sorted(cells)
    assert [name for name in names if cells[plain_name(name)] not in name] == []
    reader.page.keyboard.press("Home")
    assert focused(reader)["label"] == names[0]
    reader.page.keyboard.press("End")
    assert focused(reader)["label"] == names[-1]
    assert reader.complaints() == {}


def test_all_four_arrows_walk(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "file"))
    reader.page.locator("h1").click()
    tab_to(reader, "area")
    names = walk(reader, "ArrowRight")
    assert len(names) > 2
    assert walk(reader, "ArrowUp") == names[::-1]
    assert walk(reader, "ArrowDown") == names
    assert walk(reader, "ArrowLeft") == names[::-1]


@pytest.mark.parametrize("path", ["index.html", PLAN_PAGES[0]])
def test_the_map_is_one_stop_and_no_trap(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "file"))
    reader.page.locator("h1").click()
    tab_to(reader, "area")
    reader.page.keyboard.press("ArrowRight")
    name = focused(reader)["label"]
    reader.page.keyboard.press("Tab")
    assert not focused(reader)["area"]
    reader.page.keyboard.press("Shift+Tab")
    assert focused(reader)["label"] == name, "coming back leads to where the reader was"
    reader.page.keyboard.press("Shift+Tab")
    assert not focused(reader)["area"]


def test_names_are_in_the_accessibility_tree(site: Path, address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "policy"))
    choose(reader, BUURT_FIGURE)
    cells = expected_names(reader, site, "buurt", BUURT_FIGURE)
    group = reader.page.get_by_role("group", name="Gebieden op de kaart")
    for name, cell in cells.items():
        button = group.get_by_role("button", name=f"{name}: {cell}")
        assert button.count() >= 1, name


@pytest.mark.parametrize("path", ["index.html", *PLAN_PAGES])
def test_enter_pins_and_escape_lets_go(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "policy"))
    title = reader.page.locator(CARD).locator("h3")
    at_rest = title.inner_text()
    reader.page.locator("h1").click()
    tab_to(reader, "area")
    reader.page.keyboard.press("End")
    last = focused(reader)
    assert last["pressed"] == "false"
    reader.page.keyboard.press("Enter")
    assert focused(reader)["pressed"] == "true"
    name = plain_name(last["label"])
    assert title.inner_text() == name
    assert "vastgezet" in reader.page.locator(CARD).inner_text()
    reader.page.keyboard.press("Shift+Tab")
    assert title.inner_text() == name, "what is pinned stays when the focus goes"
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("ArrowLeft")
    assert title.inner_text() != name, "another area can be read while one is pinned"
    reader.page.keyboard.press("Escape")
    assert reader.page.locator("[aria-pressed=true]").count() == 0
    reader.page.keyboard.press("Shift+Tab")
    assert title.inner_text() == at_rest


def test_letting_go_is_said_to_a_screen_reader(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "file"))
    said = reader.page.locator(CARD).get_by_role("status")
    reader.page.locator("h1").click()
    name = plain_name(tab_to(reader, "area")["label"])
    reader.page.keyboard.press("Enter")
    assert said.inner_text() == f"{name} vastgezet"
    reader.page.keyboard.press("Escape")
    assert said.inner_text() == f"{name} losgelaten"


def test_enter_again_lets_go(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "file"))
    reader.page.locator("h1").click()
    tab_to(reader, "area")
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Enter")
    assert focused(reader)["pressed"] == "false"


def expected_sites(reader: Visit) -> list[str]:
    """Return the names that the table of sites gives to the symbols on the map."""
    rows = [
        row
        for table in every_table(reader)
        if table["columns"][:3] == ["Locatie", "Corporatie", "Sociale huur"]
        for row in table["rows"]
    ]
    return [f"{row[0]}: {row[2]}" for row in rows if row[6] != "locatie onbekend"]


@pytest.mark.parametrize("path", ["thema/nieuwbouw.html", "index.html", *PLAN_PAGES[1:]])
def test_every_site_is_reached_and_named(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "policy"))
    expected = expected_sites(reader)
    if path == "index.html":  # it has the map of all sites, but not their table
        expected = expected_sites(visit(address("thema/nieuwbouw.html", "file")))
    assert expected, "no table of sites on this page"
    reader.page.locator("h1").click()
    tab_to(reader, "site")
    reader.page.keyboard.press("Home")
    names = walk(reader, "ArrowRight")
    assert sorted(names) == sorted(expected)
    assert reader.page.locator(CARD).locator("h3").inner_text() == names[-1].split(": ")[0]
    reader.page.keyboard.press("Home")
    assert focused(reader)["role"] == "button"
    assert reader.complaints() == {}


def test_a_map_without_sites_has_no_symbols(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "file"))
    assert expected_sites(reader) == []
    assert reader.page.locator(SITES).count() == 0


def test_sites_without_a_place_are_said_to_be_missing(
    site: Path, address: Address, visit: NewVisit
) -> None:
    lines = (site / "data" / "nieuwbouw.csv").read_text("utf-8-sig").splitlines()
    unknown = [line.split(";")[2] for line in lines if ";locatie onbekend;" in line]
    assert len(unknown) == 2
    text = visit(address("thema/nieuwbouw.html", "file")).page.locator("#kaart").inner_text()
    assert [name for name in unknown if name not in text] == []
