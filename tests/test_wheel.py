"""What is installed is what is tested: the wheel holds data and static files, and works alone."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LEFT_BEHIND = ("data/properties/import/vidomes/set-aside.csv", "data/downloads/ep-online/v1.zip")


def build(source: Path, out: Path, kind: str = "wheel") -> subprocess.CompletedProcess[str]:
    """Build a package from a source tree, with the build tools of this environment."""
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", str(out)]
    return subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the source tree after somebody imported an invented list in it."""
    copy = tmp_path_factory.mktemp("source")
    for name in ("geo_lv", "data"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, copy / name)
    for left in LEFT_BEHIND:
        (copy / left).parent.mkdir(parents=True, exist_ok=True)
        (copy / left).write_text("Verborgenlaan 1", encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    out = tmp_path_factory.mktemp("wheel")
    done = build(source, out)
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


def test_what_imports_and_downloads_leave_is_not_inside(wheel: Path) -> None:
    assert not {f"geo_lv/{left}" for left in LEFT_BEHIND} & names(wheel)
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if b"Verborgenlaan" in archive.read(name)]


@pytest.fixture(scope="module")
def sdist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist."""
    out = tmp_path_factory.mktemp("sdist")
    done = build(source, out, "sdist")
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.tar.gz")
    return built


def test_an_sdist_makes_the_same_wheel_and_holds_nothing_private(
    sdist: Path, wheel: Path, tmp_path: Path
) -> None:
    """Who packages from the sdist, as Debian does, gets the wheel of the tree byte for byte."""
    shutil.unpack_archive(sdist, tmp_path, filter="data")
    unpacked = tmp_path / sdist.name.removesuffix(".tar.gz")
    assert not [left for left in LEFT_BEHIND if (unpacked / left).exists()]
    assert build(unpacked, tmp_path).returncode == 0
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_an_sdist_is_the_same_bytes_every_time(source: Path, sdist: Path, tmp_path: Path) -> None:
    assert build(source, tmp_path, "sdist").returncode == 0
    assert (tmp_path / sdist.name).read_bytes() == sdist.read_bytes()


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
@pytest.mark.parametrize("homes", ["dwellings.csv", "dwellings_previous.csv"])
def test_no_package_is_made_of_a_real_list(
    kind: str, homes: str, source: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "source"
    shutil.copytree(source, copy)
    provenance = copy / "data" / "provenance.toml"
    text = provenance.read_text(encoding="utf-8")
    if homes == "dwellings.csv":
        provenance.write_text(text.replace("fictitious = true", "fictitious = false"), "utf-8")
    else:
        shutil.copy(copy / "data/properties/dwellings.csv", copy / "data/properties" / homes)
    done = build(copy, tmp_path / "out", kind)
    assert done.returncode != 0
    assert f"data/properties/{homes}: expected invented homes" in done.stdout + done.stderr
    assert not list((tmp_path / "out").glob("*"))


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
