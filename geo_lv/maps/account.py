"""The account of a page: where its figures come from, and what became of every row."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from geo_lv import join
from geo_lv.editions import Released
from geo_lv.indicators.catalogue import Indicator
from geo_lv.maps import facts
from geo_lv.maps.cells import Figures
from geo_lv.maps.glossary import TERMS
from geo_lv.maps.model import Link, Section, Table
from geo_lv.maps.nothing import NO_HOMES, NO_MEETINGS, NO_PLANS
from geo_lv.maps.origins import aged_sentences, files_table
from geo_lv.maps.text import CERTAINTY, enumeration, number, plural, shown_unit, signed
from geo_lv.suppression import ALL


def sources_section(
    released: Released, keys: Iterable[str], subjects: frozenset[str] = frozenset()
) -> Section:
    """Return the sources behind a page: files with their age, and the facts' own sources."""
    wanted = {word for key in keys for word in key.split()}
    links = tuple(
        Link(f"{source.short}: {source.title}", source.url, source.publisher)
        for source in released.agreements.sources
        if source.key in wanted
    )
    more = Link("Verantwoording", "verantwoording.html", "methode, bronnen en wat niet paste")
    return Section(
        "sources",
        "herkomst",
        "Herkomst",
        intro=aged_sentences(released),
        tables=(files_table(released, subjects),),
        links=(*links, more),
    )


def join_section(released: Released) -> Section:
    """Return what became of every dwelling, per level: matched, ambiguous and unmatched."""
    title = "In welk gebied elke woning ligt"
    if not released.has_dwellings:
        return Section("table", "koppeling", title, intro=(NO_HOMES,))
    totals: Counter[tuple[str, str]] = Counter()
    for count in released.joins:
        totals[count.level, count.outcome] += count.dwellings
        totals[count.level, "all"] += count.dwellings
    rows = tuple(
        (LEVELS[level], *(number(totals[level, outcome]) for outcome in (*OUTCOMES, "all")))
        for level in dict.fromkeys(count.level for count in released.joins)
    )
    overview = Table(
        id="koppeling",
        caption="Woningen per niveau: geplaatst, niet geplaatst en onzeker",
        columns=("Niveau", *(word.capitalize() for word in OUTCOMES.values()), "Totaal"),
        rows=rows,
        numeric=(False, True, True, True, True),
        fictitious=released.fictitious_dwellings,
        sortable=False,
    )
    return Section(
        "table",
        "koppeling",
        title,
        intro=(
            *_account_hidden(released),
            "Elke woning telt mee: geplaatst, niet geplaatst en onzeker zijn samen het totaal.",
            (
                "Sommige grenzen zijn niet precies bekend. Een woning vlak bij zo'n grens telt "
                "niet mee voor de buurt. Ze telt wel mee voor de wijk als beide buurten in die "
                "wijk liggen."
            ),
        ),
        tables=(overview, _stock(released), _join_reasons(released)),
        links=(
            Link("data/koppeling.csv", "data/koppeling.csv", "het hele verslag"),
            *(Link(path, path, words) for path, words in INTERNAL_FILES if released.tables),
        ),
        fictitious=released.fictitious_dwellings,
    )


def _account_hidden(released: Released) -> tuple[str, ...]:
    """Return why the account of the join is not complete, if it is not."""
    if not released.joins:
        return ("Dit verslag is geheim: er zijn te weinig woningen.",)
    if any(count.corporation == ALL for count in released.joins):
        return (
            (
                "Een van de corporaties heeft hier te weinig woningen. Daarom staat in dit "
                "verslag alleen het aantal van alle corporaties samen."
            ),
        )
    return ()


SECRETS_FILE: Final = "data/geheim.csv"
INTERNAL_FILES: Final = (
    ("data/niet_gekoppeld.csv", "de woningen die niet of niet zeker zijn geplaatst, per rij"),
    ("data/voorraad.csv", "de hele voorraad per corporatie, naast de afspraken"),
    ("data/gemiddeld_label.csv", "gemiddeld label per gebied, ook in kWh per vierkante meter"),
    ("data/complexen.csv", "complexen"),
    (SECRETS_FILE, "welke cijfers de publieke editie verbergt, en waarom"),
)
"""Downloads of the internal edition only, with what they hold, in Dutch."""

