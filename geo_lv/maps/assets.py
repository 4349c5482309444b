"""The files that every page shares: Leaflet, our scripts, our style; named after their content."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import rcssmin
import rjsmin
from xstatic.pkg import leaflet

FOLDER = "assets"

SCRIPTS = (
    "core.js",
    "shapes.js",
    "roving.js",
    "card.js",
    "chooser.js",
    "phasing.js",
    "areas.js",
    "signals.js",
    "sites.js",
    "switches.js",
    "find.js",
    "compare.js",
    "tools.js",
    "address.js",
    "menus.js",
    "tables.js",
)
"""In the order in which they run: each one only calls what stands before it."""

TOOLS = ("present.js", "share.js", "picture.js", "take.js")
"""Loaded when a reader presents, shares, saves or prints: few do."""

STYLES = (
    "colours.css",
    "page.css",
    "controls.css",
    "map.css",
    "card.css",
    "charts.css",
    "tables.css",
    "terms.css",
    "small.css",
    "print.css",
)
"""In the order in which they hold: a later one may overrule an earlier one."""

COUNTRY = (
    "core.js",
    "country_data.js",
    "country_shapes.js",
    "country_state.js",
    "country_raster.js",
    "country_layer.js",
    "country_card.js",
    "country_keys.js",
    "country_find.js",
    "country_table.js",
    "country.js",
)
"""Of the page of the country alone, in the order in which they run."""
COUNTRY_TABLES = ("menus.js", "tables.js")
"""Of the same page, for when all of it has been read."""

_SOURCE_MAP = re.compile(r"\s*//# sourceMappingURL=\S+\s*$")
_UNUSED_RULE = re.compile(
    r"[^{}]*(?:-popup|-tooltip|-control-layers|-control-attribution|vml|-default-icon)[^{}]*"
    r"\{[^{}]*\}"
)


@dataclass(frozen=True)
class Asset:
    """A file of the site, named after its content so that it may be cached for ever."""

    path: str
    """Relative to the site root."""
    text: str

    @property
    def content(self) -> bytes:
        """The bytes to write."""
        return self.text.encode()


@dataclass(frozen=True)
class Bundle:
    """The shared files, in the order in which a page loads them."""

    styles: tuple[Asset, ...]
    scripts: tuple[Asset, ...]
    tools: Asset
    """Script that a page loads by itself when it is asked to present, share, save or print."""
    homes: tuple[Asset, Asset]
    """Style and script for pages that have homes: only the internal edition does."""
    small: tuple[Asset, Asset]
    """Style and script for pages with small maps only, so that the other pages stay light."""
    monitor: tuple[Asset, Asset]
    """Style and script for pages with goals of the agreements."""
    progress: Asset
    """Style for pages with the chart of new homes."""
    wijk: Asset
    """Style for pages with the sheet of a wijk."""
    icon: Asset


def named(stem: str, suffix: str, text: str) -> Asset:
    """Name a text file of the site after its content.

    Parameters
    ----------
    stem
        First part of the file name.
    suffix
        Extension without the dot.
    text
        The content.

    Returns
    -------
    Asset
        The file, in the assets folder.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return Asset(f"{FOLDER}/{stem}.{digest}.{suffix}", text)


def policy_hash(text: str) -> str:
    """Source expression that lets one inline script or style run under a content policy."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def bundle() -> Bundle:
    """Leaflet from its package and our own files, read once."""
    own_style = rcssmin.cssmin("\n".join(map(_own, STYLES)))
    return Bundle(
        styles=(
            named("leaflet", "css", _leaflet_style()),
            named("geo-lv", "css", own_style),
        ),
        scripts=(
            named("leaflet", "js", _leaflet_script()),
            named("geo-lv", "js", _scripts(SCRIPTS)),
        ),
        tools=named("gereedschap", "js", _scripts(TOOLS)),
        homes=(
            named("woningen", "css", rcssmin.cssmin(_own("homes.css"))),
            named("woningen", "js", _scripts(("homes.js",))),
        ),
        small=(
            named("klein", "css", rcssmin.cssmin(_own("multiples.css"))),
            named("klein", "js", _scripts(("multiples.js",))),
        ),
        monitor=(
            named("monitor", "css", rcssmin.cssmin(_own("monitor.css"))),
            named("monitor", "js", _scripts(("monitor.js",))),
        ),
        progress=named("voortgang", "css", rcssmin.cssmin(_own("progress.css"))),
        wijk=named("wijk", "css", rcssmin.cssmin(_own("wijk.css"))),
        icon=named("icon", "svg", _own("icon.svg")),
    )


@dataclass(frozen=True)
class CountryBundle:
    """The files of the page of the country, which no site of a municipality has."""

    style: Asset
    """All styles in one file: the map waits for each of them."""
    leaflet: Asset
    map_script: Asset
    """Runs as soon as the data of the map have been read."""
    scripts: tuple[Asset, ...]
    """Run when the whole page has been read."""


@cache
def country_bundle() -> CountryBundle:
    """Leaflet, what other pages have too, and what only the page of the country has."""
    shared = bundle()
    styles = (asset.text for asset in shared.styles)
    return CountryBundle(
        style=named("landkaart", "css", "\n".join((*styles, rcssmin.cssmin(_own("country.css"))))),
        leaflet=shared.scripts[0],
        map_script=named("landkaart", "js", _scripts(COUNTRY)),
        scripts=(named("tabellen", "js", _scripts(COUNTRY_TABLES)),),
    )


def licences() -> Mapping[str, bytes]:
    """Return the licence of what a site holds of others, which must go along with it."""
    name = "LICENSE-leaflet.txt"
    return MappingProxyType({f"{FOLDER}/{name}": _own(name).encode()})


def assets() -> Mapping[str, bytes]:
    """Every shared file: path from the site root to content."""
    shared = bundle()
    every = (
        *shared.styles,
        *shared.scripts,
        *shared.homes,
        shared.tools,
        *shared.small,
        *shared.monitor,
        shared.progress,
        shared.wijk,
        shared.icon,
    )
    return MappingProxyType({asset.path: asset.content for asset in every})


def _own(name: str) -> str:
    return files("geo_lv.maps").joinpath("static", name).read_text(encoding="utf-8")


def _scripts(names: Iterable[str]) -> str:
    """Put some of our scripts in one file, without comments and needless blanks."""
    return str(rjsmin.jsmin("\n".join(map(_own, names))))


def _leaflet(name: str) -> str:
    return Path(leaflet.BASE_DIR, name).read_text(encoding="utf-8")


def _leaflet_script() -> str:
    return _SOURCE_MAP.sub("\n", _leaflet("leaflet.js"))


def _leaflet_style() -> str:
    """Leaflet's style without parts that no page has, some of which ask for image files."""
    return str(_UNUSED_RULE.sub("", rcssmin.cssmin(_leaflet("leaflet.css"))))
