"""The page of the country in a browser: map, keys, search, tables, address, paper."""

import math
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from geo_lv.maps.text import euros_per, figure
from tests.country.small_country import APART, AROUND, ENCLAVE, HOSTILE

from .conftest import NewVisit, Serve
from .reader import POLICY, Visit, every_table, watch

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MAP = "#landkaart"
SAID = "#kaartje-melding"
SEARCH = "#zoek-gebied"
OPTION = "#zoek-lijst [role=option]"


@pytest.fixture(scope="module")
def shared(chromium: Browser) -> Iterator[Visit]:
    """Start one reader for the tests that open the page as it is."""
    with ExitStack() as stack:
        context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        stack.callback(context.close)
        yield watch(context)


@pytest.fixture
def reader(shared: Visit, country_site: Path) -> Visit:
    """Return the page as it opens: nothing chosen, the focus nowhere."""
    shared.page.goto("about:blank")
    shared.page.mouse.move(1, 1)
    return ready(shared.open((country_site / "index.html").as_uri()))


def ready(visit: Visit) -> Visit:
    visit.page.locator("#kaart[data-ready]").wait_for(state="attached")
    return visit


def screen(reader: Visit, place: int) -> tuple[float, float]:
    """Return where the middle of a buurt is on the screen; of a ring, a spot in it."""
    spot: list[float] = reader.evaluate(
        """([n, aside]) => {
          const { country, map } = geoLv, { x, y } = country.shapes.centre(n);
          const box = document.querySelector("#landkaart").getBoundingClientRect();
          const at = map.latLngToContainerPoint(country.layer.place(x, y));
          const wide = country.shapes.boxOf([n]);
          const step = (wide[2] - wide[0]) * aside;
          const off = map.latLngToContainerPoint(country.layer.place(x + step, y)).x - at.x;
          return [box.left + at.x + off, box.top + at.y];
        }""",
        [place, 0.4 if place == AROUND else 0],
    )
    return spot[0], spot[1]


def colour(reader: Visit, place: int) -> list[int]:
    """Return the commonest colour of the map around the middle of a buurt."""
    x, y = screen(reader, place)
    found: list[int] = reader.evaluate(
        """([x, y]) => {
          const sheet = document.querySelector("canvas.country-areas");
          const box = sheet.getBoundingClientRect(), [left, top] = [x - box.left, y - box.top];
          const pixels = sheet.getContext("2d").getImageData(left - 8, top - 8, 16, 16).data;
          const counts = {};
          for (let n = 0; n < pixels.length; n += 4) {
            const name = [...pixels.slice(n, n + 3)].join();
            counts[name] = (counts[name] || 0) + 1;
          }
          return Object.entries(counts).sort((a, b) => b[1] - a[1])[0][0].split(",").map(Number);
        }""",
        [x, y],
    )
    return found


def legend_colours(reader: Visit) -> list[list[int]]:
    """Return the colour of each class in the legend that can be seen."""
    found: list[str] = reader.evaluate(
        """() => [...document.querySelectorAll("#legenda-klassen li")].filter((li) => !li.hidden)
             .map((li) => getComputedStyle(li.querySelector("rect")).fill)"""
    )
    return [list(map(int, re.findall(r"\d+", text))) for text in found]


def table(reader: Visit, caption: str) -> dict[str, Any]:
    [found] = [each for each in every_table(reader) if each["caption"].startswith(caption)]
    return found


def violations(reader: Visit) -> list[str]:
    reader.evaluate(Axe().axe_script)
    found: list[str] = reader.evaluate(
        """(tags) => axe.run({ preload: false, resultTypes: ["violations"], runOnly: tags })
             .then((result) => result.violations.flatMap((rule) => rule.nodes
               .map((node) => [rule.id, ...node.target, node.failureSummary].join(" "))))""",
        TAGS,
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, reader: Visit) -> None:
    reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two
    reader.page.locator(SEARCH).fill("buurt 1")
    assert reader.page.locator(OPTION).count() > 1
    found = violations(reader)
    reader.page.emulate_media(color_scheme="light")
    assert found == []


