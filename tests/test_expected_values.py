"""The embedded data through the whole pipeline, against values worked out by hand.

Every expected value is a literal; the arithmetic behind it stands beside it.
"""

import csv
import math
from collections import Counter
from pathlib import Path

import pytest

from geo_lv.areas import AreaLevel
from geo_lv.editions import Released
from geo_lv.join import CONTRADICTION, FOREIGN, NEAR_BORDER, NO_PLACE
from geo_lv.maps.facts import phase_bars, phasing_chart
from geo_lv.maps.sections import new_build_totals
from geo_lv.pipeline import Results
from geo_lv.properties import LABEL_CLASSES, label_of

DWELLINGS = Path(__file__).parent.parent / "data" / "properties" / "dwellings.csv"
PLANS = ("de-heuvel-amstelwijk", "leidschendam-zuid", "essesteijn", "klein-plaspoelpolder")


def figure(results: Results, code: str, indicator: str, year: str = "") -> tuple[float, str]:
    """Return value and reason of the one figure of an area."""
    table = results.figures
    wanted = (table["code"] == code) & (table["indicator"] == indicator) & (table["year"] == year)
    (row,) = table[wanted].to_dict("records")
    return row["value"], row["reason"]


def value(results: Results, code: str, indicator: str) -> float:
    """Return the value of an area that has one."""
    found, reason = figure(results, code, indicator)
    assert reason == ""
    return found


@pytest.mark.parametrize(
    ("slug", "indicator", "year", "published"),
    [
        # exactly the wijk WK191606
        ("de-heuvel-amstelwijk", "inwoners", "2022", 3135),
        ("de-heuvel-amstelwijk", "inwoners", "2024", 3250),
        ("de-heuvel-amstelwijk", "woningen", "2022", 1794),
        ("de-heuvel-amstelwijk", "woningen", "2024", 1795),
        ("de-heuvel-amstelwijk", "woz_waarde", "2022", 192),
        # exactly the wijk WK191608
        ("essesteijn", "inwoners", "2022", 5760),
        ("essesteijn", "inwoners", "2024", 5820),
        ("essesteijn", "woningen", "2022", 2870),
        ("essesteijn", "woningen", "2024", 2869),
        # one buurt whose border has not changed since
        ("klein-plaspoelpolder", "inwoners", "2016", 545),
        ("klein-plaspoelpolder", "woningen", "2016", 290),
    ],
)
def test_a_plan_area_that_is_a_published_area_has_its_figure(
    results: Results, slug: str, indicator: str, year: str, published: float
) -> None:
    assert figure(results, slug, indicator, year) == (published, "")


@pytest.mark.parametrize("slug", ["leidschendam-zuid", "klein-plaspoelpolder"])
@pytest.mark.parametrize("year", ["2022", "2024"])
@pytest.mark.parametrize("indicator", ["inwoners", "woningen"])
def test_a_part_of_a_wijk_has_no_figure_when_only_the_wijk_is_published(
    results: Results, slug: str, indicator: str, year: str
) -> None:
    """The figure of the whole wijk (6,225 inhabitants in 2022) is of five buurten, not of these."""
    found, reason = figure(results, slug, indicator, year)
    assert math.isnan(found)
    assert reason == "missing"


@pytest.mark.parametrize("slug", ["de-heuvel-amstelwijk", "leidschendam-zuid", "essesteijn"])
def test_a_plan_area_has_no_figure_of_2016_when_a_buurt_has_none(
    results: Results, slug: str
) -> None:
    found, reason = figure(results, slug, "inwoners", "2016")
    assert math.isnan(found)
    assert reason == "missing"


