"""Pictures: properties, and bytes that no picture needs."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from geo_lv.check.findings import Finding, Kind
from geo_lv.check.scan import Piece, Site, scan, words_in
from geo_lv.check.veils import text_of, unpacked

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_NEEDS: Final = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"sRGB",
        b"cHRM",
        b"pHYs",
        b"bKGD",
        b"sBIT",
    )
)
"""Parts of a PNG that say how it looks, and nothing else."""
_JPEG_SCAN: Final = 0xDA
_JPEG_END: Final = 0xD9
_JPEG_PROPERTIES: Final = {*range(0xE1, 0xF0), 0xFE}
"""Markers of EXIF, XMP, IPTC, comments and the like; 0xE0 is JFIF."""


def find_in_image(file: str, content: bytes, site: Site) -> Iterator[Finding]:
    """Yield what is wrong with a PNG, JPEG or ICO file."""
    if content.startswith(_PNG):
        yield from _png(file, content, site)
    elif content.startswith(b"\xff\xd8"):
        yield from _jpeg(file, content, site)
    elif content.startswith(b"\0\0\1\0"):
        yield from scan(file, words_in(content), site)
    else:
        yield Finding(file, Kind.UNREADABLE, "", "no PNG, JPEG or ICO")
        yield from scan(file, words_in(content), site)


def _png(file: str, content: bytes, site: Site) -> Iterator[Finding]:
    place = len(_PNG)
    while place + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        body = content[place + 8 : place + 8 + length]
        crc = content[place + 8 + length : place + 12 + length]
        if crc != zlib.crc32(name + body).to_bytes(4):
            break
        if name not in _PNG_NEEDS:
            chunk = f"chunk {name.decode('latin-1')}"
            yield from _property(file, chunk, _without_packing(name, body), site)
        place += 12 + length
        if name == b"IEND":
            yield from _after(file, content[place:], site)
            return
    yield Finding(file, Kind.UNREADABLE, f"byte {place}", "a PNG that is cut off or broken")
    yield from scan(file, words_in(content), site)


def _without_packing(name: bytes, body: bytes) -> bytes:
    """Return a chunk with its text unpacked."""
    if name not in {b"zTXt", b"iTXt"}:
        return body
    starts = [at for at in range(len(body)) if body[at : at + 1] == b"\x78"]
    texts = filter(None, (unpacked(body[at:]) for at in starts[:20]))
    return body + b"\n" + next(texts, b"")


def _property(file: str, place: str, body: bytes, site: Site) -> Iterator[Finding]:
    words = words_in(body)
    yield Finding(file, Kind.METADATA, place, words[0].text if words else "")
    texts = [Piece(place, part.text) for part in words]
    texts += [Piece(place, text)] if (text := text_of(body)) else []
    yield from scan(file, texts, site)


def _jpeg(file: str, content: bytes, site: Site) -> Iterator[Finding]:
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004 - starts a marker
        marker = content[place + 1]
        length = int.from_bytes(content[place + 2 : place + 4])
        if marker in _JPEG_PROPERTIES:
            body = content[place + 4 : place + 2 + length]
            yield from _property(file, f"marker 0x{marker:02X}", body, site)
        place += 2 + length
        if marker == _JPEG_SCAN:
            yield from _after_scan(file, content, place, site)
            return
    yield Finding(file, Kind.UNREADABLE, f"byte {place}", "a JPEG that is cut off or broken")
    yield from scan(file, words_in(content), site)


def _after_scan(file: str, content: bytes, place: int, site: Site) -> Iterator[Finding]:
    end = content.find(bytes([0xFF, _JPEG_END]), place)
    if end < 0:
        yield Finding(file, Kind.UNREADABLE, f"byte {place}", "a JPEG without its end")
    else:
        yield from _after(file, content[end + 2 :], site)


def _after(file: str, rest: bytes, site: Site) -> Iterator[Finding]:
    if rest:
        yield Finding(file, Kind.TRAILING, "", f"{len(rest)} bytes after the picture")
        yield from _text_of(file, rest, site)


def _text_of(file: str, rest: bytes, site: Site) -> Iterator[Finding]:
    parts = [Piece("after the picture", part.text) for part in words_in(rest)]
    yield from scan(file, parts, site)
