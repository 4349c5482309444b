"""From agreement to delivery: every number worked out by hand, and what must always hold."""

import csv
import dataclasses
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.agreements import NewBuildSite, SiteProgress, load_agreements, parse_programme
from geo_lv.agreements.schemas import STEPS, Step
from geo_lv.editions import Released
from geo_lv.errors import InputError
from geo_lv.maps.map_model import Cell
from geo_lv.maps.model import Page, ProgressChart, ProgressLine, Section, Table
from geo_lv.maps.pages import make_pages
from geo_lv.maps.progress_chart import HEIGHT, progress_marks
from geo_lv.maps.progress_files import FILE, progress_downloads
from geo_lv.maps.progress_sections import progress_section
from geo_lv.maps.progress_words import NO_GOAL
from geo_lv.maps.render import render_page
from geo_lv.municipality import load_municipality
from geo_lv.new_build import (
    SERIES,
    Band,
    Outlook,
    Series,
    Task,
    Total,
    add_up,
    capacity,
    entries_of,
    outlook,
    programme_band,
    status_band,
    task_of,
)
from geo_lv.schema import Confidence

PROGRESS = "agreements/new_build_progress.csv"
TODAY = 2026


def site(
    name: str,
    programme: str,
    *,
    corporation: str = "Een",
    bu_code: str = "BU00010101",
    period: tuple[int, int] = (2024, 2028),
) -> NewBuildSite:
    return NewBuildSite(
        site_id=name.lower(),
        corporation=corporation,
        site=name,
        programme=parse_programme(programme),
        mid_rent=0,
        target_group="regulier",
        period=period,
        bu_code=bu_code,
        place_confidence=Confidence.HIGH,
        place_note="",
        status="",
        status_date="",
        status_source="",
        status_confidence=Confidence.UNKNOWN,
        source="SEED",
    )


def row(
    name: str, step: Step, year: int | None, low: int, high: int | None, confidence: str = "M"
) -> SiteProgress:
    return SiteProgress(name.lower(), step, year, low, high, "SEED", Confidence(confidence), "")


SITES = (
    site("Getal", "20"),
    site("Bouw", "Nnb"),
    site("Open", "Nnb", corporation="Twee", bu_code=""),
    site("Deel", "30%", corporation="Twee", bu_code="BU00010201"),
    site("Anders", "15", bu_code="BU00010201"),
    site("Klaar", "10", corporation="Twee", bu_code="BU00010202", period=(2023, 2026)),
    site("Later", "8", bu_code="BU00010201"),
)
KNOWN = (
    row("Getal", "gepland", 2026, 18, 20),
    row("Bouw", "gestart", 2025, 30, 40),
    row("Deel", "gepland", 2027, 129, 129, "L"),
    row("Anders", "gepland", None, 0, 0),
    row("Klaar", "gepland", 2024, 10, 10),
    row("Klaar", "opgeleverd", 2025, 12, 12, "H"),
    row("Later", "gepland", 2030, 9, 9),
)
OPEN = ("Open", "Deel")
TASK = Task(homes=100, first_year=2024, last_year=2028, capacity_percent=130, source="SEED")


@pytest.fixture(scope="module")
def view() -> Outlook:
    """Return the sites above, added up."""
    return outlook(SITES, KNOWN, TODAY)


def short(total: Total) -> tuple[int, int, tuple[str, ...]]:
    return total.low, total.known_high, total.open_sites


# One site


@pytest.mark.parametrize(
    ("name", "agreed", "now"),
    [
        ("Getal", Band(20, 20), Band(18, 20)),
        ("Bouw", Band(0, 40), Band(30, 40)),
        ("Open", Band(0, None), Band(0, None)),
        ("Deel", Band(0, None), Band(0, None)),
        ("Anders", Band(15, 15), Band(0, 0)),
        ("Klaar", Band(10, 10), Band(12, 12)),
        ("Later", Band(8, 8), Band(9, 9)),
    ],
)
def test_what_is_agreed_and_what_is_known_of_a_site(name: str, agreed: Band, now: Band) -> None:
    (one,) = [item for item in SITES if item.site == name]
    assert programme_band(one, KNOWN) == agreed
    assert status_band(one, KNOWN) == now


