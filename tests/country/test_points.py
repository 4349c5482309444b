"""Homes of a file too large to hold, counted per area, and split per municipality."""

import os
from collections import Counter
from collections.abc import Callable
from functools import partial
from multiprocessing import parent_process
from pathlib import Path
from time import sleep
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo_lv.country import homes_file, split
from geo_lv.country.grid import lay_grid
from geo_lv.country.homes_file import open_homes
from geo_lv.country.points import Counts, count_groups, count_points
from geo_lv.country.processes import in_processes
from geo_lv.country.split import split_points
from geo_lv.errors import GeoLvError, InputError, OutputError

# Two squares of a kilometre beside each other, and one that touches the second at a corner.
CODES = ("BU00010001", "BU00010002", "BU00020001")
GEMEENTE_OF = {"BU00010001": "GM0001", "BU00010002": "GM0001", "BU00020001": "GM0002"}
SHAPES = np.array(
    [
        shapely.box(0, 0, 1000, 1000),
        shapely.box(1000, 0, 2000, 1000),
        shapely.box(2000, 1000, 3000, 2000),
    ],
    dtype=object,
)
ROWS: tuple[tuple[float | None, float | None, str | None], ...] = (
    (500, 500, "A"),
    (1500, 500, "C"),
    (1000, 500, "A"),  # on a border: the first
    (2000, 1000, "B"),  # where the second and the third touch: the second
    (2500, 1500, None),
    (2500, 500, "A"),  # outside
    (None, None, "A"),
    (float("nan"), 500, "G"),
    (500, None, "A"),
    (500, 500, "A"),  # the same place again
    (3000, 2000, "A"),  # the outer border
    (-1, 500, ""),
)
EXPECTED = {  # label to homes per area, counted by hand
    "A": (3, 0, 1),
    "B": (0, 1, 0),
    "C": (0, 1, 0),
    "": (0, 0, 1),
}
AREA_OF = (0, 1, 0, 1, 2, None, None, None, None, 0, 2, None)


def write(path: Path, table: pa.Table, rows: int = 5) -> Path:
    pq.write_table(table, path, row_group_size=rows, compression="zstd")
    return path


def homes(rows: Any = ROWS) -> pa.Table:
    x, y, label = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {
            "dwelling_id": pa.array([f"W{n}" for n in range(len(rows))], pa.string()),
            "x_rd": pa.array(x, pa.float64()),
            "y_rd": pa.array(y, pa.float64()),
            "energy_label": pa.array(label, pa.string()),
        }
    )


def as_dict(counts: Counts) -> dict[str, tuple[int, ...]]:
    """Return the labels that are counted at least once, with the homes per area."""
    each = zip(counts.labels, counts.numbers.T.tolist(), strict=True)
    return {label: tuple(numbers) for label, numbers in each if any(numbers)}


