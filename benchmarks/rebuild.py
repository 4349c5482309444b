"""
Time the site of a municipality: by a new program, and by one that stays when one input changed.

The second is what `geo-lv build --watch` does: the same process builds again, and settles between.
Each change is to another value than the file ever had, so that nothing can be known of it.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.processes import ROOT, machine, run, run_step
from geo_lv.cli_watch import settle
from geo_lv.site import BuildOptions, build_site

ROUNDS = 5
COLD_S, AGAIN_S = 10.0, 2.0
CHANGES = {
    "a figure": ("statistics/kerncijfers.csv", r"(GM\d+,inwoners,2024),\d+", r"\1,{}"),
    "a measurement": ("agreements/metingen.csv", r"(,2023-04),\d+", r"\1,{}"),
    "a name": ("municipality.toml", r'name = "[^"]+"', 'name = "Voorbeeld {}"'),
    "a threshold": ("statistics/signals.toml", r"minimum_size = \d+", "minimum_size = {}"),
    "a new-build site": ("agreements/new_build_progress.csv", r"gepland,,8,\d+", "gepland,,8,{}"),
    "the name of a buurt": ("boundaries/buurten.geojson", r'"bu_name":"[^"]+"', '"bu_name":"B {}"'),
    "a home": ("properties/dwellings.csv", r",\d{2,3},(\d{4},appartement)", r",{},\1"),
    "the label of a home": ("properties/dwellings.csv", r"(BU\d{8}),C,", r"\1,D,"),
    "how few is secret": ("privacy.toml", r"(?m)^stock = \d+", "stock = {}"),
    "when labels are secret": (
        "privacy.toml",
        r"dominance_percent = [\d.]+",
        "dominance_percent = 90.{}",
    ),
}
"""
Input to its file, what is looked for, and what comes in its place, with a new number or of the
next home. The size of a home and the limit of a stock tell nothing of small counts; the label of a
home and the limit of labels do.
"""
FIRST = 100
"""Of the numbers, which grow."""


def changed(data: Path, name: str, turn: int) -> None:
    """Change one input."""
    path, pattern, new = CHANGES[name]
    text = (data / path).read_text(encoding="utf-8")
    other, found = re.subn(pattern, new.format(FIRST + turn), text, count=1)
    if not found:
        msg = f"{path}: nothing like {pattern} is in it"
        raise ValueError(msg)
    (data / path).write_text(other, encoding="utf-8")


def stay(folder: Path) -> None:
    """Build again and again in this process; print the seconds of each change."""
    data = folder / "data"
    options = BuildOptions(data, folder / "again")
    build_site(options)
    for name in CHANGES:
        shutil.rmtree(data)
        shutil.copytree(ROOT / "data", data)
        build_site(options)
        print(name, *seconds(data, options, name), sep="\t")


def seconds(data: Path, options: BuildOptions, name: str) -> Iterator[float]:
    """Yield how long the build after each change takes."""
    for turn in range(ROUNDS):
        settle()
        changed(data, name, turn)
        start = perf_counter()
        build_site(options)
        yield perf_counter() - start


def measure() -> tuple[str, list[str]]:
    """Measure; return the report, and what was not reached."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "data", folder / "data")
        command = [sys.executable, "-m", "geo_lv", "build", "--out", str(folder / "cold")]
        cold = [run(command, ROOT) for _ in range(ROUNDS + 1)][1:]
        said = run_step(__name__, "stay", folder).said.splitlines()
    again = {row.split("\t")[0]: [float(part) for part in row.split("\t")[1:]] for row in said}
    first = [each.seconds for each in cold]
    missed = [
        f"{name} in {AGAIN_S:g} s" for name, taken in again.items() if median(taken) > AGAIN_S
    ]
    missed += [f"cold in {COLD_S:g} s"] if median(first) > COLD_S else []
    peak = median(each.peak_mb for each in cold)
    rows = {f"a new program, {peak:.0f} MB": (first, COLD_S)}
    rows |= {f"after a change of {name}": (taken, AGAIN_S) for name, taken in again.items()}
    return table(rows), missed


def table(rows: dict[str, tuple[list[float], float]]) -> str:
    """Write what was measured."""
    lines = "\n".join(
        f"| {name} | {median(taken):.2f} | {min(taken):.2f}-{max(taken):.2f} | {most:g} |"
        for name, (taken, most) in rows.items()
    )
    return (
        f"| build | seconds, median | lowest-highest | at most |\n|---|---|---|---|\n{lines}\n\n"
        f"{ROUNDS} rounds; {machine(os.getloadavg()[0])}"
    )


if __name__ == "__main__":
    stay(Path(sys.argv[2]))
