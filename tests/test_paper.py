"""What is worked out on paper adds up, and says what it assumes."""

from pathlib import Path

import pytest

from benchmarks import growth, paper, results
from benchmarks.growth import UNITS, Cost, Size


def test_unit_costs_times_counts_add_up() -> None:
    # 25 times the Netherlands: 8,550 municipalities, 362,500 areas, 10,875,000 area x indicator
    assert paper.counted() == (8_550, 362_500, 10_875_000, 225e6)
    units = dict(zip((f"cpu_s per {unit}" for unit in UNITS), (2, 0.01, 0.001, 1e-5), strict=True))
    # 17,100 + 3,625 + 10,875 + 2,250
    assert paper.total(units, "cpu_s") == pytest.approx(33_850)


def test_the_report_has_the_hours_and_the_assumption() -> None:
    units = {f"{cost} per {unit}": 0.0 for cost in ("cpu_s", "site_mb") for unit in UNITS}
    units |= {"cpu_s per municipality": 4.0, "site_mb per area": 0.04}
    told = paper.report(units)
    assert "**10 hours of one core and 14 GB of sites.**" in told  # 34,200 s; 14,500 MB
    assert "450 million inhabitants" in told


@pytest.mark.parametrize(
    ("costs", "power"),
    [
        ([5.0, 6.0, 8.0, 12.0], 1.0),  # 1, 3 and 7 more, as the sizes have
        ([5.0, 6.0, 14.0, 54.0], 2.0),  # 1, 9 and 49 more
        ([5.0, 5.1, 5.2, 5.4], 0.0),  # less than a tenth
    ],
)
def test_exponent(costs: list[float], power: float) -> None:
    assert growth.exponent([1, 2, 4, 8], costs) == pytest.approx(power)


def test_unit_costs_are_found_again() -> None:
    sizes = [size for series in growth.SERIES.values() for size in series]
    costs = {
        size: Cost(
            size, 0.0, 3 + 0.02 * size.areas + 1e-5 * size.dwellings, 0.0, 1 + 0.1 * size.areas
        )
        for size in [*sizes, Size()]
    }
    found = growth.unit_costs(costs)
    assert found["cpu_s per municipality"] == pytest.approx(3)
    assert found["cpu_s per area"] == pytest.approx(0.02)
    assert found["cpu_s per dwelling"] == pytest.approx(1e-5)
    assert found["site_mb per area"] == pytest.approx(0.1)


def test_results_are_kept_by_part(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    results.save("one", {"a": 1.23456}, file)
    results.save("two", {"b": 2}, file)
    assert results.load("one", file) == {"a": 1.235}
    with pytest.raises(KeyError, match="three"):
        results.load("three", file)
