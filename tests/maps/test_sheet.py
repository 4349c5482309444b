"""A plan page on paper: the texts and colours of the page, tagged, the same bytes every time."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
import pytest

from geo_lv.editions import Released
from geo_lv.maps.map_model import Cell, PhasingChart
from geo_lv.maps.model import Page, Section
from geo_lv.maps.pages import make_pages
from geo_lv.maps.render import render_page
from geo_lv.maps.sheet import words
from geo_lv.maps.sheet.canvas import HEIGHT, WIDTH, Box
from geo_lv.maps.sheet.fit import fit
from geo_lv.maps.sheet.names import names_of
from geo_lv.maps.sheet.palette import palette
from geo_lv.maps.sheet.pdf import sheet_pdf
from geo_lv.schema import INTERN

from .sample_page import CLASSES, MAP, PAGE, hostile

STYLES = Path(__file__).parents[2] / "geo_lv" / "maps" / "static"
ON_PAPER = {"attention", "phasing", "labels", "new_build", "figures", "sources"}
ODD = "$\\frac{1}{0}$ %s <b>\n\u202e漢"
AS_DRAWN = "$\\frac{1}{0}$%s<b>��"

Rects = list[tuple[float, float, float, float]]


@pytest.fixture(scope="module")
def plans(released: Released) -> tuple[Page, ...]:
    """Make every plan page of the embedded default."""
    pages = make_pages(released, peildatum="2025-08-31", basemap=True)
    return tuple(page for page in pages if page.path.startswith("wijkuitvoeringsplan/"))


@pytest.fixture(scope="module")
def sheets(plans: tuple[Page, ...]) -> tuple[bytes, ...]:
    """Draw each of them on paper."""
    return tuple(map(sheet_pdf, plans))


@pytest.fixture(scope="module")
def sample() -> bytes:
    """Draw the sample page on paper."""
    return sheet_pdf(PAGE)


def text_of(content: bytes) -> str:
    """All text of a PDF without blanks: where a line ends does not matter."""
    return squeezed("".join(page.get_textpage().get_text_range() for page in opened(content)))


def opened(content: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(content)


def squeezed(text: str) -> str:
    """Leave out blanks and hyphens: at the end of a line a reader takes one for a word break."""
    return re.sub(r"[\s\-\ufffe\x02]", "", text)


def colours_of(content: bytes, scale: float = 2) -> set[tuple[int, int, int]]:
    """Every colour of the first sheet that fills more than a hair."""
    return set(counted_colours(content, scale))


def counted_colours(content: bytes, scale: float = 2) -> Counter[tuple[int, int, int]]:
    image: npt.NDArray[np.uint8] = (
        opened(content)[0].render(scale=scale, rev_byteorder=True).to_numpy()
    )
    found, counts = np.unique(image.reshape(-1, image.shape[-1])[:, :3], axis=0, return_counts=True)
    return Counter({tuple(map(int, c)): int(n) for c, n in zip(found, counts, strict=True)})  # type: ignore[misc]


def rgb(name: str) -> tuple[int, int, int]:
    digits = palette()[name].removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def rects_of(page: pypdfium2.PdfPage) -> Rects:
    """Left, bottom, right, top of each run of text."""
    text = page.get_textpage()
    return [text.get_rect(n) for n in range(text.count_rects())]


def shared(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the area that two rectangles share, in square points."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0) * max(high, 0)


def texts_in(value: Any) -> set[str]:
    """Every text of a table's cells."""
    if isinstance(value, Cell):
        return {value.text, value.note}
    if isinstance(value, str):
        return {value}
    return {text for item in value for text in texts_in(item)}


def test_the_same_page_gives_the_same_bytes(sample: bytes) -> None:
    assert sheet_pdf(PAGE) == sample


def test_sheets_are_a3_landscape_and_few_and_light(sheets: tuple[bytes, ...]) -> None:
    for content in sheets:
        document = opened(content)
        assert 1 <= len(document) <= 2
        assert len(content) / len(document) < 300_000
        for page in document:
            assert page.get_size() == pytest.approx((1190.55, 841.89), abs=0.1)


def test_fonts_travel_along_and_their_letters_can_be_read(sample: bytes) -> None:
    pdf = pikepdf.open(BytesIO(sample))
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        assert font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
        assert "DejaVuSans" in str(font.BaseFont)
        assert font.ToUnicode.read_bytes()


def test_a_reader_is_told_what_it_is_and_in_which_language(sample: bytes) -> None:
    pdf = pikepdf.open(BytesIO(sample))
    assert pdf.Root.Lang == "nl-NL"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.docinfo["/Title"] == "Plan Een – plan – Gemeente"
    assert set(pdf.docinfo.keys()) == {"/Title"}  # no clock, no maker
    assert pdf.open_metadata()["dc:title"] == "Plan Een – plan – Gemeente"


def elements(node: Any) -> list[Any]:
    """Every element of the structure, in reading order."""
    own = [node] if node.get("/S") is not None else []
    children = [kid for kid in node.get("/K", []) if kid.get("/S") is not None]
    return own + [element for kid in children for element in elements(kid)]


