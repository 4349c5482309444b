"""A reader in a real browser: what a page shows, and everything that happened while it did.

Pages are asked in the reader's own terms where that can be: roles, names, captions, computed
colours. The few ids below are the ones that the page keeps for its own parts.
"""

import csv
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

PLANS: Final = ("de-heuvel-amstelwijk", "leidschendam-zuid", "essesteijn", "klein-plaspoelpolder")
PLAN_PAGES: Final = tuple(f"wijkuitvoeringsplan/{slug}.html" for slug in PLANS)
THEME_PAGES: Final = tuple(
    f"thema/{name}.html"
    for name in ("aandachtswijken", "nieuwbouw", "energielabels", "warmtetransitie")
)
MAP_PAGES: Final = ("index.html", *PLAN_PAGES, *THEME_PAGES)
EMBED_PAGES: Final = tuple(f"embed/{page}" for page in MAP_PAGES)
WIJK_PAGES: Final = tuple(f"wijk/wk1916{number:02}.html" for number in range(1, 14))
SHEET_PAGES: Final = ("wijk/wk191605.html", "wijk/wk191606.html")
"""Of the thirteen, which are alike: the fullest, and one with signals."""
MONITOR_PAGES: Final = ("monitor.html", "monitor-samenvatting.html")
FLOWING_PAGES: Final = (*MAP_PAGES, *MONITOR_PAGES, "verantwoording.html")
"""Pages that are as long as they are on paper; a sheet is one page."""
PAGES: Final = (*FLOWING_PAGES, *SHEET_PAGES)

POLICY: Final = {"Content-Security-Policy": "default-src 'self'"}
"""What a careful municipal web server sends."""

AREAS: Final = '[role=group][aria-label="Gebieden op de kaart"] [role=button]'
SITES: Final = ".leaflet-marker-pane [role=button]"
CHOOSER: Final = "#kies-cijfer"
SLIDER: Final = "#kies-jaar"
CARD: Final = "#kaartje"
FRAME: Final = ".map-frame"
DRAWING: Final = "#tekening"
LIVE_MAP: Final = ".leaflet-container"
MESSAGE: Final = "#kaart-melding"

WIJK_FIGURE: Final = "woz_waarde-2022"
BUURT_FIGURE: Final = "inwoners-2016"
"""Indicators that exist on one level only."""

MONEY: Final = "× € 1.000"
"""Unit of amounts in the downloads; a page shows such an amount in full."""

REASONS: Final = ("ontbreekt", "geheim", "niet van toepassing")
"""What stands in the place of a figure."""

_LOOPBACK: Final = {"127.0.0.1", "localhost"}