@pytest.fixture
def many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take only a few rows together, as if the file were large."""
    monkeypatch.setattr(homes_file.HomesFile.parts, "__defaults__", (4,))
    monkeypatch.setattr(split, "_ROWS_AT_ONCE", 4)


@pytest.mark.parametrize("group", [1, 3, 5, 100])
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.usefixtures("many_parts")
def test_homes_are_counted_as_by_hand(tmp_path: Path, group: int, workers: int) -> None:
    told: list[tuple[int, int]] = []
    counts = count_points(
        write(tmp_path / "homes.parquet", homes(), group),
        SHAPES,
        workers=workers,
        progress=lambda done, total: told.append((done, total)),
    )
    assert as_dict(counts) == EXPECTED
    assert (counts.matched, counts.outside, counts.without) == (7, 2, 3)
    assert counts.rows == len(ROWS)
    assert told[-1] == (len(ROWS), len(ROWS))
    assert told == sorted(set(told))
    assert len(told) == len(open_homes(tmp_path / "homes.parquet").parts())


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.set_column(
            3, "energy_label", table["energy_label"].dictionary_encode()
        ),
        lambda table: table.set_column(
            3, "energy_label", table["energy_label"].cast(pa.large_string())
        ),
        lambda table: table.set_column(1, "x_rd", table["x_rd"].cast(pa.float32())),
        lambda table: table.set_column(
            1, "x_rd", pa.array([500, 1500, *([None] * 10)], pa.int32())
        ),
    ],
    ids=["categories", "large text", "short numbers", "whole numbers"],
)
def test_a_column_may_be_kept_in_another_way(
    tmp_path: Path, change: Callable[[pa.Table], pa.Table]
) -> None:
    table = change(homes())
    counts = count_points(write(tmp_path / "homes.parquet", table), SHAPES, workers=1)
    assert counts.numbers[:2, counts.labels.index("A")].sum() >= 1
    assert counts.numbers[1, counts.labels.index("C")] == 1
    assert counts.rows == len(ROWS)


def test_an_empty_file_counts_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "homes.parquet", homes(()))
    counts = count_points(path, SHAPES)
    assert (counts.rows, counts.labels, counts.numbers.shape) == (0, (), (3, 0))


metres = st.one_of(
    st.none(), st.integers(min_value=-2, max_value=14).map(lambda step: step * 250.0)
)
some_rows = st.lists(st.tuples(metres, metres, st.sampled_from(("A", "B", "", None))), max_size=40)


@given(rows=some_rows, group=st.integers(min_value=1, max_value=17))
def test_any_homes_are_counted_as_geopandas_and_a_counter_do(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Any], group: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.parquet"
    write(path, homes(rows), group)
    counts = count_points(path, SHAPES, workers=1)
    placed = [row for row in rows if None not in row[:2]]
    points = gpd.GeoDataFrame(
        {"label": [row[2] or "" for row in placed]},
        geometry=gpd.points_from_xy([row[0] for row in placed], [row[1] for row in placed]),
    )
    found = points.sjoin(gpd.GeoDataFrame(geometry=SHAPES), predicate="intersects")
    first = found.sort_values("index_right").groupby(level=0).first()
    expected = Counter(zip(first["index_right"], first["label"], strict=True))
    mine = {
        (area, label): count
        for label, numbers in as_dict(counts).items()
        for area, count in enumerate(numbers)
        if count
    }
    assert mine == expected
    assert counts.without == len(rows) - len(placed)
    assert counts.outside == len(placed) - len(first)
    assert counts.rows == len(rows)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.usefixtures("many_parts")
def test_a_damaged_file_is_refused_with_its_name(tmp_path: Path, workers: int) -> None:
    path = write(tmp_path / "homes.parquet", homes())
    content = bytearray(path.read_bytes())
    content[4:500] = b"\xff" * 496  # the first groups of rows, not the description at the end
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"homes\.parquet: expected a Parquet file") as refused:
        count_points(path, SHAPES, workers=workers)
    assert refused.value.problems[0].file == "homes.parquet"


@pytest.mark.parametrize(
    ("content", "found"),
    [(None, "no such file"), (b"", "cannot be read"), (b"x_rd,y_rd\n1,2\n", "cannot be read")],
)
def test_what_is_no_parquet_file_is_refused(
    tmp_path: Path, content: bytes | None, found: str
) -> None:
    path = tmp_path / "homes.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=found):
        count_points(path, SHAPES)


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "homes.parquet", homes())
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="cannot be read"):
        count_points(path, SHAPES)


def test_every_wrong_column_is_named_at_once(tmp_path: Path) -> None:
    table = homes().rename_columns(["dwelling_id", "lon", "y_rd", "label"])
    table = table.set_column(2, "y_rd", pa.array(["500"] * len(ROWS)))
    with pytest.raises(InputError) as refused:
        count_points(write(tmp_path / "homes.parquet", table), SHAPES)
    wrong = [(each.column, each.expected, each.found) for each in refused.value.problems]
    assert wrong == [
        ("x_rd", "one column x_rd", "no such column"),
        ("y_rd", "numbers, metres in RD New", "string"),
        ("energy_label", "one column energy_label", "no such column"),
    ]
    assert str(refused.value).startswith("homes.parquet, column x_rd: expected one column x_rd, ")


def test_a_label_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "homes.parquet", homes())
    with pytest.raises(InputError, match="column x_rd: expected text, found double"):
        count_points(path, SHAPES, label="x_rd")


def _vanish(item: int) -> int:
    if parent_process():
        os._exit(1)
    sleep(0.05)  # so that the other process has a turn
    return item


def test_a_process_that_the_system_ends_is_an_error_in_words() -> None:
    with pytest.raises(GeoLvError, match="want of memory"):
        list(in_processes(_vanish, range(20), 2))


def _number(item: int) -> tuple[int, int]:
    sleep(0.01)
    return item, os.getpid()


def test_every_item_is_worked_on_once_and_by_all_processes() -> None:
    done = list(in_processes(_number, range(50), 3))
    assert sorted(item for item, _ in done) == list(range(50))
    assert os.getpid() in {process for _, process in done}
    assert len({process for _, process in done}) > 1


def test_one_worker_is_this_process() -> None:
    assert list(in_processes(_number, range(3), 1)) == [(item, os.getpid()) for item in range(3)]


def test_the_work_of_a_process_is_a_function_of_its_groups(tmp_path: Path) -> None:
    path = write(tmp_path / "homes.parquet", homes(), 4)
    work = partial(count_groups, path, lay_grid(SHAPES), "energy_label")
    parts = [work((group,)) for group in range(3)]
    assert [part.rows for part in parts] == [4, 4, 4]
    assert as_dict(parts[2] + parts[0] + parts[1]) == EXPECTED


@pytest.mark.parametrize("group", [1, 3, 100])
@pytest.mark.usefixtures("many_parts")
def test_every_home_is_in_one_file_in_its_order(tmp_path: Path, group: int) -> None:
    table = homes()
    path = write(tmp_path / "homes.parquet", table, group)
    told: list[int] = []
    rows = split_points(
        path,
        SHAPES,
        gemeente_of=GEMEENTE_OF,
        folder=tmp_path / "deep" / "split",
        progress=lambda done, _: told.append(done),
    )
    assert rows == {"GM0001": 5, "GM0002": 2, "outside": 2, "without_place": 3}
    assert told[-1] == len(ROWS)
    read = {
        name: pq.read_table(tmp_path / "deep" / "split" / f"{name}.parquet").to_pylist()
        for name in rows
    }
    assert {name: len(found) for name, found in read.items()} == rows
    ids = [[int(row["dwelling_id"][1:]) for row in found] for found in read.values()]
    assert ids == [[0, 1, 2, 3, 9], [4, 10], [5, 11], [6, 7, 8]]
    for row in (row for found in read.values() for row in found):
        number = int(row.pop("dwelling_id")[1:])
        area = AREA_OF[number]
        assert row.pop("area") == ("" if area is None else CODES[area])
        assert [*row] == ["x_rd", "y_rd", "energy_label"]
        expected = table.slice(number, 1).to_pylist()[0]
        assert repr([*row.values()]) == repr([expected[name] for name in row])
    assert [entry.name for entry in (tmp_path / "deep").iterdir()] == ["split"]


def test_a_municipality_without_homes_has_a_file_too(tmp_path: Path) -> None:
    path = write(tmp_path / "homes.parquet", homes(ROWS[:2]))
    rows = split_points(path, SHAPES, gemeente_of=GEMEENTE_OF, folder=tmp_path / "split")
    assert rows == {"GM0001": 2, "GM0002": 0, "outside": 0, "without_place": 0}
    empty = pd.read_parquet(tmp_path / "split" / "GM0002.parquet")
    assert (len(empty), [*empty.columns][-1]) == (0, "area")


def test_the_same_homes_give_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "homes.parquet", homes())
    for name in ("one", "other"):
        split_points(path, SHAPES, gemeente_of=GEMEENTE_OF, folder=tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "other" / file.name).read_bytes()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "homes.parquet", homes())
    (tmp_path / "split").mkdir()
    split_points(path, SHAPES, gemeente_of=GEMEENTE_OF, folder=tmp_path / "split")
    with pytest.raises(OutputError, match="empty or not there"):
        split_points(path, SHAPES, gemeente_of=GEMEENTE_OF, folder=tmp_path / "split")
    with pytest.raises(OutputError, match="empty or not there"):
        split_points(path, SHAPES, gemeente_of=GEMEENTE_OF, folder=path)


def test_a_split_that_fails_leaves_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "homes.parquet", homes())
    content = bytearray(path.read_bytes())
    content[4:500] = b"\xff" * 496
    path.write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        split_points(path, SHAPES, gemeente_of=GEMEENTE_OF, folder=tmp_path / "split")
    assert [entry.name for entry in tmp_path.iterdir()] == ["homes.parquet"]


def test_a_column_of_the_same_name_is_not_written_over(tmp_path: Path) -> None:
    table = homes().append_column("area", pa.array(["x"] * len(ROWS)))
    path = write(tmp_path / "homes.parquet", table)
    with pytest.raises(InputError, match="expected no column area"):
        split_points(path, SHAPES, gemeente_of=GEMEENTE_OF, folder=tmp_path / "split")
