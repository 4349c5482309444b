"""Texts as a reader or a program would see them: without escapes, entities and invisible signs."""

import base64
import binascii
import html
import re
import unicodedata
import zlib
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

_ROUNDS: Final = 4
_VEILED: Final = re.compile(r"[&%\\]|[^\x20-\x7e]")
_CODE: Final = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{2,6}) ?")
_BLANK: Final = re.compile(r"\s")
_INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
"""Signs that take no place, such as a zero-width space."""
_ENCODED: Final = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{16,}={0,2}")
_LAST_UNICODE: Final = 0x10FFFF
_LARGEST: Final = 20_000_000
"""No packed file is unpacked further than this many bytes."""
_TEXT: Final = re.compile(r"[\s\x20-\x7e\u00a0-\u024f\u2000-\u206f\u20ac]+")


def unveil(line: str) -> str:
    """Return a line as it would be read, on one line still."""
    if not _VEILED.search(line):
        return line
    for _ in range(_ROUNDS):
        opened = _visible(unquote(html.unescape(_CODE.sub(_sign, line)), errors="replace"))
        if opened == line:
            break
        line = opened
    return line


def _sign(match: re.Match[str]) -> str:
    number = int(match[1] or match[2] or match[3], 16)
    return chr(number) if number <= _LAST_UNICODE and not 0xD800 <= number <= 0xDFFF else match[0]  # noqa: PLR2004 - surrogates


def _visible(text: str) -> str:
    """Return a text with plain blanks and plain digits, and without what has no width."""
    if text.isascii() and text.isprintable():
        return text
    plain = unicodedata.normalize("NFKC", _BLANK.sub(" ", text))
    return _INVISIBLE.sub("", plain)


def encoded_in(text: str) -> Iterator[tuple[int, bytes]]:
    """Yield what base64 in a text stands for, with its place, if it is a text or a packed file."""
    for match in _ENCODED.finditer(text):
        bare = match[0].rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            content = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
        except binascii.Error:
            continue
        if _says_something(content):
            yield match.start(), content


def _says_something(content: bytes) -> bool:
    if kind_of(content):
        return True
    text = text_of(content)
    return text is not None and bool(_TEXT.fullmatch(text))


_MAGIC: Final = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"\x00\x00\x01\x00": "ico",
    b"Rar!\x1a": "zip",
    b"7z\xbc\xaf": "zip",
    b"BZh": "zip",
    b"\xfd7zXZ\x00": "zip",
    b"\x28\xb5\x2f\xfd": "zip",
}


def kind_of(content: bytes) -> str:
    """Return what a file is by its first bytes; empty if it may be text."""
    return next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), "")


def text_of(content: bytes) -> str | None:
    """Return the text of bytes, as UTF-8 or UTF-16; None if it is neither."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    guesses = ["utf-16"] if wide else ["utf-8-sig"]
    if not wide and content[:200].count(0) > len(content[:200]) // 4:
        guesses = ["utf-16-le", "utf-16-be"] if content[1:2] == b"\0" else ["utf-16-be"]
    for guess in guesses:
        try:
            return content.decode(guess)
        except UnicodeDecodeError:
            continue
    return None


def unpacked(content: bytes) -> bytes:
    """Return the beginning of what gzip or zlib holds; empty if it holds nothing that is whole."""
    try:
        return zlib.decompressobj(wbits=47).decompress(content, _LARGEST)
    except zlib.error:
        return b""
