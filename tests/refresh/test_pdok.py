"""Boundaries from PDOK: complete, on land, one coverage, official; anything else is a fault."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
import shapely.affinity

from geo_lv.areas import load_areas
from geo_lv.inputs import load_inputs
from geo_lv.municipality import load_municipality
from geo_lv.sources import faults, pdok
from geo_lv.sources.fetched import Expected, FetchedFile, FetchRequest
from tests.ogc_stand_in import Boundaries, Buurt, from_folder, grid
from tests.refresh.conftest import DATA, DAY, Run, quick
from tests.stand_in import serving

PLACE = "GM0518"


def fetched(service: Boundaries, **settings: object) -> tuple[FetchedFile, ...]:
    """Fetch and parse everything of a stand-in."""
    with serving(service) as base, quick("PDOK") as transport:
        request = FetchRequest(PLACE, base, DAY, **settings)  # type: ignore[arg-type]
        return pdok.parse(pdok.fetch(transport, request, lambda *_: None), request)


def features(file: FetchedFile) -> list[dict[str, dict[str, str]]]:
    """Return the features of a file."""
    found: list[dict[str, dict[str, str]]] = json.loads(file.content)["features"]
    return found


def test_another_municipality_is_read_the_same_way() -> None:
    buurten, wijken, divisions = fetched(grid(PLACE))
    assert [feature["properties"] for feature in features(buurten)[:2]] == [
        {
            "bu_code": f"BU05180{wijk}0{place}",
            "bu_name": f"Vak {wijk}.{place + 1}",
            "wk_code": f"WK05180{wijk}",
            "gm_code": PLACE,
            "border": "official",
        }
        for wijk, place in ((1, 0), (1, 1))
    ]
    assert [feature["properties"]["wk_name"] for feature in features(wijken)] == ["Rij 1", "Rij 2"]
    assert (buurten.rows, wijken.rows) == (6, 2)
    assert buurten.vintage == "indeling 2024"
    assert buurten.division == 2024
    assert buurten.table == "wijken-en-buurten-2024, buurten"
    assert buurten.note.startswith("De grenzen sloten op elkaar aan.")
    assert divisions.content.decode().splitlines() == [
        "code,year,name,change",
        *(
            f"BU05180{wijk}0{place},2024,Vak {wijk}.{place + 1},ongewijzigd"
            for wijk in (1, 2)
            for place in range(3)
        ),
        f"{PLACE},2024,Voorbeeldgemeente,ongewijzigd",
        "WK051801,2024,Rij 1,ongewijzigd",
        "WK051802,2024,Rij 2,ongewijzigd",
    ]


def test_what_changed_is_said_of_the_year_and_what_is_known_of_others_stays() -> None:
    held = {
        "boundaries/divisions.csv": (
            b"code,year,name,change\nBU05180100,2023,Toen,andere code\n"
            b"BU05180101,2024,Volgens het CBS,andere grens\n"
        )
    }
    *_, divisions = fetched(grid(PLACE), held=held)
    rows = divisions.content.decode().splitlines()
    assert rows[1] == "BU05180100,2023,Toen,andere code"
    assert "BU05180101,2024,Volgens het CBS,andere grens" in rows
    assert len(rows) == 1 + 1 + 9
    assert divisions.vintage == "2023 tot en met 2024"


def test_boundaries_alone_say_nothing_of_other_years(small: Path, run: Run) -> None:
    before = load_inputs(small)
    with serving(from_folder(small)) as base:
        assert not run("pdok", base).failed
    after = load_inputs(small)
    assert (small / "boundaries/divisions.csv").is_file()
    assert after.statistics.equals(before.statistics)
    assert after.figures_of_others.empty


def test_the_folder_gets_official_borders_and_no_dashes(small: Path, run: Run) -> None:
    before = load_areas(small, load_municipality(small))
    assert not before.indicative_borders.is_empty
    service = from_folder(small, page=20)
    with serving(service) as base:
        assert not run("pdok", base).failed
    after = load_inputs(small)
    assert after.areas.indicative_borders.is_empty
    assert set(after.areas.buurten["border"]) == {"official"}
    assert (len(after.areas.wijken), len(after.areas.buurten)) == (13, 43)
    assert after.areas.buurten.area.sub(before.buurten.area).abs().max() < 2_000
    named = {item.path: item for item in after.provenance}
    entry = named["boundaries/buurten.geojson"]
    assert (entry.rows, entry.retrieved, entry.licence) == (43, DAY, "CC BY 4.0")
    assert entry.table == "wijken-en-buurten-2024, buurten"
    assert {asked.query["crs"][0] for asked in service.asked} == {
        "http://www.opengis.net/def/crs/EPSG/0/28992"
    }


@pytest.mark.parametrize("page", [1, 2, 7, 1000])
def test_pages_and_an_ignored_filter_change_nothing(page: int) -> None:
    plain = fetched(grid(PLACE))
    assert fetched(grid(PLACE, page=page, heeds_filters=False)) == plain


def test_the_newest_complete_year_is_taken() -> None:
    assert fetched(grid(PLACE, years=(2023, 2024)))[0].vintage == "indeling 2024"
    assert fetched(grid(PLACE, years=(2023, 2024)), years=(2023,))[0].vintage == "indeling 2023"
    with pytest.raises(faults.RefusedError, match="status 404"):
        fetched(grid(PLACE, years=(2010,)))
    # what comes first, the newest year, has one buurt less than there must be
    service = grid(PLACE, years=(2023, 2024))
    service.faults = {4: "fewer"}
    codes = frozenset(buurt.code for buurt in service.buurten)
    expected = Expected(bu_codes=codes)
    assert fetched(service, expected=expected)[0].vintage == "indeling 2023"


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        (Expected(bu_codes=frozenset("1234567")), "expected at least 7 buurten, found 6"),
        (Expected(wk_codes=frozenset("123")), "expected at least 3 wijken, found 2"),
    ],
)
def test_fewer_areas_than_there_were_is_a_fault(expected: Expected, message: str) -> None:
    with pytest.raises(faults.IncompleteError, match=message):
        fetched(grid(PLACE), expected=expected)


@pytest.mark.parametrize(
    ("mood", "error", "message"),
    [
        ("degrees", faults.WrongValueError, "expected coordinates in RD New in the geometry of a"),
        ("duplicated page", faults.DuplicatePageError, "each page once"),
        ("empty", faults.EmptyAnswerError, f"expected the areas of {PLACE}, found an empty"),
        ("endless", faults.EndlessPagesError, "at most 40 pages, found a link to one more"),
        ("foreign link", faults.ForeignLinkError, "links to its own host, found a link to another"),
        ("link to itself", faults.DuplicatePageError, "each page once"),
        ("no features", faults.SchemaDriftError, "expected features in a page"),
        (
            "other crs",
            faults.CrsAnswerError,
            r"coordinates in RD New \(EPSG:28992\)",
        ),
        ("renamed", faults.SchemaDriftError, "expected gemeentecode in gemeenten"),
        ("short page", faults.TruncatedError, "as many features as the page says"),
        ("page", faults.HtmlError, "found a web page"),
        ("charset", faults.CharsetError, "expected UTF-8 text"),
        ("garbled", faults.TruncatedError, "whole JSON"),
    ],
)
def test_each_fault_has_its_own_sentence(mood: str, error: type[Exception], message: str) -> None:
    service = grid(PLACE, page=4)
    service.faults, service.lasting = {0: mood}, True
    with pytest.raises(error, match=f"^PDOK: .*{message}"):
        fetched(service, years=(2024,))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "BU05180299", "shape": shapely.box(0, 300_000, 9, 300_009)}, "buurten that are"),
        ({"name": " "}, "expected a name in buurtnaam"),
        ({"name": "a\x1b[2J"}, "expected a name in buurtnaam"),
        ({"code": "BU0518021"}, "a code of a buurt of GM0518"),
        ({"shape": shapely.Point(80_000, 455_000)}, "a polygon in the geometry of a buurt"),
        (
            {"shape": shapely.box(80_990, 455_500, 81_500, 456_000)},
            "borders that are less than",
        ),
    ],
)
def test_an_area_that_cannot_be_is_a_fault(change: dict[str, Any], message: str) -> None:
    service = grid(PLACE)
    *_, last = service.buurten
    whole = grid(PLACE)

    class Odd(Boundaries):
        def features(self, collection: str, mood: str = "well") -> list[dict[str, object]]:
            source = self if collection == "buurten" else whole
            return Boundaries.features(source, collection, mood)

    odd = Odd(
        buurten=(*service.buurten[:-1], replace(last, **change)), wijk_names=service.wijk_names
    )
    with pytest.raises(faults.FaultError, match=message):
        fetched(odd, years=(2024,))


def test_small_gaps_and_overlaps_are_mended_and_reported() -> None:
    service = grid(PLACE)
    first, second, *rest = service.buurten
    wider = shapely.affinity.translate(second.shape, xoff=0.4)
    service.buurten = (first, replace(second, shape=wider), *rest)
    buurten, *_ = fetched(service, years=(2024,))
    assert "sloten de grenzen niet helemaal aan: die zijn hooguit 0,4" in buurten.note
    shapes = [shapely.geometry.shape(each["geometry"]) for each in features(buurten)]
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).geom_type == "Polygon"


def test_the_same_answers_give_the_same_bytes(small: Path) -> None:
    assert fetched(grid(PLACE)) == fetched(grid(PLACE))
    areas = from_folder(DATA, PLACE)
    turned = tuple(
        Buurt(buurt.code, buurt.name, shapely.reverse(buurt.shape))
        for buurt in reversed(areas.buurten)
    )
    other = replace(areas, buurten=turned)
    assert [file.rows for file in fetched(other)] == [43, 13, 57]
    assert fetched(other) == fetched(areas)
    assert small.is_dir()


def test_provenance_keeps_its_other_words(small: Path, run: Run) -> None:
    path = small / "provenance.toml"
    before = path.read_text(encoding="utf-8")
    with serving(from_folder(small)) as base:
        run("pdok", base)
    after = path.read_text(encoding="utf-8")
    assert before.splitlines()[:4] == after.splitlines()[:4]
    entries = {item["path"]: item for item in tomllib.loads(after)["file"]}
    for item in tomllib.loads(before)["file"]:
        assert item["path"].startswith("boundaries/") or entries[item["path"]] == item
