"""From a page model to HTML: a template, the shared files, and the data block of the map.

Every text is escaped by its template; the page carries no inline script, handler or style, so it
works under ``default-src 'self'`` and when opened as a file. A page in one file carries the hashes
of what it holds in a policy of its own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, Final

import jinja2
from markupsafe import Markup

from geo_lv.maps import charts, payload
from geo_lv.maps.assets import Asset, Bundle, assets, bundle, named, policy_hash
from geo_lv.maps.drawing import REASON_WORDS, cell_look, drawing, phase_look, start_indicator
from geo_lv.maps.folium_map import BASEMAP_HOST, ELEMENT_ID, map_script
from geo_lv.maps.glossary import Words
from geo_lv.maps.map_model import Cell, MapIndicator, MapModel
from geo_lv.maps.model import Link, Page, Table
from geo_lv.maps.monitor.model import look_of
from geo_lv.maps.multiples import small_maps
from geo_lv.maps.nothing import NO_FIGURES, NO_ROWS
from geo_lv.maps.progress_chart import progress_marks
from geo_lv.maps.text import number, with_unit
from geo_lv.schema import INTERN

__all__ = [
    "RenderedPage",
    "assets",
    "fill_template",
    "notes_of",
    "render_page",
    "safe_address",
]

_SCHEME: Final = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_WEB: Final = re.compile(r"^https?://", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"[\x00-\x20]")
"""Browsers skip these in an address, so ``java\\nscript:`` would run."""
_KEPT: Final = 32
"""Maps and tables to remember: pages of one build, and of the next, have the same ones."""
_END_OF_ELEMENT: Final = re.compile(r"</(script|style)", re.IGNORECASE)


@dataclass(frozen=True)
class RenderedPage:
    """One page, ready to write."""

    path: str
    """Relative to the site root."""
    html: str
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """Files that this page needs beside those of `assets`; equal paths hold equal bytes."""


def render_page(page: Page, *, inline: bool = False) -> RenderedPage:
    """Write a page.

    Parameters
    ----------
    page
        What it shows.
    inline
        Put styles and scripts inside the page, under a policy with their hashes.

    Returns
    -------
    RenderedPage
        The page and the files that only it needs.
    """
    own = () if page.map is None else (named("kaart", "js", map_script(page.map)),)
    running = (named("intern", "css", _running_head(page)),) if page.intern else ()
    shared = bundle()
    extras = list(_extras(page, shared))
    scripts = (*_scripts(page, shared, inline=inline), *(script for _, script in extras), *own)
    styles = (
        *(shared.styles if page.map else shared.styles[-1:]),
        *(style for style, _ in extras),
        *((shared.progress,) if any(section.progress for section in page.sections) else ()),
        *((shared.wijk,) if page.sheet or page.sheets else ()),
        *running,
    )
    html = fill_template(
        "page.html.j2",
        page,
        styles=[_Source(asset, inline) for asset in styles],
        scripts=[_Source(asset, inline) for asset in scripts],
        inline=inline,
        policy=_policy(page.map, styles, scripts) if inline else "",
        tools=shared.tools.path,
        map_context=map_context(page.map),
    )
    extra = {} if inline else {asset.path: asset.content for asset in (*own, *running)}
    return RenderedPage(page.path, html, extra)


def fill_template(name: str, page: Page, **context: object) -> str:
    """
    Fill a template of a page.

    Parameters
    ----------
    name
        Of the template.
    page
        What the frame of the page says.
    context
        What else the template reads, ``styles`` and ``scripts`` among it.

    Returns
    -------
    html
        Every text in it is escaped.
    """
    shared = {"words": Words(), "icon": bundle().icon, "nav": _grouped(page.nav), "inline": False}
    return _environment().get_template(name).render(page=page, **(shared | context))


def _running_head(page: Page) -> str:
    """Return the style that writes on each printed sheet of a page that it must stay inside."""
    text = f"{INTERN} · {page.inside}"
    # every sign that could end the text is written as its number
    safe = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x}" for c in text)
    return (
        f':root:has(.banner.intern) {{ --intern: "{safe}"; }}\n'
        "@media print { .banner .purpose { display: none; } }\n"
    )


def _scripts(page: Page, shared: Bundle, *, inline: bool) -> tuple[Asset, ...]:
    """Return the scripts that every page of its kind has, in the order in which they run."""
    if page.map is None:
        return shared.scripts[-1:]
    return (*shared.scripts, shared.tools) if inline else shared.scripts


def _extras(page: Page, shared: Bundle) -> Iterator[tuple[Asset, Asset]]:
    """Yield style and script of each part that only some pages have."""
    if page.map and page.map.homes:
        yield shared.homes
    if any(section.multiples for section in page.sections):
        yield shared.small
    if any(section.kind == "monitor" for section in page.sections):
        yield shared.monitor


@dataclass(frozen=True)
class _Source:
    """A style or script as the page template wants it."""

    asset: Asset
    inline: bool

    @property
    def path(self) -> str:
        return self.asset.path

    @property
    def code(self) -> Markup:
        """The text of one of our own files: markup, because nobody else's input is in it."""
        if _END_OF_ELEMENT.search(self.asset.text):
            msg = f"{self.asset.path} would end its own element when put inside a page"
            raise ValueError(msg)
        return Markup(self.asset.text)  # noqa: S704 - our own file


