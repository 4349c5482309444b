"""What geo_lv works out itself, by hand for a few homes, and how coarse the public sees it."""

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.agreements.measurements import Interval
from geo_lv.editions import Released, release
from geo_lv.errors import InputError
from geo_lv.inputs import load_inputs
from geo_lv.maps.monitor.lines import make_board
from geo_lv.maps.pages import make_pages
from geo_lv.monitor.computed import computed_values
from geo_lv.monitor.public import public_monitor
from geo_lv.monitor.rows import Monitor
from geo_lv.monitor.series import Value
from geo_lv.monitor.spread import unevenness
from geo_lv.pipeline import Results, compute
from geo_lv.privacy import DwellingRules
from geo_lv.schema import Confidence

from .conftest import Folder

DAY = "2025-08-31"
LISTED = dt.date(2025, 1, 1)
POINTS = """
[[points]]
code = "{code}"
agreement = "D6"
subject = "Meetpunt"
unit = "{unit}"
rule = "Geteld."
computed = "{measure}"

[[goals]]
point = "{code}"
corporation = "{owner}"
bound = "at_least"
value = 1
path = "flat"
confidence = "H"
"""


def with_point(folder: Folder, measure: str, unit: str = "woningen", owner: str = "") -> Results:
    """Work out a folder with one more point, of a measure."""
    path = folder.path / "agreements" / "afspraken.toml"
    more = POINTS.format(code="P", unit=unit, measure=measure, owner=owner)
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return compute(load_inputs(folder.path))


def change_homes(results: Results, **columns: Any) -> Results:
    homes = results.inputs.dwellings.assign(**columns)
    return replace(results, inputs=replace(results.inputs, dwellings=homes))


def value_of(results: Results, owner: str = "") -> Value:
    (value,) = computed_values(results, DAY)["P", owner]
    return value


def test_homes_with_solar_panels_and_those_of_which_it_is_not_known(folder: Folder) -> None:
    results = with_point(folder, "solar")
    homes = len(results.inputs.dwellings)
    told = ["ja"] * 7 + ["nee"] * 3 + [""] * (homes - 10)
    value = value_of(change_homes(results, solar_panels=told))
    assert value.value == Interval(7, 7 + homes - 10)
    assert value.fictitious
    nothing = change_homes(results, solar_panels=[""] * homes)
    assert ("P", "") not in computed_values(nothing, DAY)


def test_share_of_the_worst_labels_of_those_that_have_one(folder: Folder) -> None:
    results = with_point(folder, "efg_share", "%", "Wonen Een")
    owners = results.inputs.dwellings["corporation"]
    own = int((owners == "Wonen Een").sum())
    labels = iter(["E", "F", "G", "A", "A", "A", "A", "A", *["geen"] * (own - 8)])
    value = value_of(
        change_homes(
            results,
            energy_label=[next(labels) if name == "Wonen Een" else "G" for name in owners],
        ),
        "Wonen Een",
    )
    assert value.value == Interval(37.5, 37.5)  # 3 of 8
    assert value.counts == (3, 8, own - 8)


def test_an_earlier_list_gives_an_earlier_value(folder: Folder) -> None:
    results = with_point(folder, "efg_share", "%", "Wonen Een")
    before = results.inputs.dwellings.assign(energy_label="G", list_date="2023-05-06")
    now = replace(
        results.inputs,
        previous_dwellings=before,
        dwellings=results.inputs.dwellings.assign(energy_label="A", list_date="2025-01-01"),
    )
    found = computed_values(replace(results, inputs=now), DAY)["P", "Wonen Een"]
    assert [(value.end, value.value.low) for value in found] == [
        (dt.date(2023, 5, 6), 100),
        (LISTED, 0),
    ]


RENOVATION = (
    "renovation_id,site,corporation,complex_id,complexes,homes,start,end,target_label,state,"
    "state_date,source,confidence,note\n"
)


def renovate(folder: Folder, *rows: str) -> None:
    text = RENOVATION + "".join(f"{row}\n" for row in rows)
    (folder.path / "agreements" / "renovations.csv").write_text(text, encoding="utf-8")


def test_renovated_homes_and_those_of_which_the_state_is_not_known(folder: Folder) -> None:
    renovate(
        folder,
        "een,Een,Wonen Een,,1,40,2022,2023,B,gereed,2023-06-30,BRON,H,",
        "twee,Twee,Wonen Een,,1,30,2022,2023,B,in uitvoering,2024-02,BRON,M,",
        "drie,Drie,,,1,20,2022,2023,B,onbekend,,BRON,H,",
    )
    value = value_of(with_point(folder, "renovated"))
    assert (value.value, value.date, value.confidence) == (Interval(40, 60), "2024-02", "M")


def test_without_any_known_state_nothing_is_said_of_renovations(folder: Folder) -> None:
    renovate(folder, "drie,Drie,,,1,20,2022,2023,B,onbekend,,BRON,H,")
    assert ("P", "") not in computed_values(with_point(folder, "renovated"), DAY)


