"""The parts of a plan page in columns, each from its section of the page."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from geo_lv.maps.drawing import start_indicator
from geo_lv.maps.map_model import Cell, MapModel, Site
from geo_lv.maps.model import Page, Section, Table
from geo_lv.maps.render import notes_of
from geo_lv.maps.sheet import charts, words
from geo_lv.maps.sheet.canvas import Canvas, Look
from geo_lv.maps.sheet.flow import Piece, blank, kept, paragraph
from geo_lv.maps.sheet.keys import badge
from geo_lv.maps.sheet.tables import (
    Grid,
    grid_of,
    note_pieces,
    plain_rows,
    table_pieces,
)
from geo_lv.maps.sheet.tags import Element
from geo_lv.maps.text import sentence_case

Build = Callable[[Section, Element, float], list[Piece]]

_SOURCES: Final = "Bronnen van de feiten"


def parts(page: Page, model: MapModel | None, root: Element, room: float) -> list[Piece]:
    """
    Return everything beside and after the map.

    Parameters
    ----------
    page
        The page.
    model
        The map, when its figures still need a table; else None.
    root
        The document.
    room
        Width of a column in points.

    Returns
    -------
    list[Piece]
        What matters most first; sources last.
    """
    by_kind: dict[str, Section] = {section.kind: section for section in page.sections}
    pieces: list[Piece] = []
    for kind, build in _BUILDERS:
        section = by_kind.get(kind)
        found = build(section, under := Element("Sect"), room) if section else []
        if found:
            root.children.append(under)
            pieces += [*found, blank(12)]
        if kind == "figures" and model is not None:
            pieces += [*map_table(model, under := root.add("Sect"), room), blank(12)]
    return pieces


def _heading(title: str, under: Element, room: float) -> list[Piece]:
    def rule(canvas: Canvas, x: float, y: float) -> None:
        canvas.lines([(x, y), (x + 26, y)], Look(line="accent", thickness=2.4))

    return kept(
        [
            Piece(5, rule),
            *paragraph(under.add("H2"), title, words.HEADING, room),
            blank(3),
        ]
    )


def _texts(texts: Iterable[str], under: Element, room: float) -> list[Piece]:
    return [
        piece
        for text in texts
        for piece in (*paragraph(under.add("P"), text, words.BODY, room), blank(2.5))
    ]


def _opening(section: Section, under: Element, room: float) -> list[Piece]:
    """Return the title of a section and what it says before its tables."""
    return [
        *_heading(section.title, under, room),
        *(badge(under) if section.fictitious else ()),
        *_texts(section.intro, under, room),
    ]


def _phasing(section: Section, under: Element, room: float) -> list[Piece]:
    pieces = _opening(section, under, room)
    return pieces + (charts.phasing(section.phasing, under, room) if section.phasing else [])


def _labels(section: Section, under: Element, room: float) -> list[Piece]:
    pieces = _opening(section, under, room)
    return pieces + charts.labels(section.bars, under, room)


def _new_build(section: Section, under: Element, room: float) -> list[Piece]:
    pieces = _opening(section, under, room)
    if not section.sites:
        return pieces
    columns = ("Locatie", "Afspraak", "Laatst bekende stand")
    rows = plain_rows([_site(site) for site in section.sites])
    return pieces + table_pieces(Grid(columns, rows, (False,) * 3), under, room)


def _site(site: Site) -> tuple[str, str, str]:
    return (
        f"{site.name} ({site.corporation}, {site.period})",
        f"{site.programme}; middenhuur: {site.mid}; doelgroep: {site.target_group}",
        _sentences(site.status, f"zekerheid: {site.status_certainty}", f"plaats: {site.place}"),
    )


def _figures(section: Section, under: Element, room: float) -> list[Piece]:
    pieces = _opening(section, under, room)
    for table in section.tables:
        notes = notes_of(table)
        pieces += table_pieces(grid_of(table, notes), under, room)
        pieces += note_pieces(notes, under, room)
    return pieces


def map_table(model: MapModel, under: Element, room: float) -> list[Piece]:
    """
    Return what the colours of the map say as a table.

    Parameters
    ----------
    model
        The map.
    under
        Element that the table belongs to.
    room
        Its width in points.

    Returns
    -------
    list[Piece]
        Nothing when the map shows no figure.
    """
    start = start_indicator(model)
    if start is None:
        return []
    cells = start.cells
    areas = [area for area in model.areas if area.level == start.level and area.code in cells]
    rows = tuple((a.name, cells[a.code], cells[a.code].difference) for a in areas)
    columns = (start.level.capitalize(), "Cijfer", "Verschil met de gemeente")
    table = Table("kaart", words.heading_of(start), columns, rows, (False, True, False))
    notes = notes_of(table)
    caption = paragraph(under.add("P"), table.caption, words.STRONG, room)
    return [
        *_heading("Cijfers op de kaart", under, room),
        *kept([*(badge(under) if start.fictitious else ()), *caption, blank(1.5)]),
        *table_pieces(grid_of(table, notes), under, room),
        *note_pieces(notes, under, room),
    ]


def _phases(section: Section, under: Element, room: float) -> list[Piece]:
    """Return each phase with its source, date and certainty."""
    if section.phasing is None:
        return []
    rows = [
        (
            f"{bar.phase_label}: {bar.text}",
            _sentences(bar.status, f"zekerheid: {bar.certainty}"),
            _sentences(bar.note, f"bron: {bar.source}", f"datum van de bron: {bar.peildatum}"),
        )
        for bar in section.phasing.bars
    ]
    columns = ("Fase", "Status", "Opmerking en bron")
    return _facts("Fasering, met bron en status", columns, rows, under, room)


def _listings(section: Section, under: Element, room: float) -> list[Piece]:
    """Return each listing with its years, source and certainty."""
    rows = [
        (
            entry.area,
            f"{entry.list_name}, {entry.years}" if entry.years else entry.list_name,
            _sentences(
                entry.note,
                f"bron: {entry.source}",
                f"zekerheid van het gebied: {entry.certainty}",
            ),
        )
        for entry in section.attention
    ]
    columns = ("Gebied", "Lijst en jaren", "Opmerking en bron")
    return _facts("Aandachtslijsten, met bron", columns, rows, under, room) if rows else []


def _facts(
    title: str,
    columns: tuple[str, str, str],
    rows: Sequence[tuple[str, str, str]],
    under: Element,
    room: float,
) -> list[Piece]:
    grid = Grid(columns, plain_rows(rows), (False,) * 3)
    return [*_heading(title, under, room), *table_pieces(grid, under, room)]


def _sentences(*texts: str) -> str:
    """Return texts one after another, each with a capital and a full stop."""
    stopped = (text if text.endswith((".", ".)")) else f"{text}." for text in texts if text)
    return " ".join(sentence_case(text) for text in stopped)


def _captioned(caption: str, pieces: Iterable[Piece], under: Element, room: float) -> list[Piece]:
    """Put a caption above a table or a list."""
    title = paragraph(under.add("P"), caption, words.STRONG, room)
    return [*kept([*title, blank(1.5)]), *pieces]


def _sources(section: Section, under: Element, room: float) -> list[Piece]:
    pieces = _opening(section, under, room)
    for table in section.tables:
        listed = (_listed(table.columns, row) for row in table.rows)
        pieces += _captioned(table.caption, _notes(listed, under, room), under, room)
    links = (
        f"{link.text} ({link.description})" if link.description else link.text
        for link in section.links
    )
    return pieces + _captioned(_SOURCES, _notes(links, under, room), under, room)


def _listed(columns: Sequence[str], row: Sequence[Cell | str]) -> str:
    """Return a row of a table as a sentence; the first column needs no name."""
    texts = [value if isinstance(value, str) else value.text for value in row]
    named = [f"{name}: {text}" for name, text in zip(columns, texts, strict=True) if text]
    return ". ".join([texts[0], *named[1:]])


def _notes(texts: Iterable[str], under: Element, room: float) -> list[Piece]:
    return [
        piece
        for text in texts
        for piece in (*paragraph(under.add("P"), text, words.NOTE, room), blank(2))
    ]


_BUILDERS: Final[tuple[tuple[str, Build], ...]] = (
    ("attention", _opening),
    ("phasing", _phasing),
    ("labels", _labels),
    ("new_build", _new_build),
    ("figures", _figures),
    ("phasing", _phases),
    ("attention", _listings),
    ("sources", _sources),
)
