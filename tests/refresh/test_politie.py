"""Figures of the police: whole months only, each kind once, withheld never zero."""

import csv
import html
import io
import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from geo_lv.indicators.catalogue import Indicator, load_catalogue
from geo_lv.indicators.rates import rate_figures
from geo_lv.inputs import load_inputs
from geo_lv.pipeline import compute
from geo_lv.schema import Reason
from geo_lv.site import BuildOptions, build_site
from geo_lv.sources import faults
from geo_lv.sources.fetched import Expected, FetchedFile, FetchRequest
from geo_lv.sources.politie import FILE, PoliceDefinition, PoliceFigure, fetch, parse
from geo_lv.sources.politie.definitions import covers
from geo_lv.sources.politie.periods import Month, Period, periods, total
from geo_lv.sources.transport import Transport
from tests.odata_stand_in import Dimension, Statline
from tests.politie_stand_in import CRIMES, Police, months, one
from tests.refresh.conftest import BY_NAME, DATA, DAY, Run, contents, quick
from tests.stand_in import serving

PLACE = "GM0518"
AREAS = (PLACE, "WK051801", "BU05180100", "BU05180101")
EXPECTED = Expected(frozenset({"WK051801"}), frozenset({"BU05180100", "BU05180101"}))
TOTAL = PoliceDefinition("misdrijven", PoliceFigure(subject="misdrijven", kinds=("0.0.0",)))
VIOLENCE = PoliceDefinition(
    "geweld", PoliceFigure(subject="misdrijven", kinds=("1.4.4 bedreiging", "1.4.5 mishandeling"))
)
NUISANCE = PoliceDefinition(
    "overlast", PoliceFigure(subject="overlast", kinds=("Totaal registraties overlast",))
)
SPAN = tuple(months("2024-12", "2026-10"))
"""23 months: the calendar year 2025, and what comes after it."""

Row = tuple[str, str, str, str]


def fetched(
    service: Statline, *definitions: PoliceDefinition, day: str = DAY, **settings: object
) -> FetchedFile:
    """Fetch and parse everything of a stand-in."""
    with serving(service) as base, quick("Politie") as transport:
        given = {"expected": EXPECTED, "years": (2025, 2026), **settings}
        request = FetchRequest(PLACE, base, day, definitions=definitions, **given)  # type: ignore[arg-type]
        documents = fetch(transport, request, lambda *_: None)
        (file,) = parse(documents, request)
        return file


def rows(file: FetchedFile, indicator: str, year: str) -> list[Row]:
    """Return code, value, reason and note of one figure and year."""
    table = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert len(table) == file.rows
    return [
        (row["code"], row["value"], row["reason"], row["note"])
        for row in table
        if (row["indicator"], row["year"]) == (indicator, year)
    ]


def counted(_kind: str, area: str, period: str) -> int | None:
    """Count by hand: a buurt has 1 or 2 a month, its wijk 4, the municipality 5; a year 1000."""
    if "JJ" in period:
        return 1000
    return {"BU05180100": 1, "BU05180101": 2, "WK051801": 4, PLACE: 5}.get(area, 9)


OCTOBER = "12 maanden tot en met oktober 2026."


def test_twelve_months_of_each_area_row_by_row() -> None:
    """12 × 5, 12 × 4, 12 × 1 and 12 × 2; two kinds together are twice that."""
    file = fetched(Police(AREAS, SPAN, count=counted).service(), TOTAL, VIOLENCE, NUISANCE)
    for indicator, kinds in (("misdrijven", 1), ("geweld", 2), ("overlast", 1)):
        for year, note in (("2025", ""), ("2026", OCTOBER)):
            assert rows(file, indicator, year) == [
                (PLACE, str(60 * kinds), "", note),
                ("WK051801", str(48 * kinds), "", note),
                ("BU05180100", str(12 * kinds), "", note),
                ("BU05180101", str(24 * kinds), "", note),
            ]
    assert file.rows == 3 * 2 * 4
    assert file.table == "47022NED, 47024NED"
    assert file.vintage == "2025 tot en met oktober 2026"
    assert "waarschijnlijk alle jaren op de indeling van nu" in file.note


