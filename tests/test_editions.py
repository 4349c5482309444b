"""Nothing leaves that no edition allows, and no small count can be worked out from what leaves."""

import dataclasses
import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_lv.areas import NO_PLAN_AREA, AreaLevel, Areas
from geo_lv.editions import HIDDEN, ROUNDED, LabelBar, Released, release, require_allowed
from geo_lv.errors import ReleaseError
from geo_lv.pipeline import LEVELS, Results
from geo_lv.properties import LABEL_CLASSES
from geo_lv.signals.table import signal_table
from geo_lv.signals.trend import trend_table
from geo_lv.suppression import ALL, Cell, is_secret, secret_cells

X, Y = 100_000.0, 450_000.0
CODES = (
    "BU00010100",
    "BU00010101",
    "BU00010102",
    "BU00010103",
    "BU00010200",
    "BU00010201",
    "BU00010300",
)
BOXES = {code: (X + 100 * n, Y, X + 100 * n + 100, Y + 100) for n, code in enumerate(CODES)}
PLANS = {
    "paar": CODES[:2],  # two of the four buurten of a wijk
    "een": CODES[2:3],  # exactly one buurt
    "ruim": CODES[4:],  # two whole wijken
}
OWNERS = ("P", "Q")

Homes = dict[tuple[str, str], int]
"""Dwellings per buurt and corporation."""


@pytest.fixture(scope="module")
def areas(make_areas: Callable[..., Areas]) -> Areas:
    """Return seven buurten in three wijken, and three plan areas across them."""
    return make_areas(BOXES, plans=PLANS)


def members(areas: Areas) -> dict[str, set[str]]:
    """Return the buurten of every area, small and large."""
    found: dict[str, set[str]] = {}
    for level in LEVELS:
        for code, area in areas.parents(level).items():
            found.setdefault(area, set()).add(code)
    found.pop(NO_PLAN_AREA, None)
    return found


def label_table(areas: Areas, homes: Homes, label: str = "A") -> pd.DataFrame:
    """Return dwellings with one label per area of every level and corporation."""
    rows = [
        {
            "area": area,
            "corporation": owner,
            label: sum(homes.get((code, owner), 0) for code in codes),
        }
        for area, codes in members(areas).items()
        for owner in OWNERS
    ]
    table = pd.DataFrame(rows).reindex(
        columns=["area", "corporation", *LABEL_CLASSES], fill_value=0
    )
    return table[table[label] > 0].reset_index(drop=True)


def test_a_small_cell_and_the_cell_that_gives_it_away_are_secret(areas: Areas) -> None:
    """The wijk has 34: showing it beside the 30 of the other buurt would tell the 4."""
    homes = {(CODES[4], "P"): 30, (CODES[5], "P"): 4, (CODES[6], "P"): 50, (CODES[0], "P"): 60}
    secret = secret_cells(label_table(areas, homes), areas)
    assert is_secret(secret, CODES[5], "P")
    assert is_secret(secret, CODES[5], ALL)
    assert is_secret(secret, CODES[4], ALL) or is_secret(secret, "WK000102", ALL)
    assert not is_secret(secret, "GM0001", ALL)


def test_a_plan_area_does_not_tell_what_its_only_buurt_keeps_secret(areas: Areas) -> None:
    secret = secret_cells(label_table(areas, {(CODES[2], "P"): 9, (CODES[0], "P"): 40}), areas)
    assert is_secret(secret, CODES[2], "P")
    assert is_secret(secret, "een", "P")


def test_the_other_corporation_does_not_tell_the_small_one(areas: Areas) -> None:
    """All 53 homes beside the 50 of Q would tell the 3 of P, and their labels."""
    homes = {(CODES[4], "P"): 3, (CODES[4], "Q"): 50, (CODES[6], "P"): 40}
    secret = secret_cells(label_table(areas, homes), areas)
    assert is_secret(secret, CODES[4], "P")
    assert is_secret(secret, CODES[4], "Q") or is_secret(secret, CODES[4], ALL)


def test_few_labels_are_a_small_cell_even_among_many_homes(areas: Areas) -> None:
    """A mean over 1 label among 40 homes is that one home's label."""
    table = label_table(areas, {(CODES[0], "P"): 40}, "geen")
    assert secret_cells(table, areas) == frozenset()
    assert (CODES[0], "P") in secret_cells(table.assign(A=1, geen=39), areas)


