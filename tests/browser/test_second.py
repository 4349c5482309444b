"""The pages of another municipality in a real browser: at a desk, on a phone and on paper."""

from pathlib import Path

import pytest

from tests.new_folder.filled import build, fill, init

from .conftest import NewVisit
from .reader import AREAS, CARD, CHOOSER
from .test_axe import violations, with_axe

SIZES = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})
BARE = (
    "index.html",
    "thema/aandachtswijken.html",
    "thema/nieuwbouw.html",
    "thema/energielabels.html",
    "thema/warmtetransitie.html",
    "monitor.html",
    "wijk/wk990100.html",
    "verantwoording.html",
)
FILLED = (*BARE[:5], "wijkuitvoeringsplan/con-01.html", "wijk/wk990102.html")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the site of a folder as it was made, and of one that is filled in."""
    found = {}
    for name in ("bare", "filled"):
        folder = tmp_path_factory.mktemp(name)
        data = init(folder, figures=name == "filled")
        if name == "filled":
            fill(data)
        found[name] = build(data, folder / "site")
    return found


@pytest.mark.parametrize(
    ("state", "page"), [*(("bare", page) for page in BARE), *(("filled", page) for page in FILLED)]
)
def test_a_page_is_calm_and_fits(
    state: str, page: str, sites: dict[str, Path], visit: NewVisit
) -> None:
    for size in SIZES:
        reader = visit((sites[state] / page).as_uri(), viewport=size)
        assert reader.complaints() == {}
        assert violations(with_axe(reader)) == []
        assert reader.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    reader.page.emulate_media(media="print")
    assert reader.evaluate("() => document.body.innerText.length") > 200


def test_enclave_and_island_are_areas_like_others(sites: dict[str, Path], visit: NewVisit) -> None:
    reader = visit((sites["filled"] / "thema/energielabels.html").as_uri())
    reader.page.locator(CHOOSER).select_option("corporatiewoningen")
    areas = reader.page.locator(AREAS)
    names = areas.evaluate_all("(all) => all.map((area) => area.ariaLabel)")
    assert len(names) == 3 + 9  # wijken for the one kind of figures, buurten for the other
    for name, homes in (("<b>Enclave</b>", "30"), ("'t Eiland", "15")):
        (place,) = (at for at, label in enumerate(names) if label.startswith(name))
        areas.nth(place).focus()
        areas.nth(place).press("Enter")
        card = reader.page.locator(CARD).inner_text()
        assert name in card
        assert homes in card
        areas.nth(place).press("Escape")
    assert reader.dialogs == []
