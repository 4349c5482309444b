"""
How the cost of a build grows with areas, with indicators and with dwellings.

Each size is a made-up data folder and a fresh process of `geo-lv build`. What a
cost has above that of the smallest size grows as a power of the size; the exponent is reported.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np
from scipy.optimize import nnls

from benchmarks import results
from benchmarks.compared import measured_on
from benchmarks.growth_plot import draw
from benchmarks.processes import ROOT, Measured
from benchmarks.processes import run as run_command

ROUNDS = 3
MOST = 1.1
"""Exponent up to which growth counts as linear."""
FLAT = 1.1
"""A cost that grows less than this from the first size to the last does not grow."""
PACKAGES = ("geo_lv", "geopandas", "shapely", "pandas", "scipy")
PLOT = ROOT / "docs" / "growth.svg"
COSTS = {"cpu_s": "CPU seconds", "peak_mb": "peak memory, MB", "site_mb": "site, MB"}
"""Fields of `Cost` whose growth is reported, and what they are called."""
UNITS = ("municipality", "area", "area x indicator", "dwelling")
LARGEST_LINEAR = 172
"""Areas of the largest municipality from which unit costs are worked out."""


@dataclass(frozen=True)
class Size:
    """A municipality to build."""

    areas: int = 43
    indicators: int = 30
    dwellings: int = 9_223


@dataclass(frozen=True)
class Cost:
    """What a build of one size costs: medians."""

    size: Size
    wall_s: float
    cpu_s: float
    peak_mb: float
    site_mb: float


STANDARD = Size()
SERIES: dict[str, tuple[Size, ...]] = {
    "areas": tuple(replace(STANDARD, areas=areas) for areas in (11, 43, 172, 688)),
    "indicators": tuple(replace(STANDARD, indicators=count) for count in (8, 16, 32, 64)),
    "dwellings": tuple(
        replace(STANDARD, dwellings=count) for count in (25_000, 50_000, 100_000, 200_000)
    ),
}


def measure(sizes: Sequence[Size]) -> dict[Size, Cost]:
    """Build all sizes in turn, every second round in the opposite order."""
    found: dict[Size, list[tuple[Measured, float]]] = {size: [] for size in sizes}
    with tempfile.TemporaryDirectory() as name:
        data = {size: make(Path(name) / f"data{n}", size) for n, size in enumerate(sizes)}
        for turn in range(ROUNDS):
            for size in sizes[::-1] if turn % 2 else sizes:
                with tempfile.TemporaryDirectory() as out:
                    found[size].append(build(data[size], Path(out) / "site"))
    return {size: middle(size, builds) for size, builds in found.items()}


def make(data: Path, size: Size) -> Path:
    """Write a data folder in a process of its own: a build is said to use what its parent did."""
    numbers = map(str, astuple(size))
    run_command((sys.executable, "-m", "benchmarks.generated", str(data), *numbers), ROOT)
    return data


def build(data: Path, out: Path) -> tuple[Measured, float]:
    """Build a site once; return what that took, and the megabytes of the site."""
    command = (sys.executable, "-m", "geo_lv", "--data", str(data), "build", "--out", str(out))
    taken = run_command(command, ROOT)
    return taken, sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6


def middle(size: Size, builds: Sequence[tuple[Measured, float]]) -> Cost:
    """Take the median of each cost."""
    return Cost(
        size,
        median(taken.seconds for taken, _ in builds),
        median(taken.cpu_seconds for taken, _ in builds),
        median(taken.peak_mb for taken, _ in builds),
        median(site for _, site in builds),
    )


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """
    Fit the power with which a cost grows above that of the smallest size.

    Parameters
    ----------
    sizes
        At least three, going up.
    costs
        One per size.

    Returns
    -------
    exponent
        Slope of the least-squares line through the logarithms of what size and cost have above the
        first. 0 if the last cost is less than `FLAT` times the first, or nothing grew before it.
    """
    more, above = np.subtract(sizes[1:], sizes[0]), np.subtract(costs[1:], costs[0])
    if costs[-1] < FLAT * costs[0] or above.min() <= 0:
        return 0.0
    return float(np.polyfit(np.log(more), np.log(above), 1)[0])


def exponents(costs: dict[Size, Cost]) -> dict[str, dict[str, float]]:
    """Fit the exponent of every cost in every series."""
    return {
        axis: {
            cost: exponent(
                [getattr(size, axis) for size in sizes],
                [getattr(costs[size], cost) for size in sizes],
            )
            for cost in COSTS
        }
        for axis, sizes in SERIES.items()
    }


def unit_costs(costs: dict[Size, Cost]) -> dict[str, float]:
    """Fit what `benchmarks.paper` multiplies: a fixed cost, and one per thing that is counted."""
    taken = [cost for cost in costs.values() if cost.size.areas <= LARGEST_LINEAR]
    counted = np.array([counts(cost.size) for cost in taken], dtype=float)
    found: dict[str, float] = {}
    for name in ("cpu_s", "site_mb"):
        values = np.array([getattr(cost, name) for cost in taken])
        # every size weighs alike: what counts is how far a cost is off as a part of itself
        fit, _ = nnls(counted / values[:, np.newaxis], np.ones(len(values)))
        found |= {f"{name} per {unit}": float(part) for unit, part in zip(UNITS, fit, strict=True)}
    return found


def counts(size: Size) -> tuple[float, ...]:
    """Count what costs, in the order of `UNITS`."""
    return 1, size.areas, size.areas * size.indicators, size.dwellings


def report(costs: dict[Size, Cost], powers: dict[str, dict[str, float]]) -> str:
    """Write the costs and the exponents as tables, with the picture."""
    rows = "\n".join(
        f"| {each.size.areas} | {each.size.indicators} | {each.size.dwellings:,} | "
        f"{each.wall_s:.1f} | {each.cpu_s:.1f} | {each.peak_mb:.0f} | {each.site_mb:.1f} |"
        for each in costs.values()
    )
    fitted = "\n".join(
        f"| {axis} | {' | '.join(f'{power:.2f}' if power else 'flat' for power in each.values())} |"
        for axis, each in powers.items()
    )
    return (
        "| areas | indicators | dwellings | seconds | CPU seconds | peak MB | site, MB |\n"
        f"|---|---|---|---|---|---|---|\n{rows}\n\n"
        f"| exponent of | {' | '.join(COSTS.values())} |\n|---|---|---|---|\n{fitted}\n\n"
        "![Costs against sizes, both on a logarithmic scale](../docs/growth.svg)\n\n"
        f"{measured_on(ROUNDS, PACKAGES)}"
    )


def run() -> tuple[str, list[str]]:
    """Measure; draw the picture, keep the unit costs, return the report and what is too steep."""
    sizes = dict.fromkeys(size for series in SERIES.values() for size in series)
    costs = measure(tuple(sizes))
    powers = exponents(costs)
    results.save("growth", unit_costs(costs))
    lines = {
        axis: {
            named: ([getattr(s, axis) for s in series], [getattr(costs[s], cost) for s in series])
            for cost, named in COSTS.items()
        }
        for axis, series in SERIES.items()
    }
    draw(lines, PLOT)
    steep = [
        f"{COSTS[cost]} against {axis}: exponent {power:.2f}"
        for axis, each in powers.items()
        for cost, power in each.items()
        if power > MOST
    ]
    return report(costs, powers), steep
