"""Facts keep their certainty: what nobody vouches for is unknown, what is derived is indicative."""

import dataclasses
import re
from typing import Any

import pytest
import shapely

from geo_lv.agreements import PhaseRow, parse_programme
from geo_lv.editions import Released, release
from geo_lv.maps import facts, labels
from geo_lv.maps.geometry import Projection, projection_of
from geo_lv.pipeline import Results
from geo_lv.schema import Confidence, Reason

KPP = "klein-plaspoelpolder"
DE_TOL = "Leidschendam - Zuid De Tol / 't Hert"
PLANNED = PhaseRow(KPP, "opstellen", 2026, 2027, "gepland", "", "SEED", Confidence.HIGH, "", "")
NEXT = PhaseRow(KPP, "uitvoering", 2028, 2035, "gepland", "", "SEED", Confidence.HIGH, "", "")


def with_phases(released: Released, *rows: PhaseRow) -> Released:
    """Return a view with only these phases."""
    agreements = dataclasses.replace(released.agreements, phasing=rows)
    return dataclasses.replace(released, agreements=agreements)


def with_site(released: Released, **changes: Any) -> Released:
    """Return a view with only the first site of the embedded data, changed."""
    site = dataclasses.replace(released.agreements.sites[0], **changes)
    agreements = dataclasses.replace(released.agreements, sites=(site,))
    return dataclasses.replace(released, agreements=agreements)


@pytest.fixture
def projection(released: Released) -> Projection:
    buurten = released.areas.buurten.geometry
    return projection_of(buurten, shapely.union_all(buurten.to_numpy()))


@pytest.mark.parametrize(
    ("changes", "look", "text"),
    [
        ({}, "certain", "2026–2027"),
        ({"end": 2026}, "certain", "2026"),
        ({"end": None}, "certain", "vanaf 2026"),
        ({"confidence": Confidence.MEDIUM}, "certain", "2026–2027"),
        ({"status": "vertraagd"}, "indicative", "2026–2027"),
        ({"status": "afgeleid"}, "indicative", "2026–2027"),
        ({"confidence": Confidence.LOW}, "indicative", "2026–2027"),
        ({"confidence": Confidence.UNKNOWN}, "unknown", "onbekend"),
        ({"status": "onbekend"}, "unknown", "onbekend"),
        ({"start": None, "end": None}, "unknown", "onbekend"),
        ({"source": ""}, "unknown", "onbekend"),
    ],
)
def test_a_bar_looks_as_certain_as_its_source(
    released: Released, changes: dict[str, Any], look: str, text: str
) -> None:
    view = with_phases(released, dataclasses.replace(PLANNED, **changes))
    bar = facts.phase_bars(view, (KPP,))[0]
    assert (bar.look, bar.text) == (look, text)
    if look == "unknown":
        assert (bar.start, bar.end) == (None, None)


def test_a_phase_without_a_row_is_unknown(released: Released) -> None:
    bars = facts.phase_bars(with_phases(released, PLANNED), (KPP,))
    assert [bar.look for bar in bars] == ["certain", "unknown", "unknown"]


@pytest.mark.parametrize(
    ("rows", "year", "state", "sentence"),
    [
        ((PLANNED, NEXT), "2025", "none", "nog niet begonnen volgens de planning"),
        (
            (PLANNED, NEXT),
            "2026",
            "opstellen",
            "opstellen wijkuitvoeringsplan (planning: 2026–2027)",
        ),
        (
            (PLANNED, NEXT),
            "2035",
            "uitvoering",
            "uitvoering transitiewijk (planning: 2028–2035)",
        ),
        ((PLANNED,), "2028", "unknown", "fase onbekend"),
        ((), "2026", "unknown", "fase onbekend"),
        (
            (dataclasses.replace(PLANNED, confidence=Confidence.UNKNOWN),),
            "2026",
            "unknown",
            "fase onbekend",
        ),
        (
            (dataclasses.replace(PLANNED, status="afgeleid"),),
            "2026",
            "opstellen indicative",
            "opstellen wijkuitvoeringsplan (planning: 2026–2027)",
        ),
        (
            (dataclasses.replace(PLANNED, status="vertraagd"),),
            "2026",
            "opstellen indicative",
            "opstellen wijkuitvoeringsplan (planning: 2026–2027)",
        ),
        (
            (dataclasses.replace(PLANNED, status="vertraagd"), NEXT),
            "2030",
            "unknown",
            "fase onbekend (volgens het eerste plan: uitvoering transitiewijk)",
        ),
        (
            (
                dataclasses.replace(PLANNED, status="vertraagd"),
                dataclasses.replace(NEXT, confidence=Confidence.LOW),
            ),
            "2030",
            "unknown",
            "fase onbekend (volgens het eerste plan, indicatief: uitvoering transitiewijk)",
        ),
        (
            (
                dataclasses.replace(PLANNED, status="vertraagd"),
                dataclasses.replace(NEXT, confidence=Confidence.UNKNOWN),
            ),
            "2030",
            "unknown",
            "fase onbekend",
        ),
    ],
)
def test_the_phase_of_a_year_is_never_more_certain_than_its_bar(
    released: Released, rows: tuple[PhaseRow, ...], year: str, state: str, sentence: str
) -> None:
    chart = facts.phasing_chart(with_phases(released, *rows), (KPP,), "2025-08-31")
    assert chart.by_year[year][KPP] == (state, f"Klein Plaspoelpolder: {sentence}")