def test_labels_of_renovated_complexes(folder: Folder) -> None:
    renovate(folder, "een,Een,Wonen Een,C1,1,4,2022,2023,B,gereed,2023,BRON,H,")
    results = with_point(folder, "renovated_label", "%")
    owners = list(results.inputs.dwellings["corporation"])
    mine = [place for place, owner in enumerate(owners) if owner == "Wonen Een"][:4]
    labels = dict(zip(mine, ("A", "B", "C", "geen"), strict=True))
    value = value_of(
        change_homes(
            results,
            complex_id=["C1" if place in mine else "" for place in range(len(owners))],
            energy_label=[labels.get(place, "G") for place in range(len(owners))],
        )
    )
    assert value.value.low == pytest.approx(200 / 3)  # two of the three that have a label


# What the public sees

RULES = DwellingRules(
    cell=10,
    label_class=3,
    interval=20,
    dominance_percent=90,
    owner="o",
    reason="r",
    confidence=Confidence.LOW,
)


def shown(results: Results, owner: str = "") -> tuple[Monitor, Value | None, str]:
    """Return the public monitor, with value and state of the point that was added."""
    inside = release(results, "intern", DAY).monitor
    public = public_monitor(inside, RULES)
    (row,) = [row for row in public.points if (row.point.code, row.corporation) == ("P", owner)]
    return public, row.judgement.value, row.judgement.state


@pytest.mark.parametrize(
    ("with_panels", "copies", "seen"),
    [
        (603, 30, 605),  # in fives
        (600, 30, 600),
        (9, 30, None),  # fewer than ten: secret
        (0, 30, 0),
        (300, 12, None),  # a stock of fewer than five hundred homes
    ],
)
def test_counts_of_the_stock_are_in_fives_or_secret(
    folder: Folder, with_panels: int, copies: int, seen: int | None
) -> None:
    results = with_point(folder, "solar")
    homes = pd.concat([results.inputs.dwellings] * copies, ignore_index=True)
    told = ["ja"] * with_panels + ["nee"] * (len(homes) - with_panels)
    many = replace(results.inputs, dwellings=homes.assign(solar_panels=told))
    _, value, state = shown(replace(results, inputs=many))
    assert value is not None
    assert value.counts is None
    if seen is None:
        assert (value.secret, state) == (True, "geen meting")
        assert math.isnan(value.value.low)
    else:
        assert value.value == Interval(seen, seen)
        assert state == ("op koers" if seen else "loopt achter")


def test_nothing_exact_of_homes_is_in_the_public_view(results: Results) -> None:
    public = release(results, "publiek").monitor
    for row in public.points:
        last = (row.judgement.value,) if row.judgement.value else ()
        for value in (*row.series, *last):
            assert value.counts is None
            if row.point.computed in {"efg_share", "affordable_small", "affordable_large"}:
                assert value.value.low == round(value.value.low)
            if row.point.computed == "solar":
                assert value.value.low % 5 == 0
            if row.point.computed == "label_mean":
                assert value.value.low in range(12)


def test_both_editions_give_the_same_states(results: Results) -> None:
    states = [
        {line.id: line.state for line in make_board(release(results, edition)).lines}
        for edition in ("publiek", "intern")
    ]
    assert states[0] == states[1]


# Spread over the wijken


def test_unevenness_by_hand() -> None:
    """Homes half and half, lettings 30 and 10: a quarter of them would have to be elsewhere."""
    assert unevenness({"a": 30, "b": 10}, {"a": 500, "b": 500}) == 25
    assert unevenness({"a": 5, "b": 15}, {"a": 100, "b": 300}) == 0
    assert unevenness({"a": 0, "b": 8}, {"a": 100, "b": 0}) == 100


@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 999)), min_size=1, max_size=20).filter(
        lambda pairs: any(one for one, _ in pairs) and any(two for _, two in pairs)
    )
)
def test_unevenness_is_a_percentage(pairs: list[tuple[int, int]]) -> None:
    counts = {str(place): float(count) for place, (count, _) in enumerate(pairs)}
    homes = {str(place): float(many) for place, (_, many) in enumerate(pairs)}
    assert -1e-9 <= unevenness(counts, homes) <= 100 + 1e-9
    assert unevenness(homes, homes) == pytest.approx(0)


SPREAD = """
[[points]]
code = "S"
agreement = "D6"
subject = "Spreiding"
unit = "%"
rule = "Gedeeld."
computed = "spread"
indicator = "verhuringen"
not_measurable = "Er is geen doel."
"""
INDICATOR = """
[[indicator]]
id = "verhuringen"
label = "Verhuringen"
unit = "verhuringen"
theme = "wonen"
decimals = 0
direction = "neutral"
aggregation = "none"
aggregation_note = "Per wijk."
explanation = "Hoeveel."
source = "verzonnen"
"""
MINIMUM = """
[[published]]
indicators = ["verhuringen"]
minimum = 10
owner = "niemand"
reason = "Verzonnen."
confidence = "L"
"""
WIJKEN = ("WK000101", "WK000102")


