"""Every page of the site, made from a released view."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from geo_lv.editions import Released
from geo_lv.indicators.catalogue import LABEL_EFG, NEW_BUILD
from geo_lv.maps import account, facts, sections
from geo_lv.maps.cells import Figures
from geo_lv.maps.lead import plan_lead
from geo_lv.maps.model import Level, Link, MapModel, Page, PhasingChart, Section
from geo_lv.maps.scene import MapChoices, Scene, map_model, plan_scene, whole_scene
from geo_lv.maps.text import dutch_date, plural
from geo_lv.municipality import PlanArea

PLAN_FOLDER: Final = "wijkuitvoeringsplan"
PLANS: Final = "Wijkuitvoeringsplannen"
THEMES: Final = "Thema's"
SITE: Final = "Site"

_THEME_PAGES: Final = {
    "thema/aandachtswijken.html": "Aandachtswijken",
    "thema/nieuwbouw.html": "Nieuwbouw",
    "thema/energielabels.html": "Energielabels",
    "thema/warmtetransitie.html": "Warmtetransitie",
}


@dataclass(frozen=True)
class Heading:
    """What a page opens with."""

    title: str
    kicker: str
    lead: str


@dataclass(frozen=True)
class _Maker:
    """What all pages of one build share."""

    released: Released
    figures: Figures
    peildatum: str
    basemap: bool

    @property
    def plans(self) -> tuple[PlanArea, ...]:
        return self.released.municipality.plan_areas

    @property
    def gemeente(self) -> tuple[str, str]:
        return self.released.municipality.gm_code, self.released.municipality.name

    def chart(self, plans: Iterable[PlanArea]) -> PhasingChart:
        slugs = tuple(plan.slug for plan in plans)
        return facts.phasing_chart(self.released, slugs, self.peildatum)

    def start(self, wanted: str = "") -> str:
        """Return the choice a map starts with: the newest year of the wanted indicator."""
        moments = list(self.figures.moments())
        name = wanted or self.released.municipality.start_indicator
        chosen = [moment for moment in moments if moment.indicator.id == name] or moments
        return chosen[0].id if chosen else ""

    def map(self, scene: Scene, title: str, start: str, *, prefer: Level = "buurt") -> MapModel:
        plans = self.plans if scene.plan is None else (scene.plan,)
        choices = MapChoices(
            title=title,
            prefer=prefer,
            start=start,
            peildatum=self.peildatum,
            phasing=self.chart(plans) if plans else None,
            basemap=self.basemap,
        )
        return map_model(self.released, self.figures, scene, choices)

    def page(
        self, path: str, heading: Heading, model: MapModel | None, parts: tuple[Section, ...]
    ) -> Page:
        fictitious = self.released.fictitious_dwellings and (
            any(part.fictitious for part in parts)
            or (model is not None and any(item.fictitious for item in model.indicators))
        )
        return Page(
            path=path,
            title=heading.title,
            kicker=heading.kicker,
            lead=heading.lead,
            municipality=self.released.municipality.name,
            edition=self.released.edition,
            peildatum=dutch_date(self.peildatum),
            map=model,
            sections=parts,
            fictitious=fictitious,
            intern=self.released.edition == "intern",
        )


def make_pages(released: Released, *, peildatum: str, basemap: bool) -> tuple[Page, ...]:
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

    Returns
    -------
    pages
        Index first, then plan pages, theme pages and the account.
    """
    maker = _Maker(released, Figures(released), peildatum, basemap)
    pages = (
        _index(maker),
        *(_plan_page(maker, plan) for plan in maker.plans),
        _attention_page(maker),
        _new_build_page(maker),
        _labels_page(maker),
        _heat_page(maker),
        _account_page(maker),
    )
    nav = _nav(pages)
    return tuple(replace(page, nav=nav) for page in pages)


def _nav(pages: tuple[Page, ...]) -> tuple[Link, ...]:
    """Return the links of the menu, grouped under their heading."""
    headings = {PLAN_FOLDER: PLANS, "thema": THEMES}
    links = [
        Link(page.title, page.path, headings.get(page.path.split("/")[0], SITE)) for page in pages
    ]
    order = (SITE, PLANS, THEMES)
    return tuple(sorted(links, key=lambda link: order.index(link.description)))


def _plan_path(plan: PlanArea) -> str:
    return f"{PLAN_FOLDER}/{plan.slug}.html"


def _index(maker: _Maker) -> Page:
    municipality = maker.released.municipality
    scene = whole_scene(maker.released.areas)
    model = maker.map(scene, f"Wijken van {municipality.name}", maker.start(), prefer="wijk")
    links = Section(
        "links",
        "paginas",
        "Kaarten en overzichten",
        links=(
            *(
                Link(plan.name, _plan_path(plan), "wijkuitvoeringsplan: kaart, fasering, labels")
                for plan in maker.plans
            ),
            *(Link(title, path, "thema, hele gemeente") for path, title in _THEME_PAGES.items()),
            Link("Verantwoording", "verantwoording.html", "bronnen, methode en koppeling"),
        ),
    )
    lead = (
        f"{plural(len(scene.wijken), 'wijk', 'wijken')}, "
        f"{plural(len(scene.buurten), 'buurt', 'buurten')} en "
        f"{plural(len(maker.plans), 'wijkuitvoeringsplan', 'wijkuitvoeringsplannen')}. "
        "Kies een cijfer om de wijken te vergelijken, of ga naar een plan of thema."
    )
    table = sections.tables_section(maker.figures, model, maker.gemeente, ("wijk", "buurt"))
    sources = account.sources_section(maker.released, _keys(maker, None))
    title = f"Wijkmonitor {municipality.name}"
    return maker.page(
        "index.html", Heading(title, "overzicht", lead), model, (links, table, sources)
    )