@pytest.mark.parametrize("late", [0, 1, 2])
def test_a_late_phase_and_all_after_it_are_never_certain(released: Released, late: int) -> None:
    """Three phases of a sure plan, one of them late; the bars and the slider say the same."""
    last = PhaseRow(KPP, "gasvrij", 2036, None, "gepland", "", "SEED", Confidence.HIGH, "", "")
    rows = [PLANNED, NEXT, last]
    rows[late] = dataclasses.replace(rows[late], status="vertraagd")
    chart = facts.phasing_chart(with_phases(released, *rows), (KPP,), "2025-08-31")
    expected = {
        0: ["indicative", "unknown", "unknown"],
        1: ["certain", "indicative", "unknown"],
        2: ["certain", "certain", "indicative"],
    }[late]
    assert [bar.look for bar in chart.bars] == expected
    words = {"certain": "{}", "indicative": "{} indicative", "unknown": "unknown"}
    # with the last phase unknown, nothing is known beyond the axis
    assert chart.slider_end == (2036 if late == 2 else 2035)
    years = ("2027", "2030", "2036") if late == 2 else ("2027", "2030")
    for look, phase, year in zip(expected, facts.PHASE_LABELS, years, strict=False):
        assert chart.by_year[year][KPP][0] == words[look].format(phase)


def test_what_comes_after_a_late_phase_has_no_years(released: Released) -> None:
    view = with_phases(released, dataclasses.replace(PLANNED, status="vertraagd"), NEXT)
    bar = facts.phase_bars(view, (KPP,))[1]
    assert (bar.start, bar.end, bar.status, bar.certainty) == (None, None, "onbekend", "onbekend")
    assert bar.text == "onbekend (eerste plan: 2028–2035)"


def test_a_remark_of_all_phases_stands_once(released: Released) -> None:
    same = dataclasses.replace(NEXT, note="Alleen de oudbouw.")
    rows = (dataclasses.replace(PLANNED, note="Alleen de oudbouw."), same)
    chart = facts.phasing_chart(with_phases(released, *rows), (KPP,), "2025-08-31")
    assert [bar.note for bar in chart.bars] == ["Alleen de oudbouw.", "", ""]


@pytest.mark.parametrize(
    ("peildatum", "year"), [("1999-01-01", 2022), ("2024-05-01", 2024), ("2090-01-01", 2036)]
)
def test_the_slider_starts_at_the_peildatum_within_its_years(
    released: Released, peildatum: str, year: int
) -> None:
    assert facts.phasing_chart(released, (KPP,), peildatum).year == year


@pytest.mark.parametrize(
    ("programme", "text"),
    [
        ("1", "1 sociale huurwoning"),
        ("1200", "1.200 sociale huurwoningen"),
        ("0", "0 sociale huurwoningen"),
        ("Nnb", "Nnb: aantal nog niet bekend"),
        ("30%", "30% van de woningen, aantal nog niet bekend"),
    ],
)
def test_a_programme_in_words(released: Released, programme: str, text: str) -> None:
    site = with_site(released, programme=parse_programme(programme)).agreements.sites[0]
    assert facts.programme_text(site) == text


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"status": "Gesloopt."}, "Gesloopt. (24 juni 2024; bron: "),
        ({"status": "Gesloopt.", "status_date": ""}, "Gesloopt. (bron zonder datum; bron: "),
        ({"status": "Gesloopt.", "status_confidence": Confidence.LOW}, "Indicatief: Gesloopt. ("),
        ({"status": "Gesloopt.", "status_confidence": Confidence.UNKNOWN}, "onbekend"),
        ({"status": "Gesloopt.", "status_source": ""}, "onbekend"),
        ({"status": ""}, "onbekend"),
    ],
)
def test_a_status_needs_a_source(released: Released, changes: dict[str, Any], start: str) -> None:
    view = with_site(released, **changes)
    text = facts.status_text(view, view.agreements.sites[0])
    assert text.startswith(start)
    assert (text == "onbekend") == (start == "onbekend")