def test_axe_finds_nothing_on_a_small_screen(country_site: Path, visit: NewVisit) -> None:
    small = ready(
        visit(
            (country_site / "index.html").as_uri() + "#gebied=BU00010002",
            viewport={"width": 320, "height": 700},
        )
    )
    assert small.evaluate("() => document.documentElement.scrollWidth") == 320
    assert violations(small) == []


def test_it_works_under_a_policy_and_asks_no_other_host(
    country_site: Path, serve: Serve, visit: NewVisit
) -> None:
    served = ready(visit(f"{serve(country_site, POLICY)}/index.html"))
    served.page.locator("#kies-cijfer").select_option("woz")
    served.page.locator("#kies-gemeente").select_option("GM0002")
    assert served.complaints() == {}
    assert colour(served, 12) in legend_colours(served)


def test_another_figure_repaints_the_map(reader: Visit) -> None:
    # residents of place 0: none, the lowest class; of 22: 2.200, the highest
    colours = legend_colours(reader)
    assert colour(reader, 0) == colours[0]
    assert colour(reader, 22) == colours[-1]
    assert colour(reader, 1) not in colours, "it is missing"
    reader.page.locator("#kies-cijfer").select_option("groei")
    # growth of place 1 is -4,0 %, the lowest but one
    assert colour(reader, 1) == legend_colours(reader)[0]


def test_a_figure_that_is_absent_never_looks_like_a_class(reader: Visit) -> None:
    colours = legend_colours(reader)
    absent = [colour(reader, place) for place in (1, 2, 15, 30)]
    assert [each for each in absent if each in colours] == []
    shown = reader.page.locator("#legenda-redenen li:visible").all_inner_texts()
    assert [text.splitlines()[0] for text in shown] == [
        "cijfer ontbreekt",
        "geheim: te weinig woningen of mensen",
        "niet van toepassing",
        "gemeente niet gebouwd",
    ]


@pytest.mark.parametrize("zoom", [-3.5, 0, 3])
def test_each_dot_of_the_map_is_of_the_buurt_that_lies_there(reader: Visit, zoom: int) -> None:
    """From far away the map is painted in another way than from nearby."""
    reader.evaluate("(by) => geoLv.map.setMinZoom(0).setZoom(geoLv.map.getZoom() + by)", zoom)
    wrong = reader.evaluate(
        """() => {
          const { country, map } = geoLv, sheet = document.querySelector("canvas.country-areas");
          const item = country.indicator(), wrong = [];
          const style = getComputedStyle(document.documentElement);
          const probe = document.createElement("canvas").getContext("2d");
          const colours = [0, 1, 2, 3, 4].map((n) => {
            probe.fillStyle = style.getPropertyValue("--class-" + n);
            probe.fillRect(0, 0, 1, 1);
            return [...probe.getImageData(0, 0, 1, 1).data];
          });
          const brush = sheet.getContext("2d"), size = map.getSize();
          let seen = 0;
          country.areas.names.forEach((_, n) => {
            const { x, y } = country.shapes.centre(n);
            if (country.shapes.at(x, y) !== n || item.kinds[n] < 0) return;
            // not latLngToContainerPoint, which rounds
            const at = map.project(country.layer.place(x, y)).subtract(map.getPixelBounds().min);
            if (at.x < 1 || at.y < 1 || at.x > size.x - 1 || at.y > size.y - 1) return;
            seen += 1;
            const dot = brush.getImageData(Math.floor(at.x), Math.floor(at.y), 1, 1).data;
            // a line may pass near it
            const off = colours.map((each) => Math.hypot(...each.map((part, i) => part - dot[i])));
            if (off.indexOf(Math.min(...off)) !== item.kinds[n]) wrong.push([n, ...dot]);
          });
          return seen ? wrong : "nothing in view";
        }"""
    )
    reader.evaluate("() => geoLv.country.layer.whole()")
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_buurt_of_a_few_dots_without_a_figure_differs_from_every_class(
    reader: Visit, scheme: str
) -> None:
    reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two
    reader.evaluate("() => geoLv.map.setMinZoom(0).setZoom(geoLv.map.getZoom() - 4)")
    colours = legend_colours(reader)
    means = [mean_colour(reader, place) for place in (1, 2, 15, 30)]
    reader.evaluate("() => geoLv.country.layer.whole()")
    reader.page.emulate_media(color_scheme="light")
    for mean in means:
        assert min(math.dist(mean, each) for each in colours) > 25, mean