def test_a_whole_year_is_what_the_police_says_it_is_if_it_does() -> None:
    """Withheld there is withheld, though all twelve months are known."""

    def count(kind: str, area: str, period: str) -> int | None:
        if period == "2025JJ00":
            return {PLACE: 70, "WK051801": 50, "BU05180100": None}.get(area, 0)
        return counted(kind, area, period)

    police = Police(AREAS, SPAN, ("2025JJ00", "2026JJ00"), count, region="RegioS")
    file = fetched(police.service(), TOTAL, NUISANCE)
    withheld = "De politie geeft dit cijfer of een deel ervan niet."
    assert rows(file, "misdrijven", "2025") == [
        (PLACE, "70", "", ""),
        ("WK051801", "50", "", ""),
        ("BU05180100", "", "suppressed", withheld),
        ("BU05180101", "0", "", ""),
    ]
    assert rows(file, "misdrijven", "2026")[0] == (PLACE, "60", "", OCTOBER)
    assert rows(file, "overlast", "2025")[0] == (PLACE, "60", "", "")
    assert b"GM0518,misdrijven,2025,70,,Politie 47018NED," in file.content


def test_a_withheld_month_makes_the_sum_withheld_and_zero_is_a_number() -> None:
    def count(kind: str, area: str, period: str) -> int | None:
        if (kind, area, period) == ("1.4.5", "BU05180100", "2026MM03"):
            return None
        return 0 if area == "BU05180101" else counted(kind, area, period)

    file = fetched(Police(AREAS, SPAN, count=count).service(), TOTAL, VIOLENCE)
    note = f"{OCTOBER} De politie geeft dit cijfer of een deel ervan niet."
    assert rows(file, "geweld", "2026")[2:] == [
        ("BU05180100", "", "suppressed", note),
        ("BU05180101", "0", "", OCTOBER),
    ]
    assert rows(file, "geweld", "2025")[2] == ("BU05180100", "24", "", "")
    assert rows(file, "misdrijven", "2026")[2] == ("BU05180100", "12", "", OCTOBER)


def test_a_month_that_was_not_published_is_missing_and_not_zero() -> None:
    police = Police(AREAS, SPAN, count=counted)
    service = police.service()
    crimes = service.tables[0]
    gone = ("BU05180101", "2026MM02", "0.0.0")
    kept = tuple(
        row
        for row in crimes.rows
        if (row["WijkenEnBuurten"], row["Perioden"], row["SoortMisdrijf"]) != gone
    )
    assert len(kept) == len(crimes.rows) - 1
    service.tables = (replace(crimes, rows=kept), *service.tables[1:])
    file = fetched(service, TOTAL)
    note = f"{OCTOBER} De politie geeft niet alle delen van dit cijfer."
    assert rows(file, "misdrijven", "2026")[3] == ("BU05180101", "", "missing", note)


@pytest.mark.parametrize(
    ("day", "last"), [("2026-11-01", "oktober 2026"), ("2026-10-31", "september 2026")]
)
def test_a_month_that_is_not_over_is_not_complete(day: str, last: str) -> None:
    file = fetched(Police(AREAS, SPAN).service(), NUISANCE, day=day)
    assert file.vintage == f"2025 tot en met {last}"


def test_a_month_without_a_number_of_the_municipality_is_not_published_yet() -> None:
    def count(_kind: str, _area: str, period: str) -> int | None:
        return None if period == "2026MM10" else 1

    file = fetched(Police(AREAS, SPAN, count=count).service(), TOTAL)
    assert file.vintage == "2025 tot en met september 2026"


def test_the_newest_twelve_months_that_are_a_year_are_there_once() -> None:
    file = fetched(Police(AREAS, tuple(months("2025-01", "2025-12"))).service(), TOTAL)
    assert [row[3] for row in rows(file, "misdrijven", "2025")] == [""] * 4
    assert file.rows == 4


def test_only_the_years_that_are_asked_for() -> None:
    police = Police(AREAS, tuple(months("2023-01", "2026-10")), ("2023JJ00", "2024JJ00"))
    assert fetched(police.service(), TOTAL, years=(2024,)).vintage == (
        "2024 tot en met december 2024"
    )
    with pytest.raises(faults.EmptyAnswerError, match="each kind of misdrijven in 47022NED"):
        fetched(police.service(), TOTAL, years=(2022,))


def test_a_table_of_years_without_rows_is_not_taken_for_one_without_years() -> None:
    police = Police(AREAS, SPAN)
    with pytest.raises(faults.EmptyAnswerError, match="each kind of misdrijven in 47018NED"):
        fetched(police.service(), TOTAL, years=(2024, 2025))


def test_fewer_than_twelve_months_are_no_figure() -> None:
    with pytest.raises(faults.EmptyAnswerError, match="twelve whole months of GM0518"):
        fetched(Police(AREAS, SPAN[-11:]).service(), NUISANCE)


