"""The buurten of each municipality in a few figures: how many have one, lowest, middle, highest."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_lv.maps.country.legend import LOOKS, REASON_TEXTS, Classed
from geo_lv.maps.country.view import CountryView, Ints
from geo_lv.maps.text import figure, plural


@dataclass(frozen=True)
class Span:
    """The buurten of one municipality for one indicator."""

    count: int
    """Buurten with a figure."""
    low: float
    median: float
    high: float
    look: int
    """Class of the median; below zero, -1 - the reason that most of its buurten have."""


@dataclass(frozen=True)
class SpanText:
    """The same as it stands in the table."""

    median: str
    rest: str
    """Lowest, highest and count; empty without a figure."""


def spans(view: CountryView, item: Classed) -> tuple[Span, ...]:
    """
    Sum up an indicator per municipality.

    Parameters
    ----------
    view
        The view that the indicator is of.
    item
        The indicator with its classes.

    Returns
    -------
    spans
        In the order of the municipalities.
    """
    every = range(len(view.gemeenten))
    values = pd.Series(item.values).groupby(np.asarray(view.gemeente_of))
    figures = values.agg(["count", "min", "median", "max"]).reindex(every)
    reasons = _most_common_reasons(view, item)
    rows = zip(figures.itertuples(index=False), reasons.tolist(), strict=True)
    return tuple(_span(item, row, reason) for row, reason in rows)


def span_text(item: Classed, span: Span) -> SpanText:
    """Write a span in Dutch."""
    if not span.count:
        return SpanText(REASON_TEXTS[-1 - span.look], "")
    unit, decimals = item.indicator.unit, item.indicator.decimals
    low, median, high = (figure(v, decimals, unit) for v in (span.low, span.median, span.high))
    return SpanText(median, f"{low} tot {high}, {plural(span.count, 'buurt', 'buurten')}")


def look_of(span: Span) -> str:
    """Return the class of a style sheet for the colour of a municipality."""
    return f"class-{span.look}" if span.look >= 0 else LOOKS[-1 - span.look]


def buurten_per_gemeente(view: CountryView) -> Ints:
    """Return how many buurten each municipality has, shape (n gemeenten,)."""
    return np.bincount(view.gemeente_of, minlength=len(view.gemeenten))


def _span(item: Classed, row: tuple[float, ...], reason: int) -> Span:
    count, low, median, high = row
    if not count > 0:  # NaN for a municipality without buurten
        return Span(0, np.nan, np.nan, np.nan, -1 - reason)
    return Span(int(count), low, median, high, item.class_of(median))


def _most_common_reasons(view: CountryView, item: Classed) -> Ints:
    """Return the reason of most buurten per municipality; the first of those that are equal."""
    kinds = len(REASON_TEXTS)
    absent = item.reasons >= 0
    places = np.asarray(view.gemeente_of)[absent] * kinds + item.reasons[absent]
    counts = np.bincount(places, minlength=len(view.gemeenten) * kinds)
    return np.asarray(counts.reshape(-1, kinds).argmax(axis=1))
