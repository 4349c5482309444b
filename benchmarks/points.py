"""
Time the count of all homes of a country per buurt and label, beside what libraries need for it.

The buurten are those of `joining`. Homes lie anywhere, also outside, and at decimetres as in the
registers; one in fifty has no place, and one in a hundred thousand lies on a corner of a buurt.
"""

import os
import sys
import tempfile
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from benchmarks.joining import (
    BEYOND,
    COLUMNS,
    ROWS,
    SIDE,
    SOUTH,
    WEST,
    made_buurten,
)
from benchmarks.points_ours import BUURTEN, HOMES
from benchmarks.processes import ROOT, Memory, machine, run, watch
from benchmarks.winding import CORNERS_PER_SIDE, Floats

SIZES = (2_400_000, 8_000_000)
GROUP = 250_000
ON_CORNER, WITHOUT_PLACE = 100_000, 50
LABELS = ("A++++", "A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G", "geen")
ROUNDS = {"ours-2": 7, "ours-1": 7, "reading": 7, "sedonadb": 5, "duckdb": 5, "geopandas": 5}
"""How often each is timed, by turns and in both orders; at least five times."""
NAMES = {
    "ours-2": "geo_lv.country, 2 processes",
    "ours-1": "geo_lv.country, 1 process",
    "reading": "only reading and counting labels",
    "sedonadb": "SedonaDB",
    "duckdb": "DuckDB spatial, 2 threads",
    "geopandas": "geopandas.sjoin",
}
LIBRARIES = ("sedonadb", "duckdb", "geopandas")
LESS_THAN_LIBRARIES, MORE_THAN_READING, WORKER_MB = 3.0, 5.0, 1000.0
SCHEMA = pa.schema(
    [
        ("dwelling_id", pa.int64()),
        ("x_rd", pa.float64()),
        ("y_rd", pa.float64()),
        ("energy_label", pa.string()),
        ("rent_eur", pa.float64()),
    ]
)
PACKAGES = ("shapely", "pyarrow", "numpy", "geopandas", "duckdb", "sedonadb")


@dataclass(frozen=True)
class Taken:
    """What one way of counting took for one number of homes."""

    memory: Memory
    said: str
    seconds: list[float] = field(default_factory=list)

    @property
    def typical(self) -> float:
        """Return the median of the rounds, in seconds."""
        return median(self.seconds)


def make_buurten(folder: Path, rng: np.random.Generator) -> Floats:
    """Write the buurten; return their corners."""
    buurten = made_buurten(rng)[["geometry"]]
    buurten.reset_index().to_parquet(folder / BUURTEN)
    corners: Floats = shapely.get_coordinates(buurten.geometry.to_numpy())
    return corners


def make_homes(folder: Path, homes: int, rng: np.random.Generator) -> None:
    """Write so many homes around the buurten, with the columns that a count does not need."""
    corners = make_buurten(folder, rng)
    low, size = np.array((WEST, SOUTH)) - BEYOND, np.array((COLUMNS, ROWS)) * SIDE + 2 * BEYOND
    labels = np.array(LABELS, dtype=object)
    with pq.ParquetWriter(folder / HOMES, SCHEMA, compression="zstd") as writer:
        for start in range(0, homes, GROUP):
            count = min(GROUP, homes - start)
            places = np.round(low + rng.uniform(0, 1, (count, 2)) * size, 1)
            places[::WITHOUT_PLACE] = np.nan
            places[1::ON_CORNER] = rng.choice(corners, len(places[1::ON_CORNER]))
            columns = (
                np.arange(start, start + count),
                *places.T,
                labels[rng.integers(0, len(labels), count)],
                rng.uniform(300, 1500, count).round(2),
            )
            writer.write_table(pa.table([pa.array(each) for each in columns], SCHEMA))


def command(step: str, folder: Path) -> tuple[str, ...]:
    """Return what counts in one of the ways, in a process of its own."""
    module = "points_peers" if step in {*LIBRARIES, "reference"} else "points_ours"
    return (sys.executable, "-m", f"benchmarks.{module}", step, str(folder))


