"""The signals as text: per area, in a plan area, and how they are found."""

from collections.abc import Iterator
from typing import Final

from geo_lv.codes import wk_of
from geo_lv.editions import Released
from geo_lv.maps.cells import Figures, Moment, plain_value
from geo_lv.maps.model import Link, Section, Table
from geo_lv.maps.signals import NOISES, Signal
from geo_lv.maps.text import enumeration, number, sentence_case, with_unit
from geo_lv.municipality import PlanArea
from geo_lv.signals.measured import noise_of
from geo_lv.signals.themes import theme_table

_GOOD: Final = {
    "higher_better": "hoger is gunstiger",
    "lower_better": "lager is gunstiger",
    "neutral": "niet vastgelegd",
}


def signals_section(released: Released, figures: Figures) -> Section:
    """Return the areas that have signals, with how many and which; the map shows the same."""
    areas = released.areas
    named = (
        *((str(code), "wijk", str(name)) for code, name in areas.wijken["wk_name"].items()),
        *((str(code), "buurt", str(name)) for code, name in areas.buurten["bu_name"].items()),
    )
    rows = tuple(
        (name, kind, number(len(found)), _listed(found, "strong"), _listed(found, "watch"))
        for code, kind, name in named
        if (found := list(_signals(figures, code)))
    )
    table = Table(
        id="signalen-gebieden",
        caption="Signalen uit de cijfers per gebied",
        columns=("Gebied", "Soort", "Aantal signalen", "Sterk", "Let op"),
        rows=rows,
        numeric=(False, False, True, False, False),
    )
    intro = (
        (
            "Een signaal is een aanwijzing uit de cijfers: hier is een cijfer hoger of lager dan "
            "dat van de gemeente en van de meeste andere gebieden. Het is geen oordeel en staat "
            "los van de aandachtslijst."
        ),
        (
            "Een gebied dat hier niet staat, verschilt niet genoeg of niet in genoeg jaren, is te "
            "klein of heeft geen cijfer."
        ),
    )
    return Section(
        "table",
        "signalen-lijst",
        "Signalen uit de cijfers",
        intro=intro if rows else (*intro, "Er zijn nu geen signalen."),
        tables=(table, _by_theme(released, figures)) if rows else (),
        links=(Link("Verantwoording", "verantwoording.html", "hoe een signaal wordt gevonden"),),
    )


def _by_theme(released: Released, figures: Figures) -> Table:
    """Return how many signals each area has in each theme and which; never all added up."""
    areas = released.areas
    names = {**areas.wijken["wk_name"], **areas.buurten["bu_name"]}
    moments = released.signals[["code", "indicator", "year"]].itertuples(index=False)
    shown = released.signals[[figures.is_shown(*moment) for moment in moments]]
    themes = theme_table(shown, released.catalogue)
    labels = {name: indicator.label for name, indicator in figures.catalogue.items()}
    rows = tuple(
        (
            str(names[row["code"]]),
            "wijk" if row["code"].startswith("WK") else "buurt",
            sentence_case(row["theme"]),
            number(row["signals"]),
            f"{row['judged']} van {row['able']}",
            enumeration([labels[name] for name in row["which"]]),
        )
        for row in themes[themes["signals"] > 0].to_dict("records")
    )
    return Table(
        id="signalen-themas",
        caption="Aantal signalen per thema",
        columns=("Gebied", "Soort", "Thema", "Signalen", "Beoordeeld", "Welke cijfers"),
        rows=rows,
        numeric=(False, False, False, True, False, False),
    )


def plan_sentences(released: Released, figures: Figures, plan: PlanArea) -> tuple[str, ...]:
    """Return a sentence for each wijk and buurt of a plan area that has signals."""
    areas = released.areas
    inside = sorted(plan.bu_codes)
    named = (
        *(
            ("wijk", code, areas.wijken["wk_name"][code])
            for code in dict.fromkeys(map(wk_of, inside))
        ),
        *(("buurt", code, areas.buurten["bu_name"][code]) for code in inside),
    )
    return tuple(
        f"Signalen uit de cijfers van de hele {kind} {name}: {_summary(found)}."
        for kind, code, name in named
        if (found := list(_signals(figures, code)))
    )


def _signals(figures: Figures, code: str) -> Iterator[tuple[Moment, Signal]]:
    for moment in figures.moments():
        signal = figures.signal(code, moment)
        if signal.level:
            yield moment, signal


