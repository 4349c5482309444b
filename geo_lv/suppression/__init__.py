"""Which counts of dwellings stay secret: the small ones, and those that would give them away.

Cells add up: buurten to a wijk and to a plan area, wijken to the municipality, corporations to all.
So a small count may follow from counts that are shown. The small ones are hidden first. Then each
is attacked with all that is public, and as long as an attack succeeds one of the numbers on which
it rests is hidden too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geo_lv.areas import Areas
from geo_lv.privacy import DwellingRules
from geo_lv.suppression.cells import ALL, Cell, Face, count_cells, population
from geo_lv.suppression.public import Said
from geo_lv.suppression.search import Cause, Joins, Matched, Search, Setting
from geo_lv.suppression.targets import small_faces

__all__ = [
    "ALL",
    "Cause",
    "Cell",
    "Face",
    "Joins",
    "Matched",
    "Secrets",
    "count_cells",
    "find_secrets",
]


@dataclass(frozen=True)
class Secrets:
    """What the public edition does not show of the dwellings."""

    faces: Mapping[Face, Cause]
    joins: Joins

    def hides(self, area: str, owner: str, what: Literal["homes", "labels"]) -> bool:
        """Tell whether a count, or what it says of labels, stays secret."""
        return Face(Cell(area, owner), what) in self.faces


def find_secrets(
    labels: pd.DataFrame,
    areas: Areas,
    matched: Matched,
    rules: DwellingRules,
    *,
    complementary: bool = True,
) -> Secrets:
    """
    Decide what stays secret.

    Parameters
    ----------
    labels
        Dwellings per ``area``, ``corporation`` and label class, for areas of every level.
    areas
        How the areas add up.
    matched
        The account of the join, which is public as well.
    rules
        From how many dwellings a cell is shown.
    complementary
        Whether to hide also what gives a small cell away. Only tests leave it out, to see that an
        attack then succeeds.

    Returns
    -------
    secrets
        Every face that is too small, and as many others as keep those from being found.
    """
    counts = count_cells(labels)
    said = Said(population(counts, areas, matched), counts, rules.cell)
    setting = Setting(said, rules, matched, areas.gm_code)
    search = Search(setting, small_faces(said, rules))
    if complementary:
        search.run()
    return Secrets(search.hidden, search.joins)
