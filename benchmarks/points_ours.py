"""
Ours over the homes of a country, and only reading them; started by `benchmarks.points`.

A module of its own, as each worker process loads the module that was started: this one is light.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import shapely

from geo_lv.country.points import LABEL, count_points

HOMES, BUURTEN = "homes.parquet", "buurten.parquet"


def ours(folder: Path, workers: int) -> None:
    """Count the homes per buurt and label; print the account."""
    wkb = pq.ParquetFile(folder / BUURTEN).read(columns=["geometry"])["geometry"].to_pylist()
    counts = count_points(folder / HOMES, shapely.from_wkb(wkb), workers=workers)
    np.save(folder / f"ours-{workers}.npy", counts.numbers)
    print(counts.matched, counts.outside, counts.without)


def reading(folder: Path) -> None:
    """Read places and labels, and count the labels: what nothing can do without; print the rows."""
    file = pq.ParquetFile(folder / HOMES, read_dictionary=[LABEL])
    table = file.read(columns=["x_rd", "y_rd", LABEL])
    chunks = table[LABEL].unify_dictionaries().chunks
    print(sum(int(np.bincount(np.from_dlpack(chunk.indices)).sum()) for chunk in chunks))


STEPS = {
    "ours-2": lambda folder: ours(folder, 2),
    "ours-1": lambda folder: ours(folder, 1),
    "reading": reading,
}

if __name__ == "__main__":
    STEPS[sys.argv[1]](Path(sys.argv[2]))
