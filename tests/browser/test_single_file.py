"""A page in one file works alone: from an otherwise empty folder, asking for nothing."""

import re
import shutil
from pathlib import Path

import pytest

from .conftest import NewVisit
from .reader import (
    AREAS,
    BUURT_FIGURE,
    MAP_PAGES,
    PAGES,
    Visit,
    choose,
    count_colours,
    visible_areas,
)


def alone(page: Path, folder: Path) -> str:
    """Copy a page to a folder where nothing else is; return its address."""
    folder.mkdir(exist_ok=True)
    copy = folder / page.name
    shutil.copy(page, copy)
    assert list(folder.iterdir()) == [copy]
    return copy.as_uri()


def policy(reader: Visit) -> str:
    meta = reader.page.locator("meta[http-equiv='Content-Security-Policy']")
    return meta.get_attribute("content") or ""


def assert_strict(reader: Visit) -> None:
    """Its policy allows what is in it, by hash, and no more."""
    rules = dict(part.strip().split(" ", 1) for part in policy(reader).split(";") if part.strip())
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == "'none'"
    for kind in ("script-src", "style-src"):
        assert re.fullmatch(r"('sha256-[A-Za-z0-9+/=]{44}' ?)+", rules[kind]), kind
    assert "unsafe" not in policy(reader)
    inline = reader.page.locator("script:not([type='application/json'])")
    assert inline.count() == len(rules["script-src"].split())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_works_alone(path: str, single_site: Path, tmp_path: Path, visit: NewVisit) -> None:
    reader = visit(alone(single_site / path, tmp_path / "leeg"))
    if path in MAP_PAGES:
        reader.page.locator(AREAS).first.wait_for(state="attached")
        assert len(visible_areas(reader)) > 1
    assert reader.complaints() == {}
    asked = [url for url in reader.requests if not url.startswith("data:")]
    assert asked == [reader.page.url], "nothing but the page itself"
    assert_strict(reader)
    assert reader.page.locator("[src]:not([src^='data:']), link[rel=stylesheet]").count() == 0


def test_its_map_is_drawn_and_listens(single_site: Path, tmp_path: Path, visit: NewVisit) -> None:
    page = single_site / "wijkuitvoeringsplan" / "de-heuvel-amstelwijk.html"
    reader = visit(alone(page, tmp_path / "leeg"))
    fills = sorted({area["fill"] for area in visible_areas(reader)})
    coloured = [fill for fill in fills if fill.startswith("rgb")]
    assert sum(count > 400 for count in count_colours(reader, ".map-frame", coloured)) >= 2
    before = [area["label"] for area in visible_areas(reader)]
    choose(reader, BUURT_FIGURE)
    assert [area["label"] for area in visible_areas(reader)] != before
    assert reader.complaints() == {}


def test_its_policy_stops_a_foreign_script(
    single_site: Path, tmp_path: Path, visit: NewVisit
) -> None:
    page = tmp_path / "index.html"
    text = (single_site / "index.html").read_text("utf-8")
    page.write_text(text.replace("</body>", "<script>window.__pwned = 1</script></body>"), "utf-8")
    reader = visit(page.as_uri())
    assert reader.evaluate("() => window.__pwned === undefined")
    assert any("Content Security Policy" in line for line in reader.console)
