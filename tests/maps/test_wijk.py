"""The sheet of a wijk: marks worked out by hand, words that say how sure, what is missing."""

import dataclasses
import re
from collections.abc import Iterable
from typing import Any

import pytest

from geo_lv.agreements import Action
from geo_lv.agreements.schemas import ActionState
from geo_lv.editions import Released, release
from geo_lv.maps.model import Page
from geo_lv.maps.pages import make_pages
from geo_lv.maps.render import render_page
from geo_lv.maps.wijk.known import action_lines
from geo_lv.maps.wijk.model import SheetRow, WijkSheet
from geo_lv.maps.wijk.pages import meeting_paths
from geo_lv.maps.wijk.sparkline import spark
from geo_lv.maps.wijk.spine import Measures, middle_half, spine
from geo_lv.pipeline import Results

HEUVEL = "WK191606"
PRINSENHOF = "WK191602"
DAY = "2025-08-31"
FIFTEEN = 16
"""Figures on a public sheet, those of domain.md and their context, when all sources are fetched."""

Pages = dict[str, Page]


def pages_of(released: Released, *, pack: bool = False) -> Pages:
    """Return every page by its path."""
    made = make_pages(released, peildatum=DAY, basemap=True, pack=pack)
    return {page.path: page for page in made}


@pytest.fixture(scope="module")
def pages(released: Released) -> Pages:
    return pages_of(released, pack=True)


@pytest.fixture(scope="module")
def inside(results: Results) -> Pages:
    return pages_of(release(results, "intern"))


def sheet(pages: Pages, code: str) -> WijkSheet:
    """Return the sheet of a wijk."""
    found = pages[f"wijk/{code.lower()}.html"].sheet
    assert found is not None
    return found


def rows(found: WijkSheet) -> dict[str, SheetRow]:
    """Return the rows of a sheet by label."""
    return {row.label: row for group in found.groups for row in group.rows}


def with_figure(results: Results, code: str, indicator: str, **changes: Any) -> Results:
    """Return results with one figure of 2022 changed."""
    figures = results.figures.copy()
    chosen = (
        (figures["code"] == code)
        & (figures["indicator"] == indicator)
        & (figures["year"] == "2022")
    )
    assert chosen.sum() == 1
    for column, value in changes.items():
        figures.loc[chosen, column] = value
    return dataclasses.replace(results, figures=figures)


def with_reason(results: Results, code: str, indicator: str, reason: str) -> Results:
    """Return results without one figure of 2022."""
    return with_figure(results, code, indicator, value=float("nan"), reason=reason)


def test_marks_of_owner_occupied_homes_by_hand(pages: Pages) -> None:
    """42% beside 58% in the municipality; the others are 38, 48, 48, 51, 51, 58, 63 … 80.

    The farthest is 80: 22 from the municipality is 92 units, so 42 lies 16 / 22 x 92 = 66,9 left of
    the middle. The quartiles are 50,25 and 71,25; the interval is 38,93 to 45,12.
    """
    marks = rows(sheet(pages, HEUVEL))["Koopwoningen"].spine
    assert marks is not None
    assert marks.municipality == 100
    assert marks.whole == (16.4, 192)
    assert marks.half == (67.6, 155.4)
    assert marks.dot == 33.1
    assert marks.interval == (20.2, 46.2)
    assert marks.level == "watch"


def test_where_lower_is_better_the_high_side_is_left(pages: Pages) -> None:
    """42,2% beside 35,2%; the farthest is 47,7, so 12,5 is 92 units and 7,0 is 51,5 to the left."""
    marks = rows(sheet(pages, HEUVEL))["Mensen met een laag inkomen"].spine
    assert marks is not None
    assert marks.dot == 48.5
    assert marks.whole == (8, 147.1)
    assert marks.half == (78.7, 128)


@pytest.mark.parametrize(
    ("others", "half"),
    [
        ([1, 2, 3], None),
        ([4, 1, 3, 2], (1.75, 3.25)),
        ([1, 1, 1, 1, 9], (1, 1)),
    ],
)
def test_middle_half(others: list[float], half: tuple[float, float] | None) -> None:
    assert middle_half(others) == half


def test_without_a_municipality_the_median_is_in_the_middle() -> None:
    marks = spine(Measures(30, None, None, [10, 20]), mirrored=False)
    assert marks.municipality is None
    assert (marks.whole, marks.dot) == ((8, 100), 192)


def test_equal_figures_and_no_figures_have_a_place_too() -> None:
    same = spine(Measures(5, None, 5, [5, 5, 5, 5]), mirrored=True)
    assert (same.whole, same.half, same.dot) == ((100, 100), (100, 100), 100)
    nothing = spine(Measures(None, None, None, []), mirrored=False)
    assert (nothing.whole, nothing.half, nothing.dot, nothing.interval) == (None,) * 4