@pytest.mark.parametrize("homes", [0, 10, 100])
def test_nothing_is_secret_when_no_cell_is_small(areas: Areas, homes: int) -> None:
    counts = {(code, owner): homes for code in CODES for owner in OWNERS}
    assert secret_cells(label_table(areas, counts), areas) == frozenset()


some_homes = st.fixed_dictionaries(
    {
        (code, owner): st.sampled_from([0, 0, 1, 5, 9, 10, 11, 30, 100])
        for code in CODES
        for owner in OWNERS
    }
)


@settings(max_examples=200)
@given(homes=some_homes)
def test_no_small_count_follows_from_the_counts_that_are_shown(areas: Areas, homes: Homes) -> None:
    """Play the attacker: every shown count is an equation; no small count may be a sum of them."""
    secret = secret_cells(label_table(areas, homes), areas)
    atoms = sorted(homes)
    inside = members(areas)
    cells = [(area, owner) for area in inside for owner in (ALL, *OWNERS)]

    def equation(cell: Cell) -> npt.NDArray[np.float64]:
        area, owner = cell
        return np.array(
            [float(code in inside[area] and owner in {ALL, own}) for code, own in atoms]
        )

    sizes = np.array([homes[atom] for atom in atoms])
    zero = [equation(atom) for atom in atoms if homes[atom] == 0]  # that there are none is shown
    shown = [equation(cell) for cell in cells if not is_secret(secret, *cell)]
    known = np.array([np.zeros(len(atoms)), *zero, *shown])
    rank = np.linalg.matrix_rank(known)
    for cell in cells:
        if 0 < equation(cell) @ sizes < 10:
            assert is_secret(secret, *cell)
            assert np.linalg.matrix_rank(np.vstack([known, equation(cell)])) > rank, cell


def one_bar(results: Results, counts: dict[str, int]) -> LabelBar:
    """Return the bar of one corporation with these labels, in the public edition."""
    row = {"area": "GM1916", "corporation": "Vidomes", **dict.fromkeys(LABEL_CLASSES, 0), **counts}
    # the bar hangs on no figure, and figures cost time
    only = dataclasses.replace(results, figures=results.figures.head(0), labels=pd.DataFrame([row]))
    (bar,) = release(only, "publiek").labels
    return bar


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ({"A": 5, "B": 5}, (("A", 5), ("B", 5))),
        # 1 + 1 + 1 = 3 homes better than A, shown as 5; 7 shown as 5
        ({"A+++++": 1, "A++": 1, "A+": 1, "A": 7}, (("A+ en beter", 5), ("A", 5))),
        ({"A": 2, "B": 8}, (("B", 10),)),
        ({"A": 8, "G": 2}, (("A", 10),)),
        ({"A": 12, "B": 13, "geen": 3}, (("A", 10), ("B", 15), ("geen", 5))),
        ({"A": 9}, ()),
        ({"A": 5, "B": 4}, ()),
    ],
)
def test_a_bar_shows_homes_in_fives_and_no_fewer_than_ten(
    results: Results, counts: dict[str, int], groups: tuple[tuple[str, int], ...]
) -> None:
    assert one_bar(results, counts).groups == groups


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        ({"A": 20}, 0),
        ({"A": 19, "G": 1}, None),
        ({"A": 18, "E": 1, "F": 1}, None),
        ({"A": 17, "E": 1, "G": 2}, 15),  # 3 of 20
        ({"A": 1, "G": 19}, None),
        ({"G": 20}, 100),
        ({"A": 7, "G": 5}, 42),  # 5 of 12 is 41.7
    ],
)
def test_a_share_of_poor_labels_never_rests_on_one_or_two_homes(
    results: Results, counts: dict[str, int], share: int | None
) -> None:
    poor = one_bar(results, counts).poor_share
    assert math.isnan(poor) if share is None else poor == share


