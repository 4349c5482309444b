"""
Time pages in a headless Chromium: the first map, and the answer to another choice.

Every visit is a fresh context, so nothing is cached. What a page asks of another host is answered
from this machine at once: Leaflet with its own file, every other library with nothing at all. The
peer so has an endless fast internet, and does not even have to read most of its libraries.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Route, sync_playwright
from xstatic.pkg import leaflet

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
SWITCHES = 12
"""Choices made on each visit."""

_WATCH = """() => {
  const twoFrames = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
  const watch = (name, selector) => {
    if (document.querySelectorAll(selector).length < LEAST) {
      return requestAnimationFrame(() => watch(name, selector));
    }
    twoFrames(() => { window[name] = performance.now(); });
  };
  watch("drawnAt", ".drawing use.area, .leaflet-overlay-pane path");
  watch("liveAt", ".leaflet-overlay-pane path");
}"""
_OURS = """async (times) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const chooser = document.querySelector("#kies-cijfer"), taken = [];
  for (let n = 1; n <= times; n += 1) {
    const start = performance.now();
    chooser.selectedIndex = n;
    chooser.dispatchEvent(new Event("change", { bubbles: true }));
    await frame();
    await frame();
    taken.push(performance.now() - start);
  }
  return taken;
}"""
_PEER = """async (times) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const boxes = document.querySelectorAll(".leaflet-control-layers-overlays input"), taken = [];
  for (let n = 0; n < times; n += 1) {
    const start = performance.now();
    boxes[n].click();
    boxes[n + 1].click();
    await frame();
    await frame();
    taken.push(performance.now() - start);
  }
  return taken;
}"""


@dataclass(frozen=True)
class Visit:
    """What one visit to a page took."""

    first_map_ms: float
    live_map_ms: float
    """Until the map that can be moved is there; the same as the first for the peer."""
    answer_ms: float
    """Median over the choices that were made."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


def visit(chromium: Browser, path: Path, *, ours: bool, least_shapes: int) -> Visit:
    """
    Open a page once and time it.

    Parameters
    ----------
    chromium
        A running browser.
    path
        The page, opened as a file.
    ours
        Whether it has our chooser; else folium's control of layers.
    least_shapes
        So many shapes on the map mean that it is drawn.

    Returns
    -------
    visit
        Milliseconds from the start of the navigation to two frames after the shapes are there, and
        from a choice to two frames after it.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route(re.compile("^https://"), answer)
    page.add_init_script(f"({_WATCH.replace('LEAST', str(least_shapes))})()")
    page.goto(path.as_uri(), wait_until="load")
    page.wait_for_function("() => window.liveAt && window.drawnAt", timeout=120_000)
    first, live = map(float, page.evaluate("() => [window.drawnAt, window.liveAt]"))
    taken = list(map(float, page.evaluate(_OURS if ours else _PEER, SWITCHES)))
    context.close()
    return Visit(first, live, median(taken))


def answer(route: Route) -> None:
    """Answer a request to another host from this machine."""
    name = route.request.url.rsplit("/", 1)[-1]
    file = Path(leaflet.BASE_DIR, name)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    body = file.read_text(encoding="utf-8") if file.is_file() else ""
    route.fulfill(body=body, content_type=kind)
