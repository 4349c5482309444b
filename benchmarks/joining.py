"""
Time the join of a million points to the buurten of a country beside `geopandas.sjoin`.

The buurten are made up: quadrilaterals with winding sides that neighbours share exactly, one wijk
in ten with indicative inner borders. Points lie anywhere, also outside; some have no place, and
their registered code is right, wrong, unknown or missing.
"""

import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from benchmarks.processes import Measured, run_step
from benchmarks.winding import CORNERS_PER_SIDE, Floats, Grid, coverage
from geo_lv.areas import AreaLevel, Areas
from geo_lv.crs import RD_NEW
from geo_lv.join import account, find_candidates
from geo_lv.municipality import Boundaries

COLUMNS, ROWS, SIDE = 100, 140, 2000.0
WEST, SOUTH = 40_000.0, 340_000.0
GRID = Grid(COLUMNS, ROWS, SIDE, WEST, SOUTH)
BEYOND = 3000.0
"""How far beyond the grid points may lie, metres."""
POINTS = 1_000_000
WITHOUT_PLACE = 0.02
REGISTERED = (0.55, 0.03, 0.02, 0.4)
"""Shares of points whose code is right, wrong, unknown or missing."""
ROUNDS = 5
LEVELS: tuple[AreaLevel, ...] = ("buurt", "wijk", "plan", "gemeente")
ACCURACY = Boundaries(official_accuracy_m=10, indicative_accuracy_m=200)
PACKAGES = ("geo_lv", "geopandas", "shapely", "pandas", "numpy")


def make(folder: Path) -> None:
    """Write the buurten and the points."""
    rng = np.random.default_rng(20240316)
    buurten = made_buurten(rng)
    buurten.reset_index().to_file(folder / "buurten.gpkg")
    x = rng.uniform(WEST - BEYOND, WEST + SIDE * COLUMNS + BEYOND, POINTS)
    y = rng.uniform(SOUTH - BEYOND, SOUTH + SIDE * ROWS + BEYOND, POINTS)
    np.save(folder / "codes.npy", made_codes(buurten, x, y, rng))
    x[:: round(1 / WITHOUT_PLACE)] = np.nan
    np.savez(folder / "points.npz", x=x, y=y)


def made_codes(
    buurten: gpd.GeoDataFrame, x: Floats, y: Floats, rng: np.random.Generator
) -> npt.NDArray[np.str_]:
    """Register each point: where it lies, elsewhere, under a code of nowhere, or under none."""
    codes = np.append(buurten.index.to_numpy(dtype="U10"), ["BU99999999", ""])
    unknown, none = np.full(len(x), len(buurten)), np.full(len(x), len(buurten) + 1)
    tree, right = shapely.STRtree(shapely.points(x, y)), none.copy()
    area, point = tree.query(buurten.geometry.to_numpy(), predicate="contains")
    right[point] = area
    wrong = rng.integers(0, len(buurten), len(x))
    kinds = rng.choice(4, len(x), p=REGISTERED)
    registered: npt.NDArray[np.str_] = codes[np.choose(kinds, (right, wrong, unknown, none))]
    return registered


def made_buurten(rng: np.random.Generator, grid: Grid = GRID) -> gpd.GeoDataFrame:
    """Make a valid coverage, four buurten to a wijk; the columns are those of `Areas.buurten`."""
    number = np.arange(grid.columns * grid.rows)
    codes = [f"BU{n // 40 + 1:04}{n // 4 % 10:02}{n % 4:02}" for n in number]
    return gpd.GeoDataFrame(
        {
            "bu_name": codes,
            "wk_code": [f"WK{code[2:8]}" for code in codes],
            "border": np.where(number // 4 % 10 == 0, "indicative", "official"),
        },
        index=pd.Index(codes, name="bu_code"),
        geometry=coverage(grid, rng),
        crs=RD_NEW,
    )


def read(folder: Path) -> tuple[gpd.GeoDataFrame, Floats, Floats]:
    """Read the buurten and the places."""
    points = np.load(folder / "points.npz")
    return gpd.read_file(folder / "buurten.gpkg").set_index("bu_code"), points["x"], points["y"]


def read_points(folder: Path, x: Floats, y: Floats) -> pd.DataFrame:
    """Give the places the code under which they are registered."""
    codes = pd.Series(np.load(folder / "codes.npy").astype(object), dtype="str")
    return pd.DataFrame({"x_rd": x, "y_rd": y, "bu_code": codes})


def as_areas(buurten: gpd.GeoDataFrame) -> Areas:
    """Take the buurten for one municipality without plan areas; wijken are not drawn."""
    none = buurten.iloc[:0]
    return Areas("GM0000", buurten, none, none.assign(bu_codes=[]), shapely.MultiLineString())


def ours(folder: Path) -> None:
    """Join with the account of each level; print the seconds of that, and the accounts."""
    buurten, x, y = read(folder)
    points, areas = read_points(folder, x, y), as_areas(buurten)
    start = perf_counter()
    candidates = find_candidates(points, areas, ACCURACY)
    joins = [account(candidates, areas.parents(level)) for level in LEVELS]
    seconds = perf_counter() - start
    parts = [f"{len(j.matched)} {len(j.unmatched)} {len(j.ambiguous)}" for j in joins]
    print(seconds, *parts, sep="\n")


def peer(folder: Path) -> None:
    """Join with geopandas; print the seconds of that, and the number of rows."""
    buurten, x, y = read(folder)
    start = perf_counter()
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y, crs=RD_NEW))
    found = points.sjoin(buurten[["geometry"]], predicate="within")
    print(perf_counter() - start, len(found), sep="\n")