def measure(folder: Path) -> dict[str, Taken]:
    """Time all ways by turns, after one round in which their memory is looked at."""
    taken = {step: Taken(*watch(command(step, folder), ROOT)) for step in ROUNDS}
    for turn in range(max(ROUNDS.values())):
        steps = [step for step, rounds in ROUNDS.items() if turn < rounds]
        for step in steps[::-1] if turn % 2 else steps:
            taken[step].seconds.append(run(command(step, folder), ROOT).seconds)
    return taken


def differing_cells(folder: Path) -> int:
    """Count the buurten and labels of which ours, with one process or two, finds another number."""
    run(command("reference", folder), ROOT)
    counts = pd.read_csv(folder / "reference.csv").pivot_table("homes", "bu_code", "energy_label")
    codes = pq.read_table(folder / BUURTEN, columns=["bu_code"])["bu_code"].to_pylist()
    expected = counts.reindex(index=codes, columns=sorted(LABELS)).fillna(0).to_numpy()
    found = [np.load(folder / f"ours-{workers}.npy") for workers in (1, 2)]
    return sum(int(np.count_nonzero(each != expected)) for each in found)


def lines(taken: dict[str, Taken], homes: int) -> list[str]:
    """Write a row of the table for each way of counting."""
    ours = taken["ours-2"].typical
    return [
        f"| {homes:,} | {NAMES[step]} | {len(each.seconds)} | {each.typical:.2f} | "
        f"{min(each.seconds):.2f}-{max(each.seconds):.2f} | {each.typical / ours:.2f} | "
        f"{each.memory.total_mb:.0f} | {each.memory.largest_mb:.0f} |"
        for step, each in taken.items()
    ]


def missed(taken: dict[str, Taken], homes: int) -> list[str]:
    """Name what is not reached: always the account and the memory, the times at the most homes."""
    ours = taken["ours-2"]
    fastest = min(taken[name].typical for name in LIBRARIES)
    largest = max(taken[f"ours-{workers}"].memory.largest_mb for workers in (1, 2))
    accounts = {taken[f"ours-{workers}"].said for workers in (1, 2)}
    reached = {
        "every home accounted for": [sum(map(int, each.split())) for each in accounts] == [homes],
        f"{WORKER_MB:g} MB per worker": largest <= WORKER_MB,
    }
    if homes == max(SIZES):
        reached |= {
            f"{LESS_THAN_LIBRARIES:g} times as fast": ours.typical * LESS_THAN_LIBRARIES <= fastest,
            f"{MORE_THAN_READING:g} times reading": (
                ours.typical <= MORE_THAN_READING * taken["reading"].typical
            ),
        }
    return [f"{name}, {homes:,} homes" for name, done in reached.items() if not done]


def account(taken: dict[str, Taken], homes: int) -> str:
    """Write what became of the homes."""
    matched, outside, without = map(int, taken["ours-2"].said.split())
    return (
        f"{homes:,} homes: {matched:,} in a buurt, {outside:,} outside, {without:,} without a "
        f"place; SedonaDB finds {int(taken['sedonadb'].said):,}, DuckDB "
        f"{int(taken['duckdb'].said):,}, sjoin {int(taken['geopandas'].said):,}."
    )


def conclude() -> tuple[str, list[str]]:
    """Measure; return the report, and what was not reached."""
    rows, accounts, failed = [], [], []
    load = os.getloadavg()[0]
    for homes in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_homes(folder, homes, np.random.default_rng(20240316))
            taken = measure(folder)
            if differing_cells(folder):
                failed.append(f"the counts of sjoin, {homes:,} homes")
        rows += lines(taken, homes)
        accounts.append(account(taken, homes))
        failed += missed(taken, homes)
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    head = (
        "| homes | what | rounds | seconds, median | lowest-highest | times ours | peak MB | "
        "of the largest process |\n|---|---|---|---|---|---|---|---|\n"
    )
    buurten = f"{COLUMNS * ROWS:,} buurten of {4 * CORNERS_PER_SIDE} corners."
    text = f"{head}{chr(10).join(rows)}\n\n{buurten} {' '.join(accounts)}\n\n"
    return f"{text}{machine(load)[:-1]}, {versions}.", failed
