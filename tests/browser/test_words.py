"""Explained words: one key or tap away, without a script, and never in the way on paper."""

import re
from pathlib import Path
from typing import Any, Final

import pytest

from .conftest import Address, NewVisit
from .reader import AREAS, MAP_PAGES, PAGES, PLAN_PAGES, Visit, choose, options

ACCOUNT: Final = "verantwoording.html"
TERM: Final = "[popovertarget]"
OPEN: Final = ":popover-open"
PLAN_PAGE_BYTES: Final = 2200
"""What the words may add to a plan page, which must stay light."""

_LOOK: Final = """(button) => {
  const { textDecorationLine, borderTopWidth, backgroundColor, color } = getComputedStyle(button);
  return { textDecorationLine, borderTopWidth, backgroundColor,
    plain: color === getComputedStyle(button.parentElement).color };
}"""


def look(reader: Visit, place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = reader.page.locator(TERM).nth(place).evaluate(_LOOK)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_every_word_opens_and_closes_by_keyboard(
    path: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    buttons = reader.page.locator(f"{TERM}:visible")
    assert buttons.count() > 0
    assert reader.page.locator(OPEN).count() == 0
    for button in buttons.all():
        button.press("Enter")
        text = reader.page.locator(OPEN)
        assert text.is_visible()
        assert text.get_attribute("id") == button.get_attribute("popovertarget")
        box = text.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1280
        reader.page.keyboard.press("Escape")
        assert text.count() == 0
        assert button.evaluate("(button) => document.activeElement === button")
    assert reader.complaints() == {}


def test_escape_closes_a_word_from_the_map_too(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "file"))
    reader.page.locator(f".lead {TERM}").first.press("Enter")
    reader.page.evaluate(
        "(areas) => document.querySelector(areas).focus()", f"{AREAS}[tabindex='0']"
    )
    assert reader.page.locator(OPEN).count() == 1
    reader.page.keyboard.press("Escape")
    assert reader.page.locator(OPEN).count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_a_word_opens_by_touch_and_closes_beside_it(
    *, script: bool, address: Address, visit: NewVisit
) -> None:
    reader = visit(
        address(PLAN_PAGES[0], "policy"),
        java_script_enabled=script,
        has_touch=True,
        viewport={"width": 320, "height": 640},
    )
    reader.page.locator(f".lead {TERM}").first.tap()
    box = reader.page.locator(OPEN).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    reader.page.touchscreen.tap(5, 5)
    assert reader.page.locator(OPEN).count() == 0
    assert reader.complaints() == {}


@pytest.mark.parametrize("path", ["index.html", *PLAN_PAGES])
def test_a_word_is_large_enough_to_touch(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "file"), viewport={"width": 390, "height": 800})
    sizes = [button.bounding_box() for button in reader.page.locator(f"{TERM}:visible").all()]
    assert [box for box in sizes if box is None or box["height"] < 24 or box["width"] < 24] == []


def test_on_paper_a_word_is_a_word(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "policy"))
    assert look(reader)["textDecorationLine"] == "underline"
    reader.page.locator(TERM).first.press("Enter")
    reader.page.emulate_media(media="print")
    assert look(reader) == {
        "textDecorationLine": "none",
        "borderTopWidth": "0px",
        "backgroundColor": "rgba(0, 0, 0, 0)",
        "plain": True,
    }
    assert not reader.page.locator(OPEN).is_visible()


def explained(reader: Visit) -> dict[str, str]:
    """Return the list of words: anchor to explanation."""
    found: dict[str, str] = reader.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("#woorden tbody tr")]
             .map((row) => [row.id, row.cells[1].textContent.trim()]))"""
    )
    return found


def test_the_list_says_the_same_as_the_page(address: Address, visit: NewVisit) -> None:
    listed = explained(visit(address(ACCOUNT, "file"), java_script_enabled=False))
    assert len(listed) > 25
    for path in PAGES:
        reader = visit(address(path, "file"))
        texts = reader.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll("[popover]")]
                 .map((each) => [each.id, each.textContent]))"""
        )
        targets = reader.evaluate(
            "() => [...document.querySelectorAll('[popovertarget]')]"
            ".map((button) => button.getAttribute('popovertarget'))"
        )
        assert sorted(targets) == sorted(texts), "one button for each text, and one text for each"
        for anchor, text in texts.items():
            assert text == listed[anchor.replace("begrip-", "woord-")]


@pytest.mark.parametrize("path", PLAN_PAGES)
def test_words_leave_a_plan_page_light(path: str, site: Path) -> None:
    html = (site / path).read_text("utf-8")
    buttons = re.findall(r"<button popovertarget[^>]*>[^<]*</button>", html)
    texts = re.findall(r"<div popover .*?</div>\n", html)
    assert 5 <= len(texts) <= 10
    assert sum(len(part.encode()) for part in (*buttons, *texts)) <= PLAN_PAGE_BYTES


@pytest.mark.parametrize("path", ["index.html", PLAN_PAGES[1]])
def test_more_about_a_figure_is_one_click_away(
    path: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    rows = visit(address(ACCOUNT, "policy")).evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("#catalogus tbody tr")]
             .map((row) => [row.id, [...row.cells].map((cell) => cell.textContent.trim())]))"""
    )
    for option in options(reader):
        choose(reader, option)
        link = reader.page.get_by_role("link", name="Meer over dit cijfer")
        anchor = (link.get_attribute("href") or "").split("#")[1]
        name, _unit, years, explanation, *_ = rows[anchor]
        assert explanation == reader.page.locator("#uitleg-tekst").inner_text()
        measure, _, year = option.partition("-")
        assert anchor == f"cijfer-{measure}"
        assert year in years.split(";")[0].split(", ")
        assert name in options(reader)[option]
    link.click()
    assert reader.page.url.endswith(f"{ACCOUNT}#{anchor}")
    assert reader.page.locator(f"#{anchor}").is_visible()


@pytest.mark.parametrize("path", MAP_PAGES)
def test_every_map_page_leads_to_the_words_and_the_figures(
    path: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "file"), java_script_enabled=False)
    for name, anchor in (("Uitleg van woorden", "woorden"), ("Uitleg per cijfer", "catalogus")):
        href = reader.page.get_by_role("link", name=name).get_attribute("href") or ""
        assert href.endswith(f"{ACCOUNT}#{anchor}")
