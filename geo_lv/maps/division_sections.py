"""What the account says of figures that no area of now has."""

from geo_lv.editions import Released
from geo_lv.maps.model import Section, Table
from geo_lv.maps.text import number


def division_sections(released: Released) -> tuple[Section, ...]:
    """Return the figures of earlier divisions by year; none when every figure has its area."""
    if not released.earlier:
        return ()
    table = Table(
        id="andere-indeling-jaren",
        caption="Cijfers over gebieden die er nu niet zijn",
        columns=("Jaar", "Cijfers", "Codes van de gebieden"),
        rows=tuple(
            (each.year, number(each.figures), ", ".join(each.areas)) for each in released.earlier
        ),
        numeric=(False, True, False),
        sortable=False,
    )
    intro = (
        (
            "Het CBS deelt wijken en buurten soms opnieuw in. Dan kan een code voor een ander "
            "gebied staan. Een cijfer telt alleen mee als het gebied in de jaren ertussen niet is "
            "veranderd, of als bekend is hoe het nu heet."
        ),
        (
            "Deze cijfers horen bij gebieden van een andere indeling. Ze staan niet op de kaart "
            "en niet in de tabellen."
        ),
    )
    return (
        Section("table", "andere-indeling", "Cijfers van een andere indeling", intro, (table,)),
    )