@given(
    st.fixed_dictionaries(
        {label: st.sampled_from([0, 0, 0, 1, 2, 3, 9]) for label in LABEL_CLASSES}
    )
)
def test_no_bar_tells_of_one_or_two_homes(results: Results, counts: dict[str, int]) -> None:
    """One or two homes of a class look like none; every number is a five or a class."""
    bar = one_bar(results, counts)
    without = one_bar(
        results, {label: homes if homes > 2 else 0 for label, homes in counts.items()}
    )
    shown, small = dict(bar.groups), sum(0 < homes < 3 for homes in counts.values())
    for label in ("A", "B", "C", "D", "E", "F", "G", "geen"):
        assert shown.get(label, 0) % 5 == 0
        assert counts[label] > 2 or label not in shown
        if small and without.groups and bar.groups:
            assert shown.get(label) == dict(without.groups).get(label)
    if bar.groups:
        assert bar.dwellings % 5 == 0
        assert math.isnan(bar.mean_label) or bar.mean_label == int(bar.mean_label)
        assert math.isnan(bar.poor_share) or bar.poor_share == int(bar.poor_share)
    else:
        assert (bar.dwellings, math.isnan(bar.mean_label), math.isnan(bar.poor_share)) == (
            0,
            True,
            True,
        )


DWELLING_FIGURES = {
    "corporatiewoningen",
    "aandeel_vidomes",
    "aandeel_wooninvest",
    "label_gemiddeld",
    "label_efg",
}


def test_the_public_edition_hides_the_six_homes_of_one_buurt_and_its_only_neighbour(
    released: Released,
) -> None:
    """148 and 6 homes, and one so near the line between them that only its wijk is certain: 155."""
    figures = released.figures
    hidden = figures[(figures["reason"] == "suppressed") & (figures["note"] == HIDDEN)]
    assert set(hidden["code"]) == {"BU19160400", "BU19160401"}
    for code in ("BU19160400", "BU19160401"):
        assert set(hidden.loc[hidden["code"] == code, "indicator"]) == DWELLING_FIGURES
    bars = {(bar.area, bar.corporation): bar for bar in released.labels}
    assert bars["BU19160401", "Vidomes"].groups == ()
    assert bars["BU19160400", "Vidomes"].groups == ()
    assert bars["WK191604", "Vidomes"].dwellings == 155


def test_a_bar_of_which_no_class_can_be_shown_shows_nothing(results: Results) -> None:
    """Twelve homes, two of each of six labels."""
    bar = one_bar(results, dict.fromkeys("ABCDEF", 2))
    assert (bar.groups, bar.dwellings) == ((), 0)
    assert math.isnan(bar.mean_label)
    assert math.isnan(bar.poor_share)


@pytest.mark.parametrize(
    ("indicator", "public", "internal"),
    [
        ("corporatiewoningen", 320, 319),
        ("aandeel_vidomes", 18, 100 * 59 / 319),  # 18.50, just below a half
        ("aandeel_wooninvest", 82, 100 * 260 / 319),
        ("label_gemiddeld", 3, 1041 / 311),  # a D
        ("label_efg", 38, 100 * 118 / 311),
        ("nieuwbouw_sociaal", 0, 0),
    ],
)
def test_only_the_public_edition_is_coarse(
    results: Results, released: Released, indicator: str, public: float, internal: float
) -> None:
    for view, expected in ((released, public), (release(results, "intern"), internal)):
        figures = view.figures
        row = figures[(figures["code"] == "BU19160602") & (figures["indicator"] == indicator)]
        assert row["value"].tolist() == pytest.approx([expected])


def test_public_counts_of_dwellings_are_multiples_of_five_and_say_so(released: Released) -> None:
    figures = released.figures
    counts = figures[(figures["indicator"] == "corporatiewoningen") & (figures["reason"] == "")]
    assert (counts["value"] % 5 == 0).all()
    assert set(counts["note"]) == {ROUNDED}


def test_the_internal_edition_shows_them_by_label_class(results: Results) -> None:
    internal = release(results, "intern")
    figures = internal.figures
    assert not (figures["reason"] == "suppressed").any()
    (bar,) = [bar for bar in internal.labels if bar.area == "BU19160401"]
    assert sum(homes for _, homes in bar.groups) == 6
    assert {name for bar in internal.labels for name, _ in bar.groups} == set(LABEL_CLASSES)


def test_no_released_bar_of_the_public_edition_is_small(released: Released) -> None:
    shown = [bar for bar in released.labels if bar.groups]
    assert len(shown) == 96
    for bar in shown:
        assert bar.dwellings >= 10
        assert all(homes % 5 == 0 for _, homes in bar.groups)


@pytest.mark.parametrize("edition", ["publiek", "intern"])
def test_a_suppressed_figure_never_has_a_value(results: Results, edition: str) -> None:
    figures = release(results, "publiek" if edition == "publiek" else "intern").figures
    assert (figures["value"].isna() == (figures["reason"] != "")).all()