TOGETHER: Final = "alle corporaties samen"

OUTCOMES: Final = {
    "matched": "geplaatst",
    "unmatched": "niet geplaatst",
    "ambiguous": "onzeker",
}
"""Outcomes of `geo_lv.join` in Dutch."""

LEVELS: Final = {
    "buurt": "buurt",
    "wijk": "wijk",
    "plan": "binnen of buiten een plangebied",
    "gemeente": "gemeente",
}
"""What a dwelling is placed in, in Dutch."""

REASONS: Final = {
    join.PLACED: "",
    join.NO_PLACE: "geen plek en geen buurtcode bekend",
    join.FOREIGN: "buiten de gemeente",
    join.UNKNOWN_CODE: "onbekende buurtcode",
    join.CONTRADICTION: "buurtcode en plek spreken elkaar tegen",
    join.NEAR_BORDER: "te dicht bij een grens",
}
"""Reasons of `geo_lv.join` in Dutch."""


def _stock(released: Released) -> Table:
    """Return the dwellings in the file beside the stock that the agreements name."""
    counted: Counter[str] = Counter()
    for count in released.joins:
        if count.level == "gemeente":
            counted[count.corporation] += count.dwellings
    secret = not released.joins or ALL in counted
    return Table(
        id="voorraad",
        caption="Woningen in het bestand naast de voorraad volgens de afspraken",
        columns=("Corporatie", "In het bestand", "Volgens de afspraken", "Verschil"),
        rows=tuple(
            (
                corporation.name,
                "geheim" if secret else number(counted[corporation.name]),
                number(corporation.stock),
                "geheim" if secret else signed(counted[corporation.name] - corporation.stock),
            )
            for corporation in released.municipality.corporations
        ),
        numeric=(False, True, True, True),
        fictitious=released.fictitious_dwellings,
        sortable=False,
    )


def _join_reasons(released: Released) -> Table:
    return Table(
        id="koppeling-redenen",
        caption="Waarom een woning niet of niet zeker is geplaatst",
        columns=("Niveau", "Reden", "Corporatie", "Woningen"),
        rows=tuple(
            (
                LEVELS[count.level],
                REASONS[count.reason],
                count.corporation or TOGETHER,
                number(count.dwellings),
            )
            for count in released.joins
            if count.outcome != "matched"
        ),
        numeric=(False, False, False, True),
        fictitious=released.fictitious_dwellings,
    )


def methods_section(figures: Figures, released: Released) -> Section:
    """Return how figures are made: catalogue with explanation, source and aggregation."""
    # what is in the catalogue for a source that nobody fetched yet has nothing to explain
    held = set(released.figures["indicator"])
    catalogue = [indicator for indicator in released.catalogue if indicator.id in held]
    rows = tuple(
        (
            indicator.label,
            shown_unit(indicator.unit) or "euro",
            _years(figures, indicator),
            indicator.explanation,
            indicator.source,
            _certainty(figures, indicator),
            _aggregation(figures, indicator),
        )
        for indicator in catalogue
    )
    table = Table(
        id="catalogus",
        caption="Alle cijfers: wat ze betekenen en hoe ze worden opgeteld",
        columns=(
            "Cijfer",
            "Eenheid",
            "Jaren",
            "Uitleg",
            "Bron",
            "Zekerheid",
            "Meer gebieden samen",
        ),
        rows=rows,
        numeric=(False,) * 7,
        row_ids=tuple(f"cijfer-{indicator.id}" for indicator in catalogue),
    )
    return Section("table", "catalogus", "Cijfers en methode", intro=METHODS, tables=(table,))


def _years(figures: Figures, indicator: Indicator) -> str:
    """Return the years that the pages show, and those that only the download has."""
    shown = sorted(moment.year for moment in figures.moments() if moment.indicator == indicator)
    others = sorted(figures.years(indicator) - set(shown))
    beside = f"andere jaren: {', '.join(others)}" if others else ""
    return "; ".join(filter(None, (", ".join(shown), beside)))


def _certainty(figures: Figures, indicator: Indicator) -> str:
    """Return how sure a figure is; if that is not the same in all years, with the years."""
    years: dict[str, list[str]] = {}
    for moment in figures.moments():
        if moment.indicator == indicator:
            years.setdefault(figures.certainty(moment), []).append(moment.year)
    if len(years) <= 1:
        return "".join(years) or "–"
    return "; ".join(f"{enumeration(own)}: {text}" for text, own in years.items())


