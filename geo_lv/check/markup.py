"""What a page or drawing holds: texts, links, what it loads, and what a strict policy blocks."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from geo_lv.check.scan import Piece

_INLINE: Final = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "u",
    )
)
"""Elements that do not break a sentence; neither do those of `_BARE` without a class."""
_BARE: Final = frozenset(("span", "strong", "tspan", "var", "wbr"))
_LOADS: Final = {
    ("audio", "src"), ("base", "href"), ("body", "background"), ("button", "formaction"),
    ("embed", "src"), ("form", "action"), ("iframe", "src"), ("img", "src"), ("input", "src"),
    ("input", "formaction"), ("object", "data"), ("script", "src"), ("source", "src"),
    ("track", "src"), ("video", "poster"), ("video", "src"), ("a", "ping"), ("html", "manifest"),
}  # fmt: skip
"""Attributes with an address that a browser asks for by itself, or sends a form to."""
_MANY: Final = {("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset")}
_LINKS_ONLY: Final = frozenset(
    ("alternate", "author", "canonical", "help", "license", "next", "prev", "search", "tag")
)
"""Kinds of ``<link>`` that a browser does not load."""
_OUT: Final = ("a", "area")
"""Elements whose ``href`` a reader follows."""
_DATA_TYPES: Final = ("application/json", "application/ld+json")
_RAW: Final = ("script", "style")


@dataclass(frozen=True)
class Ref:
    """An address in a file, and where it stands."""

    place: str
    url: str


@dataclass
class Markup:
    """What was read in a page or drawing."""

    lang: str = ""
    title: str = ""
    ids: list[Ref] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """Codes of areas on its map, which its scripts know as the part of an address after ``#``."""
    links: list[Ref] = field(default_factory=list)
    loads: list[Ref] = field(default_factory=list)
    inline: list[Ref] = field(default_factory=list)
    """Handlers, style attributes and the like."""
    blocks: list[tuple[str, str, str]] = field(default_factory=list)
    """Place, name and text of each script or style that stands in the page."""
    data: list[tuple[str, str]] = field(default_factory=list)
    """Place and text of each block of data."""
    policy: str = ""
    paths: list[tuple[str, str]] = field(default_factory=list)
    """Place and path data of what is drawn."""
    heads: list[Piece] = field(default_factory=list)
    texts: list[Piece] = field(default_factory=list)
    """What a reader sees, part by part, also where markup stands within a word."""


class Reader(HTMLParser):
    """Reads HTML, SVG or XML; nothing in it is run or looked up."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Markup()
        self._parts: list[str] = []
        self._start = ""
        self._tag = ""
        self._raw: tuple[str, dict[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an element."""
        if tag not in _INLINE and not (tag in _BARE and not attrs):
            self._flush()
            self._tag = tag
        given = {name: value or "" for name, value in attrs}
        if tag in _RAW:
            self._raw = (tag, given)
        place = self._place()
        self._element(tag, given, place)
        for name, value in given.items():
            self._attribute(tag, name, value, f"{place}, <{tag} {name}>")

    def handle_endtag(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag not in _INLINE | _BARE:
            self._flush()
        self._raw = None if tag in _RAW else self._raw

    def handle_data(self, data: str) -> None:
        """Take in a text."""
        if self._raw:
            self._block(*self._raw, data)
            return
        if not self._parts:
            self._start = self._place()
        self._parts.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - as above it
        """Read a part such as ``<![CDATA[``; one that does not exist is a comment."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # how the parser says that it knows no such part
            return self.parse_bogus_comment(i)

    def close(self) -> None:
        """Take in what is left."""
        super().close()
        self._flush()

    def _place(self) -> str:
        line, column = self.getpos()
        return f"line {line}, column {column + 1}"

    def _flush(self) -> None:
        text = " ".join("".join(self._parts).split())
        if text:
            piece = Piece(self._start, text)
            self.found.texts.append(piece)
            if self._tag == "th":
                self.found.heads.append(piece)
            if self._tag == "title" and not self.found.title:
                self.found.title = text
        self._parts, self._tag = [], ""

    def _block(self, tag: str, given: dict[str, str], text: str) -> None:
        if tag == "script" and given.get("type") in _DATA_TYPES:
            self.found.data.append((self._place(), text))
        else:
            self.found.blocks.append((self._place(), tag, text))

    def _element(self, tag: str, given: dict[str, str], place: str) -> None:
        found = self.found
        if tag == "html":
            found.lang = given.get("lang", "")
        if tag == "path" and "d" in given:
            found.paths.append((place, given["d"]))
        if tag == "link" and "href" in given:
            quiet = set(given.get("rel", "").lower().split()) <= _LINKS_ONLY
            (found.links if quiet else found.loads).append(Ref(place, given["href"]))
        if tag == "meta":
            self._meta(given, place)

    def _meta(self, given: dict[str, str], place: str) -> None:
        what, content = given.get("http-equiv", "").lower(), given.get("content", "")
        if what == "content-security-policy":
            self.found.policy = content
        goes = re.search(r"url\s*=\s*['\"]?([^'\"]+)", content, re.IGNORECASE)
        if what == "refresh" and goes:
            self.found.loads.append(Ref(place, goes[1]))

    def _attribute(self, tag: str, name: str, value: str, place: str) -> None:
        found = self.found
        if name == "id":
            found.ids.append(Ref(place, value))
        elif name.startswith("on") or name in {"style", "srcdoc"}:
            found.inline.append(Ref(place, value))
        elif name in {"data-code", "data-slug"}:
            found.names.add(value)
        elif (tag, name) in _MANY:
            found.loads += [
                Ref(place, part.split()[0]) for part in value.split(",") if part.strip()
            ]
        elif (tag, name) in _LOADS:
            found.loads.append(Ref(place, value))
        elif name in {"href", "xlink:href"} and tag != "link" and (tag, name) not in _LOADS:
            (found.links if tag in _OUT else found.loads).append(Ref(place, value))
        elif "url(" in value:
            found.loads += [
                Ref(place, url) for url in re.findall(r"url\(\s*['\"]?([^'\")]+)", value)
            ]


def read_markup(text: str) -> Markup:
    """Read HTML, SVG or XML, however broken."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.found