def mean_colour(reader: Visit, place: int) -> list[float]:
    """Return the mean of the four dots in the middle of a buurt."""
    x, y = screen(reader, place)
    found: list[float] = reader.evaluate(
        """([x, y]) => {
          const sheet = document.querySelector("canvas.country-areas");
          const box = sheet.getBoundingClientRect(), [left, top] = [x - box.left, y - box.top];
          const { data } = sheet.getContext("2d").getImageData(left - 1, top - 1, 2, 2);
          const mean = (part) => [0, 4, 8, 12].reduce((sum, dot) => sum + data[dot + part], 0) / 4;
          return [0, 1, 2].map(mean);
        }""",
        [x, y],
    )
    return found


def test_pointing_shows_the_card_and_a_click_fixes_it(reader: Visit) -> None:
    card = reader.page.locator("#kaartje")
    reader.page.mouse.move(*screen(reader, 4))
    assert card.locator("h3").inner_text() == "Buurt 4"
    text = card.inner_text()
    assert "400" in text
    assert "Aalstad" in text
    assert "2025" in text
    assert "bron van inwoners" in text
    reader.page.mouse.click(*screen(reader, 4))
    reader.page.mouse.move(1, 1)
    assert card.locator("h3").inner_text() == "Buurt 4"
    assert "gebied=BU00010004" in reader.page.url
    reader.page.mouse.click(*screen(reader, 4))
    reader.page.mouse.move(1, 1)
    assert card.locator("h3").inner_text() == "Kies een buurt"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (1, "ontbreekt"),
        (2, "geheim"),
        (15, "niet van toepassing"),
        (30, "niet gebouwd"),
        (30, "de bron gaf geen grenzen"),
    ],
)
def test_the_card_says_why_there_is_no_figure(reader: Visit, place: int, words: str) -> None:
    reader.page.mouse.move(*screen(reader, place))
    assert words in reader.page.locator("#kaartje").inner_text()


def test_an_enclave_and_what_lies_around_it_are_told_apart(reader: Visit) -> None:
    title = reader.page.locator("#kaartje h3")
    reader.page.mouse.move(*screen(reader, ENCLAVE))
    assert title.inner_text() == f"Buurt {ENCLAVE}"
    reader.page.mouse.move(*screen(reader, AROUND))
    assert title.inner_text() == f"Buurt {AROUND}"


def test_the_map_is_one_tab_stop_and_arrows_walk(reader: Visit) -> None:
    keys = reader.page.keyboard
    reader.evaluate("() => { location.hash = '#gebied=BU00010000'; }")
    reader.page.wait_for_function("() => geoLv.country.state.area === 'BU00010000'")
    reader.page.locator(SEARCH).focus()
    keys.press("Tab")
    assert reader.evaluate("() => document.activeElement.id") == "landkaart"
    assert reader.page.locator(SAID).inner_text() == "Buurt 0 (Aalstad): 0 inwoners"
    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        keys.press(key)
        walked.append(reader.page.locator(SAID).inner_text())
    assert walked == [
        "Buurt 1 (Aalstad): ontbreekt",
        "Buurt 2 (Aalstad): geheim",
        "Buurt 6 (Aalstad): 600 inwoners",
        "Buurt 5 (Aalstad): 500 inwoners",
        "Buurt 1 (Aalstad): ontbreekt",
    ]
    focus = reader.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert focus == "solid"
    assert marked(reader) > 100
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Tab")
    assert not reader.evaluate(
        "() => document.querySelector('#landkaart').contains(document.activeElement)"
    )


def marked(reader: Visit) -> int:
    """Return how many dots the marks over the map have."""
    found: int = reader.evaluate(
        """() => {
          const sheet = document.querySelector("canvas.country-marks");
          const { data } = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height);
          return data.filter((part, n) => n % 4 === 3 && part > 0).length;
        }"""
    )
    return found


