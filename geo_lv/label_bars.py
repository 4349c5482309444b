"""Energy labels of one corporation in one area: as they are, or as the public edition has them."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from geo_lv.coarsening import class_to_five, coarse_groups, coarse_mean, coarse_share, to_five
from geo_lv.properties import (
    LABEL_CLASSES,
    LABELS,
    POOR_LABELS,
    mean_label_ordinal,
    poor_label_share,
)
from geo_lv.suppression import Secrets


@dataclass(frozen=True)
class LabelBar:
    """Energy labels of one corporation in one area, as far as they may be shown."""

    area: str
    corporation: str
    dwellings: int
    """All of them; 0 when the bar is hidden."""
    groups: tuple[tuple[str, int], ...]
    """Label group and dwellings, best first; empty when the bar is hidden."""
    mean_label: float
    """Mean on the ordinal scale over all its labels; NaN when hidden or without labels."""
    poor_share: float
    """Percent E, F or G of the labelled dwellings; NaN when hidden or without labels."""


def exact_bars(labels: pd.DataFrame) -> Iterator[LabelBar]:
    """
    Yield every bar as it is, for the internal edition.

    Parameters
    ----------
    labels
        Dwellings per ``area``, ``corporation`` and label class.

    Yields
    ------
    bar
        One for each row.
    """
    means, shares = mean_label_ordinal(labels), poor_label_share(labels)
    for row, mean, share in zip(labels.to_dict("records"), means, shares, strict=True):
        groups = tuple((label, int(row[label])) for label in LABEL_CLASSES if row[label])
        homes = sum(count for _, count in groups)
        yield LabelBar(str(row["area"]), str(row["corporation"]), homes, groups, mean, share)


def public_bars(labels: pd.DataFrame, secrets: Secrets) -> Iterator[LabelBar]:
    """
    Yield every bar with counts in fives, or without anything when it is secret.

    Parameters
    ----------
    labels
        Dwellings per ``area``, ``corporation`` and label class.
    secrets
        What may not be shown.

    Yields
    ------
    bar
        One for each row.
    """
    for bar, row in zip(exact_bars(labels), labels.to_dict("records"), strict=True):
        counts = {label: int(row[label]) for label in LABEL_CLASSES}
        groups = coarse_groups(counts)
        if secrets.hides(bar.area, bar.corporation, "labels") or not groups:
            yield LabelBar(bar.area, bar.corporation, 0, (), math.nan, math.nan)
            continue
        yield LabelBar(
            area=bar.area,
            corporation=bar.corporation,
            dwellings=to_five(bar.dwellings),
            groups=groups,
            mean_label=coarse_mean(bar.mean_label),
            poor_share=public_poor_share(counts),
        )


def public_poor_share(counts: Mapping[str, int]) -> float:
    """Return the share of poor labels, worked out from counts in fives; NaN without labels."""
    poor = sum(counts[label] for label in POOR_LABELS)
    return coarse_share(class_to_five(poor), to_five(sum(counts[label] for label in LABELS)))
