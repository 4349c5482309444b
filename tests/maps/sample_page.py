"""A small invented page with one of everything, for tests of the rendering alone."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from geo_lv.maps.map_model import (
    AttentionEntry,
    Cell,
    Frame,
    HomeDots,
    MapArea,
    MapIndicator,
    MapModel,
    Outline,
    PhaseBar,
    PhasingChart,
    Site,
)
from geo_lv.maps.model import LabelBar, Link, Page, Section, Table
from geo_lv.schema import Reason

CLASSES = ("minder dan 10", "10 tot 20", "20 tot 30", "30 tot 40", "40 of meer")

AREAS = (
    MapArea("WK01", "Wijk Een", "wijk", "M0,0l400,0 0,400 -400,0z", (200, 200)),
    MapArea("BU01", "Buurt Noord", "buurt", "M0,0l200,0 0,400 -200,0z", (100, 200), focus=True),
    MapArea(
        "BU02",
        "Buurt Zuid",
        "buurt",
        "M200,0l200,0 0,400 -200,0zM250,100l50,0 0,50 -50,0z",
        (380, 200),
    ),
)


def _phase(phase: Any, start: int | None, end: int | None, look: Any, text: str) -> PhaseBar:
    return PhaseBar(
        area="Plan Een",
        slug="plan-een",
        phase=phase,
        phase_label={"opstellen": "Plan", "uitvoering": "Werk", "gasvrij": "Gasvrij"}[phase],
        start=start,
        end=end,
        look=look,
        text=text,
        status="gepland",
        certainty="M",
        source="een bron",
        peildatum="1 juli 2025",
        note="een opmerking",
    )


PHASING = PhasingChart(
    axis_start=2022,
    axis_end=2035,
    slider_end=2036,
    year=2026,
    bars=(
        _phase("opstellen", None, None, "unknown", "onbekend"),
        _phase("uitvoering", 2024, 2031, "indicative", "2024–2031"),
        _phase("gasvrij", 2036, None, "certain", "richting 2036"),
    ),
    by_year={
        "2026": {"plan-een": ("uitvoering indicative", "Plan Een: werk, indicatief")},
        "2036": {"plan-een": ("gasvrij", "Plan Een: gasvrij")},
    },
    note="",
)

INDICATORS = (
    MapIndicator(
        id="mensen",
        label="Mensen",
        unit="mensen",
        year="2024",
        theme="Bevolking",
        level="buurt",
        source="een bron",
        explanation="Hoeveel mensen er wonen.",
        municipal="1.245",
        classes=CLASSES,
        counts=(1, 2, 4, 0, 1),
        cells={
            "BU01": Cell("1.234", 3, None, "−11"),
            "BU02": Cell("", None, Reason.SUPPRESSED, "", "Minder dan 10 woningen."),
            "plan-een": Cell("1.240", 3),
        },
    ),
    MapIndicator(
        id="labels",
        label="Labels",
        unit="%",
        year="",
        theme="Energie",
        level="wijk",
        source="een voorbeeld",
        explanation="Verzonnen.",
        municipal="",
        classes=CLASSES,
        counts=(0, 0, 1, 0, 0),
        cells={"WK01": Cell("24", 2)},
        fictitious=True,
    ),
)

SITES = (
    Site(
        id="s1",
        name="Aan het water",
        corporation="Corporatie",
        kind="number",
        programme="60 sociale huurwoningen",
        mid="geen",
        target_group="regulier",
        period="2023–2030",
        place="Buurt Noord, bij benadering",
        status="onbekend",
        status_certainty="?",
        at=(100, 100),
        radius=14,
    ),
    Site(
        id="s2",
        name="Achter het spoor",
        corporation="Corporatie",
        kind="nnb",
        programme="Nnb (nog niet bekend)",
        mid="geen",
        target_group="regulier",
        period="2023–2030",
        place="locatie onbekend",
        status="onbekend",
        status_certainty="?",
    ),
)

ATTENTION = (
    AttentionEntry("Buurt Noord", "Aandachtslijst", "2024", ("BU01",), "een bron", "H", "herijkt"),
)

BARS = (
    LabelBar(
        "Corporatie",
        "100",
        "C",
        "20 %",
        (("geen label", "10", 0.1), ("G", "20", 0.2), ("A++", "30", 0.3), ("C", "40", 0.4)),
        targets=("gemiddeld B in 2027",),
    ),
    LabelBar("Klein", "6", "", "", (), Reason.SUPPRESSED),
)

TABLE = Table(
    "cijfers-tabel",
    "Cijfers per buurt",
    ("Buurt", "Mensen"),
    tuple((area.name, INDICATORS[0].cells[area.code]) for area in AREAS[1:]),
    (False, True),
)

MAP = MapModel(
    title="Kaart van Plan Een",
    description="De kaart toont het gekozen cijfer.",
    frame=Frame(400, 400, 480000.0, 6820000.0, 5.0, 3.0, (0, 0, 400, 400)),
    areas=AREAS,
    outlines=(
        Outline("plan-een", "Plan Een", AREAS[1].path, "", current=True),
        Outline("plan-twee", "Plan Twee", AREAS[2].path, "plan/twee.html", current=False),
    ),
    indicative_lines="M200,0l0,400",
    indicators=INDICATORS,
    start_indicator="mensen",
    sites=SITES,
    attention=ATTENTION,
    phasing=PHASING,
    homes=(
        HomeDots("A", "label-a", "2", "M100 100h0m30 -20h0"),
        HomeDots("geen", "label-none", "1", "M90 80h0"),
    ),
    homes_note="Elke stip is een woning.",
    attribution="Grenzen: een bron",
)

PAGE = Page(
    path="plan/een.html",
    title="Plan Een",
    kicker="plan",
    lead="Een zin over het gebied.",
    municipality="Gemeente",
    edition="publiek",
    peildatum="1 juli 2025",
    map=MAP,
    sections=(
        Section("attention", "aandacht", "Aandacht", attention=ATTENTION),
        Section("phasing", "fasering", "Fasering", ("Een inleiding.",), phasing=PHASING),
        Section("labels", "labels", "Labels", bars=BARS, fictitious=True),
        Section("new_build", "nieuwbouw", "Nieuwbouw", sites=SITES),
        Section("multiples", "klein", "Klein", multiples=INDICATORS),
        Section("figures", "cijfers", "Cijfers", tables=(TABLE,)),
        Section("links", "links", "Links", links=(Link("Bron", "https://example.org/", "open"),)),
    ),
    fictitious=True,
    nav=(Link("Overzicht", "index.html"), Link("Plan Een", "plan/een.html", "Plannen")),
)

_KEPT = {"path", "id", "slug", "level", "kind", "phase", "look", "indicative_lines", "by_year"}
_KEPT |= {"start_indicator"}


def hostile(value: Any, attack: str) -> Any:
    """Put an attack behind every text of a model, but for the words that code switches on."""
    if isinstance(value, str) and not isinstance(value, Reason):
        return value and value + attack
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            f.name: hostile(getattr(value, f.name), attack)
            for f in fields(value)
            if f.name not in _KEPT
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(hostile(item, attack) for item in value)
    if isinstance(value, dict):
        return {key: hostile(item, attack) for key, item in value.items()}
    return value