def test_enter_fixes_and_escape_lets_go(reader: Visit) -> None:
    keys = reader.page.keyboard
    reader.page.locator(SEARCH).focus()
    keys.press("Tab")
    first = reader.page.locator(SAID).inner_text()
    keys.press("Enter")
    assert reader.page.locator(SAID).inner_text() == f"{first}, vastgezet"
    assert "gebied=BU" in reader.page.url
    keys.press("ArrowRight")
    assert reader.page.locator("#kaartje h3").inner_text() not in first
    keys.press("Escape")
    assert reader.page.locator(SAID).inner_text() == f"{first}, losgelaten"
    assert "gebied=" not in reader.page.url


def test_arrows_lead_over_water_and_stop_at_the_edge(reader: Visit) -> None:
    title, keys = reader.page.locator("#kaartje h3"), reader.page.keyboard
    reader.page.mouse.click(*screen(reader, 31))
    for key, expected in (("ArrowRight", APART), ("ArrowRight", APART), ("ArrowDown", APART)):
        keys.press(key)
        assert title.inner_text() == f"Buurt {expected}"


def test_search_by_keyboard(reader: Visit) -> None:
    box, keys = reader.page.locator(SEARCH), reader.page.keyboard
    box.focus()
    keys.type("BUURT 17")
    options = reader.page.locator(OPTION)
    assert options.all_inner_texts() == ["Buurt 17 buurt in Beekbergen aan Zee"]
    assert box.get_attribute("aria-expanded") == "true"
    keys.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert reader.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    keys.press("Enter")
    assert reader.page.locator("#kaartje h3").inner_text() == "Buurt 17"
    assert box.get_attribute("aria-expanded") == "false"
    assert "gebied=BU00020005" in reader.page.url
    assert reader.page.locator(SAID).inner_text().endswith("1.700 inwoners, vastgezet")


def test_search_does_not_mind_accents_and_finds_municipalities(reader: Visit) -> None:
    reader.page.locator(SEARCH).fill("colnwijk")
    [option] = reader.page.locator(OPTION).all()
    assert option.inner_text() == "Cölnwijk gemeente"
    zoom = reader.evaluate("() => geoLv.map.getZoom()")
    option.click()
    assert "gemeente=GM0003" in reader.page.url
    assert reader.page.locator("#kies-gemeente").input_value() == "GM0003"
    assert reader.evaluate("() => geoLv.map.getZoom()") > zoom


def test_a_hostile_name_stays_text_everywhere(reader: Visit) -> None:
    reader.page.locator(SEARCH).fill("img")
    assert HOSTILE in reader.page.locator(OPTION).inner_text()
    reader.page.locator(SEARCH).press("ArrowDown")
    reader.page.locator(SEARCH).press("Enter")
    assert reader.page.locator("#kaartje h3").inner_text() == HOSTILE
    assert reader.page.locator("main img").count() == 0
    assert reader.dialogs == []
    assert reader.errors == []


def test_what_is_found_stands_in_the_table(reader: Visit) -> None:
    reader.page.locator(SEARCH).fill("buurt 3")
    reader.page.locator(SEARCH).press("Enter")
    found = table(reader, "Buurten gevonden met “buurt 3”")
    assert [row[0] for row in found["rows"]] == ["Buurt 3", *(f"Buurt {n}" for n in range(30, 36))]
    reader.page.get_by_role("button", name="Toon niet meer wat is gevonden").click()
    assert len(table(reader, "Cijfers per buurt, alle gemeenten")["rows"]) == 36


def test_the_table_of_a_municipality_says_what_the_data_say(reader: Visit) -> None:
    reader.page.locator("#kies-gemeente").select_option("GM0001")
    found = table(reader, "Cijfers per buurt in Aalstad")
    assert found["columns"] == [
        "Buurt",
        "Gemeente",
        "Inwoners (2025)",
        "Groei, % (2025)",
        "Gemiddelde WOZ-waarde (2025)",
    ]
    assert len(found["rows"]) == 12
    assert found["rows"][0] == ["Buurt 0", "Aalstad", "0", "−5,0", "€ 200.000"]
    assert found["rows"][1] == ["Buurt 1", "Aalstad", "ontbreekt", "−4,0", "€ 201.000"]
    assert found["rows"][2] == ["Buurt 2", "Aalstad", "geheim", "−3,0", "€ 202.000"]
    assert found["rows"][11] == ["Buurt 11", "Aalstad", "1.100", "6,0", "€ 211.000"]


