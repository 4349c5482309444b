"""Pages of several tools side by side: what they cost to make, to send and to look at."""

import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.browser import Subject, Visit, browsers, middle, visit
from benchmarks.processes import ROOT, Measured, run
from benchmarks.weighing import Weight, weigh

HEADING = (
    "| page | build, s | peak MB | bytes | gzip | foreign requests | first map, ms | "
    "live map, ms | answer, ms | JS heap, MB |\n|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Candidate:
    """A page, and the command that makes it."""

    subject: Subject
    page: Path
    command: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return what the page is called in the tables."""
        return self.subject.name


@dataclass(frozen=True)
class Compared:
    """What was measured of one page, medians."""

    name: str
    build_s: float
    peak_mb: float
    weight: Weight
    visit: Visit

    def line(self) -> str:
        """Write a row of the table."""
        seen = self.visit
        answer = "–" if math.isnan(seen.answer) else f"{seen.answer:.0f}"
        return (
            f"| {self.name} | {self.build_s:.2f} | {self.peak_mb:.0f} | {self.weight.raw:,} | "
            f"{self.weight.packed:,} | {seen.foreign} | {seen.first_map:.0f} | "
            f"{seen.live_map:.0f} | {answer} | {seen.heap_mb:.1f} |"
        )


def compare(candidates: Sequence[Candidate], rounds: int) -> dict[str, Compared]:
    """
    Make all pages in turn, then visit all in turn.

    Parameters
    ----------
    candidates
        In the order in which one may need what an earlier one makes.
    rounds
        How often; one more before them does not count. Every second round runs in the opposite
        order, so that a slow minute of the machine does not fall on one of them.

    Returns
    -------
    compared
        By name, in the order of the candidates.
    """
    builds: dict[str, list[Measured]] = {each.name: [] for each in candidates}
    for each in in_turns(candidates, rounds):
        builds[each.name].append(run(each.command, ROOT))
    visits: dict[str, list[Visit]] = {each.name: [] for each in candidates}
    with browsers() as chromium:
        for each in in_turns(candidates, rounds):
            visits[each.name].append(visit(chromium[each.subject.webgl], each.subject))
    return {
        each.name: Compared(
            each.name,
            median(build.seconds for build in builds[each.name][1:]),
            median(build.peak_mb for build in builds[each.name][1:]),
            weigh(each.page),
            middle(visits[each.name][1:]),
        )
        for each in candidates
    }


def in_turns(candidates: Sequence[Candidate], rounds: int) -> list[Candidate]:
    """List all candidates once per round and once before, every second time backwards."""
    turns = [candidates[::-1] if turn % 2 else candidates for turn in range(rounds + 1)]
    return [each for turn in turns for each in turn]


def table(compared: dict[str, Compared]) -> str:
    """Write what was measured."""
    return "\n".join((HEADING, *(each.line() for each in compared.values())))


def ratios_table(found: dict[str, float], limits: dict[str, float]) -> str:
    """Write how many times better ours is, beside what it has to be."""
    rows = "\n".join(
        f"| {name} | {found[name]:.1f} | {limit:g} |" for name, limit in limits.items()
    )
    return f"| the best peer's by ours | times | at least |\n|---|---|---|\n{rows}"


def measured_on(rounds: int, packages: Sequence[str]) -> str:
    """Say how often and on what was measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"rounds: {rounds}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}, "
        f"{platform.python_implementation()} {platform.python_version()}, {versions}."
    )


def short_of(found: dict[str, float], limits: dict[str, float]) -> list[str]:
    """Name the ratios that do not reach their limit."""
    return [name for name, limit in limits.items() if found[name] < limit]
