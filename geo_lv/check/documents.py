"""PDF: the text of its pages, and every text and attachment that stands behind them."""

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
import pypdfium2

from geo_lv.check.findings import Finding, Kind
from geo_lv.check.scan import Piece, Site, scan, scan_bytes
from geo_lv.check.veils import text_of

_END: Final = b"%%EOF"
_RUNS: Final = ("/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA")
_DEEPEST: Final = 50


def find_in_pdf(file: str, content: bytes, site: Site) -> Iterator[Finding]:
    """Yield what is wrong in a PDF."""
    after = content[content.rfind(_END) + len(_END) :].strip() if _END in content else b""
    if after:
        yield Finding(file, Kind.TRAILING, "", f"{len(after)} bytes after the document")
        yield from scan_bytes(file, "after the document", after, site, 1)
    try:
        pieces = _pages(content)
        hidden, streams, wrong = _objects(content)
    except (pypdfium2.PdfiumError, pikepdf.PdfError, ValueError, RecursionError) as error:
        yield Finding(file, Kind.UNREADABLE, "", f"PDF: {error}")
        yield from scan_bytes(file, "the bytes of the document", content[5:], site, 1)
        return
    yield from scan(file, [*pieces, *hidden], site)
    for place, inner in streams:
        yield from scan_bytes(file, place, inner, site, 1)
    for kind, place in wrong:
        yield Finding(file, kind, place, "")


def _pages(content: bytes) -> list[Piece]:
    """Return the texts of each page; cells of a table that stand side by side are apart."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [
            Piece(
                f"page {number}, text {place + 1}", words.get_text_bounded(*words.get_rect(place))
            )
            for number, page in enumerate(document, 1)
            for words in [page.get_textpage()]
            for place in range(words.count_rects())
        ]
    finally:
        document.close()


_Objects = tuple[list[Piece], list[tuple[str, bytes]], list[tuple[Kind, str]]]


def _objects(content: bytes) -> _Objects:
    """Return texts, streams with a text of their own, and what no sheet needs."""
    texts: list[Piece] = []
    streams: list[tuple[str, bytes]] = []
    wrong: list[tuple[Kind, str]] = []
    with pikepdf.open(io.BytesIO(content)) as document:
        for key, value in document.trailer.get("/Info", {}).items():
            texts += _strings(value, f"property {key}", 0)
        for number, item in enumerate(document.objects, 1):
            texts += _strings(item, f"object {number}", 0)
            if isinstance(item, pikepdf.Stream):
                streams += _stream(item, f"object {number}")
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                keys = set(item.keys())
                wrong += [(Kind.INLINE, f"object {number} {key}") for key in _RUNS if key in keys]
                if item.get("/Type") == "/Filespec" or "/EF" in keys:
                    wrong.append((Kind.WRAPPED, f"object {number}, an attachment"))
    return texts, streams, wrong


def _stream(item: Any, place: str) -> list[tuple[str, bytes]]:  # noqa: ANN401 - pikepdf's objects
    kind = str(item.get("/Type", ""))
    if kind == "/Metadata":
        return [("XMP", item.read_bytes())]
    if kind == "/EmbeddedFile":
        return [(f"{place}, attachment", item.read_bytes())]
    return []


def _strings(item: Any, path: str, depth: int) -> list[Piece]:  # noqa: ANN401 - pikepdf's objects
    """Return the texts directly in an object; what it refers to has its own turn."""
    if isinstance(item, pikepdf.String):
        return [Piece(path, text_of(bytes(item)) or str(item))]
    if depth > _DEEPEST:
        return []
    if isinstance(item, pikepdf.Array):
        parts = [(path, inner) for inner in item]
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        parts = [(f"{path} {key}", inner) for key, inner in item.items()]
    else:
        return []
    return [
        text
        for place, inner in parts
        if not getattr(inner, "is_indirect", False)
        for text in _strings(inner, place, depth + 1)
    ]
