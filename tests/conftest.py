"""Shared by all tests: no network but loopback, one built site, one browser, one web server."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from geo_lv.areas import Areas, load_areas
from geo_lv.editions import Released, release
from geo_lv.inputs import load_inputs
from geo_lv.municipality import Municipality
from geo_lv.pipeline import Results, compute
from geo_lv.privacy import DwellingRules
from geo_lv.site import BuildOptions, build_site
from geo_lv.suppression import Matched, Secrets, find_secrets
from tests.country.small_country import write_country
from tests.once import Once

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same browser without a screen: it opens a page three times as fast."""
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

# How long an example takes says more about the machine than about the code.
settings.register_profile("geo_lv", deadline=None, database=None)
settings.load_profile("geo_lv")

Serve = Callable[..., str]
MakeAreas = Callable[..., Areas]
Box = tuple[float, float, float, float]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest test, the type checker, so that no worker waits for it in the end."""
    items.sort(key=lambda item: item.name != "test_style[types]")


def _refuse_others(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and name not in LOOPBACK:
        pytest.fail(f"a test asked for another host: {name}")


@pytest.fixture(scope="session", autouse=True)
def _no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Refuse every connection and look-up that leaves this machine, unless only those are run."""
    if request.config.getoption("markexpr") == "network":
        yield
        return
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


@pytest.fixture(scope="session", autouse=True)
def _secrets_found_once() -> Iterator[None]:
    """
    Remember what is secret of the same dwellings in the same areas: it takes a second to find.

    Nearly all tests let out the same dwellings. It is a pure function of what is in the key.
    """
    found: dict[tuple[object, ...], Secrets] = {}

    def remembered(
        labels: pd.DataFrame, areas: Areas, matched: Matched, rules: DwellingRules
    ) -> Secrets:
        plans = tuple(areas.plan_areas["bu_codes"].items())
        key = (labels.to_csv(), tuple(areas.buurten.index), plans, repr(matched), rules)
        if key not in found:
            found[key] = find_secrets(labels, areas, matched, rules)
        return found[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo_lv.hidden.find_secrets", remembered)
        yield


@pytest.fixture(scope="session")
def results() -> Results:
    """Work out the embedded default once; tests only read it."""
    return compute(load_inputs(DATA))


@pytest.fixture(scope="session")
def released(results: Results) -> Released:
    """Return the public edition of the embedded default; tests only read it."""
    return release(results, "publiek")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the embedded data, to be changed, with the first 40 dwellings only."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    dwellings = copy / "properties" / "dwellings.csv"
    dwellings.write_bytes(b"".join(dwellings.read_bytes().splitlines(keepends=True)[:41]))
    return copy


def _rectangle(box: Box) -> list[list[list[float]]]:
    west, south, east, north = box
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def _write_layer(path: Path, boxes: Mapping[str, Box], properties: Callable[[str], Any]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": properties(code),
            "geometry": {"type": "Polygon", "coordinates": _rectangle(box)},
        }
        for code, box in boxes.items()
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"crs": crs, "features": features}), encoding="utf-8")


@pytest.fixture(scope="session")
def make_areas(tmp_path_factory: pytest.TempPathFactory) -> MakeAreas:
    """
    Give a function that makes areas from rectangles in RD New, through the real loader.

    It takes buurt codes with west, south, east and north in metres, the codes with an indicative
    border, and plan areas as slugs with buurt codes.
    """

    def make(
        boxes: Mapping[str, Box],
        *,
        indicative: tuple[str, ...] = (),
        plans: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Areas:
        folder = tmp_path_factory.mktemp("areas")
        wijken = {f"WK{code[2:8]}": box for code, box in boxes.items()}
        _write_layer(
            folder / "boundaries" / "buurten.geojson",
            boxes,
            lambda code: {
                "bu_code": code,
                "bu_name": f"buurt {code}",
                "wk_code": f"WK{code[2:8]}",
                "border": "indicative" if code in indicative else "official",
            },
        )
        _write_layer(
            folder / "boundaries" / "wijken.geojson",
            wijken,
            lambda code: {"wk_code": code, "wk_name": f"wijk {code}"},
        )
        return load_areas(folder, _municipality(plans or {}))

    return make


def _municipality(plans: Mapping[str, tuple[str, ...]]) -> Municipality:
    return Municipality.model_validate(
        {
            "gm_code": "GM0001",
            "name": "Voorbeeldstad",
            "boundaries": {"official_accuracy_m": 10, "indicative_accuracy_m": 200},
            "phasing": {"axis_start": 2022, "axis_end": 2035},
            "plan_areas": [
                {"slug": slug, "name": slug, "bu_codes": codes, "confidence": "H"}
                for slug, codes in plans.items()
            ],
        }
    )


@pytest.fixture(scope="session")
def once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Give a function that makes what all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return Once(own.parent if hasattr(request.config, "workerinput") else own)


@pytest.fixture(scope="session")
def site(once: Once) -> Path:
    """Build the embedded default once; tests only read it."""
    return once("site", lambda out: build_site(BuildOptions(DATA, out)))


@pytest.fixture(scope="session")
def single_site(once: Once) -> Path:
    """Build the embedded default in single files once; tests only read it."""
    return once("single", lambda out: build_site(BuildOptions(DATA, out, single_file=True)))


@pytest.fixture(scope="session")
def archive_site(once: Once) -> Path:
    """Build an archive of the embedded default once; tests only read it."""
    return once("archive", lambda out: build_site(archive_in(out)))


def archive_in(out: Path) -> BuildOptions:
    """Return what the command makes of ``--archief 2026``."""
    return BuildOptions(DATA, out, single_file=True, basemap=False, archive=2026)


@pytest.fixture(scope="session")
def internal_site(once: Once) -> Path:
    """Build the internal edition once; tests only read it."""
    return once("internal", lambda out: build_site(BuildOptions(DATA, out, edition="intern")))


@pytest.fixture(scope="session")
def country_site(once: Once) -> Path:
    """Write the page of a made-up country once; tests only read it."""
    return once("country", write_country)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium; without one the browser tests fail, they are never skipped."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail(f"none of {', '.join(BROWSERS)} is installed: apt-get install {BROWSERS[0]}")
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
    """Give a function that serves a folder with the given headers and returns its address."""
    with ExitStack() as stack:

        def start(
            folder: Path, headers: Mapping[str, str] | None = None, seen: list[str] | None = None
        ) -> str:
            asked = [] if seen is None else seen  # gets the paths that a browser asks for
            return stack.enter_context(_serving(folder, headers or {}, asked))

        yield start
