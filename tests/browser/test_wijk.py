"""The sheet of a wijk: one A4 upright or one A3 on its side, whole, light, without script too."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any, Final

import pytest

from geo_lv.site import BuildOptions, build_site
from tests.full_folder import ACTIONS, LONG, fill

from .conftest import NewVisit, Serve
from .paper import MM, SIZES, Print, Sheet, printed
from .reader import POLICY, SHEET_PAGES, WIJK_PAGES, Visit

DATA: Final = Path(__file__).parents[2] / "data"
LIMIT: Final = 150_000
EDGES: Final = {"left": 10 * MM, "right": 10 * MM, "top": 7 * MM, "bottom": 9 * MM}
"""Margins of a sheet in points; above and below stand the number of the page and INTERN."""
SMALLEST: Final = 6.4
"""In points, where a sheet is fullest."""
PAPERS: Final = {"a4": "", "a3": "#papier=a3"}
INTERN_HEAD: Final = (
    "INTERNnietverspreidenpeildatum31augustus2025voordepartijenbijdeprestatieafspraken"
)
"""What stands above each sheet of the internal edition, letters and digits only."""
MEETING: Final = "overleg/leidschendam-noord.html"
FULLEST: Final = ("wijk/wk191605.html", "wijk/wk191610.html")
"""The one with most new-build sites, and one with most buurten on a list."""

_ROWS: Final = """() => [...document.querySelectorAll(".wijk-figures tbody tr:not(.group)")]
  .map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"""


@pytest.fixture(scope="module", params=["publiek", "intern"])
def full_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a folder in which every sheet is full, for each edition."""
    folder = tmp_path_factory.mktemp("vol")
    copytree(DATA, folder / "data")
    fill(folder / "data")
    build_site(BuildOptions(folder / "data", folder / "site", edition=request.param, pack=True))
    return folder / "site"


