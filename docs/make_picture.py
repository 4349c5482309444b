"""Renew docs/kaart.png: build the embedded default and photograph the first plan page."""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "kaart.png"
SIZE = (1280, 1080)
"""Window that shows the head of the page and its whole map."""


def first_plan_area() -> str:
    """Read the slug of the first plan area from the data folder."""
    municipality = tomllib.loads((ROOT / "data" / "municipality.toml").read_text(encoding="utf-8"))
    return str(municipality["plan_areas"][0]["slug"])


def photograph(page_file: Path, picture: Path) -> None:
    """Open a page from disk in the system's Chromium and save what the window shows."""
    width, height = SIZE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": width, "height": height}, locale="nl-NL")
        page.goto(page_file.as_uri())
        page.locator("#kaart.live").wait_for()
        page.screenshot(path=picture)
        browser.close()


def main() -> None:
    """Build in a temporary folder, so that the site in maps/ stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "maps"
        command = [sys.executable, "-m", "geo_lv", "build", "--out", str(out)]
        subprocess.run(command, cwd=ROOT, check=True)
        photograph(out / "wijkuitvoeringsplan" / f"{first_plan_area()}.html", PICTURE)


if __name__ == "__main__":
    main()
