"""The homes of the country in one file per municipality; every row once, in the order it came."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geo_lv.country.grid import NOWHERE, Grid, Ints, Shapes, lay_grid
from geo_lv.country.homes_file import HomesFile, open_homes, places
from geo_lv.country.located import look_up
from geo_lv.country.points import Progress
from geo_lv.errors import GeoLvError, OutputError, refuse

AREA: Final = "area"
"""Column that is added: the code of the area in which a home lies, ``""`` if in none."""
OUTSIDE: Final = "outside"
"""File of the homes with a place outside all areas."""
WITHOUT: Final = "without_place"
"""File of the homes without a place."""
_ROWS_AT_ONCE: Final = 500_000
"""Bounds the memory, as all columns of these rows are read."""


def split_points(
    path: Path,
    shapes: Shapes,
    *,
    gemeente_of: Mapping[str, str],
    folder: Path,
    progress: Progress | None = None,
) -> dict[str, int]:
    """
    Write the homes of each municipality to a file of its own.

    Parameters
    ----------
    path
        Parquet file of homes with columns ``x_rd, y_rd`` (RD New, metres, empty or NaN if unknown).
    shapes
        (Multi)polygons of a valid coverage, metres in RD New, shape (areas,).
    gemeente_of
        Code of each area, in the order of `shapes`, to that of its municipality.
    folder
        What is written: ``GMxxxx.parquet`` for each municipality, also one without homes, and files
        `OUTSIDE` and `WITHOUT`. All columns as they came, and `AREA`. It must not exist, or be
        empty; it is there when all is written, or not at all.
    progress
        Told how many of how many rows are done.

    Returns
    -------
    rows
        Name of each file without its extension to the number of homes in it.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column, or has one of the name `AREA`.
    OutputError
        If the folder holds something, or cannot be written.
    GeoLvError
        If the files together do not have the rows of `path`; that would be a fault here.
    """
    homes = open_homes(path)
    if AREA in homes.file.schema_arrow.names:
        refuse(path.name, f"no column {AREA}", "one of that name", "rename it")
    names = (*sorted(set(gemeente_of.values())), OUTSIDE, WITHOUT)
    rows = np.zeros(len(names), dtype=np.int64)
    with _appearing(folder) as fresh, _writers(homes, names, fresh) as writers:
        for table, file in _sorted_parts(homes, lay_grid(shapes), gemeente_of, names):
            rows += _write(table, file, writers)
            if progress:
                progress(int(rows.sum()), homes.rows)
        if rows.sum() != homes.rows:
            msg = f"{path.name}: expected {homes.rows} rows, wrote {rows.sum()}"
            raise GeoLvError(msg)
    return dict(zip(names, rows.tolist(), strict=True))


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """Give a folder to write to, which takes the name of the other when all went well."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        msg = f"{folder}: expected a folder that is empty or not there; choose another"
        raise OutputError(msg)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            yield fresh
            fresh.chmod(0o755)
            fresh.rename(folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        reason = (error.strerror or "an error").lower()
        msg = f"{folder}: expected a folder to write to, found {reason}"
        raise OutputError(msg) from error


@contextmanager
def _writers(
    homes: HomesFile, names: Sequence[str], folder: Path
) -> Iterator[list[pq.ParquetWriter]]:
    """Open a file for each name, which is complete when this ends."""
    schema = homes.file.schema_arrow.append(pa.field(AREA, pa.string()))
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            )
            for name in names
        ]


def _sorted_parts(
    homes: HomesFile, grid: Grid, gemeente_of: Mapping[str, str], names: Sequence[str]
) -> Iterator[tuple[pa.Table, Ints]]:
    """Give the homes part by part, sorted by the number of their file, with that number."""
    outside, without = names.index(OUTSIDE), names.index(WITHOUT)
    # the last one is of NOWHERE
    codes = pa.array([*gemeente_of, ""], pa.string())
    files = np.array([*(names.index(name) for name in gemeente_of.values()), outside])
    for groups in homes.parts(_ROWS_AT_ONCE):
        table = homes.read(groups)
        x, y = places(table)
        position = look_up(x, y, grid)
        file = np.where(np.isnan(x) | np.isnan(y), without, files[position])
        area = codes.take(pa.array(np.where(position == NOWHERE, len(codes) - 1, position)))
        order = np.argsort(file, kind="stable")
        yield table.append_column(AREA, area).take(pa.array(order)), file[order]


def _write(table: pa.Table, file: Ints, writers: Sequence[pq.ParquetWriter]) -> Ints:
    """Write each stretch of rows to its file; return how many went to each."""
    counts = np.bincount(file, minlength=len(writers))
    starts = np.cumsum(counts) - counts
    for number in np.flatnonzero(counts).tolist():
        writers[number].write_table(table.slice(starts[number], counts[number]))
    return counts
