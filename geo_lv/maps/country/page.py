"""The page of the country: one map of every buurt, the tables that say the same, the download."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from geo_lv.maps.assets import Asset, bundle, country_bundle, licences
from geo_lv.maps.country.arcs import make_arcs
from geo_lv.maps.country.borders import SIMPLIFIED_M, Repair, page_borders
from geo_lv.maps.country.downloads import buurten_csv
from geo_lv.maps.country.grid import to_grid
from geo_lv.maps.country.legend import LEGEND_TEXTS, LOOKS, Classed, classed
from geo_lv.maps.country.outlines import Outlines, outlines
from geo_lv.maps.country.payload import country_data
from geo_lv.maps.country.summary import (
    Span,
    SpanText,
    buurten_per_gemeente,
    look_of,
    span_text,
    spans,
)
from geo_lv.maps.country.view import CountryGemeente, CountryView, check_view
from geo_lv.maps.model import Page
from geo_lv.maps.render import fill_template
from geo_lv.maps.text import dutch_date, enumeration, number, percentage, plural

PATH: Final = "index.html"
CSV_PATH: Final = "data/buurten.csv"
_SHOWN_LOST: Final = 20
"""Buurten without a shape that are named; of more, the number is said."""


@dataclass(frozen=True)
class GemeenteRow:
    """A municipality in the table and in the drawing."""

    gemeente: CountryGemeente
    buurten: str
    figures: tuple[SpanText, ...]
    """In the order of the indicators."""
    path: str
    look: str
    """Class of its colour for the first indicator."""


@dataclass(frozen=True)
class CountryModel:
    """What the template reads beside the frame of the page."""

    items: tuple[Classed, ...]
    rows: tuple[GemeenteRow, ...]
    drawn: Outlines
    notes: tuple[str, ...]
    """Dutch: what was done with the borders, and what could not be shown."""
    sources: tuple[str, ...]
    data: Markup
    legend_texts: tuple[str, ...] = LEGEND_TEXTS
    looks: tuple[str, ...] = LOOKS
    csv: str = CSV_PATH


def country_page(view: CountryView, cache: Path) -> Mapping[str, bytes]:
    """
    Make the page of the country with all that it needs.

    Parameters
    ----------
    view
        What it shows; everything in it has been released.
    cache
        Folder that keeps the borders of the page, which take long to make.

    Returns
    -------
    files
        Path from the root of the site to content: the page, its download, scripts and styles.

    Raises
    ------
    InputError
        If the parts of the view do not fit together.
    """
    check_view(view)
    items = tuple(classed(view, indicator) for indicator in view.indicators)
    borders = page_borders(view.geometry, cache)
    frame, rings, dropped = to_grid(borders.shapes)
    found = tuple(spans(view, item) for item in items)
    data = country_data(
        view, (frame, rings, make_arcs(rings)), tuple(zip(items, found, strict=True))
    )
    drawn = outlines(view, borders.shapes)
    model = CountryModel(
        items=items,
        rows=_rows(view, items, found, drawn),
        drawn=drawn,
        notes=_notes(view, borders.repair, dropped),
        sources=view.sources,
        data=Markup(data),  # noqa: S704 - safe_json escapes all that means something in html
    )
    return _files(view, model)


def _files(view: CountryView, model: CountryModel) -> Mapping[str, bytes]:
    shared = country_bundle()
    html = fill_template(
        "country.html.j2",
        _frame(view),
        styles=(shared.style,),
        scripts=shared.scripts,
        country=model,
        leaflet=shared.leaflet.path,
        map_script=shared.map_script.path,
    )
    own: tuple[Asset, ...] = (
        shared.style,
        shared.leaflet,
        shared.map_script,
        *shared.scripts,
        bundle().icon,
    )
    return MappingProxyType(
        {
            PATH: html.encode(),
            CSV_PATH: buurten_csv(view, model.items),
            **{asset.path: asset.content for asset in own},
            **licences(),
        }
    )


def _frame(view: CountryView) -> Page:
    return Page(
        path=PATH,
        title=view.title,
        kicker="overzicht van gemeenten",
        lead=_lead(view),
        municipality=view.title,
        edition="publiek",
        peildatum=dutch_date(view.peildatum),
        map=None,
        sections=(),
        fictitious=view.fictitious,
    )


def _lead(view: CountryView) -> str:
    buurten = plural(len(view.codes), "buurt", "buurten")
    gemeenten = plural(len(view.gemeenten), "gemeente", "gemeenten")
    figures = plural(len(view.indicators), "cijfer", "cijfers")
    failed = sum(bool(gemeente.problem) for gemeente in view.gemeenten)
    text = f"{buurten} van {gemeenten} op één kaart, met {figures} per buurt."
    if not failed:
        return text
    verb = "is niet gebouwd" if failed == 1 else "zijn niet gebouwd"
    words = plural(failed, "gemeente", "gemeenten")
    return f"{text} {words} {verb}: daarvan staan hier geen cijfers."


def _rows(
    view: CountryView,
    items: Sequence[Classed],
    found: Sequence[Sequence[Span]],
    drawn: Outlines,
) -> tuple[GemeenteRow, ...]:
    counts = buurten_per_gemeente(view).tolist()
    return tuple(
        GemeenteRow(
            gemeente=gemeente,
            buurten=number(counts[place]),
            figures=tuple(
                span_text(item, of_item[place]) for item, of_item in zip(items, found, strict=True)
            ),
            path=drawn.paths[place],
            look=look_of(found[0][place]) if found else "no-figure",
        )
        for place, gemeente in enumerate(view.gemeenten)
    )


def _notes(view: CountryView, repair: Repair, dropped: int) -> tuple[str, ...]:
    """Say what was done with the borders; nothing is left out without a word."""
    bends = f"bochten van minder dan ongeveer {number(SIMPLIFIED_M)} meter zijn weg"
    notes = [f"Grenzen zijn vereenvoudigd: {bends}."]
    if repair.mended:
        buurten = plural(repair.mended, "buurt", "buurten")
        notes.append(
            f"Van {buurten} sloten de grenzen niet precies aan. Die zijn passend gemaakt: geen "
            f"buurt werd meer dan {percentage(100 * repair.largest_change, 3)} groter of kleiner."
        )
    if dropped:
        notes.append(
            f"{plural(dropped, 'heel klein stukje', 'heel kleine stukjes')} van een buurt, zoals "
            "een eilandje, is te klein voor deze kaart."
        )
    if repair.lost:
        notes.append(_lost_note([view.names[place] for place in repair.lost]))
    return tuple(notes)


def _lost_note(names: list[str]) -> str:
    shown = names[:_SHOWN_LOST]
    more = len(names) - len(shown)
    words = enumeration([*shown, f"{number(more)} andere"] if more else shown)
    return f"Zonder grens, en dus niet op de kaart maar wel in de tabel: {words}."
