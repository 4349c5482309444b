"""The overview of the municipality: the map of the wijken, and where everything else is."""

from typing import Final

from geo_lv.maps import account, sections
from geo_lv.maps.maker import Heading, Maker, source_keys
from geo_lv.maps.model import Link, Page, Section
from geo_lv.maps.monitor.model import Board
from geo_lv.maps.monitor.page import PATH as MONITOR
from geo_lv.maps.monitor.page import theme_lines
from geo_lv.maps.nothing import NO_PLANS
from geo_lv.maps.scene import Scene, whole_scene
from geo_lv.maps.text import plural
from geo_lv.maps.wijk.pages import Sheets, sheet_path
from geo_lv.municipality import PlanArea

PLAN_FOLDER: Final = "wijkuitvoeringsplan"
THEME_PAGES: Final = {
    "thema/aandachtswijken.html": "Aandachtswijken",
    "thema/nieuwbouw.html": "Nieuwbouw",
    "thema/energielabels.html": "Energielabels",
    "thema/warmtetransitie.html": "Warmtetransitie",
}


def plan_path(plan: PlanArea) -> str:
    """Return the path of the page of a plan area from the site root."""
    return f"{PLAN_FOLDER}/{plan.slug}.html"


def index_page(maker: Maker, sheets: Sheets, meetings: tuple[Page, ...], board: Board) -> Page:
    """
    Make the overview of the municipality.

    Parameters
    ----------
    maker
        What all pages of the build share.
    sheets
        Of the wijken, to link to.
    meetings
        Documents for the partner meetings; empty when the build has none.
    board
        The goals of the agreements, of which each theme gets a line.

    Returns
    -------
    page
        The map of all wijken, the links to every other page, small maps and the tables.
    """
    municipality = maker.released.municipality
    scene = whole_scene(maker.released.areas)
    model = maker.map(scene, f"Wijken van {municipality.name}", maker.start(), prefer="wijk")
    links = Section(
        "links",
        "paginas",
        "Kaarten en overzichten",
        links=(
            *(
                Link(plan.name, plan_path(plan), "plangebied: kaart, fasering, labels")
                for plan in maker.plans
            ),
            *(Link(title, path, "thema, hele gemeente") for path, title in THEME_PAGES.items()),
            Link("Monitor van de afspraken", MONITOR, "alle doelen met hun stand"),
            Link("Verantwoording", "verantwoording.html", "bronnen, methode en koppeling"),
        ),
    )
    lead = (
        f"{_counted(maker, scene)} De kaart en de tabellen vergelijken de wijken. "
        f"Elk {'gebied en elk ' if maker.plans else ''}thema heeft een eigen pagina."
    )
    small = sections.multiples_section(model)
    table = sections.tables_section(maker.figures, model, maker.gemeente, ("wijk", "buurt"))
    sources = account.sources_section(maker.released, source_keys(maker.released, None))
    title = f"Wijkmonitor {municipality.name}"
    return maker.page(
        "index.html",
        Heading(title, "overzicht", lead),
        model,
        (links, theme_lines(board), _sheet_links(sheets, meetings), small, table, sources),
    )


def _counted(maker: Maker, scene: Scene) -> str:
    wijken = plural(len(scene.wijken), "wijk", "wijken")
    buurten = plural(len(scene.buurten), "buurt", "buurten")
    if not maker.plans:
        return f"{wijken} en {buurten}. {NO_PLANS}"
    plans = plural(len(maker.plans), "gebied", "gebieden")
    return f"{wijken}, {buurten} en {plans} met een wijkuitvoeringsplan, klaar of nog te maken."


def _sheet_links(sheets: Sheets, meetings: tuple[Page, ...]) -> Section:
    """Return the links to the sheets of the wijken and to the documents for the meetings."""
    wijken = (
        Link(sheet.name, sheet_path(sheet.code), _count_signals(sheets, sheet.code))
        for sheet in sheets.every
    )
    stacks = (Link(page.title, page.path, "alle stukken voor dit overleg") for page in meetings)
    return Section(
        "links",
        "wijken",
        "Een blad per wijk",
        ("Voor het wijkveiligheidsoverleg: elk blad past op één vel papier.",),
        links=(*wijken, *stacks),
    )


def _count_signals(sheets: Sheets, code: str) -> str:
    found = len(sheets.rows.signals(code))
    many = plural(found, "signaal", "signalen") if found else "geen signalen"
    return f"{many} op het blad"
