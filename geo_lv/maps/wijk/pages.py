"""The sheets of all wijken, their pages, and the documents for the partner meetings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Final

from geo_lv.codes import slug_of
from geo_lv.maps import account
from geo_lv.maps.maker import Heading, Maker, source_keys
from geo_lv.maps.model import Link, Page, Section, Table
from geo_lv.maps.text import enumeration, number, sentence_case
from geo_lv.maps.wijk.complexes import complex_lines
from geo_lv.maps.wijk.known import action_lines, known_facts, meets_about
from geo_lv.maps.wijk.maps import MapMaker
from geo_lv.maps.wijk.model import WijkSheet
from geo_lv.maps.wijk.rows import MOST, Rows
from geo_lv.municipality import MeetingArea

FOLDER: Final = "wijk"
MEETINGS: Final = "overleg"
KICKER: Final = "blad voor het wijkveiligheidsoverleg"
ACTIONS: Final = frozenset({"actions"})
"""What a sheet has that not every page has, for its sources."""
_SIZE: Final = "inwoners"


def sheet_path(code: str) -> str:
    """Return the path of the sheet of a wijk from the site root."""
    return f"{FOLDER}/{code.lower()}.html"


def meeting_paths(names: Iterable[str]) -> tuple[str, ...]:
    """Return a path for the document of each meeting; names that are alike get a number."""
    paths: list[str] = []
    for name in names:
        slug = slug_of(name).strip("-") or MEETINGS
        tries = chain([slug], (f"{slug}-{again}" for again in count(2)))
        paths.append(
            next(p for p in (f"{MEETINGS}/{each}.html" for each in tries) if p not in paths)
        )
    return tuple(paths)


@dataclass(frozen=True)
class Sheets:
    """The sheets of a build, in the order of the codes of the wijken."""

    maker: Maker
    rows: Rows
    every: tuple[WijkSheet, ...]

    def pages(self) -> tuple[Page, ...]:
        """Return a page for each wijk."""
        return tuple(self._page(sheet) for sheet in self.every)

    def meeting_pages(self) -> tuple[Page, ...]:
        """Return a document for each partner meeting: a cover and the sheet of each wijk."""
        areas = self.maker.released.municipality.meeting_areas
        paths = meeting_paths(area.name for area in areas)
        return tuple(map(self._meeting_page, areas, paths))

    def _page(self, sheet: WijkSheet) -> Page:
        heading = Heading(sheet.name, KICKER, sheet.lead)
        released = self.maker.released
        keys = source_keys(released, self._inside(sheet.code))
        sources = account.sources_section(released, keys, ACTIONS)
        page = self.maker.page(sheet_path(sheet.code), heading, None, (sources,))
        previous, following = (link.href if link else "" for link in (sheet.previous, sheet.next))
        return replace(
            page,
            sheet=sheet,
            fictitious=sheet.fictitious,
            previous=previous,
            next=following,
        )

    def _meeting_page(self, area: MeetingArea, path: str) -> Page:
        own = tuple(sheet for sheet in self.every if meets_about(area, self._inside(sheet.code)))
        names = enumeration([sheet.name for sheet in own])
        lead = (
            f"Stukken voor het partneroverleg {area.name}: wat er over de buurten is afgesproken, "
            f"hoeveel signalen er zijn, en het blad van {names}."
        )
        heading = Heading(area.name, "partneroverleg", lead)
        parts = (self._buurten(area, own), self._signals(own), self._sources(area))
        page = self.maker.page(path, heading, None, parts)
        alone = tuple(replace(sheet, previous=None, next=None) for sheet in own)
        return replace(page, sheets=alone, fictitious=any(sheet.fictitious for sheet in own))

    def _sources(self, area: MeetingArea) -> Section:
        released = self.maker.released
        keys = (*source_keys(released, frozenset(area.bu_codes)), area.source)
        return account.sources_section(released, keys, ACTIONS)

    def _inside(self, code: str) -> frozenset[str]:
        return _inside(self.maker, code)

    def _buurten(self, area: MeetingArea, own: Iterable[WijkSheet]) -> Section:
        """Return the buurten of a meeting with what the attention lists say of each."""
        released = self.maker.released
        frame = released.areas.buurten
        wijken = {sheet.code: sheet.name for sheet in own}
        rows = tuple(
            (
                str(frame["bu_name"][code]),
                wijken[str(frame["wk_code"][code])],
                self._listed(code),
            )
            for code in sorted(area.bu_codes)
        )
        table = Table(
            id="overleg-buurten",
            caption=f"Buurten van het overleg {area.name}",
            columns=("Buurt", "Wijk", "Aandachtslijst"),
            rows=rows,
            numeric=(False, False, False),
            sortable=False,
        )
        beyond = [s.name for s in own if self._inside(s.code) - set(area.bu_codes)]
        note = (
            f"Het blad van {enumeration(beyond)} gaat over de hele wijk, ook over buurten die niet "
            "bij dit overleg horen."
        )
        intro = tuple(text for text in (area.note, note if beyond else "") if text)
        return Section("table", "buurten", "Waar het overleg over gaat", intro, (table,))

    def _listed(self, code: str) -> str:
        from_facts = known_facts(self.maker.released, frozenset({code}), None, self.maker.peildatum)
        return from_facts[0].text

    def _signals(self, own: tuple[WijkSheet, ...]) -> Section:
        """Return how many signals each wijk has in each theme; no sum of themes is a score."""
        counted = {sheet.code: self.rows.signals(sheet.code) for sheet in own}
        themes = dict.fromkeys(
            indicator.theme for found in counted.values() for indicator, _ in found
        )
        rows = tuple(
            (
                sentence_case(theme),
                *(
                    number(sum(indicator.theme == theme for indicator, _ in counted[sheet.code]))
                    for sheet in own
                ),
            )
            for theme in themes
        )
        table = Table(
            id="overleg-signalen",
            caption="Aantal signalen per thema, van de cijfers op het blad",
            columns=("Thema", *(sheet.name for sheet in own)),
            rows=rows,
            numeric=(False, *(True for _ in own)),
            sortable=False,
        )
        some = (
            "Een signaal is een aanwijzing uit de cijfers en geen oordeel. Welke cijfers het zijn, "
            "staat op het blad van de wijk."
        )
        return Section(
            "table",
            "signalen",
            "Signalen per thema",
            (some if rows else "Er zijn geen signalen in deze wijken.",),
            (table,) if rows else (),
        )


def make_sheets(maker: Maker) -> Sheets:
    """
    Make the sheet of each wijk.

    Parameters
    ----------
    maker
        What all pages of the build share.

    Returns
    -------
    sheets
        In the order of the codes, each with a link to the one before and after it.
    """
    rows = Rows(maker.released, maker.figures)
    maps = MapMaker(maker.released, maker.peildatum)
    codes = [str(code) for code in maker.released.areas.wijken.index]
    every = [_sheet(maker, rows, maps, code) for code in codes]
    links: list[Link | None] = [None, *(Link(s.name, sheet_path(s.code)) for s in every), None]
    return Sheets(
        maker,
        rows,
        tuple(
            replace(sheet, previous=links[place], next=links[place + 2])
            for place, sheet in enumerate(every)
        ),
    )


def _sheet(maker: Maker, rows: Rows, maps: MapMaker, code: str) -> WijkSheet:
    released, inside = maker.released, _inside(maker, code)
    name = str(released.areas.wijken["wk_name"][code])
    chart = maker.chart(maker.plans) if maker.plans else None
    deviations = rows.deviations(code)
    return WijkSheet(
        code=code,
        name=name,
        lead=_lead(maker, rows, code),
        maps=maps.maps(code),
        map_link=Link("Deze wijk op de kaart", f"index.html#gebied={code}"),
        facts=known_facts(released, inside, chart, maker.peildatum),
        groups=rows.groups(code),
        deviations=deviations,
        deviations_note=_fewer(len(deviations), rows.judged(code)),
        gaps=rows.gaps(code),
        actions=action_lines(released.agreements.actions, code, maker.peildatum),
        complexes=complex_lines(released, code),
        sources=rows.sources(),
        fictitious=rows.is_fictitious(),
    )


def _inside(maker: Maker, code: str) -> frozenset[str]:
    """Return the buurten of a wijk."""
    buurten = maker.released.areas.buurten
    return frozenset(map(str, buurten.index[buurten["wk_code"] == code]))


def _lead(maker: Maker, rows: Rows, code: str) -> str:
    """Say in one sentence how large the wijk is and how much of it stands out."""
    sizes = [
        f"{maker.figures.text(code, moment)} inwoners ({moment.year})"
        for moment in maker.figures.moments("wijk")
        if moment.indicator.id == _SIZE and maker.figures.text(code, moment)
    ]
    size = f" met {sizes[0]}" if sizes else ""
    levels = [level for _, level in rows.signals(code)]
    judged = rows.judged(code)
    if not judged:
        return f"Wijk{size}; op dit blad is nog geen cijfer te beoordelen."
    strong = f", waarvan {levels.count('strong')} sterk" if "strong" in levels else ""
    return (
        f"Wijk{size}; {number(len(levels)) if levels else 'geen'} van de {number(judged)} "
        f"beoordeelde cijfers {'geeft' if len(levels) <= 1 else 'geven'} een signaal{strong}."
    )


def _fewer(count: int, judged: int) -> str:
    """Say that there are fewer deviations than the sheet has room for."""
    if not judged:
        return "Er is nog geen cijfer om te beoordelen."
    if not count:
        return "Geen enkel cijfer wijkt zo ver af dat het een signaal geeft."
    return "Meer signalen zijn er niet." if count < MOST else ""
