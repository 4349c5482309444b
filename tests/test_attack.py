"""Bounds near a sum are a part of the bounds of the whole, and found in a way that is possible."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.suppression import attack as module
from geo_lv.suppression.attack import Attack, Statement, attack_with
from geo_lv.suppression.cells import Sum


def sum_of(*atoms: int) -> Sum:
    return Sum(np.array(atoms), np.ones(len(atoms)))


def two_places() -> Attack:
    """Two places of two atoms: 10 to 12 and 20 to 25 dwellings, together 30 to 35."""
    said = ((sum_of(0, 1), 10, 12), (sum_of(2, 3), 20, 25), (sum_of(0, 1, 2, 3), 30, 35))
    return attack_with((Statement(own, low, high, None) for own, low, high in said), 4)


@pytest.fixture(autouse=True)
def _near_is_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_NEAR", 2)


def test_only_what_is_near_changes() -> None:
    least, greatest = two_places().nearby(sum_of(0), np.array([5.0, 5, 10, 10]))
    assert (least.value, greatest.value) == (0, 12)
    assert greatest.homes.tolist() == [12, 0, 10, 10]
    assert least.homes[0] == 0
    assert least.homes[2:].tolist() == [10, 10]


def test_bounds_nearby_may_be_narrower_than_those_of_the_whole() -> None:
    """With 25 in the other place, at most 10 are left for this one."""
    least, greatest = two_places().nearby(sum_of(0, 1), np.array([5.0, 5, 10, 15]))
    assert (least.value, greatest.value) == (10, 10)
    assert two_places().greatest(sum_of(0, 1)).value == 12


def test_without_a_bound_nothing_is_told() -> None:
    attack = attack_with([Statement(sum_of(0), 1, np.inf, None)], 2)
    (least,) = attack.nearby(sum_of(0), np.array([3.0, 4]))
    assert (least.value, least.homes.tolist()) == (1, [1, 4])


@given(homes=st.lists(st.integers(0, 40), min_size=6, max_size=6), wanted=st.integers(0, 5))
def test_an_answer_nearby_agrees_with_all_that_is_public(homes: list[int], wanted: int) -> None:
    have = np.array(homes, dtype=float)
    sums = [sum_of(0, 1), sum_of(2, 3), sum_of(4, 5), sum_of(0, 2, 4), sum_of(*range(6))]
    attack = attack_with((Statement(s, s.of(have) - 2, s.of(have) + 2, None) for s in sums), 6)
    for bound in attack.nearby(sum_of(wanted), have):
        assert (attack.matrix @ bound.homes <= attack.limits + 1e-6).all()
        assert attack.least(sum_of(wanted)).value <= bound.value + 1e-6
        assert attack.greatest(sum_of(wanted)).value >= bound.value - 1e-6
