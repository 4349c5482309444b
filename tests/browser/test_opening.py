"""Every page opens from a folder and from a server, under a strict policy, without the internet."""

from pathlib import Path

import pytest

from .conftest import WAYS, Address, NewVisit
from .reader import AREAS, EMBED_PAGES, MAP_PAGES, PAGES, WIJK_PAGES


def test_the_site_has_exactly_these_pages(site: Path) -> None:
    found = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert found == {*PAGES, *WIJK_PAGES, *EMBED_PAGES}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", PAGES)
def test_page_opens_calmly(path: str, way: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address(path, way))
    if path in MAP_PAGES:
        reader.page.locator(AREAS).first.wait_for(state="attached")
    assert reader.complaints() == {}
    assert len(reader.requests) > 1, "the record of requests is empty: nothing was tested"
    assert reader.page.title().strip()
    assert reader.page.locator("html").get_attribute("lang") == "nl"
    assert reader.page.locator("h1").count() == 1
    assert reader.page.locator("h1").inner_text().strip()


def test_titles_differ(site: Path, visit: NewVisit) -> None:
    reader = visit(java_script_enabled=False)
    titles = [reader.open((site / path).as_uri()).page.title() for path in PAGES]
    assert len(set(titles)) == len(PAGES)


def test_the_record_sees_what_goes_wrong(tmp_path: Path, visit: NewVisit) -> None:
    """A record that misses faults would make every test here pass."""
    page = tmp_path / "fout.html"
    page.write_text(
        '<img src="https://example.org/a.png"><script src="missing.js"></script>'
        "<script>console.log('hallo'); alert(1); throw new Error('stuk')</script>",
        "utf-8",
    )
    found = visit(page.as_uri()).complaints()
    assert set(found) == {
        "console",
        "page errors",
        "dialogs",
        "failed requests",
        "requests to another host",
    }


@pytest.mark.parametrize("path", PAGES)
def test_links_inside_the_site_lead_somewhere(path: str, site: Path, visit: NewVisit) -> None:
    reader = visit((site / path).as_uri(), java_script_enabled=False)
    targets: list[str] = reader.evaluate(
        "() => [...document.links].map((a) => a.href).filter((href) => href.startsWith('file:'))"
    )
    assert targets
    broken = []
    for target in sorted(set(targets)):
        file, _, part = target.removeprefix(site.as_uri() + "/").partition("#")
        text = (site / file).read_text("utf-8") if (site / file).is_file() else ""
        if not text or (part and f'id="{part}"' not in text):
            broken.append(target)
    assert broken == []
