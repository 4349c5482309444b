"""Every fault at every request in turn: the folder is completely old or completely new."""

import tomllib
from pathlib import Path

import pytest

from geo_lv.inputs import load_inputs
from geo_lv.intake.store import KEPT_PROVENANCE
from geo_lv.refresh import RefreshOptions, refresh
from geo_lv.sources.cbs.tables import HINTS
from geo_lv.sources.fetched import ApiKey
from tests.ep_stand_in import KEY, Register
from tests.kwb_stand_in import areas_of, kerncijfers
from tests.leefbaarometer_stand_in import Scores
from tests.odata_stand_in import Statline
from tests.ogc_stand_in import OWN_MOODS, Boundaries, Buurt, from_folder
from tests.politie_stand_in import small_police
from tests.refresh.conftest import BY_NAME, DATA, DAY, Run, contents, quick, restore
from tests.stand_in import MOODS, SETBACKS, Service, serving

KEYS = {"ep-online": ApiKey(KEY)}
HARMLESS = {
    # in the file itself another letter is no fault, and it says nothing about where it is
    *(("ep-online", mood, 1) for mood in ("charset", "renamed", "foreign link", "odd name")),
    # the answer that says where the file is, is no file
    ("ep-online", "not a zip", 0),
}


def stand_in(name: str) -> Service:
    """Return a stand-in of a source, in as many pages as it takes to be worth trying."""
    place = from_folder(DATA, page=25, years=(2026,), huge=500_000)
    if name == "pdok":
        return place
    if name == "politie":
        return small_police(huge=500_000)
    if name == "ep-online":
        return Register(huge=500_000)
    if name == "cbs":
        areas = areas_of(place.buurten, place.wijk_names)
        return kerncijfers(areas, (2022,), huge=500_000)
    return Scores(buurten=place.buurten, years=(2024,), huge=500_000)


def moods_of(name: str) -> tuple[str, ...]:
    """Return everything that a source may do wrong; a first page cannot be the one before it."""
    own = {
        "pdok": OWN_MOODS,
        "cbs": Statline.own_moods,
        "leefbaarometer": Scores.own_moods,
        "politie": Statline.own_moods,
        "ep-online": Register.own_moods,
    }
    rest = {"skew", "duplicated page"} if name in {"cbs", "politie"} else {"skew"}
    return tuple(mood for mood in (*MOODS, *own[name]) if mood not in rest)


