"""Shared by all tests: no network but loopback, one built site, one browser, one web server."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # the browser's half of the rule that no test reaches another host
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

Serve = Callable[..., str]


def _refuse_others(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and name not in LOOPBACK:
        pytest.fail(f"a test asked for another host: {name}")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection and look-up that leaves this machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    getaddrinfo = socket.getaddrinfo

    def guarded(
        original: Callable[[socket.socket, Any], Any], self: socket.socket, address: Any
    ) -> Any:
        if self.family != socket.AF_UNIX:
            _refuse_others(address[0])
        return original(self, address)

    def guarded_lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_others(host)
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", lambda *args: guarded(connect, *args))
        patch.setattr(socket.socket, "connect_ex", lambda *args: guarded(connect_ex, *args))
        patch.setattr(socket, "getaddrinfo", guarded_lookup)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the embedded default once; tests only read it."""
    out = tmp_path_factory.mktemp("site") / "maps"
    command = [sys.executable, "-m", "geo_lv", "build", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"geo-lv build failed\n{done.stdout}{done.stderr}"
    return out


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium; without one the browser tests fail, they are never skipped."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail(f"none of {', '.join(BROWSERS)} is installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    """Static files with extra headers, without a log."""

    timeout = 2  # a connection that a browser opens ahead and never uses must not hold up the end

    def __init__(
        self,
        *args: Any,
        headers_to_send: Mapping[str, str],
        seen: list[str],
        **kwargs: Any,
    ) -> None:
        self.headers_to_send = headers_to_send
        self.seen = seen
        super().__init__(*args, **kwargs)

    def end_headers(self) -> None:
        for name, value in self.headers_to_send.items():
            self.send_header(name, value)
        super().end_headers()

    def log_request(self, *_args: Any) -> None:
        """Keep what was asked for."""
        self.seen.append(self.path)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for the answers under way


@contextmanager
def _serving(folder: Path, headers: Mapping[str, str], seen: list[str]) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(folder), headers_to_send=headers, seen=seen)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.05))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """
    Give a function that serves a folder with the given headers and returns its address.

    The paths that a browser asks for are added to `seen`.
    """
    with ExitStack() as stack:

        def start(
            folder: Path, headers: Mapping[str, str] | None = None, seen: list[str] | None = None
        ) -> str:
            asked = [] if seen is None else seen
            return stack.enter_context(_serving(folder, headers or {}, asked))

        yield start
