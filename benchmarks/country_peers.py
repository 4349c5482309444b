"""
Our page of the whole country beside pages of other tools, on equally simplified borders.

Ours is measured by `benchmarks.country_page`. The others get the borders simplified beforehand:
that is not counted as their time. `explore` writes them once per figure, so it gets one figure. It
is also run on the borders as they come, which is what one line of code does.
"""

import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import geopandas as gpd
import pandas as pd

from benchmarks import results
from benchmarks.browser import peer, plotly_peer, served
from benchmarks.compared import (
    Candidate,
    Compared,
    compare,
    measured_on,
    ratios_table,
    short_of,
    table,
)
from benchmarks.generated import BUURTEN, country
from benchmarks.pages import PACKAGES, module
from benchmarks.processes import run_step

OURS = "benchmarks.country_page"
"""Its ``measure()`` returns medians under the keys `KEYS`."""
KEYS = ("build_s", "bytes", "gzip_bytes", "first_map_ms", "answer_ms", "heap_mb")
MOST = {
    "build_s": 5.0,
    "bytes": 3e6,
    "gzip_bytes": 1.5e6,
    "first_map_ms": 600.0,
    "answer_ms": 80.0,
    "heap_mb": 30.0,
}
"""What our page may cost."""
LIMITS = {"bytes": 25.0, "first map": 5.0}
"""How many times more `explore` has to need for one figure than our page for all."""
TOLERANCE_M = 60.0
"""Of the simplification, unless our page says another."""
INDICATORS = 6
ROUNDS = 5
FILES = ("simple.parquet", "whole.parquet")
EXPLORE = "explore, 1 figure"
EXPLORE_WHOLE = "explore, 1 figure, borders as they come"
ROUGHLY_ALL = round(0.99 * BUURTEN)


def prepare(folder: Path, tolerance: float) -> None:
    """Write the buurten with their figures in WGS 84: simplified together, and as they come."""
    source = country(folder / "country", INDICATORS)
    buurten = gpd.read_parquet(source / "buurten.parquet")
    found = pd.read_parquet(source / "figures.parquet")
    wide = found.pivot_table("value", "code", "indicator", dropna=False)
    wide = wide.reindex(buurten["bu_code"]).set_index(buurten.index)
    paths = (folder / name for name in FILES)
    for path, shapes in zip(
        paths, (buurten.simplify_coverage(tolerance), buurten.geometry), strict=True
    ):
        shown = gpd.GeoDataFrame({"naam": buurten["bu_name"], **wide}, geometry=shapes)
        shown.to_crs("EPSG:4326").to_parquet(path)


def candidates(folder: Path, host: str, tolerance: float) -> tuple[Candidate, ...]:
    """Describe the pages of the others; they are made in `folder`, which `host` serves."""
    # in a process of its own: a command is said to use the memory that its parent did
    run_step("benchmarks.country_peers", str(tolerance), folder)
    simple, whole = (folder / name for name in FILES)
    explored, raw, layered, scene = (folder / f"{n}.html" for n in range(4))
    layers = f"folium, {INDICATORS} layers"
    inside = f"plotly, {INDICATORS} figures, its library inside"
    subjects = (
        (peer(EXPLORE, explored, ROUGHLY_ALL, choices=0), explored, "explore", simple),
        (peer(EXPLORE_WHOLE, raw, ROUGHLY_ALL, choices=0), raw, "explore", whole),
        (peer(layers, layered, ROUGHLY_ALL, choices=INDICATORS - 1), layered, "folium", simple),
        (
            plotly_peer(inside, f"{host}/{scene.name}", 1, choices=INDICATORS - 1),
            scene,
            "plotly",
            simple,
        ),
    )
    return tuple(
        Candidate(
            subject,
            page,
            module("benchmarks.peers", tool, data, 1 if tool == "explore" else INDICATORS, page),
        )
        for subject, page, tool, data in subjects
    )


def our_page() -> tuple[dict[str, float], float]:
    """Measure our page, if it is there; return its medians, and the tolerance that it has."""
    if find_spec(OURS) is None:
        return {}, TOLERANCE_M
    found = import_module(OURS)
    return found.measure(), getattr(found, "TOLERANCE_M", TOLERANCE_M)


def ratios(mine: dict[str, float], explore: Compared) -> dict[str, float]:
    """Divide the figures of `explore` by ours."""
    return {
        "bytes": explore.weight.raw / mine["bytes"],
        "first map": explore.visit.first_map / mine["first_map_ms"],
    }


def our_table(mine: dict[str, float]) -> str:
    """Write what our page costs beside what it may."""
    rows = "\n".join(f"| {key} | {mine[key]:,.4g} | {MOST[key]:,g} |" for key in KEYS)
    return f"| geo-lv, national page | measured | at most |\n|---|---|---|\n{rows}"


def run() -> tuple[str, list[str]]:
    """Measure; return the report, and what was not reached."""
    mine, tolerance = our_page()
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as host:
        compared = compare(candidates(Path(name), host, tolerance), ROUNDS)
    told = f"{BUURTEN:,} buurten of 128 corners, simplified to {tolerance:g} m"
    parts = [table(compared), f"{told}; {measured_on(ROUNDS, PACKAGES)}"]
    if not mine:
        return "\n\n".join(parts), [f"our page: {OURS} is not there"]
    results.save("country_page", mine)
    found = ratios(mine, compared[EXPLORE])
    over = [key for key in KEYS if mine[key] > MOST[key]]
    parts[1:1] = [our_table(mine), ratios_table(found, LIMITS)]
    return "\n\n".join(parts), [*over, *short_of(found, LIMITS)]


if __name__ == "__main__":
    prepare(Path(sys.argv[2]), float(sys.argv[1]))