def _plan_page(maker: _Maker, plan: PlanArea) -> Page:
    released, figures = maker.released, maker.figures
    inside = frozenset(plan.bu_codes)
    scene = plan_scene(released.areas, plan)
    model = maker.map(scene, f"{plan.name} en omgeving", maker.start())
    chart = maker.chart((plan,))
    own = [(code, str(released.areas.buurten["bu_name"][code])) for code in sorted(inside)]
    whole = (plan.slug, plan.name)
    parts = (
        sections.attention_section(released, inside, maker.peildatum, plan.name),
        sections.phasing_section(chart),
        sections.labels_section(
            released, figures, (whole,), sections.label_table(figures, (whole, *own))
        ),
        sections.new_build_section(model, plan.name),
        sections.figures_section(figures, plan, released.municipality.name),
        sections.tables_section(figures, model, maker.gemeente, ("buurt", "wijk")),
        account.sources_section(released, _keys(maker, inside, plan)),
    )
    lead = plan_lead(released, figures, plan, chart, maker.peildatum)
    return maker.page(
        _plan_path(plan), Heading(plan.name, "wijkuitvoeringsplan", lead), model, parts
    )


def _theme_page(
    maker: _Maker, path: str, lead: str, start: str, parts: tuple[Section, ...]
) -> Page:
    title = _THEME_PAGES[path]
    scene = whole_scene(maker.released.areas)
    model = maker.map(scene, f"{title} in {maker.released.municipality.name}", start)
    closing = (
        sections.tables_section(maker.figures, model, maker.gemeente, ("buurt", "wijk")),
        account.sources_section(maker.released, _keys(maker, None)),
    )
    return maker.page(path, Heading(title, "thema", lead), model, (*parts, *closing))


def _attention_page(maker: _Maker) -> Page:
    place = maker.released.municipality.name
    section = sections.attention_section(maker.released, None, maker.peildatum, place)
    lead = (
        "Welke gebieden extra aandacht krijgen is een afspraak. De kaart toont wat elke lijst het "
        "laatst zei; daaronder staan alle lijsten met hun jaren en hun bron."
    )
    return _theme_page(maker, "thema/aandachtswijken.html", lead, maker.start(), (section,))


def _new_build_page(maker: _Maker) -> Page:
    released = maker.released
    model = maker.map(whole_scene(released.areas), "Nieuwbouw", "")
    section = sections.new_build_section(model, released.municipality.name)
    lead = (
        "Het programma voor nieuwe sociale huurwoningen en hoe het er nu voor staat, naast elkaar. "
        "Nnb en een percentage zijn geen aantallen en tellen niet mee in een optelling."
    )
    totals = sections.new_build_totals(released)
    section = replace(section, tables=(totals,))
    return _theme_page(maker, "thema/nieuwbouw.html", lead, maker.start(NEW_BUILD), (section,))


def _labels_page(maker: _Maker) -> Page:
    released, figures = maker.released, maker.figures
    wijken = [(str(code), str(name)) for code, name in released.areas.wijken["wk_name"].items()]
    plans = [(plan.slug, plan.name) for plan in maker.plans]
    table = sections.label_table(figures, (maker.gemeente, *plans, *wijken))
    section = sections.labels_section(released, figures, (maker.gemeente,), table)
    lead = "De energielabels van de corporatiewoningen, met de afgesproken doelen ernaast."
    return _theme_page(maker, "thema/energielabels.html", lead, maker.start(LABEL_EFG), (section,))


def _heat_page(maker: _Maker) -> Page:
    section = sections.phasing_section(maker.chart(maker.plans))
    names = [bar.area for bar in maker.chart(maker.plans).bars if bar.look == "unknown"]
    unknown = f" Niet alles is bekend: {', '.join(dict.fromkeys(names))}." if names else ""
    lead = f"Wanneer welk gebied van het gas af gaat, per fase en met bron.{unknown}"
    return _theme_page(maker, "thema/warmtetransitie.html", lead, "", (section,))


def _account_page(maker: _Maker) -> Page:
    released = maker.released
    parts = (
        account.methods_section(maker.figures, released),
        account.join_section(released),
        account.areas_section(released),
        replace(account.sources_section(released, _keys(maker, None)), title="Bronnen"),
    )
    lead = "Waar elk cijfer vandaan komt, hoe het is gemaakt, en wat niet paste."
    heading = Heading("Verantwoording", "bronnen en methode", lead)
    return maker.page("verantwoording.html", heading, None, parts)


def _keys(
    maker: _Maker, bu_codes: frozenset[str] | None, plan: PlanArea | None = None
) -> list[str]:
    """Return the source keys of the facts on a page."""
    agreements = maker.released.agreements
    everywhere = bu_codes is None
    plans = [plan] if plan else list(maker.plans)
    slugs = {item.slug for item in plans}
    return [
        *(row.source for row in agreements.phasing if row.plan_area in slugs),
        *(item.source for item in plans),
        *(
            f"{site.source} {site.status_source}"
            for site in agreements.sites
            if everywhere or site.bu_code in (bu_codes or ())
        ),
        *(
            item.source
            for item in agreements.attention
            if everywhere or set(item.bu_codes) & (bu_codes or set())
        ),
        *(item.source for item in agreements.targets),
        maker.released.municipality.phasing.source,
    ]
