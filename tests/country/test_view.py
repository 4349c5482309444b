"""A view whose parts do not fit together is refused, with all that is wrong."""

from dataclasses import replace

import numpy as np
import pytest

from geo_lv.errors import InputError
from geo_lv.maps.country.view import NOT_BUILT, CountryIndicator, CountryView, check_view
from tests.country.small_country import BUURTEN, small_country


def with_first(view: CountryView, **changes: object) -> CountryView:
    first, *others = view.indicators
    changed: CountryIndicator = replace(first, **changes)  # type: ignore[arg-type] # any field
    return replace(view, indicators=(changed, *others))


def test_a_good_view_passes() -> None:
    check_view(small_country())


def test_all_problems_are_listed_at_once() -> None:
    view = small_country()
    broken = replace(view, codes=("BU1", *view.codes[1:]), names=view.names[1:])
    with pytest.raises(InputError) as caught:
        check_view(broken)
    text = str(caught.value)
    assert "expected 36 names, found 35" in text
    assert "expected codes as BU00010000, found 'BU1'" in text


def test_the_same_code_twice_is_refused() -> None:
    view = small_country()
    with pytest.raises(InputError, match="ascending codes"):
        check_view(replace(view, codes=(view.codes[1], *view.codes[1:])))


def test_a_buurt_outside_every_municipality_is_refused() -> None:
    view = small_country()
    with pytest.raises(InputError, match="a municipality for each buurt"):
        check_view(replace(view, gemeente_of=view.gemeente_of + 1))


@pytest.mark.parametrize(("value", "reason"), [(np.nan, -1), (5.0, 0), (np.inf, -1), (np.nan, 3)])
def test_a_figure_or_a_reason_but_not_both_and_not_none(value: float, reason: int) -> None:
    view = small_country()
    values, reasons = view.indicators[0].values.copy(), view.indicators[0].reasons.copy()
    values[4], reasons[4] = value, reason
    with pytest.raises(InputError, match="a figure or a reason for inwoners of BU00010004"):
        check_view(with_first(view, values=values, reasons=reasons))


def test_nothing_of_a_municipality_that_was_not_built_is_taken_for_a_figure() -> None:
    view = small_country()
    reasons = view.reasons_of(view.indicators[1])
    assert set(reasons[: 2 * BUURTEN].tolist()) == {-1}
    assert set(reasons[2 * BUURTEN :].tolist()) == {NOT_BUILT}
