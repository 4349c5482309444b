"""The documentation builds without a warning, asks no other host, and is found by its search."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from geo_lv.serve.headers import policy
from tests.browser.reader import POLICY, Visit, watch
from tests.conftest import Serve
from tests.once import Once

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DUTCH = (
    "index.html",
    *(f"handleiding/{path.stem}.html" for path in sorted(DOCS.glob("handleiding/*.md"))),
)
LOADING = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href"}
"""Attributes that make a browser ask for something; of a link and a picture in SVG also href."""
HREF_LOADS = {"link", "use", "image", "base"}
OURS = {"Content-Security-Policy": policy(framed=False)}
"""What `geo-lv serve` sends."""


def build(out: Path) -> None:
    """Build the documentation as a developer does, into another folder."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def pages(once: Once) -> Path:
    """Return the built documentation; tests only read it."""
    return once("documentation", build)


class _Page(HTMLParser):
    """What a page says it is, and what it makes a browser load or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lang, self.title, self.loaded, self.inline = "", "", list[str](), list[str]()
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a tag."""
        given = {name: value or "" for name, value in attrs}
        self._inside = tag
        self.lang = given["lang"] if tag == "html" else self.lang
        self.loaded += [given[name] for name in LOADING & given.keys()]
        self.loaded += [given["href"]] if tag in HREF_LOADS and "href" in given else []
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and not given.keys() & {"src", "type"}):
            self.inline.append(tag)

    def handle_data(self, data: str) -> None:
        """Take in the title."""
        self.title += data if self._inside == "title" and not self.title else ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        self._inside = "" if tag == self._inside else self._inside


def html_pages(pages: Path) -> dict[str, _Page]:
    return {
        path.relative_to(pages).as_posix(): _Page(path.read_text(encoding="utf-8"))
        for path in sorted(pages.rglob("*.html"))
    }


def foreign(addresses: list[str]) -> list[str]:
    return [each for each in addresses if urlsplit(each).scheme not in {"", "data"} or "//" in each]


def in_styles(pages: Path) -> Iterator[str]:
    """Yield every address in a style sheet; pictures inside the sheet itself are none."""
    for path in sorted(pages.rglob("*.css")):
        for found in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')]+)", path.read_text("utf-8")):
            yield from [] if found.startswith("data:") else [found]


def test_every_page_of_the_folder_is_built(pages: Path) -> None:
    written = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")}
    expected = {path.with_name(path.name.replace("README", "index")) for path in written}
    assert {Path(name) for name in html_pages(pages)} == expected


def test_every_page_has_a_title_of_its_own_and_a_language(pages: Path) -> None:
    found = html_pages(pages)
    assert {name: page.lang for name, page in found.items()} == {
        name: "nl" if name in DUTCH else "en" for name in found
    }
    titles = [page.title.strip() for page in found.values()]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_no_page_or_style_asks_another_host(pages: Path) -> None:
    asked = {name: foreign(page.loaded) for name, page in html_pages(pages).items()}
    assert {name: found for name, found in asked.items() if found} == {}
    assert foreign(list(in_styles(pages))) == []


def test_no_page_has_an_inline_script_or_style(pages: Path) -> None:
    found = {name: page.inline for name, page in html_pages(pages).items()}
    assert {name: inline for name, inline in found.items() if inline} == {}


def test_a_foreign_address_and_an_inline_script_are_seen() -> None:
    page = _Page('<img src="https://example.org/a.png"><script>x</script><p style="a:b">')
    assert foreign(page.loaded) == ["https://example.org/a.png"]
    assert page.inline == ["script", "style"]


def test_two_builds_are_equal(pages: Path, tmp_path: Path) -> None:
    build(tmp_path / "again")
    first, second = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (pages, tmp_path / "again")
    )
    assert first == second


def read(chromium: Browser, address: str) -> Visit:
    return watch(chromium.new_context(reduced_motion="reduce")).open(address)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "words", "expected"),
    [
        ("index.html", "archief", "Bewaar het jaar"),
        ("developing/source.html", "leefbaarometer", "Add a source"),
    ],
)
def test_the_search_works_under_the_policy_of_a_web_server(
    page: str, words: str, expected: str, pages: Path, serve: Serve, chromium: Browser
) -> None:
    reader = read(chromium, f"{serve(pages, OURS)}/{page}")
    reader.page.get_by_role("textbox").press_sequentially(words)
    found = reader.page.locator(".md-search-result__item").filter(has_text=expected)
    found.first.wait_for()
    assert reader.complaints() == {}
    reader.page.context.close()


@pytest.mark.browser
def test_the_strictest_policy_leaves_the_search_working(
    pages: Path, serve: Serve, chromium: Browser
) -> None:
    """Small drawings inside the style sheet are all that it refuses."""
    reader = read(chromium, f"{serve(pages, POLICY)}/index.html")
    reader.page.get_by_role("textbox").press_sequentially("archief")
    reader.page.locator(".md-search-result__item").first.wait_for()
    others = [line for line in reader.console if "data:image" not in line]
    assert (others, reader.errors, reader.foreign()) == ([], [], [])
    reader.page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "page",
    ["index.html", *DUTCH[1:], "architecture.html", "developing/indicator.html", "glossary.html"],
)
def test_a_page_is_accessible(page: str, pages: Path, chromium: Browser) -> None:
    reader = read(chromium, (pages / page).as_uri())
    violations = Axe().run(reader.page).response["violations"]
    found = {each["id"]: [node["target"] for node in each["nodes"]] for each in violations}
    assert found == {}
    reader.page.context.close()