def test_the_whole_country_can_be_sorted_and_absent_figures_stay_last(reader: Visit) -> None:
    head = reader.page.get_by_role("button", name="Inwoners (2025)").first
    for first, way in (("Buurt 0", "ascending"), ("Buurt 23", "descending")):
        head.click()
        found = table(reader, "Cijfers per buurt, alle gemeenten")
        assert len(found["rows"]) == 36
        assert found["rows"][0][0] == first
        assert not re.match(r"\d", found["rows"][-1][2])
        assert head.locator("xpath=..").get_attribute("aria-sort") == way


def test_every_row_can_be_reached_by_turning_pages(reader: Visit) -> None:
    reader.evaluate(
        """() => geoLv.country.table.showFound("250 rijen",
             Array.from({ length: 250 }, (_, n) => n % 36))"""
    )
    place = reader.page.locator("#buurten-plek")
    counts = []
    following = reader.page.get_by_role("button", name="Volgende")
    following.focus()
    for number in (1, 2, 3):
        assert place.inner_text() == f"Bladzijde {number} van 3"
        counts.append(len(table(reader, "Buurten gevonden met “250 rijen”")["rows"]))
        if number < 3:
            reader.page.keyboard.press("Enter")
    assert counts == [100, 100, 50]
    assert following.is_disabled()
    focused = reader.evaluate("() => document.activeElement.textContent")
    assert focused == "Vorige", "the focus is not lost with the button"


def test_the_chosen_municipality_has_a_line_around_it(reader: Visit) -> None:
    assert marked(reader) == 0
    reader.page.locator("#kies-gemeente").select_option("GM0001")
    assert marked(reader) > 1000


def test_a_name_in_the_table_leads_to_the_map(reader: Visit) -> None:
    reader.page.get_by_role("button", name="Buurt 9", exact=True).click()
    assert reader.page.locator("#kaartje h3").inner_text() == "Buurt 9"
    assert reader.evaluate("() => document.activeElement.id") == "landkaart"


def test_the_table_of_municipalities_sorts_and_says_what_was_not_built(reader: Visit) -> None:
    found = table(reader, "Buurten per gemeente in cijfers")
    assert [row[0] for row in found["rows"]] == ["Aalstad", "Beekbergen aan Zee", "Cölnwijk"]
    assert found["rows"][0][2] == "650 0 tot 1.100, 10 buurten"
    assert found["rows"][0][-1] == "naar de site van Aalstad"
    assert found["rows"][2][2:] == ["niet gebouwd"] * 3 + ["niet gebouwd: de bron gaf geen grenzen"]


def test_a_link_opens_what_it_names_and_back_goes_back(country_site: Path, visit: NewVisit) -> None:
    address = (country_site / "index.html").as_uri()
    linked = ready(visit(f"{address}#indicator=woz&gemeente=GM0002&gebied=BU00020000"))
    assert linked.page.locator("#kies-cijfer").input_value() == "woz"
    assert linked.page.locator("#legenda-label").inner_text() == "Gemiddelde WOZ-waarde (2025)"
    assert linked.page.locator("#kaartje h3").inner_text() == "Buurt 12"
    assert "€ 212.000" in linked.page.locator("#kaartje").inner_text()
    linked.page.locator("#kies-gemeente").select_option("GM0001")
    assert "gemeente=GM0001" in linked.page.url
    linked.page.go_back()
    linked.page.wait_for_function("() => geoLv.country.state.gemeente === 'GM0002'")
    assert linked.page.locator("#kaartje h3").inner_text() == "Buurt 12"
    linked.page.go_forward()
    linked.page.wait_for_function("() => geoLv.country.state.gemeente === 'GM0001'")
    assert linked.complaints() == {}


@pytest.mark.parametrize(
    ("unit", "decimals"), [("%", 1), ("woningen", 0), ("× € 1.000", 0), ("€", 1)]
)
def test_figures_read_as_those_that_python_writes(reader: Visit, unit: str, decimals: int) -> None:
    whole = [0, 1, -1, 5, 15, 25, 999, 1000, -1234567, 98765432]
    found = reader.evaluate(
        """([values, decimals, euros]) => values.map((_, n) => geoLv.country.text(
             { values, decimals, euros, kinds: values.map(() => 0) }, n))""",
        [whole, decimals, euros_per(unit)],
    )
    assert found == [figure(value / 10**decimals, decimals, unit) for value in whole]


