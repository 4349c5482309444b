"""
The same counts by libraries, each with its quickest predicate; started by `benchmarks.points`.

Of each process only the library that it measures is loaded.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from pandas import DataFrame

HOMES, BUURTEN, LABEL = "homes.parquet", "buurten.parquet", "energy_label"
THREADS: Final = 2
JOIN: Final = f"""
    SELECT b.bu_code, h.{LABEL}, count(*) AS homes
    FROM (
        SELECT {LABEL}, ST_SetCRS(ST_Point(x_rd, y_rd), 'EPSG:28992') AS place
        FROM {{homes}} WHERE NOT isnan(x_rd)
    ) h
    JOIN {{buurten}} b ON ST_Within(h.place, b.geometry)
    GROUP BY b.bu_code, h.{LABEL}
"""  # noqa: S608  made of constants


def geopandas(folder: Path) -> int:
    """Count after `sjoin` with what lies within."""
    found = _sjoin(folder, "within")
    return int(found.groupby(["bu_code", LABEL]).size().sum())


def reference(folder: Path) -> int:
    """Count after `sjoin` with what lies in or on, of several the lowest code; it is not timed."""
    found = _sjoin(folder, "intersects").sort_values("bu_code", kind="stable")
    counts = found[~found.index.duplicated()].groupby(["bu_code", LABEL]).size()
    counts.rename("homes").to_csv(folder / "reference.csv")
    return int(counts.sum())


def _sjoin(folder: Path, predicate: str) -> "DataFrame":
    gpd, pd = import_module("geopandas"), import_module("pandas")
    buurten = gpd.read_parquet(folder / BUURTEN)
    homes = pd.read_parquet(folder / HOMES, columns=["x_rd", "y_rd", LABEL])
    places = gpd.points_from_xy(homes["x_rd"], homes["y_rd"], crs=buurten.crs)
    points = gpd.GeoDataFrame(homes[[LABEL]], geometry=places)
    found: DataFrame = points.sjoin(buurten, predicate=predicate)
    return found


def duckdb(folder: Path) -> int:
    """Count with DuckDB and its spatial extension."""
    extension = Path(str(import_module("duckdb_extension_spatial").__file__)).parent
    database = import_module("duckdb").connect(config={"threads": THREADS})
    database.execute(f"LOAD '{next(extension.rglob('spatial.duckdb_extension'))}'")
    query = JOIN.format(homes=f"'{folder / HOMES}'", buurten=f"'{folder / BUURTEN}'")
    return int(database.execute(query).fetchnumpy()["homes"].sum())


def sedonadb(folder: Path) -> int:
    """Count with SedonaDB."""
    database = import_module("sedonadb").connect()
    for name in (HOMES, BUURTEN):
        database.read_parquet(str(folder / name)).to_view(Path(name).stem)
    counts = database.sql(JOIN.format(homes="homes", buurten="buurten")).to_arrow_table()
    return int(np.from_dlpack(counts["homes"].combine_chunks()).sum())


STEPS: dict[str, Callable[[Path], int]] = {
    "geopandas": geopandas,
    "duckdb": duckdb,
    "sedonadb": sedonadb,
    "reference": reference,
}

if __name__ == "__main__":
    print(STEPS[sys.argv[1]](Path(sys.argv[2])))
