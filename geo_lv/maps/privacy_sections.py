"""What the account says of figures that are secret: the rules, who stands for them, how many."""

from collections.abc import Iterator

from geo_lv.editions import Released
from geo_lv.maps.account import SECRETS_FILE
from geo_lv.maps.model import Link, Section, Table
from geo_lv.maps.nothing import NO_HOMES
from geo_lv.maps.text import CERTAINTY, enumeration, number, plural
from geo_lv.privacy import PublishedRule


def privacy_section(released: Released) -> Section:
    """
    Return what the public edition hides, and by which rules.

    Parameters
    ----------
    released
        The released view.

    Returns
    -------
    section
        Of a figure that is secret it does not say by which rule: that would tell how small it is.
        The internal edition has a file with the reasons.
    """
    link = Link(SECRETS_FILE, SECRETS_FILE, "welke cijfers de publieke editie verbergt, en waarom")
    return Section(
        "table",
        "geheim",
        "Wat geheim blijft",
        intro=(*_explanation(released), _counted(released)),
        tables=(_rules(released),),
        links=(link,) if released.tables else (),
    )


def _explanation(released: Released) -> tuple[str, ...]:
    rules = released.privacy.dwellings
    return (
        (
            "In de publieke editie staat geen cijfer dat over weinig woningen gaat. Een cijfer dat "
            "zo'n klein aantal kan verraden, is ook geheim. Dat is nagerekend met alles wat "
            "openbaar is: andere gebieden, optellingen en het verslag van de koppeling. Tussen het "
            "kleinste en het grootste aantal dat dan nog kan, liggen bij elk geheim aantal ten "
            f"minste {rules.interval} woningen."
        ),
        (
            "Aantallen woningen zijn afgerond op vijftallen. Van een label staan er alleen "
            "woningen als het er vijf of meer zijn. Een aandeel is berekend uit die afgeronde "
            "aantallen, en een gemiddeld label is alleen een klasse."
        ),
        "Geheim is iets anders dan nul, en iets anders dan onbekend: het heeft een eigen teken.",
    )


def _counted(released: Released) -> str:
    hidden = released.hidden
    if not released.has_dwellings:
        return NO_HOMES
    words = enumeration(
        [
            f"van {number(hidden.homes)} het aantal woningen",
            f"van {number(hidden.labels)} de labels",
        ]
    )
    cells = plural(hidden.cells, "combinatie", "combinaties")
    many = plural(hidden.published, "ander cijfer", "andere cijfers")
    published = many if hidden.published else "geen andere cijfers"
    verb = "is" if hidden.published == 1 else "zijn"
    return (
        f"Er {'is' if hidden.cells == 1 else 'zijn'} {cells} van een gebied en een corporatie, of "
        f"van een gebied en alle corporaties samen. Daarvan is geheim: {words}. Verder {verb} "
        f"{published} geheim volgens de regels hieronder."
    )


def _rules(released: Released) -> Table:
    return Table(
        id="geheim-regels",
        caption="Vanaf hoeveel een cijfer openbaar is",
        columns=("Cijfer", "Geheim als het gaat om", "Wie staat ervoor", "Waarom", "Zekerheid"),
        rows=(*_dwelling_rules(released), *_published_rules(released)),
        numeric=(False,) * 5,
        sortable=False,
    )


def _dwelling_rules(released: Released) -> Iterator[tuple[str, ...]]:
    rules = released.privacy.dwellings
    fewer = f"minder dan {number(rules.cell)} woningen"
    dominance = f"meer dan {number(rules.dominance_percent)}% met hetzelfde label"
    told = (rules.owner, rules.reason, CERTAINTY[rules.confidence])
    yield "Aantal woningen van de corporaties", fewer, *told
    yield "Energielabels", f"{fewer} met een label, of {dominance}", *told
    small = f"minder dan {number(rules.label_class)} woningen"
    yield "Woningen met hetzelfde label", small, *told


def _published_rules(released: Released) -> Iterator[tuple[str, ...]]:
    labels = {item.id: item.label for item in released.catalogue}
    units = {item.id: item.unit for item in released.catalogue}
    for rule in released.privacy.published:
        names = [labels[name] for name in rule.indicators if name in labels]
        base = rule.of or rule.indicators[0]
        if names and base in units:
            told = (rule.owner, rule.reason, CERTAINTY[rule.confidence])
            yield enumeration(names), _limit(rule, units[base]), *told


def _limit(rule: PublishedRule, unit: str) -> str:
    limits = []
    if rule.minimum > 1:
        limits.append(f"minder dan {number(rule.minimum)} {unit}")
    if rule.fewest:
        limits.append(f"minder dan {number(rule.fewest)} van de {unit}")
    return " of ".join(limits)
