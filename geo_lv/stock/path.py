"""What it takes to reach a target for energy labels, counted in whole homes.

The agreements name a label for the mean and give no method. Here the mean is taken on the ordinal
scale of `geo_lv.properties`, and it "is" the label to which it lies nearest, with a half going to
the worse one: the mean is B once it lies above 4.5. Everything is counted in integers, so that no
rounding decides whether a target is reached.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from geo_lv.agreements import Target
from geo_lv.properties import LABELS, POOR_LABELS, label_rank

MEAN_MEASURE: Final = "label_mean"
"""Measure of a target for the mean label; the other one is for the share of E, F and G."""
NOT_POOR: Final = LABELS[LABELS.index(POOR_LABELS[0]) - 1]
"""The worst label that no longer counts as poor."""


@dataclass(frozen=True)
class LabelPath:
    """What is still to be done for one target."""

    homes: int
    """The least number of homes, if each becomes the target label at once; 0 when reached."""
    points: int
    """Steps of one label class still short, over all homes together; 0 when reached."""


def path_to(target: Target, counts: Mapping[str, int]) -> LabelPath:
    """
    Count what is still to be done for a target.

    Parameters
    ----------
    target
        For the mean label, or for the share of E, F and G.
    counts
        Homes per label class; those without a label count neither for nor against.

    Returns
    -------
    path
        From `path_to_mean` or `path_to_share`.
    """
    if target.measure == MEAN_MEASURE:
        return path_to_mean(target.target, counts)
    return path_to_share(int(target.target), counts)


def path_to_mean(target: str, counts: Mapping[str, int]) -> LabelPath:
    """
    Count what lies between a mean label and its target.

    Parameters
    ----------
    target
        A label class.
    counts
        Homes per label class of `LABELS`; other keys are not looked at.

    Returns
    -------
    path
        ``points`` is the least number of label steps after which the mean is the target.
        ``homes`` is the least number of homes, the worst first, that become the target label
        until the mean is reached. Both 0 where there are no labelled homes.
    """
    homes = sum(counts[label] for label in LABELS)
    total = sum(counts[label] * label_rank(label) for label in LABELS)
    goal = label_rank(target)
    # the mean is above goal - 1/2 once 2 * total > (2 * goal - 1) * homes
    short = max(0, ((2 * goal - 1) * homes + 2) // 2 - total) if homes else 0
    improved, left = 0, short
    for label in reversed(LABELS[LABELS.index(target) + 1 :]):
        gain = goal - label_rank(label)
        taken = min(counts[label], max(0, -(-left // gain)))
        improved, left = improved + taken, left - taken * gain
    return LabelPath(improved, short)


def path_to_share(percent: int, counts: Mapping[str, int]) -> LabelPath:
    """
    Count what lies between the share of E, F and G and its target.

    Parameters
    ----------
    percent
        The share that may be left, 0 to 100 percent of the labelled homes.
    counts
        Homes per label class of `LABELS`; other keys are not looked at.

    Returns
    -------
    path
        ``homes`` is the number of poor homes above the share. ``points`` are the label steps that
        bring those, the worst first, to `NOT_POOR`.
    """
    allowed = percent * sum(counts[label] for label in LABELS) // 100
    homes = max(0, sum(counts[label] for label in POOR_LABELS) - allowed)
    ranks = _worst_first(counts)[:homes]
    return LabelPath(homes, sum(label_rank(NOT_POOR) - rank for rank in ranks))


def _worst_first(counts: Mapping[str, int]) -> list[int]:
    labels: Iterable[str] = reversed(POOR_LABELS)
    return [label_rank(label) for label in labels for _ in range(counts[label])]