def test_areas_of_another_division_are_left_out_and_counted() -> None:
    areas = (*AREAS, "BU05180199")
    expected = Expected(frozenset({"WK051801", "WK051802"}), EXPECTED.bu_codes)
    file = fetched(Police(areas, SPAN).service(), TOTAL, expected=expected)
    assert {row[0] for row in rows(file, "misdrijven", "2025")} == set(AREAS)
    assert "Gebieden die niet op de kaart staan en zijn weggelaten: 1." in file.note
    assert "Gebieden op de kaart waarvan de politie niets geeft: 1." in file.note


def test_what_is_asked_survives_padding_and_names_no_numbered_key_that_was_not_found() -> None:
    service = Police(AREAS, SPAN).service(page=100)
    fetched(service, TOTAL)
    where = {asked.query["$filter"][0] for asked in service.asked if "$filter" in asked.query}
    assert all("startswith(SoortMisdrijf,'0.0.0')" in each for each in where)
    assert not any("Perioden eq" in each for each in where)
    assert {asked.path.split("/")[3] for asked in service.asked} == {"47022NED", "47018NED"}


@pytest.mark.parametrize(
    ("mood", "error", "message"),
    [
        ("empty", faults.EmptyAnswerError, "expected numbers of each kind of misdrijven"),
        ("renamed", faults.SchemaDriftError, "Aantal_1 in a row of 47022NED"),
        ("repeated", faults.DuplicatePageError, "the same page or row again"),
        ("page", faults.HtmlError, "a web page"),
    ],
)
def test_each_fault_of_the_rows_has_its_own_sentence(
    mood: str, error: type[Exception], message: str
) -> None:
    service = Police(AREAS, SPAN).service()
    service.faults = {2: mood}
    with pytest.raises(error, match=f"^Politie: .*{message}"):
        fetched(service, TOTAL)


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        (("9.9.9",), "one kind '9.9.9' in the kinds of 47022NED"),
        (("1.1.1 winkeldiefstal",), "one kind '1.1.1 winkeldiefstal'"),
        (("totaal",), "one kind 'totaal'"),
        (("2.2.1", "1.0.0"), "one kind '1.0.0'"),
    ],
)
def test_a_kind_is_in_the_table_once_under_that_name(kinds: tuple[str, ...], message: str) -> None:
    definition = PoliceDefinition("x", PoliceFigure(subject="misdrijven", kinds=kinds))
    with pytest.raises(faults.SchemaDriftError, match=f"^Politie: .*{message}"):
        fetched(Police(AREAS, SPAN).service(), definition)


@pytest.mark.parametrize("value", [-1, 2.5, "veel", -99_996])
def test_what_is_no_count_is_refused(value: object) -> None:
    def count(_kind: str, _area: str, _period: str) -> int | None:
        return value  # type: ignore[return-value]

    with pytest.raises(faults.WrongValueError, match="Aantal_1"):
        fetched(Police(AREAS, SPAN, count=count).service(), TOTAL)


def test_a_dimension_more_would_be_added_up_and_is_refused() -> None:
    service = Police(AREAS, SPAN).service()
    first = service.tables[0]
    more = replace(
        first,
        dimensions=(*first.dimensions, Dimension("Wijze", {"T": "Totaal"})),
        rows=tuple({**row, "Wijze": "T"} for row in first.rows),
    )
    service.tables = (more, *service.tables[1:])
    with pytest.raises(faults.SchemaDriftError, match="three dimensions"):
        fetched(service, TOTAL)


def test_without_a_figure_to_make_nothing_is_asked() -> None:
    service = Police(AREAS, SPAN).service()
    with pytest.raises(faults.EmptyAnswerError, match="a figure of the police"):
        fetched(service)
    assert service.asked == []


