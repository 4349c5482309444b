"""Where the marks of a spine chart stand: the municipality in the middle, all else around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from geo_lv.maps.wijk.model import Span, Spine

WIDTH: Final = 200
"""Drawing units; the template has the same."""
_MIDDLE: Final = WIDTH / 2
_REACH: Final = 92.0
"""What lies farthest from the municipality stands so far from the middle."""
ENOUGH_FOR_HALF: Final = 4
"""With fewer other wijken a middle half would say nothing."""


@dataclass(frozen=True)
class Measures:
    """The figures behind one chart, in their own unit."""

    value: float | None
    interval: Span | None
    municipality: float | None
    others: Sequence[float]
    """The other wijken that have a figure, in any order."""


def middle_half(others: Sequence[float]) -> Span | None:
    """Return the first and third quartile, linear between two figures; None when there are few."""
    if len(others) < ENOUGH_FOR_HALF:
        return None
    low, high = np.percentile(np.array(others), (25, 75))
    return float(low), float(high)


def spine(
    measures: Measures, *, mirrored: bool, level: Literal["", "watch", "strong"] = ""
) -> Spine:
    """
    Place the marks of a row.

    Parameters
    ----------
    measures
        The figures.
    mirrored
        Whether high values lie on the left: where lower is favourable, as that side is the right.
    level
        Of the signal of the wijk, for the shape of its mark.

    Returns
    -------
    spine
        The municipality, or the median of all figures when it has none, lies in the middle, and
        what lies farthest from it just inside the edge; each row so has a scale of its own.
    """
    own = [] if measures.value is None else [measures.value]
    known = [*measures.others, *own]
    base = measures.municipality
    centre = base if base is not None else float(np.median(known)) if known else 0.0
    reach = max((abs(each - centre) for each in (*known, *(measures.interval or ()))), default=0.0)

    def place(figure: float) -> float:
        share = (figure - centre) / reach if reach else 0.0
        return round(_MIDDLE + _REACH * (-share if mirrored else share), 1)

    def span(ends: Span | None) -> Span | None:
        if ends is None:
            return None
        left, right = sorted(map(place, ends))
        return left, right

    others = measures.others
    return Spine(
        whole=span((min(others), max(others))) if others else None,
        half=span(middle_half(others)),
        municipality=None if base is None else place(base),
        dot=None if measures.value is None else place(measures.value),
        interval=span(measures.interval),
        level=level,
    )
