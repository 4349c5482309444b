"""A plan page is light: at most 0.3 MB with everything it loads, nothing compressed."""

from pathlib import Path

import pytest

from .conftest import NewVisit, Serve
from .reader import PLAN_PAGES, POLICY

LIMIT = 300_000


@pytest.mark.parametrize("path", PLAN_PAGES)
def test_plan_page_with_all_it_loads(path: str, site: Path, serve: Serve, visit: NewVisit) -> None:
    seen: list[str] = []
    reader = visit(f"{serve(site, POLICY, seen)}/{path}")
    reader.page.wait_for_load_state("networkidle")
    assert f"/{path}" in seen
    assert len(seen) > 3, "a page with a map loads a style, Leaflet and our own scripts"
    sizes = {name: (site / name.lstrip("/")).stat().st_size for name in set(seen)}
    assert sum(sizes.values()) <= LIMIT, dict(sorted(sizes.items(), key=lambda item: -item[1]))
