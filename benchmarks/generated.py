"""
Made-up inputs of any size: the data folder of a municipality, and the areas of a country.

Both are the same on every run. Names have the letters and marks that Dutch names have, so that a
page that spoils them shows it.
"""

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.generated_folder import write_folder
from benchmarks.winding import Floats, Grid, coverage, strips
from geo_lv.crs import RD_NEW

SEED = 20_270_101
BUURTEN, WIJKEN, GEMEENTEN = 14_500, 3_400, 342
COUNTRY = Grid(columns=145, rows=100, side=1_900.0, west=10_000.0, south=350_000.0)
STRIP = 5
"""Rows in which the buurten of a municipality lie: with these it is about as high as wide."""
SIDE = 800.0
WEST, SOUTH = 80_000.0, 450_000.0
BUURTEN_PER_WIJK = 8
MISSING, SECRET = 0.04, 0.02
"""Shares of the figures that are missing, and that are secret."""
YEAR = 2024

_BEFORE = ("Oud-", "Nieuw-", "'t ", "De ", "'s-", "Súd-", "Het ", "Bûten-", "", "", "", "Op de ")
_NAMES = ("Groeneveld", "Zoëterhof", "Eenhoorn", "Reëlaan", "Coöperatiehof", "Boeierkwartier",
          "Æolushof", "Garderé", "Knøpenburg", "Vrijheidslaan", "Bergse Plas")  # fmt: skip
_AFTER = ("", " Noord", " Zuid", " en omgeving", " / Plaslaan", " (buitengebied)", " 'Hoog'")


