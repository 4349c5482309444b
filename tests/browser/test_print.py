"""On paper: A4 upright and A3 on its side, whole, readable, numbered, without a single control."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from geo_lv.editions import release
from geo_lv.maps.pages import make_pages
from geo_lv.maps.render import render_page
from tests.once import Once

from .conftest import NewVisit
from .paper import MARGINS, SIZES, Print, count, place, places, printed, read_back
from .reader import DRAWING, FLOWING_PAGES, MAP_PAGES, PLAN_PAGES, THEME_PAGES, Visit

SHEETS: Final = {
    "a4": {
        "index": 6,
        "plan": 9,
        "thema": 9,
        "aandachtswijken": 10,
        "nieuwbouw": 10,
        "energielabels": 9,
        "verantwoording": 10,
        "monitor": 8,
        "monitor-samenvatting": 1,
    },
    "a3": {
        "index": 4,
        "plan": 6,
        "thema": 5,
        "aandachtswijken": 7,
        "nieuwbouw": 6,
        "energielabels": 6,
    },
}
"""At most so many sheets for each kind of page."""
TITLE: Final = 19.0
"""Height of the title in points. A sheet that is too wide makes the browser shrink it."""
SMALLEST: Final = 6.7
"""In points: the mark of invented figures, and what stands in small maps; tables have 7 or more."""
FEWEST: Final = 6
"""A sheet with fewer lines is nearly empty."""
DYE: Final = """() => {
  const tables = [...document.querySelectorAll("main .table-frame:not(#vergelijk-tabel) table")];
  const paint = (id, part, colour) =>
    `#${id} > ${part} > tr > * { background: rgb(${colour}) !important; }`;
  document.head.append(Object.assign(document.createElement("style"), { textContent:
    tables.map(({ id }, n) => paint(id, "thead", [255, 8 * n, 0])
      + paint(id, "tbody", [0, 8 * n, 255])).join("") }));
  return tables.map((table) => table.closest(".turned") !== null);
}"""
"""Gives the head and the body of each table a colour; returns which tables are turned."""
CONTROLS: Final = (
    ".site-header summary, main :is(button, summary, label, legend, option):not(table *)"
)
SHOWN: Final = """() => [...document.querySelectorAll(
  "#legenda :is(.class-text, .legend-label, .keys span), .overlays span, #uitleg-bron")]
  .filter((part) => part.checkVisibility()).map((part) => part.textContent)"""
FILLS: Final = """() => [...document.querySelectorAll("#legenda .classes .area")]
  .filter((part) => part.checkVisibility())
  .map((part) => getComputedStyle(part).fill.match(/\\d+/g).map(Number))"""

Printer = Callable[..., Print]
EVERY = [(path, "a4") for path in FLOWING_PAGES] + [(path, "a3") for path in MAP_PAGES]
LONG = [
    ("verantwoording.html", "a4"),
    (THEME_PAGES[1], "a4"),
    (THEME_PAGES[3], "a4"),
    (PLAN_PAGES[0], "a4"),
    ("index.html", "a3"),
    (THEME_PAGES[0], "a3"),
    (PLAN_PAGES[0], "a3"),
]
"""One page of each kind on each paper: these are printed again, in other colours."""


@pytest.fixture(scope="module")
def kept() -> dict[str, Print]:
    """Keep what was read back, for the next test of this worker."""
    return {}


@pytest.fixture
def printer(site: Path, visit: NewVisit, once: Once, kept: dict[str, Print]) -> Printer:
    """Give a function that prints a page as it opens, or with a part of its address."""

    def start(path: str, paper: str = "a4", state: str = "") -> Print:
        part = f"#papier={paper}{state}" if paper == "a3" else state
        name = re.sub(r"[^\w#=&]", "-", f"{path}{part}.pdf")
        if name not in kept:
            pdf = once(name, lambda out: print_to(out, visit((site / path).as_uri() + part)))
            kept[name] = read_back(pdf)
        return kept[name]

    return start


def print_to(out: Path, reader: Visit) -> None:
    reader.page.pdf(path=out, prefer_css_page_size=True)


def kind(path: str) -> str:
    """Return which kind of page this is."""
    if path == "thema/aandachtswijken.html":
        return "aandachtswijken"  # has the lists, the signals and why, beside what all themes have
    if path == "thema/nieuwbouw.html":
        return "nieuwbouw"  # has new homes year by year as well
    if path == "thema/energielabels.html":
        return "energielabels"  # has the way to the goals as well
    first = Path(path).parts[0].removesuffix(".html")
    return "plan" if first == "wijkuitvoeringsplan" else first


@pytest.mark.parametrize(("path", "paper"), EVERY)
def test_sheets_have_their_size_number_and_place(path: str, paper: str, printer: Printer) -> None:
    sheets = printer(path, paper).sheets
    width, height = SIZES[paper]
    assert len(sheets) <= SHEETS[paper][kind(path)]
    for number, sheet in enumerate(sheets, 1):
        assert sheet.size == pytest.approx((width, height), abs=1.5)
        footer = f"pagina {number} van {len(sheets)}"
        assert sheet.text.count(footer) == 1
        body = [box for box in sheet.boxes if box.bottom > MARGINS["bottom"] - 1]
        rest = [sheet.text_in(box) for box in sheet.boxes if box not in body]
        assert "".join(rest).replace(" ", "") == footer.replace(" ", "")
        for box in body:
            assert box.left > MARGINS["left"] - 2, sheet.text_in(box)
            assert box.right < width - MARGINS["right"] + 2, sheet.text_in(box)
            assert box.top < height - MARGINS["top"] + 2, sheet.text_in(box)


@pytest.mark.parametrize(("path", "paper"), EVERY)
def test_nothing_is_shrunk_or_too_small(path: str, paper: str, printer: Printer) -> None:
    sheets = [sheet.letters() for sheet in printer(path, paper).sheets]
    assert max(size for _, size in sheets[0]) == pytest.approx(TITLE, abs=0.2)
    small = {(letter, size) for sheet in sheets[1:] for letter, size in sheet if size < SMALLEST}
    assert {letter for letter, _ in small} <= set("0123456789 "), "only numbers of notes are small"


@pytest.mark.parametrize(("path", "paper"), EVERY)
def test_no_sheet_is_nearly_empty(path: str, paper: str, printer: Printer) -> None:
    rows = [
        len({round(box.bottom / 4) for box in sheet.boxes}) for sheet in printer(path, paper).sheets
    ]
    assert min(rows) > FEWEST, rows  # and the number of the page


@pytest.mark.parametrize(("path", "paper"), LONG)
def test_heads_return_wherever_a_table_goes_on(
    path: str, paper: str, site: Path, visit: NewVisit
) -> None:
    reader = visit((site / path).as_uri() + ("#papier=a3" if paper == "a3" else ""))
    turned = reader.evaluate(DYE)
    pictures = [sheet.picture() for sheet in printed(reader).sheets]
    longest = 0
    for number, whole in enumerate(turned):
        head, body = (255, 8 * number, 0), (0, 8 * number, 255)
        parts = [(sheet, part) for sheet in pictures for part in places(sheet, body)]
        if whole:
            [(sheet, _)] = parts
            assert place(sheet, head)
            continue
        heads = [place(sheet[: part.top, part.left : part.right], head) for sheet, part in parts]
        assert heads
        assert all(heads)
        longest = max(longest, len(heads))
    assert longest > 1, "no table goes on"


@pytest.mark.parametrize("path", FLOWING_PAGES)
def test_without_script_the_same_comes_out(
    path: str, site: Path, printer: Printer, visit: NewVisit
) -> None:
    without = printed(visit((site / path).as_uri(), java_script_enabled=False))
    with_script = printer(path)
    assert [sheet.text for sheet in without.sheets] == [s.text for s in with_script.sheets]
    ours, theirs = (out.sheets[0].picture().astype(int) for out in (without, with_script))
    assert np.abs(ours - theirs).mean() < 0.5


@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize("path", MAP_PAGES)
def test_the_first_sheet_has_the_map_with_all_that_explains_it(
    path: str, paper: str, site: Path, printer: Printer, visit: NewVisit
) -> None:
    first = printer(path, paper).sheets[0]
    reader = visit((site / path).as_uri())
    reader.page.emulate_media(media="print")
    for text in reader.evaluate(SHOWN):
        assert " ".join(text.split()) in first.text
    for words in ("Peildatum", "Editie", "Grenzen:"):
        assert words in first.text
    assert re.search(r"\b\d+ k?m\b", first.text), "the scale bar has its length"
    controls = reader.page.locator(CONTROLS).all_text_contents()
    wanted = {" ".join(text.split()) for text in controls} - {""}
    assert "Afspelen" in wanted or "Delen" in wanted
    texts = {first.text_in(box) for box in first.boxes}
    assert "N" in texts, "the north arrow has its letter"
    assert texts & wanted == set()


@pytest.mark.parametrize("paper", SIZES)
def test_colours_of_the_legend_are_on_the_map(
    paper: str, site: Path, printer: Printer, visit: NewVisit
) -> None:
    reader = visit((site / "index.html").as_uri())
    reader.page.emulate_media(media="print")
    picture = printer("index.html", paper).sheets[0].picture(100)
    legend = {"a4": picture[: int(len(picture) * 0.55)], "a3": picture[:, : picture.shape[1] // 2]}
    fills = reader.evaluate(FILLS)
    assert len(fills) == 5
    assert all(count(legend[paper], fill) > 40 for fill in fills)


def test_a_dark_screen_prints_in_light(site: Path, printer: Printer, visit: NewVisit) -> None:
    dark = printed(visit((site / PLAN_PAGES[0]).as_uri(), color_scheme="dark"))
    for ours, theirs in zip(dark.sheets[:3], printer(PLAN_PAGES[0]).sheets, strict=False):
        assert (ours.picture() == theirs.picture()).all()
        assert count(ours.picture(), (255, 255, 255)) > 0.5 * ours.picture()[:, :, 0].size


@pytest.mark.parametrize("path", [PLAN_PAGES[1], "verantwoording.html"])
def test_sources_have_their_address_and_no_link_stands_there_in_vain(
    path: str, site: Path, printer: Printer, visit: NewVisit
) -> None:
    reader = visit((site / path).as_uri())
    links = reader.page.locator(".links a")
    targets = [link.get_attribute("href") or "" for link in links.all()]
    outside = [target for target in targets if target.startswith("http")]
    text = "".join(printer(path).text.split()).replace("\ufffe", "-").replace("\x02", "-")
    assert len(outside) > 2
    assert [target for target in outside if target not in text] == []
    reader.page.emulate_media(media="print")
    shown = [link.get_attribute("href") for link in links.all() if link.is_visible()]
    assert shown == outside


def test_figures_of_a_wide_table_stay_with_their_names(printer: Printer) -> None:
    [table] = [s for s in printer(PLAN_PAGES[0]).sheets if "Bevolkingsdichtheid (per km²" in s.text]
    texts = {table.text_in(box): box for box in table.boxes}
    name = next(box for text, box in texts.items() if text.startswith("Bevolkingsdichtheid (per"))
    last = texts["2.399"]
    assert name.top == pytest.approx(last.top, abs=4), "the municipality, last in the row"
    assert name.right < last.left


def test_paper_follows_what_is_shown(site: Path, visit: NewVisit) -> None:
    codes = ("WK191601", "WK191602")
    state = f"#indicator=inwoners-2024&lagen=plan&gebied={','.join(codes)}"
    reader = visit((site / "index.html").as_uri() + state)
    pair = reader.page.locator("#vergelijk-titel").text_content()
    label = reader.page.locator("#legenda-label").text_content()
    out = printed(reader)
    assert label
    assert label in out.sheets[0].text
    assert pair
    assert pair in out.text
    assert "nieuwbouw: hoe groter" not in out.sheets[0].text, "that layer is off"


@pytest.mark.parametrize("view", ["presentatie", "kaart"])
def test_other_views_print_the_normal_page(view: str, printer: Printer) -> None:
    assert printer(PLAN_PAGES[0], state=f"#weergave={view}").text == printer(PLAN_PAGES[0]).text


@pytest.fixture(scope="module")
def internal(request: pytest.FixtureRequest, once: Once) -> Path:
    """Return a page of the internal edition, in one file."""

    def write(out: Path) -> None:
        results = request.getfixturevalue("results")  # takes long: only for who writes
        pages = make_pages(release(results, "intern"), peildatum="2025-08-31", basemap=False)
        [page] = [page for page in pages if page.path == PLAN_PAGES[0]]
        out.write_text(render_page(page, inline=True).html, encoding="utf-8")

    return once("internal.html", write)


@pytest.mark.parametrize("paper", SIZES)
def test_every_sheet_of_the_internal_edition_says_so(
    paper: str, internal: Path, visit: NewVisit
) -> None:
    state = "#papier=a3" if paper == "a3" else ""
    for sheet in printed(visit(internal.as_uri() + state)).sheets:
        above = [box for box in sheet.boxes if box.bottom > sheet.size[1] - MARGINS["top"]]
        top = [sheet.text_in(box) for box in above]
        assert "".join(top).replace(" ", "") == (
            "INTERN–nietverspreiden·peildatum31augustus2025·voordepartijenbijdeprestatieafspraken"
        )


def test_the_drawing_on_paper_is_a_vector(site: Path, visit: NewVisit) -> None:
    reader = visit((site / "index.html").as_uri())
    reader.page.emulate_media(media="print")
    assert reader.page.locator(DRAWING).is_visible()
    [first, *_] = printed(reader).sheets
    kinds = [part.type for part in first.page.get_objects(max_depth=5)]
    assert kinds.count(2) > 50, "paths"
    assert kinds.count(3) < 5, "images"
