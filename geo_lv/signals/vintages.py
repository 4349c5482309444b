"""From evidence per year to a level that held in several: arrays of areas by years in and out."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geo_lv.signals.evidence import Steps

Numbers = npt.NDArray[np.int64]


class Held(NamedTuple):
    """What the evidence of the last years comes to, for each year as the last one."""

    level: Steps
    """0 none, 1 ``watch``, 2 ``strong``."""
    years: Numbers
    """How many years it rests on, this one included; 0 where the area is not judged."""
    held: Numbers
    """In how many of those it reached this level (``watch`` if it has none), on this side."""
    since: Numbers
    """Position of the first year of the unbroken run on this side; -1 without evidence."""


def held(evidence: Steps, judged: npt.NDArray[np.bool_], vintages: int, needed: int) -> Held:
    """
    Keep what this year shows and enough of the years before as well.

    Parameters
    ----------
    evidence
        Of areas by years, in the order of time; 0 where not judged.
    judged
        Where an area could be judged. A year in which it could not is as if it was not there: it
        counts neither for nor against, and the year before takes its place.
    vintages
        How many years count, this one included.
    needed
        In how many of them the evidence must be there; with fewer years at hand in all of them.

    Returns
    -------
    held
        The same shape.
    """
    order = np.argsort(~judged, axis=1, kind="stable")  # judged years first, in time
    shown = np.take_along_axis(np.where(judged, evidence, 0), order, axis=1)
    padded = np.pad(shown, ((0, 0), (vintages - 1, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, vintages, axis=1)
    same_side = windows * np.sign(shown)[..., np.newaxis]
    known = np.broadcast_to(np.minimum(np.arange(shown.shape[1]) + 1, vintages), shown.shape)
    level, count = np.zeros_like(shown), (same_side >= 1).sum(axis=2)
    for step in (1, 2):
        at_least = (same_side >= step).sum(axis=2)
        reached = (abs(shown) >= step) & (at_least >= np.minimum(known, needed))
        level, count = np.where(reached, step, level), np.where(reached, at_least, count)
    in_time = np.argsort(order, axis=1)
    dense = (level, np.where(np.sort(~judged, axis=1), 0, known), count, _starts(shown, order))
    return Held(*(np.take_along_axis(part, in_time, axis=1) for part in dense))


def _starts(shown: Steps, order: Numbers) -> Numbers:
    """Return where the run of evidence on one side began that a year belongs to."""
    starts = np.where(shown != 0, order, -1)
    for place in range(1, shown.shape[1]):
        goes_on = shown[:, place] * shown[:, place - 1] > 0
        starts[goes_on, place] = starts[goes_on, place - 1]
    return starts