@pytest.fixture(scope="module")
def pack_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the embedded default with the documents for the meetings."""
    out = tmp_path_factory.mktemp("stukken") / "site"
    build_site(BuildOptions(DATA, out, pack=True))
    return out


def assert_whole(reader: Visit, sheet: Sheet, paper: str) -> None:
    """All text of the sheet stands within the margins, and nothing of the page is missing."""
    width, height = SIZES[paper]
    assert sheet.size == pytest.approx((width, height), abs=1.5)
    inside = [
        box
        for box in sheet.boxes
        if EDGES["bottom"] - 1 < box.bottom and box.top < height - EDGES["top"] + 1
    ]
    beside = squeezed("".join(sheet.text_in(box) for box in sheet.boxes if box not in inside))
    assert beside.replace(INTERN_HEAD, "") == "pagina1van1"
    for box in inside:
        assert box.left > EDGES["left"] - 1, sheet.text_in(box)
        assert box.right < width - EDGES["right"] + 1, sheet.text_in(box)
    printed_text = squeezed(sheet.text)
    words = [word for text in shown(reader) for word in map(squeezed, text.split())]
    assert [word for word in words if word not in printed_text] == []


def squeezed(text: str) -> str:
    """Return letters and digits only: a line may end anywhere, and with a hyphen."""
    return "".join(letter for letter in text if letter.isalnum())


def shown(reader: Visit) -> Iterator[str]:
    """Yield every text that must be on paper, part by part."""
    reader.page.emulate_media(media="print")
    texts: list[str] = reader.evaluate(
        """() => [...document.querySelectorAll(
             ".wijk :is(h2, dt, dd, th, td:not(.ends), li, p, .label, .small, .ends span), h1")]
             .filter((part) => part.checkVisibility() && !part.closest(".go")
               && getComputedStyle(part).clipPath === "none")
             .map((part) => {
               const copy = part.cloneNode(true);
               copy.querySelectorAll(".go, .badge, svg, .label, .small").forEach((e) => e.remove());
               return copy.textContent;
             })"""
    )
    yield from (text for text in texts if squeezed(text))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("path", WIJK_PAGES)
def test_each_sheet_is_one_page_of_paper(
    path: str, paper: str, site: Path, visit: NewVisit
) -> None:
    reader = visit((site / path).as_uri() + PAPERS[paper])
    [sheet] = printed(reader).sheets
    assert_whole(reader, sheet, paper)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("path", FULLEST)
def test_a_full_sheet_with_long_names_is_one_page_too(
    path: str, paper: str, full_site: Path, visit: NewVisit
) -> None:
    reader = visit((full_site / path).as_uri() + PAPERS[paper])
    figures = reader.evaluate(_ROWS)
    assert len(figures) >= 15
    assert all("2015: " in row[-1] for row in figures if not row[0].startswith("Label E, F")), (
        "years"
    )
    assert LONG[:40] in reader.page.locator("h1").inner_text()
    [sheet] = printed(reader).sheets
    assert_whole(reader, sheet, paper)
    assert min(size for letter, size in sheet.letters() if letter.isalnum()) >= SMALLEST
    assert f"van {ACTIONS}; de andere staan op de pagina van de wijk" in sheet.text


def test_a_meeting_has_a_cover_and_a_page_for_each_wijk(
    pack_site: Path, full_site: Path, visit: NewVisit
) -> None:
    for fragment, paper in ((value, name) for name, value in PAPERS.items()):
        out = printed(visit((pack_site / MEETING).as_uri() + fragment))
        assert [len(page.text) > 200 for page in out.sheets] == [True] * 3, paper
        assert "Prinsenhof" in out.sheets[1].text
        assert "De Heuvel / Amstelwijk" in out.sheets[2].text
    for path in sorted((full_site / "overleg").glob("*.html")):
        reader = visit(path.as_uri())
        wanted = 1 + reader.page.locator("article").count()
        assert len(printed(reader).sheets) == wanted, path.name


def test_overdue_actions_are_on_paper_and_the_others_on_the_page(
    full_site: Path, visit: NewVisit
) -> None:
    reader = visit((full_site / FULLEST[0]).as_uri())
    lines = reader.page.locator(".wijk-actions tbody tr")
    assert lines.count() == ACTIONS
    texts = lines.all_inner_texts()
    assert ["te laat" in text for text in texts] == [True] * 8 + [False], (
        "due before 31 August 2025"
    )
    [sheet] = printed(reader).sheets
    assert 2 <= sheet.text.count("te laat") < ACTIONS


@pytest.mark.parametrize("path", SHEET_PAGES)
def test_without_script_the_same_sheet_comes_out(path: str, site: Path, visit: NewVisit) -> None:
    for fragment in PAPERS.values():
        texts = [
            [sheet.text for sheet in out.sheets]
            for out in (
                printed(visit((site / path).as_uri() + fragment, java_script_enabled=script))
                for script in (True, False)
            )
        ]
        assert texts[0] == texts[1]


def test_a_reader_chooses_the_paper_with_a_link(site: Path, visit: NewVisit) -> None:
    reader = visit((site / SHEET_PAGES[0]).as_uri())
    reader.page.get_by_role("link", name="A3 liggend").click()
    assert one(printed(reader)).size == pytest.approx(SIZES["a3"], abs=1.5)
    reader.page.get_by_role("link", name="A4 staand").click()
    assert one(printed(reader)).size == pytest.approx(SIZES["a4"], abs=1.5)


def one(out: Print) -> Sheet:
    [sheet] = out.sheets
    return sheet


def test_controls_and_links_stay_off_the_paper(site: Path, visit: NewVisit) -> None:
    sheet = one(printed(visit((site / SHEET_PAGES[1]).as_uri())))
    for words in ("Maat van het papier", "Vorige wijk", "Deze wijk op de kaart", "alle lijsten"):
        assert words not in sheet.text


@pytest.mark.parametrize("path", SHEET_PAGES)
def test_a_sheet_with_all_it_loads_is_light(
    path: str, site: Path, serve: Serve, visit: NewVisit
) -> None:
    seen: list[str] = []
    reader = visit(f"{serve(site, POLICY, seen)}/{path}")
    reader.page.wait_for_load_state("networkidle")
    sizes = {name: (site / name.lstrip("/")).stat().st_size for name in set(seen)}
    assert f"/{path}" in sizes
    assert not any("leaflet" in name for name in sizes)
    assert sum(sizes.values()) <= LIMIT, sizes
    assert reader.complaints() == {}


def test_the_table_alone_tells_what_is_drawn(site: Path, visit: NewVisit) -> None:
    reader = visit((site / "wijk/wk191606.html").as_uri(), java_script_enabled=False)
    rows: list[list[str]] = reader.evaluate(_ROWS)
    [homes] = [row for row in rows if row[0].startswith("Koopwoningen")]
    told: list[Any] = [" ".join(cell.split()) for cell in homes]
    assert told == [
        "Koopwoningen % · 2022",
        "42 (38,9–45,1)",
        "58",
        "38–80, helft 50–71",
        "let op: lager één meetjaar",
        "te weinig jaren alleen 2022",
    ]
    drawings = reader.page.locator(".wijk-figures td svg")
    assert drawings.count() == len(rows)
    assert all(drawing.get_attribute("aria-hidden") == "true" for drawing in drawings.all())


def test_on_a_phone_a_row_is_a_card_with_the_heads_beside(site: Path, visit: NewVisit) -> None:
    reader = visit((site / "wijk/wk191606.html").as_uri(), viewport={"width": 320, "height": 800})
    frame = reader.page.locator(".wijk-figures .table-frame")
    assert frame.evaluate("(frame) => frame.scrollWidth - frame.clientWidth") <= 1
    heads = reader.evaluate(
        """() => [...document.querySelectorAll(".wijk-figures [data-kop]")].slice(0, 4)
             .map((cell) => getComputedStyle(cell, "::before").content)"""
    )
    assert heads == ['"Wijk"', '"Gemeente"', '"Signaal"', '"Door de jaren"']