def _policy(model: MapModel | None, styles: tuple[Asset, ...], scripts: tuple[Asset, ...]) -> str:
    images = f"data: {BASEMAP_HOST}" if model and model.basemap else "data:"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(policy_hash(asset.text) for asset in scripts),
            "style-src " + " ".join(policy_hash(asset.text) for asset in styles),
            f"img-src {images}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@lru_cache(maxsize=_KEPT)
def map_context(model: MapModel | None) -> Mapping[str, Any]:
    """Return what the templates read of a map; nothing of it depends on the page."""
    if model is None:
        return {}
    drawn = drawing(model)
    return {
        "map": model,
        "drawn": drawn,
        "start": start_indicator(model),
        "themes": _themes(model),
        "element_id": ELEMENT_ID,
        "phases": _phases_at_start(model),
        # Safe as markup: payload escapes every character that means something in html.
        "data": Markup(payload.data_block(model, drawn)),  # noqa: S704 - escaped there
    }


def _themes(model: MapModel) -> Mapping[str, list[MapIndicator]]:
    themes: dict[str, list[MapIndicator]] = {}
    for indicator in model.indicators:
        themes.setdefault(indicator.theme, []).append(indicator)
    return themes


def _phases_at_start(model: MapModel) -> Mapping[str, tuple[str, str]]:
    return {} if model.phasing is None else model.phasing.by_year.get(str(model.phasing.year), {})


def _grouped(nav: tuple[Link, ...]) -> list[tuple[str, list[Link]]]:
    """Links under the heading that their description names."""
    return [
        (heading, list(links)) for heading, links in groupby(nav, lambda link: link.description)
    ]


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("geo_lv", "maps/templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "intern": INTERN,
        "label_legend": charts.label_legend,
        "phase_legend": charts.phase_legend,
        "progress_marks": progress_marks,
        "stacked": charts.stacked,
        "table_frame": table_frame,
        "thousands": number,
        "timeline": charts.timeline,
        "bar_widths": payload.bar_widths,
        "reasons_in": payload.reasons_in,
        "no_figures": NO_FIGURES,
        "no_rows": NO_ROWS,
        "reason_words": REASON_WORDS,
        "cell_look": cell_look,
        "phase_look": phase_look,
        "notes_of": notes_of,
        "look_of": look_of,
        "small_maps": small_maps,
        "with_unit": with_unit,
    }
    made.filters["address"] = safe_address
    made.tests |= {"cell": lambda value: isinstance(value, Cell)}
    return made


def safe_address(href: str, root: str) -> str:
    """Address of a link: on the web, in the page, or from the site root; else empty."""
    plain = _UNSEEN.sub("", href)
    if _WEB.match(plain) or plain.startswith("#"):
        return href.strip()
    if not plain or _SCHEME.match(plain) or plain.startswith(("/", "\\")):
        return ""  # such as javascript: the text stays, the link goes
    return root + href.strip()


@lru_cache(maxsize=2 * _KEPT)
def table_frame(table: Table, fictitious: bool) -> Markup:  # noqa: FBT001 - a template calls it
    """
    Write a table, but for the notes under it, which may explain words of the page.

    Parameters
    ----------
    table
        It has rows.
    fictitious
        Whether its caption says so.

    Returns
    -------
    html
        Every text in it is escaped.
    """
    macros: Any = _environment().get_template("tables.html.j2").module
    return Markup(macros.framed(table, fictitious))  # noqa: S704 - escaped by the template


def notes_of(table: Table) -> list[str]:
    """Different notes of the cells in reading order; they stand numbered under the table."""
    cells = [
        cell for row in (*table.rows, *table.footers) for cell in row if isinstance(cell, Cell)
    ]
    return list(dict.fromkeys(cell.note for cell in cells if cell.note))