def compare(folder: Path) -> None:
    """Print how many points, placed without doubt and without a code, sjoin puts elsewhere."""
    buurten, x, y = read(folder)
    points, areas = read_points(folder, x, y), as_areas(buurten)
    mine = account(find_candidates(points, areas, ACCURACY), areas.parents("buurt")).matched
    places = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y, crs=RD_NEW))
    theirs = places.sjoin(buurten[["geometry"]], predicate="within")["bu_code"]
    mine = mine[points.loc[mine.index, "bu_code"] == ""]
    print(int((mine != theirs.reindex(mine.index)).sum()))


STEPS = {"make": make, "ours": ours, "peer": peer, "compare": compare}


@dataclass(frozen=True)
class Side:
    """One of the two that are compared: its runs."""

    name: str
    runs: tuple[Measured, ...]

    @property
    def seconds(self) -> float:
        """Return the median of the whole runs."""
        return median(run.seconds for run in self.runs)

    @property
    def alone(self) -> float:
        """Return the median seconds of the join, without imports and reading."""
        return median(float(run.said.split()[0]) for run in self.runs)

    @property
    def peak_mb(self) -> float:
        """Return the median of the largest memory."""
        return median(run.peak_mb for run in self.runs)

    def line(self) -> str:
        """Write the runs as a row of the table."""
        taken = [run.seconds for run in self.runs]
        return (
            f"| {self.name} | {self.seconds:.2f} | {min(taken):.2f}-{max(taken):.2f} | "
            f"{self.alone:.2f} | {self.peak_mb:.0f} |"
        )


def report(mine: Side, other: Side) -> str:
    """Write the figures as a table, with the account of the points."""
    accounts = zip(LEVELS, mine.runs[0].said.splitlines()[1:], strict=True)
    parts = "; ".join(
        "{}: {:,} matched, {:,} unmatched, {:,} ambiguous".format(level, *map(int, line.split()))
        for level, line in accounts
    )
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        "| what | seconds, median | lowest-highest | the join alone | peak MB |\n"
        f"|---|---|---|---|---|\n{mine.line()}\n{other.line()}\n"
        f"| ours by sjoin's, times | {mine.seconds / other.seconds:.2f} | | "
        f"{mine.alone / other.alone:.2f} | {mine.peak_mb / other.peak_mb:.2f} |\n\n"
        f"{POINTS:,} points, {COLUMNS * ROWS:,} buurten of {4 * CORNERS_PER_SIDE} corners. "
        f"{parts}; sjoin finds {int(other.runs[0].said.split()[1]):,}.\n\n"
        f"{ROUNDS} rounds, {os.cpu_count()} cores, {platform.python_implementation()} "
        f"{platform.python_version()}, {versions}."
    )


def run() -> tuple[str, list[str]]:
    """Measure; return the report, and what was not reached."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run_step(__name__, "make", folder)
        rounds = [
            {step: run_step(__name__, step, folder) for step in steps}
            for steps in (("ours", "peer"), ("peer", "ours")) * (ROUNDS // 2 + 1)
        ][1 : ROUNDS + 1]  # the first does not count: it brings the files into memory
        disagreed = run_step(__name__, "compare", folder).said
    mine = Side("geo_lv.join, four levels", tuple(taken["ours"] for taken in rounds))
    other = Side("geopandas.sjoin", tuple(taken["peer"] for taken in rounds))
    sums = [sum(map(int, line.split())) for line in mine.runs[0].said.splitlines()[1:]]
    reached = {
        "no slower than sjoin": mine.seconds <= other.seconds,
        "every point accounted for": sums == [POINTS] * len(LEVELS),
        "the buurt that sjoin finds": disagreed == "0",
    }
    return report(mine, other), [name for name, done in reached.items() if not done]


if __name__ == "__main__":
    STEPS[sys.argv[1]](Path(sys.argv[2]))