def test_suppression_leaves_the_results_as_they_were(results: Results) -> None:
    before = results.figures.copy()
    release(results, "publiek")
    pd.testing.assert_frame_equal(results.figures, before)


@pytest.mark.parametrize("edition", ["publiek", "intern"])
def test_a_column_that_no_edition_lists_stops_the_release(results: Results, edition: str) -> None:
    extra = dataclasses.replace(results, figures=results.figures.assign(address="Proefsingel 1"))
    with pytest.raises(ReleaseError, match="found address"):
        release(extra, "publiek" if edition == "publiek" else "intern")


def test_an_extra_column_in_the_label_table_goes_nowhere(
    results: Results, released: Released
) -> None:
    extra = dataclasses.replace(results, labels=results.labels.assign(rent_eur=600.0))
    # not ==, for which NaN differs from itself
    assert repr(release(extra, "publiek").labels) == repr(released.labels)


def test_a_released_view_cannot_be_made_by_hand(released: Released) -> None:
    with pytest.raises(ReleaseError, match=r"by geo_lv\.editions\.release"):
        dataclasses.replace(released, key=object())


def test_a_released_view_cannot_be_widened_afterwards(released: Released) -> None:
    with pytest.raises(ReleaseError, match="found address"):
        dataclasses.replace(released, figures=released.figures.assign(address="x"))


def test_the_gate_takes_exactly_the_listed_columns(released: Released) -> None:
    require_allowed(released.figures)
    with pytest.raises(ReleaseError, match="found dwelling_id, x_rd"):
        require_allowed(released.figures.assign(dwelling_id="x", x_rd=1.0))


def test_levels_of_the_join_report_are_those_of_the_pipeline(released: Released) -> None:
    levels: list[AreaLevel] = list(dict.fromkeys(row.level for row in released.joins))
    assert levels == ["buurt", "wijk", "plan", "gemeente"]


LABEL_SIGNALS = {
    "size": "corporatiewoningen",
    "minimum_size": 10,
}


def signalling(results: Results) -> Results:
    """Let the share of poor labels signal, so that signals lie beside hidden figures."""
    catalogue = tuple(
        item.model_copy(update={"signal": "share"}) if item.id == "label_efg" else item
        for item in results.catalogue
    )
    rules = results.inputs.signal_rules.model_copy(update=LABEL_SIGNALS)
    inputs = dataclasses.replace(results.inputs, signal_rules=rules)
    return dataclasses.replace(results, catalogue=catalogue, inputs=inputs)


@pytest.mark.parametrize("value", [50.0, 100.0])
def test_signals_do_not_change_with_a_hidden_figure(results: Results, value: float) -> None:
    """Neither those of the hidden area nor those of its neighbours."""
    before = signalling(results)
    public = release(before, "publiek")
    hidden = public.figures["reason"] == "suppressed"
    assert hidden.sum() > 5
    figures = before.figures.copy()
    figures.loc[hidden, "value"] = value
    after = dataclasses.replace(before, figures=figures)
    assert "label_efg" in set(public.signals["indicator"])
    pd.testing.assert_frame_equal(release(after, "publiek").signals, public.signals)
    inside = [release(each, "intern").signals for each in (before, after)]
    assert not inside[0].equals(inside[1]), "a hidden figure that matters to nobody shows nothing"
    keys = ["code", "indicator", "year"]
    secret = {tuple(row) for row in public.figures.loc[hidden, keys].to_numpy()}
    judged = public.signals[public.signals["unjudged"] == ""]
    assert not secret & {tuple(row) for row in judged[keys].to_numpy()}
    told = public.signals.set_index(keys).reindex(sorted(secret)).dropna(how="all")
    assert set(told["unjudged"]) == {"unknown"}
    assert told[["low", "high", "deviation", "z"]].isna().to_numpy().all()


def test_signals_are_found_in_what_is_shown(results: Results) -> None:
    """A coarse share that equals the municipal one has no signal, whatever the exact one is."""
    view = release(signalling(results), "publiek")
    again = signal_table(view.figures, view.catalogue, view.signal_rules, "GM1916")
    pd.testing.assert_frame_equal(again, view.signals)
    lines = trend_table(view.figures, view.catalogue, view.signal_rules)
    pd.testing.assert_frame_equal(lines, view.trends)
