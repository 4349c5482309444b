"""
Our page of the whole country beside pages of other tools, on equally simplified borders.

Ours is measured by `benchmarks.country_page`. The others get the same borders, simplified as much
as ours beforehand: that is not counted as their time. `explore` writes them once per figure, so it
gets one figure. It is also run on the borders as they come, which is what one line of code does.
"""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd

from benchmarks import country_page, results
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
from geo_lv.maps.country.borders import SIMPLIFIED_M

LIMITS = {
    "bytes, borders as they come": 25.0,
    "bytes, equal borders": 25.0,
    "first map, equal borders": 5.0,
}
"""How many times more `explore` has to need for one figure than our page for all."""
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


def candidates(folder: Path, host: str) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Describe the pages of the others, in `folder`, which `host` serves; the slow one apart."""
    # in a process of its own: a command is said to use the memory that its parent did
    run_step("benchmarks.country_peers", str(SIMPLIFIED_M), folder)
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
    every = tuple(
        Candidate(
            subject,
            page,
            module("benchmarks.peers", tool, data, 1 if tool == "explore" else INDICATORS, page),
        )
        for subject, page, tool, data in subjects
    )
    slow = tuple(each for each in every if each.name == layers)
    return tuple(each for each in every if each not in slow), slow


def ratios(
    mine: Mapping[str, float], explore: Compared, explore_whole: Compared
) -> dict[str, float]:
    """Divide the figures of `explore` by ours."""
    mb = mine["page and all it loads, MB"]
    first = max(mine["first map, file, ms"], mine["first map, http, ms"])
    return {
        "bytes, borders as they come": explore_whole.weight.raw / 1e6 / mb,
        "bytes, equal borders": explore.weight.raw / 1e6 / mb,
        "first map, equal borders": explore.visit.first_map / first,
    }


def run() -> tuple[str, list[str]]:
    """Measure; return the report, and what was not reached."""
    mine = country_page.measure()
    results.save("country_page", mine)
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as host:
        quick, slow = candidates(Path(name), host)
        compared = compare(quick, ROUNDS)
        slowly = compare(slow, 1)
    found = ratios(mine, compared[EXPLORE], compared[EXPLORE_WHOLE])
    over = [name for name, most in country_page.LIMITS.items() if mine[name] > most]
    told = (
        f"{BUURTEN:,} buurten of 128 corners, simplified to {SIMPLIFIED_M:g} m; folium in 1 round"
    )
    parts = (
        country_page.report(mine),
        ratios_table(found, LIMITS),
        table(compared | slowly),
        f"{told}; {measured_on(ROUNDS, PACKAGES)}",
    )
    return "\n\n".join(parts), [*over, *short_of(found, LIMITS)]


if __name__ == "__main__":
    prepare(Path(sys.argv[2]), float(sys.argv[1]))
