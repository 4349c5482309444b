"""The rendering of a page: escaping, policy, determinism, and charts that say what is known."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from geo_lv.maps.assets import bundle
from geo_lv.maps.charts import stacked, timeline
from geo_lv.maps.drawing import drawing
from geo_lv.maps.map_model import Cell
from geo_lv.maps.model import Link, Page, Section, Table
from geo_lv.maps.payload import data_block
from geo_lv.maps.render import assets, map_context, render_page, table_frame

from .sample_page import BARS, MAP, PAGE, PHASING, SITES, hostile

ATTACKS = (
    "${alert(1)}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "\u2028alert(1)",
)
FOREIGN = re.compile(r"https?://(?!example\.org/|www\.w3\.org/)")


class Reader(HTMLParser):
    """Every element with its attributes, and the text of the data block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.data = ""
        self._in_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        known = {name: value or "" for name, value in attrs}
        self.elements.append((tag, known))
        self._in_data = known.get("id") == "geo-lv-data"

    def handle_endtag(self, tag: str) -> None:
        """Notice the end of the data block."""
        self._in_data = self._in_data and tag != "script"

    def handle_data(self, data: str) -> None:
        """Keep the text of the data block."""
        self.data += data if self._in_data else ""

    def having(self, name: str) -> list[str]:
        """Return every value of an attribute."""
        return [known[name] for _, known in self.elements if name in known]


def html_of(page: Page = PAGE, **changes: Any) -> str:
    return render_page(replace(page, **changes)).html


def chart_of(html: str, shape: str) -> str:
    found = re.search(rf'data-shape="{shape}">(.*?)</svg></div>', html, re.DOTALL)
    assert found, f"no bar of shape {shape}"
    return found[1]


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text(attack: str) -> None:
    harmless = re.sub(r"\S", "x", attack)
    calm, attacked = (Reader(html_of(hostile(PAGE, text))) for text in (harmless, attack))
    assert [tag for tag, _ in attacked.elements] == [tag for tag, _ in calm.elements]
    names = [sorted(known) for _, known in attacked.elements]
    assert names == [sorted(known) for _, known in calm.elements]
    data = json.loads(attacked.data)
    assert data["texts"][data["indicators"]["label"][0]] == f"Mensen{attack}"


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_never_reaches_a_script(attack: str) -> None:
    attacked = render_page(hostile(PAGE, attack))
    assert attacked.assets == render_page(PAGE).assets


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "\\\\x",
        "",
    ],
)
def test_a_bad_address_leaves_only_the_text(address: str) -> None:
    section = Section("links", "links", "Links", links=(Link("Gevaarlijk", address),))
    html = html_of(sections=(section,))
    assert "<li><bdi>Gevaarlijk</bdi></li>" in html


def test_policy_needs_no_exception() -> None:
    reader = Reader(html_of())
    assert not reader.having("style")
    assert not [name for _, known in reader.elements for name in known if name.startswith("on")]
    scripts = [known for tag, known in reader.elements if tag == "script"]
    assert [known for known in scripts if "src" not in known] == [
        {"type": "application/json", "id": "geo-lv-data"}
    ]
    assert not FOREIGN.search(html_of())


def test_leaflet_asks_for_no_file() -> None:
    for asset in (*bundle().styles, *bundle().scripts):
        assert "sourceMappingURL" not in asset.text
        assert not re.search(r"url\((?!#)", asset.text)


def test_every_file_a_page_loads_is_delivered() -> None:
    rendered = render_page(PAGE)
    reader = Reader(rendered.html)
    loaded = [known["src"] for tag, known in reader.elements if tag == "script" and "src" in known]
    loaded += [known["href"] for tag, known in reader.elements if tag == "link"]
    loaded += reader.having("data-script")  # loaded when it is asked for
    every = {*assets(), *rendered.assets}
    not_here = {asset.path for asset in (bundle().wijk, bundle().progress, *bundle().monitor)}
    assert {path.removeprefix("../") for path in loaded} == every - not_here


def test_same_page_same_bytes() -> None:
    first, second = render_page(PAGE), render_page(replace(PAGE))
    assert (first.html, first.assets) == (second.html, second.assets)


def test_an_equal_table_is_written_once_and_another_one_anew() -> None:
    one = Table("t", "Tabel", ("Gebied", "Waarde"), (("West", Cell("17")),), (False, True))
    written = table_frame(one, fictitious=False)
    assert "<td>17" in written
    assert table_frame(replace(one), fictitious=False) is written
    other = table_frame(replace(one, rows=(("West", Cell("18")),)), fictitious=False)
    assert "<td>18" in other
    assert "<td>17" not in other
    assert "FICTIEVE VOORBEELDGEGEVENS" in table_frame(one, fictitious=True)


def test_a_map_with_another_cell_is_written_anew() -> None:
    first = MAP.indicators[0]
    code = next(iter(first.cells))
    changed = replace(first, cells={**first.cells, code: Cell("98.765", bin=0)})
    other = replace(MAP, indicators=(changed, *MAP.indicators[1:]))
    assert map_context(replace(MAP)) is map_context(MAP)
    assert "98.765" not in map_context(MAP)["data"]
    assert "98.765" in map_context(other)["data"]


