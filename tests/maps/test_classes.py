"""Colour classes: few, round, in order, and every value in exactly the class that its words say."""

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapclassify import FisherJenks

from geo_lv.maps.classes import classify, classify_labels, natural_breaks
from geo_lv.properties import LABELS, label_of

RANK = {label: len(LABELS) - 1 - place for place, label in enumerate(LABELS)}


@pytest.mark.parametrize(
    ("values", "decimals", "breaks", "labels"),
    [
        ([], 0, (), ()),
        ([7, 7, 7], 0, (), ("alle waarden",)),
        ([0, 1], 0, (1,), ("0", "meer dan 0")),
        ([1, 2], 0, (2,), ("minder dan 2", "2 of meer")),
        # where a fifth or more has nothing, nothing is a class of its own
        (
            [0, 0, 10, 20, 30, 40],
            0,
            # quantiles of 10 to 40: 16, 22, 28 and 34, of which the last three stay
            (1, 22, 28, 34),
            ("0", "1 tot 22", "22 tot 28", "28 tot 34", "34 of meer"),
        ),
        ([0, 0, 0.5, 1.2, 2.4], 0, (1, 2), ("0", "1 tot 2", "2 of meer")),
        ([0, 0.3], 0, (), ("alle waarden",)),  # both are written as 0
        (
            [10, 20, 30, 40, 50, 60],
            0,
            # quantiles 20, 30, 40 and 50; the unit is 1
            (20, 30, 40, 50),
            ("minder dan 20", "20 tot 30", "30 tot 40", "40 tot 50", "50 of meer"),
        ),
        (
            [1000, 2013, 2996, 4004, 5018, 6000],
            0,
            # a spread of 5,000 is rounded to hundreds
            (2000, 3000, 4000, 5000),
            (
                "minder dan 2.000",
                "2.000 tot 3.000",
                "3.000 tot 4.000",
                "4.000 tot 5.000",
                "5.000 of meer",
            ),
        ),
        (
            [0.1, 0.2, 0.3, 0.4],
            1,
            (0.2, 0.3),
            ("minder dan 0,2", "0,2 tot 0,3", "0,3 of meer"),
        ),
    ],
)
def test_classes_of_some_values(
    values: list[float], decimals: int, breaks: tuple[float, ...], labels: tuple[str, ...]
) -> None:
    classes = classify(np.array(values, dtype="float64"), decimals)
    assert classes.breaks == pytest.approx(breaks)
    assert classes.labels == labels


def test_a_value_on_a_break_belongs_to_the_class_that_starts_there() -> None:
    classes = classify(np.array([10.0, 20, 30, 40, 50, 60]), 0)
    assert [classes.bin(value) for value in (10, 19.9, 20, 49, 50, 60)] == [0, 0, 1, 3, 4, 4]


@given(
    st.lists(
        st.floats(min_value=-1e9, max_value=1e9, allow_subnormal=False)
        | st.sampled_from([0.0, 0.0, 0.0, 0.3, 0.5, 1.0, 1.2, 2.0, 5.0]),
        min_size=1,
        max_size=60,
    ),
    st.integers(min_value=0, max_value=3),
)
def test_there_are_at_most_five_classes_in_order_and_every_value_has_one(
    values: list[float], decimals: int
) -> None:
    classes = classify(np.array(values), decimals)
    assert 1 <= len(classes.labels) <= 5
    assert len(set(classes.labels)) == len(classes.labels)
    assert len(classes.breaks) == len(classes.labels) - 1
    assert list(classes.breaks) == sorted(set(classes.breaks))
    for value in values:
        place = classes.bin(value)
        assert 0 <= place < len(classes.labels)
        assert place == sum(edge <= value for edge in classes.breaks)
    # no empty class at either end
    assert {classes.bin(min(values)), classes.bin(max(values))} == {0, len(classes.labels) - 1}


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([], ()),
        ([6.0, 6.2], ("A",)),
        ([0.0, 6.0], ("G", "A")),
        ([3.4, 4.5, 4.6], ("D", "C", "B")),
        ([0, 1, 2, 3, 4, 5, 6], ("G", "F", "E", "D", "C en beter")),
    ],
)
def test_mean_labels_are_classes_worst_first(values: list[float], labels: tuple[str, ...]) -> None:
    assert classify_labels(np.array(values, dtype="float64")).labels == labels


