"""Which counts of dwellings stay secret: the small ones, and those that would give them away.

A cell is what is known of the dwellings of one corporation in one area, or of all corporations
there together. Cells add up: buurten to a wijk and to a plan area, wijken to the municipality,
corporations to all. Where all cells of such a sum but one are shown, that one can be worked out; so
the smallest other is kept secret too. Sums of sums are then checked with linear algebra, until no
small cell follows from what is shown.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo_lv.areas import AreaLevel, Areas
from geo_lv.properties import LABELS, NO_LABEL

MINIMUM_DWELLINGS: Final = 10
"""A cell with fewer dwellings, or fewer with a label, is secret (domain advice, C2)."""

ALL: Final = ""
"""In the place of a corporation: all of them together."""

Cell = tuple[str, str]
"""Area code and corporation."""

_Row = npt.NDArray[np.float64]
_TINY: Final = 1e-6


def secret_cells(labels: pd.DataFrame, areas: Areas) -> frozenset[Cell]:
    """
    Return the cells that may not be shown.

    Parameters
    ----------
    labels
        Dwellings per ``area``, ``corporation`` and label class, for areas of every level.
    areas
        How the areas add up.

    Returns
    -------
    cells
        Every cell that is too small, and for each sum with only one secret cell the smallest other.
    """
    labelled = labels[list(LABELS)].sum(axis=1)
    table = labels[["area", "corporation"]].assign(
        labelled=labelled, homes=labelled + labels[NO_LABEL]
    )
    whole = table.groupby("area", as_index=False)[["homes", "labelled"]].sum()
    rows = pd.concat([table, whole.assign(corporation=ALL)])
    sizes = {
        (area, corporation): (int(homes), int(with_label))
        for area, corporation, homes, with_label in rows[
            ["area", "corporation", "homes", "labelled"]
        ].itertuples(index=False)
    }
    counts = {cell: homes for cell, (homes, _) in sizes.items() if homes}
    small = {cell for cell, size in sizes.items() if any(0 < n < MINIMUM_DWELLINGS for n in size)}
    secret = _with_companions(small, counts, tuple(_sums(areas, counts)))
    return frozenset(_until_nothing_follows(secret, small, counts, areas))


def _sums(areas: Areas, counts: Mapping[Cell, int]) -> Iterator[tuple[Cell, ...]]:
    """Yield every sum of cells that are not zero: the whole first, then its parts."""
    corporations = sorted({corporation for _, corporation in counts} - {ALL})
    for whole, parts in _unions(areas):
        for corporation in (ALL, *corporations):
            cells = [(code, corporation) for code in (whole, *parts)]
            yield tuple(cell for cell in cells if cell in counts)
    for area in sorted({area for area, _ in counts}):
        cells = [(area, corporation) for corporation in (ALL, *corporations)]
        yield tuple(cell for cell in cells if cell in counts)


def _unions(areas: Areas) -> Iterator[tuple[str, list[str]]]:
    """Yield every area that is the union of others, with those others."""
    wijken = {
        str(code): set(group.index) for code, group in areas.buurten.groupby("wk_code", sort=True)
    }
    plans = {str(slug): set(codes) for slug, codes in areas.plan_areas["bu_codes"].items()}
    yield areas.gm_code, sorted(wijken)
    for whole, other in ((wijken, plans), (plans, wijken)):
        for code, buurten in whole.items():
            yield code, sorted(buurten)
            inside = [name for name, own in other.items() if own <= buurten]
            rest = buurten.difference(*(other[name] for name in inside))
            if inside:
                yield code, [*inside, *sorted(rest)]


def _with_companions(
    small: set[Cell], counts: Mapping[Cell, int], cells: tuple[tuple[Cell, ...], ...]
) -> set[Cell]:
    secret, before = set(small), -1
    while len(secret) != before:
        before = len(secret)
        for total in cells:
            shown = [cell for cell in total if cell not in secret]
            if len(total) - len(shown) == 1 and shown:
                parts = [cell for cell in shown if cell != total[0]]
                secret.add(min(parts or shown, key=lambda cell: (counts[cell], cell)))
    return secret


def _until_nothing_follows(
    secret: set[Cell], small: set[Cell], counts: Mapping[Cell, int], areas: Areas
) -> set[Cell]:
    rows = _equations(areas, counts)
    hidden = {cell for cell in counts if is_secret(frozenset(secret), *cell)}
    while giving := _giving_away(rows, sorted(small & counts.keys()), counts, hidden):
        hidden.add(giving)
    return secret | hidden


def _giving_away(
    rows: Mapping[Cell, _Row], small: list[Cell], counts: Mapping[Cell, int], hidden: set[Cell]
) -> Cell | None:
    """Return the smallest of the shown cells that together give a small one, if there are such."""
    shown = [cell for cell in sorted(counts) if cell not in hidden]
    if not shown:
        return None
    known = np.array([rows[cell] for cell in shown]).T
    for cell in small:
        share = np.linalg.lstsq(known, rows[cell], rcond=None)[0]
        used = [one for one, part in zip(shown, share, strict=True) if abs(part) > _TINY]
        if used and np.abs(known @ share - rows[cell]).max() < _TINY:
            return min(used, key=lambda one: (counts[one], one))
    return None


def _equations(areas: Areas, counts: Mapping[Cell, int]) -> dict[Cell, _Row]:
    """Return each cell as a sum of the cells of one buurt and one corporation that are not zero."""
    buurten = set(areas.buurten.index)
    atoms = [cell for cell in sorted(counts) if cell[0] in buurten and cell[1] != ALL]
    inside = {area: set(codes) for area, codes in areas.plan_areas["bu_codes"].items()}
    levels: tuple[AreaLevel, ...] = ("buurt", "wijk", "gemeente")
    for level in levels:
        for code, area in areas.parents(level).items():
            inside.setdefault(area, set()).add(code)
    return {
        (area, owner): np.array(
            [float(code in inside[area] and owner in {ALL, own}) for code, own in atoms]
        )
        for area, owner in counts
    }


def is_secret(cells: frozenset[Cell], area: str, corporation: str) -> bool:
    """Return whether a cell is secret, by itself or because all of its area is."""
    return (area, corporation) in cells or (area, ALL) in cells
