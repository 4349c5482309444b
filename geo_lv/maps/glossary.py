"""Words that not every reader knows, each with an explanation in plain Dutch."""

import re
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Term:
    """A word with its explanation."""

    id: str
    forms: tuple[str, ...]
    """The word as pages write it, in every form; the first stands in the list of words."""
    explanation: str
    in_text: bool = True
    """Whether its first use on a page opens the explanation; else it is only in the list."""


TERMS: Final = (
    Term(
        "aandachtslijst",
        ("aandachtslijst", "aandachtslijsten"),
        "Een lijst met gebieden die extra aandacht krijgen. Gemeente, corporaties en huurders "
        "spreken die samen af.",
    ),
    Term(
        "aardgasvrij",
        ("aardgasvrij", "van het gas af"),
        "Zonder aardgas. Huizen krijgen dan warmte uit bijvoorbeeld een warmtenet of warmtepomp.",
    ),
    Term(
        "bij-benadering",
        ("bij benadering",),
        "Ongeveer. De precieze plek of grens is niet bekend.",
        in_text=False,
    ),
    Term(
        "buurt",
        ("buurt", "buurten"),
        "Een deel van een wijk. Buurten zijn de kleinste gebieden met cijfers op deze kaarten.",
        in_text=False,
    ),
    Term(
        "cbs",
        ("CBS",),
        "Het Centraal Bureau voor de Statistiek. Het CBS maakt cijfers over heel Nederland.",
        in_text=False,
    ),
    Term(
        "corporatie",
        ("corporatie", "corporaties", "corporatiewoningen"),
        "Een organisatie die huizen bouwt en verhuurt, zonder winst als doel. Haar huizen heten "
        "corporatiewoningen.",
    ),
    Term(
        "csv",
        ("csv",),
        "Een bestand met een tabel. U opent het met een rekenblad, zoals Excel of LibreOffice.",
    ),
    Term(
        "editie",
        ("editie",),
        "De versie van deze site. De publieke editie is voor iedereen, de interne voor de "
        "organisaties die samenwerken.",
        in_text=False,
    ),
    Term(
        "energielabel",
        ("energielabel", "energielabels"),
        "Een letter die zegt hoe zuinig een huis is: A is zuinig (met plussen nog zuiniger), G "
        "niet.",
    ),
    Term(
        "fasering",
        ("fasering",),
        "Welk deel van het werk in welke jaren gebeurt.",
        in_text=False,
    ),
    Term(
        "fictief",
        ("fictief", "fictieve voorbeeldgegevens"),
        "Verzonnen, om te laten zien hoe de pagina werkt. Het is geen echt cijfer.",
        in_text=False,
    ),
    Term(
        "geheim",
        ("geheim",),
        "Het cijfer gaat over zo weinig woningen of mensen dat het iets over één huis of gezin zou "
        "zeggen. Daarom staat het er niet.",
        in_text=False,
    ),
    Term(
        "gemiddeld-label",
        ("gemiddeld label", "gemiddeld energielabel"),
        "Het energielabel dat het dichtst bij het gemiddelde van alle woningen met een label ligt.",
        in_text=False,
    ),
    Term(
        "geojson",
        ("GeoJSON",),
        "Een bestand met gebieden en hun cijfers, voor een kaartprogramma.",
        in_text=False,
    ),
    Term("indicatief", ("indicatief",), "Ongeveer. Het is afgeleid en nog niet bevestigd."),
    Term(
        "jaarschijf",
        ("Jaarschijf",),
        "De prestatieafspraken voor een jaar.",
        in_text=False,
    ),
    Term(
        "mediaan",
        ("mediaan",),
        "Het middelste getal, als alle getallen van klein naar groot staan.",
    ),
    Term(
        "middenhuur",
        ("middenhuur",),
        "Huurwoningen die meer kosten dan sociale huur, maar niet de duurste zijn.",
        in_text=False,
    ),
    Term(
        "niet-van-toepassing",
        ("niet van toepassing",),
        "Het cijfer kan hier niet bestaan, bijvoorbeeld omdat er geen corporatiewoningen zijn.",
        in_text=False,
    ),
    Term("nnb", ("Nnb",), "Nog niet bekend. Het aantal is er nog niet. Het is dus geen nul."),
    Term(
        "ontbreekt",
        ("ontbreekt",),
        "Voor dit gebied is er geen cijfer, of het is niet gevonden. Het is dus geen nul.",
        in_text=False,
    ),
    Term(
        "optopping",
        ("optopping",),
        "Een nieuwe verdieping met woningen boven op een gebouw dat er al staat.",
        in_text=False,
    ),
    Term(
        "partneroverleg",
        ("partneroverleg",),
        "Overleg over een wijk van de wijkagent, corporaties, welzijn en de gemeente.",
        in_text=False,
    ),
    Term(
        "pdok",
        ("PDOK",),
        "Publieke Dienstverlening Op de Kaart: de website van de overheid met kaarten.",
        in_text=False,
    ),
    Term(
        "peildatum",
        ("peildatum",),
        "De dag tot waar de gegevens gaan. Wat later bekend werd, staat er niet in.",
    ),
    Term(
        "plangebied",
        ("plangebied", "plangebieden"),
        "Het gebied waarvoor een wijkuitvoeringsplan is of wordt gemaakt.",
    ),
    Term(
        "prestatieafspraken",
        ("prestatieafspraken",),
        "Wat gemeente, corporaties en huurders met elkaar afspreken over sociale huur.",
        in_text=False,
    ),
    Term(
        "procentpunt",
        ("procentpunt", "procentpunten"),
        "Het verschil tussen twee percentages. Van 10% naar 12% is 2 procentpunt erbij.",
    ),
    Term(
        "rd-new",
        ("RD New",),
        "De manier waarop Nederland plekken op de kaart aangeeft, in meters.",
    ),
    Term(
        "signaal",
        ("signaal", "signalen"),
        "Een teken dat een cijfer ver van dat van de gemeente ligt. Het is geen oordeel.",
    ),
    Term(
        "sociale-huur",
        ("sociale huur", "sociale huurwoning", "sociale huurwoningen"),
        "Woningen met een lage huur, voor mensen met een laag inkomen. De meeste zijn van een "
        "corporatie.",
    ),
    Term("spreiding", ("spreiding",), "Hoe ver de cijfers van de gebieden uit elkaar liggen."),
    Term(
        "transitiewijk",
        ("transitiewijk",),
        "Een gebied dat overstapt van aardgas op andere warmte.",
        in_text=False,
    ),
    Term(
        "warmtetransitie",
        ("warmtetransitie",),
        "De overstap van aardgas op andere warmte in huis.",
    ),
    Term(
        "wijk",
        ("wijk", "wijken"),
        "Een deel van de gemeente. Een wijk bestaat uit een of meer buurten.",
        in_text=False,
    ),
    Term(
        "wijkuitvoeringsplan",
        ("wijkuitvoeringsplan",),
        "Een plan van de gemeente. Het zegt hoe en wanneer een gebied van het aardgas af gaat.",
    ),
    Term(
        "woz-waarde",
        ("WOZ-waarde",),
        "De waarde van een huis volgens de gemeente. De gemeente berekent er belasting mee.",
        in_text=False,
    ),
)
"""In the order of the alphabet, as the list of words shows them."""

_BY_FORM: Final = {form.lower(): term for term in TERMS if term.in_text for form in term.forms}
_FOUND: Final = re.compile(
    rf"(?<![\w-])(?:{'|'.join(map(re.escape, _BY_FORM))})(?![\w-])", re.IGNORECASE
)
_BUTTON: Final = Markup('<button popovertarget="begrip-{}">{}</button>')


class Words:
    """The words that one page explains: each where it is used first."""

    def __init__(self) -> None:
        self.used: list[Term] = []

    def mark(self, text: str) -> Markup:
        """
        Make the first use of each word on the page a button that opens its explanation.

        Parameters
        ----------
        text
            A text of the page, in the order in which a reader comes by. It may be hostile: every
            piece of it is escaped, and only words of this module become a button.

        Returns
        -------
        markup
            The text, safe to write in a page.
        """
        pieces, written = [], 0
        for found in _FOUND.finditer(text):
            term = _BY_FORM[found[0].lower()]
            if term not in self.used:
                self.used.append(term)
                pieces += [escape(text[written : found.start()]), _BUTTON.format(term.id, found[0])]
                written = found.end()
        return Markup("").join([*pieces, escape(text[written:])])