def test_the_furthest_step_that_is_a_fact_counts() -> None:
    one = site("Getal", "Nnb")
    plan, start = row("Getal", "gepland", 2026, 50, 60), row("Getal", "gestart", 2025, 40, None)
    doubtful = row("Getal", "opgeleverd", 2026, 30, 30, "L")
    assert status_band(one, (doubtful, start, plan)) == Band(40, None)
    assert programme_band(one, (doubtful, start, plan)) == Band(0, None)
    assert status_band(one, (doubtful, plan)) == Band(50, 60)
    assert status_band(one, (doubtful,)) == Band(0, None)


@pytest.mark.parametrize(("low", "high"), [(-1, 3), (4, 3)])
def test_a_band_does_not_end_before_it_begins(low: int, high: int) -> None:
    with pytest.raises(ValueError, match=f"found {low} and {high}"):
        Band(low, high)


def test_one_open_band_leaves_the_whole_open() -> None:
    total = add_up([("a", Band(1, 2)), ("b", Band(3, None)), ("c", Band(4, 4)), ("b", Band(0, 0))])
    assert total == Total(8, 9, ("b",), 4)
    assert total.high is None
    assert add_up([("a", Band(1, 2))]).high == 2
    assert add_up([]) == Total(0, 0, (), 0)


def test_a_year_that_is_not_known_is_this_year_at_the_latest() -> None:
    found = [
        (entry.series, entry.year)
        for done in ("gestart", "opgeleverd")
        for entry in entries_of([site("A", "5")], [row("A", done, None, 5, 5)], TODAY)
    ]
    assert found == [
        ("programme", 2028),
        ("planned", 2028),
        ("started", 2026),
        ("programme", 2026),
        ("planned", 2026),
        ("started", 2026),
        ("delivered", 2026),
    ]


# All together


@pytest.mark.parametrize(
    ("series", "by_year"),
    [
        ("programme", [(0, 0), (0, 0), (10, 10), (30, 30), (30, 30), (53, 93)]),
        ("planned", [(0, 0), (0, 0), (12, 12), (30, 32), (30, 32), (60, 72)]),
        ("started", [(0, 0), (0, 0), (42, 52), (42, 52), (42, 52), (42, 52)]),
        ("delivered", [(0, 0), (0, 0), (12, 12), (12, 12), (12, 12), (12, 12)]),
    ],
)
def test_year_by_year(series: Series, by_year: list[tuple[int, int]], view: Outlook) -> None:
    assert view.years == (2023, 2024, 2025, 2026, 2027, 2028)
    assert [(total.low, total.known_high) for total in view.by_year[series]] == by_year
    is_open = [total.open_sites for total in view.by_year[series]]
    assert is_open == [()] * 5 + [OPEN if series in {"programme", "planned"} else ()]


def test_what_comes_later_or_is_indicative_is_in_no_total(view: Outlook) -> None:
    assert [(entry.site.site, entry.series, entry.year) for entry in view.later] == [
        ("Later", "planned", 2030)
    ]
    assert view.indicative == (KNOWN[2],)


