"""The stock of corporations: means, the way to targets, pace, affordable shares, complexes.

Expected values are worked out by hand, row by row.
"""

import dataclasses
import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.agreements import (
    AffordableTarget,
    Agreements,
    Monitored,
    Renovation,
    Target,
    load_agreements,
)
from geo_lv.errors import InputError
from geo_lv.municipality import load_municipality
from geo_lv.properties import (
    LABEL_CLASSES,
    LABELS,
    label_counts,
    label_of,
    label_rank,
    mean_label_ordinal,
)
from geo_lv.rents import RentLevels
from geo_lv.schema import Confidence
from geo_lv.stock.affordable import affordable_share
from geo_lv.stock.complexes import COLUMNS as COMPLEX_COLUMNS
from geo_lv.stock.complexes import complex_table
from geo_lv.stock.means import label_means
from geo_lv.stock.overview import COLUMNS, StockInputs, stock_table
from geo_lv.stock.pace import DatedHomes, pace_asked, pace_so_far
from geo_lv.stock.path import path_to_mean, path_to_share

NAN = math.nan
DAY = dt.date(2026, 11, 23)
LEVELS = RentLevels(2023, ("laag", "midden", "hoog"), (500.0, 700.0), "BRON")


def homes(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return homes; what a row does not name is unknown, or corporation P with label A."""
    unknown = {
        "corporation": "P",
        "complex_id": "",
        "energy_label": "A",
        "ep2_kwh_m2": NAN,
        "floor_area_m2": NAN,
        "rent_eur": NAN,
        "build_year": pd.NA,
        "solar_panels": "",
        "gas_free": "",
        "age_label": "",
    }
    numbered = [{**unknown, "dwelling_id": str(n), **row} for n, row in enumerate(rows)]
    table = pd.DataFrame(numbered, columns=["dwelling_id", *unknown], index=range(2, len(rows) + 2))
    floats = ["ep2_kwh_m2", "floor_area_m2", "rent_eur"]
    types = dict.fromkeys(set(table) - {*floats, "build_year"}, "str")
    return table.astype({**types, **dict.fromkeys(floats, "float64"), "build_year": "Int64"})


def labelled(*labels: str, **same: Any) -> pd.DataFrame:
    """Return a home per label."""
    return homes(*({"energy_label": label, **same} for label in labels))


def counts(**of_label: int) -> dict[str, int]:
    """Return homes per label class."""
    return {label: of_label.get(label, 0) for label in LABEL_CLASSES}


# Means


def test_ep2_is_weighted_by_floor_area_and_unknown_is_left_out() -> None:
    table = label_means(
        homes(
            {"energy_label": "A", "ep2_kwh_m2": 100, "floor_area_m2": 50},
            {"energy_label": "C", "ep2_kwh_m2": 200, "floor_area_m2": 100},
            {"energy_label": "geen", "ep2_kwh_m2": 300},  # no floor area: no weight
            {"energy_label": "D", "floor_area_m2": 40},  # no EP2
            {"corporation": "Q", "energy_label": "geen"},
        ),
        ["corporation"],
    )
    # ranks 6, 4 and 3; (100 x 50 + 200 x 100) / 150 = 25000 / 150
    first, second = (dict(table.loc[name]) for name in "PQ")
    assert list(first.values()) == pytest.approx([4, 1, 13 / 3, 2, 25000 / 150])
    assert list(second.values()) == pytest.approx([1, 1, NAN, 0, NAN], nan_ok=True)


def test_an_ep2_below_zero_counts() -> None:
    rows = [{"ep2_kwh_m2": value, "floor_area_m2": 60} for value in (-20, 40)]
    assert label_means(homes(*rows), ["corporation"])["ep2_mean"].tolist() == [10]


def test_no_homes_have_no_means() -> None:
    assert label_means(homes(), ["corporation"]).shape == (0, 5)


# The way to a target


@pytest.mark.parametrize(
    ("target", "labels", "homes_needed", "points"),
    [
        # ranks 0 0 3 4 6 are 13; above 4.5 x 5 = 22.5 is 23: 10 short; G to B is 5, twice
        ("B", counts(G=2, D=1, C=1, A=1), 2, 10),
        # one point less to go (F is 1): 9 short; G gives 5, F gives 4: exactly enough
        ("B", counts(G=1, F=1, D=1, C=1, A=1), 2, 9),
        # two homes C: 8, needed above 9, so 10: 2 short, 1 each
        ("B", counts(C=2), 2, 2),
        # C and B: 9 is not above 9: a half goes to the worse label
        ("B", counts(C=1, B=1), 1, 1),
        # C, B and B: 14 is above 13.5
        ("B", counts(C=1, B=2), 0, 0),
        # homes without a label do not count
        ("B", counts(C=2, geen=50), 2, 2),
        # E (2) and A (6) are 8; above 11 is 12: 4 short, E to A gives 4
        ("A", counts(E=1, A=1), 1, 4),
        # nothing is worse than G
        ("G", counts(G=3), 0, 0),
        ("A", counts(geen=4), 0, 0),
        ("A", counts(), 0, 0),
    ],
)
def test_the_way_to_a_mean(
    target: str, labels: dict[str, int], homes_needed: int, points: int
) -> None:
    path = path_to_mean(target, labels)
    assert (path.homes, path.points) == (homes_needed, points)


@pytest.mark.parametrize(
    ("percent", "labels", "homes_needed", "points"),
    [
        (0, counts(A=3, E=1, F=1, G=2), 4, 1 + 2 + 3 + 3),
        # of 7 labelled, 30% is 2.1: two may stay, the worst two are G: 3 steps to D each
        (30, counts(A=3, E=1, F=1, G=2, geen=3), 2, 6),
        (100, counts(G=2), 0, 0),
        (0, counts(D=9, geen=9), 0, 0),
        (0, counts(), 0, 0),
    ],
)
def test_the_way_to_a_share_of_poor_labels(
    percent: int, labels: dict[str, int], homes_needed: int, points: int
) -> None:
    path = path_to_share(percent, labels)
    assert (path.homes, path.points) == (homes_needed, points)


def mean_class(labels: list[str]) -> str:
    """Return the class of the mean, as the pages show it."""
    table = label_counts(pd.DataFrame({"all": "x", "energy_label": labels}), ["all"])
    return label_of(float(mean_label_ordinal(table)["x"]))


@given(st.lists(st.sampled_from(LABEL_CLASSES), max_size=25), st.sampled_from(LABELS))
def test_the_way_reaches_the_target_and_one_home_fewer_does_not(
    labels: list[str], target: str
) -> None:
    path = path_to_mean(target, {label: labels.count(label) for label in LABEL_CLASSES})
    worst_first = sorted((label for label in labels if label != "geen"), key=label_rank)

    def reached(improved: int) -> bool:
        after = [target] * improved + worst_first[improved:]
        return label_rank(mean_class(after)) >= label_rank(target)

    if not worst_first:
        assert (path.homes, path.points) == (0, 0)
        return
    assert reached(path.homes)
    assert path.homes == 0 or not reached(path.homes - 1)
    assert (path.points == 0) == (path.homes == 0)
    assert path.points >= path.homes
    # the points are the least that lift the mean: one fewer leaves it a half or more below
    total = sum(map(label_rank, worst_first)) + path.points
    limit = (label_rank(target) - 0.5) * len(worst_first)
    assert total > limit
    assert path.points == 0 or total - 1 <= limit


@given(st.lists(st.sampled_from(LABEL_CLASSES), max_size=25), st.integers(0, 100))
def test_the_way_to_a_share_reaches_it_and_one_home_fewer_does_not(
    labels: list[str], percent: int
) -> None:
    path = path_to_share(percent, {label: labels.count(label) for label in LABEL_CLASSES})
    known = sum(label != "geen" for label in labels)
    poor = sum(label in {"E", "F", "G"} for label in labels)
    assert 100 * (poor - path.homes) <= percent * known
    assert path.homes == 0 or 100 * (poor - path.homes + 1) > percent * known
    assert path.homes <= path.points <= 3 * path.homes


# Pace


@pytest.mark.parametrize(
    ("still", "list_year", "target_year", "pace"),
    [(10, 2026, 2027, 5), (10, 2027, 2027, 10), (0, 2026, 2027, 0), (0, 2030, 2027, 0)],
)
def test_the_pace_asked_counts_both_years(
    still: int, list_year: int, target_year: int, pace: float
) -> None:
    assert pace_asked(still, list_year, target_year) == pace


def test_no_pace_reaches_a_year_that_is_over() -> None:
    assert math.isnan(pace_asked(1, 2028, 2027))


def test_the_pace_so_far_counts_homes_that_went_up() -> None:
    before = homes(
        {"dwelling_id": "up", "energy_label": "G"},
        {"dwelling_id": "also", "energy_label": "C"},
        {"dwelling_id": "same", "energy_label": "A"},
        {"dwelling_id": "down", "energy_label": "A"},
        {"dwelling_id": "found", "energy_label": "geen"},
        {"dwelling_id": "gone", "energy_label": "G"},
        {"dwelling_id": "up", "corporation": "Q", "energy_label": "B"},
    )
    now = homes(
        {"dwelling_id": "up", "energy_label": "A+"},
        {"dwelling_id": "also", "energy_label": "B"},
        {"dwelling_id": "same", "energy_label": "A"},
        {"dwelling_id": "down", "energy_label": "B"},
        {"dwelling_id": "found", "energy_label": "A"},
        {"dwelling_id": "new", "energy_label": "A"},
        {"dwelling_id": "up", "corporation": "Q", "energy_label": "B"},
        {"dwelling_id": "alone", "corporation": "R"},
    )
    pace = pace_so_far(
        DatedHomes(before, dt.date(2022, 1, 1)), DatedHomes(now, dt.date(2026, 1, 1))
    )
    assert pace[["P", "Q"]].tolist() == [0.5, 0]  # two homes in 1461 days, four years
    assert math.isnan(pace["R"])


def test_two_lists_of_one_day_have_no_pace() -> None:
    lists = DatedHomes(labelled("G"), DAY), DatedHomes(labelled("A"), DAY)
    assert pace_so_far(*lists).isna().all()


# Affordable shares


def goal(size: Any, share: float = 80, corporation: str = "P") -> AffordableTarget:
    """Return a target with 70 m² as limit and the second class as the last affordable one."""
    return AffordableTarget(
        "M", corporation, size, share, 70, "midden", "BRON", Confidence.LOW, "Eigen aanname."
    )


SIZED = homes(
    {"floor_area_m2": 50, "rent_eur": 500},  # small, low
    {"floor_area_m2": 70, "rent_eur": 700},  # on both limits: small, still affordable
    {"floor_area_m2": 60, "rent_eur": 700.01},  # small, too dear
    {"floor_area_m2": 40},  # small, unknown rent
    {"floor_area_m2": 70.5, "rent_eur": 900},  # large, too dear
    {"rent_eur": 100},  # unknown size
    {"corporation": "Q", "floor_area_m2": 50, "rent_eur": 900},
)


def test_affordable_share_of_small_and_large_homes() -> None:
    assert affordable_share(SIZED, goal("klein"), LEVELS) == pytest.approx((200 / 3, 3, 2))
    assert affordable_share(SIZED, goal("groot"), LEVELS) == (0, 1, 1)


def test_without_homes_there_is_no_share() -> None:
    share, counted, unknown = affordable_share(SIZED, goal("groot", corporation="Q"), LEVELS)
    assert math.isnan(share)
    assert (counted, unknown) == (0, 0)


SIZES = st.none() | st.sampled_from([40, 70, 71])
RENTS = st.none() | st.sampled_from([400, 700, 800])


@given(st.lists(st.tuples(SIZES, RENTS), max_size=20))
def test_shares_are_percentages_and_every_home_is_somewhere(
    sizes: list[tuple[float | None, float | None]],
) -> None:
    rows = [
        {"floor_area_m2": NAN if size is None else size, "rent_eur": NAN if rent is None else rent}
        for size, rent in sizes
    ]
    found = [affordable_share(homes(*rows), goal(size), LEVELS) for size in ("klein", "groot")]
    unsized = sum(size is None for size, _ in sizes)
    assert sum(counted + unknown for _, counted, unknown in found) == len(sizes) + unsized
    assert all(0 <= share <= 100 for share, counted, _ in found if counted)


# Complexes


def renovation(**known: Any) -> Renovation:
    """Return a renovation of complex c1 of P."""
    first = Renovation(
        renovation_id="r",
        site="Proefhof",
        corporation="P",
        complex_id="c1",
        complexes=1,
        homes=3,
        start=2022,
        end=2023,
        target_label="B",
        state="onbekend",
        state_date="",
        source="BRON",
        confidence=Confidence.HIGH,
        note="Een noot.",
    )
    return dataclasses.replace(first, **known)


def by_complex(*renovations: Renovation) -> dict[tuple[str, str], Any]:
    """Return the rows of the complexes by corporation and complex."""
    table = complex_table(BUILT, renovations)
    keys = zip(table["corporation"], table["complex_id"], strict=True)
    return {key: row for key, (_, row) in zip(keys, table.iterrows(), strict=True)}


C1: list[dict[str, Any]] = [
    {"energy_label": "A", "build_year": 1970, "age_label": "55+", "solar_panels": "ja"},
    {"energy_label": "C", "build_year": 1972, "age_label": "65-plus", "solar_panels": "nee"},
    {"energy_label": "geen", "age_label": "45+", "gas_free": "ja"},
    {"energy_label": "C", "build_year": 1971, "age_label": "jongeren", "gas_free": "ja"},
]
BUILT = homes(
    *({"complex_id": "c1", **row} for row in C1),
    {"complex_id": "c2"},
    {"build_year": 1999},
    {"corporation": "Q", "complex_id": "c1", "energy_label": "G"},
)


def test_a_complex_row_by_row() -> None:
    table = by_complex(renovation())
    first = table["P", "c1"]
    assert first[["homes", "A", "C", "geen", "G"]].tolist() == [4, 1, 2, 1, 0]
    assert first["mean_label"] == pytest.approx(14 / 3)  # 6, 4 and 4
    assert first[["first_build_year", "last_build_year"]].tolist() == [1970, 1972]
    # 55+ and 65-plus of four; solar panels on one of two known; both known ones without gas
    assert first[["senior_share", "solar_share", "gas_free_share"]].tolist() == [50, 50, 100]
    assert first[["renovation", "renovation_homes", "renovation_state"]].tolist() == [
        "Proefhof",
        3,
        "onbekend",
    ]
    second = table["P", "c2"]
    assert second["senior_share"] == 0
    assert second[["first_build_year", "solar_share", "ep2_mean", "renovation_homes"]].isna().all()
    assert second["renovation"] == ""


def test_without_any_age_label_the_share_of_seniors_is_unknown() -> None:
    assert math.isnan(by_complex()["Q", "c1"]["senior_share"])


def test_homes_without_a_complex_are_counted_and_no_more() -> None:
    rest = by_complex()["P", ""]
    assert rest["homes"] == 1
    assert rest[["A", "mean_label", "first_build_year", "senior_share"]].isna().all()


def test_a_renovation_that_joins_nothing_has_its_own_row() -> None:
    loose = (
        renovation(complex_id="", corporation=""),
        renovation(complex_id=""),
        renovation(complex_id="c9"),
        renovation(complex_id="c2", corporation="Q"),
    )
    table = complex_table(BUILT, loose)
    assert len(table) == 4 + 4
    own = table[table["renovation"] == "Proefhof"]
    assert own["homes"].isna().all()
    assert own["complex_id"].tolist() == ["", "", "c9", "c2"]
    assert table["homes"].sum() == len(BUILT)


def test_no_homes_leave_the_renovations() -> None:
    table = complex_table(homes(), (renovation(),))
    assert table["renovation"].tolist() == ["Proefhof"]
    assert list(table.columns) == list(COMPLEX_COLUMNS)
    assert complex_table(homes(), ()).empty


CELLS = st.tuples(st.sampled_from("PQ"), st.sampled_from(["", "c1", "c2"]))


@given(st.lists(st.tuples(CELLS, st.sampled_from(LABEL_CLASSES)), max_size=20))
def test_complexes_add_up_to_the_homes(cells: list[tuple[tuple[str, str], str]]) -> None:
    rows = [
        {"corporation": owner, "complex_id": name, "energy_label": label, "age_label": "55+"}
        for (owner, name), label in cells
    ]
    table = complex_table(homes(*rows), ())
    assert table["homes"].sum() == len(cells)
    named = table[table["complex_id"] != ""]
    assert (named[list(LABEL_CLASSES)].sum(axis=1) == named["homes"]).all()
    assert named["senior_share"].between(0, 100).all()


# The overview


def agreements(*targets: Target, affordable: tuple[AffordableTarget, ...] = ()) -> Agreements:
    return Agreements((), (), (), Monitored(), (), targets, affordable, (), (), (), ())


def target(measure: str, label: str, year: int, corporation: str = "P") -> Target:
    return Target("M", corporation, "onderwerp", measure, label, year, "BRON", "Een noot.")


STOCK = homes(
    *({"energy_label": label, "floor_area_m2": 50, "rent_eur": 600} for label in "GGDCA"),
    {"energy_label": "geen", "bu_code": "", "ep2_kwh_m2": 150, "floor_area_m2": 80},
    {"corporation": "Q", "energy_label": "A"},
)


def overview(inputs: StockInputs) -> dict[tuple[str, str, str], pd.Series]:
    """Return the rows by corporation, figure and target year."""
    table = stock_table(inputs)
    assert list(table.columns) == list(COLUMNS)
    keys = zip(table["corporation"], table["figure"], table["target_year"], strict=True)
    return {key: row for key, (_, row) in zip(keys, table.iterrows(), strict=True)}


def test_the_overview_row_by_row() -> None:
    agreed = agreements(
        target("label_mean", "B", 2027),
        target("efg_share", "0", 2028, ""),
        affordable=(goal("klein"),),
    )
    earlier = DatedHomes(labelled("G", "G", "G"), dt.date(2024, 11, 23))
    names = ("P", "Q", "R")
    rows = overview(StockInputs(DatedHomes(STOCK, DAY), names, agreed, LEVELS, earlier))
    numbers = ["value", "counted", "unknown"]
    asked = ["homes_to_improve", "points_short", "pace_asked"]
    assert rows["P", "homes", ""][numbers].tolist() == [6, 6, 0]
    mean = rows["P", "mean_label", "2027"]
    assert mean[numbers].tolist() == pytest.approx([13 / 5, 5, 1])
    assert mean[asked].tolist() == [2, 10, 1]  # 2026 and 2027
    assert (mean["target"], mean["note"]) == ("B", "Een noot.")
    # only the third home went up (G to D), in 730 days
    assert mean["pace_so_far"] == pytest.approx(365.25 / 730)
    worst = rows["P", "poor_label_share", "2028"]
    assert worst[numbers].tolist() == [40, 5, 1]
    assert worst[asked].tolist() == pytest.approx([2, 6, 2 / 3])
    assert rows["P", "poor_labels", ""][numbers].tolist() == [2, 5, 1]
    assert rows["P", "mean_ep2", ""][numbers].tolist() == [150, 1, 5]
    small = rows["P", "affordable_small", ""]
    assert [*small[numbers], small["target"]] == [100, 5, 0, "80"]
    assert small["note"] == "Eigen aanname. Prijspeil 2023."
    assert rows["Q", "poor_label_share", "2028"]["homes_to_improve"] == 0
    assert math.isnan(rows["Q", "mean_label", ""]["pace_asked"])
    assert rows["R", "homes", ""]["value"] == 0
    assert math.isnan(rows["R", "mean_label", ""]["value"])


def test_without_price_levels_nothing_is_affordable_or_not() -> None:
    agreed = agreements(affordable=(goal("klein"), goal("groot")))
    rows = overview(StockInputs(DatedHomes(STOCK, DAY), ("P",), agreed, None))
    for name in ("affordable_small", "affordable_large"):
        assert math.isnan(rows["P", name, ""]["value"])
        assert rows["P", name, ""]["target"] == "80"


# The data

Change = Callable[[str, str, str], None]


@pytest.fixture
def change(data: Path) -> Change:
    """Give a function that replaces the first occurrence of a text in a table of agreements."""

    def replace(name: str, old: str, new: str) -> None:
        path = data / "agreements" / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace


RENOVATIONS = "renovations.csv"


@pytest.mark.parametrize(
    ("name", "old", "new", "row", "column"),
    [
        (RENOVATIONS, "WoonInvest,", "WoonInvust,", 2, "corporation"),
        (RENOVATIONS, "2022,2022,B", "2022,2021,B", 2, "end"),
        (RENOVATIONS, "2022,2022,B", "2022,2022,geen", 2, "target_label"),
        (RENOVATIONS, "B,onbekend", "B,klaar", 2, "state"),
        (RENOVATIONS, "SEED", "ZAAD", 2, "source"),
        (RENOVATIONS, "Elzendreef,,,1", "Elzendreef,,c1,1", 3, "corporation"),
        (RENOVATIONS, "Elzendreef,,,1", "Elzendreef,Vidomes,c1,2", 3, "complexes"),
    ],
)
def test_a_wrong_cell_names_row_and_column(  # noqa: PLR0913, PLR0917 - a table of cases
    data: Path, change: Change, name: str, old: str, new: str, row: int, column: str
) -> None:
    change(name, old, new)
    with pytest.raises(InputError) as raised:
        load_agreements(data, load_municipality(data), None)
    (problem,) = raised.value.problems
    assert (problem.file, problem.row) == (f"agreements/{name}", row)
    assert problem.column == column


def test_a_complex_has_one_renovation(data: Path, change: Change) -> None:
    change(RENOVATIONS, "WoonInvest,,", "WoonInvest,c1,")
    change(RENOVATIONS, "Elzendreef,,", "Elzendreef,WoonInvest,c1")
    with pytest.raises(InputError, match="row 3, column complex_id: expected each complex of a"):
        load_agreements(data, None, None)


def test_the_agreed_shares_and_renovations(data: Path) -> None:
    found = load_agreements(data, None, None)
    assert [(each.corporation, each.size, each.target_share) for each in found.affordable] == [
        ("Vidomes", "klein", 81),
        ("WoonInvest", "klein", 89),
        ("Vidomes", "groot", 75),
        ("WoonInvest", "groot", 56),
    ]
    for each in found.affordable:
        assert each.definition_confidence is Confidence.LOW
        assert each.note.endswith("Dat is een eigen aanname en geen feit.")
    assert [
        (plan.site, plan.corporation, plan.complexes, plan.homes, plan.start, plan.end)
        for plan in found.renovations
    ] == [
        ("Reuvenslaan", "WoonInvest", 1, 126, 2022, 2022),
        ("Elzendreef", "", 1, 161, 2022, 2022),
        ("", "", 4, 443, 2023, 2024),
    ]
    for plan in found.renovations:
        assert (plan.complex_id, plan.target_label, plan.state) == ("", "B", "onbekend")
