"""
Time the page of the whole country: what it weighs, how long it takes to make and to open.

The country is the one that the pages of others get: 14,500 buurten of 128 corners of which
neighbours share their borders, in 342 municipalities. It has six figures here, of which one in 25
is absent. Every visit is a fresh context.
"""

import gzip
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter

import numpy as np
from playwright.sync_api import Browser

from benchmarks.browser import browser
from benchmarks.generated import country_buurten
from geo_lv.maps.country.borders import page_borders
from geo_lv.maps.country.page import CSV_PATH, country_page
from geo_lv.maps.country.view import CountryGemeente, CountryIndicator, CountryView

ABSENT = 0.04
ROUNDS = 5
SWITCHES = 12
FIGURES = (
    ("inwoners", "Inwoners", "inwoners", 0, 1200.0),
    ("woz_waarde", "Gemiddelde WOZ-waarde", "× € 1.000", 0, 310.0),
    ("corporatie", "Woningen van een corporatie", "%", 1, 24.0),
    ("leegstand", "Leegstaande woningen", "%", 1, 4.0),
    ("gasverbruik", "Gemiddeld gasverbruik", "m³", 0, 1150.0),
    ("dichtheid", "Bevolkingsdichtheid", "inwoners per hectare", 2, 31.0),
)
"""Id, label, unit, decimals and middle of each made-up figure."""
LIMITS: Mapping[str, float] = {
    "build, seconds": 5.0,
    "page and all it loads, MB": 3.0,
    "packed, MB": 1.5,
    "first map, file, ms": 600.0,
    "first map, http, ms": 600.0,
    "another figure, ms": 80.0,
    "heap, MB": 30.0,
}

_WATCH = """() => {
  const after = new MessageChannel();
  after.port1.onmessage = () => { window.mapAt = performance.now(); };
  const look = () => requestAnimationFrame(() => {
    if (document.querySelector("#kaart.live canvas.country-areas")) after.port2.postMessage(0);
    else look();
  });
  look();
}"""
_ANSWERS = """async (times) => {
  const taken = [];
  const chooser = document.querySelector("#kies-cijfer");
  for (let n = 0; n < times; n += 1) {
    const start = performance.now();
    chooser.selectedIndex = (chooser.selectedIndex + 1) % chooser.options.length;
    chooser.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = done;
      after.port2.postMessage(0);
    }));
    taken.push(performance.now() - start);
  }
  return taken;
}"""


def made_country() -> CountryView:
    """Make up a country."""
    rng = np.random.default_rng(20240316)
    buurten = country_buurten()
    gm_codes, gemeente_of = np.unique(buurten["gm_code"], return_inverse=True)
    return CountryView(
        title="Buurten van Nederland",
        peildatum="2026-11-01",
        gemeenten=tuple(
            CountryGemeente(code, f"Gemeente {int(code[2:])}", f"{code.lower()}/index.html", "")
            for code in gm_codes.tolist()
        ),
        codes=tuple(buurten["bu_code"]),
        names=tuple(buurten["bu_name"]),
        gemeente_of=gemeente_of,
        geometry=buurten.geometry.to_numpy(),
        indicators=tuple(_indicator(len(buurten), rng, figure) for figure in FIGURES),
        fictitious=True,
        sources=("Verzonnen grenzen en cijfers.",),
    )


def _indicator(
    count: int, rng: np.random.Generator, figure: tuple[str, str, str, int, float]
) -> CountryIndicator:
    identity, label, unit, decimals, middle = figure
    reasons = np.where(rng.random(count) < ABSENT, rng.integers(0, 3, count), -1).astype("int8")
    values = rng.gamma(4.0, middle / 4, count).round(decimals)
    values[reasons >= 0] = np.nan
    return CountryIndicator(identity, label, unit, decimals, "2025", "verzonnen", values, reasons)


def measure() -> dict[str, float]:
    """Measure; return the median of each figure over the rounds, after one that does not count."""
    view = made_country()
    with tempfile.TemporaryDirectory() as name:
        out, cache = Path(name) / "site", Path(name) / "cache"
        start = perf_counter()
        page_borders(view.geometry, cache)
        found = {"borders once, seconds": perf_counter() - start}
        builds = [_build(view, cache, out) for _ in range(ROUNDS + 1)][1:]
        found["build, seconds"] = median(builds)
        found |= _weights(out)
        with browser() as chromium, _serving(out) as address:
            found |= _visits(chromium, out, address)
    return found


def _build(view: CountryView, cache: Path, out: Path) -> float:
    start = perf_counter()
    files = country_page(view, cache)
    seconds = perf_counter() - start
    for path, content in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    return seconds


def _weights(out: Path) -> dict[str, float]:
    """Weigh all that the page loads: everything but the download and the licence."""
    files = [path for path in out.rglob("*") if path.suffix in {".html", ".css", ".js", ".svg"}]
    raw = [path.read_bytes() for path in files]
    return {
        "page and all it loads, MB": sum(map(len, raw)) / 1e6,
        "packed, MB": sum(len(gzip.compress(content, 6, mtime=0)) for content in raw) / 1e6,
        "download, MB": (out / CSV_PATH).stat().st_size / 1e6,
    }


def _visits(chromium: Browser, out: Path, address: str) -> dict[str, float]:
    ways = {"file": (out / "index.html").as_uri(), "http": f"{address}/index.html"}
    taken: dict[str, list[float]] = {}
    for turn in range(ROUNDS + 1):
        for way, where in ways.items():
            for name, value in _visit(chromium, where).items():
                label = f"first map, {way}, ms" if name == "first map" else name
                if turn:
                    taken.setdefault(label, []).append(value)
    return {name: median(values) for name, values in taken.items()}


def _visit(chromium: Browser, address: str) -> dict[str, float]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(f"({_WATCH})()")
    page.goto(address, wait_until="load")
    page.wait_for_function("() => window.mapAt && document.querySelector('[data-ready]')")
    first = float(page.evaluate("() => window.mapAt"))
    answers = list(map(float, page.evaluate(_ANSWERS, SWITCHES)))
    session = context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = float(session.send("Runtime.getHeapUsage")["usedSize"])
    context.close()
    return {"first map": first, "another figure, ms": median(answers), "heap, MB": heap / 1e6}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def report(found: Mapping[str, float]) -> str:
    """Write the figures as a table beside what they may be."""
    lines = ["| what | median | at most |", "|---|---|---|"]
    for name, value in found.items():
        limit = f"{LIMITS[name]:g}" if name in LIMITS else ""
        lines.append(f"| {name} | {value:.2f} | {limit} |")
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) > 1:  # a folder to look at
        _build(made_country(), Path(sys.argv[1]) / "cache", Path(sys.argv[1]) / "site")
    else:
        print(report(measure()))
