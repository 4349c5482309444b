"""Without JavaScript, and on paper: a drawn map, its names, the legend, the charts, the tables."""

import re
from pathlib import Path

import pytest

from .conftest import Address, NewVisit
from .reader import (
    DRAWING,
    FRAME,
    LIVE_MAP,
    MAP_PAGES,
    PLAN_PAGES,
    Visit,
    chosen,
    count_colours,
    headings,
    layer_keys,
    legend,
    tables,
)

_DRAWN = """(drawing) => [...document.querySelectorAll(drawing + " use")]
  .filter((use) => use.checkVisibility() && use.querySelector("title"))
  .map((use) => ({ name: use.querySelector("title").textContent,
    fill: getComputedStyle(use).fill }))"""


def drawn(reader: Visit) -> list[dict[str, str]]:
    found: list[dict[str, str]] = reader.evaluate(_DRAWN, DRAWING)
    return found


@pytest.mark.parametrize("path", MAP_PAGES)
def test_the_drawing_stands_in_for_the_map(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "policy"), java_script_enabled=False)
    assert reader.page.locator(DRAWING).is_visible()
    assert reader.page.locator(DRAWING).get_attribute("role") == "img"
    assert reader.page.locator(LIVE_MAP).count() == 0
    names = {area["name"].split(": ")[0] for area in drawn(reader)}
    assert names in [set(table.rows) for table in tables(reader).values()]
    assert len(legend(reader)) > 1 or path == "thema/warmtetransitie.html", "it shows no figure"
    assert layer_keys(reader)
    controls = reader.page.locator("main").locator("button:not([popovertarget]), select, input")
    assert [control for control in controls.all() if control.is_visible()] == []
    assert reader.complaints() == {}


@pytest.mark.parametrize("path", ["index.html", *PLAN_PAGES])
def test_the_drawing_is_coloured_and_named_as_the_table(
    path: str, site: Path, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "file"), java_script_enabled=False)
    shown = drawn(reader)
    fills = {area["fill"] for area in shown if area["fill"].startswith("rgb")}
    assert any(count > 400 for count in count_colours(reader, FRAME, sorted(fills)))
    assert fills <= {item["fill"] for item in legend(reader)}
    heading = headings(site)[chosen(reader)]
    [cells] = [t.column(heading) for t in tables(reader).values() if heading in t.columns]
    assert len(shown) == len(cells)
    assert [area["name"] for area in shown if not named_as(cells, area["name"])] == []


def named_as(cells: dict[str, str], name: str) -> bool:
    """Return whether an area is named with what the table says of it."""
    area, figure = name.split(": ", 1)
    return re.fullmatch(rf"{re.escape(cells[area])}(\W.*)?", figure) is not None


@pytest.mark.parametrize("path", PLAN_PAGES)
def test_charts_and_tables_need_no_script(path: str, address: Address, visit: NewVisit) -> None:
    with_script = visit(address(path, "file"))
    without = visit(address(path, "file"), java_script_enabled=False)
    assert tables(without) == tables(with_script)
    for part in ("#fasering figure svg", "#energielabels figure svg"):
        pictures = without.page.locator(part)
        assert pictures.count() > 2
        assert pictures.last.is_visible()
        assert pictures.count() == with_script.page.locator(part).count()


@pytest.mark.parametrize("path", MAP_PAGES)
def test_on_paper_the_drawing_returns(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "policy"))
    drawing, live = reader.page.locator(DRAWING), reader.page.locator(LIVE_MAP)
    assert live.is_visible()
    assert not drawing.is_visible()
    reader.page.emulate_media(media="print")
    assert drawing.is_visible()
    assert not live.is_visible()
    controls = reader.page.locator("main").locator("select, input")
    assert [c for c in controls.all() if c.is_visible()] == []
    reader.page.emulate_media(media="screen")
    assert live.is_visible()
    assert not drawing.is_visible()


def test_paper_shows_what_was_chosen(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "policy"))
    before = drawn_on_paper(reader)
    reader.page.locator("#kies-cijfer").select_option("label_efg")
    after = drawn_on_paper(reader)
    assert before != after
    assert all(": " in area["name"] for area in after)


def drawn_on_paper(reader: Visit) -> list[dict[str, str]]:
    reader.page.emulate_media(media="print")
    found = drawn(reader)
    reader.page.emulate_media(media="screen")
    return found
