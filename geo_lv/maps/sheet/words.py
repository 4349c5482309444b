"""How text looks on a sheet, and the small words that the pages have in their templates."""

from typing import Final

from geo_lv.maps.map_model import MapIndicator
from geo_lv.maps.sheet.fonts import Style

TITLE: Final = Style(25, "bold")
LONG_TITLE: Final = Style(14, "bold")
KICKER: Final = Style(8.6, "bold", "accent")
LEAD: Final = Style(9.6)
HEADING: Final = Style(11, "bold")
BODY: Final = Style(7.6)
STRONG: Final = Style(7.6, "bold")
NOTE: Final = Style(6.9, colour="muted")
BADGE: Final = Style(6.6, "bold", "warn")

FICTITIOUS: Final = "FICTIEVE VOORBEELDGEGEVENS"
FICTITIOUS_NOTE: Final = "Een deel van de cijfers op dit blad is verzonnen. Daar staat het bij."

REASON_KEYS: Final = {
    "missing": "cijfer ontbreekt",
    "suppressed": "geheim: te weinig woningen of mensen",
    "not_applicable": "niet van toepassing",
}
SITE_KEYS: Final = {
    "number": "nieuwbouw: hoe groter, hoe meer woningen",
    "nnb": "nieuwbouw: aantal nog niet bekend",
    "percentage": "nieuwbouw: afgesproken als percentage",
}
RING_KEY: Final = "gestreepte ring: plaats bij benadering"
PLAN_KEY: Final = "plangebied"
LINES_KEY: Final = "grens is bij benadering"
INDICATIVE_KEY: Final = "schuin gestreept: jaren niet zeker"
UNKNOWN_KEY: Final = "onbekend"


def heading_of(indicator: MapIndicator) -> str:
    """Return the label of an indicator with its unit and year, as over the legend of the page."""
    same = not indicator.unit or indicator.unit.lower() == indicator.label.lower()
    text = indicator.label if same else f"{indicator.label}, {indicator.unit}"
    return f"{text} ({indicator.year})" if indicator.year else text
