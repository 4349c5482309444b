"""Every page of the site, made from a released view."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from geo_lv.codes import wk_of
from geo_lv.editions import Released
from geo_lv.indicators.catalogue import LABEL_EFG
from geo_lv.maps import (
    account,
    division_sections,
    sections,
    signal_sections,
)
from geo_lv.maps.cells import figures_of
from geo_lv.maps.index_page import PLAN_FOLDER, index_page, plan_path
from geo_lv.maps.lead import plan_lead
from geo_lv.maps.maker import Heading, Maker, source_keys
from geo_lv.maps.model import Link, Page, Section
from geo_lv.maps.monitor.lines import make_board
from geo_lv.maps.monitor.page import monitor_page, summary_page
from geo_lv.maps.origins import EVERYTHING, origins_links, origins_table
from geo_lv.maps.privacy_sections import privacy_section
from geo_lv.maps.scene import plan_scene
from geo_lv.maps.theme_pages import theme_pages
from geo_lv.maps.wijk.pages import FOLDER, make_sheets, sheet_path
from geo_lv.maps.wijk.pages import MEETINGS as MEETINGS_FOLDER
from geo_lv.municipality import PlanArea
from geo_lv.schema import PURPOSE

KICKER: Final = "gebied met een wijkuitvoeringsplan, klaar of nog te maken"
PLANS: Final = "Plangebieden"
THEMES: Final = "Thema's"
SITE: Final = "Site"
WIJKEN: Final = "Wijken"
MEETINGS: Final = "Partneroverleg"


def make_pages(
    released: Released,
    *,
    peildatum: str,
    basemap: bool,
    pack: bool = False,
    purpose: str = PURPOSE,
) -> tuple[Page, ...]:
    """
    Make every page of the site.

    Parameters
    ----------
    released
        The released view; nothing else reaches a page.
    peildatum
        ISO date that the pages carry and by which "now" is judged.
    basemap
        Whether readers may switch on the basemap.
    pack
        Also make a document for each partner meeting.
    purpose
        Dutch: for whom the internal edition is; stands on each of its pages.

    Returns
    -------
    pages
        Index first, then plan pages, theme pages, the sheets per wijk and the account.
    """
    maker = Maker(released, figures_of(released), peildatum, basemap, purpose)
    board = make_board(released)
    sheets = make_sheets(maker)
    meetings = sheets.meeting_pages() if pack else ()
    pages = (
        index_page(maker, sheets, meetings, board),
        *(_plan_page(maker, plan) for plan in maker.plans),
        *theme_pages(maker),
        monitor_page(maker, board),
        summary_page(maker, board),
        *sheets.pages(),
        *meetings,
        _account_page(maker),
    )
    nav = _nav(pages)
    short = _without_wijken(nav)
    return tuple(replace(page, nav=nav if page.sheet else short) for page in _in_a_row(pages))


def _in_a_row(pages: tuple[Page, ...]) -> Iterator[Page]:
    """Yield the pages, those with a map linked to the one before and after."""
    paths = ["", *(page.path for page in pages if page.map), ""]
    for page in pages:
        if page.map is None:
            yield page
        else:
            place = paths.index(page.path)
            yield replace(page, previous=paths[place - 1], next=paths[place + 1])


def with_sheets(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return the pages, with on each plan page the path of its PDF."""
    return tuple(
        replace(page, pdf=f"pdf/{PurePosixPath(page.path).stem}.pdf")
        if page.path.startswith(f"{PLAN_FOLDER}/")
        else page
        for page in pages
    )


def _nav(pages: tuple[Page, ...]) -> tuple[Link, ...]:
    """Return the links of the menu, grouped under their heading."""
    headings = {PLAN_FOLDER: PLANS, "thema": THEMES, FOLDER: WIJKEN, MEETINGS_FOLDER: MEETINGS}
    links = [
        Link(page.title, page.path, headings.get(page.path.split("/")[0], SITE)) for page in pages
    ]
    order = (SITE, PLANS, THEMES, WIJKEN, MEETINGS)
    return tuple(sorted(links, key=lambda link: order.index(link.description)))


def _without_wijken(nav: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the menu with one link in the place of the links to all sheets."""
    first = next((place for place, link in enumerate(nav) if link.description == WIJKEN), len(nav))
    others = [link for link in nav if link.description != WIJKEN]
    return (
        *others[:first],
        Link("Een blad per wijk", "index.html#wijken", WIJKEN),
        *others[first:],
    )


def _plan_page(maker: Maker, plan: PlanArea) -> Page:
    released, figures = maker.released, maker.figures
    inside = frozenset(plan.bu_codes)
    scene = plan_scene(released.areas, plan)
    start = maker.start(released.municipality.start_indicator, LABEL_EFG, area=plan.slug)
    model = maker.map(scene, f"{plan.name} en omgeving", start)
    chart = maker.chart((plan,))
    names = released.areas.buurten["bu_name"]
    own = [(code, "buurt", str(names[code])) for code in sorted(inside) if len(inside) > 1]
    parts = (
        sections.attention_section(released, inside, maker.peildatum, plan.name),
        sections.phasing_section(chart),
        sections.labels_section(
            released,
            figures,
            ((plan.slug, plan.name),),
            sections.label_table(figures, ((plan.slug, "plangebied", plan.name), *own)),
        ),
        sections.new_build_section(model, plan.name),
        _plan_figures(maker, plan),
        _sheet_links(maker, plan),
        sections.tables_section(figures, model, maker.gemeente, ("buurt", "wijk")),
        account.sources_section(released, source_keys(released, inside, plan)),
    )
    lead = plan_lead(released, figures, plan, chart, maker.peildatum)
    return maker.page(plan_path(plan), Heading(plan.name, KICKER, lead), model, parts)


def _plan_figures(maker: Maker, plan: PlanArea) -> Section:
    """Return the figures of a plan area, with what stands out in its wijken and buurten."""
    section = sections.figures_section(maker.figures, plan, maker.released.municipality.name)
    signals = signal_sections.plan_sentences(maker.released, maker.figures, plan)
    return replace(section, intro=(*section.intro, *signals))


def _sheet_links(maker: Maker, plan: PlanArea) -> Section:
    """Return the links to the sheets of the wijken in which a plan area lies."""
    names = maker.released.areas.wijken["wk_name"]
    codes = dict.fromkeys(map(wk_of, sorted(plan.bu_codes)))
    links = tuple(Link(str(names[code]), sheet_path(code)) for code in codes)
    intro = ("Over de hele wijk is er een blad voor het wijkveiligheidsoverleg.",)
    return Section("links", "wijkblad", "Blad van de wijk", intro, links=links)


def _all_sources(released: Released) -> Section:
    """Return the sources of the whole site, with how each file was made."""
    section = account.sources_section(released, source_keys(released, None), EVERYTHING)
    return replace(
        section,
        title="Bronnen",
        tables=(*section.tables, origins_table(released)),
        links=(*origins_links(released), *section.links[:-1]),  # without the link to this page
    )


def _account_page(maker: Maker) -> Page:
    released = maker.released
    parts = (
        account.methods_section(maker.figures, released),
        privacy_section(released),
        signal_sections.rules_section(released),
        account.words_section(),
        account.join_section(released),
        account.areas_section(released),
        *division_sections.division_sections(released),
        *division_sections.replaced_sections(released),
        _all_sources(released),
    )
    lead = "Waar elk cijfer vandaan komt, hoe het is gemaakt, en wat niet paste."
    heading = Heading("Verantwoording", "bronnen en methode", lead)
    return maker.page("verantwoording.html", heading, None, parts)