# Definitions


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("0.0.0", "1.1.1"), "no kind together with a part of it: 1.1.1 is in 0.0.0"),
        (("1.1.1", "1.0.0"), "1.1.1 is in 1.0.0"),
        (("1.1.1", "1.1.0 iets"), "1.1.1 is in 1.1.0"),
        (("1.1.1", "1.1.1 Diefstal"), "1.1.1 stands there twice"),
        (("1.1.1", "mishandeling"), "a code for each of several kinds"),
        ((), "at least 1 item"),
        (("  ",), "a code, a title"),
    ],
)
def test_a_definition_that_counts_something_twice_is_refused(
    kinds: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        PoliceFigure(subject="misdrijven", kinds=kinds)


def test_the_kinds_of_a_figure_that_is_public_are_refused() -> None:
    (item,) = (item for item in load_catalogue(DATA) if item.id == "misdrijven")
    with pytest.raises(ValidationError, match='edition "intern" and aggregation "sum"'):
        Indicator.model_validate({**item.model_dump(), "edition": "publiek"})


codes = st.lists(st.integers(0, 3), min_size=3, max_size=3).map(
    lambda parts: ".".join(map(str, parts))
)


@given(st.lists(codes, min_size=1, max_size=6, unique=True))
def test_no_definition_holds_a_roll_up_and_its_part(kinds: list[str]) -> None:
    """Count the leaves by hand: each digit that is not zero stands for one branch."""
    leaves = [f"{a}.{b}.{c}" for a in range(1, 4) for b in range(1, 4) for c in range(1, 4)]

    def holds(kind: str, leaf: str) -> bool:
        return kind == leaf or covers(kind, leaf)

    double = any(sum(holds(kind, leaf) for kind in kinds) > 1 for leaf in leaves)
    try:
        figure = PoliceFigure(subject="misdrijven", kinds=tuple(kinds))
    except ValidationError:
        return
    assert not double
    assert figure.kinds == tuple(kinds)


counts = st.one_of(
    st.none(),
    st.integers(0, 50).map(lambda number: (number, None)),
    st.sampled_from([(None, reason) for reason in Reason]),
)


@given(st.lists(counts, max_size=12), st.randoms())
def test_a_sum_does_not_depend_on_order_and_never_takes_unknown_for_zero(
    parts: list[tuple[int | None, Reason | None] | None], chance: random.Random
) -> None:
    shuffled = parts[:]
    chance.shuffle(shuffled)
    found = total(parts)
    assert total(shuffled) == found
    if all(part is not None and part[0] is not None for part in parts):
        assert found == (sum(part[0] for part in parts if part and part[0]), None)
    else:
        assert found[0] is None
        hidden = (None, Reason.SUPPRESSED) in parts
        assert (found[1] is Reason.SUPPRESSED) == hidden


@given(st.integers(1, 12), st.integers(0, 40), st.sets(st.integers(2018, 2030)))
def test_a_period_is_twelve_months_in_a_row_that_are_all_there(
    start: int, length: int, years: set[int]
) -> None:
    first = Month(2020, start)
    last = Month(2020 + (start - 1 + length) // 12, (start - 1 + length) % 12 + 1)
    there = [last.back(place) for place in range(length + 1)]
    assert first in there
    for period in periods(there, years):
        assert set(period.months) <= set(there)
        assert len(set(period.months)) == 12
        assert period.last.year in years
        assert period.last in {last, Month(period.last.year, 12)}
    assert (Period(last) in periods(there, years)) == (length >= 11 and last.year in years)


# Rates


def indicators() -> Iterable[Indicator]:
    wanted = {"inwoners", "misdrijven", "misdrijven_per_1000"}
    return [item for item in load_catalogue(DATA) if item.id in wanted]


def test_a_rate_is_worked_out_by_hand_or_has_a_reason() -> None:
    nan = float("nan")
    table = [
        ("a", "inwoners", "2022", 400.0, "", ""),
        ("a", "inwoners", "2025", 500.0, "", ""),
        ("b", "inwoners", "2024", 199.0, "", ""),
        ("c", "inwoners", "2024", 200.0, "", ""),
        ("d", "inwoners", "2026", 900.0, "", ""),
        ("e", "inwoners", "2024", nan, "missing", ""),
        ("a", "misdrijven", "2024", 30.0, "", OCTOBER),
        ("a", "misdrijven", "2025", 30.0, "", ""),
        ("b", "misdrijven", "2024", 30.0, "", ""),
        ("c", "misdrijven", "2024", nan, "suppressed", "Geheim."),
        ("c", "misdrijven", "2025", 0.0, "", ""),
        ("d", "misdrijven", "2025", 9.0, "", ""),
        ("e", "misdrijven", "2025", 9.0, "", ""),
    ]
    columns = ["code", "indicator", "year", "value", "reason", "note"]
    found = rate_figures(pd.DataFrame(table, columns=columns), indicators())
    unknown = "Het aantal inwoners is van dit jaar en van eerdere jaren niet bekend."
    few = "Te weinig inwoners voor dit cijfer: minder dan 200."
    expected = [
        ("a", "2024", 75.0, "", f"{OCTOBER} Gerekend met de inwoners van 2022."),  # 1000 × 30 / 400
        ("a", "2025", 60.0, "", "Gerekend met de inwoners van 2025."),  # 1000 × 30 / 500
        ("b", "2024", nan, "not_applicable", few),
        ("c", "2024", nan, "suppressed", "Geheim."),
        ("c", "2025", 0.0, "", "Gerekend met de inwoners van 2024."),
        ("d", "2025", nan, "missing", unknown),
        ("e", "2025", nan, "missing", unknown),
    ]
    kept = found[["code", "year", "value", "reason", "note"]]
    pd.testing.assert_frame_equal(
        kept, pd.DataFrame(expected, columns=kept.columns), check_dtype=False
    )
    assert set(found["indicator"]) == {"misdrijven_per_1000"}


# In the data folder


def embedded() -> tuple[str, ...]:
    """Return the areas of the example."""
    areas = load_inputs(DATA).areas
    return tuple(areas.all_codes)


@pytest.fixture
def refreshed(small: Path, run: Run) -> Path:
    """Return a data folder with figures of the police."""

    def count(kind: str, area: str, period: str) -> int | None:
        if area == "BU19160103":
            return None if kind == "2.5.2" else 7654
        return one(kind, area, period)

    # many rows are filtered by a server in Python: it may take its time
    patient = Transport("Politie", per_second=1e6, now=None)
    police = Police(embedded(), SPAN[-12:], ("2022JJ00", "2025JJ00"), count)
    with serving(police.service()) as base:
        report = run("politie", base, open_transport=lambda _: patient)
    assert not report.failed, report
    return small


def test_the_figures_are_taken_in_with_where_they_come_from(refreshed: Path) -> None:
    inputs = load_inputs(refreshed)
    (entry,) = (item for item in inputs.provenance if item.path == FILE)
    assert entry.rows == (5 * 3 + 1) * (1 + 13 + 43)  # overlast has no table of years
    assert entry.retrieved == DAY
    assert "niet bevestigd" in entry.licence
    assert inputs.certainty["misdrijven", "2026"].startswith("geregistreerd door de politie")
    results = compute(inputs)
    figures = {
        (row["indicator"], row["code"], row["year"]): row
        for row in results.figures.to_dict("records")
    }
    assert figures["geweld", "WK191606", "2026"]["value"] == 5 * 12
    # a plan area of two buurten: 2 × 12, with the months of its parts
    plan = figures["misdrijven", "leidschendam-zuid", "2026"]
    assert plan["value"] == 24
    assert plan["note"].startswith(OCTOBER)
    assert not results.figures.duplicated(["code", "indicator", "year"]).any()


def test_a_full_refresh_tells_nothing_in_public_and_all_inside(
    refreshed: Path, tmp_path: Path
) -> None:
    words = ("politie", "misdrij", "woninginbraak", "geweld", "7.654", "91848", "91.848", "47022")
    for edition, seen in (("publiek", False), ("intern", True)):
        out = tmp_path / edition
        build_site(BuildOptions(refreshed, out, edition))  # type: ignore[arg-type]
        read = {
            path.name: html.unescape(path.read_text(encoding="utf-8")).lower()
            for path in out.rglob("*")
            if path.suffix in {".html", ".csv", ".json", ".geojson", ".js"}
        }
        found = {word: [name for name in read if word in read[name]] for word in words}
        if seen:
            assert all(found[word] for word in ("politie", "misdrij", "91848", "91.848", "47022"))
            assert "woont. een gebied met een winkelcentrum" in read["verantwoording.html"]
        else:
            assert not any(found.values()), found


def test_offline_reads_the_kept_answers_again(refreshed: Path, run: Run) -> None:
    new = contents(refreshed)
    assert not run("politie", "http://127.0.0.1:1", offline=True, day="2026-11-30").failed
    assert contents(refreshed) == new


def test_a_figure_that_was_not_fetched_is_not_made_offline(refreshed: Path, run: Run) -> None:
    path = refreshed / "statistics/indicators.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"2.5.2 winkeldiefstal"', '"1.0.0"'), encoding="utf-8")
    before = contents(refreshed)
    (outcome,) = run("politie", "http://127.0.0.1:1", offline=True).outcomes
    assert "expected numbers of each kind of winkeldiefstal" in outcome.problem
    assert contents(refreshed) == before


def test_the_police_is_fetched_without_being_named() -> None:
    assert BY_NAME["politie"].by_default
    assert BY_NAME["politie"].paths == (FILE,)
    assert "2.5.20" in CRIMES
