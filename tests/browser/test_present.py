"""Presentation by keyboard, the player of the years, sharing and embedding."""

import re
from pathlib import Path

import pytest

from .conftest import Address, NewVisit, Serve
from .reader import CHOOSER, LIVE_MAP, PLAN_PAGES, PLANS, POLICY, SLIDER, options

BAR = "#presentatie-balk"


def test_keys_step_through_figures_and_areas(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "policy"))
    keyboard, chooser = reader.page.keyboard, reader.page.locator(CHOOSER)
    assert not reader.page.locator(BAR).is_visible()
    reader.page.get_by_role("button", name="Presentatie").press("Enter")
    reader.page.locator(BAR).wait_for()
    assert not reader.page.locator("#herkomst").is_visible()
    all_options = list(options(reader))
    at = all_options.index(chooser.input_value())
    keyboard.press("ArrowRight")
    assert chooser.input_value() == all_options[at + 1]
    keyboard.press("ArrowLeft")
    assert chooser.input_value() == all_options[at]
    keyboard.press("ArrowDown")
    reader.page.wait_for_url(f"**/{PLANS[1]}.html*")
    reader.settle()
    assert chooser.input_value() == all_options[at], "the same figure of the next area"
    assert reader.page.locator(BAR).is_visible()
    keyboard.press("ArrowUp")
    reader.page.wait_for_url(f"**/{PLANS[0]}.html*")
    reader.settle()
    keyboard.press("Escape")
    assert not reader.page.locator(BAR).is_visible()
    assert reader.page.locator("#herkomst").is_visible()
    assert reader.evaluate("() => document.activeElement.id") == "presenteer"
    # a page that is left may break off the load of its icon
    assert (reader.errors, reader.console, reader.foreign()) == ([], [], [])


