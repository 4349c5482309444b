"""A page is light: at most 0.3 MB for a plan with everything it loads, nothing compressed."""

import re
from pathlib import Path
from typing import Final

import pytest

from geo_lv.maps import assets

from .conftest import NewVisit, Serve
from .reader import PLAN_PAGES, POLICY

LIMIT: Final = 300_000
SCRIPT_LIMIT: Final = 40_000
STATIC: Final = Path(assets.__file__).parent / "static"
_COMMENT: Final = re.compile(r"/\*\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("path", PLAN_PAGES)
def test_plan_page_with_all_it_loads(path: str, site: Path, serve: Serve, visit: NewVisit) -> None:
    seen: list[str] = []
    reader = visit(f"{serve(site, POLICY, seen)}/{path}")
    reader.page.wait_for_load_state("networkidle")
    assert f"/{path}" in seen
    assert len(seen) > 3, "a page with a map loads a style, Leaflet and our own scripts"
    sizes = {name: (site / name.lstrip("/")).stat().st_size for name in set(seen)}
    assert sum(sizes.values()) <= LIMIT, dict(sorted(sizes.items(), key=lambda item: -item[1]))


def test_our_scripts_on_a_page_are_short_as_they_are_written() -> None:
    """Names, line ends and indents counted; only comments and blank lines are not."""
    code = [_COMMENT.sub("", (STATIC / name).read_text("utf-8")) for name in assets.SCRIPTS]
    lines = [line for text in code for line in text.splitlines() if line.strip()]
    assert sum(len(line.encode()) + 1 for line in lines) <= SCRIPT_LIMIT
    assert all("function" in text for text in code)


def test_tools_are_loaded_only_when_they_are_opened(
    site: Path, serve: Serve, visit: NewVisit
) -> None:
    seen: list[str] = []
    reader = visit(f"{serve(site, POLICY, seen)}/{PLAN_PAGES[0]}")
    reader.page.wait_for_load_state("networkidle")
    tools = f"/{assets.bundle().tools.path}"
    assert tools not in seen
    assert reader.page.locator(".tool-panel button:not([disabled])").count() == 0
    reader.page.get_by_text("Delen", exact=True).click()
    reader.page.locator(".tool-panel button:not([disabled])").first.wait_for()
    reader.page.get_by_text("Bewaren", exact=True).click()
    assert seen.count(tools) == 1
    assert reader.page.locator(".tool-panel button[disabled]").count() == 0
    assert reader.complaints() == {}
