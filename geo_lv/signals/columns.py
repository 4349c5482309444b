"""From arrays to the columns of a table, and what a difference is called."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo_lv.indicators.catalogue import Indicator
from geo_lv.signals.noise import Array

Columns = Mapping[str, npt.NDArray[Any]]
Texts = npt.NDArray[np.object_]

_SIDES: Final = {
    "higher_better": ("unfavourable", "favourable"),
    "lower_better": ("favourable", "unfavourable"),
    "neutral": ("neutral", "neutral"),
}


def texts(values: Sequence[str], places: npt.NDArray[np.int64]) -> Texts:
    """Return the text at each place. All cells share the few texts there are."""
    found: Texts = np.array([*values], dtype="object")[places]
    return found


def first_of(cases: Sequence[tuple[str, npt.NDArray[np.bool_]]], default: str = "") -> Texts:
    """Return of each cell the text of the first case that holds."""
    names, masks = zip(*cases, strict=True)
    places = np.select(masks, [*range(len(names))], default=len(names))
    return texts([*names, default], places)


def by_sign(numbers: Array, below: str, above: str, default: str = "") -> Texts:
    """Return a text for what lies below 0, one for what lies above, and one for the rest."""
    return first_of([(below, numbers < 0), (above, numbers > 0)], default)


def sides(numbers: Array, indicator: Indicator) -> Texts:
    """
    Say what differences or slopes are called in the catalogue; what they are worth is not said.

    Parameters
    ----------
    numbers
        Such as the figures less that of the municipality.
    indicator
        What they are of.

    Returns
    -------
    sides
        ``favourable``, ``unfavourable`` or ``neutral``; empty where there is no difference or it is
        not known.
    """
    return by_sign(numbers, *_SIDES[indicator.direction])


def table_of(parts: Iterable[Columns], types: Mapping[str, str]) -> pd.DataFrame:
    """
    Put parts of a table under each other.

    Parameters
    ----------
    parts
        Arrays by column; each part has all columns.
    types
        The columns of the table, in order, with their dtypes.

    Returns
    -------
    table
        Numbered from 0, with exactly those columns.
    """
    empty = {column: np.array([], dtype="object") for column in types}
    together = [empty, *parts]
    columns = {column: np.concatenate([part[column] for part in together]) for column in types}
    return pd.DataFrame(columns).astype(dict(types))
