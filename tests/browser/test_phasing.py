"""The phasing: a state in words for every year, hatching for what is unknown."""

import pytest

from .conftest import Address, NewVisit
from .reader import LIVE_MAP, PLANS, SLIDER, Visit, layer_keys

STATE = "#jaar-tekst"
STRIPED = "schuin gestreept in een fasekleur: jaren niet zeker"
KLEIN_PLASPOELPOLDER = {
    2022: "nog niet begonnen",
    2025: "nog niet begonnen",
    2026: "opstellen wijkuitvoeringsplan",
    2027: "opstellen wijkuitvoeringsplan",
    2028: "uitvoering transitiewijk",
    2030: "uitvoering transitiewijk",
    2035: "uitvoering transitiewijk",
    2036: "wijk van het gas af",
}
"""Worked out by hand: plan 2026-2027, works 2028-2035, and 2036 as the year to work towards."""


def show_phasing(reader: Visit) -> None:
    reader.page.get_by_label("fasering", exact=True).check()


def years(reader: Visit) -> range:
    slider = reader.page.locator(SLIDER)
    return range(int(slider.get_attribute("min") or 0), int(slider.get_attribute("max") or 0) + 1)


def slide(reader: Visit, year: int) -> str:
    """Move the slider to a year; return what the page says of that year."""
    reader.page.locator(SLIDER).fill(str(year))
    return reader.page.locator(STATE).inner_text()


def phase_fills(reader: Visit) -> list[str]:
    """Return the fills of the plan areas on the map, as computed."""
    found: list[str] = reader.evaluate(
        """(map) => [...document.querySelectorAll(map + " path")]
             .filter((path) => path.classList.contains("phase") && path.checkVisibility())
             .map((path) => getComputedStyle(path).fill)""",
        LIVE_MAP,
    )
    return found


def key_fill(reader: Visit, words: str) -> str:
    [fill] = [item["fill"] for item in layer_keys(reader) if item["words"] == words]
    return fill


def test_klein_plaspoelpolder_by_hand(address: Address, visit: NewVisit) -> None:
    reader = visit(address("wijkuitvoeringsplan/klein-plaspoelpolder.html", "policy"))
    show_phasing(reader)
    assert years(reader) == range(2022, 2037)
    for year, words in KLEIN_PLASPOELPOLDER.items():
        text = slide(reader, year)
        assert str(year) in text
        assert words in text, year
        assert "indicatief" not in text
    assert reader.complaints() == {}


def test_each_phase_has_the_look_of_the_legend(address: Address, visit: NewVisit) -> None:
    reader = visit(address("wijkuitvoeringsplan/klein-plaspoelpolder.html", "file"))
    show_phasing(reader)
    looks = {
        2026: "Opstellen wijkuitvoeringsplan",
        2030: "Uitvoering transitiewijk",
        2036: "Wijk van het gas af",
    }
    seen = set()
    for year, words in looks.items():
        slide(reader, year)
        fills = phase_fills(reader)
        assert fills == [key_fill(reader, words)], year
        seen.update(fills)
    assert len(seen) == 3
    slide(reader, 2022)
    assert set(phase_fills(reader)) <= {"none"}


def test_essesteijn_is_unknown_and_hatched_in_every_year(address: Address, visit: NewVisit) -> None:
    reader = visit(address("wijkuitvoeringsplan/essesteijn.html", "policy"))
    show_phasing(reader)
    hatch = key_fill(reader, "fasering onbekend")
    assert hatch.startswith("url(")
    assert len(years(reader)) >= 14
    for year in years(reader):
        assert "onbekend" in slide(reader, year), year
        assert phase_fills(reader) == [hatch], year


def test_the_hatch_is_a_pattern_that_draws_something(address: Address, visit: NewVisit) -> None:
    reader = visit(address("wijkuitvoeringsplan/essesteijn.html", "policy"))
    show_phasing(reader)
    kinds: list[str] = reader.evaluate(
        """(fill) => {
          const pattern = document.querySelector(fill.match(/#[^")]+/)[0]);
          return [pattern.tagName, ...[...pattern.children].map((part) => {
            const style = getComputedStyle(part);
            return style.fill !== "none" || style.stroke !== "none" ? "drawn" : "empty";
          })];
        }""",
        key_fill(reader, "fasering onbekend"),
    )
    assert kinds[0] == "pattern"
    assert kinds.count("drawn") >= 2, "a ground and lines on it"