def test_a_site_without_a_known_place_is_listed_and_not_drawn(
    released: Released, projection: Projection
) -> None:
    sites = {site.id: site for site in facts.sites(released, projection)}
    assert len(sites) == 16
    assert {name for name, site in sites.items() if site.at is None} == {
        "transformatie-garages",
        "prins-frederik-hendriklaan-optopping",
    }
    assert sites["transformatie-garages"].place == "locatie onbekend"
    assert all("bij benadering" in site.place for site in sites.values() if site.at)


def test_sites_of_a_plan_area_are_those_in_its_buurten(
    released: Released, projection: Projection
) -> None:
    inside = frozenset({"BU19160502", "BU19160504"})
    assert [site.id for site in facts.sites(released, projection, inside)] == [
        "overgoo",
        "de-star-51",
        "de-tol-32a",
        "de-tol-optopping",
    ]


@pytest.mark.parametrize(
    ("codes", "peildatum", "expected"),
    [
        # all years, in the order of the agreements
        ({"BU19160601"}, "", [("De Heuvel/Amstelwijk", "2024")]),
        ({"BU19160602"}, "", [("De Heuvel", "2022–2025"), ("De Heuvel/Amstelwijk", "2024")]),
        # before a list was agreed it says nothing
        ({"BU19160502"}, "2023-12-31", []),
        ({"BU19160602"}, "2023-12-31", [("De Heuvel", "2022–2025")]),
        # after its last year, what it said last stands, with the year beside it
        ({"BU19160502"}, "2025-08-31", [(f"Leidschendam-Zuid, vooral {DE_TOL}", "2024")]),
        ({"BU19160800"}, "2024-06-01", []),
    ],
)
def test_attention_listings_of_a_place(
    released: Released, codes: set[str], peildatum: str, expected: list[tuple[str, str]]
) -> None:
    entries = facts.attention(released, frozenset(codes), peildatum)
    assert [(entry.area, entry.years) for entry in entries] == expected


@pytest.mark.parametrize("confidence", [Confidence.LOW, Confidence.UNKNOWN])
def test_a_listing_that_nobody_vouches_for_is_indicative(
    released: Released, confidence: Confidence
) -> None:
    first = dataclasses.replace(released.agreements.attention[0], confidence=confidence)
    agreements = dataclasses.replace(released.agreements, attention=(first,))
    view = dataclasses.replace(released, agreements=agreements)
    (entry,) = facts.attention(view)
    assert entry.area == "Bovenveen (indicatief)"
    assert "Bovenveen (indicatief) (2022–2025)" in facts.listed_sentence(view, None, "2025-08-31")


def test_every_listing_names_its_list_and_source(released: Released) -> None:
    entries = facts.attention(released)
    assert len(entries) == 7
    assert all(entry.list_name and entry.source and entry.certainty for entry in entries)


def test_label_bars_of_a_buurt_are_in_fives(released: Released) -> None:
    bars = labels.label_bars(released, "BU19160501", "Klein Plaspoelpolder")
    assert [(bar.name, bar.total, bar.mean, bar.efg) for bar in bars] == [
        # 22 homes, in fives
        ("Vidomes, Klein Plaspoelpolder", "20", "A", "0%"),
        # 38 homes, in fives; (19 x 6 + 18 x 5 + 1 x 4) / 38 = 208 / 38 = 5.47, nearest to 5
        ("WoonInvest, Klein Plaspoelpolder", "40", "B", "0%"),
    ]
    assert [[(group, count) for group, count, _ in bar.parts] for bar in bars] == [
        [("A", "15"), ("B", "5")],  # 16, 5 and 1 without a label
        [("A", "20"), ("B", "20")],  # 19, 18 and 1 C
    ]
    for bar in bars:
        assert sum(share for _, _, share in bar.parts) == pytest.approx(1)


def test_a_secret_bar_says_so_and_nothing_else(released: Released) -> None:
    (bar,) = labels.label_bars(released, "BU19160401", "x")
    assert (bar.total, bar.mean, bar.efg, bar.parts) == ("", "", "", ())
    assert bar.reason is Reason.SUPPRESSED


def test_an_area_without_homes_has_no_bars(released: Released) -> None:
    assert labels.label_bars(released, "BU19160104", "x") == ()


def test_targets_stand_with_their_own_corporation(results: Results) -> None:
    bars = labels.label_bars(release(results, "intern"), "GM1916", "gemeente")
    years = [re.findall(r" in (20\d\d)|en met (20\d\d)", " ".join(bar.targets)) for bar in bars]
    assert [[first or second for first, second in found] for found in years] == [
        ["2027", "2030", "2028"],
        ["2027", "2028"],
    ]
