"""What the account says of figures that are not shown: of other areas, or there already."""

from geo_lv.editions import Released
from geo_lv.maps.model import Section, Table
from geo_lv.maps.text import number


def replaced_sections(released: Released) -> tuple[Section, ...]:
    """Return the figures that gave way to the same ones in another file; none if none did."""
    if not released.gave_way:
        return ()
    titles = {item.path: item.title for item in released.provenance}
    table = Table(
        id="vervangen-cijfers",
        caption="Cijfers die niet meetellen omdat een ander bestand ze ook heeft",
        columns=("Bestand", "Cijfers"),
        rows=tuple((titles[path], number(rows)) for path, rows in released.gave_way.items()),
        numeric=(False, True),
        sortable=False,
    )
    intro = (
        (
            "Soms staat een cijfer over hetzelfde gebied en hetzelfde jaar in twee bestanden. Dan "
            "telt het cijfer van de zekerste bron, en het andere niet."
        ),
    )
    return (Section("table", "vervangen", "Cijfers uit twee bestanden", intro, (table,)),)


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
