"""Classes of the buurten, and municipalities in a few figures."""

import numpy as np
import pytest

from geo_lv.maps.classes import Classes
from geo_lv.maps.country.legend import Classed, classed
from geo_lv.maps.country.summary import look_of, span_text, spans
from tests.country.small_country import BUURTEN, small_country


def halves(values: np.ndarray, _decimals: int, _unit: str) -> Classes:
    """Divide at 1.200: the first municipality and the second."""
    assert not np.isnan(values).any()
    return Classes((1200.0,), ("laag", "hoog"))


def residents() -> Classed:
    view = small_country()
    return classed(view, view.indicators[0], halves)


def test_every_buurt_is_counted_once() -> None:
    item = residents()
    # two of the first twelve and one of the second have no figure, twelve were not built
    assert item.counts == (10, 11)
    assert item.absent == (1, 1, 1, 12)


def test_a_value_on_a_break_belongs_to_the_higher_class() -> None:
    item = residents()
    assert [item.class_of(value) for value in (0, 1199, 1200, 2300)] == [0, 0, 1, 1]


def test_classes_are_of_the_figures_as_they_are_shown() -> None:
    view = small_country()
    item = classed(view, view.indicators[1], lambda *_: Classes((0.1,), ("a", "b")))
    assert item.breaks == (1.0,)
    assert item.figures[5] == 0
    assert item.class_of(0.1) == 1


def test_the_title_has_no_unit_that_says_the_same() -> None:
    view = small_country()
    titles = [classed(view, indicator).title for indicator in view.indicators]
    assert titles == ["Inwoners (2025)", "Groei, % (2025)", "Gemiddelde WOZ-waarde (2025)"]


def test_a_municipality_in_a_few_figures() -> None:
    found = spans(small_country(), residents())
    # 0, 300, 400 ... 1.100: ten figures, the middle between 600 and 700
    assert (found[0].count, found[0].low, found[0].median, found[0].high) == (10, 0, 650, 1100)
    # 1.200 ... 2.300 without 1.500: the sixth of eleven is 1.800
    assert (found[1].count, found[1].low, found[1].median, found[1].high) == (11, 1200, 1800, 2300)
    assert [look_of(span) for span in found] == ["class-0", "class-1", "not-built"]


def test_the_figures_of_a_municipality_in_words() -> None:
    item = residents()
    texts = [span_text(item, span) for span in spans(small_country(), item)]
    assert [text.median for text in texts] == ["650", "1.800", "niet gebouwd"]
    assert [text.rest for text in texts] == [
        "0 tot 1.100, 10 buurten",
        "1.200 tot 2.300, 11 buurten",
        "",
    ]


def test_the_reason_of_most_buurten_stands_for_a_municipality_without_figures() -> None:
    view = small_country()
    first = view.indicators[0]
    first.values[:BUURTEN] = np.nan
    first.reasons[:BUURTEN] = 1
    first.reasons[:5] = 2
    found = spans(view, classed(view, first, halves))
    assert look_of(found[0]) == "suppressed"


@pytest.mark.parametrize("count", [0, 1, 5])
def test_values_that_are_absent_never_reach_the_classes(count: int) -> None:
    view = small_country()
    first = view.indicators[0]
    first.values[:] = np.nan
    first.reasons[:] = 0
    first.values[:count], first.reasons[:count] = 1.0, -1
    item = classed(view, first)
    assert sum(item.counts) == count
    assert sum(item.counts) + sum(item.absent) == 36
