"""
Time pages in a headless Chromium: the first map, and the answer to another choice.

Every visit is a fresh context, so nothing is cached. What a page asks of another host is answered
from this machine at once: Leaflet with its own file, every other library with nothing at all. The
peer so has an endless fast internet, and does not even have to read most of its libraries.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Route, sync_playwright
from xstatic.pkg import leaflet

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
SWITCHES = 12
"""Choices made on each visit."""

_WATCH = """() => {
  const ready = () => {
    const shapes = document.querySelectorAll(".leaflet-overlay-pane path");
    if (shapes.length < LEAST) return requestAnimationFrame(ready);
    requestAnimationFrame(() => requestAnimationFrame(() => { window.mapAt = performance.now(); }));
  };
  ready();
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
    page.route("https://**", answer)
    page.add_init_script(f"({_WATCH.replace('LEAST', str(least_shapes))})()")
    page.goto(path.as_uri(), wait_until="load")
    page.wait_for_function("() => window.mapAt", timeout=120_000)
    first = float(page.evaluate("() => window.mapAt"))
    taken = list(map(float, page.evaluate(_OURS if ours else _PEER, SWITCHES)))
    context.close()
    return Visit(first, median(taken))


def answer(route: Route) -> None:
    """Answer a request to another host from this machine."""
    name = route.request.url.rsplit("/", 1)[-1]
    file = Path(leaflet.BASE_DIR, name)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    body = file.read_text(encoding="utf-8") if file.is_file() else ""
    route.fulfill(body=body, content_type=kind)


def shapes_on(page: Page) -> int:
    """Count the shapes on the map of a page."""
    return page.locator(".leaflet-overlay-pane path").count()
