"""What the sheet says of a figure: its signal, its trend, its difference, in plain Dutch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo_lv.indicators.catalogue import LABEL_MEAN, Indicator
from geo_lv.maps.signals import DIRECTIONS, LEVELS, NOISES
from geo_lv.maps.text import figure, number, plural, shown_unit, with_unit
from geo_lv.maps.wijk.evidence import Row
from geo_lv.maps.wijk.sparkline import Series
from geo_lv.maps.wijk.spine import middle_half
from geo_lv.properties import label_of

_EURO: Final = "€\u00a0"
"""With a space at which no line ends."""
_SIDES: Final = {"favourable": "gunstig", "unfavourable": "ongunstig", "neutral": ""}
_UNJUDGED: Final = {
    "unknown": "geen cijfer",
    "small": "te klein om te beoordelen",
    "no_base": "niet te beoordelen: onbekend om hoeveel het gaat",
    "no_reference": "niet te beoordelen: te weinig om mee te vergelijken",
}
_COURSES: Final = {"rising": "stijgt", "falling": "daalt", "level": "ongeveer gelijk"}
_CERTAINTIES: Final = {"certain": "zeker", "uncertain": "onzeker"}


@dataclass(frozen=True)
class Axis:
    """How the charts of indicators with one direction read."""

    heading: str
    left: str
    right: str


AXES: Final = {
    "lower_better": Axis("Lager is gunstiger", "ongunstig", "gunstig"),
    "higher_better": Axis("Hoger is gunstiger", "ongunstig", "gunstig"),
    "neutral": Axis("Geen gunstige kant vastgelegd", "lager", "hoger"),
}
"""By direction of the catalogue, in the order of the sheet: unfavourable always on the left."""


def value_text(value: float, indicator: Indicator, decimals: int = 0) -> str:
    """Return a figure without its unit; money carries its own. It has so many decimals at least."""
    if indicator.id == LABEL_MEAN:
        return label_of(value)
    text = figure(value, max(indicator.decimals, decimals), indicator.unit)
    return text.replace("€ ", _EURO)


def between(low: float, high: float, indicator: Indicator, decimals: int = 0) -> str:
    """Return two figures as a range, such as ``€ 211.000–518.000``."""
    first, last = (value_text(value, indicator, decimals) for value in (low, high))
    return f"{first}–{last.removeprefix(_EURO)}"


def spread_text(others: Sequence[float], indicator: Indicator) -> str:
    """Say between which figures the other wijken lie, and the middle half of them."""
    if not others:
        return "geen andere wijken met een cijfer"
    ends = between(min(others), max(others), indicator)
    half = middle_half(others)
    if half is None:
        return f"{plural(len(others), 'andere wijk', 'andere wijken')}: {ends}"
    return f"{ends}, helft {between(*half, indicator)}"


def signal_words(row: Row | None) -> tuple[str, str]:
    """Return what the signal of a figure is, and on what it rests or why there is none."""
    if row is None:
        return "geen oordeel", "wordt niet beoordeeld"
    if row["unjudged"]:
        return "geen oordeel", _UNJUDGED[row["unjudged"]]
    if not row["level"]:
        return "geen signaal", ""
    side = _SIDES[row["side"]]
    words = f"{LEVELS[row['level']]}: {DIRECTIONS[row['direction']]}"
    return words, ", ".join(part for part in (side, _years_held(row)) if part)


def _years_held(row: Row) -> str:
    if row["years"] > 1:
        return f"{row['held']} van {row['years']} jaren"
    return "één meetjaar" if row["year"] else "één meting"


def trend_words(row: Row | None, own: Series, indicator: Indicator) -> tuple[str, str]:
    """Return which way a figure goes and how certain that is, and from what to what it went."""
    from_to = _from_to(own, indicator)
    if row is None:
        return "geen trend bepaald", from_to
    if row["unjudged"] == "small":
        return "te klein voor een trend", from_to
    if row["unjudged"]:
        return "te weinig jaren", from_to
    course = _COURSES[row["direction"]]
    if row["direction"] == "level":
        return course, from_to
    return f"{course}, {_CERTAINTIES[row['certainty']]}", from_to


def _from_to(own: Series, indicator: Indicator) -> str:
    """Say between which years a figure went from what to what, and how many years are known."""
    if len(own) < 2:  # noqa: PLR2004 - a way has two ends
        return f"alleen {own[0][0]}" if own else ""
    (first, start), (last, end) = own[0], own[-1]
    known = "" if last - first + 1 == len(own) else f" ({len(own)} jaren bekend)"
    return f"{first}: {value_text(start, indicator)}; {last}: {value_text(end, indicator)}{known}"


def deviation_sentence(label: str, row: Row, value: float, municipal: float, of: Indicator) -> str:
    """
    Say in one sentence how far a figure lies from the municipality, and how sure that is.

    Parameters
    ----------
    label
        What the sheet calls the figure.
    row
        Of the table of signals, with a level.
    value, municipal
        Of the wijk and of the municipality.
    of
        The indicator.

    Returns
    -------
    sentence
        With the figures, the difference with its interval, and in how many years it was there.
    """
    shown = with_unit(value_text(value, of), shown_unit(of.unit))
    percent = of.unit.startswith("%")
    whole = value_text(municipal, of) + ("%" if percent else "")
    points = " procentpunt" if percent else ""
    year = f" ({row['year']})" if row["year"] else ""
    low, high = sorted((abs(row["deviation_low"]), abs(row["deviation_high"])))
    return (
        f"{label}: {shown}{year}, {value_text(abs(row['deviation']), of)}{points} "
        f"{DIRECTIONS[row['direction']]} dan de gemeente ({whole}). Met {NOISES[row['noise']]} is "
        f"dat {between(low, high, of, 1)}; {_lasting(row)}."
    )


def _lasting(row: Row) -> str:
    if row["years"] > 1:
        return f"in {number(row['held'])} van de laatste {number(row['years'])} meetjaren"
    return "in één meetjaar" if row["year"] else "in één meting"
