"""
The sites of a whole made-up country in one run, with a worker that is killed, and resumed.

342 municipalities of some 42 buurten with 30 figures each, and 2.4 million homes in one file that
the run divides. The run is `geo-lv build --gemeenten all --engine dask` as a user gives it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.land import HOMES, land
from benchmarks.processes import ROOT, machine
from geo_lv.country.folder import load_country
from geo_lv.country.homes import with_homes
from geo_lv.site import BuildOptions, build_site

GEMEENTEN, FEWER = 342, 48
"""Municipalities of the whole run, and of those that compare two workers with one."""
WORKERS = 2
KILL_AFTER = 20
"""Municipalities after which a worker is killed."""
ALONE = ("GM0002", "GM0171", "GM0342")
"""Municipalities that are built by one machine too, to compare every byte."""
FASTER, WORKER_MB = 1.7, 1000.0
_LOOK_S = 0.25


@dataclass(frozen=True)
class Run:
    """What one run took."""

    seconds: float
    said: str
    worker_mb: float
    """Most memory that any one worker had."""


def start(folder: Path, out: Path, workers: int) -> "subprocess.Popen[str]":
    """Start a run."""
    command = [sys.executable, "-m", "geo_lv", "--data", str(folder), "build", "--gemeenten", "all"]
    more = ["--engine", "dask", "--workers", str(workers), "--out", str(out)]
    return subprocess.Popen([*command, *more], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def run_land(folder: Path, out: Path, workers: int, kill_after: int = 0) -> Run:
    """Run to the end, and kill a worker when so many municipalities are done."""
    begun, most, parts = time.perf_counter(), 0.0, out.parent / f".{out.name}.land/parts"
    with start(folder, out, workers) as process:
        while process.poll() is None:
            found = list(spawned(process.pid))
            most = max((most, *(memory(each) for each in found)))
            if kill_after and found and len(list(parts.glob("GM*.json"))) >= kill_after:
                found[0].kill()
                kill_after = 0
            time.sleep(_LOOK_S)
        said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "geo-lv build", said)
    return Run(time.perf_counter() - begun, said.splitlines()[0], most / 1e6)


def spawned(pid: int) -> Iterator[psutil.Process]:
    """Yield the workers of a run that are alive."""
    for child in psutil.Process(pid).children(recursive=True):
        try:
            if "spawn_main" in " ".join(child.cmdline()):
                yield child
        except psutil.Error:
            continue


def memory(process: psutil.Process) -> float:
    """Return the bytes of a process; 0 if it has ended."""
    try:
        return float(process.memory_info().rss)
    except psutil.Error:
        return 0.0


def differing(folder: Path, out: Path, scratch: Path) -> list[str]:
    """Build some municipalities by themselves; return those with other bytes."""
    country = load_country(folder)
    (homes,) = (out.parent / f".{out.name}.land").glob("homes-*")
    other = []
    for gm_code in ALONE:
        source = country.settings.dwellings
        if source is None:
            msg = f"{folder}: expected a list of homes"
            raise ValueError(msg)
        part = homes / f"{gm_code}.parquet"
        data = with_homes(country.data_of(gm_code), part, source, scratch / gm_code)
        build_site(BuildOptions(data, scratch / f"{gm_code}-site"))
        if files(scratch / f"{gm_code}-site") != files(out / "gemeente" / gm_code):
            other.append(gm_code)
    return other


def files(folder: Path) -> dict[str, bytes]:
    """Return what a folder holds, by path."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def run() -> tuple[str, list[str]]:
    """Measure; return the report, and what was not reached."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        some = land(scratch / "some", 0, gemeenten=FEWER)
        one = run_land(some, scratch / "one", 1)
        two = run_land(some, scratch / "two", WORKERS)
        same = files(scratch / "one") == files(scratch / "two")
        shutil.rmtree(scratch / "one")
        shutil.rmtree(scratch / "two")
        folder, out = land(scratch / "land", HOMES), scratch / "site"
        whole = run_land(folder, out, WORKERS, KILL_AFTER)
        again = run_land(folder, out, WORKERS)
        other = differing(folder, out, scratch)
        sizes = json.loads((out / "manifest.json").read_bytes())["outputs"]
        page = sum(item["bytes"] for item in sizes if not item["path"].startswith("data/"))
    ratio = one.seconds / two.seconds
    reached = {
        f"{WORKERS} workers {FASTER} times as fast as one": ratio >= FASTER,
        "at most 1 GB per worker": whole.worker_mb <= WORKER_MB,
        "every municipality, with a worker killed": f"{GEMEENTEN} built" in whole.said,
        "nothing built twice": f"{GEMEENTEN} still good" in again.said,
        "the bytes of one machine": same and not other,
    }
    return report(one, two, whole, again, page), [
        name for name, done in reached.items() if not done
    ]


def report(one: Run, two: Run, whole: Run, again: Run, page: int) -> str:
    """Write the figures as a table."""
    lines = (
        (f"{FEWER} municipalities, 1 worker", one),
        (f"{FEWER} municipalities, {WORKERS} workers", two),
        (f"{GEMEENTEN} municipalities, {HOMES:,} homes, {WORKERS} workers, one killed", whole),
        ("the same again, nothing changed", again),
    )
    rows = "\n".join(
        f"| {name} | {each.seconds:.0f} | {each.worker_mb:.0f} | {each.said} |"
        for name, each in lines
    )
    return (
        "| what | seconds | most MB of a worker | what it said |\n|---|---|---|---|\n"
        f"{rows}\n\n{WORKERS} workers by 1: {one.seconds / two.seconds:.2f} times as fast. Of "
        f"{', '.join(ALONE)} every byte was compared with a build by one machine. The page of the "
        f"country with its scripts and styles: {page / 1e6:.2f} MB.\n\n"
        f"{machine(os.getloadavg()[0])}"
    )