def test_a_line_stops_where_a_year_is_missing() -> None:
    """Three years over 82 units from 4; 10 to 30 over 12 units from 15 up; 2014 is not drawn."""
    own = [(2015, 10.0), (2016, 20.0), (2018, 30.0)]
    whole = [(2014, 0.0), *((year, 10.0) for year in range(2015, 2019))]
    line = spark(own, whole, range(2014, 2019))
    assert line is not None
    assert line.lines == ("4,15 31.3,9",)
    assert line.dots == ((4, 15), (31.3, 9), (86, 3))
    assert line.municipal == ("4,15 31.3,15 58.7,15 86,15",)
    assert spark(own[:1], whole, [2015]) is None


@pytest.mark.parametrize(
    ("label", "texts"),
    [
        (
            "Koopwoningen",
            ("42", "38,9–45,1", "58", "38–80, helft 50–71", "let op: lager", "één meetjaar"),
        ),
        (
            "Mensen met een laag inkomen",
            (
                "42,2",
                "39,4–45,1",
                "35,2",
                "28,8–47,7, helft 31,4–38,1",
                "let op: hoger",
                "ongunstig, één meetjaar",
            ),
        ),
        (
            "Mensen met werk",
            ("59", "55,6–62,3", "62", "55–70, helft 60–65", "geen signaal", ""),
        ),
    ],
)
def test_a_row_tells_all_that_is_drawn(pages: Pages, label: str, texts: tuple[str, ...]) -> None:
    row = rows(sheet(pages, HEUVEL))[label]
    found = (row.value.text, row.interval, row.municipal, row.spread)
    assert (*found, row.signal, row.signal_detail) == texts
    assert (row.detail, row.trend, row.trend_detail) == (
        "%\u00a0· 2022",
        "te weinig jaren",
        "alleen 2022",
    )
    assert row.spark is None


def test_the_three_signals_farthest_out_come_first(pages: Pages) -> None:
    """By z: schooling -1,47, low income 1,31, WOZ -1,23, owner-occupied homes -1,08."""
    first, second, third = sheet(pages, HEUVEL).deviations
    assert first == (
        "Opleiding op hbo- of wo-niveau: 18% (2022), 25 procentpunt lager dan de gemeente (43%). "
        "Met de onzekerheid door afronding en, naar schatting, toeval is dat 21,7–28,1; in één "
        "meetjaar."
    )
    assert second.startswith(
        "Mensen met een laag inkomen: 42,2% (2022), 7,0 procentpunt hoger dan de gemeente (35,2%)."
    )
    assert third == (
        "Gemiddelde WOZ-waarde: €\u00a0192.000 (2022), €\u00a0147.000 lager dan de gemeente "
        "(€\u00a0339.000). Met de onzekerheid door afronding is dat €\u00a0146.000–148.000; in één "
        "meetjaar."
    )
    assert sheet(pages, HEUVEL).deviations_note == ""


def test_fewer_than_three_signals_are_told(pages: Pages) -> None:
    counts = {
        code: (len(sheet(pages, code).deviations), sheet(pages, code).deviations_note)
        for code in ("WK191605", "WK191613", "WK191608")
    }
    assert counts["WK191605"] == (
        0,
        "Geen enkel cijfer wijkt zo ver af dat het een signaal geeft.",
    )
    assert counts["WK191613"] == (2, "Meer signalen zijn er niet.")
    assert counts["WK191608"] == (1, "Meer signalen zijn er niet.")


def test_lead_and_facts_of_de_heuvel(pages: Pages) -> None:
    found = sheet(pages, HEUVEL)
    assert found.lead == (
        "Wijk met 3.250 inwoners (2024); 4 van de 6 beoordeelde cijfers geven een signaal."
    )
    told = {fact.term: fact.text for fact in found.facts}
    assert told["Aandachtslijst"].startswith(
        "De Heuvel (Aandachtswijken 2022-2025 (Bijlage III), 2022–2025)"
    )
    assert told["Partneroverleg"] == "Leidschendam-Noord"
    assert "fase onbekend" in told["Aardgasvrij in 2025"]
    assert "Nieuwbouw" not in told
    assert found.map_link.href == "index.html#gebied=WK191606"


