"""The agreed list beside the figures, as text: who is on it, what the figures say, and why."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.cells import Figures, Moment
from geo_lv.maps.model import Link, Section, Table
from geo_lv.maps.text import (
    CERTAINTY,
    dutch_date,
    enumeration,
    number,
    plural,
    sentence_case,
    shown_unit,
    with_unit,
    years,
)
from geo_lv.signals.agreed import SIDES, AreaInYear, Signals, Standing, areas_in_year

_STANDINGS: Final[dict[Standing, str]] = {
    "listed": "op de lijst",
    "unlisted": "niet op de lijst",
    "lapsed": "niet bekend of de lijst nog geldt",
}
_SIDES: Final = {
    "unfavourable": "Ongunstig",
    "favourable": "Gunstig",
    "neutral": "Kant niet vastgelegd",
}
_MOST: Final = 3
"""Figures in one sentence; the others are counted."""
_FEW: Final = ("Geen", "Eén", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen")
_NOBODY: Final = "–"


def years_of_lists(released: Released) -> tuple[int, ...]:
    """Return every year for which a list was agreed, in order."""
    lists = released.municipality.attention_lists
    return tuple(sorted({year for item in lists for year in item.years}))


def areas_of(released: Released, year: int) -> tuple[AreaInYear, ...]:
    """Return every wijk with its lists and its signals in a year."""
    buurten = released.areas.buurten["wk_code"]
    wijken = {
        str(code): frozenset(map(str, buurten.index[buurten == code]))
        for code in released.areas.wijken.index
    }
    return areas_in_year(
        released.signals,
        released.agreements.attention,
        released.municipality.attention_lists,
        wijken,
        year,
    )


def against_section(released: Released, peildatum: str) -> Section:
    """Return list against signal: a two-by-two of the last agreed year, and each year beside it."""
    agreed = years_of_lists(released)
    past = [year for year in agreed if year <= int(peildatum[:4])] or list(agreed[:1])
    found = {year: areas_of(released, year) for year in agreed}
    tables = (_two_by_two(released, found[past[-1]]), _by_year(released, found)) if agreed else ()
    return Section(
        "table",
        "lijst-en-cijfers",
        "De lijst naast de cijfers",
        intro=(
            (
                "De lijst is een afspraak, een signaal komt uit de cijfers. Ze kunnen verschillen, "
                "en dat is goed om te weten. Een wijk telt hier als “met signaal” bij minstens één "
                "signaal aan de ongunstige kant. Van elk cijfer telt het nieuwste jaar tot en met "
                "het jaar van de lijst."
            ),
            (
                "Deels betekent: niet alle buurten van de wijk staan op de lijst. Geldt een lijst "
                "voor een jaar niet meer en is er geen nieuwe bekend, dan is niet bekend wat nu "
                "geldt."
            ),
        ),
        tables=tables,
        links=(
            Link("Verantwoording", "verantwoording.html#signalen-methode", "wat een signaal is"),
        ),
    )


def _two_by_two(released: Released, areas: tuple[AreaInYear, ...]) -> Table:
    year = areas[0].year
    return Table(
        id="lijst-en-signaal",
        caption=f"Wijken op de lijst van {year} naast de signalen; cijfers van {_vintages(areas)}",
        columns=("Wijken", "Met signaal", "Zonder signaal"),
        rows=tuple(
            (
                sentence_case(words),
                _names(released, areas, standing, signal=True),
                _names(released, areas, standing, signal=False),
            )
            for standing, words in _STANDINGS.items()
        ),
        numeric=(False,) * 3,
        sortable=False,
    )


def _by_year(released: Released, found: dict[int, tuple[AreaInYear, ...]]) -> Table:
    before = dict(pairwise(sorted(found, reverse=True)))
    return Table(
        id="lijst-per-jaar",
        caption="De lijst en de signalen per jaar",
        columns=(
            "Jaar",
            "Cijfers van",
            "Op de lijst, met signaal",
            "Op de lijst, zonder signaal",
            "Niet op de lijst, met signaal",
            "Niet op de lijst, zonder signaal",
            "Verschil met het jaar ervoor",
        ),
        rows=tuple(
            (
                str(year),
                _vintages(areas),
                _names(released, areas, "listed", signal=True),
                _names(released, areas, "listed", signal=False),
                _names(released, areas, "unlisted", signal=True),
                plural(
                    sum(a.standing == "unlisted" and not a.has_signal for a in areas),
                    "wijk",
                    "wijken",
                ),
                _changes(released, found[before[year]], areas) if year in before else _NOBODY,
            )
            for year, areas in found.items()
        ),
        numeric=(False,) * 7,
        sortable=False,
    )


def _names(
    released: Released, areas: Iterable[AreaInYear], standing: Standing, *, signal: bool
) -> str:
    found = [area for area in areas if area.standing == standing and area.has_signal == signal]
    return ", ".join(_name(released, area) for area in found) or "geen"


def _name(released: Released, area: AreaInYear) -> str:
    name = str(released.areas.wijken["wk_name"][area.code])
    return f"{name} (deels)" if area.lists and not area.is_whole else name


def _vintages(areas: Iterable[AreaInYear]) -> str:
    found = {year for area in areas for year in area.vintages}
    return enumeration(sorted(found)) or "geen jaar"


def _changes(
    released: Released, before: tuple[AreaInYear, ...], now: tuple[AreaInYear, ...]
) -> str:
    """Return which areas came on the list or went off it, and which got or lost a signal."""
    names = released.areas.wijken["wk_name"]
    pairs = [(str(names[new.code]), old, new) for old, new in zip(before, now, strict=True)]
    moves: dict[str, list[str]] = {}
    for name, old, new in pairs:
        for words in (_move(old, new), _turn(old, new)):
            moves.setdefault(words, []).append(name)
    return "; ".join(f"{w}: {', '.join(own)}" for w, own in moves.items() if w) or "geen"


def _move(old: AreaInYear, new: AreaInYear) -> str:
    """Return what became of an area on the lists; nothing if that stayed the same."""
    if old.standing != new.standing:
        return {
            "listed": "erbij op de lijst",
            "lapsed": "niet bekend of de lijst nog geldt",
            "unlisted": "van de lijst af",
        }[new.standing]
    return "op een lijst meer" if set(new.lists) > set(old.lists) else ""


def _turn(old: AreaInYear, new: AreaInYear) -> str:
    if old.has_signal == new.has_signal:
        return ""
    return "nu met signaal" if new.has_signal else "nu zonder signaal"


def why_section(released: Released, figures: Figures, peildatum: str) -> Section:
    """Return for every wijk in one sentence what the figures say, with the list beside it."""
    listed = _years_on_list(released)
    areas = areas_of(released, int(peildatum[:4]))
    rows = tuple(
        (
            str(released.areas.wijken["wk_name"][area.code]),
            ", ".join(listed[area.code]) or _NOBODY,
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


def decisions_table(released: Released) -> Table:
    """Return who put which area on which list, when and why."""
    names = {item.id: item.name for item in released.municipality.attention_lists}
    return Table(
        id="besluiten",
        caption="Besluiten over de aandachtslijst",
        columns=(
            "Gebied",
            "Lijst",
            "Besluit",
            "Datum",
            "Door",
            "Reden",
            "Geldt",
            "Bron",
            "Zekerheid",
        ),
        rows=tuple(
            (
                item.area_name,
                names[item.list_id],
                item.decision,
                dutch_date(item.date) if item.date else "onbekend",
                item.body,
                item.reason or "onbekend",
                years(item.from_year, item.until_year),
                facts.cite(released, item.source),
                CERTAINTY[item.confidence],
            )
            for item in released.agreements.decisions
        ),
        numeric=(False,) * 9,
        sortable=False,
    )
