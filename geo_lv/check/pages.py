"""Pages and drawings: their texts, and whether they work by themselves under a strict policy."""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from geo_lv.check.data_files import find_in_json
from geo_lv.check.findings import Finding, Kind
from geo_lv.check.homes import find_dots
from geo_lv.check.markup import Markup, Ref, read_markup
from geo_lv.check.scan import Site, lines_of, scan
from geo_lv.check.scripts import find_in_script, find_in_style, is_foreign
from geo_lv.check.veils import unveil
from geo_lv.columns import PAGE
from geo_lv.persons import is_about_persons


def find_in_page(file: str, text: str, site: Site) -> tuple[list[Finding], Markup]:
    """Return what is wrong with a page, apart from its links, and what was read in it."""
    markup = read_markup(text)
    findings = [
        *scan(file, [*lines_of(text), *markup.texts], site),
        *_parts(file, markup, site),
        *_as_a_page(file, markup),
    ]
    return findings, markup


def find_in_drawing(file: str, text: str, site: Site) -> tuple[list[Finding], Markup]:
    """Return what is wrong with an SVG or XML file, apart from its links, and what was read."""
    markup = read_markup(text)
    findings = [*scan(file, [*lines_of(text), *markup.texts], site), *_parts(file, markup, site)]
    return findings, markup


def _parts(file: str, markup: Markup, site: Site) -> Iterator[Finding]:
    for head in markup.heads:
        if is_about_persons(head.text):
            yield Finding(file, Kind.PERSON_COLUMN, head.place, head.text)
    for ref in markup.loads:
        if is_foreign(unveil(ref.url)):
            yield Finding(file, Kind.HOST, ref.place, ref.url)
    for ref in [*markup.links, *markup.loads]:
        scheme = re.sub(r"[\s\x00-\x20]", "", unveil(ref.url)).casefold()
        if scheme.startswith(("javascript:", "vbscript:", "data:text/html")):
            yield Finding(file, Kind.INLINE, ref.place, ref.url)
    for ref in markup.inline:
        yield Finding(file, Kind.INLINE, ref.place, ref.url)
    yield from _blocks(file, markup, site)
    yield from find_dots(file, markup, site)


def _blocks(file: str, markup: Markup, site: Site) -> Iterator[Finding]:
    for place, tag, text in markup.blocks:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in markup.policy:
            yield Finding(file, Kind.INLINE, place, f"<{tag}>")
        finder = find_in_script if tag == "script" else find_in_style
        yield from finder(file, text, site, f"{place}, ")
    for place, text in markup.data:
        yield from find_in_json(file, text, PAGE, site, f"{place}, ")


def _as_a_page(file: str, markup: Markup) -> Iterator[Finding]:
    if not markup.title:
        yield Finding(file, Kind.TITLE, "", "")
    if not markup.lang:
        yield Finding(file, Kind.LANGUAGE, "", "")
    seen = Counter(ref.url for ref in markup.ids)
    last = {ref.url: ref for ref in markup.ids}
    for name, times in seen.items():
        if times > 1:
            yield Finding(file, Kind.ID, last[name].place, name)


def anchors(markup: Markup) -> frozenset[str]:
    """Return what may stand after ``#`` in an address of a page: ids, areas and indicators."""
    names = {ref.url for ref in markup.ids} | markup.names
    for _, text in markup.data:
        names |= _known_to_scripts(text)
    return frozenset(names)


def _known_to_scripts(text: str) -> set[str]:
    try:
        block = json.loads(text)
        areas = [area[0] for level in block["areas"].values() for area in level]
        return {str(name) for name in [*areas, *block["indicators"].get("id", ())]}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return set()


def local_links(markup: Markup) -> list[Ref]:
    """Return the addresses within the site."""
    refs = [*markup.links, *markup.loads]
    return [ref for ref in refs if not urlsplit_scheme(ref.url) and not is_foreign(ref.url)]


def urlsplit_scheme(url: str) -> str:
    """Return the scheme of an address, such as ``https``; empty without one."""
    try:
        return urlsplit(url.strip()).scheme
    except ValueError:
        return "broken"
