"""Whole numbers as bytes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.maps.country.numbers import packed, plain_to_signed, signed_to_plain, steps, unpacked


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], b""),
        ([0, 1, 127], b"\x00\x01\x7f"),
        ([128], b"\x80\x01"),
        ([300, 2], b"\xac\x02\x02"),
        ([16384], b"\x80\x80\x01"),
    ],
)
def test_a_number_takes_a_byte_per_seven_bits(numbers: list[int], expected: bytes) -> None:
    assert packed(np.array(numbers, dtype="int64")) == expected


@given(st.lists(st.integers(0, 2**53)))
def test_packed_numbers_come_back(numbers: list[int]) -> None:
    assert unpacked(packed(np.array(numbers, dtype="int64"))).tolist() == numbers


def test_small_numbers_of_both_signs_stay_small() -> None:
    assert signed_to_plain(np.array([0, -1, 1, -2, 2])).tolist() == [0, 1, 2, 3, 4]


@given(st.lists(st.integers(-(2**52), 2**52)))
def test_signed_numbers_come_back(numbers: list[int]) -> None:
    plain = signed_to_plain(np.array(numbers, dtype="int64"))
    assert (plain >= 0).all()
    assert plain_to_signed(plain).tolist() == numbers


def test_steps_start_at_the_first_number() -> None:
    assert steps(np.array([5, 7, 4])).tolist() == [5, 2, -3]
    assert steps(np.array([[5, 1], [6, 0]])).tolist() == [[5, 1], [1, -1]]
