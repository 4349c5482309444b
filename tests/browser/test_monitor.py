"""The monitor: choosing goals, links to one goal, and reasons that open; without scripts too."""

import re
from pathlib import Path

from geo_lv.site import BuildOptions, build_site
from tests import small_folder
from tests.monitor import example
from tests.monitor.conftest import HEADER

from .conftest import Address, NewVisit
from .paper import printed
from .reader import Visit

MONITOR = "monitor.html"
GOALS = 'tbody[data-state]:not([data-state=""])'
LINE = "j-b9-groei"


def shown(reader: Visit) -> list[str]:
    """Return the ids of the goals that a reader sees."""
    found: list[str] = reader.evaluate(
        "(goals) => [...document.querySelectorAll(goals)]"
        ".filter((each) => each.checkVisibility()).map((each) => each.id)",
        GOALS,
    )
    return found


def told(reader: Visit) -> str:
    return reader.page.locator(".filter-found").inner_text()


def test_a_choice_shows_those_goals_and_no_others(address: Address, visit: NewVisit) -> None:
    reader = visit(address(MONITOR, "policy"))
    every = shown(reader)
    assert len(every) == 37
    assert told(reader) == ""
    reader.page.get_by_label("Stand", exact=True).select_option("loopt achter")
    late = shown(reader)
    assert LINE in late
    assert 0 < len(late) < len(every)
    assert told(reader) == f"{len(late)} van 37 doelen: loopt achter."
    reader.page.get_by_label("Partij", exact=True).select_option("Vidomes")
    assert set(shown(reader)) == {name for name in late if "wooninvest" not in name}
    reader.page.get_by_label("Deel", exact=True).select_option("thema-d")
    assert shown(reader) == []
    assert not reader.page.locator("#thema-b").is_visible(), "a part without goals goes away"
    for name in ("Deel", "Partij", "Stand"):
        reader.page.get_by_label(name, exact=True).select_option("")
    assert shown(reader) == every
    assert reader.complaints() == {}


def test_a_choice_is_in_the_address_and_opens_again(address: Address, visit: NewVisit) -> None:
    reader = visit(address(MONITOR, "policy"))
    reader.page.get_by_label("Stand", exact=True).select_option("gehaald")
    found, link = shown(reader), reader.page.url
    assert link.endswith("#stand=gehaald")
    again = visit(link)
    assert shown(again) == found
    assert again.page.get_by_label("Stand", exact=True).input_value() == "gehaald"


def test_a_choice_that_does_not_exist_shows_everything(address: Address, visit: NewVisit) -> None:
    reader = visit(
        address(MONITOR, "policy") + "#stand=<img src=x onerror=alert(1)>&partij=%E0%A4%A"
    )
    assert len(shown(reader)) == 37
    assert reader.complaints() == {}


def test_a_link_to_a_goal_opens_its_reasons_in_view(address: Address, visit: NewVisit) -> None:
    reader = visit(address(MONITOR, "policy") + f"#{LINE}")
    row = reader.page.locator(f"#{LINE}")
    assert row.locator("details").get_attribute("open") is not None
    text = row.inner_text()
    assert "Volgens die lijn had het 270 woningen op 30 april 2023 moeten zijn." in text
    assert "Nog nodig: 561 woningen in 7,7 jaar, dus 74 woningen per jaar." in text
    box = row.bounding_box()
    assert box is not None
    assert -1 <= box["y"] < 400


def test_a_link_to_a_goal_that_is_not_chosen_ends_the_choice(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(address(MONITOR, "policy") + "#stand=gehaald")
    assert LINE not in shown(reader)
    reader.page.locator(f'#afwijkingen a[href="#{LINE}"]').first.click()
    reader.page.locator(f"#{LINE}").wait_for()  # the page answers after the address has changed
    assert LINE in shown(reader)
    assert told(reader) == ""


def test_the_sheet_leads_to_the_goals(address: Address, visit: NewVisit) -> None:
    reader = visit(address("monitor-samenvatting.html", "policy"))
    reader.page.locator(f'a[href="monitor.html#{LINE}"]').click()
    reader.page.wait_for_url(re.compile(f"monitor.html#{LINE}$"))
    assert reader.page.locator(f"#{LINE} details").get_attribute("open") is not None


def test_the_sheet_is_one_page_however_much_goes_wrong(tmp_path: Path, visit: NewVisit) -> None:
    """Thirty goals with long names, all missed: the first eight fit, the rest is counted."""
    data, out = tmp_path / "data", tmp_path / "site"
    small_folder.make(data)
    many = [example.long_point(number) for number in range(30)]
    (data / "agreements" / "afspraken.toml").write_text(example.HEAD + "".join(many), "utf-8")
    rows = [example.row(f"lang-{number}", "2025-12-31", "99") for number in range(30)]
    text = "".join(f"{row}\n" for row in (HEADER.strip(), *rows))
    (data / "agreements" / "metingen.csv").write_text(text, "utf-8")
    build_site(BuildOptions(data, out, peildatum="2026-06-30"))
    reader = visit((out / "monitor-samenvatting.html").as_uri())
    sheets = printed(reader).sheets
    assert len(sheets) == 1
    assert sheets[0].text.count("niet gehaald") >= 8
    assert "op de monitor staan er nog 22" in " ".join(sheets[0].text.split())


def test_without_scripts_everything_is_there_and_nothing_to_choose(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(address(MONITOR, "policy"), java_script_enabled=False)
    assert reader.page.locator(GOALS).count() == 37
    assert not reader.page.locator("#filter").is_visible()
    first = reader.page.locator(f"#{LINE} summary")
    first.click()
    assert reader.page.locator(f"#{LINE} .reasons-text").is_visible()
