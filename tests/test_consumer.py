"""The public names keep their types for who checks a program of theirs with mypy, strictly."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import geo_lv

ROOT = Path(__file__).parent.parent
CONSUMER = '''"""Uses every public name of geo_lv."""

from pathlib import Path
from typing import assert_type

import folium
import geopandas as gpd
import pandas as pd

import geo_lv
from geo_lv import AreaLayer, DataFolder, Measure, load
from geo_lv.errors import ArgumentError, CrsError, GeoLvError, InputError, OutputError, ReleaseError
from geo_lv.site import BuildReport

ERRORS: tuple[type[GeoLvError], ...] = (
    ArgumentError, CrsError, InputError, OutputError, ReleaseError
)


def use(frame: gpd.GeoDataFrame) -> None:
    assert_type(load(), DataFolder)
    folder = geo_lv.load(Path("data"), edition="intern", peildatum="2025-01-31")
    assert_type(folder.indicators, pd.DataFrame)
    assert_type(folder.catalogue, pd.DataFrame)
    assert_type(folder.signals, pd.DataFrame)
    assert_type(folder.peildatum, str)
    assert_type(folder.path, Path)
    assert_type(folder.site("maps", pdf=True), BuildReport)
    layer = AreaLayer(frame, {"a": "A", "b": Measure("B", unit="%", decimals=1)}, names="naam")
    assert_type(layer, geo_lv.AreaLayer)
    assert_type(layer.add_to(folium.Map()), AreaLayer)
    assert_type(AreaLayer.of(folder, ["a"], level="buurt", year=2024), AreaLayer)
    assert_type(layer.bounds, tuple[tuple[float, float], tuple[float, float]])
    assert_type(layer.title, str)
    assert_type(Measure("B").title, str)


def misuse(frame: gpd.GeoDataFrame) -> None:
    geo_lv.load(edition="openbaar")  # type: ignore[arg-type]
    geo_lv.load().site("maps", singlefile=True)  # type: ignore[call-arg]
    geo_lv.AreaLayer(frame, ["inwoners"])  # type: ignore[arg-type]
    geo_lv.Measure("A", decimals="1")  # type: ignore[arg-type]
    geo_lv.laod()  # type: ignore[attr-defined]
'''
SETTINGS = "[mypy]\nstrict = True\n[mypy-geopandas.*]\nignore_missing_imports = True\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a consumer, and geo_lv as it is installed: nothing else of ours."""
    folder = tmp_path_factory.mktemp("consumer")
    hidden = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "geo_lv", folder / "installed" / "geo_lv", ignore=hidden)
    (folder / "consumer.py").write_text(CONSUMER, encoding="utf-8")
    (folder / "mypy.ini").write_text(SETTINGS, encoding="utf-8")
    return folder


def check(place: Path) -> subprocess.CompletedProcess[str]:
    """Let mypy check the consumer; the second time it looks only at what changed."""
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir=cache", "--no-error-summary", "consumer.py"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place / "installed"), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_consumer_keeps_its_types_and_sees_when_they_are_lost(place: Path) -> None:
    assert all(re.search(rf"\b{name}\b", CONSUMER) for name in geo_lv.__all__)
    done = check(place)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr
    for module in ("api/__init__.py", "maps/area_layer/__init__.py", "maps/area_layer/measure.py"):
        path = place / "installed" / "geo_lv" / module
        untyped = re.sub(r"\) -> [^\n]+:\n", "):\n", path.read_text(encoding="utf-8"))
        path.write_text(untyped, encoding="utf-8")
    lines = CONSUMER.splitlines()
    lost = {
        lines[int(number) - 1].strip()
        for number in re.findall(r"^consumer\.py:(\d+): error", check(place).stdout, re.MULTILINE)
    }
    kept = {line for line in lines if "assert_type(folder.path" in line or "(layer, " in line}
    asserted = {line.strip() for line in lines if line.startswith("    assert_type")}
    attributes = {line.strip() for line in kept} | {"assert_type(layer.title, str)"}
    assert asserted - attributes <= lost
