"""The agreed list beside the figures, as text: who is on it, who has signals, what changed."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from geo_lv.editions import Released
from geo_lv.maps import facts
from geo_lv.maps.map_model import Level
from geo_lv.maps.model import Link, Section, Table
from geo_lv.maps.nothing import NO_LISTS
from geo_lv.maps.text import (
    CERTAINTY,
    dutch_date,
    enumeration,
    plural,
    sentence_case,
    years,
)
from geo_lv.signals.agreed import AreaInYear, Standing, areas_in_year

_STANDINGS: Final[dict[Standing, str]] = {
    "listed": "op de lijst",
    "unlisted": "niet op de lijst",
    "lapsed": "niet bekend of de lijst nog geldt",
}
_NOBODY: Final = "–"


_AGAINST: Final = "De lijst naast de cijfers"


def years_of_lists(released: Released) -> tuple[int, ...]:
    """Return every year for which a list was agreed, in order."""
    lists = released.municipality.attention_lists
    return tuple(sorted({year for item in lists for year in item.years}))


def areas_of(released: Released, year: int, level: Level = "wijk") -> tuple[AreaInYear, ...]:
    """Return every wijk, or every buurt, with its lists and its signals in a year."""
    buurten = released.areas.buurten["wk_code"]
    parts = {
        "wijk": {
            str(code): frozenset(map(str, buurten.index[buurten == code]))
            for code in released.areas.wijken.index
        },
        "buurt": {str(code): frozenset({str(code)}) for code in buurten.index},
    }
    return areas_in_year(
        released.signals,
        released.agreements.attention,
        released.municipality.attention_lists,
        parts[level],
        year,
    )


def against_section(released: Released, peildatum: str) -> Section:
    """Return list against signal: a two-by-two of the last agreed year, and each year beside it."""
    agreed = years_of_lists(released)
    if not agreed:
        return Section("table", "lijst-en-cijfers", _AGAINST, intro=(NO_LISTS,))
    past = [year for year in agreed if year <= int(peildatum[:4])] or list(agreed[:1])
    found = {year: areas_of(released, year) for year in agreed}
    return Section(
        "table",
        "lijst-en-cijfers",
        _AGAINST,
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
        tables=(_two_by_two(released, found[past[-1]]), _by_year(released, found)),
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
            "Bron en zekerheid",
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
                f"{facts.cite(released, item.source)}: {CERTAINTY[item.confidence]}",
            )
            for item in released.agreements.decisions
        ),
        numeric=(False,) * 8,
        sortable=False,
    )
