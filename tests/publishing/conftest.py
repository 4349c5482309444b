"""A small data folder and its site, in two states, and ways to look at what stands around them."""

import shutil
from pathlib import Path

import pytest

from tests import small_folder
from tests.command import run
from tests.once import Once

Contents = dict[str, bytes]


def contents(folder: Path) -> Contents:
    """Return every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def listing(folder: Path) -> list[str]:
    """Return the names of what stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def build(data: Path, out: Path, *options: str) -> str:
    """Build a site and return what the command said on stderr."""
    done = run("--data", data, "build", "--out", out, *options)
    assert done.returncode == 0, done.stderr
    return done.stderr


def _make(folder: Path) -> None:
    small_folder.make(folder / "data")
    build(folder / "data", folder / "old")
    shutil.copytree(folder / "data", folder / "changed")
    settings = folder / "changed/municipality.toml"
    settings.write_text(settings.read_text("utf-8").replace("Voorbeeldstad", "Elders"), "utf-8")
    shutil.copytree(folder / "old", folder / "new")  # the account says what changed since then
    build(folder / "changed", folder / "new")


@pytest.fixture(scope="session")
def made(once: Once) -> Path:
    """Make ``data`` with its site ``old``, and ``changed`` with ``new``; tests only read them."""
    return once("small", _make)


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """Return a folder with the old site."""
    folder = tmp_path / "uit" / "maps"
    shutil.copytree(made / "old", folder)
    return folder
