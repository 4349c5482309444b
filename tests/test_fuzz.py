"""Five hundred spoiled data folders: a complete site, or an error in words and nothing changed."""

import hashlib
import json
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import pytest

from tests.command import Done, run
from tests.fuzzing import spoil
from tests.once import Once
from tests.small_folder import make

FOLDERS = 500
BATCHES = 10
SEED = 7_000_000
SECONDS = 10
"""Of work, so that a busy machine is no hang."""


@contextmanager
def no_hang() -> Iterator[None]:
    """Stop what works too long."""

    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        msg = f"more than {SECONDS} seconds"
        raise TimeoutError(msg)

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def surroundings(folder: Path, out: Path) -> dict[str, str]:
    """Return everything in a folder, but for what is in the output folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if out not in (path, *path.parents):
            regular = path.is_file() and not path.is_symlink()
            found[str(path)] = path.read_bytes().hex() if regular else str(path.lstat().st_mode)
    return found


def contents(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file()
    }


def refused_in_words(done: Done) -> bool:
    return (
        done.returncode == 1
        and not done.stdout
        and "Traceback" not in done.stderr
        and all("expected " in line and "found " in line for line in done.stderr.splitlines())
        and bool(done.stderr)
    )


def complete(out: Path) -> bool:
    found = contents(out)
    digest = found.pop("manifest.json", None)
    manifest = json.loads((out / "manifest.json").read_bytes()) if digest else {}
    return found == {item["path"]: item["sha256"] for item in manifest.get("outputs", [])}


def outcome(seed: int, whole: Path, place: Path) -> tuple[int, str]:
    """Spoil a folder, build it over an earlier site, and return the code with what is wrong."""
    data, out = place / "in" / "data", place / "uit" / "maps"
    shutil.copytree(whole / "data", data)
    shutil.copytree(whole / "maps", out)
    how = f"{seed}: {spoil(seed, data)}"
    around, before = surroundings(place, out), contents(out)
    try:
        with no_hang():
            done = run("--data", data, "build", "--out", out, cwd=place)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        return 70, f"{how}: {type(error).__name__}: {error}"
    if surroundings(place, out) != around:
        return done.returncode, f"{how}: something outside the output folder changed"
    if done.returncode == 0:
        return 0, "" if complete(out) else f"{how}: the site is not what its manifest says"
    kept = contents(out) == before
    said = "" if refused_in_words(done) else f"{how}: exit {done.returncode}: {done.stderr}"
    return done.returncode, said if kept else f"{how}: refused, but the site changed"


def _whole(folder: Path) -> None:
    make(folder / "data")
    assert run("--data", folder / "data", "build", "--out", folder / "maps").returncode == 0


@pytest.fixture(scope="module")
def whole(once: Once) -> Path:
    """Make the folder and its site once; tests only read them."""
    return once("whole", _whole)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_spoiled_folder_gives_a_site_or_an_error_in_words(
    batch: int, whole: Path, tmp_path: Path
) -> None:
    """At least a quarter goes through, or the spoiling would be too coarse, and as many do not."""
    each = FOLDERS // BATCHES
    seeds = range(SEED + batch * each, SEED + (batch + 1) * each)
    found = [outcome(seed, whole, tmp_path / str(seed)) for seed in seeds]
    assert [wrong for _, wrong in found if wrong] == []
    codes = [code for code, _ in found]
    assert codes.count(0) >= each / 4
    assert codes.count(1) >= each / 4