def test_a_meeting_about_a_part_says_which_part(pages: Pages) -> None:
    told = {fact.term: fact.text for fact in sheet(pages, PRINSENHOF).facts}
    assert told["Partneroverleg"] == "Leidschendam-Noord (alleen Prinsenhof hoog)"
    alone = {fact.term: fact.text for fact in sheet(pages, "WK191601").facts}
    assert alone["Partneroverleg"] == "Geen overleg bekend voor deze wijk"
    assert alone["Aandachtslijst"] == "Voor zover bekend niet op een aandachtslijst"


@pytest.mark.parametrize(
    ("reason", "word", "why"),
    [
        ("suppressed", "suppressed", "Geheim"),
        ("missing", "missing", "Ontbreekt in de bron"),
        ("not_applicable", "not_applicable", "Niet van toepassing"),
    ],
)
def test_a_figure_that_is_not_there_says_why(
    results: Results, reason: str, word: str, why: str
) -> None:
    pages = pages_of(release(with_reason(results, HEUVEL, "koopwoningen", reason), "publiek"))
    found = sheet(pages, HEUVEL)
    row = rows(found)["Koopwoningen"]
    assert row.value.reason is not None
    assert row.value.reason.value == word
    assert (row.interval, row.signal, row.signal_detail) == ("", "geen oordeel", "geen cijfer")
    assert row.spine is not None
    assert (row.spine.dot, row.spine.interval) == (None, None)
    assert {gap.why: gap.labels for gap in found.gaps}[why] == ("Koopwoningen",)
    assert not any("Koopwoningen" in sentence for sentence in found.deviations)


def test_the_embedded_folder_lacks_what_was_never_fetched(pages: Pages) -> None:
    [gap] = sheet(pages, HEUVEL).gaps
    assert gap.why == "De bron is niet opgehaald"
    assert len(gap.labels) + len(rows(sheet(pages, HEUVEL))) == FIFTEEN
    assert "Mensen met bijstand" in gap.labels


def test_a_small_wijk_is_not_judged_and_in_no_spread(results: Results) -> None:
    """With 150 inhabitants Prinsenhof is too small; its 38% is in no spread any more."""
    small = with_figure(results, PRINSENHOF, "inwoners", value=150)
    pages = pages_of(release(small, "publiek"))
    own = rows(sheet(pages, PRINSENHOF))["Koopwoningen"]
    assert (own.signal, own.signal_detail) == ("geen oordeel", "te klein om te beoordelen")
    why = {gap.why: gap.labels for gap in sheet(pages, PRINSENHOF).gaps}
    assert "Koopwoningen" in why["Te klein om te beoordelen (minder dan 200 inwoners)"]
    assert rows(sheet(pages, HEUVEL))["Koopwoningen"].spread == "48–80, helft 51–72"


def test_unfavourable_is_always_on_the_left(pages: Pages) -> None:
    groups = {group.heading: (group.left, group.right) for group in sheet(pages, HEUVEL).groups}
    assert groups == {
        "Lager is gunstiger": ("ongunstig", "gunstig"),
        "Hoger is gunstiger": ("ongunstig", "gunstig"),
        "Geen gunstige kant vastgelegd": ("lager", "hoger"),
    }


def action(number: int, due: str, state: ActionState = "open", code: str = HEUVEL) -> Action:
    """Return an action of the plan."""
    return Action(
        action_id=f"actie-{number}",
        wk_code=code,
        action=f"actie {number}",
        owner="Gemeente",
        due=due,
        state=state,
        state_date="2025-02-01" if number == 1 else "",
        edition="publiek",
        source="",
    )


def test_overdue_actions_come_first_then_by_day() -> None:
    actions = [
        action(1, "2025-12-01", "in uitvoering"),
        action(2, ""),
        action(3, "2025-08-30"),
        action(4, DAY),
        action(5, "2024-01-01", "gereed"),
        action(6, "2024-01-01", "vervallen"),
        action(7, "2024-01-01", code="WK191601"),
    ]
    lines = action_lines(actions, HEUVEL, DAY)
    assert [(line.action, line.overdue) for line in lines] == [
        ("actie 3", True),
        ("actie 4", False),
        ("actie 1", False),
        ("actie 2", False),
    ]
    assert lines[2].state == "in uitvoering (1 februari 2025)"
    assert lines[3].due == "geen datum afgesproken"


def with_actions(released: Released, actions: Iterable[Action]) -> Released:
    agreements = dataclasses.replace(released.agreements, actions=tuple(actions))
    return dataclasses.replace(released, agreements=agreements)


def test_actions_stand_on_the_page_and_overdue_is_a_word(released: Released, pages: Pages) -> None:
    page = pages_of(with_actions(released, [action(3, "2025-08-30")]))[
        f"wijk/{HEUVEL.lower()}.html"
    ]
    html = render_page(page).html
    assert "30 augustus 2025 <strong>te laat</strong>" in html
    empty = render_page(pages[f"wijk/{HEUVEL.lower()}.html"]).html
    assert "Geen openstaande acties bekend." in empty


