"""Ways to put something into a copy of a site, and small files that carry it."""

import base64
import io
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image

PLAN = "wijkuitvoeringsplan/essesteijn.html"
PAGE = (
    '<!doctype html>\n<html lang="nl">\n<head><title>Proef</title></head>\n<body>\n'
    "{}\n</body>\n</html>\n"
)


def line(file: str, text: str, mark: str = "</main>") -> Callable[[Path], str]:
    """Put a line of its own before the line that holds `mark`."""

    def put(folder: Path) -> str:
        path = folder / file
        lines = path.read_text("utf-8").split("\n")
        row = next(row for row, old in enumerate(lines) if mark in old)
        path.write_text("\n".join([*lines[:row], text, *lines[row:]]), "utf-8")
        return f"line {row + 1}"

    return put


def page(name: str, body: str, place: str = "line 5") -> Callable[[Path], str]:
    """Put a page of its own there."""
    return whole(name, PAGE.format(body).encode(), place)


def whole(name: str, content: bytes, place: str) -> Callable[[Path], str]:
    """Put a file there."""

    def put(folder: Path) -> str:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
        return place

    return put


def added(name: str, content: str, called: str = "line") -> Callable[[Path], str]:
    """Put a line at the end of a file, which is made if it is not there."""

    def put(folder: Path) -> str:
        path = folder / name
        old = path.read_text("utf-8") if path.exists() else ""
        path.write_text(f"{old}{content}\n", "utf-8")
        return f"{called} {old.count(chr(10)) + 1}"

    return put


def cell(name: str, column: int, text: str, place: str) -> Callable[[Path], str]:
    """Put a text in the second row of a CSV file; the column counts from the start or the end."""

    def put(folder: Path) -> str:
        lines = (folder / name).read_text("utf-8-sig").split("\n")
        cells = lines[1].rstrip("\r").split(";")
        cells[column] = text
        lines[1] = ";".join(cells) + "\r"
        (folder / name).write_text("\n".join(lines), "utf-8-sig")
        return place

    return put


def changed_json(
    name: str, change: Callable[[dict[str, object]], None], place: str
) -> Callable[[Path], str]:
    """Change what a JSON file says."""

    def put(folder: Path) -> str:
        value = json.loads((folder / name).read_text("utf-8"))
        change(value)
        (folder / name).write_text(json.dumps(value), "utf-8")
        return place

    return put


def in_block(old: str, new: str, place: str) -> Callable[[Path], str]:
    """Change the data block of a page."""

    def put(folder: Path) -> str:
        text = (folder / PLAN).read_text("utf-8")
        assert old in text
        (folder / PLAN).write_text(text.replace(old, new, 1), "utf-8")
        return place

    return put


def b64(text: str | bytes) -> str:
    """Return a text in base64."""
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def png(*chunks: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    """Return a picture of one point with more chunks."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = ((b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in body
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + after


def jpeg(*, comment: bytes = b"", exif: str = "") -> bytes:
    """Return a picture with a comment or a description in EXIF."""
    out = io.BytesIO()
    properties = Image.Exif()
    if exif:
        properties[270] = exif
    Image.new("RGB", (4, 4)).save(out, "JPEG", comment=comment, exif=properties)
    return out.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None], text: str = "Proef") -> bytes:
    """Return a document of one sheet, changed."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(300, 300))
    sheet = document.pages[0]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    sheet.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    sheet.Contents = document.make_stream(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
