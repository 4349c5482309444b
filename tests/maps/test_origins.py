"""Where a figure comes from and how old it is, as a reader meets it."""

import dataclasses
import json
from pathlib import Path

import pytest

from geo_lv.attempts import FILE, Attempt, attempts_text
from geo_lv.editions import Released, release
from geo_lv.inputs import load_inputs
from geo_lv.maps.cells import Figures, map_indicators
from geo_lv.maps.changes import FIRST
from geo_lv.maps.downloads import downloads
from geo_lv.maps.model import Page, Section
from geo_lv.maps.origins import aged_sentences, files_table, origins_links, origins_table
from geo_lv.maps.pages import make_pages
from geo_lv.pipeline import Results
from geo_lv.provenance import Provenance
from geo_lv.schema import Edition
from geo_lv.site.manifest import manifest

STATISTICS = "statistics/kerncijfers.csv"
FAILED = Attempt(
    source="cbs", day="2027-02-03", reason="De bron antwoordde niet.", paths=(STATISTICS,)
)


def with_provenance(results: Results, **settings: str | int) -> Results:
    """Return results with something else in the provenance of the published figures."""

    def changed(item: Provenance) -> Provenance:
        return dataclasses.replace(item, **settings) if item.path == STATISTICS else item  # type: ignore[arg-type] # by name

    inputs = dataclasses.replace(
        results.inputs, provenance=tuple(map(changed, results.inputs.provenance))
    )
    return dataclasses.replace(results, inputs=inputs)


def with_attempts(results: Results, *attempts: Attempt) -> Results:
    """Return results of a folder in which refreshes failed."""
    return dataclasses.replace(
        results, inputs=dataclasses.replace(results.inputs, attempts=attempts)
    )


@pytest.mark.parametrize(
    ("choice", "source"),
    [
        ("woz_waarde-2022", "CBS 85318NED, opgehaald op 9 januari 2027"),
        ("inwoners-2024", "CBS 85984NED, opgehaald op 9 januari 2027"),
        ("inwoners-2016", "buurtcijfers 2016, opgehaald op 23 november 2026"),
        ("corporatiewoningen", "Woningen van de corporaties"),
    ],
)
def test_each_figure_has_its_table_and_day(results: Results, choice: str, source: str) -> None:
    released = release(with_provenance(results, retrieved="2027-01-09"), "publiek")
    found = {item.id: item.source for item in map_indicators(Figures(released), [], prefer="wijk")}
    assert found[choice] == source
    name, _, year = choice.partition("-")
    text = downloads(released)["data/cijfers.csv"].decode()
    lines = [line for line in text.splitlines() if f";{name};" in line and f";{year};" in line]
    assert lines
    assert all(f";{source};" in line for line in lines)


def test_a_refresh_that_failed_says_what_is_shown_instead(results: Results) -> None:
    old = with_attempts(with_provenance(results, retrieved="2027-01-09"), FAILED)
    released = release(old, "publiek")
    sentence = (
        "Niet vernieuwd op 3 februari 2027: Kerncijfers van gemeente en wijken. De bron "
        "antwoordde niet. Op deze site staat wat op 9 januari 2027 is opgehaald."
    )
    assert aged_sentences(released) == (sentence,)
    pages = make_pages(released, peildatum="2027-02-03", basemap=True)
    assert {page.aged for page in pages} == {(sentence,)}
    assert [page.path for page in pages if not sources_of(page)] == ["monitor-samenvatting.html"]
    for page in pages:
        for sources in sources_of(page):
            assert sources.intro == (sentence,)


def sources_of(page: Page) -> list[Section]:
    return [part for part in page.sections if part.kind == "sources"]


@pytest.mark.parametrize("edition", ["publiek", "intern"])
def test_a_file_that_never_came_in_has_no_age(results: Results, edition: Edition) -> None:
    never = FAILED.model_copy(update={"paths": ("statistics/nooit.csv",)})
    assert release(with_attempts(results, never), edition).attempts == ()


def test_without_failures_nothing_is_said(released: Released) -> None:
    assert aged_sentences(released) == ()


def test_the_account_says_how_a_file_was_made(results: Results) -> None:
    made = with_provenance(
        results, table="85318NED", rows=1234, transformed_by="omgezet", url="https://cbs.nl/x"
    )
    released = release(made, "publiek")
    own = next(item for item in released.provenance if item.path == STATISTICS)
    table = origins_table(released)
    (row,) = [row for row in table.rows if row[0] == own.title]
    assert row == (own.title, "85318NED", "1.234", "omgezet", f"{own.sha256[:12]}…")
    links = {link.text: link.href for link in origins_links(released)}
    assert links[own.title] == "https://cbs.nl/x"
    assert links["manifest.json"] == "manifest.json"
    entry = next(
        item
        for item in json.loads(manifest(released, "2027-01-09", {}, {}, FIRST))["inputs"]
        if item["path"] == STATISTICS
    )
    assert (entry["table"], entry["rows"], entry["sha256"]) == ("85318NED", 1234, own.sha256)


def test_files_for_the_parties_are_named_inside_only(results: Results) -> None:
    public, internal = (release(results, edition) for edition in ("publiek", "intern"))
    own = {item.path: item.title for item in results.inputs.provenance}
    for table in (files_table, origins_table):
        titles = [{str(row[0]) for row in table(view).rows} for view in (public, internal)]
        assert own["agreements/renovations.csv"] not in titles[0]
        assert titles[1] == set(own.values())


def test_the_folder_tells_what_failed(data: Path) -> None:
    (data / "downloads").mkdir()
    (data / FILE).write_text(attempts_text([FAILED]), "utf-8")
    assert load_inputs(data).attempts == (FAILED,)


def test_a_page_names_only_the_files_that_it_is_made_from(released: Released) -> None:
    pages = {page.path: page for page in make_pages(released, peildatum="2026-01-01", basemap=True)}
    titles = {item.path: item.title for item in released.provenance}
    measured, sources = titles["agreements/metingen.csv"], titles["agreements/sources.csv"]

    def named(path: str) -> set[str]:
        (section,) = [part for part in pages[path].sections if part.kind == "sources"]
        return {str(row[0]) for row in section.tables[0].rows}

    assert {measured, sources}.isdisjoint(named("wijkuitvoeringsplan/essesteijn.html"))
    assert measured in named("monitor.html") - {sources}
    assert {measured, sources} <= named("verantwoording.html")