@pytest.mark.parametrize(
    ("level", "matched", "unmatched", "ambiguous"),
    [
        # 12 + 18 without a place and 4 + 6 outside are 40 on every level.
        ("buurt", 9156, 40, 27),  # 5 + 7 contradict their code, 6 + 9 lie too near a border
        ("wijk", 9159, 40, 24),  # of 1 and 2 of those, both candidates lie in one wijk
        ("plan", 9177, 40, 6),  # of 21 of those, both lie outside every plan area, or in one
        ("gemeente", 9183, 40, 0),  # all 27 lie in the municipality
    ],
)
def test_every_dwelling_is_accounted_for_on_every_level(
    results: Results, level: AreaLevel, matched: int, unmatched: int, ambiguous: int
) -> None:
    join = results.joins[level]
    found = (len(join.matched), len(join.unmatched), len(join.ambiguous))
    assert found == (matched, unmatched, ambiguous)
    assert matched + unmatched + ambiguous == 9223
    everyone = sorted([*join.matched.index, *join.unmatched.index, *join.ambiguous.index])
    assert everyone == list(results.inputs.dwellings.index)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("matched", {("Vidomes", ""): 3493, ("WoonInvest", ""): 5663}),
        (
            "unmatched",
            {
                ("Vidomes", NO_PLACE): 12,
                ("Vidomes", FOREIGN): 4,
                ("WoonInvest", NO_PLACE): 18,
                ("WoonInvest", FOREIGN): 6,
            },
        ),
        (
            "ambiguous",
            {
                ("Vidomes", CONTRADICTION): 5,
                ("Vidomes", NEAR_BORDER): 6,
                ("WoonInvest", CONTRADICTION): 7,
                ("WoonInvest", NEAR_BORDER): 9,
            },
        ),
    ],
)
def test_buurt_counts_per_corporation_and_reason(
    released: Released, outcome: str, expected: dict[tuple[str, str], int]
) -> None:
    """3,493 + 12 + 4 + 5 + 6 = 3,520 and 5,663 + 18 + 6 + 7 + 9 = 5,703."""
    rows = [row for row in released.joins if row.level == "buurt" and row.outcome == outcome]
    assert {(row.corporation, row.reason): row.dwellings for row in rows} == expected


@pytest.mark.parametrize("level", ["buurt", "wijk", "plan", "gemeente"])
def test_the_join_adds_up_per_corporation(released: Released, level: AreaLevel) -> None:
    totals: Counter[str] = Counter()
    for row in released.joins:
        if row.level == level:
            totals[row.corporation] += row.dwellings
    assert totals == {"Vidomes": 3520, "WoonInvest": 5703}


# As registered, counted from the file alone.
REGISTERED = [
    ("BU19160501", "Vidomes", {"A": 16, "B": 5, "geen": 1}),
    ("BU19160501", "WoonInvest", {"A": 19, "B": 18, "C": 1}),
    ("BU19160602", "Vidomes", {"C": 12, "D": 27, "E": 19, "F": 1}),
    (
        "BU19160602",
        "WoonInvest",
        {
            "A+": 3,
            "A": 53,
            "B": 59,
            "C": 3,
            "D": 37,
            "E": 45,
            "F": 32,
            "G": 21,
            "geen": 8,
        },
    ),
]


@pytest.mark.parametrize(("code", "corporation", "expected"), REGISTERED)
def test_label_mix_of_a_buurt(
    results: Results, code: str, corporation: str, expected: dict[str, int]
) -> None:
    """As in the file, but for one home with label A that lies far from its registered buurt."""
    if (code, corporation) == ("BU19160602", "WoonInvest"):
        expected = {**expected, "A": 52}
    table = results.labels
    (row,) = table[(table["area"] == code) & (table["corporation"] == corporation)].to_dict(
        "records"
    )
    assert {label: row[label] for label in LABEL_CLASSES if row[label]} == expected


@pytest.mark.parametrize(("code", "corporation", "expected"), REGISTERED)
def test_label_mix_is_that_of_the_file(
    code: str, corporation: str, expected: dict[str, int]
) -> None:
    """Counted with the standard library only, by the code in the file."""
    with DWELLINGS.open(encoding="utf-8", newline="") as file:
        rows = [
            row["energy_label"]
            for row in csv.DictReader(file)
            if (row["bu_code"], row["corporation"]) == (code, corporation)
        ]
    assert Counter(rows) == expected


