"""Everything a web editor must know before uploading. Reads a folder and changes nothing.

It looks at what is in the files and not at what was meant, so that it also finds what came in
after the build, or through a mistake in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from geo_lv.check.account import (
    Account,
    find_by_name,
    find_for_publication,
    find_in_account,
    find_stale,
    is_of,
    present_in,
    read_account,
)
from geo_lv.check.data_files import find_in_csv, find_in_json, indicators_in
from geo_lv.check.documents import find_in_pdf
from geo_lv.check.findings import Finding, Kind
from geo_lv.check.images import find_in_image
from geo_lv.check.links import find_broken, target_of
from geo_lv.check.markup import Markup
from geo_lv.check.pages import find_in_drawing, find_in_page
from geo_lv.check.scan import Piece, Site, lines_of, scan, scan_bytes, words_in
from geo_lv.check.scripts import find_in_script, find_in_style, is_foreign, style_addresses
from geo_lv.check.veils import kind_of, text_of, unveil
from geo_lv.site import Progress, quiet
from geo_lv.site.workplace import KEPT

_FIGURES: Final = "data/cijfers.csv"
_BINARY: Final = (".pdf", ".png", ".jpg", ".jpeg", ".ico")
_TEXTS: Final = (
    ".html",
    ".json",
    ".csv",
    ".geojson",
    ".svg",
    ".xml",
    ".js",
    ".css",
    ".txt",
    ".map",
)


@dataclass(frozen=True)
class CheckReport:
    """What was found."""

    findings: tuple[Finding, ...]
    """In the order of their files; what stands more than once in a file is there once."""
    files: int
    edition: str
    publication: str
    compared: bool
    """Whether the inputs of the site were compared with the data folder."""


def check_site(
    folder: Path, data: Path, *, allow_fictitious: bool = False, progress: Progress = quiet
) -> CheckReport:
    """
    Look at every file of a site.

    Parameters
    ----------
    folder
        Where the site is.
    data
        Data folder with the inputs of now; not looked at if it is of another municipality.
    allow_fictitious
        Fictitious data may be published.
    progress
        Called with each file as its turn comes.

    Returns
    -------
    report
        What was found.

    Raises
    ------
    OutputError
        If the folder has no manifest that geo_lv wrote.
    """
    account = read_account(folder)
    present = present_in(folder)
    contents, findings = _read(present)
    site = _site(account, contents)
    compared = is_of(account, data)
    findings += find_by_name(present)
    findings += find_in_account(account, contents)
    findings += find_for_publication(account, allow_fictitious=allow_fictitious)
    findings += find_stale(account, data) if compared else []
    findings += scan("file names", [Piece(name, name) for name in present], site)
    read: dict[str, Markup] = {}
    for done, (name, content) in enumerate(contents.items()):
        progress(f"looking at {name}", done, len(contents))
        findings += _look(name, content, site, read)
    findings += find_broken(read, site.files)
    return CheckReport(
        findings=tuple(_once(findings)),
        files=len(present),
        edition=account.edition,
        publication=account.publication,
        compared=compared,
    )


def _read(present: dict[str, Path]) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the bytes of every file, and what cannot be read; no link is followed."""
    contents, findings = {}, []
    for name, path in present.items():
        if path.is_symlink():
            continue
        if not path.is_file():
            findings.append(Finding(name, Kind.TYPE, "", "no file"))
            continue
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            findings.append(Finding(name, Kind.UNREADABLE, "", error.strerror or ""))
    return contents, findings


def _site(account: Account, contents: dict[str, bytes]) -> Site:
    return Site(
        edition=account.edition,
        places=tuple(unveil(place) for place in account.places),
        indicators=indicators_in(contents.get(_FIGURES, b"")),
        files=frozenset(contents),
    )


def _look(name: str, content: bytes, site: Site, read: dict[str, Markup]) -> Iterator[Finding]:
    """Yield what is wrong in one file, by what its name says it is."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".pdf":
        yield from find_in_pdf(name, content, site)
    elif suffix in _BINARY:
        yield from find_in_image(name, content, site)
    elif suffix in _TEXTS or name in KEPT:
        yield from _look_at_text(name, suffix, content, site, read)
    else:
        yield Finding(name, Kind.TYPE, "", suffix)
        yield from scan_bytes(name, "", content, site, 0)


def _look_at_text(
    name: str, suffix: str, content: bytes, site: Site, read: dict[str, Markup]
) -> Iterator[Finding]:
    text = text_of(content)
    if text is None or kind_of(content):
        yield Finding(name, Kind.UNREADABLE, "", "not a text in UTF-8")
        yield from scan_bytes(name, "inside", content, site, 0)
        yield from scan(name, words_in(content), site)
        return
    if suffix in {".html", ".svg", ".xml"}:
        finder = find_in_page if suffix == ".html" else find_in_drawing
        found, read[name] = finder(name, text, site)
        yield from found
    elif suffix == ".csv":
        yield from find_in_csv(name, text, site)
    elif suffix in {".json", ".geojson"}:
        yield from find_in_json(name, text, name, site)
    elif suffix == ".css":
        yield from find_in_style(name, text, site)
        yield from _missing(name, text, site)
    elif suffix == ".js":
        yield from find_in_script(name, text, site)
    else:
        yield from scan(name, lines_of(text), site)


def _missing(name: str, text: str, site: Site) -> Iterator[Finding]:
    """Yield files that a style sheet names and that are not there."""
    for url in style_addresses(text):
        here = not is_foreign(url) and not url.startswith(("data:", "#"))
        if here and target_of(name, url.partition("#")[0].partition("?")[0]) not in site.files:
            yield Finding(name, Kind.LINK, "", url)


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings by file, and what is found more than once in a file at its first place."""
    seen: set[tuple[str, str, str]] = set()
    for finding in sorted(findings, key=lambda item: item.file):
        same = (finding.file, finding.kind, "".join(filter(str.isalnum, finding.found.casefold())))
        if same not in seen or not finding.found:
            seen.add(same)
            yield finding
