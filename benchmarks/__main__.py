"""
Time the whole build beside folium pages of the same figures; renew the table in README.md.

Every run is a fresh process. All are timed in one go, a round at a time, and every second
round in the opposite order, so that a slow minute of the machine does not fall on one of them.
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import ep_online, intake, joining, pages

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "benchmarks" / "README.md"
ROUNDS = 7
LIMIT_SECONDS = 10.0
PACKAGES = ("geo_lv", "folium", "geopandas", "shapely", "pandas")
OURS = "geo-lv build, the whole site"


@dataclass(frozen=True)
class Case:
    """One thing to time: its command and the page to weigh."""

    name: str
    command: tuple[str, ...]
    page: Path


@dataclass(frozen=True)
class Result:
    """Seconds of each round, and the weight of one page."""

    case: Case
    seconds: tuple[float, ...]
    page_bytes: int
    hosts: int

    @property
    def typical(self) -> float:
        """Return the median of the rounds, in seconds."""
        return median(self.seconds)


def cases(folder: Path) -> tuple[Case, ...]:
    """Describe what is compared; every case writes below `folder`."""
    municipality = tomllib.loads((ROOT / "data" / "municipality.toml").read_text(encoding="utf-8"))
    plan = f"{municipality['plan_areas'][0]['slug']}.html"
    ours = folder / "maps"
    build = (sys.executable, "-m", "geo_lv", "build", "--out", str(ours))
    return (
        Case(OURS, build, ours / "wijkuitvoeringsplan" / plan),
        *(peer(count, folder / f"folium-{count}.html") for count in (6, 30)),
    )


def peer(count: int, page: Path) -> Case:
    """Describe a folium page with `count` choropleths."""
    data = str(page.parent / "maps" / "data")
    command = (sys.executable, "-m", "benchmarks.peer", data, str(count), "-", str(page))
    return Case(f"folium, one page, {count} indicators", command, page)


def seconds(case: Case) -> float:
    """Run a case once, in a process of its own."""
    start = perf_counter()
    subprocess.run(case.command, cwd=ROOT, check=True, capture_output=True)
    return perf_counter() - start


def measure(compared: tuple[Case, ...]) -> tuple[Result, ...]:
    """Time all cases in turn, after one round that does not count."""
    taken: dict[str, list[float]] = {case.name: [] for case in compared}
    for turn in range(ROUNDS + 1):
        for case in compared[::-1] if turn % 2 else compared:
            taken[case.name].append(seconds(case))
    return tuple(
        Result(case, tuple(taken[case.name][1:]), weight(case.page), foreign_hosts(case.page))
        for case in compared
    )


def weight(page: Path) -> int:
    """Count the bytes of a page and of the files beside it that it loads, each once."""
    text = page.read_text(encoding="utf-8")
    parts = re.findall(r'<(?:script|img)\b[^>]*?\bsrc="([^"#?]+)', text)
    parts += re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"#?]+)', text)
    loaded = {(page.parent / part).resolve() for part in parts if "://" not in part}
    return sum(path.stat().st_size for path in {page.resolve(), *loaded} if path.is_file())


def weight_beside_leaflet(page: Path) -> int:
    """Count the bytes of a page without Leaflet itself, which every compared page needs."""
    leaflet = sum(
        path.stat().st_size
        for path in page.parent.glob("assets/leaflet.*")
        if path.suffix in {".js", ".css"}
    )
    return weight(page) - leaflet


def foreign_hosts(page: Path) -> int:
    """Count the hosts from which a page loads scripts, styles, images or tiles."""
    loads = r'(?:<(?:script|link|img)\b[^>]*?\b(?:src|href)=|tileLayer\(\s*)"https?://([^/"]+)'
    return len(set(re.findall(loads, page.read_text())))


def table(results: tuple[Result, ...]) -> str:
    """Write the results as a table, with what they were measured on."""
    ours = results[0].typical
    rows = "\n".join(
        f"| {result.case.name} | {result.typical:.2f} | {min(result.seconds):.2f}-"
        f"{max(result.seconds):.2f} | {result.typical / ours:.2f} | {result.page_bytes:,} | "
        f"{result.hosts} |"
        for result in results
    )
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        "| what | seconds, median | lowest-highest | times ours | bytes per page | other hosts |\n"
        f"|---|---|---|---|---|---|\n{rows}\n\n"
        f"{ROUNDS} rounds, {os.cpu_count()} cores, {platform.python_implementation()} "
        f"{platform.python_version()}, {versions}."
    )


def renew(report: Path, text: str, part: str = "results") -> None:
    """Replace what stands between the markers of a part of the report."""
    old = report.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- {part} -->\n).*?(\n<!-- end -->)", re.DOTALL)
    report.write_text(marked.sub(rf"\g<1>{text}\g<2>", old), encoding="utf-8")


def main() -> int:
    """Measure what the arguments name, the site if none; renew the report, say what fell short."""
    match sys.argv[1:]:
        case []:
            return conclude(*site(), part="results")
        case ["ep_online"]:
            return conclude(*ep_online.conclude(), part="ep_online")
        case ["intake"]:
            return conclude(*intake.measure(), part="intake")
        case ["joining"]:
            return conclude(*joining.run(), part="joining")
        case _:
            print("usage: python -m benchmarks [ep_online | intake | joining]", file=sys.stderr)
            return 2


def conclude(text: str, missed: list[str], *, part: str) -> int:
    """Renew a part of the report and print it, with what was not reached."""
    renew(REPORT, text, part)
    print(f"{text}\n\nnot reached: {', '.join(missed) or 'nothing'}")
    return 1 if missed else 0


def site() -> tuple[str, list[str]]:
    """Measure the build and its pages; return the report, and what was not reached."""
    with tempfile.TemporaryDirectory() as folder:
        results = measure(cases(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        subjects = pages.prepare(Path(folder))
        weights = {subject.name: weight_beside_leaflet(page) for subject, page in subjects.items()}
        visits = pages.measure(list(subjects))
    missed = [
        name for name, found in pages.ratios(visits, weights).items() if found < pages.LIMITS[name]
    ]
    if results[0].typical > LIMIT_SECONDS:
        missed.append(f"build in {LIMIT_SECONDS:g} s")
    return f"{table(results)}\n\n{pages.report(visits, weights)}", missed


if __name__ == "__main__":
    sys.exit(main())
