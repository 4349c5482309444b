"""Where figures and files come from and how old they are, in plain Dutch."""

from typing import Final

from geo_lv.editions import Released
from geo_lv.indicators.catalogue import Indicator
from geo_lv.maps.model import Link, Table
from geo_lv.maps.text import dutch_date, enumeration, number, short_date
from geo_lv.provenance import Provenance

_FOR_THE_PARTIES: Final = frozenset(
    {
        "agreements/renovations.csv",
        "properties/rent_levels.csv",
        "properties/dwellings_previous.csv",
    }
)
"""Files that only tables of the internal edition are made from."""

EVERYTHING: Final = frozenset({"account", "actions", "decisions", "monitor", "progress"})
"""Subjects that not every page has."""
_ONLY_WITH: Final = {
    "agreements/acties.csv": "actions",
    "agreements/attention_decisions.csv": "decisions",
    "agreements/new_build_progress.csv": "progress",
    "agreements/sources.csv": "account",
    "agreements/metingen.csv": "monitor",
}
"""Files that only pages with a certain subject are made from."""
_SHORT: Final = 12
"""Letters of a checksum that are enough to compare by eye."""


def aged_sentences(released: Released) -> tuple[str, ...]:
    """Return for each refresh that failed what is shown instead and how old that is."""
    titles = {item.path: item for item in released.provenance}
    return tuple(
        _aged(
            [titles[path] for path in attempt.paths if path in titles], attempt.day, attempt.reason
        )
        for attempt in released.attempts
    )


def _aged(files: list[Provenance], day: str, reason: str) -> str:
    names = enumeration([file.title for file in files])
    days = enumeration(sorted({dutch_date(file.retrieved) for file in files}))
    return (
        f"Niet vernieuwd op {dutch_date(day)}: {names}. {reason} "
        f"Op deze site staat wat op {days} is opgehaald."
    )


def files_table(released: Released, subjects: frozenset[str] = EVERYTHING) -> Table:
    """Return the files that a page is made from: what each is, of whom, how old, and its limits."""
    return Table(
        id="bronbestanden",
        caption="Bestanden waaruit deze pagina is gemaakt",
        columns=("Bestand", "Bron", "Stand", "Opgehaald", "Licentie", "Beperkingen"),
        rows=tuple(
            (
                item.title,
                item.source,
                item.vintage,
                short_date(item.retrieved),
                item.licence,
                item.note,
            )
            for item in _shown_files(released)
            if item.path not in _ONLY_WITH or _ONLY_WITH[item.path] in subjects
        ),
        numeric=(False,) * 6,
        sortable=False,
    )


def origins_table(released: Released) -> Table:
    """Return how each file was made, and how its checksum starts; the manifest has all of it."""
    return Table(
        id="herkomst-bestanden",
        caption="Hoe elk bestand is gemaakt",
        columns=("Bestand", "Tabel of laag", "Rijen", "Bewerking", "Controlegetal"),
        rows=tuple(
            (
                item.title,
                item.table or "–",
                "–" if item.rows is None else number(item.rows),
                item.transformed_by or "–",
                f"{item.sha256[:_SHORT]}…",
            )
            for item in _shown_files(released)
        ),
        numeric=(False, False, True, False, False),
        sortable=False,
    )


def origins_links(released: Released) -> tuple[Link, ...]:
    """Return where a reader finds the source of each file, and the manifest."""
    files = _shown_files(released)
    return (
        *(Link(file.title, file.url, "bron van het bestand") for file in files if file.url),
        Link("manifest.json", "manifest.json", "alle bestanden met hun hele controlegetal"),
    )


def _shown_files(released: Released) -> list[Provenance]:
    return [
        item
        for item in released.provenance
        if released.edition == "intern" or item.path not in _FOR_THE_PARTIES
    ]


class Origins:
    """Where the figures of an indicator in a year come from, and when they were taken over."""

    def __init__(self, released: Released) -> None:
        self._tables = released.origins
        self._days = {item.path: dutch_date(item.retrieved) for item in released.provenance}

    def text(self, indicator: Indicator, year: str) -> str:
        """Return the source tables with their day; for what is counted the source in words."""
        # a rate that is worked out here has the tables of its count; its note tells of the rest
        tables = self._tables.get((indicator.rate_of or indicator.id, year), ())
        if not tables:
            return indicator.source
        return "; ".join(f"{table}, opgehaald op {self._days[file]}" for table, file in tables)
