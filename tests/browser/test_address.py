"""The state of the page in its address: a link opens the same view, back and forward work."""

from urllib.parse import urlsplit

import pytest

from .conftest import Address, NewVisit
from .reader import CARD, CHOOSER, MESSAGE, PLAN_PAGES, SLIDER, Visit, choose, visible_areas

PLAN = PLAN_PAGES[0]


def fragment(reader: Visit) -> str:
    return urlsplit(reader.page.url).fragment


def view(reader: Visit) -> dict[str, object]:
    """Return what a reader sees: choice, year, pinned areas, layers and colours."""
    found: dict[str, object] = reader.evaluate(
        """([chooser, slider]) => ({
          indicator: document.querySelector(chooser).value,
          year: document.querySelector(slider)?.value,
          pinned: [...document.querySelectorAll("[aria-pressed=true]")]
            .map((area) => area.getAttribute("aria-label")),
          layers: [...document.querySelectorAll("#kaart-keuze input:checked")]
            .map((box) => box.name),
        })""",
        [CHOOSER, SLIDER],
    )
    return found | {"areas": [(area["label"], area["fill"]) for area in visible_areas(reader)]}


def test_an_untouched_page_has_an_untouched_address(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, "policy"))
    assert fragment(reader) == ""
    assert reader.evaluate("() => history.length") == 2  # the empty page and this one


@pytest.mark.parametrize("way", ["file", "server", "policy"])
@pytest.mark.parametrize("path", ["index.html", PLAN])
def test_a_link_opens_the_same_view(path: str, way: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, way))
    choose(reader, "leeftijd_65_plus-2022")
    reader.page.get_by_label("fasering", exact=True).check()
    reader.page.locator(SLIDER).fill("2030")
    reader.page.get_by_label("aandachtslijst", exact=True).uncheck()
    areas = visible_areas(reader)
    for area in areas[:2]:
        reader.page.get_by_role("button", name=area["label"], exact=True).press("Enter")
    assert "indicator=leeftijd_65_plus-2022" in fragment(reader)
    assert "jaar=2030" in fragment(reader)
    other = visit(reader.page.url)
    assert view(other) == view(reader)
    assert other.complaints() == {}
    assert reader.complaints() == {}


def test_back_and_forward_walk_through_the_choices(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, "file"))
    first = view(reader)
    choose(reader, "woningen-2024")
    second = view(reader)
    reader.page.get_by_label("nieuwbouw", exact=True).or_(
        reader.page.get_by_label("plangebied", exact=True)
    ).first.uncheck()
    third = view(reader)
    assert first != second != third
    reader.page.go_back()
    assert view(reader) == second
    reader.page.go_back()
    assert view(reader) == first
    reader.page.go_forward()
    reader.page.go_forward()
    assert view(reader) == third


def test_moving_the_slider_does_not_fill_the_history(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, "file"))
    reader.page.get_by_label("fasering", exact=True).check()
    before = reader.evaluate("() => history.length")
    for year in range(2026, 2036):
        reader.page.locator(SLIDER).fill(str(year))
    assert reader.evaluate("() => history.length") == before
    assert "jaar=2035" in fragment(reader)


@pytest.mark.parametrize(
    "broken",
    [
        "indicator=bestaat-niet",
        "jaar=1999",
        "jaar=abcd",
        "gebied=BU00000000",
        "lagen=verzonnen",
        "weergave=groot",
        "indicator=%E0%A4%A",
        "indicator=<img src=x onerror=alert(1)>",
        "gebied=__proto__",
        "lagen=constructor",
    ],
)
def test_a_broken_link_says_so_and_shows_the_start(
    broken: str, address: Address, visit: NewVisit
) -> None:
    start = view(visit(address(PLAN, "policy")))
    reader = visit(f"{address(PLAN, 'policy')}#{broken}")
    assert view(reader) == start
    assert "Deze link noemt iets dat niet op deze pagina staat" in (
        reader.page.locator(MESSAGE).inner_text()
    )
    assert reader.complaints() == {}


def test_a_link_never_switches_the_background_map_on(address: Address, visit: NewVisit) -> None:
    reader = visit(f"{address(PLAN, 'policy')}#lagen=basemap")
    assert reader.foreign() == []
    assert "basemap" not in str(view(reader)["layers"])


def test_a_place_on_the_page_is_still_a_place(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN, "file"))
    choose(reader, "woningen-2024")
    reader.evaluate("() => { location.hash = '#inhoud'; }")
    assert reader.page.locator(CHOOSER).input_value() == "woningen-2024"
    assert reader.page.locator(MESSAGE).inner_text() == ""


def test_a_year_in_the_link_keeps_the_figure_of_the_page(address: Address, visit: NewVisit) -> None:
    start = view(visit(address(PLAN, "file")))
    reader = visit(f"{address(PLAN, 'file')}#jaar=2031")
    assert view(reader) == start | {"year": "2031"}


def test_a_pinned_area_of_the_link_is_on_the_card(address: Address, visit: NewVisit) -> None:
    reader = visit(f"{address(PLAN, 'file')}#indicator=woningen-2016&gebied=BU19160600")
    title = reader.page.locator(CARD).locator("h3").inner_text()
    [pressed] = reader.page.locator("[aria-pressed=true]").all()
    assert (pressed.get_attribute("aria-label") or "").startswith(title)
    assert reader.page.locator(CARD).get_by_role("button", name="Losmaken").count() == 1
