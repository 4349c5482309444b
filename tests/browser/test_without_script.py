"""Without JavaScript, and on paper: a drawn map, its names, the legend, the charts, the tables."""

import pytest

from .conftest import Address, NewVisit
from .reader import (
    DRAWING,
    FRAME,
    LIVE_MAP,
    MAP_PAGES,
    PLAN_PAGES,
    Visit,
    count_colours,
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
    assert names in [set(list(table.rows)[:-1]) for table in tables(reader).values()]
    assert len(legend(reader)) > 1 or path == "thema/warmtetransitie.html", "it shows no figure"
    assert layer_keys(reader)
    controls = reader.page.locator("main").locator("button, select, input")
    assert [control for control in controls.all() if control.is_visible()] == []
    assert reader.complaints() == {}


@pytest.mark.parametrize("path", ["index.html", *PLAN_PAGES])
def test_the_drawing_is_coloured_and_named_as_the_table(
    path: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "file"), java_script_enabled=False)
    fills = {area["fill"] for area in drawn(reader) if area["fill"].startswith("rgb")}
    assert sum(count > 400 for count in count_colours(reader, FRAME, sorted(fills))) >= 2
    shown = [area["name"].removesuffix(" (2022)").split(": ") for area in drawn(reader)]
    assert all(len(parts) == 2 for parts in shown), "each area is named with its figure"
    cells = tables(reader)["wijk"].column("Gemiddelde WOZ-waarde (× € 1.000, 2022)")
    assert {name: figure.split()[0] for name, figure in shown} == {
        name: cells[name] for name, _ in shown
    }


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
