"""The background map: never asked for by itself, and no loss when it does not come."""

import base64
from typing import Any

import pytest
from playwright.sync_api import Route

from .conftest import Address, NewVisit
from .reader import FRAME, MESSAGE, PLAN_PAGES, Visit, visible_areas

HOST = "service.pdok.nl"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
SORRY = "De achtergrondkaart kon niet worden geladen"


def switch(reader: Visit) -> None:
    reader.page.get_by_label("achtergrondkaart").click()


def in_frame(reader: Visit) -> list[dict[str, Any]]:
    """Return the visible areas with their places counted from the corner of the map."""
    corner = reader.page.locator(FRAME).bounding_box()
    assert corner
    areas = visible_areas(reader)
    for area in areas:
        left, top, right, bottom = area["box"]
        x, y = corner["x"], corner["y"]
        area["box"] = [round(n, 2) for n in (left - x, top - y, right - x, bottom - y)]
    return areas


@pytest.mark.parametrize("path", ["index.html", PLAN_PAGES[0], "thema/nieuwbouw.html"])
def test_off_by_default(path: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, "server"))
    box = reader.page.get_by_label("achtergrondkaart")
    assert not box.is_checked()
    assert "PDOK" in box.locator("xpath=..").inner_text(), "the reader is told who gets asked"
    assert reader.foreign() == []
    assert reader.page.locator(MESSAGE).inner_text() == ""


@pytest.mark.parametrize("way", ["policy", "server", "file"])
def test_without_it_the_map_stays(way: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], way))
    before = in_frame(reader)
    switch(reader)
    message = reader.page.get_by_role("status").filter(has_text=SORRY)
    message.wait_for()
    assert "compleet" in message.inner_text(), "the reader hears that nothing else is lost"
    assert in_frame(reader) == before
    assert reader.errors == []
    assert reader.dialogs == []
    assert len(reader.console) < 100
    if way == "policy":
        stopped = {f"{url}: csp" for url in reader.foreign()}
        assert stopped <= set(reader.failed), "the policy lets nothing out"
    switch(reader)
    assert reader.page.locator(MESSAGE).inner_text() == ""
    asked = len(reader.requests)
    reader.page.get_by_role("button", name="Inzoomen").click()
    reader.page.wait_for_timeout(300)
    assert len(reader.requests) == asked, "switched off, nothing is asked any more"


def test_with_it_the_source_is_named(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "server"))
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=DOT, content_type="image/png")

    reader.page.route(f"https://{HOST}/**", answer)
    switch(reader)
    reader.page.wait_for_function("() => document.querySelector('.leaflet-tile-loaded')")
    assert asked
    assert all(url.startswith(f"https://{HOST}/brt/") for url in asked)
    assert reader.page.get_by_text("Kadaster").filter(has_text="Achtergrond").is_visible()
    assert reader.page.locator(MESSAGE).inner_text() == ""
    assert len(visible_areas(reader)) > 1
    assert reader.complaints().keys() <= {"requests to another host"}
