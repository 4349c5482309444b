"""An archive opens as it was kept: from a folder, without a server, each page by itself."""

from pathlib import Path

from .conftest import NewVisit
from .reader import LIVE_MAP


def test_every_page_opens_calmly_from_a_folder(archive_site: Path, visit: NewVisit) -> None:
    pages = sorted(archive_site.rglob("*.html"))
    assert len(pages) > 30
    reader = visit()
    for page in pages:
        reader.open(page.as_uri())
        assert reader.page.get_by_text("ARCHIEF 2026").is_visible()
    assert reader.complaints() == {}
    assert {url for url in reader.requests if not url.startswith("data:")} - {"about:blank"} == {
        page.as_uri() for page in pages
    }


def test_a_page_that_was_moved_still_shows_its_map(
    archive_site: Path, visit: NewVisit, tmp_path: Path
) -> None:
    page = tmp_path / "bewaard.html"
    page.write_bytes((archive_site / "wijkuitvoeringsplan" / "essesteijn.html").read_bytes())
    reader = visit(page.as_uri())
    assert reader.page.locator(LIVE_MAP).is_visible()
    assert reader.complaints() == {}
