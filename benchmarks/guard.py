"""
A small benchmark for every run of the tests: ratios only, which no other machine changes much.

Bytes are the same on every run. Times are CPU seconds of this process, ours and the peer's by
turns, so that they do not count how busy the machine is.
"""

import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks.dense import dense_copy
from benchmarks.joining import ACCURACY, LEVELS, as_areas, made_buurten, made_codes
from benchmarks.peer import write_map
from benchmarks.weighing import weigh
from benchmarks.winding import Grid
from geo_lv.crs import RD_NEW
from geo_lv.join import account, find_candidates
from geo_lv.site import BuildOptions, build_site

FILE = Path(__file__).parent / "guard.toml"
DATA = Path(__file__).parent.parent / "data"
INDICATORS = 30
POINTS = 200_000
GRID = Grid(columns=40, rows=70, side=2000.0, west=40_000.0, south=340_000.0)
"""As many points per buurt as a million have in the whole country."""
ROUNDS = 5
MAY_LOSE = 0.25
"""Part of a kept ratio that may be lost."""

Ratios = dict[str, float]


def kept(file: Path = FILE) -> Ratios:
    """Read the ratios that a test keeps."""
    found: Ratios = tomllib.loads(file.read_text(encoding="utf-8"))["ratios"]
    return found


def lost(wanted: Ratios, found: Ratios) -> list[str]:
    """Say which ratios lost more than they may, or were not measured."""
    return [
        f"{name}: {found.get(name, 0):.2f} times, kept is {ratio:g}, "
        f"at least {(1 - MAY_LOSE) * ratio:.2f} is wanted"
        for name, ratio in wanted.items()
        if found.get(name, 0) < (1 - MAY_LOSE) * ratio
    ]


def measure() -> Ratios:
    """Measure all ratios: the peer's by ours."""
    return {**page_ratios(), "join": join_ratio()}


def page_ratios() -> Ratios:
    """Weigh our overview and a folium page of the same figures, on detailed borders."""
    with tempfile.TemporaryDirectory() as name:
        site, page = Path(name) / "site", Path(name) / "folium.html"
        build_site(BuildOptions(data=dense_copy(DATA, Path(name) / "data"), out=site))
        write_map(site / "data", INDICATORS, None, page)
        ours, theirs = weigh(site / "index.html"), weigh(page)
    return {"bytes": theirs.raw / ours.raw, "gzip": theirs.packed / ours.packed}


def join_ratio() -> float:
    """Join points to the buurten of a province: CPU seconds of sjoin by ours."""
    rng = np.random.default_rng(20240316)
    buurten = made_buurten(rng, GRID)
    x = rng.uniform(GRID.west, GRID.west + GRID.side * GRID.columns, POINTS)
    y = rng.uniform(GRID.south, GRID.south + GRID.side * GRID.rows, POINTS)
    codes = pd.Series(made_codes(buurten, x, y, rng).astype(object), dtype="str")
    points, areas = pd.DataFrame({"x_rd": x, "y_rd": y, "bu_code": codes}), as_areas(buurten)

    def ours() -> None:
        candidates = find_candidates(points, areas, ACCURACY)
        for level in LEVELS:
            account(candidates, areas.parents(level))

    def peer() -> None:
        places = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y, crs=RD_NEW))
        places.sjoin(buurten[["geometry"]], predicate="within")

    return by_turns(peer, ours)


def by_turns(peer: Callable[[], None], ours: Callable[[], None]) -> float:
    """Return the median CPU seconds of a peer by ours, after a round that does not count."""
    taken: dict[Callable[[], None], list[float]] = {peer: [], ours: []}
    for turn in range(ROUNDS + 1):
        for side in (peer, ours) if turn % 2 else (ours, peer):
            start = process_time()
            side()
            taken[side].append(process_time() - start)
    return median(taken[peer][1:]) / median(taken[ours][1:])


def run() -> tuple[str, list[str]]:
    """Measure; return a table, and what was lost."""
    wanted, found = kept(), measure()
    rows = "\n".join(f"| {name} | {found[name]:.2f} | {wanted[name]:g} |" for name in wanted)
    return f"| the peer's by ours | times | kept |\n|---|---|---|\n{rows}", lost(wanted, found)
