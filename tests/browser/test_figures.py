"""Map, card, table and download say the same of every area for every indicator."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from geo_lv.properties import LABELS

from .conftest import Address, NewVisit
from .reader import (
    AREAS,
    CARD,
    CHOOSER,
    MONEY,
    PLAN_PAGES,
    REASONS,
    Visit,
    download,
    headings,
    options,
    tables,
)

GEMEENTE: Final = "Leidschendam-Voorburg"
COMPUTED: Final = (
    *("corporatiewoningen", "aandeel_vidomes", "aandeel_wooninvest"),
    *("label_efg", "nieuwbouw_sociaal"),
)
"""Counted by geo_lv itself and shown without decimals."""

_SHOWN: Final = """([chooser, areas, card]) => {
  const select = document.querySelector(chooser);
  const legend = () => {
    const title = [...document.querySelectorAll("h3")].find((h) => h.textContent === "Legenda");
    return [...title.parentElement.querySelectorAll("li")].filter((li) => li.checkVisibility())
      .filter((li) => li.querySelector("rect"))
      .map((li) => [li.querySelector("span").textContent.trim(),
        getComputedStyle(li.querySelector("rect")).fill]);
  };
  return [...select.options].filter((option) => option.value).map((option) => {
    select.value = option.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    const seen = [...document.querySelectorAll(areas)].filter((area) => area.checkVisibility());
    return { option: option.value, legend: legend(), areas: seen.map((area) => {
      area.focus();
      return { label: area.getAttribute("aria-label"), fill: getComputedStyle(area).fill,
        title: document.querySelector(card + " h3").innerText,
        card: document.querySelector(card).innerText.split("\\n").map((line) => line.trim()) };
    }) };
  });
}"""


@dataclass(frozen=True)
class Expected:
    """What the download says of one area for one indicator."""

    text: str
    """Formatted the Dutch way, or why there is no figure."""
    value: float | None
    unit: str
    label: str
    """Label class, for the mean label only."""


def decimals() -> dict[str, int]:
    catalogue = Path(__file__).parents[2] / "data" / "statistics" / "indicators.toml"
    items = tomllib.loads(catalogue.read_text("utf-8"))["indicator"]
    return dict.fromkeys(COMPUTED, 0) | {item["id"]: item["decimals"] for item in items}


def dutch(value: float, places: int) -> str:
    return f"{value:,.{places}f}".translate(str.maketrans(",.-", ".,−"))


def expectations(site: Path) -> dict[tuple[str, str, str], Expected]:
    """Return what must be shown by level, name of the area and value in the chooser."""
    places = decimals()
    found = {}
    for row in download(site, "cijfers.csv"):
        option = f"{row['cijfer']}-{row['jaar']}" if row["jaar"] else row["cijfer"]
        value = float(row["waarde"].replace(",", ".")) if row["waarde"] else None
        text = row["reden"] or row["label"]
        if value is not None and not text:
            text = dutch(value, places[row["cijfer"]])
        if value is not None and row["eenheid"] == MONEY:
            value *= 1000
            text = f"€ {dutch(value, 0)}"
        key = (row["niveau"], row["gebied"], option)
        assert key not in found, f"two rows for {key}"
        found[key] = Expected(text, value, row["eenheid"].replace(MONEY, ""), row["label"])
    return found


NO_ROW: Final = Expected("ontbreekt", None, "", "")


def in_class(expected: Expected, words: str) -> bool:
    """Return whether a figure belongs to a class of the legend, by the words of that class."""
    if expected.label:
        best = words.removesuffix(" en beter")
        return LABELS.index(expected.label) <= LABELS.index(best) and (
            best != words or expected.label == best
        )
    assert expected.value is not None
    numbers = [
        float(number.replace(".", "").replace(",", ".").replace("−", "-"))
        for number in re.findall(r"−?\d[\d.]*(?:,\d+)?", words)
    ]
    if words == "alle waarden":
        return True
    if len(numbers) == 1 and words[-1].isdigit() and words[0] in "€0123456789":
        return expected.value == numbers[0]
    if words.startswith("minder dan"):
        return expected.value < numbers[0]
    if words.endswith("of meer"):
        return expected.value >= numbers[0]
    return numbers[0] <= expected.value < numbers[1]


def wrong_colour(area: dict[str, Any], expected: Expected, legend: list[list[str]]) -> str:
    """Return what is wrong with the colour of an area, if anything."""
    coloured = [(words, fill) for words, fill in legend if fill.startswith("rgb")]
    if expected.text in REASONS:
        return "no figure, but a class colour" if area["fill"].startswith("rgb") else ""
    # "0" stands before "minder dan 9": what has a class of its own is not in the next one
    right = [fill for words, fill in coloured if in_class(expected, words)][:1]
    return "" if right == [area["fill"]] else f"{area['fill']} instead of {right}"


def faults(
    area: dict[str, Any], option: str, expected: Expected, cell: str, legend: list[list[str]]
) -> list[str]:
    """Return every disagreement about one area."""
    missing = expected.text in REASONS
    space = "" if expected.unit.startswith("%") or missing else " "
    figure = expected.text if missing else f"{expected.text}{space}{expected.unit}".strip()
    if not missing and expected.unit in {"klasse", "label"}:
        figure = f"{expected.unit} {expected.text}"
    year = option.rsplit("-", 1)[1] if "-" in option else ""
    name = f"{area['title']}: {figure}" + (f" ({year})" if year else "")
    checks = {
        "table": (cell, expected.text),
        "accessible name": (area["label"], name),
        "card": (figure in area["card"], True),
        "colour": (wrong_colour(area, expected, legend), ""),
    }
    return [
        f"{area['title']}, {option}, {where}: {shown!r}, expected {wanted!r}"
        for where, (shown, wanted) in checks.items()
        if shown != wanted
    ]


def shown(reader: Visit) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = reader.evaluate(_SHOWN, [CHOOSER, AREAS, CARD])
    return found


@pytest.mark.parametrize("path", [*PLAN_PAGES, "index.html", "thema/energielabels.html"])
def test_map_card_table_and_download_agree(
    path: str, site: Path, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "policy"))
    wanted, heading, level_tables = expectations(site), headings(site), tables(reader)
    views = shown(reader)
    assert [view["option"] for view in views] == list(options(reader))
    found: list[str] = []
    for view in views:
        option = view["option"]
        [level] = [
            level for level, table in level_tables.items() if heading[option] in table.columns
        ]
        cells = level_tables[level].column(heading[option])
        names = [area["title"] for area in view["areas"]]
        assert sorted(names) == sorted(cells), option
        for area in view["areas"]:
            expected = wanted.get((level, area["title"], option), NO_ROW)
            found += faults(area, option, expected, cells[area["title"]], view["legend"])
    assert found == []
    assert reader.complaints() == {}


@pytest.mark.parametrize("path", PLAN_PAGES)
def test_the_row_of_the_municipality_agrees_too(
    path: str, site: Path, address: Address, visit: NewVisit
) -> None:
    reader = visit(address(path, "file"))
    wanted = expectations(site)
    by_heading = {heading: option for option, heading in headings(site).items()}
    for table in tables(reader).values():
        for heading in table.columns:
            expected = wanted.get(("gemeente", GEMEENTE, by_heading[heading]), NO_ROW)
            assert table.municipality[heading] == expected.text, heading


def test_every_reason_has_its_own_look(address: Address, visit: NewVisit) -> None:
    reader = visit(address("index.html", "file"))
    looks: dict[str, set[str]] = {}
    for view in shown(reader):
        for area in view["areas"]:
            kind = next((reason for reason in REASONS if f": {reason}" in area["label"]), "figure")
            looks.setdefault(kind, set()).add(area["fill"])
    figures = looks.pop("figure")
    assert all(fill.startswith("rgb") for fill in figures)
    assert looks, "some figures are missing in these data"
    assert all(len(fills) == 1 and fills.isdisjoint(figures) for fills in looks.values())
    assert len(set.union(*looks.values())) == len(looks)


def test_choosing_no_figure_leaves_a_plain_map(address: Address, visit: NewVisit) -> None:
    reader = visit(address(PLAN_PAGES[0], "policy"))
    reader.page.locator(CHOOSER).select_option("")
    labels: list[str] = reader.evaluate(
        "(areas) => [...document.querySelectorAll(areas)].filter((a) => a.checkVisibility())"
        ".map((a) => a.getAttribute('aria-label'))",
        AREAS,
    )
    assert labels
    assert [label for label in labels if ": " in label] == []
    assert reader.complaints() == {}


@pytest.mark.parametrize("figure", ["Gemiddelde WOZ-waarde (2022)", ""])
def test_sorting_keeps_every_row_and_puts_missing_last(
    figure: str, address: Address, visit: NewVisit
) -> None:
    reader = visit(address("index.html", "policy"))
    before = tables(reader)["wijk"]
    heading = figure or before.columns[0]
    button = reader.page.get_by_role("table", name="Cijfers per wijk").get_by_role(
        "button", name=heading
    )
    for direction, factor in (("ascending", 1), ("descending", -1)):
        button.click()
        after = tables(reader)["wijk"]
        assert dict(after.rows) == dict(before.rows)
        cells = list(after.column(heading).values())
        known = [cell for cell in cells if cell not in REASONS]
        assert cells == known + cells[len(known) :], "areas without a figure come last"
        numbers = [
            factor * float(cell.strip("€ ").replace(".", "").replace(",", ".")) for cell in known
        ]
        assert numbers == sorted(numbers)
        head = reader.page.get_by_role("columnheader", name=heading)
        assert head.get_attribute("aria-sort") == direction


def test_labels_sort_from_best_to_worst(address: Address, visit: NewVisit) -> None:
    reader = visit(address("thema/energielabels.html", "policy"))
    table = reader.page.get_by_role("table", name="Energielabels per gebied")
    labels = table.locator("tbody td:nth-child(4)")
    # spread over the rows, as the default has no classes above A
    labels.evaluate_all(
        "(cells, shown) => cells.forEach((cell, n) => (cell.textContent = shown[n] ?? 'C'))",
        ["G", "A+", "B", "A+++++", "A", "geheim", "A++"],
    )
    table.get_by_role("button", name="Gemiddeld energielabel").click()
    order = ["A+++++", "A++", "A+", "A", "B"]
    assert labels.all_text_contents()[:5] == order
    table.get_by_role("button", name="Gemiddeld energielabel").click()
    assert [label for label in labels.all_text_contents() if label in order] == order[::-1]