def append(folder: Folder, name: str, text: str) -> None:
    path = folder.path / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def spread(folder: Folder, first: int, second: int | None) -> Results:
    """Work out a folder in which lettings were counted in one or both wijken."""
    append(folder, "agreements/afspraken.toml", SPREAD)
    append(folder, "statistics/indicators.toml", INDICATOR)
    append(folder, "privacy.toml", MINIMUM)
    rows = [
        f"S,2024,{many},,{wijk},BRON,gemeente,2025-01-10,publiek,nee,H,"
        for wijk, many in zip(WIJKEN, (first, second), strict=True)
        if many is not None
    ]
    folder.measure(*rows)
    return compute(load_inputs(folder.path))


def measure(released: Released) -> tuple[str, str]:
    (line,) = [line for line in make_board(released).lines if line.id == "s"]
    return line.value, line.state


def lettings(released: Released) -> dict[str, float]:
    """Return the lettings in each wijk."""
    figures = released.figures
    own = figures[(figures["indicator"] == "verhuringen") & figures["code"].isin(WIJKEN)]
    return dict(zip(own["code"], own["value"], strict=True))


def test_a_spread_is_measured_and_shown_on_a_map(folder: Folder) -> None:
    """Each wijk has half of the homes; 30 and 10 lettings are 25% off."""
    released = release(spread(folder, 30, 10), "publiek", "2025-01-31")
    assert measure(released) == ("25%", "niet meetbaar")
    (page,) = [
        page
        for page in make_pages(released, peildatum="2025-01-31", basemap=False)
        if page.path == "thema/spreiding.html"
    ]
    assert page.map is not None
    assert page.map.start_indicator == "verhuringen-2024"
    (measured, _) = page.sections[0].tables
    assert measured.rows == (("2024", "25%"),)
    assert page.fictitious, "the homes that it is held against are made up"


def test_below_the_minimum_it_is_for_the_parties_only(folder: Folder) -> None:
    results = spread(folder, 30, 9)
    public, inside = (release(results, edition, "2025-01-31") for edition in ("publiek", "intern"))
    assert measure(public) == ("geheim", "niet meetbaar")
    assert measure(inside)[0] == f"{round(100 * (30 / 39 - 0.5))}%"
    own = public.figures[public.figures["indicator"] == "verhuringen"]
    assert set(own["reason"]) == {"suppressed"}, "with one shown, the other is easily guessed"
    assert lettings(inside) == {WIJKEN[0]: 30, WIJKEN[1]: 9}
    assert public.agreements.measurements == ()


def test_the_public_sees_a_spread_in_whole_percents(folder: Folder) -> None:
    """30 and 13 lettings are 19.767% off."""
    results = spread(folder, 30, 13)
    found = [
        row.series[0].value.low
        for edition in ("publiek", "intern")
        for row in release(results, edition, "2025-01-31").monitor.points
        if row.point.code == "S"
    ]
    assert found == [20, pytest.approx(19.767, abs=0.001)]


def test_without_a_count_in_every_wijk_there_is_no_measure(folder: Folder) -> None:
    released = release(spread(folder, 30, None), "publiek", "2025-01-31")
    assert measure(released) == ("", "niet meetbaar")


def test_a_correction_of_a_wijk_counts_and_corporations_add_up(folder: Folder) -> None:
    spread(folder, 30, 10)
    folder.measure(
        "S,2024,99,,WK000101,BRON,gemeente,2025-01-10,publiek,nee,H,",
        "S,2024,20,,WK000101,BRON,gemeente,2025-01-12,publiek,nee,H,",
        "S,2024,12,,WK000102,BRON,gemeente,2025-01-10,publiek,nee,H,",
        "S,2024,8,Wonen Een,WK000102,BRON,Wonen Een,2025-01-10,publiek,nee,H,",
    )
    released = release(compute(load_inputs(folder.path)), "intern", "2025-01-31")
    assert lettings(released) == {WIJKEN[0]: 20, WIJKEN[1]: 20}
    assert measure(released)[0] == "0%"


@pytest.mark.parametrize(
    ("name", "old", "new", "column"),
    [
        ("privacy.toml", MINIMUM, "", "points.1.indicator"),
        ("statistics/indicators.toml", INDICATOR, "", "published.0.indicators"),
    ],
)
def test_counts_per_wijk_need_an_indicator_and_a_minimum(
    folder: Folder, name: str, old: str, new: str, column: str
) -> None:
    spread(folder, 30, 10)
    folder.change(name, old, new)
    with pytest.raises(InputError, match=column):
        load_inputs(folder.path)