def _listed(found: list[tuple[Moment, Signal]], level: str) -> str:
    """Return the signals of one level with direction and year."""
    items = [
        f"{moment.indicator.label} ({signal.words[1]}{f', {moment.year}' if moment.year else ''})"
        for moment, signal in found
        if signal.level == level
    ]
    return "; ".join(items) or "–"


def _summary(found: list[tuple[Moment, Signal]]) -> str:
    """Return the strong signals first, then the others."""
    parts = [
        f"{words} bij {enumeration([_brief(*pair) for pair in found if pair[1].level == level])}"
        for level, words in (("strong", "sterk"), ("watch", "let op"))
        if any(signal.level == level for _, signal in found)
    ]
    return "; ".join(parts)


def _brief(moment: Moment, signal: Signal) -> str:
    label = moment.indicator.label
    return f"{label[:1].lower()}{label[1:]} ({signal.words[1]})"


def rules_section(released: Released) -> Section:
    """Return how signals are found, with the thresholds of the data and who stands for them."""
    held = set(released.figures["indicator"])
    able = [item for item in released.catalogue if item.signal and item.id in held]
    table = Table(
        id="signalen-cijfers",
        caption="Cijfers die een signaal kunnen geven",
        columns=("Cijfer", "Welke kant gunstig is", "Het verschil moet groter zijn dan"),
        rows=tuple((item.label, _GOOD[item.direction], NOISES[noise_of(item)]) for item in able),
        numeric=(False, False, False),
        sortable=False,
    )
    return Section(
        "table",
        "signalen-methode",
        "Signalen",
        intro=_rules(released) if able else ("Geen enkel cijfer kan een signaal geven.",),
        tables=(table,) if able else (),
    )


def _rules(released: Released) -> tuple[str, ...]:
    rules = released.signal_rules
    unit = next(item.unit for item in released.catalogue if item.id == rules.size)
    watch, strong = (f"{plain_value(step)} keer" for step in (rules.watch, rules.strong))
    return (
        (
            "Een signaal zegt: dit cijfer is opvallend hoger of lager dan dat van de gemeente. Het "
            "is een aanwijzing en geen oordeel. Waarom een gebied verschilt, staat niet in de "
            "cijfers. In de tabel staat bij sommige cijfers welke kant gunstig is. Dat is een "
            "keuze van geo_lv, en voor een signaal maakt het niet uit."
        ),
        (
            "Wijken zijn vergeleken met wijken en buurten met buurten. De spreiding is de mediaan "
            "van de afstanden tot het middelste gebied, maal 1,4826. Ligt een gebied minstens "
            f"{watch} de spreiding van het midden, dan is het signaal “let op”, vanaf {strong} "
            "“sterk”."
        ),
        (
            "Het gebied moet ook van de hele gemeente verschillen, naar dezelfde kant en met meer "
            "dan de onzekerheid. Die komt van de afronding van beide cijfers, van de afronding van "
            "aantallen en van het toeval (met "
            f"{plain_value(rules.confidence_percent)}% zekerheid, voor “sterk” met "
            f"{plain_value(rules.strong_confidence_percent)}%). Is niet bekend om hoeveel mensen "
            "een aandeel gaat, dan is gerekend met "
            f"{plain_value(rules.assumed_base_percent)}% van het aantal {unit}. Dat is een "
            "aanname. Bij een gemiddelde is het toeval niet bekend en telt alleen de afronding."
        ),
        (
            f"Een gebied met minder dan {with_unit(number(rules.minimum_size), unit)} doet niet "
            "mee; dat aantal is van hetzelfde jaar, of van het laatste jaar ervoor. Zijn er minder "
            f"dan {number(rules.minimum_areas)} gebieden met een cijfer, dan zijn er geen "
            "signalen. Een cijfer dat ontbreekt of geheim is, geeft nooit een signaal."
        ),
        (
            "Signalen komen uit de cijfers zoals ze op deze site staan. Een signaal moet gelden in "
            f"het meetjaar zelf en in {number(rules.vintages_needed)} van de laatste "
            f"{number(rules.vintages)} meetjaren. Zijn er minder dan "
            f"{number(rules.vintages_needed)} meetjaren, dan moet het in elk meetjaar zo zijn. Is "
            "er maar één meetjaar, dan staat dat erbij. Een jaar waarin het gebied geen cijfer "
            "had, of nog een andere grens, telt niet mee."
        ),
        f"Deze regels en getallen komen van {rules.owner}. {rules.note}".strip(),
    )
