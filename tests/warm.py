"""A process that has everything loaded, and does what is asked in children that may be killed.

It has one thread, so a child is a whole copy of it. Each line that it reads is a JSON list: the
name of an order and its arguments. It answers with the process id of the child, and with what
became of it when it is gone. Each knows ``run``, which is ``geo-lv`` with these arguments.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from geo_lv import cli

ROOT = Path(__file__).parent.parent
Order = Callable[..., int]


class Warm:
    """The other end: lets such a process do something."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert self.answer().startswith("ready")

    def answer(self) -> str:
        """Return the next line that it says."""
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def start(self, *order: str) -> int:
        """Let a child start, and return its process id; its exit code is the next answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        return int(self.answer())

    def do(self, *order: str, kill_after: float | None = None, how: int = signal.SIGKILL) -> int:
        """Let a child do something, end it after some seconds, and return its exit code."""
        child = self.start(*order)
        if kill_after is not None:
            time.sleep(kill_after)
            # it may be gone; its number is not given to another before it is waited for
            with suppress(ProcessLookupError):
                os.kill(child, how)
        return int(self.answer())


@contextmanager
def warmed(module: str, *arguments: str) -> Iterator[Warm]:
    """Start a module that ends in `obey`, and end it."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Warm(process)
        process.communicate()


def command(*arguments: str) -> int:
    """Run ``geo-lv`` with these arguments."""
    sys.argv = ["geo-lv", *arguments]
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def obey(orders: Mapping[str, Order]) -> None:
    """Read orders until there are no more."""
    known = {"run": command, **orders}
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
    answers = sys.stdout
    sys.stdout = sys.stderr
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            _child(known, json.loads(line))
        print(process, file=answers, flush=True)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def _child(orders: Mapping[str, Order], order: list[str]) -> NoReturn:
    """Do what is asked, silently, and end."""
    code = 70
    with suppress(Exception):
        code = orders[order[0]](*order[1:])
    os._exit(code)
