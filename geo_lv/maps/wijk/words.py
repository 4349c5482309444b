"""What the sheet says of a figure: its signal, its trend, its difference, in plain Dutch."""

from collections.abc import Sequence
from typing import Final

from geo_lv.indicators.catalogue import LABEL_MEAN, Indicator
from geo_lv.maps.signals import DIRECTIONS, LEVELS, NOISES
from geo_lv.maps.text import figure, number, plural, shown_unit, with_unit
from geo_lv.maps.wijk.evidence import Row
from geo_lv.maps.wijk.sparkline import Series
from geo_lv.maps.wijk.spine import middle_half
from geo_lv.properties import label_of

_SIDES: Final = {"favourable": "gunstig", "unfavourable": "ongunstig", "neutral": ""}
_UNJUDGED: Final = {
    "unknown": "geen cijfer",
    "small": "te klein om te beoordelen",
    "no_base": "niet te beoordelen: onbekend om hoeveel het gaat",
    "no_reference": "niet te beoordelen: te weinig om mee te vergelijken",
}
_COURSES: Final = {"rising": "stijgt", "falling": "daalt", "level": "ongeveer gelijk"}
_CERTAINTIES: Final = {"certain": "zeker", "uncertain": "onzeker"}
FAVOURABLE: Final = {
    "higher_better": "hoger is gunstiger",
    "lower_better": "lager is gunstiger",
    "neutral": "",
}


def value_text(value: float, indicator: Indicator, more_decimals: int = 0) -> str:
    """Return a figure without its unit; money carries its own."""
    if indicator.id == LABEL_MEAN:
        return label_of(value)
    return figure(value, indicator.decimals + more_decimals, indicator.unit)


def between(low: float, high: float, indicator: Indicator) -> str:
    """Return an interval, with a decimal more than the figure, as its ends are not rounded."""
    return f"{value_text(low, indicator, 1)}–{value_text(high, indicator, 1)}"


def spread_text(others: Sequence[float], indicator: Indicator) -> str:
    """Say between which figures the other wijken lie, and the middle half of them."""
    if not others:
        return "geen andere wijken met een cijfer"
    ends = f"{value_text(min(others), indicator)}–{value_text(max(others), indicator)}"
    half = middle_half(others)
    if half is None:
        return f"{plural(len(others), 'andere wijk', 'andere wijken')}: {ends}"
    return f"{ends}, helft {value_text(half[0], indicator)}–{value_text(half[1], indicator)}"


def signal_words(row: Row | None) -> tuple[str, str]:
    """Return what the signal of a figure is, and on what it rests or why there is none."""
    if row is None:
        return "geen oordeel", "dit cijfer wordt niet beoordeeld"
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
        return f"{course} ({plural(row['years'], 'jaar', 'jaren')})", from_to
    certainty = _CERTAINTIES[row["certainty"]]
    return f"{course}, {certainty} ({plural(row['years'], 'jaar', 'jaren')})", from_to


def _from_to(own: Series, indicator: Indicator) -> str:
    if not own:
        return ""
    ends = [f"{value_text(value, indicator)} ({year})" for year, value in (own[0], own[-1])]
    return f"alleen {own[0][0]}" if len(own) == 1 else f"van {ends[0]} naar {ends[1]}"


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
    whole = with_unit(value_text(municipal, of), shown_unit(of.unit))
    year = f" in {row['year']}" if row["year"] else ""
    low, high = sorted((abs(row["deviation_low"]), abs(row["deviation_high"])))
    return (
        f"{label}: {shown}{year}, {_difference(abs(row['deviation']), of)} "
        f"{DIRECTIONS[row['direction']]} dan de gemeente ({whole}); met "
        f"{NOISES[row['noise']]} ligt het verschil tussen {_amount(low, of)} en "
        f"{_difference(high, of, 1)}, {_lasting(row)}."
    )


def _amount(value: float, of: Indicator, more_decimals: int = 1) -> str:
    return figure(value, of.decimals + more_decimals, of.unit)


def _difference(value: float, of: Indicator, more_decimals: int = 0) -> str:
    amount = _amount(value, of, more_decimals)
    if of.unit.startswith("%"):
        return f"{amount} procentpunt"
    return with_unit(amount, shown_unit(of.unit))


def _lasting(row: Row) -> str:
    if row["years"] > 1:
        return f"zo in {number(row['held'])} van de laatste {number(row['years'])} meetjaren"
    return "gezien in één meetjaar" if row["year"] else "gezien in één meting"