def test_actions_and_names_are_text(released: Released) -> None:
    evil = "<img src=x onerror=alert(1)>"
    hostile = dataclasses.replace(action(1, ""), action=evil, owner=evil)
    areas = dataclasses.replace(
        released.areas,
        wijken=released.areas.wijken.assign(wk_name=evil),
        buurten=released.areas.buurten.assign(bu_name=evil),
    )
    view = dataclasses.replace(with_actions(released, [hostile]), areas=areas)
    for path, page in pages_of(view, pack=True).items():
        if page.sheet or page.sheets:
            assert "<img" not in render_page(page).html, path


def test_complexes_are_for_the_internal_edition(pages: Pages, inside: Pages) -> None:
    assert all(page.sheet.complexes == () for page in pages.values() if page.sheet)
    lines = sheet(inside, HEUVEL).complexes
    counts = [int(line.homes.replace(".", "")) for line in lines]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 1, "of one home alone nothing is told"
    assert "complexen" not in render_page(pages[f"wijk/{HEUVEL.lower()}.html"]).html.lower()


def test_figures_of_the_police_are_missing_in_the_internal_edition_only(
    pages: Pages, inside: Pages
) -> None:
    def missing(of: Pages) -> set[str]:
        return {label for gap in sheet(of, HEUVEL).gaps for label in gap.labels}

    police = {"Overlast", "Woninginbraak", "Geweld", "Vernieling"}
    assert missing(inside) - missing(pages) == police
    html = render_page(pages[f"wijk/{HEUVEL.lower()}.html"]).html
    assert [label for label in police if label in html] == []


def test_sheets_are_in_a_row_and_in_the_menu(pages: Pages) -> None:
    codes = [f"wijk/wk1916{number:02}.html" for number in range(1, 14)]
    for before, path, after in zip(["", *codes], codes, [*codes[1:], ""], strict=False):
        assert (pages[path].previous, pages[path].next) == (before, after)
    grouped = {
        path: [link.href for link in page.nav if link.description == "Wijken"]
        for path, page in pages.items()
    }
    assert all(grouped[path] == codes for path in codes)
    assert grouped["index.html"] == grouped["verantwoording.html"] == ["index.html#wijken"]
    [links] = [part for part in pages["index.html"].sections if part.id == "wijken"]
    assert [link.href for link in links.links][:13] == codes
    assert [link.href for link in links.links][13:] == [
        "overleg/leidschendam-noord.html",
        "overleg/bovenveen.html",
        "overleg/voorburg-noord.html",
        "overleg/leidschendam-zuid.html",
    ]


def test_without_the_pack_there_is_no_trace_of_it(released: Released) -> None:
    pages = pages_of(released)
    assert not any(path.startswith("overleg/") for path in pages)
    hrefs = [link.href for part in pages["index.html"].sections for link in part.links]
    assert not any(href.startswith("overleg/") for href in hrefs)


def test_the_document_of_a_meeting_has_the_wijken_of_its_buurten(pages: Pages) -> None:
    page = pages["overleg/leidschendam-noord.html"]
    assert [found.code for found in page.sheets] == [PRINSENHOF, HEUVEL]
    buurten, signals, _sources = (part.tables[0] for part in page.sections)
    assert [row[0] for row in buurten.rows] == [
        "Prinsenhof hoog",
        "De Heuvel zuid",
        "Amstelwijk",
        "De Heuvel noord",
    ]
    assert "ook over buurten die niet bij dit overleg horen" in " ".join(page.sections[0].intro)
    assert "Prinsenhof" in " ".join(page.sections[0].intro)
    assert signals.columns == ("Thema", "Prinsenhof", "De Heuvel / Amstelwijk")
    # WK191602 has signals for schooling, owner-occupied homes, WOZ, work and low income; WK191606
    # for all of these but work
    assert signals.rows == (
        ("Inkomen", "2", "1"),
        ("Bevolking", "1", "1"),
        ("Wonen", "2", "2"),
    )


def test_meetings_with_names_alike_have_files_of_their_own() -> None:
    names = ("Noord!", "noord", "Noord?", "€", "'s-Gravenmoer")
    assert meeting_paths(names) == (
        "overleg/noord.html",
        "overleg/noord-2.html",
        "overleg/noord-3.html",
        "overleg/overleg.html",
        "overleg/s-gravenmoer.html",
    )


def test_ids_in_a_document_of_several_sheets_are_unique(pages: Pages) -> None:
    html = render_page(pages["overleg/leidschendam-noord.html"]).html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
