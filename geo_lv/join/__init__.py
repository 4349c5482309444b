"""Points to areas, with every row accounted for.

A point is first given *candidates*: the buurten it may lie in, seen the inaccuracy of the drawn
borders and the code under which it is registered. Each level (buurt, wijk, plan area, gemeente)
then asks whether its candidates agree, so a dwelling near an uncertain line between two buurten
still counts for the wijk around both. matched + unmatched + ambiguous = input, on every level.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_lv.areas import Areas
from geo_lv.errors import GeoLvError
from geo_lv.join.bins import Bools, Ints
from geo_lv.join.nearby import NOWHERE, Nearby, find_nearby
from geo_lv.municipality import Boundaries

OUTSIDE = ""
"""Code that stands for any place outside the municipality."""

NO_PLACE = "no coordinates and no buurt code"
FOREIGN = "outside the municipality"
UNKNOWN_CODE = "registered under a buurt code that is not in the boundaries"
CONTRADICTION = "registered under another buurt than where it lies"
NEAR_BORDER = "so near a border that its buurt is uncertain"
PLACED = ""

_REASONS = (PLACED, NO_PLACE, FOREIGN, UNKNOWN_CODE, CONTRADICTION, NEAR_BORDER)


@dataclass(frozen=True)
class Candidates:
    """The buurten in which each row may lie, and why that is not exactly one."""

    codes: tuple[str, ...]
    """Codes of all buurten; `first` and `others` hold positions in it, or `NOWHERE`."""
    first: Ints
    """The likeliest buurt per input row, in the order of `reason`; `NOWHERE` if there is none."""
    rows: Ints
    """Positions of the rows that may lie elsewhere too, once for each other candidate."""
    others: Ints
    """Those other candidates; `NOWHERE` is outside the municipality."""
    reason: "pd.Series[str]"
    """`PLACED`, or one of the reasons of this module; the index of the input."""


@dataclass(frozen=True)
class JoinResult:
    """What became of every row on one level."""

    matched: "pd.Series[str]"
    """Row to area code."""
    unmatched: "pd.Series[str]"
    """Row to reason."""
    ambiguous: "pd.Series[str]"
    """Row to reason."""

    @property
    def total(self) -> int:
        """Number of rows, equal to the number that came in."""
        return len(self.matched) + len(self.unmatched) + len(self.ambiguous)


def find_candidates(points: pd.DataFrame, areas: Areas, accuracy: Boundaries) -> Candidates:
    """
    Find the buurten in which each point may lie.

    Parameters
    ----------
    points
        Columns ``x_rd, y_rd`` (RD New, metres, NaN if unknown) and ``bu_code`` (as registered,
        ``""`` if unknown). Any index.
    areas
        The buurten.
    accuracy
        How far drawn borders may lie from the real ones.

    Returns
    -------
    candidates
        One entry per row of `points`, same index. A registered code decides as long as the place
        does not contradict it by more than the inaccuracy of the border.
    """
    x, y = points["x_rd"].to_numpy("float64"), points["y_rd"].to_numpy("float64")
    near = find_nearby(x, y, areas, accuracy)
    code = areas.buurten.index.get_indexer(points["bu_code"])
    coded = (points["bu_code"] != "").to_numpy(dtype=bool)
    kind = _judge(near, code, coded=coded, placed=np.isfinite(x) & np.isfinite(y))
    reason = pd.Series(np.array(_REASONS, dtype=object)[kind], index=points.index, dtype="str")
    rows, others = _doubts(near, kind)
    codes = tuple(areas.buurten.index)
    return Candidates(codes, np.where(coded, code, near.nearest), rows, others, reason)


def _judge(near: Nearby, code: Ints, *, coded: Bools, placed: Bools) -> Ints:
    """Weigh the registered code of each row against its place; give positions in `_REASONS`."""
    agrees = near.nearest == code
    agrees[near.points[near.others == code[near.points]]] = True
    several = np.zeros(len(code), dtype=bool)
    several[near.points] = True
    rules = (  # the first that holds decides
        (coded & (code == NOWHERE), UNKNOWN_CODE),
        (coded & ~placed, PLACED),
        (~placed, NO_PLACE),
        (coded & agrees, PLACED),
        (coded, CONTRADICTION),
        (near.nearest == NOWHERE, FOREIGN),
        (several, NEAR_BORDER),
    )
    holds, reasons = zip(*rules, strict=True)
    return np.select(holds, [_REASONS.index(reason) for reason in reasons], _REASONS.index(PLACED))


def _doubts(near: Nearby, kind: Ints) -> tuple[Ints, Ints]:
    """Give the rows that may lie elsewhere than in their likeliest buurt, and where."""
    uncertain = kind[near.points] == _REASONS.index(NEAR_BORDER)
    contradicted = np.flatnonzero(kind == _REASONS.index(CONTRADICTION))
    rows = np.concatenate((near.points[uncertain], contradicted))
    return rows, np.concatenate((near.others[uncertain], near.nearest[contradicted]))


def account(candidates: Candidates, parents: Mapping[str, str]) -> JoinResult:
    """
    Account for every row on one level.

    Parameters
    ----------
    candidates
        From `find_candidates`.
    parents
        Buurt code to area code of the level, from `Areas.parents`.

    Returns
    -------
    result
        matched + unmatched + ambiguous = input.

    Raises
    ------
    GeoLvError
        If the three do not add up; that would be a fault in this function.
    """
    codes = [*(parents.get(code, OUTSIDE) for code in candidates.codes), OUTSIDE]
    numbers, names = pd.factorize(np.array(codes, dtype=object))
    area, outside = numbers[candidates.first], numbers[NOWHERE]
    several = np.zeros(len(area), dtype=bool)
    several[candidates.rows[numbers[candidates.others] != area[candidates.rows]]] = True
    matched = (area != outside) & ~several
    reason, index = candidates.reason, candidates.reason.index
    result = JoinResult(
        matched=pd.Series(names[area[matched]], index=index[matched], dtype="str"),
        unmatched=reason[(area == outside) & ~several],
        ambiguous=reason[several],
    )
    if result.total != len(index):
        msg = f"join: expected {len(index)} rows, found {result.total}"
        raise GeoLvError(msg)
    return result
