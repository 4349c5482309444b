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

_AFTER_FRAME = """(then) => {
  const after = new MessageChannel();
  after.port1.onmessage = then;
  after.port2.postMessage(0);
}"""
"""Called in an animation frame: the message comes when that frame is painted."""
_WATCH = f"""([drawn, live, least]) => {{
  const afterFrame = {_AFTER_FRAME};
  const watch = (name, selector) => requestAnimationFrame(() => {{
    if (document.querySelectorAll(selector).length < least) watch(name, selector);
    else afterFrame(() => {{ window[name] = performance.now(); }});
  }});
  watch("drawnAt", drawn);
  watch("liveAt", live);
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
_ANSWERS = f"""async (times) => {{
  const afterFrame = {_AFTER_FRAME}, taken = [];
  for (let n = 0; n < times; n += 1) {{
    const start = performance.now();
    (ACT)(n);
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
    """Selector of the shapes of the first map."""
    live: str
    """Selector of the shapes of the map that can be moved."""
    least: int
    """So many shapes mean that it is drawn."""
    act: str
    """Script that makes the n-th choice."""


def ours(name: str, page: Path, least: int, *, view: str = "", drawn: str = "") -> Subject:
    """Describe one of our pages, opened with a view in its address."""
    live = ".leaflet-overlay-pane path"
    first = drawn or ".drawing use.area"
    return Subject(name, f"{page.as_uri()}{view}", first, live, least, _CHOOSE)


def peer(name: str, page: Path, least: int) -> Subject:
    """Describe a folium page; the first map is the one that can be moved."""
    shapes = ".leaflet-overlay-pane path"
    return Subject(name, page.as_uri(), shapes, shapes, least, _SWITCH)


@dataclass(frozen=True)
class Visit:
    """What one visit to a page took, in milliseconds."""

    first_map: float
    """From the start of the navigation until a frame with the shapes is painted."""
    live_map: float
    """Until the map that can be moved is there."""
    answer: float
    """From a choice until it is painted, the median over the choices."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


def visit(chromium: Browser, subject: Subject) -> Visit:
    """Open a page once in a fresh context and time it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route(re.compile("^https://"), answer)
    wanted = [subject.drawn, subject.live, subject.least]
    page.add_init_script(f"({_WATCH})({wanted!r})")
    page.goto(subject.address, wait_until="load")
    page.wait_for_function("() => window.liveAt && window.drawnAt", timeout=120_000)
    first, live = map(float, page.evaluate("() => [window.drawnAt, window.liveAt]"))
    taken = list(map(float, page.evaluate(_ANSWERS.replace("ACT", subject.act), SWITCHES)))
    context.close()
    return Visit(first, live, median(taken))


def answer(route: Route) -> None:
    """Answer a request to another host from this machine."""
    name = route.request.url.rsplit("/", 1)[-1]
    file = Path(leaflet.BASE_DIR, name)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    body = file.read_text(encoding="utf-8") if file.is_file() else ""
    route.fulfill(body=body, content_type=kind)
