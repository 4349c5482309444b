"""What MkDocs does not do by itself: a language per page, no inline script, nothing with a clock.

MkDocs calls these functions by their names; ``mkdocs.yml`` says where they are.
"""

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.utils import get_relative_url

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

USUAL_LANGUAGE: Final = "en"
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HEADING: Final = re.compile(r"<h2(?= )")


def on_env(env: "Environment", *, config: "MkDocsConfig", **_: object) -> "Environment":
    """Leave out what is no page: a sitemap needs an address, and its gzip has a clock in it."""
    config.theme.static_templates.clear()
    return env


def on_page_context(
    context: "TemplateContext", *, page: "Page", config: "MkDocsConfig", **_: object
) -> "TemplateContext":
    """Say everything around a page in the language of the page."""
    config.theme["language"] = page.meta.get("lang", USUAL_LANGUAGE)
    return context


def on_page_content(html: str, *, page: "Page", **_: object) -> str:
    """Mark the headings of words as Dutch on an English page whose head says ``terms: nl``."""
    language = page.meta.get("terms")
    return _HEADING.sub(f'<h2 lang="{language}"', html) if language else html


def on_post_page(output: str, *, page: "Page", config: "MkDocsConfig") -> str:
    """
    Move inline scripts to files of their own, so that the page runs under ``default-src 'self'``.

    Parameters
    ----------
    output
        HTML of a page.
    page
        The page.
    config
        Says where the pages are written.

    Returns
    -------
    output
        The same with ``<script src>``, in the same places: the theme needs them in that order.
    """

    def moved(found: re.Match[str]) -> str:
        code = found[1].encode()
        path = f"assets/javascripts/page.{hashlib.sha256(code).hexdigest()[:8]}.js"
        (Path(config.site_dir) / path).write_bytes(code)
        return f'<script src="{get_relative_url(path, page.url)}"></script>'

    return _INLINE.sub(moved, output)