def test_a_link_to_something_else_says_so(reader: Visit) -> None:
    reader.evaluate("() => { location.hash = '#indicator=x%3Cb%3E&gebied=BU99999999'; }")
    message = reader.page.locator("#kaart-melding")
    message.get_by_text("niet op deze pagina").wait_for()
    assert message.inner_text().endswith("staat: x<b>, BU99999999.")


def test_without_scripts_there_are_a_drawing_and_table(country_site: Path, visit: NewVisit) -> None:
    plain = visit((country_site / "index.html").as_uri(), java_script_enabled=False)
    assert plain.page.locator("#tekening").is_visible()
    fills = plain.evaluate(
        "() => [...document.querySelectorAll('#tekening .area')]"
        ".map((path) => getComputedStyle(path).fill)"
    )
    assert fills[2] == 'url("#pt-unknown-d")'
    assert set(fills[:2]) <= {f"rgb({r}, {g}, {b})" for r, g, b in legend_colours(plain)}
    assert len(table(plain, "Buurten per gemeente in cijfers")["rows"]) == 3
    assert plain.page.locator("a[href='data/buurten.csv']").first.is_visible()
    controls = plain.page.locator("main").locator("button:not([popovertarget]), select, input")
    assert [control for control in controls.all() if control.is_visible()] == []
    assert plain.complaints() == {}


def test_an_old_browser_has_what_there_is_without_the_map(
    country_site: Path, visit: NewVisit
) -> None:
    old = visit()
    old.page.add_init_script("delete window.DecompressionStream")
    old.page.goto((country_site / "index.html").as_uri())
    said = old.page.locator("#kaart-melding")
    said.get_by_text("de browser is te oud, of de pagina is niet heel").wait_for()
    assert old.page.locator("#tekening").is_visible()
    assert len(table(old, "Buurten per gemeente in cijfers")["rows"]) == 3
    assert not old.page.locator("#kaart-keuze, #buurten").locator("visible=true").count()
    assert [line for line in old.errors if "DecompressionStream" not in line] == []


def test_data_that_are_damaged_are_not_drawn(
    country_site: Path, tmp_path: Path, visit: NewVisit
) -> None:
    shutil.copytree(country_site, tmp_path / "site")
    page = tmp_path / "site" / "index.html"
    text = page.read_text()
    start = text.index('"columns":{"bytes":"') + len('"columns":{"bytes":"')
    page.write_text(text[:start] + text[start + 400 :])
    damaged = visit(page.as_uri())
    damaged.page.get_by_text("de browser is te oud, of de pagina is niet heel").wait_for()
    assert damaged.page.locator("#tekening").is_visible()
    assert damaged.errors != []


def test_on_paper_the_drawing_has_the_chosen_figure(reader: Visit) -> None:
    reader.page.locator("#kies-cijfer").select_option("groei")
    reader.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    reader.page.emulate_media(media="print")
    # as when the window of a printer is another one: the map has no size now
    reader.evaluate("() => { geoLv.map.invalidateSize(); }")
    drawing = reader.page.locator("#tekening")
    assert drawing.is_visible()
    assert not reader.page.locator(MAP).is_visible()
    controls = reader.page.locator("main").locator("button:not([popovertarget]), select, input")
    assert [
        control for control in controls.all() if control.is_visible() and control.bounding_box()
    ] == []
    expected = reader.evaluate("() => geoLv.country.indicator().looks.slice(0, 2)")
    found = drawing.locator("path.area").evaluate_all(
        "(all) => all.map((path) => path.getAttribute('class'))"
    )
    reader.page.emulate_media(media="screen")
    assert found == [*(f"area class-{n}" for n in expected), "area not-built"]


def test_nothing_was_said_in_all_this(shared: Visit) -> None:
    # the browser warns of the tests themselves, which read what is painted
    shared.console = [line for line in shared.console if "willReadFrequently" not in line]
    assert shared.complaints() == {}
