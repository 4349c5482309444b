"""The style of the code is tested like its results: lint, format, types."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

CHECKS = {
    "lint": ("ruff", "check", "--no-cache", "--output-format=concise"),
    "format": ("ruff", "format", "--no-cache", "--check"),
    "types": ("mypy", "--strict", "--no-error-summary"),
}


@pytest.mark.parametrize("name", CHECKS)
def test_style(name: str) -> None:
    command = [sys.executable, "-m", *CHECKS[name]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(CHECKS[name])}\n{done.stdout}{done.stderr}"
