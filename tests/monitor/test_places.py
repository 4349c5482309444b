"""One number, wherever it stands; and a measured example in which every state occurs."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from geo_lv.agreements import Monitored
from geo_lv.check import check_site
from geo_lv.check.findings import Kind
from geo_lv.editions import Released, release
from geo_lv.inputs import load_inputs
from geo_lv.maps.map_model import Cell
from geo_lv.maps.model import Page, Section
from geo_lv.maps.monitor.files import monitor_files
from geo_lv.maps.monitor.lines import make_board
from geo_lv.maps.monitor.model import STATE_ORDER, Board, Line
from geo_lv.maps.pages import make_pages
from geo_lv.pipeline import Results, compute
from geo_lv.schema import Edition
from geo_lv.site import BuildOptions, build_site, make_files

from .conftest import Folder
from .example import AGREEMENTS, EXPECTED, MEASUREMENTS

MARK = "FICTIEVE VOORBEELDGEGEVENS"


def rows_of(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    text = files[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def text_of(cell: Cell | str) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def page_of(pages: tuple[Page, ...], path: str) -> Page:
    return next(page for page in pages if page.path == path)


def part_of(page: Page, name: str) -> Section:
    return next(part for part in page.sections if part.id == name)


@pytest.fixture
def example(folder: Folder) -> Released:
    """Give the measured example, on its peildatum."""
    folder.agree(AGREEMENTS)
    folder.measure(*MEASUREMENTS)
    return release(compute(load_inputs(folder.path)), "publiek", "2026-06-30")


def test_every_state_of_the_example_by_hand(example: Released) -> None:
    board = make_board(example)
    found = {
        line.id: (line.state, line.value, line.remark, line.fictitious) for line in board.lines
    }
    assert found == EXPECTED
    assert {line.state for line in board.lines} == set(STATE_ORDER)


def test_deviations_come_first_and_the_worst_of_them_before_the_others(example: Released) -> None:
    board = make_board(example)
    states = [line.state for line in board.deviations]
    assert states == sorted(states, key=STATE_ORDER.index)
    assert set(states) == {"niet gehaald", "loopt achter"}
    told = [line.id for line in board.lines if line.state in set(states)]
    assert sorted(line.id for line in board.deviations) == sorted(told)
    pages = make_pages(example, peildatum="2026-06-30", basemap=False)
    parts = [part.id for part in page_of(pages, "monitor.html").sections]
    assert parts[:2] == ["overzicht", "afwijkingen"]


def test_what_changed_and_what_was_corrected_is_told(example: Released) -> None:
    lines = {line.id: " ".join(line.explanation) for line in make_board(example).lines}
    assert "Tot 1 juni 2025 was het doel: ten minste 100 woningen" in lines["veranderd"]
    assert (
        "De meting van 2023 is verbeterd: eerst 30 woningen, nu 33 woningen" in lines["verbeterd"]
    )
    assert "Er is geen meting over 2022." in lines["gat"]
    assert "Nog nodig: 42 woningen in 3,0 jaar, dus 14 woningen per jaar." in lines["op-koers"]


def test_the_sheet_for_the_board_tells_the_same(example: Released) -> None:
    pages = make_pages(example, peildatum="2026-06-30", basemap=False)
    board, sheet = make_board(example), page_of(pages, "monitor-samenvatting.html")
    assert part_of(sheet, "afwijkingen").lines == board.deviations
    assert part_of(sheet, "overzicht").tallies == board.tallies
    counts = {name: many for name, many, _ in board.tallies[-1].counts}
    assert sum(counts.values()) == board.tallies[-1].total == len(EXPECTED)
    told = [state for state, *_ in EXPECTED.values()]
    assert counts == {state: told.count(state) for state in set(told)}


def test_a_process_has_the_state_that_was_entered_last(example: Released) -> None:
    processes = {
        line.code: (line.state, line.when)
        for theme in make_board(example).themes
        for line in theme.processes
    }
    assert processes == {
        "Z1": ("loopt", "2025; bron: Bron; ingevuld door gemeente"),
        "Z2": ("niet opgegeven", ""),
    }


def test_each_goal_has_a_place_of_its_own_and_the_choices_that_find_it(example: Released) -> None:
    options = BuildOptions(Path(), Path())
    html = make_files(example, options, "2026-06-30")[0]["monitor.html"].decode()
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for line in make_board(example).lines:
        (row,) = re.findall(rf'<tbody id="{line.id}"[^>]*>', html)
        assert f'data-state="{line.state}"' in row
        assert f'data-parties="{"|".join(line.parties)}"' in row
        assert f'<a href="#{line.id}">' in html


def numbers_in_csv(files: dict[str, bytes]) -> dict[str, tuple[str, str, str]]:
    """Return per goal its value, what it should have been, and its state."""
    return {
        row["regel"]: (row["waarde"], row["had_moeten_zijn"], row["stand"])
        for row in rows_of(files, "data/monitor.csv")
        if row["soort"] == "doel"
    }


@pytest.mark.parametrize("edition", ["publiek", "intern"])
def test_the_numbers_are_the_same_in_all_places(results: Results, edition: Edition) -> None:
    """Monitor, overview, theme pages, plan pages and downloads of the embedded default."""
    released = release(results, edition)
    pages = make_pages(released, peildatum="2025-08-31", basemap=False)
    files = make_files(released, BuildOptions(Path(), Path(), edition), "2025-08-31")[0]
    board = make_board(released)
    lines = {line.id: line for line in board.lines}
    same_in_download(files, lines)
    same_on_overview(page_of(pages, "index.html"), board)
    same_about_labels(page_of(pages, "thema/energielabels.html"), lines, released)
    same_about_new_homes(page_of(pages, "thema/nieuwbouw.html"), lines, files)
    same_on_plan_pages(pages, board)


def same_in_download(files: dict[str, bytes], lines: dict[str, Line]) -> None:
    told = numbers_in_csv(files)
    assert {name: row[2] for name, row in told.items()} == {
        name: line.state for name, line in lines.items()
    }
    for name, (value, path, _) in told.items():
        shown = lines[name].value.removeprefix("ten minste ")
        assert bool(value) == bool(shown), name
        if shown.endswith("%"):
            assert shown == f"{round(number(value))}%"
        if path:
            assert lines[name].path.replace(".", "").startswith(str(round(number(path))))


def same_on_overview(page: Page, board: Board) -> None:
    links = part_of(page, "afspraken").links[:-1]
    assert [link.description for link in links] == [theme.tally.sentence for theme in board.themes]


def same_about_labels(page: Page, lines: dict[str, Line], released: Released) -> None:
    part = part_of(page, "weg-naar-de-doelen")
    paths, rest = part.tables
    assert len(paths.rows) == 5
    for row, name in zip(paths.rows, paths.row_ids, strict=True):
        line = lines[name.removeprefix("pad-")]
        assert tuple(map(text_of, row[:5])) == (
            line.owner,
            line.subject,
            line.value,
            line.goal,
            f"{line.state} (fictief)",  # the embedded homes are made up
        )
    for bar in released.labels:
        if bar.area == released.areas.gm_code:  # all but a few homes lie in the municipality
            share = number(lines[f"j-d-efg-{bar.corporation.lower()}-2028"].value.rstrip("%"))
            assert abs(share - bar.poor_share) <= 1
    plans = {plan.name: plan.slug for plan in released.municipality.plan_areas}
    for row in rest.rows:
        own = [bar for bar in released.labels if bar.area == plans[text_of(row[0])]]
        poor = sum(homes for bar in own for label, homes in bar.groups if label in {*"EFG"})
        assert number(text_of(row[1])) == poor


def same_about_new_homes(page: Page, lines: dict[str, Line], files: dict[str, bytes]) -> None:
    share = lines["j-b14-capaciteit"].value.removeprefix("ten minste ")
    assert share in " ".join(part_of(page, "pijplijn").intro)
    years = rows_of(files, "data/nieuwbouw_voortgang.csv")
    (planned,) = [row for row in years if (row["jaar"], row["reeks"]) == ("2030", "nu bekend")]
    assert f"{round(100 * number(planned['laag']) / 750)}%" == share


def same_on_plan_pages(pages: tuple[Page, ...], board: Board) -> None:
    bars = [
        bar
        for page in pages
        if page.path.startswith("wijkuitvoeringsplan/")
        for part in page.sections
        for bar in part.bars
    ]
    assert bars
    goals = {f"{line.subject}: {line.goal}" for line in board.lines}
    labels = {text.partition(";")[0] for bar in bars for text in bar.targets}
    assert {text for text in labels if "programma" not in text} <= goals


def number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


@pytest.mark.parametrize("edition", ["publiek", "intern"])
def test_no_state_from_made_up_values_without_saying_so(results: Results, edition: Edition) -> None:
    released = release(results, edition)
    files = make_files(released, BuildOptions(Path(), Path(), edition), "2025-08-31")[0]
    made_up = [line for line in make_board(released).lines if line.fictitious]
    assert {line.code for line in made_up} == {"M-B8", "M-D6", "J-D", "M-D4"}
    for name in ("monitor.html", "monitor-samenvatting.html"):
        html = files[name].decode()
        assert MARK in html
        for line in made_up:
            for row in rows_that_say(html, line):
                marks = row.count('<span class="badge fictitious">FICTIEF</span>')
                assert marks == 1 + line.is_judged, (name, line.id)
    marked = {row["regel"] for row in rows_of(files, "data/monitor.csv") if row["fictief"] == MARK}
    assert marked == {line.id for line in made_up}
    for measured in rows_of(files, "data/metingen.csv"):
        assert (measured["fictief"] == MARK) == (
            measured["meetpunt"] not in {"J-B9-groei", "J-B14-capaciteit"}
        )
    assert (
        f"Bij {sum(line.is_judged for line in made_up)} is de waarde verzonnen."
        in files["monitor.html"].decode()
    )


def rows_that_say(html: str, line: Line) -> list[str]:
    """Return the first row of each body that links to a goal."""
    bodies = re.findall(r"<tbody[^>]*>\s*(<tr>.*?</tr>)", html, re.DOTALL)
    return [body for body in bodies if f'#{line.id}"' in body]


def test_a_made_up_measurement_marks_its_row_also_beside_real_homes(example: Released) -> None:
    """The mark does not depend on whether the list of homes is made up."""
    board = make_board(example)
    marked = [line.id for line in board.lines if line.fictitious]
    assert marked == [name for name, (*_, fictitious) in EXPECTED.items() if fictitious]
    html = make_files(example, BuildOptions(Path(), Path()), "2026-06-30")[0]["monitor.html"]
    for line in board.lines:
        (row,) = rows_that_say(html.decode(), line)[-1:]
        assert ("FICTIEF" in row) == line.fictitious, line.id


def test_one_made_up_measurement_keeps_a_site_from_being_published(folder: Folder) -> None:
    """Also beside real homes: `geo-lv check` reads it in the manifest."""
    folder.change("provenance.toml", "fictitious = true", "fictitious = false")
    folder.agree(AGREEMENTS)
    address = "https://example.org/wijken/"
    found = []
    for mark in ("ja", "nee"):
        folder.measure(*(row.replace(",ja,", f",{mark},") for row in MEASUREMENTS))
        out = folder.path.parent / mark
        build_site(BuildOptions(folder.path, out, publication=address))
        report = check_site(out, folder.path)
        found.append([each.found for each in report.findings if each.kind is Kind.FICTITIOUS])
    assert found == [["agreements/metingen.csv"], []]


def test_a_path_from_a_made_up_start_makes_a_state_made_up(folder: Folder) -> None:
    """From 30, which is made up, to 100 in six years: 70 after two of them is on course."""
    before, after = AGREEMENTS.split('point = "verbeterd"')
    after = after.replace("start = 0\nsince = 2021-01-01\n", "", 1)
    folder.agree(f'{before}point = "verbeterd"{after}')
    first, second = (row for row in MEASUREMENTS if row.startswith("verbeterd"))
    told = [
        first.replace("2023,30", "2022,30").replace(",nee,", ",ja,"),
        second.replace("2023,33", "2024,70").replace("2024-03-01", "2025-03-01"),
    ]
    folder.measure(*told)
    released = release(compute(load_inputs(folder.path)), "publiek", "2025-06-30")
    (line,) = [line for line in make_board(released).lines if line.id == "verbeterd"]
    assert (line.state, line.fictitious) == ("op koers", True)


def test_what_the_parties_keep_inside_is_not_in_the_public_edition(folder: Folder) -> None:
    folder.agree(AGREEMENTS)
    folder.measure(*(row.replace(",publiek,", ",intern,") for row in MEASUREMENTS))
    results = compute(load_inputs(folder.path))
    public, inside = (release(results, edition, "2026-06-30") for edition in ("publiek", "intern"))
    for line in make_board(public).lines:
        assert line.value == ""
        assert line.state in {"geen meting", "niet meetbaar"}
    assert public.agreements.measurements == ()
    found = {line.id: line.state for line in make_board(inside).lines}
    assert found == {name: state for name, (state, *_) in EXPECTED.items()}
    files = monitor_files(public)
    assert rows_of(dict(files), "data/metingen.csv") == []
    entry = next(item for item in public.provenance if item.path.endswith("metingen.csv"))
    assert (entry.sha256, entry.rows) == ("", None)


def test_the_same_folder_gives_the_same_board(example: Released) -> None:
    assert make_board(example) == make_board(example)


def test_a_view_without_agreements_has_an_empty_board(example: Released) -> None:
    bare = replace(example.agreements, monitored=Monitored(), measurements=())
    monitor = replace(example.monitor, points=(), processes=())
    assert make_board(replace(example, agreements=bare, monitor=monitor)).lines == ()
