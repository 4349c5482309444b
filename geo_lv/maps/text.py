"""Figures, dates and certainty in plain Dutch. The only place where a number becomes text."""

from typing import Final

from geo_lv.schema import MONTHS, Confidence

CERTAINTY: Final = {
    Confidence.HIGH: "staat zo in de bron",
    Confidence.MEDIUM: "waarschijnlijk",
    Confidence.LOW: "indicatief: afgeleid, niet bevestigd",
    Confidence.UNKNOWN: "onbekend",
}
_EUROS: Final = {"€": 1, "× € 1.000": 1000}
"""Units of money, with how many euros one of them is."""
_RANKS: Final = frozenset({"klasse", "label"})
"""Units that stand before what they count."""
_DUTCH_SIGNS: Final = {ord(","): ".", ord("."): ",", ord("-"): "−"}


def number(value: float, decimals: int = 0) -> str:
    """Return a number the Dutch way: ``1.234,5``, with a real minus sign."""
    plain = f"{value:,.{decimals}f}"
    if float(plain.replace(",", "")) == 0:
        plain = plain.lstrip("-")
    return plain.translate(_DUTCH_SIGNS)


def figure(value: float, decimals: int, unit: str) -> str:
    """Return a figure as a page shows it: an amount of money in full, ``€ 339.000``."""
    euros = _EUROS.get(unit)
    if euros is None:
        return number(value, decimals)
    amount = number(round(value, decimals) * euros)
    return f"−€ {amount[1:]}" if amount.startswith("−") else f"€ {amount}"


def euros_per(unit: str) -> int:
    """Return how many euros one of a unit is; 0 for a unit that is no money."""
    return _EUROS.get(unit, 0)


def shown_unit(unit: str) -> str:
    """Return the unit that goes with a figure; none for money, which carries its own sign."""
    return "" if unit in _EUROS else unit


def signed(value: float, decimals: int = 0, unit: str = "") -> str:
    """Return a difference with its sign, ``−€ 24.000`` for money; no sign on zero."""
    plain = figure(abs(value), decimals, unit)
    sign = "+" if value > 0 else "−"
    return sign + plain if plain.strip("€ 0,") else plain


def percentage(share: float, decimals: int = 0) -> str:
    """Return a percentage 0–100 as ``12%``."""
    return f"{number(share, decimals)}%"


def with_unit(text: str, unit: str) -> str:
    """Return a figure with its unit: ``12%``, ``3 woningen``, ``klasse 1``."""
    if unit in _RANKS:
        return f"{unit} {text}"
    return f"{text}{unit}" if unit.startswith("%") else f"{text} {unit}".strip()


def dutch_date(iso: str) -> str:
    """Return a year, year-month or full ISO date in words: ``16 maart 2024``."""
    parts = iso.split("-")
    if len(parts) == 1:
        return iso
    month = f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return month if len(parts) == 2 else f"{int(parts[2])} {month}"  # noqa: PLR2004 - year-month


def short_date(iso: str) -> str:
    """Return an ISO day as ``16-03-2024``, for a narrow column."""
    return "-".join(reversed(iso.split("-")))


def years(first: int, last: int | None) -> str:
    """Return a span of years: ``2022``, ``2022–2025`` or ``vanaf 2032``."""
    if last is None:
        return f"vanaf {first}"
    return str(first) if first == last else f"{first}–{last}"


def plural(count: int, one: str, many: str) -> str:
    """Return a count with its noun: ``1 locatie``, ``2 locaties``."""
    return f"{number(count)} {one if count == 1 else many}"


def enumeration(words: list[str]) -> str:
    """Return words joined as in a sentence: ``a, b en c``."""
    return " en ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def sentence_case(words: str) -> str:
    """Return a text that starts with a capital."""
    return words[:1].upper() + words[1:]
