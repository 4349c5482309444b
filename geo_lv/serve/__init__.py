"""A preview of a site, on this machine only, under the headers of a published one."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import Final
from urllib.parse import unquote, urlsplit

from geo_lv.errors import OutputError
from geo_lv.serve.headers import headers_of
from geo_lv.site.manifest import MANIFEST, made_before

HOST: Final = "127.0.0.1"
"""Nobody else can see what is served here."""
_TEXT: Final = ("text/", "application/json", "application/geo+json", "image/svg+xml")
_TYPES: Final = {".geojson": "application/geo+json", ".js": "text/javascript"}
_MISSING: Final = (
    '<!doctype html><html lang="nl"><title>Niet gevonden</title>'
    '<h1>Niet gevonden</h1><p>Deze pagina is er niet. <a href="/">Naar het begin</a></p>'
)


@dataclass(frozen=True)
class Served:
    """What of a folder is served: the files that geo_lv put there, and no other."""

    folder: Path
    files: frozenset[str]
    single_file: bool

    def path_of(self, address: str) -> str | None:
        """Return the file that an address asks for, from the root; None if it is not served."""
        path = unquote(urlsplit(address).path).removeprefix("/")
        path = f"{path}index.html" if not path or path.endswith("/") else path
        return path if path in self.files else None


class _Handler(BaseHTTPRequestHandler):
    server_version, sys_version = "geo-lv", ""

    def __init__(self, request: socket, client: tuple[str, int], server: "Server") -> None:
        self._served = server.served
        super().__init__(request, client, server)

    def do_GET(self) -> None:
        """Answer with a file."""
        self._answer(whole=True)

    def do_HEAD(self) -> None:
        """Answer with the headers of a file."""
        self._answer(whole=False)

    def _answer(self, *, whole: bool) -> None:
        path = self._served.path_of(self.path)
        status, content, kind = HTTPStatus.NOT_FOUND, _MISSING.encode(), "text/html; charset=utf-8"
        if path is not None:
            status, kind = HTTPStatus.OK, content_type(path)
            content = (self._served.folder / path).read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        single = self._served.single_file
        for name, value in headers_of(path or "", single_file=single).items():
            self.send_header(name, value)
        self.end_headers()
        if whole:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name of http.server
        """Say nothing: a preview has one reader."""


class Server(ThreadingHTTPServer):
    """A web server for one site, on this machine."""

    def __init__(self, served: Served, port: int) -> None:
        self.served = served
        super().__init__((HOST, port), _Handler)


def content_type(path: str) -> str:
    """Return the media type of a file, with the letters that its text is written in."""
    suffix = Path(path).suffix
    kind = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXT) else kind


def site_in(folder: Path) -> Served:
    """
    Return what may be served of a folder.

    Parameters
    ----------
    folder
        With a site that geo_lv made.

    Returns
    -------
    served
        The files of its manifest that are in the folder itself: a link that leads out of it is
        not followed.

    Raises
    ------
    OutputError
        If it holds no such site.
    """
    root = folder.resolve()
    files = frozenset(
        path
        for path in made_before(folder)
        if (root / path).is_file() and (root / path).resolve().is_relative_to(root)
    )
    if MANIFEST not in files:
        msg = f"{folder}: expected a site that geo-lv built, found none; run geo-lv build first"
        raise OutputError(msg)
    return Served(root, files, single_file=not any(path.endswith(".js") for path in files))


def serve(folder: Path, port: int, started: Callable[[str], None]) -> None:
    """
    Serve a site until the reader stops it with Ctrl+C.

    Parameters
    ----------
    folder
        With a site that geo_lv made.
    port
        Of this machine; 0 takes one that is free.
    started
        Called with the address when it can be opened.

    Raises
    ------
    OutputError
        If the folder holds no site, or the port is in use.
    """
    served = site_in(folder)
    try:
        server = Server(served, port)
    except OSError as error:
        reason = (error.strerror or "an error").lower()
        msg = f"port {port}: expected one that is free, found {reason}; choose another --poort"
        raise OutputError(msg) from error
    with server:
        started(f"http://{HOST}:{server.server_port}/")
        try:
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            return