@pytest.mark.parametrize(
    ("kind", "key", "sites", "programme", "planned", "started", "delivered"),
    [
        ("corporations", "Een", 4, (43, 83, ()), (48, 60, ()), (30, 40, ()), (0, 0, ())),
        ("corporations", "Twee", 3, (10, 10, OPEN), (12, 12, OPEN), (12, 12, ()), (12, 12, ())),
        ("wijken", "WK000101", 2, (20, 60, ()), (48, 60, ()), (30, 40, ()), (0, 0, ())),
        (
            "wijken",
            "WK000102",
            4,
            (33, 33, ("Deel",)),
            (12, 12, ("Deel",)),
            (12, 12, ()),
            (12, 12, ()),
        ),
        ("wijken", "", 1, (0, 0, ("Open",)), (0, 0, ("Open",)), (0, 0, ()), (0, 0, ())),
    ],
)
def test_per_corporation_and_per_wijk(  # noqa: PLR0913, PLR0917 - a table of cases
    kind: str,
    key: str,
    sites: int,
    programme: tuple[object, ...],
    planned: tuple[object, ...],
    started: tuple[object, ...],
    delivered: tuple[object, ...],
    view: Outlook,
) -> None:
    groups = view.corporations if kind == "corporations" else view.wijken
    (group,) = [item for item in groups if item.key == key]
    assert group.sites == sites
    expected = dict(zip(SERIES, (programme, planned, started, delivered), strict=True))
    assert {series: short(group.totals[series]) for series in SERIES} == expected


def test_the_unknown_place_comes_last(view: Outlook) -> None:
    assert [group.key for group in view.wijken] == ["WK000101", "WK000102", ""]


def test_capacity_in_percent_of_the_task(view: Outlook) -> None:
    entries = (*view.entries, *view.later)
    found = capacity(entries, TASK)
    assert (found.low, found.known_high, found.high) == (60.0, 72.0, None)
    assert found.total.open_sites == OPEN
    longer = capacity(entries, dataclasses.replace(TASK, last_year=2030, homes=300))
    assert (longer.low, longer.known_high) == (23.0, 27.0)
    first = capacity(entries, dataclasses.replace(TASK, first_year=2026, last_year=2027))
    assert (first.low, first.high) == (18.0, 20.0)


def test_without_sites_there_are_no_years() -> None:
    empty = outlook((), (), TODAY)
    assert (empty.years, empty.entries, empty.corporations, empty.wijken) == ((), (), (), ())


# What must always hold


@st.composite
def programmes(draw: st.DrawFn) -> tuple[tuple[NewBuildSite, ...], tuple[SiteProgress, ...], int]:
    """Return sites, what is known of them, and a year."""
    years = st.integers(2018, 2035)
    sites, rows = [], []
    for number in range(draw(st.integers(1, 6))):
        period = sorted(draw(st.tuples(years, years)))
        share = draw(st.integers(0, 100))
        one = site(
            f"S{number}",
            draw(st.sampled_from(["Nnb", f"{share}%", str(share)])),
            corporation=draw(st.sampled_from(["Een", "Twee"])),
            bu_code=draw(st.sampled_from(["", "BU00010101", "BU00010102", "BU00010201"])),
            period=(period[0], period[1]),
        )
        sites.append(one)
        for step in draw(st.sets(st.sampled_from(STEPS))):
            low = draw(st.integers(0, 50))
            high = draw(st.none() | st.integers(low, 99))
            year = draw(st.none() | years)
            rows.append(row(one.site, step, year, low, high, draw(st.sampled_from("HML?"))))
    return tuple(sites), tuple(rows), draw(years)


def together(totals: list[Total]) -> tuple[int, int, frozenset[str], int]:
    return (
        sum(total.low for total in totals),
        sum(total.known_high for total in totals),
        frozenset(name for total in totals for name in total.open_sites),
        sum(total.sites for total in totals),
    )


@given(programmes())
def test_parts_add_up_to_the_whole_and_nothing_is_lost(
    given_: tuple[tuple[NewBuildSite, ...], tuple[SiteProgress, ...], int],
) -> None:
    sites, rows, today = given_
    found = outlook(sites, rows, today)
    for series in SERIES:
        whole = together([found.by_year[series][-1]])
        for groups in (found.corporations, found.wijken):
            assert together([group.totals[series] for group in groups]) == whole
    for groups in (found.corporations, found.wijken):
        assert sum(group.sites for group in groups) == len(sites)
    everything = (*found.entries, *found.later)
    for series in ("programme", "planned"):
        assert sorted(e.site.site for e in everything if e.series == series) == sorted(
            one.site for one in sites
        )
    assert not any(entry.series == "programme" for entry in found.later)