def marks_of(node: Any) -> list[int]:
    return [int(kid.MCID) for kid in node.get("/K", []) if kid.get("/S") is None]


def content_marks(page: pikepdf.Page) -> list[int]:
    """Numbers of the marked content of a sheet; fails on text or drawing outside of any."""
    depth, found = 0, []
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            depth += 1
            assert depth == 1
            found += [int(instruction.operands[1].MCID)] if name == "BDC" else []
        elif name == "EMC":
            depth -= 1
        elif name in {"TJ", "Tj", "f", "F", "f*", "S", "s", "B", "b", "Do", "sh"}:
            assert depth == 1, f"{name} outside marked content"
    assert depth == 0
    return found


def test_all_that_is_drawn_belongs_to_the_structure_or_is_an_artifact(sample: bytes) -> None:
    pdf = pikepdf.open(BytesIO(sample))
    tree = pdf.Root.StructTreeRoot
    parents = {
        int(number): list(of) for number, of in zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True)
    }
    listed = 0
    for page in pdf.pages:
        marks = content_marks(page)
        of_page = parents[int(page.StructParents)]
        assert marks == list(range(len(of_page)))
        for mark, parent in enumerate(of_page):
            assert mark in marks_of(parent)
        listed += len(marks)
    assert listed == sum(len(marks_of(element)) for element in elements(tree.K[0]))


def test_the_structure_has_headings_tables_and_figures_with_words(sample: bytes) -> None:
    pdf = pikepdf.open(BytesIO(sample))
    every = elements(pdf.Root.StructTreeRoot.K[0])
    kinds = Counter(str(element.S) for element in every)
    assert str(every[0].S) == "/Document"
    assert kinds["/H1"] == 1
    assert kinds["/H2"] >= 6  # map, legend, and a part each
    assert kinds["/Table"] >= 2
    figures = [str(element.Alt) for element in every if str(element.S) == "/Figure"]
    assert figures[0] == (
        "Kaart van Plan Een. Mensen (2024): "
        "Buurt Noord: 1.234 mensen (2024); Buurt Zuid: geheim (2024)."
    )
    assert all(figures)
    scopes = {str(element.A.Scope) for element in every if str(element.S) == "/TH"}
    assert scopes == {"/Row", "/Column"}


def test_every_number_and_source_of_the_page_is_on_paper(
    plans: tuple[Page, ...], sheets: tuple[bytes, ...]
) -> None:
    for page, content in zip(plans, sheets, strict=True):
        text = text_of(content)
        assert page.map is not None
        start = next(i for i in page.map.indicators if i.id == page.map.start_indicator)
        wanted = {page.title, page.lead, page.disclaimer, page.peildatum, page.map.attribution}
        wanted |= {*start.classes, start.explanation, start.source}
        for section in page.sections:
            wanted |= wanted_of(section) if section.kind in ON_PAPER else set()
        missing = sorted(words for words in wanted if squeezed(words) not in text)
        assert not missing
        assert squeezed(f"blad 1 van {len(opened(content))}") in text


def wanted_of(section: Section) -> set[str]:
    """Everything that a part of a page says; a table of labels stands in the chart on paper."""
    tables = [t for t in section.tables if section.kind != "labels"]
    phases = section.phasing.bars if section.phasing else ()
    return {
        section.title,
        *section.intro,
        *texts_in([table.rows for table in tables]),
        *(link.text for link in section.links),
        *(text for bar in phases for text in (bar.phase_label, bar.text, bar.note, bar.source)),
        *(text for bar in section.bars for text in (bar.name, bar.total, bar.efg, *bar.targets)),
        *(text for site in section.sites for text in (site.name, site.programme, site.place)),
        *(text for entry in section.attention for text in (entry.list_name, entry.note)),
    }


def test_no_text_leaves_the_sheet_or_lies_over_another_text(sheets: tuple[bytes, ...]) -> None:
    for content in sheets:
        for page in opened(content):
            rects = rects_of(page)
            assert len(rects) > 50
            for left, bottom, right, top in rects:
                assert left > 20
                assert bottom > 5
                assert right < WIDTH - 20
                assert top < HEIGHT - 5
            over = [pair for pair in combinations(rects, 2) if shared(*pair) > 2]
            assert not over


def test_names_on_the_map_stand_apart_and_inside(plans: tuple[Page, ...]) -> None:
    for page in plans:
        assert page.map is not None
        fitted = fit(page.map, Box(34, 150, 540, 600))
        placed = names_of(fitted).placed
        assert placed
        boxes = [box for box, _ in placed]
        assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
        assert all(fitted.frame.holds(box) for box in boxes)
        symbols = [fitted.symbol_box(symbol) for symbol in fitted.drawn.symbols]
        assert not [1 for box in boxes for symbol in symbols if box.overlaps(symbol)]


