"""Run a command in a process of its own, and see what it costs."""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import pandas as pd

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Measured:
    """What one process took, and what it printed."""

    seconds: float
    peak_mb: float
    said: str
    cpu_seconds: float
    """Seconds of all processors, which another busy process hardly changes."""


def run(command: Sequence[str], cwd: Path) -> Measured:
    """Run a command to its end; one that fails is an error."""
    start = perf_counter()
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    taken, worked = perf_counter() - start, usage.ru_utime + usage.ru_stime
    return Measured(taken, usage.ru_maxrss * 1024 / 1e6, said.strip(), worked)


@dataclass(frozen=True)
class Memory:
    """The most that the processes of one command held, each at its own highest."""

    total_mb: float
    largest_mb: float
    """Of the processes that the command started, or of itself if it started none."""


def watch(command: Sequence[str], cwd: Path) -> tuple[Memory, str]:
    """Run a command and look at the memory of all its processes, which slows it down a little."""
    highest: dict[int, float] = {}
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            for each in _family(process.pid):
                highest[each] = max(highest.get(each, 0.0), _highest_mb(each))
            sleep(0.01)
        said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    started = [size for each, size in highest.items() if each != process.pid]
    return Memory(sum(highest.values()), max(started or highest.values())), said.strip()


def _family(process: int) -> Iterator[int]:
    """Give a process and all that came from it."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in children.read_text(encoding="ascii").split():
                yield from _family(int(child))


def _highest_mb(process: int) -> float:
    """Return the most that a process held until now; 0 if it has ended."""
    with suppress(OSError):
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+([0-9]+)", status)
        return int(found[1]) * 1024 / 1e6 if found else 0.0
    return 0.0


def run_step(module: str, name: str, path: Path) -> Measured:
    """Run a module of the benchmarks with the name of a step and a path."""
    return run((sys.executable, "-m", module, name, str(path)), ROOT)


def machine(load: float) -> str:
    """Say what was measured on, and how busy it was."""
    return (
        f"{os.cpu_count()} cores, load {load:.0f}, {platform.python_implementation()} "
        f"{platform.python_version()}, pandas {pd.__version__}."
    )
