"""One browser, a fresh reader for every visit."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from .reader import POLICY, Visit, watch

NewVisit = Callable[..., Visit]
Serve = Callable[..., str]
Address = Callable[[str, str], str]

WAYS = ("file", "server", "policy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("browser")


@pytest.fixture
def visit(chromium: Browser) -> Iterator[NewVisit]:
    """Give a function that opens a page in a context of its own."""
    with ExitStack() as stack:

        def start(address: str = "about:blank", **settings: Any) -> Visit:
            # a reader who asked for less motion, so that nothing is measured halfway
            context = chromium.new_context(**{"reduced_motion": "reduce", **settings})
            stack.callback(context.close)
            return watch(context).open(address)

        yield start


@pytest.fixture
def address(site: Path, serve: Serve) -> Address:
    """Give a function that returns where a page of the site is found in one of the ways."""

    def find(page: str, way: str) -> str:
        if way == "file":
            return (site / page).as_uri()
        return f"{serve(site, POLICY if way == 'policy' else None)}/{page}"

    return find
