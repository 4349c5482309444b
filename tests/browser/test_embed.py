"""A map by itself, in a frame on another website: it fills the frame, and all of it can be used."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from geo_lv.serve.headers import headers_of

from .conftest import NewVisit, Serve
from .paper import printed
from .reader import AREAS, CARD, CHOOSER, EMBED_PAGES, FRAME, LIVE_MAP, PLAN_PAGES

EMBED = f"embed/{PLAN_PAGES[0]}"
SIZES = ((320, 400), (600, 400), (1200, 700))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_map_fills_the_frame(site: Path, visit: NewVisit, size: tuple[int, int]) -> None:
    width, height = size
    reader = visit((site / EMBED).as_uri(), viewport={"width": width, "height": height})
    assert reader.evaluate("() => document.documentElement.scrollWidth") == width
    box = reader.page.locator(FRAME).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < height + 10, "the map is in view without scrolling"
    assert box["height"] > height / 2
    assert reader.page.locator(CHOOSER).is_visible()
    reader.page.set_viewport_size({"width": width, "height": height + 200})
    taller = reader.page.locator(FRAME).bounding_box()
    assert taller is not None
    assert taller["height"] > box["height"] + 100


def test_the_keyboard_reaches_map_card_and_table(site: Path, visit: NewVisit) -> None:
    reader = visit((site / EMBED).as_uri(), viewport={"width": 600, "height": 400})
    reader.page.locator(AREAS).first.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("Enter")
    assert reader.page.locator(CARD).inner_text().strip()
    reader.page.get_by_text("De cijfers in een tabel").focus()
    reader.page.keyboard.press("Enter")
    assert reader.page.get_by_role("table").first.is_visible()
    assert reader.page.get_by_role("link", name="met tabellen en bronnen").is_visible()
    assert reader.complaints() == {}


def test_paper_has_the_map_and_the_tables(site: Path, visit: NewVisit) -> None:
    """Also when the reader did not open them."""
    sheets = printed(visit((site / EMBED).as_uri(), viewport={"width": 600, "height": 400})).sheets
    assert "Legenda" in sheets[0].text
    assert "De Heuvel & Amstelwijk had" in sheets[0].text
    assert any("Cijfers per buurt" in sheet.text for sheet in sheets)
    assert any("Cijfers per wijk" in sheet.text for sheet in sheets)
    assert not any("De cijfers in een tabel" in sheet.text for sheet in sheets)


def test_axe_finds_nothing(site: Path, visit: NewVisit) -> None:
    reader = visit((site / EMBED).as_uri(), viewport={"width": 600, "height": 400})
    reader.page.get_by_text("De cijfers in een tabel").click()
    found = Axe().run(reader.page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []


def test_without_scripts_there_is_a_map_and_a_table(site: Path, visit: NewVisit) -> None:
    reader = visit((site / EMBED).as_uri(), java_script_enabled=False)
    assert reader.page.locator("#tekening").is_visible()
    reader.page.get_by_text("De cijfers in een tabel").click()
    assert reader.page.get_by_role("table").first.is_visible()


def test_another_website_can_show_it_and_no_other_page(
    site: Path, serve: Serve, visit: NewVisit, tmp_path: Path
) -> None:
    for name, path in (("kaart", EMBED), ("pagina", PLAN_PAGES[0])):
        address = f"{serve(site, headers_of(path))}/{path}"
        (tmp_path / f"{name}.html").write_text(
            f'<!doctype html><title>gast</title><iframe src="{address}"></iframe>', "utf-8"
        )
    host = visit(f"{serve(tmp_path)}/kaart.html")
    host.page.frame_locator("iframe").locator(LIVE_MAP).wait_for()
    assert host.complaints() == {}
    host.page.goto(host.page.url.replace("kaart", "pagina"))
    host.page.wait_for_timeout(300)
    assert any("frame-ancestors" in line for line in host.console)


def test_every_one_is_of_a_page_and_says_so(site: Path) -> None:
    for path in EMBED_PAGES:
        text = (site / path).read_text("utf-8")
        assert '<html lang="nl" class="embed">' in text
        assert f'/{path.removeprefix("embed/")}" target="_top">' in text
        assert '<meta name="robots" content="noindex, nofollow">' in text
        assert "<table" in text