@given(st.lists(st.floats(min_value=0, max_value=11), min_size=1, max_size=40))
def test_a_mean_label_stands_in_the_class_of_its_own_label(values: list[float]) -> None:
    classes = classify_labels(np.array(values))
    for value in values:
        words = classes.labels[classes.bin(value)]
        label = label_of(value)
        if words.endswith(" en beter"):
            assert RANK[label] >= RANK[words.removesuffix(" en beter")]
        else:
            assert words == label


def test_classes_of_money_are_amounts_in_full() -> None:
    classes = classify(np.array([192.0, 260, 315, 370, 430, 518]), 0, "× € 1.000")
    assert classes.breaks[0] == 260  # the figures stay as they are, only the words are in full
    assert classes.labels[0] == "minder dan € 260.000"
    assert classes.labels[-1] == "€ 430.000 of meer"


@pytest.mark.parametrize(
    ("values", "classes", "breaks"),
    [
        ([], 5, ()),
        ([4, 4, 4], 5, (4,)),
        ([3, 1, 2], 5, (1, 2, 3)),  # fewer values than classes
        ([1, 2, 3, 50, 51, 52], 1, (52,)),
        ([50, 1, 2, 52, 3, 51], 2, (3, 52)),
        ([1, 2, 10, 11, 12, 30], 3, (2, 12, 30)),
        ([0, 0, 0, 0, 9, 10, 100], 3, (0, 10, 100)),
        # {1}{2, 3} and {1, 2}{3} differ as little within: the upper class takes the value
        ([1, 2, 3], 2, (1, 3)),
    ],
)
def test_natural_breaks_of_some_values(
    values: list[float], classes: int, breaks: tuple[float, ...]
) -> None:
    assert natural_breaks(np.array(values, dtype="float64"), classes) == breaks


@given(st.lists(st.integers(-30, 30), min_size=1, max_size=9), st.integers(1, 4))
def test_no_other_classes_differ_less_within(values: list[int], classes: int) -> None:
    numbers = [float(value) for value in values]
    ends = natural_breaks(np.array(numbers), classes)
    different = sorted(set(numbers))
    others = itertools.combinations(different[:-1], len(ends) - 1)
    assert within(numbers, ends) == min(within(numbers, [*o, different[-1]]) for o in others)


def within(values: list[float], ends: Sequence[float]) -> Fraction:
    """Add up the squared distances to the mean of each class, without rounding."""
    total, low = Fraction(0), -math.inf
    for end in ends:
        part = [Fraction(value) for value in values if low < value <= end]
        mean = sum(part, Fraction(0)) / len(part)
        total += sum((value - mean) ** 2 for value in part)
        low = end
    return total


@pytest.mark.filterwarnings("ignore:Numba not installed")
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", ["whole", "normal", "skewed", "few", "evenly", "wide"])
def test_natural_breaks_are_those_of_mapclassify(kind: str, seed: int) -> None:
    """Its sums are in 32 bits, so of two equally good divisions it takes either."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(6, 250))
    values = {
        "whole": rng.integers(0, 60, size).astype("float64"),
        "normal": rng.normal(size=size),
        "skewed": rng.lognormal(5, 1, size).round(1),
        "few": rng.integers(0, 7, size).astype("float64"),
        "evenly": np.arange(size, dtype="float64"),
        "wide": rng.integers(0, 10**6, size).astype("float64"),
    }[kind]
    classes = min(5, len(np.unique(values)))
    mine, theirs = natural_breaks(values, classes), FisherJenks(values, k=classes).bins.tolist()
    numbers = values.tolist()
    assert mine == tuple(theirs) or within(numbers, mine) == within(numbers, theirs)


@pytest.mark.parametrize("absent", [np.nan, np.inf, -np.inf])
def test_an_absent_value_is_refused(absent: float) -> None:
    values = np.array([1.0, absent, 3.0])
    said = "found 1 of 3 absent; take them out first"
    with pytest.raises(ValueError, match=said):
        natural_breaks(values)
    with pytest.raises(ValueError, match=said):
        classify(values, 0)


def test_no_class_is_no_division() -> None:
    with pytest.raises(ValueError, match="expected at least one class, found 0"):
        natural_breaks(np.array([1.0]), 0)


def test_levels_follow_the_gaps_and_are_rounded() -> None:
    # gaps after 12, 33, 61 and 90: the first values above them are 29, 58, 88 and 203
    values = [10, 11, 12, 29, 31, 33, 58, 61, 88, 90, 203]
    classes = classify(np.array(values, dtype="float64"), 0, method="natural breaks")
    # a spread of 193 is rounded to ones
    assert classes.breaks == (29, 58, 88, 203)
    assert [classes.bin(value) for value in values] == [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4]
