"""Run a command in a process of its own, and see what it costs."""

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

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


def run_step(module: str, name: str, path: Path) -> Measured:
    """Run a module of the benchmarks with the name of a step and a path."""
    return run((sys.executable, "-m", module, name, str(path)), ROOT)


def machine(load: float) -> str:
    """Say what was measured on, and how busy it was."""
    return (
        f"{os.cpu_count()} cores, load {load:.0f}, {platform.python_implementation()} "
        f"{platform.python_version()}, pandas {pd.__version__}."
    )