def test_the_state_follows_the_keyboard(address: Address, visit: NewVisit) -> None:
    reader = visit(address("wijkuitvoeringsplan/klein-plaspoelpolder.html", "policy"))
    show_phasing(reader)
    slider = reader.page.get_by_role("slider", name="Fasering in het jaar")
    slider.focus()
    reader.page.keyboard.press("Home")
    first = reader.page.locator(STATE).inner_text()
    for _ in range(4):
        reader.page.keyboard.press("ArrowRight")
    assert slider.input_value() == "2026"
    assert reader.page.locator(STATE).inner_text() != first
    assert reader.page.locator(STATE).get_attribute("aria-live") == "polite"


def test_after_a_plan_that_is_late_nothing_is_certain(address: Address, visit: NewVisit) -> None:
    reader = visit(address("wijkuitvoeringsplan/de-heuvel-amstelwijk.html", "file"))
    show_phasing(reader)
    hatch = key_fill(reader, "fasering onbekend")
    assert "maar vertraagd" in slide(reader, 2022)
    assert phase_fills(reader) == ['url("#pt-opstellen-indicative")']
    assert "indicative" in key_fill(reader, STRIPED), "the legend explains the stripes"
    for year in (2024, 2027, 2032):
        text = slide(reader, year)
        assert "onbekend" in text
        assert "volgens het eerste plan" in text
        assert phase_fills(reader) == [hatch], year


def test_all_plan_areas_on_the_page_about_heat(address: Address, visit: NewVisit) -> None:
    reader = visit(address("thema/warmtetransitie.html", "policy"))
    show_phasing(reader)
    assert len(phase_fills(reader)) == len(PLANS)
    hatch = key_fill(reader, "fasering onbekend")
    for year in years(reader):
        lines = slide(reader, year).splitlines()
        for name in ("Leidschendam-Zuid", "Essesteijn"):
            assert any(name in line and "onbekend" in line for line in lines), (year, name)
        assert phase_fills(reader).count(hatch) == (2 if year < 2024 else 3), year


def test_the_state_names_an_area_once(address: Address, visit: NewVisit) -> None:
    reader = visit(address("thema/warmtetransitie.html", "file"))
    show_phasing(reader)
    assert slide(reader, 2026).count("Essesteijn") == 1


@pytest.mark.parametrize("path", ["klein-plaspoelpolder", "de-heuvel-amstelwijk", "essesteijn"])
def test_the_chart_says_what_the_table_says(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(f"wijkuitvoeringsplan/{path}.html", "file"))
    chart = reader.page.locator("#fasering figure").first
    table = reader.page.get_by_role("table", name="Fasering per gebied, met bron en status")
    texts = table.locator("tbody tr td:nth-of-type(2)").all_inner_texts()
    assert len(texts) == 3
    drawn = chart.locator("svg text").all_text_contents()
    assert [text for text in texts if text.strip() not in drawn] == []


def test_the_last_phase_points_beyond_the_axis(address: Address, visit: NewVisit) -> None:
    reader = visit(address("wijkuitvoeringsplan/klein-plaspoelpolder.html", "file"))
    row = reader.page.locator("#fasering svg", has_text="richting 2036").last
    axis = [
        text
        for text in reader.page.locator("#fasering figure svg text").all_text_contents()
        if text.strip().isdigit()
    ]
    assert "2035" in axis
    assert "2036" not in axis
    found: dict[str, float] = row.evaluate(
        """(svg) => {
          const row = svg.getBoundingClientRect();
          const bars = [...svg.querySelectorAll("rect")]
            .filter((bar) => bar.getBoundingClientRect().width < row.width - 1);
          const arrow = [...svg.querySelectorAll("path")].map((p) => p.getBoundingClientRect());
          return { bars: bars.length, arrows: arrow.length,
            gap: row.right - Math.max(...arrow.map((box) => box.right)) };
        }"""
    )
    assert found["bars"] == 0, "a year beyond the axis is no bar on it"
    assert found["arrows"] >= 1
    assert abs(found["gap"]) < 12, "the arrow stands at the edge of the chart"


def test_unknown_bars_are_hatched(address: Address, visit: NewVisit) -> None:
    reader = visit(address("wijkuitvoeringsplan/essesteijn.html", "file"))
    fills: list[str] = reader.evaluate(
        """() => [...document.querySelectorAll("#fasering figure svg")]
             .filter((svg) => [...svg.querySelectorAll("text")]
               .some((text) => text.textContent === "onbekend"))
             .map((svg) => getComputedStyle(svg.querySelector("rect")).fill)"""
    )
    assert len(fills) == 3
    assert all(fill.startswith("url(") for fill in fills)
