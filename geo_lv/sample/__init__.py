"""
Fictitious dwellings of corporations, for a build without a real list.

No row describes an existing home: counts per buurt, labels, rents and places come from a recipe and
a seeded generator. Some rows are awkward on purpose (no place, a place elsewhere, a place on a
border, a code that contradicts the place), so that a join report has something to tell.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo_lv.crs import RD_NEW, require_crs
from geo_lv.errors import InputError, Problem
from geo_lv.sample.homes import homes_of, street_names
from geo_lv.sample.places import Buurten, Dice, on_grid
from geo_lv.sample.recipe import LABELS, NO_LABEL, SampleRecipe, allocate, read_recipe

__all__ = [
    "LABELS",
    "NO_LABEL",
    "SampleRecipe",
    "allocate",
    "generate",
    "main",
    "read_recipe",
    "write",
]


def generate(buurten: gpd.GeoDataFrame, recipe: SampleRecipe) -> pd.DataFrame:
    """
    Make the fictitious dwellings of all corporations.

    Parameters
    ----------
    buurten
        Buurten in RD New with columns ``bu_code`` and ``geometry``.
    recipe
        What to make.

    Returns
    -------
    dwellings
        One row per home, in the columns of ``dwellings.csv``. Absent coordinates are NaN, an
        absent buurt code is an empty text.

    Raises
    ------
    CrsError
        If the buurten are not in RD New.
    InputError
        If the recipe names a buurt that is not there.
    """
    require_crs(buurten, RD_NEW, "buurten")
    areas = on_grid(buurten, recipe.grid_m)
    _require_known(recipe, areas)
    streets = street_names()
    rows = [
        asdict(home)
        for position, corporation in enumerate(recipe.corporations)
        for home in homes_of(corporation, areas, _dice(recipe.seed + position), streets)
    ]
    return pd.DataFrame(rows).drop(columns="score")


def write(dwellings: pd.DataFrame, path: Path) -> None:
    """Write dwellings as UTF-8 CSV: coordinates with one decimal, rents with two."""
    money = {name: dwellings[name].map("{:.2f}".format) for name in ("rent_eur", "target_rent_eur")}
    text = dwellings.assign(**money)
    path.write_bytes(text.to_csv(index=False, lineterminator="\n").encode())


def main(argv: Sequence[str] | None = None) -> int:
    """
    Write ``properties/dwellings.csv`` of a data folder from its recipe and boundaries.

    Parameters
    ----------
    argv
        Arguments: the data folder. Default: those of the process.

    Returns
    -------
    code
        Exit code, 0.
    """
    summary = "Write the fictitious dwellings of a data folder."
    parser = argparse.ArgumentParser(prog="python -m geo_lv.sample", description=summary)
    parser.add_argument("data_dir", type=Path, metavar="DATA_DIR")
    folder: Path = parser.parse_args(argv).data_dir
    recipe = read_recipe(folder / "properties" / "sample.toml")
    buurten = gpd.read_file(folder / "boundaries" / "buurten.geojson").to_crs(RD_NEW)
    write(generate(buurten, recipe), folder / "properties" / "dwellings.csv")
    return 0


def _dice(seed: int) -> Dice:
    return random.Random(seed).random  # noqa: S311 -- repeatable on purpose, guards nothing


def _require_known(recipe: SampleRecipe, areas: Buurten) -> None:
    unknown = tuple(
        Problem("sample.toml", "a buurt of the boundary file", code, "correct the code")
        for corporation in recipe.corporations
        for code in corporation.weights
        if code not in areas.shapes
    )
    if unknown:
        raise InputError(unknown)
