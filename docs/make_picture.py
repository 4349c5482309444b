"""Renew the pictures of README.md and docs/: build the embedded default and photograph it."""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, Route, sync_playwright

ROOT: Final = Path(__file__).parent.parent
DOCS: Final = ROOT / "docs"
BROWSERS: Final = ("chromium-headless-shell", "chromium")
COLOURS: Final = 48
"""Of a palette: flat colours and letters need no more, and the files stay small."""
MARGIN: Final = 12
"""Pixels around a part of a page."""
ADDRESS: Final = "https://wijken.example"
"""Where the pages seem to stand, so that no picture shows a folder of this machine."""
WIDE: Final = (1280, 840)
"""Window that shows the head of a page and its map."""
SHEET: Final = (1180, 1000)
PHONE: Final = (390, 1300)
PLAN: Final = "wijkuitvoeringsplan/de-heuvel-amstelwijk.html"
SITES: Final[Mapping[str, tuple[str, ...]]] = {
    "maps": (),
    "maps-intern": ("--edition", "intern"),
}
"""Folder of each site to the options that make it."""


@dataclass(frozen=True)
class Picture:
    """What is photographed."""

    path: str
    """From docs/."""
    page: str
    """From the folder of the sites, with what its address says."""
    window: tuple[int, int] = WIDE
    part: str = ""
    """CSS selector of what is kept; all that the window shows if empty."""
    press: tuple[str, ...] = ()
    """CSS selectors of what is clicked first."""


def _of_guide(name: str) -> str:
    return f"handleiding/beelden/{name}.png"


PICTURES: Final = (
    Picture("kaart.png", f"maps/{PLAN}"),
    Picture(_of_guide("overzicht"), "maps/index.html", window=(1280, 900)),
    Picture(
        _of_guide("plankaart"),
        f"maps/{PLAN}#indicator=woz_waarde-2022&gebied=WK191606,WK191602&lagen=plan",
        part=".map-grid",
    ),
    Picture(_of_guide("legenda"), "maps/index.html#indicator=inwoners-2016", part="#legenda"),
    Picture(
        _of_guide("signaal"),
        "maps/index.html#indicator=woz_waarde-2022&gebied=WK191606&lagen=attention,signals",
        part=".map-grid",
    ),
    Picture(_of_guide("fasering"), "maps/thema/warmtetransitie.html", part="#fasering figure"),
    Picture(_of_guide("wijkblad"), "maps/wijk/wk191606.html", window=SHEET),
    Picture(_of_guide("monitor"), "maps/monitor.html", part=".tallies"),
    Picture(_of_guide("verantwoording"), "maps/verantwoording.html", part="#tabel-koppeling"),
    Picture(_of_guide("intern"), "maps-intern/index.html", window=(1280, 420)),
    Picture(_of_guide("telefoon"), f"maps/{PLAN}", window=PHONE),
    Picture(
        _of_guide("delen"),
        f"maps/{PLAN}",
        part=".tool-panel:has(#deel-code)",
        press=(".tool:has(#deel-code) summary", "#deel-code"),
    ),
)


def build(folder: Path) -> None:
    """Build each site beside the others, so that the one in maps/ stays as it is."""
    for name, options in SITES.items():
        command = [sys.executable, "-m", "geo_lv", "build", "--out", str(folder / name), *options]
        subprocess.run(command, cwd=ROOT, check=True)


@contextmanager
def opened(browser: Browser, folder: Path, picture: Picture) -> Iterator[Page]:
    """Open a page of a folder, and do what the picture needs."""
    width, height = picture.window
    page = browser.new_page(
        viewport={"width": width, "height": height},
        locale="nl-NL",
        permissions=["clipboard-read", "clipboard-write"],
    )

    def answer(route: Route) -> None:
        route.fulfill(path=folder / urlsplit(route.request.url).path.removeprefix("/"))

    page.route(f"{ADDRESS}/**", answer)
    page.goto(f"{ADDRESS}/{picture.page}")
    if page.locator("#kaart").count():
        page.locator("#kaart.live").wait_for()
    for selector in picture.press:
        page.locator(selector).click()
    yield page
    page.close()


def photograph(page: Page, picture: Picture) -> bytes:
    """Return a PNG of what is kept of a page."""
    if not picture.part:
        return page.screenshot()
    box = page.locator(picture.part).first.bounding_box()
    if box is None:
        msg = f"{picture.page} does not show {picture.part}"
        raise LookupError(msg)
    clip: FloatRect = {
        "x": box["x"] - MARGIN,
        "y": box["y"] - MARGIN,
        "width": box["width"] + 2 * MARGIN,
        "height": box["height"] + 2 * MARGIN,
    }
    return page.screenshot(clip=clip, full_page=True)


def with_few_colours(png: bytes) -> bytes:
    """Return the same picture in its most used colours: those of maps and legends stay exact."""
    whole = Image.open(io.BytesIO(png)).convert("RGB")
    colours, counts = np.unique(np.asarray(whole).reshape(-1, 3), axis=0, return_counts=True)
    most_used = colours[np.argsort(-counts, kind="stable")][:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette(most_used.ravel().tolist())
    few = whole.quantize(palette=palette, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main() -> None:
    """Make every picture, and say how large it is."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build(Path(folder))
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for picture in PICTURES:
            with opened(browser, Path(folder), picture) as page:
                png = with_few_colours(photograph(page, picture))
            (DOCS / picture.path).write_bytes(png)
            sys.stdout.write(f"{picture.path}: {len(png) // 1000} kB\n")
        browser.close()


if __name__ == "__main__":
    main()