def words_section() -> Section:
    """Return the explanation of words that not every reader knows."""
    table = Table(
        id="woordenlijst",
        caption="Woorden op deze site",
        columns=("Woord", "Uitleg"),
        rows=tuple((term.forms[0], term.explanation) for term in TERMS),
        numeric=(False, False),
        row_ids=tuple(f"woord-{term.id}" for term in TERMS),
    )
    return Section("table", "woorden", "Uitleg van woorden", tables=(table,))


def _aggregation(figures: Figures, indicator: Indicator) -> str:
    if indicator.aggregation == "sum":
        return "optellen"
    if indicator.aggregation == "none":
        return f"niet: {indicator.aggregation_note}"
    weight = figures.catalogue[indicator.weight].label.lower()
    return f"gemiddelde; hoe zwaar een gebied telt, hangt af van: {weight}"


METHODS: Final = (
    "Oppervlakten en afstanden zijn gemeten in het Nederlandse stelsel RD New (EPSG:28992).",
    (
        "Een plangebied bestaat uit hele buurten. Een cijfer voor een plangebied bestaat alleen "
        "als het voor alle delen bekend is. Aantallen worden opgeteld. In een gemiddelde "
        "telt een groot deel zwaarder dan een klein deel."
    ),
    (
        "Van elk cijfer staat één jaar op de pagina's: het nieuwste jaar waarin het voor genoeg "
        "wijken of buurten bekend is. Voor wijken en buurten kan dat een ander jaar zijn. Het jaar "
        "staat bij elk cijfer. Andere jaren staan in data/andere_jaren.csv."
    ),
    (
        "Een gebied zonder cijfer telt niet mee in de kleurklassen en heeft een eigen teken in de "
        "legenda."
    ),
    (
        "Boven aan de pagina van een plangebied staat het grootste verschil met de gemeente. Dat "
        "is het percentage dat de meeste procentpunten van dat van de gemeente ligt."
    ),
    (
        "De bestanden met cijfers (csv) hebben een puntkomma tussen de kolommen en een komma in "
        "getallen. Zo opent een Nederlands rekenblad ze goed. Naast elk getal staat de eenheid. "
        "Een bedrag kan daar in duizenden euro's staan."
    ),
)
"""How the figures are made, in words for a reader of the pages."""


def areas_section(released: Released) -> Section:
    """Return the plan areas, the meeting areas and how far borders can be trusted."""
    buurten = released.areas.buurten
    rows = tuple(
        (
            kind,
            area.name,
            ", ".join(str(buurten["bu_name"].get(code, code)) for code in area.bu_codes),
            CERTAINTY[area.confidence],
            area.note,
            facts.cite(released, area.source),
        )
        for kind, areas in (
            ("plangebied", released.municipality.plan_areas),
            ("partneroverleg", released.municipality.meeting_areas),
        )
        for area in areas
    )
    return Section(
        "table",
        "gebieden",
        "Gebieden en grenzen",
        intro=(_borders(released), *(() if rows else (NO_PLANS, NO_MEETINGS))),
        tables=(
            Table(
                id="gebieden-tabel",
                caption="Welke buurten bij welk gebied horen",
                columns=("Soort", "Gebied", "Buurten", "Zekerheid", "Toelichting", "Bron"),
                rows=rows,
                numeric=(False,) * 6,
            ),
        )
        if rows
        else (),
    )


def _borders(released: Released) -> str:
    """Say how far the drawn borders can be trusted."""
    buurten = released.areas.buurten
    drawn = int((buurten["border"] == "indicative").sum())
    if not drawn:
        return f"{plural(len(buurten), 'buurt heeft', 'buurten hebben')} een officiële grens."
    limits = released.municipality.boundaries
    return (
        f"{len(buurten) - drawn} van de {len(buurten)} buurten hebben een officiële grens. "
        f"Bij de andere {drawn} is een deel van de grens indicatief. Die lijn kan ongeveer "
        f"{number(limits.indicative_accuracy_m)} meter verkeerd liggen. Op de kaart is het "
        "een streepjeslijn."
    )
