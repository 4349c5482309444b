"""Our pages of a municipality beside pages of other tools, with the same areas and figures."""

import sys
import tempfile
from pathlib import Path

from benchmarks.browser import ours, peer, plotly_peer, served
from benchmarks.compared import (
    Candidate,
    Compared,
    compare,
    measured_on,
    ratios_table,
    short_of,
    table,
)
from benchmarks.dense import dense_copy

ROOT = Path(__file__).parent.parent
ROUNDS = 5
HOMES = 10_000
INDICATORS = 30
AREAS, WIJKEN = 56, 13
COLD_SECONDS = 10.0
LIMITS = {"bytes": 10.0, "first map": 2.0, "first map with homes": 4.0}
"""What each ratio has to reach: the best peer's with all figures by ours."""
PACKAGES = ("geo_lv", "folium", "geopandas", "plotly", "shapely", "pandas")

OVERVIEW, WITH_HOMES = "geo-lv, overview", f"geo-lv, overview with {HOMES:,} homes"
FOLIUM, FOLIUM_HOMES = f"folium, {INDICATORS} layers", f"folium with {HOMES:,} homes"
EXPLORE_ONE, EXPLORE = "explore, 1 figure", f"explore, {INDICATORS} layers"
PLOTLY = f"plotly, {INDICATORS} figures, its library inside"
PEERS = (FOLIUM, EXPLORE, PLOTLY)


def candidates(folder: Path, host: str) -> tuple[Candidate, ...]:
    """Describe all pages; they are made in `folder`, which `host` serves."""
    data = dense_copy(ROOT / "data", folder / "data", HOMES)
    public, internal = folder / "publiek" / "index.html", folder / "intern" / "index.html"
    downloads, homes = public.parent / "data", data / "properties" / "dwellings.csv"
    page = {name: folder / f"{number}.html" for number, name in enumerate((*PEERS, FOLIUM_HOMES))}
    single = folder / "single.html"
    opened = {"view": "#lagen=homes,plan", "drawn": ".show-homes .drawing use.area"}
    placed = round(0.99 * HOMES)  # a few homes have no place
    build, folium = ("geo_lv", "--data", data, "build", "--out"), ("benchmarks.peer", downloads)
    other = "benchmarks.peers"
    return (
        Candidate(ours(OVERVIEW, public, AREAS), public, module(*build, public.parent)),
        Candidate(
            peer(EXPLORE_ONE, single, WIJKEN, choices=0),
            single,
            module(other, "explore", downloads, 1, single),
        ),
        Candidate(
            peer(EXPLORE, page[EXPLORE], WIJKEN),
            page[EXPLORE],
            module(other, "explore", downloads, INDICATORS, page[EXPLORE]),
        ),
        Candidate(
            peer(FOLIUM, page[FOLIUM], WIJKEN),
            page[FOLIUM],
            module(*folium, INDICATORS, "-", page[FOLIUM]),
        ),
        Candidate(
            plotly_peer(PLOTLY, f"{host}/{page[PLOTLY].name}", WIJKEN),
            page[PLOTLY],
            module(other, "plotly", downloads, INDICATORS, page[PLOTLY]),
        ),
        Candidate(
            ours(WITH_HOMES, internal, AREAS, **opened),
            internal,
            module(*build, internal.parent, "--edition", "intern"),
        ),
        Candidate(
            peer(FOLIUM_HOMES, page[FOLIUM_HOMES], placed),
            page[FOLIUM_HOMES],
            module(*folium, INDICATORS, homes, page[FOLIUM_HOMES]),
        ),
    )


def module(name: str, *arguments: object) -> tuple[str, ...]:
    """Write the command that runs a module of this project."""
    return (sys.executable, "-W", "ignore", "-m", name, *map(str, arguments))


def ratios(compared: dict[str, Compared]) -> dict[str, float]:
    """Divide the figures of the best peer by ours."""
    mine, homes = compared[OVERVIEW], compared[WITH_HOMES]
    peers = [compared[name] for name in PEERS]
    return {
        "bytes": min(each.weight.raw for each in peers) / mine.weight.raw,
        "first map": min(each.visit.first_map for each in peers) / mine.visit.first_map,
        "first map with homes": compared[FOLIUM_HOMES].visit.first_map / homes.visit.first_map,
    }


def run() -> tuple[str, list[str]]:
    """Measure; return the report, and what was not reached."""
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as host:
        compared = compare(candidates(Path(name), host), ROUNDS)
    found = ratios(compared)
    missed = short_of(found, LIMITS)
    if compared[OVERVIEW].build_s > COLD_SECONDS:
        missed.append(f"the whole site in {COLD_SECONDS:g} s")
    parts = table(compared), ratios_table(found, LIMITS), measured_on(ROUNDS, PACKAGES)
    return "\n\n".join(parts), missed
