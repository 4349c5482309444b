"""What no file of a data folder may hold: columns and words about persons, groups and cases.

Consultations about young people (JOSO) and about care (Lokale Kamer) are about persons. What is
said there has no place in a monitor of neighbourhoods, so it is refused where it would come in.
"""

import re
from typing import Final

_ABOUT_PERSONS: Final = (
    "joso", "lokalekamer", "casus", "casuistiek", "persoon", "bewoner", "huurder", "jongere",
    "jeugdgroep", "groepsnaam", "overlastgroep", "verdachte", "dader", "slachtoffer", "melder",
    "bsn", "burgerservice", "geboorte", "geslacht", "nationaliteit", "telefoon", "mobielnummer",
    "email", "mailadres", "voornaam", "achternaam", "voorletters", "iban", "rekeningnummer",
)  # fmt: skip
"""Parts of the head of a column, in lower case without blanks and punctuation."""
_ABOUT_HOMES: Final = (
    "huurderving", "huurdersonderhoud", "jongerenwoning", "jongerenlabel", "jongerencomplex",
    "persoonswoning", "persoonshuishouden",
)  # fmt: skip
"""Words of lists of homes in which one of those stands."""
CONSULTATIONS: Final = re.compile(r"\bjoso\b|jongerenopstraat|lokale\s+kamer", re.IGNORECASE)
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_DIGITS: Final = re.compile(
    r"(?<![0-9])(?:(?:\+31|0)[ -]?[1-9](?:[ -]?[0-9]){8}|[0-9]{9})(?![0-9])"
)


def is_about_persons(head: str) -> bool:
    """Return whether the head of a column says that it is about persons, a group or a case."""
    bare = re.sub(r"[\W_]+", "", head.casefold())
    for word in _ABOUT_HOMES:
        bare = bare.replace(word, " ")
    return any(word in bare for word in _ABOUT_PERSONS)


def persons_in(text: str) -> str:
    """Return what in a text is about persons, in English; ``""`` if nothing is found."""
    found = {
        "a matter of JOSO or Lokale Kamer": CONSULTATIONS,
        "an e-mail address": _MAIL,
        "a telephone or citizen service number": _DIGITS,
    }
    return next((words for words, regex in found.items() if regex.search(text)), "")
