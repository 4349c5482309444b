"""What a page says where there is nothing to show yet: never an empty chart, never a zero."""

from typing import Final

from geo_lv.indicators.counted import NO_LIST, NO_PROGRAMME

__all__ = [
    "NO_FIGURES",
    "NO_HOMES",
    "NO_LISTS",
    "NO_MEETINGS",
    "NO_PLANS",
    "NO_PROGRAMME",
    "NO_ROWS",
]

NO_HOMES: Final = NO_LIST
NO_FIGURES: Final = "Er zijn nog geen cijfers."
NO_LISTS: Final = "Er is nog geen aandachtslijst bekend."
NO_PLANS: Final = "Er is nog geen gebied met een wijkuitvoeringsplan bekend."
NO_MEETINGS: Final = "Er is ook nog geen gebied met een partneroverleg bekend."
NO_ROWS: Final = "nog geen gegevens"
"""Stands in the place of the rows of a table that has none, behind its caption."""
