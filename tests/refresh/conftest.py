"""A small data folder to refresh, and ways to a stand-in that do not wait."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geo_lv.refresh import RefreshOptions, RefreshReport, refresh
from geo_lv.refresh.registry import SOURCES
from geo_lv.sources.transport import Transport

DATA = Path(__file__).parents[2] / "data"
DAY = "2026-11-25"
BY_NAME = {source.name: source for source in SOURCES}

Contents = dict[str, bytes]
Run = Callable[..., RefreshReport]


def contents(data: Path) -> Contents:
    """Return every file of a data folder, but for notes of an attempt and parts of a download."""
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file() and path.name != "attempts.toml" and not path.name.startswith(".")
    }


def restore(data: Path, files: Contents) -> None:
    """Let a data folder hold these files again, and nothing else."""
    if contents(data) != files or (data / "downloads/attempts.toml").exists():
        shutil.rmtree(data)
        for name, content in files.items():
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_bytes(content)


def quick(title: str, timeout_s: float = 0.5) -> Transport:
    """Return a way to a source that does not wait between tries."""
    return Transport(
        title, per_second=1e6, timeout_s=timeout_s, sleep=lambda _: None, jitter=float, now=None
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a data folder with few homes, so that it is quickly checked."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("import", "downloads"))
    homes = data / "properties/dwellings.csv"
    lines = homes.read_text(encoding="utf-8").splitlines(keepends=True)
    homes.write_text("".join(lines[:20]), encoding="utf-8")
    return data


@pytest.fixture
def run(small: Path) -> Run:
    """Give a function that refreshes sources of that folder from a stand-in."""

    def refreshed(name: str, address: str, **settings: object) -> RefreshReport:
        options = {
            "data": small,
            "sources": (BY_NAME[name],),
            "day": DAY,
            "addresses": {name: address},
            "open_transport": quick,
            **settings,
        }
        return refresh(RefreshOptions(**options), lambda *_: None)  # type: ignore[arg-type]

    return refreshed
