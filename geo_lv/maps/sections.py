"""The parts of a page under its map, each made from the released view."""

from collections.abc import Iterable
from typing import Final

from geo_lv.codes import NL_CODE
from geo_lv.editions import Released
from geo_lv.indicators.catalogue import DWELLINGS, LABEL_EFG, LABEL_MEAN
from geo_lv.maps import facts, labels
from geo_lv.maps.cells import Figures, Moment
from geo_lv.maps.map_model import Cell, Level, MapIndicator, MapModel, PhasingChart
from geo_lv.maps.model import Link, Section, Table
from geo_lv.maps.multiples import newest
from geo_lv.maps.nothing import NO_FIGURES, NO_HOMES, NO_PLANS
from geo_lv.maps.text import enumeration, number, plural, shown_unit
from geo_lv.municipality import PlanArea

DOWNLOADS: Final = (
    ("data/cijfers.csv", "alle cijfers per gebied, zoals op deze site"),
    ("data/andere_jaren.csv", "dezelfde cijfers in andere jaren"),
    ("data/energielabels.csv", "energielabels per corporatie"),
    ("data/nieuwbouw.csv", "nieuwbouwlocaties"),
    ("data/nieuwbouw_voortgang.csv", "nieuwbouw per jaar"),
    ("data/fasering.csv", "fasering van de warmtetransitie"),
    ("data/aandachtslijsten.csv", "aandachtslijsten"),
    ("data/wijken.geojson", "wijken met cijfers, voor een kaartprogramma"),
    ("data/buurten.geojson", "buurten met cijfers, voor een kaartprogramma"),
    ("data/plangebieden.geojson", "plangebieden met cijfers, voor een kaartprogramma"),
)
"""Every download with what it holds, in Dutch."""

_LEVEL_WORDS: Final[dict[Level, str]] = {"wijk": "Wijk", "buurt": "Buurt"}


def attention_section(
    released: Released, bu_codes: frozenset[str] | None, peildatum: str, place: str
) -> Section:
    """Return the agreed attention listings of a place, of all years, with what was agreed last."""
    return Section(
        "attention",
        "aandacht",
        "Aandachtslijst",
        intro=(
            facts.listed_sentence(released, bu_codes, peildatum)
            or facts.not_listed_sentence(released, place),
            (
                "De lijst is een afspraak en wordt elk jaar opnieuw bekeken. De lijst staat los "
                "van wat de cijfers laten zien."
            ),
        ),
        attention=facts.attention(released, bu_codes),
    )


def phasing_section(chart: PhasingChart) -> Section:
    """Return the phasing as bars with source and status per bar."""
    title = "Fasering van de warmtetransitie"
    if not chart.bars:
        return Section("phasing", "fasering", title, intro=(NO_PLANS,))
    intro = (
        (
            "Een gestreepte balk is niet zeker: de jaren zijn indicatief, vertraagd of onbekend. "
            "Is een fase vertraagd, dan zijn de jaren van de fasen daarna onbekend."
        ),
        "Waar een jaar vandaan komt, staat in de tabel.",
    )
    return Section("phasing", "fasering", title, intro, phasing=chart)


def labels_section(
    released: Released,
    figures: Figures,
    codes: Iterable[tuple[str, str]],
    table: Table,
) -> Section:
    """Return stacked label bars per corporation for some areas, with a table per buurt."""
    title = "Energielabels van de corporatiewoningen"
    if not released.has_dwellings:
        return Section("labels", "energielabels", title, intro=(NO_HOMES,))
    bars = tuple(bar for code, name in codes for bar in labels.label_bars(released, code, name))
    return Section(
        "labels",
        "energielabels",
        title,
        intro=(
            figures.catalogue[LABEL_MEAN].explanation,
            *dict.fromkeys(target.note for target in released.agreements.targets if target.note),
        ),
        bars=bars,
        tables=(table,),
        fictitious=released.fictitious_dwellings,
    )


def new_build_section(model: MapModel, place: str) -> Section:
    """Return the new-build sites of a map with programme beside today's status."""
    if not model.sites:
        nothing = f"In {place} is geen plek voor nieuwbouw uit het programma bekend."
        return Section("new_build", "nieuwbouw", "Nieuwbouw", (nothing,))
    periods = enumeration(sorted({site.period for site in model.sites}))
    intro = [f"{plural(len(model.sites), 'locatie', 'locaties')} uit het programma {periods}."]
    unknown = [site.name for site in model.sites if site.at is None]
    if unknown:
        intro.append(f"Van deze locaties is de plek niet bekend: {enumeration(unknown)}.")
    intro.append("Nnb betekent: nog niet bekend. Dat is geen nul. Het telt niet mee in een totaal.")
    intro.append("De afspraak en de laatst bekende stand staan apart. Ze kunnen verschillen.")
    return Section("new_build", "nieuwbouw", "Nieuwbouw", tuple(intro), sites=model.sites)


def figures_section(figures: Figures, plan: PlanArea, municipality: str) -> Section:
    """Return the figures of a plan area beside those of the municipality."""
    moments = [moment for moment in figures.moments() if moment.indicator.origin == "published"]
    rows = tuple(
        (
            moment.indicator.label,
            moment.year,
            figures.cell(plan.slug, moment),
            figures.municipal(moment) or "–",
            shown_unit(moment.indicator.unit) or "–",
            figures.comparison(plan.slug, moment) or "–",
        )
        for moment in moments
    )
    table = Table(
        id="vergelijking",
        caption=f"Cijfers van {plan.name} naast die van de gemeente",
        columns=("Cijfer", "Jaar", plan.name, municipality, "Eenheid", "Vergelijking"),
        rows=rows,
        numeric=(False, True, True, True, False, False),
    )
    intro = (
        "Sommige cijfers zijn er alleen voor een hele wijk. Ze gelden niet voor een deel ervan.",
        "Waarom een cijfer ontbreekt, staat onder de tabel.",
    )
    return Section("figures", "cijfers", "Cijfers naast de gemeente", intro, tables=(table,))


