"""``geo-lv`` as a user runs it, but in this process: starting Python takes longer than most work.

What is about the process itself is tested with a real one, in tests/test_cli.py.
"""

import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from geo_lv.cli import main

ROOT: Final = Path(__file__).parent.parent
PLAIN: Final = {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200"}
"""A terminal without colours, wide enough for any message."""


class Done(NamedTuple):
    """What is left when the command has ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str | Path, cwd: Path = ROOT) -> Done:
    """Run ``geo-lv`` with these arguments; what it does not catch fails the test."""
    said, complained = StringIO(), StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        chdir(cwd),
        redirect_stdout(said),
        redirect_stderr(complained),
    ):
        patch.setattr(sys, "argv", ["geo-lv", *map(str, arguments)])
        for name, value in PLAIN.items():
            patch.setenv(name, value)
        code = _code()
    return Done(code, said.getvalue(), complained.getvalue())


def _code() -> int:
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0
