"""An area layer in a real browser: chooser, legend, keyboard, table, LayerControl, hostile texts.

What folium's own Map loads from elsewhere is answered here: Leaflet by the files of its package,
the rest by nothing. The layer asks for nothing itself.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import folium
import geopandas as gpd
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route
from shapely import box
from xstatic.pkg import leaflet

from geo_lv import AreaLayer, Measure

from .conftest import NewVisit
from .reader import Visit

LEAFLET: Final = Path(leaflet.BASE_DIR)
AREA: Final = "[role=option]"
HOSTILE: Final = "</script><img src=x onerror=alert(1)>${alert(1)}{{7*7}}"
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PARTS: Final = ".geo-lv-panel, .geo-lv-dialog, [role=listbox]"
ABSENT: Final = ("ontbreekt (1)", "geheim (1)", "niet van toepassing (1)")

Open = Callable[..., Visit]


def frame_of(**columns: Any) -> gpd.GeoDataFrame:
    """Return six squares of a kilometre, three with figures and three with each reason."""
    x, y = 155_000, 463_000
    absent = [np.nan, np.nan, np.nan]
    content = {
        "name": ["Aalhof", "Beekdal", "Centrum", "Dorp", "Eiland", "Fort"],
        "inwoners": [10, 20, 30, *absent],
        "why": ["", "", "", "missing", "suppressed", "not_applicable"],
        "huur": [60.5, 50.25, 40.0, 30.0, 20.0, 10.0],
        **columns,
    }
    squares = [box(x + 1000 * n, y, x + 1000 * (n + 1), y + 1000) for n in range(6)]
    codes = [f"BU0001010{n}" for n in range(6)]
    return gpd.GeoDataFrame(content, index=codes, geometry=squares, crs="EPSG:28992")


def layer_of(title: str = "Cijfers", **columns: Any) -> AreaLayer:
    measures = {
        "inwoners": Measure("Inwoners", reasons="why", source="een tabel", note="Verzonnen."),
        "huur": Measure("Huur", unit="%", decimals=1, year="2024"),
    }
    return AreaLayer(frame_of(**columns), measures, title=title)


def chart_of(*children: Any, **options: Any) -> folium.Map:
    chart = folium.Map(tiles=None, **options)
    for child in children:
        chart.add_child(child)
    (south, west), (north, east) = layer_of().bounds
    chart.fit_bounds([(south, west), (north, east)])
    return chart


def answer(route: Route) -> None:
    """Answer for the hosts of folium with Leaflet itself, and nothing for the rest."""
    name = Path(urlsplit(route.request.url).path).name
    file = LEAFLET / name
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    body = file.read_text("utf-8") if name.startswith("leaflet.") and file.is_file() else ""
    if name == "leaflet.js":
        body = body.rsplit("//# sourceMappingURL", 1)[0]
    route.fulfill(body=body, content_type=kind)


@pytest.fixture
def show(visit: NewVisit, tmp_path: Path) -> Open:
    """Give a function that saves a map and opens the file."""

    def opened(chart: folium.Map, **settings: Any) -> Visit:
        chart.save(str(tmp_path / "kaart.html"))
        reader = visit(**settings)
        reader.page.context.route(lambda url: not url.startswith("file:"), answer)
        reader.page.goto((tmp_path / "kaart.html").as_uri(), wait_until="load")
        return reader

    return opened


def names(place: Page | Locator) -> list[str]:
    """Return what the areas are called for who cannot see them."""
    labels = place.locator(AREA).evaluate_all("all => all.map((one) => one.ariaLabel)")
    return [*map(str, labels)]


def legend(place: Page | Locator) -> list[str]:
    return place.get_by_role("list", name="Legenda").get_by_role("listitem").all_inner_texts()


def focused(reader: Visit) -> str:
    return str(reader.evaluate("() => document.activeElement.getAttribute('aria-label')"))


def errors_of(reader: Visit) -> list[str]:
    return [*reader.errors, *reader.dialogs, *(line for line in reader.console if "error" in line)]


def test_the_chooser_changes_names_colours_and_legend(show: Open) -> None:
    reader = show(chart_of(layer_of()))
    assert names(reader.page)[:3] == ["Aalhof: 10", "Beekdal: 20", "Centrum: 30"]
    assert names(reader.page)[3:] == [
        "Dorp: ontbreekt",
        "Eiland: geheim",
        "Fort: niet van toepassing",
    ]
    assert [line for line in legend(reader.page) if "tot" not in line and "dan" not in line][
        -3:
    ] == [*ABSENT]
    assert reader.page.get_by_text("Bron: een tabel").is_visible()
    assert reader.page.get_by_text("Verzonnen.").is_visible()
    reader.page.get_by_role("combobox", name="Cijfer").select_option("Huur (%, 2024)")
    assert names(reader.page)[0] == "Aalhof: 60,5%"
    assert not any(
        words in line for line in legend(reader.page) for words in ("geheim", "ontbreekt")
    )
    assert not reader.page.get_by_text("Bron:").count()
    assert errors_of(reader) == []


def test_what_is_absent_has_looks_of_its_own(show: Open) -> None:
    reader = show(chart_of(layer_of()))
    fills = reader.page.locator(AREA).evaluate_all("all => all.map((o) => o.getAttribute('fill'))")
    figures, absent = fills[:3], fills[3:]
    assert all(str(fill).startswith("#") for fill in figures)
    assert len({*figures}) == 3
    assert len({*absent}) == 3
    for fill in absent:
        pattern = str(fill).removeprefix("url(").removesuffix(")")
        assert reader.page.locator(pattern).count() == 1, fill
    shown = reader.page.get_by_role("list", name="Legenda").locator("rect")
    keys = shown.evaluate_all("all => all.map((one) => one.getAttribute('fill'))")
    assert {*fills} <= {*keys}


def test_one_tab_stop_and_arrows_between_areas(show: Open) -> None:
    reader = show(chart_of(layer_of()))
    page, status = reader.page, reader.page.get_by_role("status")
    assert page.locator(f"{AREA}[tabindex='0']").count() == 1
    assert not status.text_content()
    page.locator(f"{AREA}[tabindex='0']").focus()
    walked = []
    for key in (
        "ArrowRight",
        "ArrowDown",
        "ArrowLeft",
        "End",
        "End",
        "ArrowRight",
        "Home",
        "ArrowUp",
        "e",
    ):
        page.keyboard.press(key)
        walked.append(focused(reader).split(":")[0])
        assert status.inner_text() == focused(reader)
        assert page.locator(".geo-lv-tip").inner_text() == focused(reader)
    assert walked == [
        "Beekdal", "Centrum", "Beekdal", "Fort", "Fort", "Fort", "Aalhof", "Aalhof", "Eiland",
    ]  # fmt: skip
    assert page.locator(f"{AREA}[aria-selected=true]").get_attribute("aria-label") == focused(
        reader
    )
    page.keyboard.press("Escape")
    page.locator(".geo-lv-tip").wait_for(state="detached")
    mark = page.locator("path[stroke='#0b5a73']")
    assert mark.get_attribute("d") == page.locator(f"{AREA}:focus").get_attribute("d")
    page.keyboard.press("Tab")
    assert mark.get_attribute("d") != page.locator(f"{AREA}[tabindex='0']").get_attribute("d")
    assert page.locator(f"{AREA}:focus").count() == 0
    page.keyboard.press("Shift+Tab")
    assert focused(reader) == "Eiland: geheim"
    page.get_by_role("combobox").select_option(index=1)
    assert status.inner_text() == "Eiland: 20,0%"


def test_a_mouse_shows_what_it_points_at(show: Open) -> None:
    reader = show(chart_of(layer_of()))
    reader.page.locator(AREA).nth(1).hover()
    assert reader.page.locator(".geo-lv-tip").inner_text() == "Beekdal: 20"
    reader.page.locator(AREA).nth(2).click()
    assert reader.page.get_by_role("status").inner_text() == "Centrum: 30"


def test_a_table_says_what_the_map_says(show: Open) -> None:
    reader = show(chart_of(layer_of()))
    button = reader.page.get_by_role("button", name="Tabel")
    button.press("Enter")
    table = reader.page.get_by_role("table", name="Cijfers")
    rows = [row.split("\t") for row in table.inner_text().splitlines() if "\t" in row]
    assert rows[0] == ["Gebied", "Inwoners", "Huur (%, 2024)"]
    assert rows[1] == ["Aalhof", "10", "60,5%"]
    assert rows[5] == ["Eiland", "geheim", "20,0%"]
    assert len(rows) == 7
    assert table.get_by_role("rowheader").count() == 6
    reader.page.keyboard.press("Escape")
    assert not table.is_visible()
    assert reader.evaluate("() => document.activeElement.textContent") == "Tabel"
    button.click()
    reader.page.get_by_role("button", name="Sluiten").click()
    assert not table.is_visible()
    assert reader.page.get_by_role("table", include_hidden=True).count() == 1


def test_a_layer_control_hides_all_of_a_layer_and_brings_it_back(show: Open) -> None:
    reader = show(chart_of(layer_of(), folium.LayerControl(collapsed=False)))
    box_of = reader.page.locator(".leaflet-control-layers").get_by_label("Cijfers")
    reader.page.get_by_role("combobox").select_option(index=1)
    box_of.uncheck()
    assert reader.page.locator(f"{PARTS}, .geo-lv-tip").count() == 0
    box_of.check()
    assert names(reader.page)[0] == "Aalhof: 60,5%"
    assert reader.page.locator(".geo-lv-panel").count() == 1
    assert reader.page.locator("[role=listbox]").count() == 1
    assert errors_of(reader) == []


def test_a_layer_that_starts_hidden_is_not_there(show: Open) -> None:
    hidden = AreaLayer(frame_of(), {"huur": "Huur"}, show=False)
    reader = show(chart_of(hidden, folium.LayerControl(collapsed=False)))
    assert not reader.page.locator(PARTS).count()
    reader.page.locator(".leaflet-control-layers").get_by_label("Huur").check()
    assert names(reader.page)[0] == "Aalhof: 60"


def test_several_layers_share_a_map_with_others(show: Open) -> None:
    plain = folium.GeoJson(frame_of()[["geometry"]].to_crs(4326), name="grens")
    group = folium.FeatureGroup("groep")
    layer_of("Tweede").add_to(group)
    reader = show(chart_of(plain, layer_of("Eerste"), group, prefer_canvas=True))
    lists = reader.page.get_by_role("listbox")
    assert lists.evaluate_all("all => all.map((one) => one.ariaLabel)") == ["Eerste", "Tweede"]
    for title in ("Eerste", "Tweede"):
        one = reader.page.get_by_role("listbox", name=title)
        assert one.locator("[tabindex='0']").count() == 1
    opened = reader.page.locator(".geo-lv-panel details")
    assert opened.evaluate_all("all => all.map((one) => one.open)") == [True, False]
    second = reader.page.get_by_role("region", name="Tweede")
    second.locator("summary").press("Enter")
    second.get_by_role("combobox").select_option(index=1)
    assert names(reader.page.get_by_role("listbox", name="Eerste"))[0] == "Aalhof: 10"
    assert names(reader.page.get_by_role("listbox", name="Tweede"))[0] == "Aalhof: 60,5%"
    assert errors_of(reader) == []


def test_hostile_texts_are_shown_as_they_are(show: Open) -> None:
    measures: dict[str, str | Measure] = {
        "inwoners": Measure(HOSTILE, reasons="why", source=HOSTILE, note=HOSTILE, unit=HOSTILE),
        "huur": HOSTILE,
    }
    layer = AreaLayer(frame_of(name=[f"{HOSTILE} {n}" for n in range(6)]), measures, title=HOSTILE)
    reader = show(chart_of(layer, folium.LayerControl(collapsed=False)))
    page = reader.page
    page.locator(AREA).nth(1).hover()
    page.locator(AREA).nth(1).click()
    assert page.locator(".geo-lv-tip").inner_text() == f"{HOSTILE} 1: 20 {HOSTILE}"
    assert page.get_by_role("status").inner_text() == f"{HOSTILE} 1: 20 {HOSTILE}"
    assert page.locator(".leaflet-control-layers-overlays").inner_text().strip() == HOSTILE
    page.get_by_role("combobox").select_option(index=1)
    page.get_by_role("button", name="Tabel").click()
    assert page.get_by_role("table").locator("caption").inner_text() == HOSTILE
    assert page.locator("img").count() == 0
    assert errors_of(reader) == []


def test_it_works_in_the_frame_of_a_notebook(visit: NewVisit) -> None:
    reader = visit()
    reader.page.context.route(lambda url: url.startswith("http"), answer)
    # what Jupyter shows of a map that stands at the end of a cell
    reader.page.set_content(chart_of(layer_of())._repr_html_())
    inside = reader.page.frame_locator("iframe")
    inside.locator(AREA).first.focus()
    reader.page.keyboard.press("End")
    assert inside.get_by_role("status").inner_text() == "Fort: niet van toepassing"
    inside.get_by_role("combobox").select_option(index=1)
    assert inside.get_by_role("status").inner_text() == "Fort: 10,0%"
    assert errors_of(reader) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_parts_of_the_layer(width: int, show: Open) -> None:
    reader = show(chart_of(layer_of()), viewport={"width": width, "height": 640})
    page = reader.page
    details = page.locator(".geo-lv-panel details")
    assert details.evaluate("one => one.open") is (width > 600)
    if width < 600:
        page.locator(".geo-lv-panel summary").click()
    page.locator(AREA).first.focus()
    reader.evaluate(Axe().axe_script)
    assert found_by_axe(reader) == []
    page.get_by_role("button", name="Tabel").click()
    assert found_by_axe(reader) == []
    widest = reader.evaluate("() => document.documentElement.scrollWidth")
    assert widest <= width


def found_by_axe(reader: Visit) -> list[str]:
    """Return what axe has to say of the parts that are shown, on a page that is not ours."""
    script = """([parts, tags]) => axe.run({ include: [parts] }, { runOnly: tags, rules: {
      region: { enabled: false } } }).then((result) => result.violations.flatMap((rule) =>
        rule.nodes.map((node) => rule.id + ": " + node.target.join(" ") + node.failureSummary)))"""
    found: list[str] = reader.evaluate(script, [PARTS, TAGS])
    return found


def test_axe_sees_a_fault_in_the_parts(show: Open) -> None:
    reader = show(chart_of(layer_of()))
    reader.evaluate(Axe().axe_script)
    reader.evaluate("() => document.querySelector('[role=option]').removeAttribute('aria-label')")
    reader.evaluate(
        "() => document.querySelector('.geo-lv-panel label').replaceWith("
        "document.querySelector('.geo-lv-panel select'))"
    )
    assert any(line.startswith("select-name") for line in found_by_axe(reader))