def multiples_section(model: MapModel) -> Section:
    """Return every figure of a map in its newest year, each as a small map."""
    title = "Alle cijfers in het klein"
    if not model.indicators:
        return Section("multiples", "klein", title, intro=(NO_FIGURES,))
    return Section(
        "multiples",
        "klein",
        title,
        intro=(
            (
                "Elk kaartje toont één cijfer van het nieuwste jaar, in de kleuren van de grote "
                "kaart. Kies een kaartje om dat cijfer op de grote kaart te zien, met de legenda "
                "erbij."
            ),
        ),
        multiples=newest(model.indicators),
    )


MAP_TABLES: Final = "tabel"
"""The part of a page with the tables that say what its map says."""


def tables_section(
    figures: Figures, model: MapModel, gemeente: tuple[str, str], levels: tuple[Level, ...]
) -> Section:
    """Return the tables that say what the map says, one per level."""
    return Section(
        "table",
        MAP_TABLES,
        "Alle cijfers van de kaart",
        intro=("Dit zijn dezelfde cijfers als op de kaart." if model.indicators else NO_FIGURES,),
        tables=tuple(
            table
            for level in levels
            if (table := _level_table(figures, model, level, gemeente)) is not None
        ),
        links=(
            Link("Uitleg per cijfer", "verantwoording.html#catalogus", "betekenis, jaren en bron"),
            *(Link(path, path, words) for path, words in DOWNLOADS),
        ),
    )


def _level_table(
    figures: Figures, model: MapModel, level: Level, gemeente: tuple[str, str]
) -> Table | None:
    chosen = [indicator for indicator in model.indicators if indicator.level == level]
    areas = [(area.code, area.name) for area in model.areas if area.level == level]
    if not chosen or not areas:
        return None
    rows: tuple[tuple[Cell | str, ...], ...] = tuple(
        (name, *(indicator.cells[code] for indicator in chosen)) for code, name in areas
    )
    return Table(
        id=f"tabel-{level}",
        caption=f"Cijfers per {level}",
        columns=(_LEVEL_WORDS[level], *(_heading(indicator) for indicator in chosen)),
        rows=rows,
        numeric=(False, *(True for _ in chosen)),
        footers=_whole_rows(figures, chosen, gemeente),
        fictitious=any(indicator.fictitious for indicator in chosen),
    )


def _whole_rows(
    figures: Figures, chosen: list[MapIndicator], gemeente: tuple[str, str]
) -> tuple[tuple[Cell | str, ...], ...]:
    """Return the municipality, and the Netherlands if there is any figure of it."""
    moments = {moment.id: moment for moment in figures.moments()}
    wholes = (gemeente, (NL_CODE, "Nederland"))
    shown = [moments[indicator.id] for indicator in chosen]
    return tuple(
        (name, *(figures.cell(code, moment) for moment in shown))
        for code, name in wholes
        if code != NL_CODE or any(figures.get(code, moment) for moment in shown)
    )


def _heading(indicator: MapIndicator) -> str:
    unit = "" if indicator.unit.lower() == indicator.label.lower() else indicator.unit
    parts = [part for part in (unit, indicator.year) if part]
    mark = " – fictief" if indicator.fictitious else ""
    return f"{indicator.label} ({', '.join(parts)}){mark}" if parts else indicator.label + mark


def label_table(figures: Figures, areas: Iterable[tuple[str, str, str]]) -> Table:
    """Return mean label and share E, F, G per area: code, kind and name."""
    wanted = (DWELLINGS, LABEL_MEAN, LABEL_EFG)
    moments = [Moment(figures.catalogue[name], "") for name in wanted]
    return Table(
        id="labels-per-gebied",
        caption="Energielabels per gebied",
        columns=(
            "Gebied",
            "Soort",
            *(f"{m.indicator.label} ({m.indicator.unit})" for m in moments),
        ),
        rows=tuple(
            (name, kind, *(figures.cell(code, m) for m in moments)) for code, kind, name in areas
        ),
        numeric=(False, False, True, False, True),
        fictitious=any(figures.is_fictitious(moment.indicator) for moment in moments),
    )


def new_build_totals(released: Released) -> Table:
    """Return totals per corporation: numbers added up, ``Nnb`` and percentages counted apart."""
    rows = []
    for corporation in released.municipality.corporations:
        own = [s for s in released.agreements.sites if s.corporation == corporation.name]
        kinds = [site.programme.kind for site in own]
        rows.append(
            (
                corporation.name,
                number(len(own)),
                number(sum(site.programme.homes or 0 for site in own)),
                number(sum(site.mid_rent for site in own)),
                number(kinds.count("nnb")),
                number(kinds.count("percentage")),
            )
        )
    return Table(
        id="nieuwbouw-totalen",
        caption="Programma per corporatie",
        columns=(
            "Corporatie",
            "Locaties",
            "Sociale huur (alleen getallen)",
            "Middenhuur",
            "Locaties met Nnb",
            "Locaties met een percentage",
        ),
        rows=tuple(rows),
        numeric=(False, True, True, True, True, True),
        sortable=False,
    )