@pytest.fixture(params=["pdok", "cbs", "leefbaarometer", "politie", "ep-online"])
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an answer be too large when it is not that large, so that it is quickly sent."""
    monkeypatch.setattr("geo_lv.sources.ogc.LARGEST_PAGE", 400_000)
    monkeypatch.setattr("geo_lv.sources.leefbaarometer.LARGEST_ZIP", 400_000)
    monkeypatch.setattr("geo_lv.sources.ep_download.LARGEST_FILE", 400_000)
    monkeypatch.setattr("geo_lv.sources.odata.ask.LARGEST_PAGE", 400_000)
    monkeypatch.setattr("geo_lv.sources.odata.ask.MOST_PAGES", 4)
    monkeypatch.setattr("geo_lv.sources.cbs.tables.FIRST_YEAR", 2022)
    monkeypatch.setattr("geo_lv.sources.cbs.tables.HINTS", {2022: HINTS[2022]})
    monkeypatch.setattr("geo_lv.sources.transport.WAITS_S", (1.0,))


def test_every_fault_at_every_request_leaves_the_old_or_the_new(
    name: str, small: Path, run: Run
) -> None:
    old = contents(small)
    service = stand_in(name)
    ends: dict[tuple[str, int, bool], str] = {}
    with serving(service) as base:
        assert not run(name, base, keys=KEYS).failed
        requests, new = len(service.asked), contents(small)
        load_inputs(small)
        restore(small, old)
        for mood, number, lasting in cases(name, requests):
            service.asked.clear()
            service.faults, service.lasting = {number: mood}, lasting
            failed = run(name, base, keys=KEYS).failed
            end = {True: "old", False: "new"}[failed]
            same = contents(small) == (old if failed else new)
            ends[mood, number, lasting] = end if same else f"neither, and it says {end}"
            restore(small, old)
    assert set(ends.values()) == {"old", "new"}, ends
    for (mood, number, lasting), end in ends.items():
        assert (end == "new") == (mood in SETBACKS and not lasting), (mood, number, end)


def cases(name: str, requests: int) -> list[tuple[str, int, bool]]:
    """Return every fault at every request; one that may pass both lasting and once."""
    return [
        (mood, number, lasting)
        for mood in moods_of(name)
        for number in range(requests)
        if (name, mood, number) not in HARMLESS
        for lasting in ((True, False) if mood in SETBACKS else (True,))
    ]


def test_readers_are_told_of_a_failure_until_it_is_made_good(small: Path, run: Run) -> None:
    service = stand_in("pdok")
    with serving(service) as base:
        service.faults, service.lasting = {0: "page"}, True
        report = run("pdok", f"{base}/sleutel-in-adres")
        assert report.failed
        noted = tomllib.loads((small / "downloads/attempts.toml").read_text(encoding="utf-8"))
        assert noted["attempt"] == [
            {
                "source": "pdok",
                "day": DAY,
                "reason": "De bron gaf een webpagina in plaats van gegevens.",
                "paths": [
                    "boundaries/buurten.geojson",
                    "boundaries/wijken.geojson",
                    "boundaries/divisions.csv",
                ],
            }
        ]
        assert load_inputs(small).attempts[0].day == DAY
        service.faults = {}
        assert not run("pdok", base).failed
    assert load_inputs(small).attempts == ()


def test_what_does_not_fit_with_the_rest_is_refused_with_all_problems(
    small: Path, run: Run
) -> None:
    area = small / "municipality.toml"
    before = contents(small)
    service = stand_in("pdok")
    assert isinstance(service, Boundaries)
    # buurt 43 gets the code of none, so a plan area or a figure about it has no map
    codes = [buurt.code for buurt in service.buurten]
    service.buurten = (
        *service.buurten[:-1],
        Buurt(f"{codes[-1][:-2]}98", "Anders", service.buurten[-1].shape),
    )
    with serving(service) as base:
        (outcome,) = run("pdok", base).outcomes
    assert codes[-1] in outcome.problem
    assert outcome.problem.count("\n") == 2
    assert contents(small) == before
    assert area.is_file()


def test_a_source_that_fails_does_not_stop_the_others(small: Path) -> None:
    boundaries, scores = stand_in("pdok"), stand_in("leefbaarometer")
    boundaries.faults, boundaries.lasting = {0: "503"}, True
    with serving(boundaries) as one, serving(scores) as other:
        options = RefreshOptions(
            data=small,
            sources=(BY_NAME["pdok"], BY_NAME["leefbaarometer"]),
            day=DAY,
            addresses={"pdok": one, "leefbaarometer": other},
            open_transport=quick,
        )
        report = refresh(options, lambda *_: None)
    assert [bool(outcome.problem) for outcome in report.outcomes] == [True, False]
    assert (small / "statistics/leefbaarometer.csv").is_file()
    assert [attempt.source for attempt in load_inputs(small).attempts] == ["pdok"]


def test_offline_reads_the_kept_answers_again(small: Path, run: Run) -> None:
    (outcome,) = run("pdok", "http://127.0.0.1:1", offline=True).outcomes
    assert "expected answers kept from an earlier fetch, found none" in outcome.problem
    assert not (small / "downloads").exists()
    with serving(stand_in("pdok")) as base:
        run("pdok", base)
    new = contents(small)
    assert not run("pdok", "http://127.0.0.1:1", offline=True, day="2027-01-01").failed
    assert contents(small) == new
    kept = small / "downloads/pdok/answers.zip"
    kept.write_bytes(kept.read_bytes()[:-50])
    assert run("pdok", "http://127.0.0.1:1", offline=True).failed


def test_an_import_that_is_undone_leaves_what_was_fetched(small: Path, run: Run) -> None:
    kept = small / KEPT_PROVENANCE
    kept.parent.mkdir(parents=True)
    kept.write_bytes((small / "provenance.toml").read_bytes())
    with serving(stand_in("pdok")) as base:
        run("pdok", base)
    assert kept.read_bytes() == (small / "provenance.toml").read_bytes()
