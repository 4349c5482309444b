"""The security headers under which a site is meant to be published.

`geo-lv serve` sends them, and the examples for web servers in ``docs/publiceren/`` are the same.
"""

from collections.abc import Mapping
from typing import Final

from geo_lv.maps.embed import FOLDER as EMBED_FOLDER
from geo_lv.maps.folium_map import BASEMAP_HOST

ASSETS_FOLDER: Final = "assets/"
"""Files in here have a name that changes with what they hold."""

ALWAYS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What every answer has."""
LASTING: Final = "public, max-age=31536000, immutable"
"""For files that never change under their name."""
CHECKED: Final = "no-cache"
"""For all others: a browser asks whether its copy is still right."""


def policy(*, framed: bool, single_file: bool = False) -> str:
    """
    Return the content security policy of a page.

    Parameters
    ----------
    framed
        Whether another website may show it in a frame.
    single_file
        Whether the page carries its own scripts and styles, with a policy of its own that has
        their hashes; then this one leaves those to it.

    Returns
    -------
    policy
        Nothing from elsewhere, but for the background map that a reader may switch on.
    """
    own = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    frames = "*" if framed else "'self'"
    return (
        f"{'' if single_file else own}img-src 'self' blob: data: {BASEMAP_HOST}; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
    )


def headers_of(path: str, *, single_file: bool = False) -> dict[str, str]:
    """
    Return the headers of one file.

    Parameters
    ----------
    path
        From the site root, without a slash in front.
    single_file
        Whether the pages of the site carry their own scripts and styles.

    Returns
    -------
    headers
        Name to value.
    """
    return {
        **ALWAYS,
        "Content-Security-Policy": policy(
            framed=path.startswith(EMBED_FOLDER), single_file=single_file
        ),
        "Cache-Control": LASTING if path.startswith(ASSETS_FOLDER) else CHECKED,
    }
