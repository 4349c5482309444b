"""What changed since the previous site: counts and names, never a figure."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from geo_lv.maps.drawing import REASON_WORDS
from geo_lv.maps.model import Page, Section, Table
from geo_lv.maps.text import dutch_date, enumeration, number
from geo_lv.schema import Reason

COMPARED: Final = (
    "data/cijfers.csv",
    "data/andere_jaren.csv",
    "data/nieuwbouw.csv",
    "data/aandachtslijsten.csv",
)
"""Downloads that are compared, beside the inputs and the pages."""
_SECRET: Final = REASON_WORDS[Reason.SUPPRESSED.value]
_NOUNS: Final = {
    "Bestand": ("bestand", "bestanden"),
    "Cijfer": ("soort cijfer", "soorten cijfers"),
    "Nieuwbouw": ("nieuwbouwlocatie", "nieuwbouwlocaties"),
    "Aandachtslijst": ("regel van een aandachtslijst", "regels van aandachtslijsten"),
    "Pagina": ("pagina", "pagina's"),
}
"""One and more of each."""
_KINDS: Final = ("nieuw", "vervallen", "veranderd", "nu geheim", "niet meer geheim")
_UNREADABLE: Final = (ValueError, LookupError, TypeError, AttributeError, csv.Error)

_Row = Mapping[str, str]
_Rows = dict[tuple[str, ...], _Row]


@dataclass(frozen=True)
class Site:
    """What is compared of a site."""

    gm_code: str
    inputs: tuple[Mapping[str, Any], ...]
    """As the manifest has them."""
    pages: tuple[str, ...]
    tables: Mapping[str, bytes]
    """The files of `COMPARED`."""


@dataclass(frozen=True)
class Changes:
    """The account of changes, in Dutch."""

    sentence: str
    rows: tuple[tuple[str, str, str], ...] = ()
    """What it is, which one, and what became of it."""


FIRST: Final = Changes("Dit is de eerste uitvoering: er is niets om mee te vergelijken.")


def failed(reason: str) -> Changes:
    """Return the account when the previous site cannot be compared, and why."""
    return Changes(f"De vorige uitvoering kon niet worden vergeleken: {reason}.")


def compare(before: Site, now: Site) -> Changes | None:
    """
    Compare a site with the one before it.

    Parameters
    ----------
    before
        What stood in the output folder; anybody may have changed it.
    now
        What will stand there.

    Returns
    -------
    changes
        None when nothing changed.
    """
    if before.gm_code != now.gm_code:
        return failed("die ging over een andere gemeente")
    try:
        rows = tuple(_changes(before, now))
    except _UNREADABLE:
        return failed("een bestand ervan is niet te lezen")
    if not rows:
        return None
    counts = Counter(kind for kind, _, _ in rows)
    parts = [f"{number(count)} {_NOUNS[kind][count > 1]}" for kind, count in counts.items()]
    return Changes(f"Er is iets veranderd bij {enumeration(parts)}.", rows)


def _changes(before: Site, now: Site) -> Iterator[tuple[str, str, str]]:
    yield from _inputs(before.inputs, now.inputs)
    yield from _figures(before.tables, now.tables)
    yield from _sites(before.tables, now.tables)
    yield from _lists(before.tables, now.tables)
    for path in sorted({*before.pages, *now.pages}):
        if (path in before.pages) != (path in now.pages):
            yield "Pagina", path, "nieuw" if path in now.pages else "vervallen"


def _inputs(
    before: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[str, str, str]]:
    old, new = ({str(item["path"]): item for item in items} for items in (before, now))
    for path in sorted({*old, *new}):
        if path not in old:
            yield "Bestand", path, f"nieuw{_version(new[path])}"
        elif path not in new:
            yield "Bestand", path, "vervallen"
        elif old[path]["sha256"] != new[path]["sha256"]:
            was, versions = _version(old[path]), _version(new[path])
            yield "Bestand", path, f"andere versie{versions}" + (f"; eerder{was}" if was else "")


def _version(item: Mapping[str, Any]) -> str:
    vintage, day = item.get("vintage"), item.get("retrieved")
    return f": {vintage}, opgehaald op {dutch_date(str(day))}" if vintage and day else ""


def _figures(
    before: Mapping[str, bytes], now: Mapping[str, bytes]
) -> Iterator[tuple[str, str, str]]:
    old, new = (
        _keyed(tables, COMPARED[:2], ("gebied_code", "cijfer", "jaar")) for tables in (before, now)
    )
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for key in sorted({*old, *new}):
        if kind := _kind(old.get(key), new.get(key)):
            row = new.get(key) or old[key]
            counts[row["naam"], row["jaar"]][kind] += 1
    for (name, year), kinds in sorted(counts.items()):
        words = [f"{number(kinds[kind])} {kind}" for kind in _KINDS if kinds[kind]]
        yield "Cijfer", f"{name} ({year})" if year else name, ", ".join(words)


def _kind(old: _Row | None, new: _Row | None) -> str:
    """Return what became of a figure; empty if nothing."""
    was, is_now = ((row or {}).get("reden", "") == _SECRET for row in (old, new))
    if was != is_now:
        return "nu geheim" if is_now else "niet meer geheim"
    had, has = ((row or {}).get("waarde", "") for row in (old, new))
    if had == has:
        return ""
    return "veranderd" if had and has else "nieuw" if has else "vervallen"


def _sites(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    old, new = (_keyed(tables, COMPARED[2:3], ("id",)) for tables in (before, now))
    for key in sorted({*old, *new}):
        row = new.get(key) or old[key]
        if key not in old or key not in new:
            yield "Nieuwbouw", row["locatie"], "nieuw" if key in new else "vervallen"
        elif old[key]["stand_van_zaken"] != new[key]["stand_van_zaken"]:
            yield "Nieuwbouw", row["locatie"], "andere stand van zaken"


def _lists(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    key = ("lijst", "gebied")
    old, new = (_keyed(tables, COMPARED[3:], key) for tables in (before, now))
    for each in sorted({*old, *new}):
        if each not in old or each not in new:
            yield "Aandachtslijst", ": ".join(each), "nieuw" if each in new else "vervallen"
        elif any(old[each][name] != new[each][name] for name in ("jaren", "buurt_codes")):
            yield "Aandachtslijst", ": ".join(each), "andere jaren of buurten"


def _keyed(tables: Mapping[str, bytes], names: tuple[str, ...], key: tuple[str, ...]) -> _Rows:
    """Return the rows of downloads by their key."""
    rows: _Rows = {}
    for name in names:
        text = io.StringIO(tables[name].decode("utf-8-sig"), newline="")
        head, *lines = csv.reader(text, delimiter=";", strict=True)
        for line in lines:
            row = dict(zip(head, line, strict=True))
            rows[tuple(row[part] for part in key)] = row
    return rows


def with_changes(pages: tuple[Page, ...], changes: Changes) -> tuple[Page, ...]:
    """Return the pages, with the account of changes on the page that accounts for the rest."""
    section = _section(changes)
    return tuple(
        replace(page, sections=(*page.sections, section))
        if page.path == "verantwoording.html"
        else page
        for page in pages
    )


def _section(changes: Changes) -> Section:
    table = Table(
        id="veranderd-tabel",
        caption="Wat nieuw, vervallen of veranderd is",
        columns=("Soort", "Wat", "Verandering"),
        rows=changes.rows,
        numeric=(False, False, False),
        sortable=False,
    )
    return Section(
        "table",
        "veranderd",
        "Wat er is veranderd sinds de vorige uitvoering",
        intro=(changes.sentence,),
        tables=(table,) if changes.rows else (),
    )
