"""What unfolds over a page folds up again: by Escape, by a click beside it, by another one."""

import pytest

from .conftest import Address, NewVisit
from .reader import PLAN_PAGES

OPEN = "details:is(.menu, .tool)[open]"


@pytest.mark.parametrize("path", [PLAN_PAGES[0], "verantwoording.html"])
def test_escape_folds_up_and_gives_the_focus_back(
    path: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    menu = reader.page.locator("details.menu summary")
    menu.press("Enter")
    reader.page.keyboard.press("Tab")
    assert reader.page.locator(OPEN).count() == 1
    assert reader.page.locator(".menu-panel a:focus").count() == 1
    reader.page.keyboard.press("Escape")
    assert reader.page.locator(OPEN).count() == 0
    assert menu.evaluate("(summary) => document.activeElement === summary")
    assert reader.complaints() == {}


def test_one_at_a_time_and_none_after_a_click_beside(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "file"))
    for name in ("Pagina’s", "Delen", "Bewaren", "Afdrukken"):
        reader.page.locator("summary", has_text=name).press("Enter")
        assert reader.page.locator(f"{OPEN} > summary").all_inner_texts() == [name]
    reader.page.locator("h1").click()
    assert reader.page.locator(OPEN).count() == 0
