"""Time a step of a benchmark in a process of its own, and the memory that it takes."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Measured:
    """What one process took, and what it printed."""

    seconds: float
    peak_mb: float
    said: str


def measure(module: str, step: str, path: Path) -> Measured:
    """Run a module of the benchmarks with the name of a step and a path."""
    start = perf_counter()
    command = (sys.executable, "-m", module, step, str(path))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Measured(perf_counter() - start, usage.ru_maxrss * 1024 / 1e6, said.strip())