def test_one_key_walks_through_every_figure_and_on_to_the_next_page(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(f"{address(PLAN_PAGES[0], 'file')}#weergave=presentatie&indicator=geen")
    seen = []
    for _ in options(reader):
        reader.page.keyboard.press("PageDown")
        seen.append(reader.page.locator(CHOOSER).input_value())
    assert seen == list(options(reader))
    reader.page.keyboard.press("PageDown")
    reader.page.wait_for_url(f"**/{PLANS[1]}.html*")


def test_the_keys_go_round_and_a_tour_sees_all_from_where_it_began(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(f"{address(PLAN_PAGES[3], 'file')}#weergave=presentatie")
    keyboard, chooser = reader.page.keyboard, reader.page.locator(CHOOSER)
    names = list(options(reader))
    began = chooser.input_value()
    assert began != names[0]
    seen = [began]
    for _ in names[1:]:
        keyboard.press("PageDown")
        seen.append(chooser.input_value())
    at = names.index(began)
    assert seen == [*names[at:], *names[:at]]
    keyboard.press("ArrowRight")
    assert chooser.input_value() == began
    keyboard.press("PageUp")
    reader.page.wait_for_url(f"**/{PLANS[2]}.html*")


@pytest.mark.parametrize(
    ("path", "size"),
    [(PLAN_PAGES[0], (1280, 720)), ("thema/warmtetransitie.html", (1920, 1080))],
)
def test_all_that_is_presented_fits_the_screen(
    path: str, size: tuple[int, int], address: Address, visit: NewVisit
) -> None:
    width, height = size
    reader = visit(
        f"{address(path, 'file')}#weergave=presentatie",
        viewport={"width": width, "height": height},
    )
    frame = reader.page.locator(".map-frame").bounding_box()
    bar = reader.page.locator(BAR).bounding_box()
    keys = reader.page.locator(".overlays").bounding_box()
    assert frame is not None
    assert bar is not None
    assert keys is not None
    assert frame["height"] > 0.3 * height
    assert keys["y"] + keys["height"] <= bar["y"] + 1
    assert height - 12 <= bar["y"] + bar["height"] <= height + 1
    assert reader.evaluate("() => document.documentElement.scrollHeight") <= height


def test_the_letters_are_large_and_the_map_fills_the_screen(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(address(PLAN_PAGES[0], "file"), viewport={"width": 1920, "height": 1080})
    size = "() => parseFloat(getComputedStyle(document.querySelector('#legenda li')).fontSize)"
    small = reader.evaluate(size)
    reader.page.get_by_role("button", name="Presentatie").click()
    reader.page.locator(BAR).wait_for()
    assert reader.evaluate(size) >= 1.2 * small
    box = reader.page.locator(LIVE_MAP).bounding_box()
    bar = reader.page.locator(BAR).bounding_box()
    assert box is not None
    assert bar is not None
    assert box["width"] * box["height"] > 0.35 * 1920 * 1080
    assert bar["y"] + bar["height"] <= 1081


def test_the_years_play_pause_and_start_again(address: Address, visit: NewVisit) -> None:
    reader = visit(f"{address(PLAN_PAGES[3], 'policy')}#lagen=phasing&jaar=2034")
    page, slider = reader.page, reader.page.locator(SLIDER)
    play = page.get_by_role("button", name="Afspelen")
    play.click()
    page.wait_for_function("() => document.querySelector('#kies-jaar').value === '2036'")
    page.get_by_role("button", name="Afspelen").wait_for()
    play.click()
    assert slider.input_value() == "2022"
    page.get_by_role("button", name="Pauze").click()
    year = slider.input_value()
    page.wait_for_timeout(1800)
    assert slider.input_value() == year
    assert reader.complaints() == {}


def test_the_slider_speaks_the_year_and_what_holds(address: Address, visit: NewVisit) -> None:
    reader = visit(f"{address(PLAN_PAGES[3], 'file')}#lagen=phasing")
    reader.page.locator(SLIDER).fill("2026")
    spoken = reader.page.locator(SLIDER).get_attribute("aria-valuetext") or ""
    assert spoken.startswith("2026: ")
    assert "opstellen wijkuitvoeringsplan" in spoken


def test_the_link_is_copied(site: Path, serve: Serve, visit: NewVisit) -> None:
    base = serve(site, POLICY)
    reader = visit(f"{base}/{PLAN_PAGES[0]}", permissions=["clipboard-read", "clipboard-write"])
    reader.page.get_by_text("Delen", exact=True).click()
    reader.page.get_by_role("button", name="Kopieer de link").click()
    reader.page.get_by_text("De link is gekopieerd.").wait_for()
    copied = reader.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(f"{base}/{PLAN_PAGES[0]}#indicator=")
    assert reader.complaints() == {}


def test_without_a_clipboard_the_text_stands_ready(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "policy"))
    reader.evaluate(
        "() => Object.defineProperty(navigator, 'clipboard', { value: undefined })",
    )
    reader.page.get_by_text("Delen", exact=True).click()
    reader.page.get_by_role("button", name="Kopieer de link").click()
    reader.page.get_by_text("Kopieer de tekst hieronder met Ctrl+C.").wait_for()
    chosen = reader.evaluate(
        "() => { const box = document.activeElement;"
        " return box.value.slice(box.selectionStart, box.selectionEnd); }"
    )
    assert chosen.startswith("http://127.0.0.1")


def test_the_code_shows_the_map_on_another_page(
    site: Path, serve: Serve, visit: NewVisit, tmp_path: Path
) -> None:
    base = serve(site)
    reader = visit(f"{base}/{PLAN_PAGES[0]}", permissions=["clipboard-read", "clipboard-write"])
    reader.page.locator(CHOOSER).select_option("woningen-2024")
    reader.page.get_by_text("Delen", exact=True).click()
    reader.page.get_by_role("button", name=re.compile("Kopieer de code")).click()
    reader.page.get_by_text("De code is gekopieerd.").wait_for()
    code = reader.evaluate("() => navigator.clipboard.readText()")
    (tmp_path / "host.html").write_text(f"<!doctype html><title>x</title>{code}", "utf-8")
    host = visit(f"{serve(tmp_path)}/host.html")
    frame = host.page.frame_locator("iframe")
    frame.locator(LIVE_MAP).wait_for()
    assert frame.locator(CHOOSER).input_value() == "woningen-2024"
    assert f"/embed/{PLAN_PAGES[0]}#indicator=woningen-2024" in code
    assert not frame.locator("#herkomst").is_visible()
    assert frame.locator("#legenda").is_visible()
    frame.get_by_role("link", name="met tabellen en bronnen").click()
    host.page.locator("h1").wait_for()
    assert host.page.url == f"{base}/{PLAN_PAGES[0]}"
