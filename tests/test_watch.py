"""Building again after a change: what did not change is not worked out again, which never shows."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from geo_lv.maps import render
from geo_lv.remembered import remember
from geo_lv.site import BuildOptions, build_site
from tests.command import PLAIN, ROOT, run
from tests.small_folder import make

PATIENCE_S = 60


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return how to forget everything, without taking it from other tests."""

    def forget() -> None:
        monkeypatch.setattr("geo_lv.remembered._last", {})

    forget()
    return forget


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    make(folder)
    return folder


def change(path: Path, old: str, new: str) -> None:
    """Replace every occurrence in a file; there must be one."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def files_of(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


CHANGES = {
    "label of a home": ("properties/dwellings.csv", ",A,", ",G,"),
    "home of another owner": ("properties/dwellings.csv", "Wonen Een", "Wonen Twee"),
    "size of a home": ("properties/dwellings.csv", ",55,19", ",56,19"),
    "figure": ("statistics/kerncijfers.csv", "1000", "1010"),
    "name of a buurt": ("boundaries/buurten.geojson", '"bu_name": "', '"bu_name": "Nieuw '),
    "border of a buurt": (
        "boundaries/buurten.geojson",
        "150000,\n       460000",
        "149990,\n       460000",
    ),
    "plan area": ("municipality.toml", '["BU00010101", "BU00010102"]', '["BU00010101"]'),
    "measurement": ("agreements/metingen.csv", "2023,C,", "2023,B,"),
    "smallest cell": ("privacy.toml", "cell = 10", "cell = 9"),
    "smallest stock": ("privacy.toml", "stock = 500", "stock = 100"),
}


def test_a_build_after_a_change_is_the_build_of_a_new_program(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every change comes after the ones before, of which the program remembers the answers."""
    build_site(BuildOptions(small, tmp_path / "first"))
    before = files_of(tmp_path / "first")
    for number, (changed, (name, old, new)) in enumerate(CHANGES.items()):
        change(small / name, old, new)
        again, fresh = tmp_path / f"again-{number}", tmp_path / f"fresh-{number}"
        build_site(BuildOptions(small, again))
        with monkeypatch.context() as patch:
            patch.setattr("geo_lv.remembered._last", {})
            for kept in (render.map_context, render.table_frame):
                kept.cache_clear()
            build_site(BuildOptions(small, fresh))
        assert files_of(again) == files_of(fresh), changed
        assert files_of(again) != before, changed
        before = files_of(again)


def test_the_same_question_gets_the_same_answer_and_another_one_a_new(
    memory: Callable[[], None],
) -> None:
    memory()
    table, answers = pd.DataFrame({"a": [1]}), iter("abcdefg")

    def asked(*question: object) -> str:
        return remember("step", question, lambda: next(answers))

    assert asked(table, "x", (1, ("y",)), {"z": 2}) == "a"
    assert asked(table, "x", (1, ("y",)), {"z": 2}) == "a"
    assert asked(table.copy(), "x", (1, ("y",)), {"z": 2}) == "a"
    assert asked(table.set_axis([5]), "x", (1, ("y",)), {"z": 2}) == "b"  # of another row
    assert asked(table, "x", (1, ("y",)), {"z": 3}) == "c"
    assert asked(table, "x", (1, ("y",))) == "d"  # only the last question is kept
    assert asked(1.0) == "e"
    assert asked(1) == "f"  # equal to 1.0, and yet another question
    assert remember("other step", (1,), lambda: "g") == "g"
    assert asked(1) == "f"


def test_what_went_wrong_is_not_remembered(memory: Callable[[], None]) -> None:
    memory()

    def fails() -> str:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        remember("step", (1,), fails)
    assert remember("step", (1,), lambda: "mended") == "mended"


@pytest.fixture
def watching(small: Path, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start a program that watches the small folder."""
    command = [sys.executable, "-m", "geo_lv", "--data", str(small), "build", "--watch", "--out"]
    with (
        (tmp_path / "said").open("w", encoding="utf-8") as said,
        (tmp_path / "errors").open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [*command, str(tmp_path / "site")],
            cwd=ROOT,
            env={**os.environ, **PLAIN, "PYTHONUNBUFFERED": "1"},
            stdout=said,
            stderr=errors,
            text=True,
        ) as process,
    ):
        yield process
        process.kill()


def wait_for(found: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not found():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_site_follows_the_folder_until_it_is_stopped(
    watching: "subprocess.Popen[str]", small: Path, tmp_path: Path
) -> None:
    settings, page = small / "municipality.toml", tmp_path / "site/index.html"

    def text(name: str) -> str:
        return (tmp_path / name).read_text(encoding="utf-8")

    def shows(name: str) -> bool:
        return name in page.read_text(encoding="utf-8")

    wait_for(lambda: text("said").count("watching") == 1)
    assert shows("Voorbeeldstad")
    good = settings.read_text(encoding="utf-8")
    change(settings, "Voorbeeldstad", "Anderdorp")
    wait_for(lambda: text("said").count("watching") == 2)
    assert shows("Anderdorp")
    settings.write_text(good.replace('gm_code = "GM0001"', 'gm_code = "none"'), encoding="utf-8")
    wait_for(lambda: text("said").count("watching") == 3)
    assert "municipality.toml, row 1, column gm_code" in text("errors")
    assert shows("Anderdorp")
    settings.write_text(good, encoding="utf-8")
    wait_for(lambda: text("said").count("watching") == 4)
    assert shows("Voorbeeldstad")
    watching.terminate()
    assert watching.wait(PATIENCE_S) == 0
    assert text("said").endswith(f"stopped; the last good site stands in {tmp_path / 'site'}\n")
    assert text("said").count("built in ") == 3
    assert "Traceback" not in text("errors")
    assert {path.name for path in tmp_path.iterdir()} == {"data", "errors", "said", "site"}


@pytest.mark.parametrize("once", [("--archief", "2026"), ("--edition", "intern", "--zip", "a.zip")])
def test_what_is_made_once_is_not_watched(once: tuple[str, ...], tmp_path: Path) -> None:
    done = run("build", "--watch", *once, cwd=tmp_path)
    assert done.returncode == 2
    assert "--watch: a package or an archive is made once" in done.stderr
    assert list(tmp_path.iterdir()) == []
