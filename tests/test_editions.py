"""Nothing leaves that no edition allows, and no small count can be worked out from what leaves."""

import dataclasses
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.editions import Released, release, require_allowed
from geo_lv.errors import ReleaseError
from geo_lv.label_bars import LabelBar, public_bars
from geo_lv.pipeline import LEVELS, Results
from geo_lv.properties import LABEL_CLASSES
from geo_lv.public_figures import HIDDEN_HOMES, HIDDEN_LABELS, ROUNDED
from geo_lv.signals.table import signal_table
from geo_lv.signals.trend import trend_table
from geo_lv.suppression import find_secrets


def one_bar(results: Results, counts: dict[str, int]) -> LabelBar:
    """Return the bar of the only corporation of a municipality, in the public edition."""
    row = {"area": "GM1916", "corporation": "Vidomes", **dict.fromkeys(LABEL_CLASSES, 0), **counts}
    labels, homes = pd.DataFrame([row]), {"Vidomes": sum(counts.values())}
    matched = {level: homes if level == "gemeente" else {} for level in LEVELS}
    rules = results.inputs.privacy.dwellings
    secrets = find_secrets(labels, results.inputs.areas, matched, rules)
    (bar,) = public_bars(labels, secrets)
    return bar


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ({"A": 5, "B": 5}, (("A", 5), ("B", 5))),
        # 2 + 2 + 1 = 5 homes better than A; 7 shown as 5
        ({"A+++++": 2, "A++": 2, "A+": 1, "A": 7}, (("A+ en beter", 5), ("A", 5))),
        ({"A+++++": 2, "A++": 1, "A+": 1, "A": 7}, (("A", 5),)),
        ({"A": 2, "B": 8}, (("B", 10),)),
        ({"A": 8, "G": 2}, (("A", 10),)),
        ({"A": 12, "B": 13, "geen": 3}, (("A", 10), ("B", 15))),
        ({"A": 12, "B": 13, "geen": 6}, (("A", 10), ("B", 15), ("geen", 5))),
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
        ({"A": 20}, None),  # all the same
        ({"A": 19, "G": 1}, None),  # 95%
        ({"A": 18, "E": 1, "F": 1}, 0),  # 2 are shown as none
        ({"A": 16, "E": 2, "G": 2}, 0),
        ({"A": 15, "E": 3, "G": 2}, 25),  # 5 of 20
        ({"A": 2, "B": 1, "G": 18}, 100),  # 18 is shown as 20, and 21 as 20
        ({"A": 7, "G": 5}, 50),  # 5 of 12 is 41.7, and 5 of 10 is shown
        ({"A": 62, "G": 38}, 40),  # 38 is shown as 40
    ],
)
def test_a_share_of_poor_labels_never_rests_on_one_or_two_homes(
    results: Results, counts: dict[str, int], share: int | None
) -> None:
    poor = one_bar(results, counts).poor_share
    assert math.isnan(poor) if share is None else poor == share


@given(
    st.fixed_dictionaries(
        {label: st.sampled_from([0, 0, 0, 1, 2, 4, 9]) for label in LABEL_CLASSES}
    )
)
def test_no_bar_tells_of_one_or_two_homes(results: Results, counts: dict[str, int]) -> None:
    """Fewer than five homes of a class look like none; every number is a five or a class."""
    bar = one_bar(results, counts)
    without = one_bar(
        results, {label: homes if homes > 4 else 0 for label, homes in counts.items()}
    )
    shown, small = dict(bar.groups), sum(0 < homes < 5 for homes in counts.values())
    for label in ("A", "B", "C", "D", "E", "F", "G", "geen"):
        assert shown.get(label, 0) % 5 == 0
        assert counts[label] > 4 or label not in shown
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
    hidden = figures[figures["reason"] == "suppressed"]
    assert set(hidden["note"]) == {HIDDEN_HOMES.format(cell=10), HIDDEN_LABELS.format(cell=10)}
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
        ("aandeel_vidomes", 19, 100 * 59 / 319),  # 60 of 320 is 18.75
        ("aandeel_wooninvest", 81, 100 * 260 / 319),  # 260 of 320 is 81.25
        ("label_gemiddeld", 3, 1041 / 311),  # a D
        ("label_efg", 39, 100 * 118 / 311),  # 120 of 310 is 38.7
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
    levels = list(dict.fromkeys(row.level for row in released.joins))
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