@given(programmes())
def test_low_is_at_most_high_and_no_total_ever_falls(
    given_: tuple[tuple[NewBuildSite, ...], tuple[SiteProgress, ...], int],
) -> None:
    found = outlook(*given_)
    for totals in found.by_year.values():
        assert all(0 <= total.low <= total.known_high for total in totals)
        for name in ("low", "known_high", "sites"):
            numbers = [getattr(total, name) for total in totals]
            assert numbers == sorted(numbers)


@given(programmes())
def test_what_is_indicative_changes_no_total(
    given_: tuple[tuple[NewBuildSite, ...], tuple[SiteProgress, ...], int],
) -> None:
    sites, rows, today = given_
    sure = [item for item in rows if item.confidence.is_fact]
    assert outlook(sites, rows, today).by_year == outlook(sites, sure, today).by_year


# The data folder


def test_the_programme_of_the_embedded_default(released: Released) -> None:
    agreements = released.agreements
    found = outlook(agreements.sites, agreements.progress, 2025)
    totals = {
        group.key: (short(group.totals["programme"]), short(group.totals["planned"]))
        for group in found.corporations
    }
    garages = ("Appelgaarde 2-4", "Transformatie garages")
    # Vidomes: no social rent at Zustersdijk (20), and 10 to 15 at the Van Santhorststraat (15)
    assert totals["Vidomes"] == ((281, 281, ()), (256, 261, ()))
    # WoonInvest: the numbers make 118, De Star is Nnb and by now 108
    assert totals["WoonInvest"] == ((118, 226, garages), (226, 226, garages))
    assert short(found.by_year["planned"][-1]) == (482, 487, garages)
    assert found.years == tuple(range(2023, 2031))
    assert [total.low for total in found.by_year["planned"]] == [0, 37, 37, 37, 145, 145, 145, 482]
    assert [total.sites for total in found.by_year["started"]] == [0] * 8
    assert task_of(agreements) == Task(750, 2019, 2030, 130, "SEED VN-230413")


def test_the_steps_come_typed(released: Released) -> None:
    progress = released.agreements.progress
    assert len(progress) == 7
    assert [(r.site_id, r.step, r.year, r.homes_low, r.homes_high) for r in progress[4:6]] == [
        ("westeinderweg-3", "opgeleverd", None, 0, 8),
        ("de-star-51", "gepland", 2027, 108, 108),
    ]
    assert [r.confidence.value for r in progress] == ["M", "M", "M", "M", "L", "H", "L"]


STAR = "de-star-51,gepland,2027,108,108,LV-STAR,H"


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        (STAR, "de-ster-51,gepland,2027,108,108,LV-STAR,H", 7, "site_id"),
        (STAR, "de-star-51,bedacht,2027,108,108,LV-STAR,H", 7, "step"),
        (STAR, "de-star-51,gepland,27,108,108,LV-STAR,H", 7, "year"),
        (STAR, "de-star-51,gepland,2027,,108,LV-STAR,H", 7, "homes_low"),
        (STAR, "de-star-51,gepland,2027,108,Nnb,LV-STAR,H", 7, "homes_high"),
        (STAR, "de-star-51,gepland,2027,108,107,LV-STAR,H", 7, "homes_high"),
        (STAR, "de-star-51,gepland,2027,108,108,LV-STER,H", 7, "source"),
        (STAR, "de-star-51,gepland,2027,108,108,,H", 7, "source"),
        (STAR, "de-star-51,gepland,2027,108,108,LV-STAR,X", 7, "confidence"),
        (STAR, "overgoo,gepland,,1,1,LV-OG,H,\novergoo,gepland,,1,1,LV-OG,H", 8, "site_id + step"),
        (
            STAR,
            "overgoo,opgeleverd,2025,1,1,LV-OG,H,\novergoo,gestart,2026,1,1,LV-OG,H",
            7,
            "year",
        ),
    ],
)
def test_a_wrong_step_names_row_and_column(
    data: Path, old: str, new: str, line: int, column: str
) -> None:
    path = data / PROGRESS
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")
    with pytest.raises(InputError) as raised:
        load_agreements(data, load_municipality(data), None)
    assert [(p.file, p.row, p.column) for p in raised.value.problems] == [(PROGRESS, line, column)]