def test_the_colours_are_those_of_the_style_sheet() -> None:
    light = (STYLES / "colours.css").read_text(encoding="utf-8").split("@media")[0]
    charts = (STYLES / "charts.css").read_text(encoding="utf-8")
    for name in ("ink", "class-0", "class-4", "opstellen", "gasvrij", "site", "plan"):
        assert f"--{name}: {palette()[name]};" in light
    for label in ("aa", "a", "b", "c", "d", "e", "f", "g"):
        assert f".label-{label} {{ fill: {palette()[f'label-{label}']}; }}" in charts


def test_classes_and_labels_have_their_colours_on_paper(sample: bytes) -> None:
    found = colours_of(sample)
    wanted = (
        *(f"class-{n}" for n in range(5)),
        "label-aa",
        "label-c",
        "label-g",
        "site",
        "gasvrij",
    )
    assert [name for name in wanted if rgb(name) not in found] == []


def test_a_hole_in_an_area_stays_open() -> None:
    """Both areas in the colour of one class, on which the hole shows the ground."""
    assert MAP.indicators[0].cells["BU02"].reason
    start = replace(MAP.indicators[0], cells={"BU02": Cell("1", 3)})
    bare = replace(MAP, indicators=(start,), sites=(), attention=(), outlines=(), phasing=None)
    page = replace(PAGE, map=bare, sections=())
    without = replace(bare.areas[2], path="M200,0l200,0 0,400 -200,0z")
    filled = replace(page, map=replace(bare, areas=(*bare.areas[:2], without)))
    here, there = (counted_colours(sheet_pdf(each), 1)[rgb("class-3")] for each in (page, filled))
    assert there / here == pytest.approx(400 * 200 / (400 * 200 - 50 * 50), rel=0.02)


def test_names_are_never_more_than_text() -> None:
    odd = hostile(PAGE, ODD)
    text = text_of(sheet_pdf(odd))
    for name in (PAGE.title, PAGE.lead, "Aan het water", "Buurt Noord", "40 of meer"):
        assert squeezed(name) + AS_DRAWN in text


@pytest.mark.parametrize("length", [60, 400])
def test_a_long_name_is_broken_and_stays_on_the_sheet(length: int) -> None:
    content = sheet_pdf(hostile(PAGE, "W" * length))
    for page in opened(content):
        for left, bottom, right, top in rects_of(page):
            assert left > 0
            assert bottom > 0
            assert right < WIDTH
            assert top < HEIGHT
    assert "W" * length in text_of(content)


def test_a_place_without_anything_still_has_a_sheet() -> None:
    empty = replace(
        MAP, sites=(), attention=(), outlines=(), phasing=None, indicative_lines="", indicators=()
    )
    bare = replace(PAGE, map=empty, sections=(Section("new_build", "nieuwbouw", "Nieuwbouw"),))
    content = sheet_pdf(bare)
    assert len(opened(content)) == 1
    assert "PlanEen" in text_of(content)
    assert "Nieuwbouw" in text_of(content)


def test_a_page_that_starts_with_the_phasing_has_its_colours_on_the_map() -> None:
    chart = PhasingChart(2022, 2035, 2036, 2036, (), MAP.phasing.by_year if MAP.phasing else {}, "")
    phased = replace(PAGE, map=replace(MAP, start_indicator="", phasing=chart), sections=())
    plain = replace(phased, map=replace(MAP, phasing=chart))
    with_phase, without = (counted_colours(sheet_pdf(page), 1) for page in (phased, plain))
    assert with_phase[rgb("gasvrij")] > without[rgb("gasvrij")] + 10_000
    assert squeezed(CLASSES[0]) not in text_of(sheet_pdf(phased))


def test_the_internal_edition_says_so_on_every_sheet() -> None:
    internal = replace(PAGE, intern=True, lead="Een lange zin. " * 300)
    for page in opened(sheet_pdf(internal)):
        text = squeezed(page.get_textpage().get_text_range())
        assert squeezed("INTERN – niet verspreiden") in text
        assert squeezed("FICTIEVE VOORBEELDGEGEVENS") in text


def test_real_data_carries_no_mark_of_fictitious_data() -> None:
    sections = tuple(replace(section, fictitious=False) for section in PAGE.sections)
    real = replace(PAGE, fictitious=False, sections=sections)
    assert "FICTIE" not in text_of(sheet_pdf(real)).upper()
    assert "VERZONNEN" not in text_of(sheet_pdf(real)).upper()


def test_the_small_words_are_those_of_the_page(plans: tuple[Page, ...]) -> None:
    html = "".join(render_page(page).html for page in plans)
    small = (
        *words.REASON_KEYS.values(),
        *words.SITE_KEYS.values(),
        words.RING_KEY,
        words.PLAN_KEY,
        words.LINES_KEY,
        words.INDICATIVE_KEY,
        words.UNKNOWN_KEY,
        words.FICTITIOUS,
    )
    assert [text for text in small if text not in html] == []
    assert INTERN in render_page(replace(PAGE, intern=True)).html
