"""Why a wijk stands out: in one sentence, made from its figures."""

from typing import Final

from geo_lv.editions import Released
from geo_lv.maps.attention_sections import areas_of, years_of_lists
from geo_lv.maps.cells import Figures, Moment
from geo_lv.maps.model import Section, Table
from geo_lv.maps.text import enumeration, number, plural, shown_unit, with_unit
from geo_lv.signals.agreed import SIDES, AreaInYear, Signals

_SIDES: Final = {
    "unfavourable": "Ongunstig",
    "favourable": "Gunstig",
    "neutral": "Kant niet vastgelegd",
}
_MOST: Final = 3
"""Figures in one sentence; the others are counted."""
_FEW: Final = ("Geen", "Eén", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen")
_NOWHERE: Final = "–"


def why_section(released: Released, figures: Figures, peildatum: str) -> Section:
    """Return for every wijk in one sentence what the figures say, with the list beside it."""
    listed = _years_on_list(released)
    areas = areas_of(released, int(peildatum[:4]))
    rows = tuple(
        (
            str(released.areas.wijken["wk_name"][area.code]),
            ", ".join(listed[area.code]) or _NOWHERE,
            *(number(len(area.signals[side])) for side in SIDES),
            f"{area.judged} van {area.able}",
            why(figures, area),
        )
        for area in areas
    )
    table = Table(
        id="waarom",
        caption="Waarom een wijk opvalt, of niet",
        columns=("Wijk", "Op de lijst", *_SIDES.values(), "Beoordeeld", "Waarom"),
        rows=rows,
        numeric=(False, False, True, True, True, False, False),
    )
    return Section(
        "table",
        "waarom-per-wijk",
        "Waarom",
        intro=(
            (
                "Per wijk hoeveel cijfers een signaal geven, en aan welke kant. De zin noemt de "
                "cijfers aan de ongunstige kant, het duidelijkste eerst. De aantallen worden nooit "
                "één score."
            ),
        ),
        tables=(table,),
    )


def why(figures: Figures, area: AreaInYear) -> str:
    """Return in one sentence what the figures say of a wijk, with the municipality beside it."""
    if not area.judged:
        return "Niet te beoordelen: de cijfers zijn er niet, of de wijk is te klein."
    worse, apart = area.signals["unfavourable"], area.signals["neutral"]
    parts = [_worse(figures, area, worse)]
    if apart:
        parts.append(f"ook anders: {_named(figures, area.code, apart)}")
    return f"{'; '.join(parts)}."


def _worse(figures: Figures, area: AreaInYear, found: Signals) -> str:
    if not found:
        judged = f"Geen van de {number(area.judged)} cijfers is"
        subject = "Het ene cijfer is niet" if area.judged == 1 else judged
        return f"{subject} duidelijk ongunstiger dan in de gemeente"
    many = _FEW[len(found)] if len(found) < len(_FEW) else number(len(found))
    verb = "cijfer is" if len(found) == 1 else "cijfers zijn"
    named = _named(figures, area.code, found)
    return f"{many} {verb} ongunstiger dan in de gemeente: {named}"


def _named(figures: Figures, code: str, found: Signals) -> str:
    """Return the clearest signals with their numbers, and how many more there are."""
    named = [_compared(figures, code, name, year) for name, year in found[:_MOST]]
    more = len(found) - _MOST
    return enumeration([*named, *([f"nog {plural(more, 'ander', 'andere')}"] if more > 0 else [])])


def _compared(figures: Figures, code: str, name: str, year: str) -> str:
    moment = Moment(figures.catalogue[name], year)
    unit = shown_unit(moment.indicator.unit)
    own, whole = figures.text(code, moment), figures.municipal(moment)
    label = moment.indicator.label
    words = f"{label[:1].lower()}{label[1:]}"
    return f"{words} {with_unit(own, unit)} tegen {with_unit(whole, unit)} ({year})"


def _years_on_list(released: Released) -> dict[str, list[str]]:
    """Return per wijk the years in which it is on a list; marked if only a part of it is."""
    found: dict[str, list[str]] = {str(code): [] for code in released.areas.wijken.index}
    for year in years_of_lists(released):
        for area in areas_of(released, year):
            if area.lists:
                found[area.code].append(str(year) if area.is_whole else f"{year} (deels)")
    return found