def municipality(
    folder: Path, areas: int = 43, indicators: int = 30, dwellings: int = 9_223
) -> Path:
    """
    Write a complete data folder of a made-up municipality.

    Parameters
    ----------
    folder
        Does not exist yet.
    areas
        Buurten, at most 792; a wijk has eight of them.
    indicators
        Published figures of each buurt, each wijk and the municipality, at least 2.
    dwellings
        Homes with a place inside the municipality and the code of their buurt.

    Returns
    -------
    folder
        What ``geo-lv --data`` takes.
    """
    rng = np.random.default_rng(SEED)
    columns = round(np.sqrt(areas)) // 2 * 2 + 1
    grid = Grid(columns, -(-areas // columns), SIDE, WEST, SOUTH)
    order = strips(grid, 2)[:areas]
    wijk = np.arange(areas) // BUURTEN_PER_WIJK
    buurten = named(coverage(grid, rng)[order], np.zeros(areas, dtype=int), wijk, rng)
    wijken = together(buurten, "wk_code")
    codes = ("GM0001", *wijken["wk_code"], *buurten["bu_code"])
    homes = places(buurten, dwellings, rng)
    return write_folder(folder, buurten, wijken, figures(codes, indicators, rng), homes)


def country(folder: Path, indicators: int = 6) -> Path:
    """
    Write a made-up country as GeoParquet in RD New, with figures of every buurt.

    Parameters
    ----------
    folder
        Is made if it is not there.
    indicators
        Figures of each buurt: the names ``cijfer_00`` and on.

    Returns
    -------
    folder
        With ``buurten.parquet``, ``wijken.parquet``, ``gemeenten.parquet`` (a valid coverage
        each) and ``figures.parquet``, which has the columns of ``kerncijfers.csv``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    buurten = country_buurten()
    buurten.to_parquet(folder / "buurten.parquet")
    together(buurten, "wk_code").to_parquet(folder / "wijken.parquet")
    together(buurten, "gm_code").to_parquet(folder / "gemeenten.parquet")
    rng = np.random.default_rng(SEED)
    figures(tuple(buurten["bu_code"]), indicators, rng).to_parquet(folder / "figures.parquet")
    return folder


def country_buurten() -> gpd.GeoDataFrame:
    """Make the buurten of the country; every wijk and municipality is one piece."""
    rng = np.random.default_rng(SEED)
    wijk = np.arange(BUURTEN) * WIJKEN // BUURTEN
    gemeente = wijk * GEMEENTEN // WIJKEN
    first = np.searchsorted(gemeente, gemeente)
    return named(coverage(COUNTRY, rng)[strips(COUNTRY, STRIP)], gemeente, wijk - wijk[first], rng)


def named(
    shapes: npt.NDArray[np.object_],
    gemeente: npt.NDArray[np.int_],
    wijk: npt.NDArray[np.int_],
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """Give areas codes and names; `wijk` counts within the `gemeente`, both from 0, in order."""
    block = gemeente * 100 + wijk
    number = np.arange(len(block)) - np.searchsorted(block, block)
    digits = [f"{g + 1:04}{w + 1:02}" for g, w in zip(gemeente, wijk, strict=True)]
    picks = zip(*(rng.choice(part, len(block)) for part in (_BEFORE, _NAMES, _AFTER)), strict=True)
    return gpd.GeoDataFrame(
        {
            "bu_code": [f"BU{six}{n + 1:02}" for six, n in zip(digits, number, strict=True)],
            "bu_name": [f"{''.join(pick)} {n + 1}" for pick, n in zip(picks, number, strict=True)],
            "wk_code": [f"WK{six}" for six in digits],
            "gm_code": [f"GM{six[:4]}" for six in digits],
            "border": "official",
        },
        geometry=shapes,
        crs=RD_NEW,
    )


def together(buurten: gpd.GeoDataFrame, code: str) -> gpd.GeoDataFrame:
    """Join the buurten of each wijk or municipality, named after the first of them."""
    found = buurten.dissolve(code, method="coverage", as_index=False)
    found = found.rename(columns={"bu_name": f"{code[:2]}_name"})
    return found[list(dict.fromkeys((code, f"{code[:2]}_name", "gm_code", "geometry")))]


def figures(codes: tuple[str, ...], indicators: int, rng: np.random.Generator) -> pd.DataFrame:
    """
    Draw a figure of every area for every indicator.

    Parameters
    ----------
    codes
        Of the areas.
    indicators
        How many; the first two are counts of hundreds and thousands, the others percentages.
    rng
        Decides the values.

    Returns
    -------
    figures
        Columns ``code, indicator, year, value, reason, source_table``: 4 % missing and
        2 % suppressed, but no counts.
    """
    names = indicator_names(indicators)
    values = rng.beta(2, 4, (indicators, len(codes))) * 100
    values[:2] = rng.lognormal(7, 0.5, len(codes)).round(-1) * np.array(((1.0,), (0.45,)))
    reasons = rng.choice(
        ("missing", "suppressed", ""), values.shape, p=(MISSING, SECRET, 1 - MISSING - SECRET)
    )
    reasons[:2] = ""
    return pd.DataFrame(
        {
            "code": np.tile(np.array(codes, dtype=object), indicators),
            "indicator": np.repeat(np.array(names, dtype=object), len(codes)),
            "year": YEAR,
            "value": np.where(reasons.ravel() == "", values.round(0).ravel(), np.nan),
            "reason": reasons.ravel().astype(object),
            "source_table": "Verzonnen",
        }
    )


def indicator_names(count: int) -> tuple[str, ...]:
    """Name so many indicators."""
    return tuple(f"cijfer_{number:02}" for number in range(count))


def places(buurten: gpd.GeoDataFrame, count: int, rng: np.random.Generator) -> pd.DataFrame:
    """Draw homes near the middle of the buurten: ``bu_code, x_rd, y_rd``, in turn per buurt."""
    turn = np.arange(count) % len(buurten)
    centre = buurten.geometry.centroid
    off: Floats = rng.uniform(-0.2, 0.2, (2, count)) * SIDE
    return pd.DataFrame(
        {
            "bu_code": buurten["bu_code"].to_numpy()[turn],
            "x_rd": (centre.x.to_numpy()[turn] + off[0]).round(1),
            "y_rd": (centre.y.to_numpy()[turn] + off[1]).round(1),
        }
    )


if __name__ == "__main__":
    municipality(Path(sys.argv[1]), *map(int, sys.argv[2:]))
