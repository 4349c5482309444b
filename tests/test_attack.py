"""Bounds near a sum are a part of the bounds of the whole, and found in a way that is possible."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.suppression.attack import Attack, Statement, attack_with
from geo_lv.suppression.cells import Cell, Face, Sum


def sum_of(*atoms: int) -> Sum:
    return Sum(np.array(atoms), np.ones(len(atoms)))


def two_places() -> Attack:
    """Two places of two atoms: 10 to 12 and 20 to 25 dwellings, together 30 to 35."""
    said = ((sum_of(0, 1), 10, 12), (sum_of(2, 3), 20, 25), (sum_of(0, 1, 2, 3), 30, 35))
    return attack_with((Statement(own, low, high, None) for own, low, high in said), 4)


NEAR = 2
"""Atoms in one place."""


def test_only_what_is_near_changes() -> None:
    least, greatest = two_places().nearby(sum_of(0), np.array([5.0, 5, 10, 10]), NEAR)
    assert (least.value, greatest.value) == (0, 12)
    assert greatest.homes.tolist() == [12, 0, 10, 10]
    assert least.homes[0] == 0
    assert least.homes[2:].tolist() == [10, 10]


def test_bounds_nearby_may_be_narrower_than_those_of_the_whole() -> None:
    """With 25 in the other place, at most 10 are left for this one."""
    least, greatest = two_places().nearby(sum_of(0, 1), np.array([5.0, 5, 10, 15]), NEAR)
    assert (least.value, greatest.value) == (10, 10)
    assert two_places().greatest(sum_of(0, 1)).value == 12


def test_without_a_bound_nothing_is_told() -> None:
    attack = attack_with([Statement(sum_of(0), 1, np.inf, None)], 2)
    (least,) = attack.nearby(sum_of(0), np.array([3.0, 4]), NEAR)
    assert (least.value, least.homes.tolist()) == (1, [1, 4])


def test_only_what_is_said_of_nothing_but_what_is_near_bounds_it_there() -> None:
    """Together there are 36 at least, and 25 at most elsewhere: that leaves 11, not the 10 here."""
    face = Face(Cell("here", ""), "homes")
    said = (
        Statement(sum_of(0, 1), 10, 12, face),
        Statement(sum_of(2, 3), 20, 25, None),
        Statement(sum_of(0, 1, 2, 3), 36, 40, None),
    )
    attack = attack_with(said, 4)
    least, greatest = attack.around(sum_of(0, 1), NEAR)
    assert (least.value, greatest.value) == (10, 12)
    assert least.held_by == greatest.held_by == {face}
    assert least.homes.size == greatest.homes.size == 0
    assert attack.least(sum_of(0, 1)).value == 11


def test_what_nothing_near_bounds_may_be_anything_around() -> None:
    attack = attack_with([Statement(sum_of(0, 1, 2), 5, 9, None)], 3)
    least, greatest = attack.around(sum_of(0), NEAR)
    assert (least.value, greatest.value) == (0, np.inf)
    assert attack.greatest(sum_of(0)).value == 9


@given(homes=st.lists(st.integers(0, 40), min_size=6, max_size=6), wanted=st.integers(0, 5))
def test_who_knows_less_bounds_less(homes: list[int], wanted: int) -> None:
    have = np.array(homes, dtype=float)
    sums = [sum_of(0, 1), sum_of(2, 3), sum_of(4, 5), sum_of(0, 2, 4), sum_of(*range(6))]
    attack = attack_with((Statement(s, s.of(have) - 2, s.of(have) + 2, None) for s in sums), 6)
    least, greatest = attack.around(sum_of(wanted), NEAR)
    assert least.value <= attack.least(sum_of(wanted)).value + 1e-6
    assert greatest.value >= attack.greatest(sum_of(wanted)).value - 1e-6


@given(homes=st.lists(st.integers(0, 40), min_size=6, max_size=6), wanted=st.integers(0, 5))
def test_an_answer_nearby_agrees_with_all_that_is_public(homes: list[int], wanted: int) -> None:
    have = np.array(homes, dtype=float)
    sums = [sum_of(0, 1), sum_of(2, 3), sum_of(4, 5), sum_of(0, 2, 4), sum_of(*range(6))]
    attack = attack_with((Statement(s, s.of(have) - 2, s.of(have) + 2, None) for s in sums), 6)
    for bound in attack.nearby(sum_of(wanted), have, NEAR):
        assert (attack.matrix @ bound.homes <= attack.limits + 1e-6).all()
        assert attack.least(sum_of(wanted)).value <= bound.value + 1e-6
        assert attack.greatest(sum_of(wanted)).value >= bound.value - 1e-6
