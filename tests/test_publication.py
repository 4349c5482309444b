"""A site that is marked for publication, and one that is kept for good."""

import json
import re
import struct
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from geo_lv.editions import Released
from geo_lv.maps.social import social_picture
from geo_lv.site import BuildOptions, build_site, make_files
from geo_lv.site.publication import listings, require_publishable
from tests.command import run
from tests.conftest import DATA, archive_in
from tests.once import Once

ADDRESS = "https://www.voorbeeld.nl/monitor/"


@pytest.fixture(scope="module")
def published(once: Once) -> Path:
    """Build the embedded default for publication once; tests only read it."""
    return once("published", lambda out: build_site(BuildOptions(DATA, out, publication=ADDRESS)))


def pages_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def test_every_page_says_where_it_stands_and_shows_a_picture(published: Path) -> None:
    for path in pages_of(published):
        text = (published / path).read_text("utf-8")
        page = path.removeprefix("embed/")  # a map by itself is listed as the page that it is from
        assert f'<link rel="canonical" href="{ADDRESS}{page}">' in text
        assert f'<meta property="og:url" content="{ADDRESS}{page}">' in text
        assert f'<meta property="og:image" content="{ADDRESS}deelplaatje.png">' in text
        assert re.search(r'<meta property="og:title" content="[^"]+', text)


def test_the_sitemap_has_every_page_and_robots_names_it(published: Path) -> None:
    root = ET.fromstring((published / "sitemap.xml").read_bytes())  # noqa: S314 - our own
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    rows = root.findall(f"{name}url")
    assert sorted(row.findtext(f"{name}loc", "") for row in rows) == [
        f"{ADDRESS}{page}" for page in pages_of(published) if not page.startswith("embed/")
    ]
    assert {row.findtext(f"{name}lastmod") for row in rows} == {"2025-08-31"}
    robots = (published / "robots.txt").read_text("utf-8").splitlines()
    assert robots == ["User-agent: *", "Allow: /", f"Sitemap: {ADDRESS}sitemap.xml"]


def test_the_picture_is_the_same_twice_and_holds_nothing_else(
    published: Path, released: Released
) -> None:
    content = (published / "deelplaatje.png").read_bytes()
    assert social_picture(released) == content
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == (1200, 630)
        assert len(picture.convert("RGB").getcolors(1_000_000) or ()) > 10
    kinds, at = [], 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kinds.append(content[at + 4 : at + 8].decode())
        at += length + 12
    assert set(kinds) == {"IHDR", "pHYs", "IDAT", "IEND"}


def test_only_a_site_for_publication_is_listed(site: Path, internal_site: Path) -> None:
    names = {"sitemap.xml", "robots.txt", "deelplaatje.png"}
    assert not names & {path.name for path in site.iterdir()}
    assert "canonical" not in (site / "index.html").read_text("utf-8")
    assert (internal_site / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow: /\n"
    assert not (internal_site / "sitemap.xml").exists()


def test_the_manifest_says_what_the_site_is_for(published: Path, archive_site: Path) -> None:
    assert json.loads((published / "manifest.json").read_bytes())["publication"] == ADDRESS
    kept = json.loads((archive_site / "manifest.json").read_bytes())
    assert (kept["archive"], "publication" in kept) == (2026, False)


def test_an_address_cannot_break_out_of_a_sitemap() -> None:
    address = "https://www.voorbeeld.nl/a&b/"
    require_publishable(address, "publiek")
    assert (
        b"https://www.voorbeeld.nl/a&amp;b/sitemap" not in listings((), address, "")["robots.txt"]
    )
    ET.fromstring(listings((), address, "2025-01-01")["sitemap.xml"])  # noqa: S314 - our own


@pytest.mark.parametrize(
    "address",
    [
        "http://www.voorbeeld.nl/",
        "https://www.voorbeeld.nl/monitor",
        "https:///monitor/",
        "https://naam:geheim@www.voorbeeld.nl/",
        "https://www.voorbeeld.nl/?a=b/",
        "https://www.voorbeeld.nl/#a/",
        "javascript:alert(1)/",
        "www.voorbeeld.nl/",
    ],
)
def test_what_is_no_address_of_a_folder_is_refused(address: str, tmp_path: Path) -> None:
    done = run("build", "--out", tmp_path / "uit", "--publicatie", address)
    assert done.returncode == 1
    assert "expected the https address of a folder" in done.stderr
    assert not (tmp_path / "uit").exists()


def test_the_edition_for_the_parties_is_not_published(tmp_path: Path) -> None:
    done = run("build", "--edition", "intern", "--out", tmp_path / "uit", "--publicatie", ADDRESS)
    assert done.returncode == 1
    assert "expected the edition publiek, found intern" in done.stderr
    assert not (tmp_path / "uit").exists()


def test_an_archive_has_the_pages_of_the_site_each_in_one_file(
    site: Path, archive_site: Path
) -> None:
    assert pages_of(archive_site) == pages_of(site)
    assert [path.name for path in (archive_site / "assets").iterdir()] == ["LICENSE-leaflet.txt"]
    for page in pages_of(archive_site):
        text = (archive_site / page).read_text("utf-8")
        assert "<strong>ARCHIEF 2026</strong>" in text
        assert "service.pdok.nl" not in text


def test_an_archive_is_never_replaced_by_another(
    archive_site: Path, released: Released, tmp_path: Path
) -> None:
    out = tmp_path / "maps-2026"
    out.symlink_to(archive_site)
    before = {page: (archive_site / page).read_bytes() for page in pages_of(archive_site)}
    for more in (["--archief", "2027"], []):
        done = run("build", "--out", out, *more)
        assert done.returncode == 1
        assert "an archive is never replaced" in done.stderr
    assert {page: (archive_site / page).read_bytes() for page in pages_of(archive_site)} == before
    files, _ = make_files(released, archive_in(out), "2025-08-31")
    assert files["index.html"] == before["index.html"], "the same archive can be made again"
