"""Where the points of a line through the years stand."""

from collections.abc import Iterator, Sequence
from typing import Final

from geo_lv.maps.wijk.model import Spark

WIDTH: Final = 90
"""Drawing units; the template has the same."""
HEIGHT: Final = 18
_SIDE: Final = 4
_TOP: Final = 3

Series = Sequence[tuple[int, float]]
"""Year and figure, in the order of time."""


def spark(own: Series, municipal: Series, years: Sequence[int]) -> Spark | None:
    """
    Place the figures of a wijk through the years, and those of the municipality beside them.

    Parameters
    ----------
    own
        Of the wijk.
    municipal
        Of the municipality; only years between the first and the last of the wijk are drawn.
    years
        All years in which the indicator was measured: a line stops at one that is not there.

    Returns
    -------
    spark
        None with fewer than two years: then there is no line.
    """
    if len(own) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    first, last = own[0][0], own[-1][0]
    beside = [(year, figure) for year, figure in municipal if first <= year <= last]
    figures = [figure for _, figure in (*own, *beside)]
    low, high = min(figures), max(figures)

    def place(year: int, figure: float) -> tuple[float, float]:
        along = (year - first) / (last - first)
        up = (figure - low) / (high - low) if high > low else 0.5
        x = _SIDE + along * (WIDTH - 2 * _SIDE)
        return round(x, 1), round(HEIGHT - _TOP - up * (HEIGHT - 2 * _TOP), 1)

    def points(series: Series) -> tuple[str, ...]:
        parts = (part for part in _unbroken(series, years) if len(part) > 1)
        return tuple(
            " ".join(f"{x:g},{y:g}" for x, y in (place(*each) for each in p)) for p in parts
        )

    return Spark(points(own), tuple(place(*each) for each in own), points(beside))


def _unbroken(series: Series, years: Sequence[int]) -> Iterator[list[tuple[int, float]]]:
    """Yield the runs of figures between which no measured year is missing."""
    # the municipality may have a figure in a year in which no wijk has one
    measured = sorted({*years, *(year for year, _ in series)})
    order = {year: place for place, year in enumerate(measured)}
    run: list[tuple[int, float]] = []
    for year, figure in series:
        if run and order[year] != order[run[-1][0]] + 1:
            yield run
            run = []
        run.append((year, figure))
    yield run
