"""The folder of a made-up country: a data folder per municipality, and the homes of all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.generated import (
    COUNTRY,
    SEED,
    country_buurten,
    figures,
    indicator_names,
    places,
    together,
)
from benchmarks.generated_folder import CORPORATIONS, LABELS, write_folder

HOMES = 2_400_000
"""About as many as all corporations of the country have."""
SHOWN = 6
"""Indicators on the page of the country."""
_ROWS = 250_000
_BEYOND_M = 3_000.0
_SOURCE = """
[dwellings]
path = "homes.parquet"
title = "Verzonnen woningen"
source = "verzonnen"
licence = "geen"
vintage = "2025"
retrieved = "2025-01-31"
fictitious = true
"""


def land(folder: Path, homes: int = HOMES, indicators: int = 30, gemeenten: int = 342) -> Path:
    """
    Write a country for ``geo-lv build --gemeenten``.

    Parameters
    ----------
    folder
        Does not exist yet.
    homes
        Places anywhere in the country and a little beyond; without any there is no list.
    indicators
        Published figures of each buurt, each wijk and each municipality.
    gemeenten
        So many of the first municipalities get a data folder.

    Returns
    -------
    folder
        What ``geo-lv --data`` takes.
    """
    buurten = country_buurten()
    chosen = sorted(set(buurten["gm_code"]))[:gemeenten]
    for number, gm_code in enumerate(chosen):
        own = buurten[buurten["gm_code"] == gm_code]
        _municipality(folder / "gemeenten" / gm_code, own, indicators, number)
    names = ", ".join(f'"{name}"' for name in indicator_names(min(SHOWN, indicators)))
    settings = f'title = "Nederland, verzonnen"\nindicators = [{names}]\n'
    (folder / "land.toml").write_text(settings + (_SOURCE if homes else ""), encoding="utf-8")
    if homes:
        _write_homes(folder / "homes.parquet", homes)
    return folder


def _municipality(data: Path, buurten: gpd.GeoDataFrame, indicators: int, number: int) -> None:
    rng = np.random.default_rng(SEED + number)
    gm_code = str(buurten["gm_code"].iloc[0])
    wijken = together(buurten, "wk_code")
    codes = (gm_code, *wijken["wk_code"], *buurten["bu_code"])
    drawn = figures(codes, indicators, rng)
    write_folder(data, buurten, wijken, drawn, places(buurten, 2, rng))
    settings = data / "municipality.toml"
    text = settings.read_text(encoding="utf-8").replace("GM0001", gm_code)
    text = text.replace("Voorbeeldstad", f"Gemeente {gm_code[2:]}")
    settings.write_text(text, encoding="utf-8")


def _write_homes(path: Path, count: int) -> None:
    rng = np.random.default_rng(SEED)
    with pq.ParquetWriter(path, _homes(1, rng, 0).schema, compression="zstd") as writer:
        for first in range(0, count, _ROWS):
            writer.write_table(_homes(min(_ROWS, count - first), rng, first))


def _homes(count: int, rng: np.random.Generator, first: int) -> pa.Table:
    west, south = COUNTRY.west - _BEYOND_M, COUNTRY.south - _BEYOND_M
    wide = COUNTRY.columns * COUNTRY.side + 2 * _BEYOND_M
    high = COUNTRY.rows * COUNTRY.side + 2 * _BEYOND_M
    number = np.arange(first, first + count)
    return pa.Table.from_pandas(
        pd.DataFrame(
            {
                # no home can lie farther west than the country does
                "x_rd": np.maximum(west + rng.uniform(0, wide, count), COUNTRY.west).round(1),
                "y_rd": (south + rng.uniform(0, high, count)).round(1),
                **dict(_told(number)),
            }
        ),
        preserve_index=False,
    )


def _told(number: np.ndarray[Any, np.dtype[np.int64]]) -> Iterator[tuple[str, object]]:
    yield "dwelling_id", [f"V{n:08}" for n in number.tolist()]
    yield "corporation", np.array(CORPORATIONS, dtype=object)[number % 2]
    yield "energy_label", np.array(LABELS, dtype=object)[number * 7 % len(LABELS)]
    yield "rent_eur", [f"{500 + n % 350}.50" for n in number.tolist()]
    yield "floor_area_m2", (40 + number % 90).astype(str)
    yield "build_year", (1920 + number % 100).astype(str)
    yield "daeb", "ja"
    yield "list_date", "2025-01-01"
