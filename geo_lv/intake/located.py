"""Places for the homes that came without: asked of Locatieserver, verified, kept."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo_lv.sources.locatieserver import Cache, Client, Located, locate, questions_to_ask

COLUMNS: Final = ("dwelling_id", "reason")


@dataclass(frozen=True)
class Places:
    """What became of the homes without coordinates."""

    homes: pd.DataFrame
    """All homes, those without a place filled in as far as it was found."""
    without: int
    """Homes that came without coordinates."""
    questions: int
    """Requests that it takes, or took, to ask for them all."""
    found: Located | None
    """None when nothing was asked."""

    @property
    def lost(self) -> pd.DataFrame:
        """`COLUMNS` of the homes that were asked for and not found."""
        if self.found is None:
            return pd.DataFrame(columns=list(COLUMNS))
        found = self.found.homes
        return found.loc[found["reason"] != "", list(COLUMNS)]


def find_places(
    homes: pd.DataFrame,
    cache_file: Path,
    address: str,
    progress: Callable[[int, int], None],
) -> Places:
    """
    Look up the homes without coordinates.

    Parameters
    ----------
    homes
        Categories of text, with the columns of the list of homes.
    cache_file
        Where answers are kept, so that nothing is asked twice.
    address
        Of the Locatieserver; empty to ask nothing and only count.
    progress
        Told how many of how many homes are done.

    Returns
    -------
    places
        Homes with RD New coordinates, buurt code and VBO id where these were empty. What the list
        itself says is never replaced.

    Raises
    ------
    SourceError
        If Locatieserver does not answer; what it answered before is kept.
    OutputError
        If the answers cannot be kept.
    """
    without = homes[homes["x_rd"] == ""].astype("str")
    cache = Cache(cache_file)
    questions = questions_to_ask(without, cache)
    if not address or without.empty:
        return Places(homes, len(without), questions, None)
    cache_file.parent.mkdir(parents=True, exist_ok=True)
    with Client(address) as client:
        found = locate(without, client, cache, progress)
    return Places(_filled(homes, found.homes), len(without), questions, found)


def _filled(homes: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    placed = found[found["reason"] == ""]
    filled = homes.astype("str")
    for axis in ("x_rd", "y_rd"):
        filled.loc[placed.index, axis] = placed[axis].map("{:.1f}".format)
    for name in ("bu_code", "vbo_id"):
        empty = placed.index[homes.loc[placed.index, name] == ""]
        filled.loc[empty, name] = placed.loc[empty, name]
    return filled
