"""Style sheets and scripts: their texts, also in comments, and the hosts they name."""

import re
from collections.abc import Iterator
from typing import Final

from geo_lv.check.findings import Finding, Kind
from geo_lv.check.scan import Site, lines_of, scan
from geo_lv.check.veils import unveil
from geo_lv.maps.folium_map import BASEMAP_HOST

_FOREIGN: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}[^/\\]", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?:https?|wss?|ftp)://[^\s\"'`)<>\\]+|(?<=[\"'`(])//[\w-]+\.[\w.-]+[^\s\"'`)]*"
)
_STYLE_ADDRESS: Final = re.compile(
    r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE
)
_NAMES_ONLY: Final = ("http://www.w3.org/", "https://leafletjs.com")
"""Addresses that a script names and nobody asks: of a name space, and a link to read."""
_MAP: Final = re.compile(r"sourceMappingURL\s*=\s*(\S*)")


def is_foreign(url: str) -> bool:
    """Return whether an address is on a host, and so not within the site."""
    return bool(_FOREIGN.match(re.sub(r"[\t\r\n]", "", url).strip()))


def find_in_script(file: str, text: str, site: Site, before: str = "") -> Iterator[Finding]:
    """Yield what is wrong in a script."""
    lines = lines_of(text, before)
    # a script in a page is a part of its text, which is looked at as a whole
    yield from () if before else scan(file, lines, site)
    yield from _source_map(file, text, before)
    fine = (*_NAMES_ONLY, *([f"{BASEMAP_HOST}/"] if site.edition == "publiek" else []))
    for line in lines:
        for match in _ADDRESS.finditer(unveil(line.text)):
            if not match[0].startswith(fine):
                yield Finding(file, Kind.HOST, line.place, match[0])


def find_in_style(file: str, text: str, site: Site, before: str = "") -> Iterator[Finding]:
    """Yield what is wrong in a style sheet."""
    lines = lines_of(text, before)
    yield from () if before else scan(file, lines, site)
    yield from _source_map(file, text, before)
    for line in lines:
        for match in _STYLE_ADDRESS.finditer(unveil(line.text)):
            url = match[1] or match[2]
            if is_foreign(url):
                yield Finding(file, Kind.HOST, line.place, url)


def style_addresses(text: str) -> list[str]:
    """Return the addresses that a style sheet loads."""
    return [match[1] or match[2] for match in _STYLE_ADDRESS.finditer(text)]


def _source_map(file: str, text: str, before: str) -> Iterator[Finding]:
    for match in _MAP.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Finding(file, Kind.SOURCE_MAP, f"{before}line {line}", match[1])