@dataclass
class Visit:
    """One page in a context of its own, with a record kept from before it was opened."""

    page: Page
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def open(self, address: str) -> "Visit":
        """Open an address and wait until everything that it needs is there."""
        self.page.goto(address, wait_until="load")
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the scripts of a page with a map have brought it to life, if it has any."""
        if self.page.locator(LIVE_MAP).count():
            self.page.locator("#kaart.live").wait_for()
        if self.page.locator("html.presenting").count():
            self.page.locator("#presentatie-balk").wait_for()

    def foreign(self) -> list[str]:
        """Return the requests that left this machine, or tried to."""
        parts = [(url, urlsplit(url)) for url in self.requests]
        return [
            url
            for url, part in parts
            if part.scheme not in {"file", "data", "blob"} and part.hostname not in _LOOPBACK
        ]

    def complaints(self) -> dict[str, list[str]]:
        """Return everything that a calm page does not have; empty if there is nothing."""
        found = {
            "console": self.console,
            "page errors": self.errors,
            "dialogs": self.dialogs,
            "failed requests": self.failed,
            "requests to another host": self.foreign(),
        }
        return {kind: items for kind, items in found.items() if items}

    def evaluate(self, script: str, value: Any = None) -> Any:
        """Run a function in the page."""
        return self.page.evaluate(script, value)


def watch(context: BrowserContext) -> Visit:
    """Open an empty page that notes all that happens in it."""
    visit = Visit(context.new_page())

    def said(message: ConsoleMessage) -> None:
        visit.console.append(f"{message.type}: {message.text}")

    def lost(request: Request) -> None:
        visit.failed.append(f"{request.url}: {request.failure}")

    visit.page.on("console", said)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("requestfailed", lost)
    visit.page.on(
        "response",
        lambda answer: (
            visit.failed.append(f"{answer.url}: {answer.status}") if not answer.ok else None
        ),
    )

    def refuse(dialog: Any) -> None:
        visit.dialogs.append(str(dialog.message))
        dialog.dismiss()

    visit.page.on("dialog", refuse)
    return visit


def choose(visit: Visit, option: str) -> None:
    """Choose an indicator by its value, the way a reader does."""
    visit.page.locator(CHOOSER).select_option(option)


def chosen(visit: Visit) -> str:
    """Return the indicator that the page starts with, scripts or not; empty if it has none."""
    found: str = visit.evaluate(
        "(chooser) => document.querySelector(chooser + ' option[selected]')?.value || ''", CHOOSER
    )
    return found


def options(visit: Visit) -> dict[str, str]:
    """Return every indicator that can be chosen: value to text."""
    found: dict[str, str] = visit.evaluate(
        """(chooser) => Object.fromEntries([...document.querySelector(chooser).options]
             .filter((option) => option.value).map((option) => [option.value, option.text]))""",
        CHOOSER,
    )
    return found


def headings(site: Path) -> dict[str, str]:
    """Return the heading that each indicator has in the tables, by its value in the chooser."""
    found = {}
    for row in download(site, "cijfers.csv"):
        option = f"{row['cijfer']}-{row['jaar']}" if row["jaar"] else row["cijfer"]
        unit = "" if row["eenheid"].lower() in {row["naam"].lower(), MONEY} else row["eenheid"]
        details = ", ".join(part for part in (unit, row["jaar"]) if part)
        words = f"{row['naam']} ({details})" if details else row["naam"]
        found[option] = words + (" – fictief" if row["fictief"] else "")
    return found


def download(site: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV beside the pages, as a Dutch spreadsheet reads them."""
    with (site / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@dataclass(frozen=True)
class ShownTable:
    """A table of figures as it stands in the page, texts without the numbers of notes."""

    columns: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    municipality: Mapping[str, str]
    """The row at the foot, by heading."""

    def column(self, heading: str) -> dict[str, str]:
        """Return the cells under a heading by the name of the area."""
        place = self.columns.index(heading)
        return {name: cells[place] for name, cells in self.rows.items()}


_TABLES: Final = """() => {
  const text = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("sup").forEach((mark) => mark.remove());
    return copy.textContent.trim().replace(/\\s+/g, " ");
  };
  return [...document.querySelectorAll("table")].map((table) => ({
    caption: table.caption.textContent.trim(),
    columns: [...table.tHead.rows[0].cells].map(text),
    rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map(text)),
    foot: table.tFoot ? [...table.tFoot.rows[0].cells].map(text) : [],
  }));
}"""


def every_table(visit: Visit) -> list[dict[str, Any]]:
    """Return caption, columns and rows of every table of the page."""
    found: list[dict[str, Any]] = visit.evaluate(_TABLES)
    return found


def tables(visit: Visit) -> dict[str, ShownTable]:
    """Return the tables that say what the map says, per level."""
    shown: dict[str, ShownTable] = {}
    for table in every_table(visit):
        level = re.match(r"Cijfers per (wijk|buurt)\b", table["caption"])
        if level:
            rows = {cells[0]: tuple(cells[1:]) for cells in table["rows"]}
            assert len(rows) == len(table["rows"]), "two rows of a table have the same name"
            foot = dict(zip(table["columns"], table["foot"], strict=True))
            shown[level[1]] = ShownTable(tuple(table["columns"][1:]), rows, foot)
    return shown


def visible_areas(visit: Visit) -> list[dict[str, Any]]:
    """Return the areas that can be seen: accessible name, fill, and box inside the page."""
    found: list[dict[str, Any]] = visit.evaluate(
        """(areas) => [...document.querySelectorAll(areas)].filter((area) => area.checkVisibility()
             && area.getBBox().width).map((area) => {
               const box = area.getBoundingClientRect();
               return { label: area.getAttribute("aria-label"), fill: getComputedStyle(area).fill,
                 box: [box.left, box.top, box.right, box.bottom] };
             })""",
        AREAS,
    )
    return found


def plain_name(label: str) -> str:
    """Return the name in ``name: figure``; names of areas hold no colon of their own."""
    return label.split(": ", 1)[0]


_LEGEND: Final = """(kind) => {
  const title = [...document.querySelectorAll("h3")].find((h) => h.textContent === "Legenda");
  const classes = title.closest("section");
  const lines = [...document.querySelectorAll("#kaart li")].filter((li) => li.checkVisibility()
    && li.querySelector("svg") && !li.closest("[aria-live]")
    && classes.contains(li) === (kind === "classes"));
  return lines.map((li) => {
    const shapes = li.querySelector("svg").querySelectorAll("rect, circle, path");
    return { words: li.querySelector("span").textContent.trim(),
      fill: getComputedStyle(shapes[shapes.length - 1]).fill };
  });
}"""


def legend(visit: Visit) -> list[dict[str, str]]:
    """Return the visible classes of the legend: words and fill, reasons for no figure included."""
    found: list[dict[str, str]] = visit.evaluate(_LEGEND, "classes")
    return found


def layer_keys(visit: Visit) -> list[dict[str, str]]:
    """Return the visible explanations of what lies over the areas: words and fill."""
    found: list[dict[str, str]] = visit.evaluate(_LEGEND, "layers")
    return found


_COUNT_COLOURS: Final = """async ([image, wanted, slack]) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + image;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const brush = canvas.getContext("2d");
  brush.drawImage(picture, 0, 0);
  const pixels = brush.getImageData(0, 0, picture.width, picture.height).data;
  const colours = wanted.map((text) => text.match(/\\d+/g).slice(0, 3).map(Number));
  const counts = wanted.map(() => 0);
  for (let at = 0; at < pixels.length; at += 4) {
    colours.forEach((colour, n) => {
      if (colour.every((part, i) => Math.abs(part - pixels[at + i]) <= slack)) counts[n] += 1;
    });
  }
  return counts;
}"""


def count_colours(visit: Visit, selector: str, colours: list[str]) -> list[int]:
    """Return how many pixels of a part of the page, as it is drawn, have each ``rgb()`` colour."""
    image = visit.page.locator(selector).first.screenshot(animations="disabled")
    blank = visit.page.context.new_page()
    try:
        counts: list[int] = blank.evaluate(_COUNT_COLOURS, [b64encode(image).decode(), colours, 3])
    finally:
        blank.close()
    return counts


def buurten_of_plans(data: Path) -> dict[str, set[str]]:
    """Return the names of the buurten of each plan area, from the downloads beside the pages."""
    names = {
        feature["properties"]["code"]: feature["properties"]["naam"]
        for feature in json.loads((data / "buurten.geojson").read_text("utf-8"))["features"]
    }
    return {slug: {names[code] for code in codes} for slug, codes in PLAN_CODES.items()}


PLAN_CODES: Final = {
    "de-heuvel-amstelwijk": ("BU19160600", "BU19160601", "BU19160602"),
    "leidschendam-zuid": ("BU19160502", "BU19160504"),
    "essesteijn": ("BU19160800", "BU19160801", "BU19160802", "BU19160803", "BU19160804"),
    "klein-plaspoelpolder": ("BU19160501",),
}
"""The four plan areas, as the municipality describes them."""
