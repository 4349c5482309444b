"""The account of the join, as far as an edition may show it: how many dwellings landed where."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geo_lv.areas import AreaLevel
from geo_lv.pipeline import LEVELS, Results
from geo_lv.suppression import ALL, Joins

Outcome = Literal["matched", "unmatched", "ambiguous"]


@dataclass(frozen=True)
class JoinCount:
    """Number of dwellings that had one outcome of the join, for one reason."""

    level: AreaLevel
    outcome: Outcome
    reason: str
    corporation: str
    """`ALL` when all corporations are counted together."""
    dwellings: int


def join_counts(results: Results, joins: Joins = "each") -> Iterator[JoinCount]:
    """
    Count what became of the dwellings.

    Parameters
    ----------
    results
        All figures.
    joins
        Whether to count per corporation, all together, or not at all: of a corporation with few
        dwellings the account would tell how many.

    Yields
    ------
    count
        Per level, outcome, reason and owner; together they are all dwellings of the file.
    """
    owner = results.inputs.dwellings["corporation"]
    if joins == "together":
        owner = pd.Series(ALL, index=owner.index)
    for level in () if joins == "none" else LEVELS:
        for outcome, reasons in _outcomes(results, level).items():
            owners = owner.loc[reasons.index].to_numpy("object")
            pairs = Counter(zip(reasons.to_numpy("object"), owners, strict=True))
            for (reason, corporation), dwellings in sorted(pairs.items()):
                yield JoinCount(level, outcome, reason, corporation, dwellings)


def _outcomes(results: Results, level: AreaLevel) -> "dict[Outcome, pd.Series[str]]":
    join = results.joins[level]
    return {
        "matched": pd.Series("", index=join.matched.index, dtype="str"),
        "unmatched": join.unmatched,
        "ambiguous": join.ambiguous,
    }
