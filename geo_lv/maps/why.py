"""Why an area stands out: in one sentence, made from its figures."""

from typing import Final

from geo_lv.editions import Released
from geo_lv.maps.attention_sections import areas_of, years_of_lists
from geo_lv.maps.cells import Figures, Moment
from geo_lv.maps.map_model import Level
from geo_lv.maps.model import Section, Table
from geo_lv.maps.text import (
    enumeration,
    number,
    plural,
    sentence_case,
    shown_unit,
    with_unit,
)
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
_MANY: Final[dict[Level, str]] = {"wijk": "wijken", "buurt": "buurten"}


def why_section(released: Released, figures: Figures, peildatum: str) -> Section:
    """Return for every area in one sentence what the figures say, with the list beside it."""
    year = int(peildatum[:4])
    levels: tuple[Level, ...] = ("wijk", "buurt")
    found = {level: areas_of(released, year, level) for level in levels}
    judged = [level for level in levels if any(area.able for area in found[level])]
    without = [_MANY[level] for level in levels if level not in judged]
    intro = (
        "Per gebied hoeveel cijfers een signaal geven, en aan welke kant. De zin noemt de cijfers "
        "aan de ongunstige kant, het duidelijkste eerst. De aantallen worden nooit één score."
    )
    nothing = f"Voor {enumeration(without)} zijn er nu geen cijfers die een signaal kunnen geven."
    return Section(
        "table",
        "waarom",
        "Waarom",
        intro=(intro, *((nothing,) if without else ())),
        tables=tuple(_table(released, figures, level, found[level]) for level in judged),
    )


def _table(
    released: Released, figures: Figures, level: Level, areas: tuple[AreaInYear, ...]
) -> Table:
    listed = _years_on_list(released, level)
    names = {
        "wijk": released.areas.wijken["wk_name"],
        "buurt": released.areas.buurten["bu_name"],
    }[level]
    return Table(
        id=f"waarom-{level}",
        caption=f"Waarom een {level} opvalt, of niet",
        columns=(
            sentence_case(level),
            "Waarom",
            "Op de lijst",
            *_SIDES.values(),
            "Beoordeeld",
        ),
        rows=tuple(
            (
                str(names[area.code]),
                why(figures, area),
                ", ".join(listed.get(area.code, [])) or _NOWHERE,
                *(number(len(area.signals[side])) for side in SIDES),
                f"{area.judged} van {area.able}",
            )
            for area in areas
        ),
        numeric=(False, False, False, True, True, True, False),
    )


def why(figures: Figures, area: AreaInYear) -> str:
    """Return in one sentence what the figures say of an area, with the municipality beside it."""
    if not area.judged:
        return "Niet te beoordelen: de cijfers zijn er niet, of het gebied is te klein."
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


def _years_on_list(released: Released, level: Level) -> dict[str, list[str]]:
    """Return per area the years in which it is on a list; marked if only a part of it is."""
    found: dict[str, list[str]] = {}
    for year in years_of_lists(released):
        for area in areas_of(released, year, level):
            own = found.setdefault(area.code, [])
            if area.lists:
                own.append(str(year) if area.is_whole else f"{year} (deels)")
    return found
