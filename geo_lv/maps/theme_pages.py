"""The pages about one theme: attention, new homes, energy labels, heat, the spread over wijken."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from geo_lv.areas import Areas
from geo_lv.indicators.catalogue import LABEL_EFG, NEW_BUILD
from geo_lv.maps import account, attention_sections, sections, signal_sections, stock_sections
from geo_lv.maps.index_page import THEME_PAGES
from geo_lv.maps.maker import Heading, Maker, source_keys
from geo_lv.maps.map_model import MapModel
from geo_lv.maps.model import Link, Page, Section
from geo_lv.maps.monitor.label_paths import label_paths_section
from geo_lv.maps.monitor.spread_page import spread_page
from geo_lv.maps.progress_sections import progress_section
from geo_lv.maps.scene import Scene, plans_scene, whole_scene
from geo_lv.maps.text import enumeration
from geo_lv.maps.why import why_section
from geo_lv.new_build import task_of

_PROGRESS: Final = frozenset({"progress"})
_DECISIONS: Final = frozenset({"decisions"})
_MEASURED: Final = frozenset({"monitor"})


def theme_pages(maker: Maker) -> tuple[Page, ...]:
    """
    Make a page per theme.

    Parameters
    ----------
    maker
        What all pages of the build share.

    Returns
    -------
    pages
        The one about the spread over the wijken only if anything was measured per wijk.
    """
    spread = spread_page(maker)
    return (
        _attention_page(maker),
        _new_build_page(maker),
        _labels_page(maker),
        _heat_page(maker),
        *((spread,) if spread else ()),
    )


@dataclass(frozen=True)
class _Theme:
    """What sets a theme page apart."""

    path: str
    lead: str
    start: str
    """Indicator the map starts with; empty starts with the phasing."""
    layers: tuple[str, ...]
    """What lies over the areas, for the subject to be seen."""
    subjects: frozenset[str] = frozenset()
    """What the page has that not every page has, for its sources."""


def _theme_page(
    maker: Maker,
    theme: _Theme,
    parts: Callable[[MapModel], tuple[Section, ...]],
    look_at: Callable[[Areas], Scene] = whole_scene,
) -> Page:
    title = THEME_PAGES[theme.path]
    name = f"{title} in {maker.released.municipality.name}"
    scene = look_at(maker.released.areas)
    model = maker.map(scene, name, theme.start, layers=theme.layers)
    closing = (
        sections.tables_section(maker.figures, model, maker.gemeente, ("buurt", "wijk")),
        account.sources_section(maker.released, source_keys(maker.released, None), theme.subjects),
    )
    heading = Heading(title, "thema", theme.lead)
    return maker.page(theme.path, heading, model, (*parts(model), *closing))


def _attention_page(maker: Maker) -> Page:
    place = maker.released.municipality.name
    section = sections.attention_section(maker.released, None, maker.peildatum, place)
    lead = (
        "Welke gebieden extra aandacht krijgen is een afspraak. De kaart toont wat elke lijst het "
        "laatst zei; daaronder staan alle lijsten met hun jaren en hun bron."
    )
    released, figures = maker.released, maker.figures
    able = {indicator.id for indicator in released.catalogue if indicator.signal}
    signals = signal_sections.signals_section(released, figures)
    per_wijk = Link("Een blad per wijk", "index.html#wijken", "met alle signalen van die wijk")

    def parts(model: MapModel) -> tuple[Section, ...]:
        judged = replace(
            model, indicators=tuple(item for item in model.indicators if item.measure in able)
        )
        return (
            replace(section, tables=(attention_sections.decisions_table(released),)),
            attention_sections.against_section(released, maker.peildatum),
            why_section(released, figures, maker.peildatum),
            replace(signals, links=(*signals.links, per_wijk)),
            sections.multiples_section(judged),
        )

    theme = _Theme(
        "thema/aandachtswijken.html", lead, maker.start(), ("attention", "signals"), _DECISIONS
    )
    return _theme_page(maker, theme, parts)


def _new_build_page(maker: Maker) -> Page:
    def parts(model: MapModel) -> tuple[Section, ...]:
        section = sections.new_build_section(model, maker.released.municipality.name)
        return (
            progress_section(maker.released, int(maker.peildatum[:4]), task),
            replace(section, tables=(sections.new_build_totals(maker.released),)),
        )

    task = task_of(maker.released.agreements)
    lead = (
        "Het afgesproken programma voor nieuwe sociale huurwoningen, met per jaar en per locatie "
        "de laatst bekende stand ernaast."
    )
    start = maker.start(NEW_BUILD)
    theme = _Theme("thema/nieuwbouw.html", lead, start, ("sites", "plan"), _PROGRESS)
    return _theme_page(maker, theme, parts)


def _labels_page(maker: Maker) -> Page:
    released, figures = maker.released, maker.figures
    code, name = maker.gemeente
    wijken = [
        (str(wk), "wijk", str(label)) for wk, label in released.areas.wijken["wk_name"].items()
    ]
    plans = [(plan.slug, "plangebied", plan.name) for plan in maker.plans]
    table = sections.label_table(figures, ((code, "gemeente", name), *plans, *wijken))
    section = sections.labels_section(released, figures, (maker.gemeente,), table)
    lead = "De energielabels van de corporatiewoningen, met de afgesproken doelen ernaast."
    theme = _Theme("thema/energielabels.html", lead, maker.start(LABEL_EFG), ("plan",), _MEASURED)
    stock = stock_sections.stock_sections(released)
    return _theme_page(
        maker, theme, lambda _model: (section, label_paths_section(released), *stock)
    )


def _heat_page(maker: Maker) -> Page:
    chart = maker.chart(maker.plans)
    names = list(dict.fromkeys(bar.area for bar in chart.bars if bar.look == "unknown"))
    unknown = f" Nog niet bekend voor {enumeration(names)}." if names else ""
    lead = f"Wat er bekend is over het jaar waarin een gebied van het gas af gaat.{unknown}"
    section = sections.phasing_section(chart)
    theme = _Theme("thema/warmtetransitie.html", lead, "", ("plan",))
    return _theme_page(maker, theme, lambda _model: (section,), plans_scene)
