"""What a page says where there is nothing to show yet: never an empty chart, never a zero."""

from typing import Final

NO_HOMES: Final = "Er is nog geen lijst met woningen van de corporaties."
NO_PROGRAMME: Final = "Er is geen programma voor nieuwbouw bekend."
NO_FIGURES: Final = "Er zijn nog geen cijfers."
NO_LISTS: Final = "Er is nog geen aandachtslijst bekend."
NO_PLANS: Final = "Er is nog geen gebied met een wijkuitvoeringsplan bekend."
NO_MEETINGS: Final = "Er is ook nog geen gebied met een partneroverleg bekend."
NO_ROWS: Final = "nog geen gegevens"
"""Stands in the place of the rows of a table that has none, behind its caption."""
