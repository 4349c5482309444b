"""What is installed is what is tested: the wheel holds data and static files, and works alone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the source tree, with the build tools of this environment."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files(folder: Path) -> set[str]:
    everything = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in everything if path.suffix != ".pyc"}


def test_every_file_of_the_package_is_inside(wheel: Path) -> None:
    expected = {f"geo_lv/{name}" for name in files(ROOT / "geo_lv")}
    assert "geo_lv/py.typed" in expected
    assert any(name.endswith(".j2") for name in expected)
    assert any(name.endswith(".js") for name in expected)
    assert expected <= names(wheel)


def test_the_embedded_data_are_inside(wheel: Path) -> None:
    expected = {f"geo_lv/data/{name}" for name in files(ROOT / "data")}
    assert "geo_lv/data/municipality.toml" in expected
    assert expected <= names(wheel)


def test_nothing_else_is_inside(wheel: Path) -> None:
    others = {name for name in names(wheel) if not name.startswith(("geo_lv/", "geo_lv-"))}
    assert others == set()


def test_the_wheel_builds_the_same_site_from_an_empty_folder(
    wheel: Path, tmp_path: Path, site: Path
) -> None:
    """Only the wheel is on the path and no data folder is near: the embedded default is used."""
    installed, empty = tmp_path / "installed", tmp_path / "empty"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    empty.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "geo_lv", "build", "--out", "out"],
        cwd=empty,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert files(empty / "out") == files(site)
    assert all(
        (empty / "out" / name).read_bytes() == (site / name).read_bytes() for name in files(site)
    )