@pytest.mark.parametrize(
    ("code", "homes", "vidomes", "mean", "poor"),
    [
        # A is 6, B is 5, C is 4: (35 x 6 + 23 x 5 + 1 x 4) / 59 labels = 329 / 59 = 5.576
        ("BU19160501", 60, 100 * 22 / 60, 329 / 59, 0.0),
        # 3 A+, 52 A, 59 B, 15 C, 64 D, 64 E, 33 F, 21 G are 311 labels:
        # 21 + 312 + 295 + 60 + 192 + 128 + 33 + 0 = 1,041; E, F and G are 118
        ("BU19160602", 319, 100 * 59 / 319, 1041 / 311, 100 * 118 / 311),
        # a plan area of one buurt has the same
        ("klein-plaspoelpolder", 60, 100 * 22 / 60, 329 / 59, 0.0),
    ],
)
def test_mean_label_share_of_poor_labels_and_share_of_a_corporation(
    results: Results, code: str, homes: int, vidomes: float, mean: float, poor: float
) -> None:
    assert value(results, code, "corporatiewoningen") == homes
    assert value(results, code, "aandeel_vidomes") == pytest.approx(vidomes)
    assert value(results, code, "aandeel_wooninvest") == pytest.approx(100 - vidomes)
    assert value(results, code, "label_gemiddeld") == pytest.approx(mean)
    assert value(results, code, "label_efg") == pytest.approx(poor)


def test_mean_label_of_a_buurt_as_a_label(results: Results) -> None:
    """5.58 is nearest to 6, an A; 3.35 is nearest to 3, a D."""
    assert label_of(value(results, "BU19160501", "label_gemiddeld")) == "A"
    assert label_of(value(results, "BU19160602", "label_gemiddeld")) == "D"


def test_new_build_totals_per_corporation(released: Released) -> None:
    """Vidomes: 20 + 8 + 15 + 18 + 37 + 15 + 60 + 100 + 8 = 281. WoonInvest: 72 + 10 + 36 = 118."""
    assert new_build_totals(released).rows == (
        ("Vidomes", "9", "281", "0", "0", "0"),
        ("WoonInvest", "7", "118", "16", "2", "1"),
    )


@pytest.mark.parametrize(
    ("code", "homes", "reason", "note"),
    [
        ("GM1916", 399, "", "Plus 3 locaties waarvan het aantal nog niet bekend is."),  # 281 + 118
        # 10 + 36 numbers on De Tol, De Star is Nnb
        ("BU19160502", 46, "", "Plus 1 locatie waarvan het aantal nog niet bekend is."),
        # Overgoo's 100 besides
        ("leidschendam-zuid", 146, "", "Plus 1 locatie waarvan het aantal nog niet bekend is."),
        ("klein-plaspoelpolder", 52, "", ""),  # 15 + 37
        ("WK191604", 51, "", ""),  # 20 + 8 + 15 + 8
        ("WK191612", 60, "", ""),
        ("de-heuvel-amstelwijk", 0, "", ""),  # no site at all
    ],
)
def test_new_build_per_area(
    results: Results, code: str, homes: int, reason: str, note: str
) -> None:
    assert figure(results, code, "nieuwbouw_sociaal") == (homes, reason)
    table = results.figures
    rows = table[(table["code"] == code) & (table["indicator"] == "nieuwbouw_sociaal")]
    assert list(rows["note"]) == [note]


@pytest.mark.parametrize("code", ["essesteijn", "WK191608", "BU19160800"])
def test_a_percentage_is_missing_and_never_zero(results: Results, code: str) -> None:
    """The only site there, Appelgaarde, was agreed as 30%."""
    found, reason = figure(results, code, "nieuwbouw_sociaal")
    assert math.isnan(found)
    assert reason == "missing"


