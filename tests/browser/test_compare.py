"""Finding an area by its name, and two areas side by side."""

import pytest

from .conftest import Address, NewVisit
from .reader import CARD, MESSAGE, PLAN_PAGES, Visit, choose, tables, visible_areas

FIND = "#zoek-gebied"
COMPARISON = "#vergelijk"
WIJK_FIGURE = "woz_waarde-2022"


def find(reader: Visit, text: str) -> None:
    reader.page.locator(FIND).fill(text)
    reader.page.locator(FIND).press("Enter")


def sides(reader: Visit) -> list[str]:
    """Return the names on the card, one or two."""
    card = reader.page.locator(CARD)
    two = card.locator("h4").all_inner_texts()
    return two or [card.locator("h3").inner_text()]


@pytest.mark.parametrize("text", ["Stompwijk (wijk)", "stompwijk (wijk)", "Stompwijk wijk"])
def test_a_name_is_found_and_pinned(text: str, address: Address, visit: NewVisit) -> None:
    reader = visit(address("index.html", "policy"))
    find(reader, text)
    assert sides(reader) == ["Stompwijk"]
    assert reader.page.locator("[aria-pressed=true]").count() == 1
    assert reader.page.locator(MESSAGE).inner_text() == ""
    assert reader.complaints() == {}


def test_every_area_can_be_found_by_its_name(address: Address, visit: NewVisit) -> None:
    reader = visit(address("index.html", "file"))
    offered: list[str] = reader.evaluate(
        "() => [...document.querySelectorAll('#zoek-namen option')].map((one) => one.value)"
    )
    names = {f"{name} ({level})" for level, table in tables(reader).items() for name in table.rows}
    assert set(offered) == names
    for text in offered:
        reader.page.keyboard.press("Escape")
        find(reader, text)
        assert text.startswith(sides(reader)[-1]), text


def test_a_name_that_fits_several_asks_which(address: Address, visit: NewVisit) -> None:
    reader = visit(address("index.html", "file"))
    find(reader, "voorburg")
    message = reader.page.locator(MESSAGE).inner_text()
    assert message.startswith("Kies er één: ")
    assert reader.page.locator("[aria-pressed=true]").count() == 0


def test_an_answer_to_a_search_is_in_view(address: Address, visit: NewVisit) -> None:
    reader = visit(address("index.html", "file"), viewport={"width": 1440, "height": 900})
    find(reader, "Rijswijk")
    box = reader.page.locator(MESSAGE).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900
    assert reader.evaluate("() => scrollY") == 0


def test_a_buurt_says_what_its_wijk_has(address: Address, visit: NewVisit) -> None:
    """For 2022 there are only figures per wijk."""
    reader = visit(address("index.html", "file"))
    choose(reader, WIJK_FIGURE)
    value = tables(reader)["wijk"].rows["Prinsenhof"]
    columns = tables(reader)["wijk"].columns
    [place] = [n for n, name in enumerate(columns) if name == "Gemiddelde WOZ-waarde (2022)"]
    find(reader, "Prinsenhof hoog (buurt)")
    card = reader.page.locator(CARD).inner_text()
    assert "Dit cijfer is er per wijk, niet per buurt." in card
    assert f"De hele wijk Prinsenhof: {value[place]}" in card


def test_an_unknown_name_is_said_as_it_was_written(address: Address, visit: NewVisit) -> None:
    reader = visit(address("index.html", "policy"))
    find(reader, "<img src=x onerror=alert(1)>")
    message = reader.page.locator(MESSAGE).inner_text()
    assert message == "Geen wijk of buurt op deze kaart heet “<img src=x onerror=alert(1)>”."
    assert reader.complaints() == {}


def test_a_buurt_on_a_map_of_wijken_says_why_it_has_no_figure(
    address: Address, visit: NewVisit
) -> None:
    reader = visit(address("index.html", "file"))
    choose(reader, WIJK_FIGURE)
    find(reader, "Leidsenhage (buurt)")
    assert sides(reader) == ["Leidsenhage"]
    assert "Dit cijfer is er per wijk, niet per buurt." in reader.page.locator(CARD).inner_text()


@pytest.mark.parametrize("path", ["index.html", *PLAN_PAGES])
def test_two_areas_stand_side_by_side_with_the_figures_of_the_table(
    path: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    choose(reader, WIJK_FIGURE)
    assert not reader.page.locator(COMPARISON).is_visible()
    labels = [area["label"] for area in visible_areas(reader)]
    names = [label.split(": ")[0] for label in labels]
    for label in labels[:3]:
        reader.page.get_by_role("button", name=label, exact=True).press("Enter")
    pinned = names[:3][-2:]
    assert sides(reader) == pinned, "a third area takes the place of the first"
    rows: list[list[str]] = reader.evaluate(
        """(part) => [...document.querySelectorAll(part + " tr")]
             .map((row) => [...row.cells].map((cell) => cell.textContent))""",
        COMPARISON,
    )
    assert rows[0] == ["Cijfer", *pinned, "Gemeente"]
    shown = tables(reader)["wijk"]
    column = next(c for c in shown.columns if c.startswith("Gemiddelde WOZ"))
    [woz] = [row for row in rows if row[0].startswith("Gemiddelde WOZ")]
    cells = shown.column(column)
    assert [cells[name] in text for name, text in zip(pinned, woz[1:3], strict=True)] == [
        True,
        True,
    ]
    assert shown.municipality[column] in woz[3]
    assert len(rows) > 20
    assert reader.complaints() == {}


def test_the_button_on_the_card_lets_go(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "file"))
    label = visible_areas(reader)[0]["label"]
    reader.page.get_by_role("button", name=label, exact=True).press("Enter")
    card = reader.page.locator(CARD)
    card.get_by_role("button", name="Losmaken").click()
    assert reader.page.locator("[aria-pressed=true]").count() == 0
    assert card.get_by_role("button", name="Losmaken").count() == 0
    focused = reader.evaluate("() => document.activeElement.id")
    assert focused == "kaartje-titel", "the focus is not lost with the button"