def test_a_folder_may_do_without(data: Path) -> None:
    (data / PROGRESS).unlink()
    agreements = load_agreements(data, load_municipality(data), None)
    assert agreements.progress == ()
    found = outlook(agreements.sites, agreements.progress, 2025)
    assert short(found.by_year["planned"][-1]) == short(found.by_year["programme"][-1])
    garages = ("De Star 51", "Appelgaarde 2-4", "Transformatie garages")
    assert short(found.by_year["planned"][-1]) == (399, 399, garages)


def test_no_upper_limit_is_none(data: Path) -> None:
    path = data / PROGRESS
    path.write_text(path.read_text("utf-8").replace(",108,108,", ",108,,"), "utf-8")
    agreements = load_agreements(data, load_municipality(data), None)
    assert agreements.progress[5].homes_high is None


# The page

WithSites = Callable[..., Released]


@pytest.fixture
def with_sites(released: Released) -> WithSites:
    """Give a function that returns a view with the sites above in the embedded wijken."""

    def change(sites: tuple[NewBuildSite, ...] = SITES) -> Released:
        moved = tuple(dataclasses.replace(one, bu_code=PLACES[one.bu_code[:8]]) for one in sites)
        agreements = dataclasses.replace(released.agreements, sites=moved, progress=KNOWN)
        return dataclasses.replace(released, agreements=agreements)

    return change


PLACES = {"": "", "BU000101": "BU19160400", "BU000102": "BU19161200"}


def table(section: Section, name: str) -> Table:
    (found,) = [item for item in section.tables if item.id == name]
    return found


def texts(cells: tuple[Cell | str, ...]) -> list[str]:
    return [cell if isinstance(cell, str) else cell.text for cell in cells]


def test_the_tables_say_what_was_worked_out(with_sites: WithSites) -> None:
    section = progress_section(with_sites(), TODAY, TASK)
    years = table(section, "voortgang-per-jaar")
    assert [texts(cells) for cells in years.rows] == [
        ["2023", "0", "0", "niet bekend", "niet bekend"],
        ["2024", "0", "0", "niet bekend", "niet bekend"],
        ["2025", "10", "12", "42 tot 52", "12"],
        ["2026", "30", "30 tot 32", "42 tot 52", "12"],
        ["2027", "30", "30 tot 32", "–", "–"],
        ["2028", "53 tot 93 of meer", "60 tot 72 of meer", "–", "–"],
    ]
    last = years.rows[-1][1]
    assert isinstance(last, Cell)
    assert last.note.startswith("Van Open en Deel is geen bovengrens bekend.")
    wijken = table(section, "voortgang-per-wijk")
    assert [texts(cells) for cells in (*wijken.rows, *wijken.footers)] == [
        ["Stompwijk", "2", "20 tot 60", "48 tot 60", "30 tot 40", "niet bekend"],
        ["Voorburg West / Park Leeuwenbergh", "4", "33 of meer", "12 of meer", "12", "12"],
        ["locatie onbekend", "1", "0 of meer", "0 of meer", "niet bekend", "niet bekend"],
        ["Samen", "7", "53 tot 93 of meer", "60 tot 72 of meer", "42 tot 52", "12"],
    ]
    corporations = table(section, "voortgang-per-corporatie")
    assert [texts(cells) for cells in corporations.rows] == [
        ["Een", "4", "43 tot 83", "48 tot 60", "30 tot 40", "niet bekend"],
        ["Twee", "3", "10 of meer", "12 of meer", "12", "12"],
    ]
    known = table(section, "voortgang-per-locatie")
    assert len(known.rows) == len(KNOWN)
    assert texts(known.rows[2])[:5] == [
        "Deel",
        "oplevering gepland",
        "2027",
        "129",
        "indicatief: afgeleid, niet bevestigd",
    ]