def test_sites_that_are_not_yet_a_number_have_no_number(results: Results) -> None:
    kinds = {
        site.site_id: (site.programme.kind, site.programme.homes, site.programme.percentage)
        for site in results.inputs.agreements.sites
        if site.programme.kind != "number"
    }
    assert kinds == {
        "de-star-51": ("nnb", None, None),
        "transformatie-garages": ("nnb", None, None),
        "appelgaarde-2-4": ("percentage", None, 30),
    }


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "de-heuvel-amstelwijk",
            [
                ("indicative", 2022, 2023, "2022–2023, maar vertraagd"),
                ("unknown", None, None, "onbekend (eerst indicatief: 2024–2031)"),
                ("unknown", None, None, "onbekend (eerste plan: vanaf 2032)"),
            ],
        ),
        (
            "leidschendam-zuid",
            [
                ("unknown", None, None, "gestart, jaar onbekend"),
                ("unknown", None, None, "onbekend"),
                ("unknown", None, None, "onbekend"),
            ],
        ),
        ("essesteijn", [("unknown", None, None, "onbekend")] * 3),
        (
            "klein-plaspoelpolder",
            [
                ("certain", 2026, 2027, "2026–2027"),
                ("certain", 2028, 2035, "2028–2035"),
                ("certain", 2036, None, "richting 2036"),
            ],
        ),
    ],
)
def test_phasing_of_a_plan_area(
    released: Released, slug: str, expected: list[tuple[str, int | None, int | None, str]]
) -> None:
    bars = phase_bars(released, (slug,))
    assert [bar.phase for bar in bars] == ["opstellen", "uitvoering", "gasvrij"]
    assert [(bar.look, bar.start, bar.end, bar.text) for bar in bars] == expected


def test_going_off_gas_in_2036_lies_beyond_the_axis_that_ends_in_2035(released: Released) -> None:
    chart = phasing_chart(released, PLANS, "2025-08-31")
    assert (chart.axis_start, chart.axis_end, chart.slider_end) == (2022, 2035, 2036)
    assert chart.year == 2025


@pytest.mark.parametrize("slug", PLANS)
def test_the_slider_has_the_same_years_on_every_page(released: Released, slug: str) -> None:
    """Klein Plaspoelpolder works towards 2036: the last year that is known anywhere."""
    chart = phasing_chart(released, (slug,), "2025-08-31")
    assert chart.slider_end == 2036
    assert list(chart.by_year) == [str(year) for year in range(2022, 2037)]


@pytest.mark.parametrize(
    ("year", "slug", "expected"),
    [
        ("2022", "de-heuvel-amstelwijk", "opstellen indicative"),  # it is late
        ("2023", "de-heuvel-amstelwijk", "opstellen indicative"),
        ("2024", "de-heuvel-amstelwijk", "unknown"),  # its plan is late
        ("2031", "de-heuvel-amstelwijk", "unknown"),
        ("2032", "de-heuvel-amstelwijk", "unknown"),
        ("2022", "essesteijn", "unknown"),
        ("2036", "essesteijn", "unknown"),
        ("2036", "leidschendam-zuid", "unknown"),
        ("2025", "klein-plaspoelpolder", "none"),
        ("2026", "klein-plaspoelpolder", "opstellen"),
        ("2027", "klein-plaspoelpolder", "opstellen"),
        ("2028", "klein-plaspoelpolder", "uitvoering"),
        ("2035", "klein-plaspoelpolder", "uitvoering"),
        ("2036", "klein-plaspoelpolder", "gasvrij"),
    ],
)
def test_phase_of_a_plan_area_in_a_year(
    released: Released, year: str, slug: str, expected: str
) -> None:
    assert phasing_chart(released, PLANS, "2025-08-31").by_year[year][slug][0] == expected
