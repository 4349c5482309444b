"""A large file from a source to a folder: goes on where it stopped, and is whole or not there."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests

from geo_lv.errors import OutputError
from geo_lv.sources.faults import RefusedError, TooLargeError, TruncatedError
from geo_lv.sources.transport import Headers, Transport

Told = Callable[[int, int], None]
"""Gets how many bytes there are, and how many there will be (0 if nobody knows)."""

_RANGE: Final = re.compile(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18})")
_PARTIAL: Final = 206
_NOTHING_LEFT: Final = 416


@dataclass
class _Part:
    """What has come so far, with the mark of the version that it is a part of."""

    path: Path

    @property
    def beside(self) -> Path:
        """Where that mark stands."""
        return self.path.with_name(f"{self.path.name}.json")

    @property
    def size(self) -> int:
        """Bytes that are there; 0 if nobody knows of which version."""
        return self.path.stat().st_size if self.path.is_file() and self.mark else 0

    @property
    def mark(self) -> str:
        """Strong ETag or day of change of that version, ``""`` if unknown."""
        try:
            value = json.loads(self.beside.read_text(encoding="utf-8"))["version"]
        except (OSError, ValueError, KeyError, TypeError):
            return ""
        return value if isinstance(value, str) and value.isprintable() and value.isascii() else ""

    def begin(self, mark: str) -> None:
        """Start anew, with the mark of another version."""
        self.remove()
        self.path.touch(mode=0o600)
        self.beside.write_text(json.dumps({"version": mark}), encoding="utf-8")

    def remove(self) -> None:
        """Leave nothing."""
        self.path.unlink(missing_ok=True)
        self.beside.unlink(missing_ok=True)


def download(
    transport: Transport,
    url: str,
    path: Path,
    *,
    largest: int,
    headers: Headers | None = None,
    told: Told | None = None,
) -> int:
    """
    Download a file; what came of it before is not asked again if the source can tell them apart.

    Parameters
    ----------
    transport
        Asks.
    url, headers
        As for `Transport.get`.
    path
        Where to; what stands there is replaced when the whole file has come. Until then the part
        stands beside it, also when this stops.
    largest
        Bytes that the file may have.
    told
        Called as it comes in.

    Returns
    -------
    size
        In bytes.

    Raises
    ------
    FaultError
        As `Transport.get`.
    OutputError
        If the file cannot be written.
    """
    part = _Part(path.with_name(f".{path.name}.part"))

    def read(response: requests.Response) -> int:
        return _receive(transport, response, part, largest=largest, told=told)

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = _ask(transport, url, part, lambda: _wanted(part, headers), read)
        part.path.replace(path)
        part.remove()
    except OSError as error:
        msg = f"{path.name}: {(error.strerror or 'an error').lower()}; nothing was replaced"
        raise OutputError(msg) from None
    return size


def _ask(
    transport: Transport,
    url: str,
    part: _Part,
    headers: Callable[[], Headers],
    read: Callable[[requests.Response], int],
) -> int:
    try:
        return transport.ask(url, headers=headers, read=read)
    except RefusedError as error:
        if error.status != _NOTHING_LEFT or not part.size:
            raise
    # What is there is no part of what is there now.
    part.remove()
    return transport.ask(url, headers=headers, read=read)


def _wanted(part: _Part, headers: Headers | None) -> Headers:
    """Ask for what is still to come, of the same version only."""
    if not part.size:
        return headers or {}
    return {**(headers or {}), "Range": f"bytes={part.size}-", "If-Range": part.mark}


def _receive(
    transport: Transport,
    response: requests.Response,
    part: _Part,
    *,
    largest: int,
    told: Told | None,
) -> int:
    total = _total(transport, response, part)
    if total > largest:
        raise TooLargeError(transport.source, largest)
    size = part.path.stat().st_size
    with part.path.open("ab") as file:
        for content in transport.parts(response):
            size += len(content)
            if size > largest:
                part.remove()
                raise TooLargeError(transport.source, largest)
            file.write(content)
            if told:
                told(size, total)
        file.flush()
        os.fsync(file.fileno())
    if total and size != total:
        part.remove()
        raise TruncatedError(transport.source, "a whole file")
    return size


def _total(transport: Transport, response: requests.Response, part: _Part) -> int:
    """Return the size that the file will have, 0 if unknown; start anew unless this goes on."""
    if response.status_code != _PARTIAL:
        part.begin(_mark(response.headers))
        length = response.headers.get("Content-Length", "")
        return int(length[:18]) if length.isascii() and length.isdigit() else 0
    found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if found is None or not part.size or int(found[1]) != part.size:
        part.remove()
        raise TruncatedError(transport.source, "the rest of a file")
    return int(found[2])


def _mark(headers: Headers) -> str:
    """Return what tells this version from any other; a weak ETag does not."""
    tag = headers.get("ETag", "")
    return headers.get("Last-Modified", "") if tag.startswith("W/") or not tag else tag
