"""Links within the site: to a file that is there, and a place in it that is there."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

from geo_lv.check.findings import Finding, Kind
from geo_lv.check.markup import Markup, Ref
from geo_lv.check.pages import anchors, local_links

_INDEX: Final = "index.html"


def find_broken(read: Mapping[str, Markup], files: frozenset[str]) -> Iterator[Finding]:
    """
    Yield links that lead to nothing.

    Parameters
    ----------
    read
        What was read in each page and drawing, by its path.
    files
        Every file of the site. Capitals count, as they do on most web servers.

    Yields
    ------
    finding
        Each link of which the file or the place in it is not there.
    """
    known = {file: anchors(markup) for file, markup in read.items()}
    for file, markup in read.items():
        for ref in local_links(markup):
            if not _leads_somewhere(file, ref, files, known):
                yield Finding(file, Kind.LINK, ref.place, ref.url)


def _leads_somewhere(
    file: str, ref: Ref, files: frozenset[str], known: Mapping[str, frozenset[str]]
) -> bool:
    try:
        parts = urlsplit(ref.url.strip())
    except ValueError:
        return False
    target = target_of(file, parts.path)
    return target in files and _has_place(unquote(parts.fragment), known.get(target))


def target_of(file: str, path: str) -> str:
    """Return the file that a relative address leads to, from the site root."""
    if not path:
        return file
    if path.startswith("/"):
        return path  # the root of the server, which is not the root of the site
    target = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path)))
    return posixpath.join(target, _INDEX) if path.endswith(("/", ".")) else target


def _has_place(fragment: str, names: frozenset[str] | None) -> bool:
    """Return whether a page has what stands after ``#``; ``name=value`` is read by its scripts."""
    if not fragment or names is None or fragment in names:
        return True
    parts = [part.partition("=") for part in fragment.split("&")]
    return all(equals and value in names for _, equals, value in parts)
