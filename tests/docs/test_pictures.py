"""Pictures of the documentation are made by a script, described and small; its words in order."""

import re
from pathlib import Path

from docs.make_flow import PICTURE, boxes, draw, flow
from docs.make_picture import PICTURES
from geo_lv.maps.glossary import TERMS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LARGEST = 60_000
"""Bytes; a reader may be on a phone."""
SHORTEST = 30
"""Letters: what is seen takes a sentence."""


def shown() -> dict[Path, str]:
    """Return each picture of a page with its description."""
    return {
        (page.parent / target).resolve(): words
        for page in [ROOT / "README.md", *DOCS.rglob("*.md")]
        for words, target in SHOWN.findall(page.read_text(encoding="utf-8"))
    }


def test_each_picture_of_a_page_exists_and_is_described() -> None:
    found = shown()
    assert [path for path in found if not path.is_file()] == []
    assert [path.name for path, words in found.items() if len(words) < SHORTEST] == []


def test_the_script_makes_exactly_the_pictures_that_are_shown() -> None:
    made = {DOCS / picture.path for picture in PICTURES}
    assert made == set(DOCS.rglob("*.png"))
    assert made == {path for path in shown() if path.suffix == ".png"}


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in DOCS.rglob("*.png")}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_the_picture_of_the_flow_is_that_of_the_stages() -> None:
    """Renew it with ``python docs/make_flow.py``."""
    assert PICTURE.read_text(encoding="utf-8") == draw(boxes(flow()))


def test_the_picture_of_the_flow_has_every_stage_once() -> None:
    names = [name for box in boxes(flow()) for line in box.lines for name in line.split(", ")]
    assert names == list(flow())


def headings() -> list[str]:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def test_terms_of_the_glossary_are_unique_and_in_order() -> None:
    found = [term.casefold() for term in headings()]
    assert found == sorted(set(found))


def test_the_glossary_has_every_word_that_pages_explain() -> None:
    known = {term.casefold() for term in headings()}
    assert [term.forms[0] for term in TERMS if term.forms[0].casefold() not in known] == []