def test_the_sentences_say_what_is_not_known(with_sites: WithSites) -> None:
    words = "\n".join(progress_section(with_sites(), TODAY + 1, TASK).intro)
    assert "Het doel is 100 sociale huurwoningen erbij tot en met 2028 (bron: " in words
    assert "60 tot 72 of meer sociale huurwoningen. Dat is 60% tot 72% of meer van" in words
    assert "plannen voor 130% van het doel. Of dat is gehaald, is niet te zeggen." in words
    assert "Van Open en Deel is geen bovengrens bekend." in words
    assert "De geplande oplevering is voorbij bij Getal. Of er" in words
    assert "Pas na 2028 gepland, en niet meegeteld: Later." in words
    assert "Voor Deel is er een indicatief aantal. Dat telt niet mee" in words
    assert "Een begin telt mee vanaf het jaar waarin de bouw begon" in words
    assert "onbekend, en dus geen nul" not in words
    assert NO_GOAL not in words


@pytest.mark.parametrize(("homes", "verdict"), [(9, "Dat is gehaald."), (90, "niet gehaald.")])
def test_the_task_is_met_or_not_only_if_that_is_sure(
    homes: int, verdict: str, with_sites: WithSites
) -> None:
    closed = with_sites(tuple(one for one in SITES if one.site in {"Getal", "Klaar", "Anders"}))
    agreements = dataclasses.replace(closed.agreements, progress=())
    view = dataclasses.replace(closed, agreements=agreements)
    section = progress_section(view, TODAY, dataclasses.replace(TASK, homes=homes))
    assert section.intro[1].endswith(verdict)
    assert all(item.id != "voortgang-per-locatie" for item in section.tables)


def test_without_a_goal_the_page_says_so(released: Released) -> None:
    section = progress_section(released, 2025, None)
    assert section.intro[0] == NO_GOAL
    words = "\n".join(section.intro)
    assert "Een begin telt mee" not in words
    assert "Van Appelgaarde 2-4 en Transformatie garages is geen bovengrens bekend." in words
    assert "zeker dat er is begonnen met bouwen of opgeleverd. Dat is onbekend, en dus" in words
    assert "De geplande oplevering is voorbij bij KPP 5 / Triadome." in words
    chart = section.progress
    assert chart is not None
    assert chart.goal is None
    assert [bool(line.points) for line in chart.lines] == [True, True, False, False]


def test_without_a_programme_there_is_no_chart(released: Released) -> None:
    agreements = dataclasses.replace(released.agreements, sites=(), progress=())
    section = progress_section(dataclasses.replace(released, agreements=agreements), 2025, TASK)
    assert section.intro == ("Er is geen programma voor nieuwbouw bekend.",)
    assert (section.progress, section.tables) == (None, ())


def test_the_part_is_on_the_page_about_new_homes_only(released: Released) -> None:
    pages = make_pages(released, peildatum="2026-01-01", basemap=False)
    assert [p.path for p in pages if any(part.id == "pijplijn" for part in p.sections)] == [
        "thema/nieuwbouw.html"
    ]


def rendered(released: Released, task: Task | None) -> str:
    (page,) = [
        page
        for page in make_pages(released, peildatum="2026-01-01", basemap=False)
        if page.path == "thema/nieuwbouw.html"
    ]
    section = progress_section(released, 2026, task)
    own: Page = dataclasses.replace(page, sections=(section,))
    return render_page(own).html.partition('<div class="parts">')[2]


