"""What ``geo-lv build --watch`` does: build again whenever an input changes, until it is stopped.

The program stays, so its libraries are loaded once and `geo_lv.remembered` has what did not change.
"""

import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import typer

from geo_lv.cli_build import run_build
from geo_lv.errors import GeoLvError
from geo_lv.refresh import opened
from geo_lv.site import BuildOptions, Progress

_LOOK_S: Final = 0.2
"""Between two looks at the folder; a change that goes on longer is waited for."""
_INPUTS: Final = frozenset({".csv", ".toml", ".geojson", ".gpkg"})

State = frozenset[tuple[str, int, int]]


def run_watch(options: BuildOptions, tell: Progress) -> None:
    """
    Build a site, and again after each change of the data folder, until Ctrl+C.

    Parameters
    ----------
    options
        What to build.
    tell
        Told what goes on.
    """
    try:
        for _ in changes(options.data):
            _build(options, tell)
            settle()
            typer.echo(f"watching {options.data}; stop with Ctrl+C")
    except KeyboardInterrupt:
        typer.echo(f"stopped; the last good site stands in {options.out}")


def _build(options: BuildOptions, tell: Progress) -> None:
    """Build once; what is wrong is said, and may be mended while the program waits."""
    begun = time.monotonic()
    try:
        with opened(options.data):
            run_build(options, tell)
    except GeoLvError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            raise error.__cause__ from error
        typer.echo(str(error), err=True)
    else:
        typer.echo(f"built in {time.monotonic() - begun:.1f} s")


def settle() -> None:
    """Look for what is no longer used while nobody waits, so that the next build need not."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def changes(data: Path) -> Iterator[None]:
    """
    Wait for changes of a data folder.

    Parameters
    ----------
    data
        The data folder; it need not exist yet.

    Yields
    ------
    None
        At once, and then each time that an input was added, changed or removed and none has
        changed any more since the last look.
    """
    seen: State | None = None
    while True:
        now = _state(data)
        if now != seen and now == _after_a_while(data):
            seen = now
            yield
        time.sleep(_LOOK_S)


def _after_a_while(data: Path) -> State:
    time.sleep(_LOOK_S)
    return _state(data)


def _state(data: Path) -> State:
    return frozenset(
        (str(path), found.st_mtime_ns, found.st_size)
        for path in data.rglob("*")
        if path.suffix in _INPUTS
        for found in _looked_at(path)
    )


def _looked_at(path: Path) -> Iterator[os.stat_result]:
    """Yield what is known of a file, or nothing if it was taken away meanwhile."""
    try:
        yield path.stat()
    except OSError:
        return
