"""Ours stays as many times better than others as it was: ratios, never times of one machine."""

import pytest

from benchmarks import guard


@pytest.fixture(scope="module")
def found() -> guard.Ratios:
    return guard.measure()


def test_no_ratio_lost_a_quarter(found: guard.Ratios) -> None:
    assert guard.lost(guard.kept(), found) == []


def test_a_ratio_that_is_too_ambitious_is_reported(found: guard.Ratios) -> None:
    """Twice as good as it is: what is measured is less than three quarters of that."""
    ambitious = {name: 2 * ratio for name, ratio in found.items()}
    told = guard.lost(ambitious, found)
    assert [line.split(":")[0] for line in told] == ["bytes", "gzip", "join"]


def test_the_report_has_the_name_and_the_numbers() -> None:
    told = guard.lost({"bytes": 12, "join": 2}, {"bytes": 8.9, "join": 1.5})
    assert told == ["bytes: 8.90 times, kept is 12, at least 9.00 is wanted"]


def test_a_ratio_that_was_not_measured_is_lost() -> None:
    assert guard.lost({"gzip": 8}, {}) == ["gzip: 0.00 times, kept is 8, at least 6.00 is wanted"]
