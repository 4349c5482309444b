"""A value in words: as text, and how it compares with that of the municipality."""

from typing import Final

from geo_lv.indicators.catalogue import LABEL_MEAN, Indicator
from geo_lv.maps.text import figure, percentage, plural, shown_unit, signed, with_unit
from geo_lv.properties import LABELS, label_of

_NOT_COMPARED: Final = frozenset({"klasse", "per km²"})
"""A class has no difference, and a density depends on how much open land a border takes in."""


def value_text(value: float, indicator: Indicator) -> str:
    """Return a value as text: a mean label as its letter."""
    if indicator.id == LABEL_MEAN:
        return label_of(value)
    return figure(value, indicator.decimals, indicator.unit)


def compared(own: float, whole: float, indicator: Indicator) -> str:
    """Return how a value compares with that of the municipality, in words that fit the unit."""
    if indicator.id == LABEL_MEAN:
        return _label_comparison(own, whole)
    if indicator.unit.startswith("%"):
        return f"{signed(own - whole, indicator.decimals)} procentpunt"
    if indicator.aggregation == "sum" or indicator.unit == "woningen":
        return f"{percentage(100 * own / whole, 1)} van de gemeente" if whole else ""
    if indicator.unit in _NOT_COMPARED or not whole:
        return ""
    amount = signed(own - whole, indicator.decimals, indicator.unit)
    difference = with_unit(amount, shown_unit(indicator.unit))
    return f"{difference} ({signed(100 * (own - whole) / whole)}%)"


def _label_comparison(own: float, whole: float) -> str:
    steps = LABELS.index(label_of(whole)) - LABELS.index(label_of(own))
    if not steps:
        return "gelijk aan de gemeente"
    return f"{plural(abs(steps), 'klasse', 'klassen')} {'beter' if steps > 0 else 'slechter'}"