def test_maps_of_one_place_share_their_script() -> None:
    other = replace(PAGE, title="Ander", map=replace(MAP, start_indicator="", sites=()))
    assert render_page(other).assets == render_page(PAGE).assets


def test_page_in_one_file_carries_its_policy() -> None:
    rendered = render_page(PAGE, inline=True)
    assert rendered.assets == {}
    policy = next(p for p in Reader(rendered.html).having("content") if "script-src" in p)
    assert "unsafe" not in policy
    shared = bundle()
    parts = (
        *shared.styles,
        *shared.scripts,
        *shared.homes,
        *shared.small,
        shared.tools,
    )
    assert policy.count("sha256-") == len(parts) + 1


def test_geometry_stands_once_in_the_page() -> None:
    html = html_of()
    for area in MAP.areas[:1]:
        assert html.count(area.path) == 1
    assert MAP.areas[0].path not in Reader(html).data


def test_data_block_reads_back() -> None:
    text = data_block(MAP, drawing(MAP))
    data = json.loads(text)
    assert not set("<>&'") & set(text)
    codes = [code for code, _name in data["areas"]["buurt"]]
    cells = dict(zip(codes, data["indicators"]["cells"][0], strict=False))
    text, kind, difference = cells["BU01"]
    ending = data["texts"][data["indicators"]["ending"][0]]
    assert (text, kind, difference + ending) == ("1.234", 3, "−11")
    text_of_none, kind, difference, note = cells["BU02"]
    assert (text_of_none, data["reasons"][-1 - kind], difference) == ("", "geheim", "")
    assert data["texts"][note] == "Minder dan 10 woningen."


def test_the_ending_of_the_differences_is_written_once() -> None:
    cells = {"BU01": Cell("5", 0, difference="+1 punt"), "BU02": Cell("3", 0, difference="1 punt")}
    one = replace(MAP.indicators[0], cells=cells)
    data = json.loads(data_block(replace(MAP, indicators=(one,)), drawing(MAP)))
    ending = data["texts"][data["indicators"]["ending"][0]]
    left = [cell[2] for cell in data["indicators"]["cells"][0] if cell]
    assert (left, ending) == (["+1", "1"], " punt")


def test_drawing_colours_only_known_figures() -> None:
    looks = {shape.area.code: shape.look for shape in drawing(MAP).shapes}
    assert looks == {"WK01": "no-figure", "BU01": "class-3", "BU02": "suppressed"}


def test_sites_on_one_spot_stand_apart() -> None:
    twins = (SITES[0], replace(SITES[0], id="s3"))
    one, two = drawing(replace(MAP, sites=twins)).symbols
    assert abs(one.dx - two.dx) > one.radius + two.radius


def test_unknown_phase_is_hatched_and_says_so() -> None:
    bar = chart_of(html_of(), "unknown")
    assert "phase-unknown" in bar
    assert ">onbekend</text>" in bar
    assert "phase-opstellen" not in bar


def test_indicative_phase_has_its_own_hatch() -> None:
    assert "phase-uitvoering-indicative" in chart_of(html_of(), "bar")


def test_phase_after_the_axis_is_an_arrow_not_a_bar() -> None:
    bar = chart_of(html_of(), "beyond")
    assert "arrow" in bar
    assert ">richting 2036</text>" in bar
    assert 'class="phase' not in bar


def test_phase_stands_at_its_years() -> None:
    mark = timeline(PHASING).areas[0][1][1]
    assert mark.x == pytest.approx(200 / 14, abs=0.01)
    assert mark.width == pytest.approx(800 / 14, abs=0.01)


def test_labels_run_from_best_to_worst() -> None:
    segments = stacked(BARS[0]).segments
    assert [segment.name for segment in segments] == ["A++", "C", "G", "geen label"]
    assert sum(segment.width for segment in segments) == pytest.approx(100)
    assert [segment.x for segment in segments] == pytest.approx([0, 30, 70, 90])


def test_hidden_labels_have_no_bar() -> None:
    html = html_of(sections=(Section("labels", "labels", "Labels", bars=BARS[1:]),))
    assert "label-part" not in html
    assert ">geheim</text>" in html


def test_fictitious_and_internal_pages_say_so() -> None:
    plain = html_of(fictitious=False, sections=(), map=None)
    assert "FICTIEVE" not in plain
    assert "INTERN" not in plain
    assert html_of(sections=(), map=None).count("FICTIEVE VOORBEELDGEGEVENS") == 1
    intern = html_of(intern=True)
    assert "INTERN – niet verspreiden" in intern
    assert '<meta name="robots" content="noindex, nofollow">' in intern


@pytest.mark.browser
@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_page_in_one_file_runs_calmly(
    attack: str, chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "pagina.html"
    file.write_text(render_page(hostile(PAGE, attack), inline=True).html, "utf-8")
    page = chromium.new_page()
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("dialog", lambda dialog: noise.append(dialog.message))
    page.goto(file.as_uri())
    for area in page.locator("path[role=button]:visible").all():
        area.hover(force=True)
        area.click(force=True)
    for index in (0, 2, 1):
        page.select_option("#kies-cijfer", index=index)
    page.locator(".site-marker").first.click()
    assert page.locator("#kaartje-titel").inner_text() == f"Aan het water{attack}".strip()
    assert noise == []
    page.close()