def test_the_drawing_is_hidden_from_who_listens_and_has_the_goal(released: Released) -> None:
    html = rendered(released, dataclasses.replace(TASK, homes=750, last_year=2030))
    assert '<div class="progress-plot" aria-hidden="true">' in html
    assert '<line class="progress-line goal" x1="0"' in html
    assert ">doel 750</text>" in html
    assert "een pijl naar rechts: na 2030" in html
    assert html.count("arrow-up") == 2
    assert "style=" not in html
    assert "None" not in html
    assert "progress-line goal" not in rendered(released, None)


def test_a_hostile_note_stays_text(released: Released) -> None:
    first = dataclasses.replace(released.agreements.progress[0], note="<img onerror=alert(1)>")
    agreements = dataclasses.replace(released.agreements, progress=(first,))
    html = rendered(dataclasses.replace(released, agreements=agreements), None)
    assert "&lt;img onerror=alert(1)&gt;" in html
    assert "<img" not in html


# The drawing


def test_marks_stand_where_the_numbers_are() -> None:
    points = ((2024, 0, 0, False), (2025, 50, 100, False), (2026, 50, 100, True))
    drawn = progress_marks(
        ProgressChart(
            years=(2024, 2025, 2026, 2027),
            lines=(ProgressLine("planned", "Nu bekend", points), ProgressLine("started", "", ())),
            goal=200,
            indicative=((2025, 100), (2030, 7)),
        )
    )
    assert [text for text, _ in drawn.levels] == ["0", "50", "100", "150", "200"]
    top, middle = drawn.levels[-1][1], (drawn.levels[0][1] + drawn.levels[-1][1]) / 2
    assert drawn.levels[0][1] == HEIGHT
    assert drawn.goal == ("200", top)
    (line,) = drawn.lines
    first, second = line.runs
    assert (first.x, first.end, first.y, first.top) == (0, 25, HEIGHT, HEIGHT)
    assert (second.x, second.end, second.top) == (25, 75, middle)
    assert line.risers == ((25, HEIGHT, second.y),)
    assert line.arrow == (62.5, middle)
    assert drawn.indicative == ((31.25, 12.5, middle),)
    assert drawn.beyond
    assert drawn.ticks[0] == (2024, 12.5)


@given(st.integers(0, 10**6))
def test_the_levels_are_few_and_reach_the_most(most: int) -> None:
    line = ProgressLine("planned", "", ((2024, 0, most, False),))
    drawn = progress_marks(ProgressChart((2024,), (line,)))
    heights = [y for _, y in drawn.levels]
    assert 2 <= len(heights) <= 5
    assert heights == sorted(heights, reverse=True)
    assert all(heights[-1] - 0.05 <= run.top <= run.y <= HEIGHT for run in drawn.lines[0].runs)


# The download


def rows_of(released: Released, today: int) -> list[dict[str, str]]:
    text = progress_downloads(released, today)[FILE].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def test_the_download_has_the_numbers_of_the_chart(with_sites: WithSites) -> None:
    found = rows_of(with_sites(), TODAY)
    count = {name: sum(r["reeks"] == name for r in found) for name in {r["reeks"] for r in found}}
    assert count == {"afgesproken": 6, "nu bekend": 6, "begonnen": 2, "opgeleverd": 2}
    last = [tuple(r.values()) for r in found if r["jaar"] in {"2026", "2028"}]
    source = found[0]["bron"]
    assert re.fullmatch(r"Prestatieafspraken \d{4}", source)
    assert last == [
        ("2026", "afgesproken", "30", "30", "30", "", source),
        ("2028", "afgesproken", "53", "", "93", "Open, Deel", source),
        ("2026", "nu bekend", "30", "32", "32", "", source),
        ("2028", "nu bekend", "60", "", "72", "Open, Deel", source),
        ("2026", "begonnen", "42", "52", "52", "", source),
        ("2026", "opgeleverd", "12", "12", "12", "", source),
    ]


def test_what_is_not_known_is_not_downloaded_as_nothing(released: Released) -> None:
    assert {r["reeks"] for r in rows_of(released, 2025)} == {"afgesproken", "nu bekend"}
