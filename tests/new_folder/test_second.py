"""A second municipality builds and checks, with nothing filled in and with all of it."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest

from geo_lv.inputs import load_inputs
from geo_lv.pipeline import compute
from tests.command import run
from tests.new_folder.filled import HOMES, OWNER, build, fill, init
from tests.new_folder.second import BUURTEN, NAME, WIJKEN

SENTENCES = {
    "index.html": (
        "3 wijken en 9 buurten. Er is nog geen gebied met een wijkuitvoeringsplan bekend.",
        "Er zijn geen afspraken met een doel bekend.",
        "Er zijn nog geen cijfers.",
    ),
    "thema/aandachtswijken.html": (
        "Er is nog geen aandachtslijst bekend.",
        "Besluiten over de aandachtslijst: nog geen gegevens.",
        "Voor wijken en buurten zijn er nu geen cijfers die een signaal kunnen geven.",
        "Er zijn nu geen signalen.",
    ),
    "thema/nieuwbouw.html": (
        "Er is geen programma voor nieuwbouw bekend.",
        "Programma per corporatie: nog geen gegevens.",
    ),
    "thema/energielabels.html": (
        "Er is nog geen lijst met woningen van de corporaties.",
        "Er is geen doel voor energielabels bekend.",
    ),
    "thema/warmtetransitie.html": (
        "Er is nog geen gebied met een wijkuitvoeringsplan bekend.",
        "Er zijn nog geen cijfers.",
    ),
    "monitor.html": ("Er zijn geen afspraken met een doel bekend.",),
    "monitor-samenvatting.html": ("Er zijn geen afspraken met een doel bekend.",),
    "wijk/wk990102.html": (
        "Wijk; op dit blad is nog geen cijfer te beoordelen.",
        "Er is nog geen aandachtslijst bekend",
        "Er zijn nog geen cijfers.",
        "Er is nog geen cijfer om te beoordelen.",
        "Geen openstaande acties bekend.",
    ),
    "verantwoording.html": (
        "Er is nog geen lijst met woningen van de corporaties.",
        "9 buurten hebben een officiële grens.",
        "Er is ook nog geen gebied met een partneroverleg bekend.",
        "Geen enkel cijfer kan een signaal geven.",
    ),
}
"""What each page of a folder says in which nothing is filled in yet."""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a folder as it was made: areas, and nothing else."""
    folder = tmp_path_factory.mktemp("bare")
    return build(init(folder, figures=False), folder / "site")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = init(tmp_path_factory.mktemp("filled"), figures=True)
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def filled(data: Path) -> Path:
    return build(data, data.parent / "site")


def text_of(page: Path) -> str:
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", "", html)))


@pytest.mark.parametrize("page", SENTENCES)
def test_each_page_says_what_is_not_known(page: str, bare: Path) -> None:
    told = text_of(bare / page)
    assert [sentence for sentence in SENTENCES[page] if sentence not in told] == []


def test_no_page_of_a_bare_folder_has_an_empty_chart_or_table(bare: Path) -> None:
    pages = sorted(bare.rglob("*.html"))
    assert len(pages) == 16
    for page in pages:
        html = page.read_text("utf-8")
        assert not re.search(r"<tbody>\s*</tbody>", html), page
        assert 'class="timeline"' not in html, page
        assert 'class="small-map' not in html, page


def test_what_nobody_counted_is_never_zero(bare: Path) -> None:
    figures = (bare / "data/cijfers.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(figures), delimiter=";"))
    assert {row["waarde"] for row in rows} <= {""}
    assert {row["reden"] for row in rows} <= {"ontbreekt"}


def test_homes_lie_where_they_are_by_hand(data: Path) -> None:
    results = compute(load_inputs(data))
    homes = results.figures[results.figures["indicator"] == "corporatiewoningen"]
    counted = homes.set_index("code")["value"].to_dict()
    assert {code: counted[code] for code in HOMES} == HOMES
    assert {code: counted[code] for code in WIJKEN} == {
        "WK990100": 70,  # 25, 15 on the island, and 30 in the enclave
        "WK990101": 45,
        "WK990102": 0,
    }
    assert counted["GM9901"] == 115
    labels = results.figures[results.figures["indicator"] == "label_efg"].set_index("code")
    assert labels.loc["WK990102", "reason"] == "not_applicable"
    assert labels.loc["WK990101", "value"] == 20  # one of five has label F


def test_names_stand_on_the_pages_as_they_are(filled: Path) -> None:
    index = text_of(filled / "index.html")
    assert f"Wijkmonitor {NAME}" in index
    theme = text_of(filled / "thema/energielabels.html")
    assert [name for name in WIJKEN.values() if name not in index] == []
    assert [name for name in BUURTEN.values() if name not in theme] == []
    for page in filled.rglob("*.html"):
        html = page.read_text("utf-8")
        assert "<b>Enclave" not in html, page
        assert "49" not in re.findall(r"<option[^>]*>\s*(\d+) \$", html), page


def test_every_wijk_has_a_plan_page_and_a_sheet(filled: Path) -> None:
    plans = sorted(page.name for page in (filled / "wijkuitvoeringsplan").glob("*.html"))
    assert plans == ["con-01.html", "de-brulee-oost-west.html", "het-zilte-kwartier.html"]
    sheets = sorted(page.name for page in (filled / "wijk").glob("*.html"))
    assert sheets == ["wk990100.html", "wk990101.html", "wk990102.html"]


def test_a_wijk_without_homes_says_so(filled: Path) -> None:
    told = text_of(filled / "wijkuitvoeringsplan/het-zilte-kwartier.html")
    assert "Hier liggen geen corporatiewoningen met een label." in told
    assert "Overgang naar aardgasvrij" in told
    assert "Nog niet bekend: de jaren van de overgang." in told


def test_invented_homes_say_so(filled: Path) -> None:
    assert "FICTIEVE VOORBEELDGEGEVENS" in text_of(filled / "thema/energielabels.html")
    assert OWNER in text_of(filled / "thema/energielabels.html")


def test_two_builds_are_the_same_bytes(data: Path, filled: Path, tmp_path: Path) -> None:
    again = build(data, tmp_path / "again")
    one, two = (
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in (filled, again)
    )
    assert one == two


def test_the_edition_for_the_parties_is_built_too(data: Path, tmp_path: Path) -> None:
    site = build(data, tmp_path / "intern", "intern")
    assert "INTERN" in text_of(site / "index.html")


def test_the_pack_and_the_sheets_for_the_printer_are_made(data: Path, tmp_path: Path) -> None:
    done = run("--data", data, "build", "--out", tmp_path / "s", "--pdf", "--pack", "veiligheid")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "s/pdf").glob("*.pdf"))) == 3
    assert len(list((tmp_path / "s/overleg").glob("*.html"))) == 1
