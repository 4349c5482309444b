"""
Time pages in a headless Chromium: the first map, and the answer to another choice.

Every visit is a fresh context, so nothing is cached. What a page asks of another host is answered
from this machine at once: Leaflet with its own file, every other library with nothing at all. The
peer so has an endless fast internet, and does not even have to read most of its libraries.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from math import nan
from pathlib import Path
from statistics import median
from threading import Thread

from playwright.sync_api import Browser, Page, Route, sync_playwright
from xstatic.pkg import leaflet

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
WEBGL_FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--no-first-run",
)
"""For maps that are drawn with WebGL, which then runs on the processor."""
PATIENCE_MS = 120_000
SWITCHES = 12
"""Choices made on each visit."""

_AFTER_FRAME = """(then) => {
  const after = new MessageChannel();
  after.port1.onmessage = then;
  after.port2.postMessage(0);
}"""
"""Called in an animation frame: the message comes when that frame is painted."""
_WATCH = f"""(tests) => {{
  const afterFrame = {_AFTER_FRAME};
  const watch = (name) => requestAnimationFrame(() => {{
    if (!tests[name]()) watch(name);
    else afterFrame(() => {{ window[name] = performance.now(); }});
  }});
  Object.keys(tests).forEach(watch);
}}"""
_CHOOSE = """(n) => {
  const chooser = document.querySelector("#kies-cijfer");
  chooser.selectedIndex = n + 1;
  chooser.dispatchEvent(new Event("change", { bubbles: true }));
}"""
_SWITCH = """(n) => {
  const boxes = document.querySelectorAll(".leaflet-control-layers-overlays input");
  boxes[n].click();
  boxes[n + 1].click();
}"""
_PLOTLY_MAP = 'document.querySelector(".js-plotly-plot")?._fullLayout?.map?._subplot?.map'
_RESTYLE = f"""async (n) => {{
  const graph = document.querySelector(".js-plotly-plot"), map = {_PLOTLY_MAP};
  const [change] = graph.layout.updatemenus[0].buttons[n + 1].args;
  await window.Plotly.restyle(graph, change);
  await new Promise((done) => {{ map.once("idle", done); map.triggerRepaint(); }});
}}"""
_ANSWERS = f"""async (times) => {{
  const afterFrame = {_AFTER_FRAME}, taken = [];
  for (let n = 0; n < times; n += 1) {{
    const start = performance.now();
    await (ACT)(n);
    await new Promise((done) => requestAnimationFrame(() => afterFrame(done)));
    taken.push(performance.now() - start);
  }}
  return taken;
}}"""


@dataclass(frozen=True)
class Subject:
    """A page to time, and how to tell that its map is there."""

    name: str
    address: str
    drawn: str
    """JavaScript expression: whether the shapes of the first map are there."""
    live: str
    """The same of the map that can be moved."""
    act: str
    """Script that makes the n-th choice."""
    choices: int = SWITCHES
    """Choices made on each visit; none on a page of one figure."""
    webgl: bool = False


def shapes(selector: str, least: int) -> str:
    """Write the expression: so many elements are there."""
    return f"document.querySelectorAll({selector!r}).length >= {least}"


def ours(name: str, page: Path, least: int, *, view: str = "", drawn: str = "") -> Subject:
    """Describe one of our pages, opened with a view in its address."""
    first = shapes(drawn or ".drawing use.area", least)
    live = shapes(".leaflet-overlay-pane path", least)
    return Subject(name, f"{page.as_uri()}{view}", first, live, _CHOOSE)


def peer(name: str, page: Path, least: int, *, choices: int = SWITCHES) -> Subject:
    """Describe a folium page; the first map is the one that can be moved."""
    drawn = shapes(".leaflet-overlay-pane path", least)
    return Subject(name, page.as_uri(), drawn, drawn, _SWITCH, choices)


def plotly_peer(name: str, address: str, least: int, *, choices: int = SWITCHES) -> Subject:
    """Describe a page of plotly; its map stays empty unless it comes from a server."""
    areas = f"({_PLOTLY_MAP}).queryRenderedFeatures().length >= {least}"
    drawn = f"{_PLOTLY_MAP} && ({_PLOTLY_MAP}).loaded() && {areas}"
    return Subject(name, address, drawn, drawn, _RESTYLE, choices, webgl=True)


@dataclass(frozen=True)
class Visit:
    """What one visit to a page took: milliseconds, and what it asked for and kept."""

    first_map: float
    """From the start of the navigation until a frame with the shapes is painted."""
    live_map: float
    """Until the map that can be moved is there."""
    answer: float
    """From a choice until it is painted, the median over the choices; NaN if there are none."""
    heap_mb: float
    """What JavaScript keeps after the choices, once the rubbish is collected."""
    foreign: int
    """Requests to other hosts."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@contextmanager
def browsers() -> Iterator[dict[bool, Browser]]:
    """Start two: for a page without WebGL, and for one with it."""
    with sync_playwright() as playwright:
        start = partial(playwright.chromium.launch, executable_path=CHROMIUM)
        found = {False: start(args=list(FLAGS)), True: start(args=list(WEBGL_FLAGS))}
        yield found
        for each in found.values():
            each.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; give its address."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing about a request."""


def visit(chromium: Browser, subject: Subject) -> Visit:
    """Open a page once in a fresh context and time it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    page.route(re.compile("^https://"), partial(answer, asked))
    tests = f"{{ drawnAt: () => {subject.drawn}, liveAt: () => {subject.live} }}"
    page.add_init_script(f"({_WATCH})({tests})")
    page.goto(subject.address, wait_until="load", timeout=PATIENCE_MS)
    page.wait_for_function("() => window.liveAt && window.drawnAt", timeout=PATIENCE_MS)
    first, live = map(float, page.evaluate("() => [window.drawnAt, window.liveAt]"))
    taken = page.evaluate(_ANSWERS.replace("ACT", subject.act), subject.choices)
    heap = kept(page)
    context.close()
    return Visit(first, live, median(map(float, taken or [nan])), heap, len(asked))


def kept(page: Page) -> float:
    """Collect the rubbish of a page and weigh what JavaScript keeps, in megabytes."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    found = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in found if each["name"] == "JSHeapUsedSize") / 1e6)


def middle(found: Sequence[Visit]) -> Visit:
    """Return the median of each figure over the visits to a page."""
    columns = zip(*map(astuple, found), strict=True)
    first, live, answer_ms, heap, foreign = map(median, columns)
    return Visit(first, live, answer_ms, heap, round(foreign))


def answer(asked: list[str], route: Route) -> None:
    """Answer a request to another host from this machine, and note its address."""
    asked.append(route.request.url)
    name = route.request.url.rsplit("/", 1)[-1]
    file = Path(leaflet.BASE_DIR, name)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    body = file.read_text(encoding="utf-8") if file.is_file() else ""
    route.fulfill(body=body, content_type=kind)
