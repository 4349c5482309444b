"""Our pages beside folium pages with the same layers, in a browser, in one run."""

import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks.browser import Subject, Visit, browser, ours, peer, visit
from benchmarks.dense import dense_copy

ROOT = Path(__file__).parent.parent
ROUNDS = 7
HOMES = 10_000
INDICATORS = 30
LIMITS = {"first map": 2.0, "first map with homes": 4.0, "bytes": 10.0}
"""What each ratio, the peer's by ours, has to reach."""

OVERVIEW, WITH_HOMES = "overview, publiek", f"overview with {HOMES:,} homes, intern"
PEER, PEER_HOMES = f"folium, {INDICATORS} indicators", f"folium with {HOMES:,} homes"


def prepare(folder: Path) -> dict[Subject, Path]:
    """Build every page that is compared; return what to visit, with the file to weigh."""
    data = dense_copy(ROOT / "data", folder / "data", HOMES)
    run("geo_lv", "--data", data, "build", "--out", folder / "publiek")
    run("geo_lv", "--data", data, "build", "--out", folder / "intern", "--edition", "intern")
    plain, homes = folder / "folium.html", folder / "folium-homes.html"
    rows = data / "properties" / "dwellings.csv"
    run("benchmarks.peer", folder / "publiek" / "data", INDICATORS, "-", plain)
    run("benchmarks.peer", folder / "publiek" / "data", INDICATORS, rows, homes)
    public, internal = folder / "publiek" / "index.html", folder / "intern" / "index.html"
    return {
        ours(OVERVIEW, public, 56): public,
        peer(PEER, plain, 13): plain,
        ours(
            WITH_HOMES,
            internal,
            56,
            view="#lagen=homes,plan",
            drawn=".show-homes .drawing use.area",
        ): internal,
        # a few homes have no place
        peer(PEER_HOMES, homes, round(0.99 * HOMES)): homes,
    }


def run(module: str, *arguments: object) -> None:
    """Run a module of this project in a process of its own."""
    command = (sys.executable, "-m", module, *map(str, arguments))
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def measure(subjects: list[Subject]) -> dict[str, Visit]:
    """Visit every page in turn, after one round that does not count; return the medians."""
    visits: dict[str, list[Visit]] = {subject.name: [] for subject in subjects}
    with browser() as chromium:
        for turn in range(ROUNDS + 1):
            for subject in subjects if turn % 2 else subjects[::-1]:
                visits[subject.name].append(visit(chromium, subject))
    return {name: middle(found[1:]) for name, found in visits.items()}


def middle(found: list[Visit]) -> Visit:
    """Return the median of each figure."""
    return Visit(
        median(each.first_map for each in found),
        median(each.live_map for each in found),
        median(each.answer for each in found),
    )


def ratios(visits: dict[str, Visit], weights: dict[str, int]) -> dict[str, float]:
    """Divide the peer's figures by ours."""
    return {
        "first map": visits[PEER].first_map / visits[OVERVIEW].first_map,
        "first map with homes": visits[PEER_HOMES].first_map / visits[WITH_HOMES].first_map,
        "bytes": weights[PEER] / weights[OVERVIEW],
    }


def report(visits: dict[str, Visit], weights: dict[str, int]) -> str:
    """Write the figures and the ratios as two tables."""
    rows = "\n".join(
        f"| {name} | {each.first_map:.0f} | {each.live_map:.0f} | {each.answer:.0f} | "
        f"{weights[name]:,} |"
        for name, each in visits.items()
    )
    found = ratios(visits, weights)
    compared = "\n".join(
        f"| {name} | {found[name]:.1f} | {limit:g} |" for name, limit in LIMITS.items()
    )
    return (
        "| page | first map, ms | live map, ms | answer to a choice, ms | bytes beside Leaflet |\n"
        f"|---|---|---|---|---|\n{rows}\n\n"
        f"| folium's by ours | times | at least |\n|---|---|---|\n{compared}"
    )
